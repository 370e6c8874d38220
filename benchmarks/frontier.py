"""The real frontier on a virtual clock against a synthetic web of millions of URLs.

    python -m benchmarks.frontier --hosts 1000000 --urls 10000000 --json F

Host sizes follow a power law, many hosts share an address, some fail. A *decision* is one
claim and its committed finish (groups of results in the real store, `synchronous=FULL`).
Gate 1 answers yes at once: what consent costs is measured by benchmarks.consent, and the web
has no site files. Loading is not counted, nor is the synthetic web itself; both are reported.

The verdict is that of `check`, which sees the request log and nothing of the frontier.
"""

from __future__ import annotations

import argparse
import asyncio
import heapq
import json
import random
import resource
import shutil
import struct
import sys
import tempfile
import time
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from crawler.core.decision import Decision, Verdict
from crawler.core.document import Document, Licence, Link, Metadata
from crawler.core.evidence import PageEvidence
from crawler.core.outcome import Failed, Kept, Outcome, Resolved
from crawler.core.pace import Timing
from crawler.core.policy import ConsentPolicy
from crawler.core.task import Task, TaskKind
from crawler.core.urls import Url
from crawler.frontier import Frontier, FrontierSettings, Writes
from crawler.frontier.gate_one import RealConsent
from crawler.store.database import Connection, Database, open_database

START = 1_700_000_000.0
LINE = struct.Struct("<IIIddB")  # host, address, number of the URL, start, end, what came
OK, BUSY, DEAD = 0, 1, 2
RETRY_AFTER = 120.0
GROUP = "*.blogs.example"
RULES = {"min_delay": 5.0, "ip_delay": 0.2, "group_delay": 0.5, "back_off": 60.0}

_YES = Decision(included=True, reason="ok", verdict=Verdict(), decided_at=START)
_PAGE = Document(
    "text", Metadata(), Licence(), "none", "1", "utf-8", "bom", 0, "en", 1.0, "none", "0", "0",
    b"", 1, 4, 4, 1, "none",
)  # fmt: skip
_KEPT = Kept(_YES, PageEvidence(200), _PAGE)


class Open(RealConsent):
    """Gate 1 of a web that permits everything and has no site files."""

    def next_file(self, *_: object) -> None:
        return None

    def decide(self, *_: object) -> Decision:
        return _YES


