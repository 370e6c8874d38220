"""A day of crawling in minutes: `python -m tests.hostile.soak --fetches 100000`.

Sockets, server and store are real; only the clock that the crawl is given runs faster, so
that the fetches of the run fill 24 hours of it. Two answers in a hundred are faults. Exits 1
unless memory stays flat after the warm-up, nothing leaks and every URL ends.
"""

import argparse
import asyncio
import contextlib
import gc
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from crawler.config import load
from crawler.core.urls import parse
from crawler.crawl import open_crawl
from tests.hostile.route import answer

ROOT = Path(__file__).parents[2]
HERE = "127.0.0.1"
PAGES = 250  # of one host
DAY = 86_400.0
FAULTS = 0.02
WARM_UP = 0.4  # of the fetches; the store's page cache is full by then
FLAT = 0.10
RATE = 250.0  # fetches a second, more than two cores make; it sets how fast the clock runs
_WORDS = "the of and a to in is you that it he was for on are as with his they at be".split()  # noqa: SIM905
_POLICY = """
extends = "default"
[identity]
token = "SoakBot"
contact = "https://soak.test/bot"
email = "bot@soak.test"
[politeness]
min_delay = "1s"
ip_delay = "0s"
ip_concurrency = 64
back_off_cap = "1h"
[limits]
patience = "30d"
[fetch]
first_byte = "5s"
between_bytes = "2s"
total = "10s"
[archive]
enabled = true
[network]
allow = ["127.0.0.1/32"]
public = false
[network.connect_to]
"""


@dataclass(frozen=True)
class Sample:
    """The crawler's process at one moment. `rss` in bytes."""

    visits: int
    rss: int
    descriptors: int
    tasks: int