@dataclass(frozen=True)
class SyntheticWeb:
    """Everything about it follows from the number of a host."""

    hosts: int
    urls: int

    def name(self, host: int) -> str:
        if host % 1_000 == 7:  # a platform whose hosts share one gate
            return f"b{host}.blogs.example"
        return f"www.h{host}.example"

    @staticmethod
    def number(name: str) -> int:
        labels = name.split(".")
        return int(labels[0][1:] if name.endswith(".blogs.example") else labels[1][1:])

    def address(self, host: int) -> int:
        """Return a number: a third of the hosts stand alone, some addresses have very many."""
        mixed = host * 2_654_435_761 % 4_294_967_296
        if mixed % 3 == 0:
            return host
        crowd = mixed % 97
        return 0x40000000 + (mixed // 97) % max(1, self.hosts // (4 if crowd else 400))

    def sizes(self) -> array[int]:
        """URLs of each host by a power law (exponent 0.8), in random order, at least one."""
        weights = [1.0 / rank**0.8 for rank in range(1, self.hosts + 1)]
        share = (self.urls - self.hosts) / sum(weights)
        sizes = array("L", (1 + int(weight * share) for weight in weights))
        order = random.Random(1)
        for at in range(len(sizes) - 1, 0, -1):
            other = order.randrange(at + 1)
            sizes[at], sizes[other] = sizes[other], sizes[at]
        return sizes

    def links(self) -> Iterator[Link]:
        for host, size in enumerate(self.sizes()):
            name = self.name(host)
            for number in range(size):
                yield Link(self._url(name, number), "seed")

    @staticmethod
    def _url(name: str, number: int) -> Url:
        # Words, not numbers: path-pattern caps have their own tests.
        target = f"/{'abcdefghij'[number % 10]}/" + "".join(
            chr(97 + int(digit)) for digit in str(number)
        )
        return Url(f"https://{name}{target}", "https", name, 443, target)

    def outcome(self, task: Task, host: int, now: float) -> tuple[Outcome, int]:
        if task.kind is TaskKind.RESOLVE:
            address = self.address(host)
            parts = [str(address >> shift & 255) for shift in (24, 16, 8, 0)]
            return Resolved((".".join(parts),), now + 86_400.0 * 30), OK
        luck = (task.id * 40_503 + task.attempt * 7) % 1_000
        if luck < 10:
            return (
                Failed("status-503", host_fault=True, retry_after=RETRY_AFTER),
                BUSY,
            )
        if luck < 20:
            return Failed("timeout", host_fault=True), DEAD
        return _KEPT, OK


@dataclass
class Spent:
    """Seconds of wall time by step, and counts."""

    claim: float = 0.0
    finish: float = 0.0
    commit: float = 0.0
    decisions: int = 0
    resolved: int = 0
    waited: int = 0

    @property
    def seconds(self) -> float:
        return self.claim + self.finish + self.commit


class Driver:
    """Workers of a virtual clock: claim, wait for the answer, finish, commit in groups."""

    def __init__(
        self, frontier: Frontier, database: Database, web: SyntheticWeb, log: BinaryIO
    ) -> None:
        self.frontier = frontier
        self.database = database
        self.web = web
        self.log = log
        self.now = START
        self.spent = Spent()
        self.numbers: dict[str, int] = {}
        self.chance = random.Random(2)

    async def run(self, decisions: int, workers: int, group: int) -> None:
        clock, spent = time.perf_counter, self.spent
        ends: list[tuple[float, int, float, Task, int]] = []
        finished: list[Writes] = []
        tie = 0
        while spent.decisions < decisions:
            while len(ends) < workers:
                before = clock()
                task = await self.frontier.claim(self.now)
                spent.claim += clock() - before
                if task is None:
                    break
                host = self.web.number(task.url.host)
                if task.kind is TaskKind.RESOLVE:
                    took = 0.02
                else:
                    took = 0.05 + self.chance.expovariate(4.0)
                tie += 1
                heapq.heappush(ends, (self.now + took, tie, self.now, task, host))
            if not ends:
                due = self.frontier.next_due()
                if due is None and not finished:
                    return
                if due is not None and not finished:
                    self.now = max(self.now, due)
                    spent.waited += 1
            else:
                end, _, started, task, host = heapq.heappop(ends)
                self.now = max(self.now, end)
                outcome, came = self.web.outcome(task, host, self.now)
                if task.kind is TaskKind.RESOLVE:
                    spent.resolved += 1
                else:
                    self._note(task, host, started, end, came)
                    spent.decisions += 1
                timing = Timing(started, end, end)
                before = clock()
                finished.append(self.frontier.finish(task, outcome, timing, self.now))
                spent.finish += clock() - before
            if len(finished) >= group or (finished and not ends):
                before = clock()
                await self._commit(finished)
                spent.commit += clock() - before
                finished = []
        await self._commit(finished)

    async def _commit(self, finished: list[Writes]) -> None:
        record = self.frontier.record_all

        def work(connection: Connection) -> list[Any]:
            return record(connection, finished)

        for recorded in await self.database.transaction(work):
            self.frontier.committed(recorded)

    def _note(self, task: Task, host: int, start: float, end: float, came: int) -> None:
        a, b, c, d = task.addresses[0].split(".")
        address = int(a) << 24 | int(b) << 16 | int(c) << 8 | int(d)
        self.log.write(LINE.pack(host, address, task.id & 0xFFFFFFFF, start, end, came))


def check(path: Path) -> dict[str, int]:
    """Judge a request log: what did the servers see? Nothing else is known here."""
    violations = {"host": 0, "address": 0, "group": 0, "retry": 0}
    duplicates = 0
    host_end: dict[int, tuple[float, int, int]] = {}  # end, what came, faults in a row
    address_free: dict[int, float] = {}
    group_free = 0.0
    done: set[int] = set()
    lines = sorted(LINE.iter_unpack(path.read_bytes()), key=lambda line: line[3])
    slack = 1e-6
    for host, address, number, start, end, came in lines:
        before = host_end.get(host)
        faults = 0
        if before is not None:
            rest = RULES["min_delay"]
            faults = before[2]
            if before[1] == BUSY:
                rest = max(rest, RETRY_AFTER)
            if before[1] != OK:
                rest = max(rest, RULES["back_off"] * 2.0 ** (faults - 1))
            if start < before[0] + min(rest, 86_400.0) - slack:
                violations["host" if before[1] == OK else "retry"] += 1
        host_end[host] = (end, came, 0 if came == OK else faults + 1)
        if start < address_free.get(address, 0.0) - slack:
            violations["address"] += 1
        address_free[address] = end + RULES["ip_delay"]
        if host % 1_000 == 7:
            if start < group_free - slack:
                violations["group"] += 1
            group_free = end + RULES["group_delay"]
        url = host << 32 | number
        duplicates += url in done
        if came == OK:
            done.add(url)
    return {**violations, "duplicates": duplicates, "requests": len(lines)}


def starved(path: Path, web: SyntheticWeb) -> int:
    """Count hosts with URLs left that waited while others of their address went thrice more.

    Hosts that failed rest longer by right and are left out, as are those in the group.
    """
    counts: dict[int, int] = {}
    faulty: set[int] = set()
    last = 0.0
    for host, _, _, _, end, came in LINE.iter_unpack(path.read_bytes()):
        counts[host] = counts.get(host, 0) + 1
        last = max(last, end)
        if came != OK:
            faulty.add(host)
    most: dict[int, int] = {}
    sizes = web.sizes()
    open_hosts = [
        host
        for host in range(web.hosts)
        if counts.get(host, 0) < sizes[host] and host not in faulty and host % 1_000 != 7
    ]
    for host in open_hosts:
        address = web.address(host)
        most[address] = max(most.get(address, 0), counts.get(host, 0))
    return sum(counts.get(host, 0) < most[web.address(host)] - 2 for host in open_hosts)


async def measure(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    web = SyntheticWeb(options.hosts, options.urls)
    rules = FrontierSettings.model_validate(
        {
            "politeness": {
                "min_delay": f"{RULES['min_delay']}s",
                "groups": [{"pattern": GROUP, "delay": f"{RULES['group_delay']}s"}],
            },
            "scope": {"scope": "host"},
        }
    )
    log = folder / "requests.log"
    if options.loaded:
        shutil.copy(options.loaded, folder / "crawl.db")
    async with open_database(folder / "crawl.db") as database:
        frontier = await Frontier.open(
            database, rules, ConsentPolicy(), START, unclean=False, consent=Open()
        )
        began = time.perf_counter()
        if not options.loaded:
            added = await frontier.add(web.links(), START, seeds=True)
            print(f"loaded {added.new:,} URLs", file=sys.stderr)
        loading = time.perf_counter() - began
        with log.open("wb") as lines:
            driver = Driver(frontier, database, web, lines)
            began, cpu = time.perf_counter(), time.process_time()
            if options.profile:
                import cProfile
                import pstats

                profile = cProfile.Profile()
                profile.enable()
            await driver.run(options.decisions, options.workers, options.group)
            if options.profile:
                profile.disable()
                pstats.Stats(profile).sort_stats("tottime").print_stats(30)
            wall, cpu = time.perf_counter() - began, time.process_time() - cpu
    spent = driver.spent
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024
    disk = disk_bytes(folder) / 1e6
    claims = spent.decisions + spent.resolved
    verdict = check(log)
    each = 1e6 / claims
    return {
        "hosts": options.hosts,
        "urls": options.urls,
        "decisions": claims,
        "requests": spent.decisions,
        "decisions_per_s": round(claims / spent.seconds),
        "requests_per_s": round(spent.decisions / spent.seconds),
        "microseconds": {
            "claim": round(spent.claim * each, 1),
            "finish": round(spent.finish * each, 1),
            "commit": round(spent.commit * each, 1),
            "cpu_of_all": round(cpu * each, 1),
            "web": round((wall - spent.seconds) * each, 1),
        },
        "rss_mb": round(rss),
        "disk_mb": round(disk),
        "violations": sum(verdict[key] for key in ("host", "address", "group", "retry")),
        "verdict": verdict,
        "starved": starved(log, web),
        "duplicates": verdict["duplicates"],
        "loading_s": round(loading, 1),
        "virtual_s": round(driver.now - START, 1),
    }


def disk_bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.glob("crawl.db*"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hosts", type=int, default=10_000)
    parser.add_argument("--urls", type=int, default=100_000)
    parser.add_argument("--decisions", type=int, default=0, help="requests; 0: 2 x hosts")
    parser.add_argument("--workers", type=int, default=1_024)
    parser.add_argument("--group", type=int, default=1_024)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--folder", type=Path, help="where the job goes (default: temporary)")
    parser.add_argument("--loaded", type=Path, help="a job file of the same web, to save loading")
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    options.decisions = options.decisions or 2 * options.hosts
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        result = asyncio.run(measure(options, Path(folder)))
    print(json.dumps(result, indent=1))
    if options.json:
        options.json.write_text(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