@dataclass(frozen=True)
class Soak:
    """What a run came to."""

    requests: int
    faults: int
    seconds: float
    hours: float  # of the crawl's own clock
    samples: tuple[Sample, ...]
    before: Sample
    after: Sample
    urls: dict[str, int]  # by state and outcome
    unfinished: int

    @property
    def growth(self) -> float:
        """How much more memory the last tenth of the run takes than the time after warm-up."""
        most = self.samples[-1].visits
        warm = [item.rss for item in self.samples if item.visits >= WARM_UP * most]
        tenth = max(1, len(warm) // 6)
        return median(warm[-tenth:]) / median(warm[:tenth]) - 1 if warm else 0.0

    @property
    def spread(self) -> float:
        """The largest distance from the mean after the warm-up."""
        most = self.samples[-1].visits
        warm = [item.rss for item in self.samples if item.visits >= WARM_UP * most]
        mean = sum(warm) / len(warm)
        return max(abs(item - mean) for item in warm) / mean

    def wrong(self) -> list[str]:
        """Return what does not hold, memory aside."""
        found = []
        if self.unfinished:
            found.append(f"{self.unfinished} URLs are in no final state")
        if self.after.descriptors > self.before.descriptors:
            found.append(f"descriptors {self.before.descriptors} -> {self.after.descriptors}")
        if self.after.tasks > self.before.tasks:
            found.append(f"tasks {self.before.tasks} -> {self.after.tasks}")
        if not 0.5 * FAULTS < self.faults / self.requests < 2 * FAULTS:
            found.append(f"{self.faults} faults in {self.requests} requests")
        return found


class Site:
    """Every host's pages on one socket, with faults that come with the request, not the page."""

    def __init__(self, pages: int = PAGES, faults: float = FAULTS) -> None:
        self.pages = pages  # of each host
        self.share = faults
        self.requests = 0
        self.faults = 0
        self.seen: list[tuple[str, float]] = []  # hosts asked, and when; the first thousand
        self._chance = random.Random(7)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                line, _, rest = head.partition(b"\r\n")
                target = line.split(b" ")[1].decode()
                host = rest.lower().partition(b"host: ")[2].partition(b"\r\n")[0].decode()
                self.requests += 1
                if len(self.seen) < 1_000:
                    self.seen.append((host, time.monotonic()))
                if self._chance.random() < self.share:
                    self.faults += 1
                    await self._fail(writer)
                    break
                writer.write(self._answer(host, target))
                await writer.drain()
        writer.close()

    async def _fail(self, writer: asyncio.StreamWriter) -> None:
        match self._chance.randrange(5):
            case 0:
                writer.transport.abort()
            case 1:
                writer.write(answer(b"", status=b"500 Oh"))
            case 2:
                writer.write(answer(b"", b"Retry-After: 120", status=b"503 Later"))
            case 3:
                writer.write(answer(b"x" * 900).replace(b"900", b"9000"))
            case _:
                writer.write(b"HTTP/1.1 200 OK\r\nBroken\x01: 1\r\n")

    def _answer(self, host: str, target: str) -> bytes:
        if target == "/robots.txt":
            return answer(b"User-agent: *\nAllow: /\n", kind=b"text/plain")
        number = int(target[3:]) if target.startswith("/p/") and target[3:].isdigit() else -1
        if not 0 <= number < self.pages:
            return answer(b"", status=b"404 Not Found")
        chance = random.Random(zlib.crc32(f"{host}{target}".encode()))
        paragraphs = "".join(
            f"<p>{' '.join(chance.choices(_WORDS, k=60))} {chance.random()}.</p>" for _ in range(8)
        )
        links = "".join(
            f'<a href="/p/{next_}">{next_}</a>'
            for next_ in range(4 * number + 1, 4 * number + 5)
            if next_ < self.pages
        )
        text = f"<html><head><title>{host} {number}</title></head><body><main>{paragraphs}</main>"
        return answer(f"{text}<nav>{links}</nav></body></html>".encode())


def sample(visits: int) -> Sample:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return Sample(
        visits,
        pages * os.sysconf("SC_PAGE_SIZE"),
        len(list(Path("/proc/self/fd").iterdir())),
        len(asyncio.all_tasks()),
    )


async def crawl(job: Path, policy: Path, hosts: int, speed: float) -> None:
    """Run the crawl in this process; a sample a line on standard output."""
    config = load(str(policy))
    started = time.time()

    def clock() -> float:
        return started + (time.time() - started) * speed

    def say(what: Sample) -> None:
        print(json.dumps(asdict(what)), flush=True)

    # What the loop and the libraries keep for good is there before the first sample.
    for _ in range(2):
        async with open_crawl(job, config, clock):
            pass
        await asyncio.sleep(0.1)
    gc.collect()
    say(sample(0))
    async with open_crawl(job, config, clock) as run:
        await run.add_seeds([parse(f"http://h{number}.soak.test/p/0") for number in range(hosts)])
        running = asyncio.create_task(run.engine.run())
        while not running.done():
            await asyncio.wait({running}, timeout=1)
            say(sample(run.engine.progress.visits))
        await run.close(running.result())
        del run
    await asyncio.sleep(0.5)
    gc.collect()
    say(sample(-1))


async def soak(fetches: int, folder: Path, *, speed: float | None = None) -> Soak:
    """Serve and crawl `fetches` pages under `folder`; return what came of it."""
    hosts = max(1, fetches // PAGES)
    speed = speed or DAY / (fetches / RATE)
    site = Site()
    server = await asyncio.start_server(site.serve, HERE, 0, backlog=1_024)
    port = server.sockets[0].getsockname()[1]
    policy = folder / "policy.toml"
    names = "".join(f'"h{number}.soak.test" = "{HERE}:{port}"\n' for number in range(hosts))
    policy.write_text(_POLICY + names)
    started = time.monotonic()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.hostile.soak", "--crawl", folder / "job"),
        *("--policy", policy, "--hosts", str(hosts), "--speed", str(speed)),
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    samples = [Sample(**json.loads(line)) async for line in process.stdout]
    code = await process.wait()
    seconds = time.monotonic() - started
    server.close()
    assert code == 0, f"the crawl ended with {code}"
    urls, unfinished = _urls(folder / "job" / "crawl.db")
    return Soak(
        site.requests,
        site.faults,
        seconds,
        seconds * speed / 3_600,
        tuple(samples[1:-1]),
        samples[0],
        samples[-1],
        urls,
        unfinished,
    )


def _urls(database: Path) -> tuple[dict[str, int], int]:
    with contextlib.closing(sqlite3.connect(database)) as connection:
        rows = connection.execute("SELECT state, outcome, count(*) FROM url GROUP BY 1, 2")
        counts = {(state, outcome): count for state, outcome, count in rows}
    unfinished = sum(count for (state, _), count in counts.items() if state != 2)
    return {f"{outcome or state}": count for (state, outcome), count in counts.items()}, unfinished


def _tell(result: Soak) -> int:
    rss = [item.rss / 1e6 for item in result.samples]
    print(
        f"{result.requests:,} requests, {result.faults:,} faults, {result.seconds:.0f} s"
        f" ({result.requests / result.seconds:.0f} a second), {result.hours:.1f} hours of its clock"
    )
    print(f"URLs {result.urls}, {result.unfinished} in no final state")
    most = result.samples[-1].visits
    warm = next(item.rss for item in result.samples if item.visits >= WARM_UP * most) / 1e6
    print(
        f"RSS {warm:.0f} MB after warm-up, {rss[-1]:.0f} MB at the end, {max(rss):.0f} MB at most;"
        f" growth {result.growth:+.1%}, spread {result.spread:.1%}"
    )
    print(f"before {result.before}\nafter  {result.after}")
    wrong = result.wrong()
    if abs(result.growth) > FLAT:
        wrong.append(f"memory grew by {result.growth:+.1%} after the warm-up")
    for line in wrong:
        print("WRONG", line)
    return 1 if wrong else 0


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--fetches", type=int, default=100_000)
    arguments.add_argument("--crawl", type=Path, help=argparse.SUPPRESS)
    arguments.add_argument("--policy", type=Path, help=argparse.SUPPRESS)
    arguments.add_argument("--hosts", type=int, help=argparse.SUPPRESS)
    arguments.add_argument("--speed", type=float, help="how much faster the crawl's clock runs")
    options = arguments.parse_args()
    if options.crawl:
        asyncio.run(crawl(options.crawl, options.policy, options.hosts, options.speed))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        return _tell(asyncio.run(soak(options.fetches, Path(folder), speed=options.speed)))


if __name__ == "__main__":
    sys.exit(main())
