"""The real frontier on a virtual clock against a synthetic web of millions of URLs.

    python -m benchmarks.frontier --hosts 1000000 --urls 10000000 --json F

Host sizes follow a power law, many hosts share an address, some fail. A *decision* is one
claim and its committed finish (groups of results in the real store, `synchronous=FULL`).
Gate 1 answers yes at once: what consent costs is measured by benchmarks.consent, and the web
has no site files. Loading is not counted, nor is the synthetic web itself; `rss_mb` is the peak
of the whole process, `loaded_rss_mb` its part when the crawl begins.

The verdict is that of `check`, which sees the request log and nothing of the frontier.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import heapq
import json
import random
import resource
import shutil
import tempfile
import time
from array import array
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from benchmarks.frontier_log import BUSY, DEAD, LINE, OK, RETRY_AFTER, RULES, check, starved
from crawler.core.decision import Decision, Verdict
from crawler.core.document import Document, Licence, Metadata
from crawler.core.evidence import PageEvidence
from crawler.core.outcome import Failed, Kept, Outcome, Resolved
from crawler.core.pace import Timing
from crawler.core.policy import ConsentPolicy
from crawler.core.task import Task, TaskKind
from crawler.core.urls import key_of
from crawler.frontier import Frontier, FrontierSettings, InForce, Writes
from crawler.frontier.gate_one import Decide, RealConsent
from crawler.frontier.hosts import NUMBER_BITS
from crawler.frontier.link_rules import SEED
from crawler.store.database import Connection, Database, connect, open_database

START = 1_700_000_000.0
GROUP = "*.blogs.example"

_LETTERS = str.maketrans("0123456789", "abcdefghij")
_YES = Decision(included=True, reason="ok", verdict=Verdict(), decided_at=START)
_PAGE = Document(
    "text", Metadata(), Licence(), "none", "1", "utf-8", "bom", 0, "en", 1.0, "none", "0", "0",
    b"", 1, 4, 4, 1, "none",
)  # fmt: skip
_KEPT = Kept(_YES, PageEvidence(200), _PAGE)


class Open(RealConsent):
    """Gate 1 of a web that permits everything and has no site files."""

    def knows_all(self, *_: object) -> bool:
        return True

    def next_file(self, *_: object) -> None:
        return None

    def deciding(self, *_: object) -> Decide:
        return self.decide

    def decide(self, *_: object) -> Decision:
        return _YES


@dataclass(frozen=True)
class SyntheticWeb:
    """Everything about it follows from the number of a host."""

    hosts: int
    urls: int

    def name(self, host: int) -> str:
        if host % 1_000 == 7:  # a platform whose hosts share one limit
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
        for rank in range(self.urls - sum(sizes)):  # what rounding down left over
            sizes[rank % self.hosts] += 1
        random.Random(1).shuffle(sizes)
        return sizes

    def urls_of(self, host: int, size: int) -> list[str]:
        # Words, not numbers: path-pattern caps have their own tests.
        start = f"https://{self.name(host)}/"
        return [
            f"{start}{'abcdefghij'[number % 10]}/{str(number).translate(_LETTERS)}"
            for number in range(size)
        ]

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


def load(connection: Connection, web: SyntheticWeb) -> None:
    """Store the web as `Frontier.add` would, sorted and without its checks."""
    indexes = connection.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'url'"
        " AND sql IS NOT NULL"
    ).fetchall()
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    sizes = web.sizes()
    connection.executemany(
        "INSERT INTO host (id, name, site, seed, urls, waiting) VALUES (?, ?, ?, 1, ?, ?)",
        (
            (host + 1, web.name(host), web.name(host).partition(".")[2], size, size)
            for host, size in enumerate(sizes)
        ),
    )
    connection.executemany(
        f"INSERT INTO url (id, host_id, key, url, priority) VALUES (?, ?, ?, ?, {SEED})",  # noqa: S608
        (
            ((host + 1) << NUMBER_BITS | number, host + 1, key_of(url), url)
            for host, size in enumerate(sizes)
            for number, url in enumerate(web.urls_of(host, size))
        ),
    )
    for _, sql in indexes:
        connection.execute(sql)


@dataclass
class Spent:
    """Seconds by step, and counts. Steps of the loop that never wait are timed by the wall.

    Asking for the CPU time of a thread is a system call of one to two microseconds, which at
    every step would be a tenth of what is measured; the clock on the wall costs a twentieth.
    """

    web: float = 0.0  # the synthetic web and the log: not the frontier's
    claim: float = 0.0
    finish: float = 0.0
    merge: float = 0.0
    reading: float = 0.0  # CPU of the loop while hosts are read
    record: float = 0.0  # CPU of the database thread
    decisions: int = 0
    resolved: int = 0


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
        self.tie = 0
        self.chance = random.Random(2)

    async def run(self, decisions: int, workers: int, group: int) -> None:
        ends: list[tuple[float, int, float, Task, int]] = []
        finished: list[Writes] = []
        while self.spent.decisions < decisions:
            await self._claim(ends, workers)
            if ends:
                finished.append(self._finish(ends))
            elif not finished:
                due = self.frontier.next_due()
                if due is None:
                    return
                self.now = max(self.now, due)
            if len(finished) >= group or (finished and not ends):
                await self._commit(finished)
                finished = []
        await self._commit(finished)

    async def _claim(self, ends: list[tuple[float, int, float, Task, int]], workers: int) -> None:
        clock, spent = time.perf_counter, self.spent
        while len(ends) < workers:
            before = clock()
            task = self.frontier.claim_ready(self.now)
            after = clock()
            spent.claim += after - before
            if task is None and self.frontier.must_read(self.now):
                began = time.thread_time()
                task = await self.frontier.claim(self.now)
                spent.reading += time.thread_time() - began
                after = clock()
            if task is None:
                return
            host = self.web.number(task.url.host)
            resolving = task.kind is TaskKind.RESOLVE
            took = 0.02 if resolving else 0.05 + self.chance.expovariate(4.0)
            self.tie += 1
            heapq.heappush(ends, (self.now + took, self.tie, self.now, task, host))
            spent.web += clock() - after

    def _finish(self, ends: list[tuple[float, int, float, Task, int]]) -> Writes:
        clock, spent = time.perf_counter, self.spent
        before = clock()
        end, _, started, task, host = heapq.heappop(ends)
        self.now = max(self.now, end)
        outcome, came = self.web.outcome(task, host, self.now)
        if task.kind is TaskKind.RESOLVE:
            spent.resolved += 1
        else:
            self._note(task, host, started, end, came)
            spent.decisions += 1
        timing = Timing(started, end, end)
        between = clock()
        writes = self.frontier.finish(task, outcome, timing, self.now)
        spent.web += between - before
        spent.finish += clock() - between
        return writes

    async def _commit(self, finished: list[Writes]) -> None:
        def work(connection: Connection) -> list[Any]:
            before = time.thread_time()
            recorded = self.frontier.record_all(connection, finished)
            self.spent.record += time.thread_time() - before
            return recorded

        done = await self.database.transaction(work)
        before = time.perf_counter()
        for recorded in done:
            self.frontier.committed(recorded)
        self.spent.merge += time.perf_counter() - before

    def _note(self, task: Task, host: int, start: float, end: float, came: int) -> None:
        a, b, c, d = task.addresses[0].split(".")
        address = int(a) << 24 | int(b) << 16 | int(c) << 8 | int(d)
        self.log.write(LINE.pack(host, address, task.id & 0xFFFFFFFF, start, end, came))


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
    loading = time.perf_counter()
    if options.loaded:
        shutil.copy(options.loaded, folder / "crawl.db")
    else:
        fill(folder / "crawl.db", web)
    loading = time.perf_counter() - loading
    loaded_rss = peak_rss()
    async with open_database(folder / "crawl.db") as database:
        frontier = await Frontier.open(
            database, InForce(rules, ConsentPolicy(), Open(), START, unclean=False)
        )
        with log.open("wb") as lines:
            driver = Driver(frontier, database, web, lines)
            wall, cpu, loop = time.perf_counter(), time.process_time(), time.thread_time()
            await driver.run(options.decisions, options.workers, options.group)
            wall = time.perf_counter() - wall
            cpu, loop = time.process_time() - cpu, time.thread_time() - loop
        waiting = (await frontier.status(driver.now)).urls["waiting"]
    spent = driver.spent
    claims = spent.decisions + spent.resolved
    rss = peak_rss()
    # What the wall's clock saw of other processes is left out in proportion.
    steps = spent.claim + spent.finish + spent.merge + spent.web
    mine = min(1.0, (loop - spent.reading) / steps)
    rest = loop - steps * mine
    verdict = check(log)
    each = 1e6 / claims
    return {
        "hosts": options.hosts,
        "urls": options.urls,
        "decisions": claims,
        "requests": spent.decisions,
        "waiting": waiting,
        "decisions_per_s": round(claims / (wall - spent.web)),
        "decisions_per_cpu_s": round(claims / (cpu - spent.web * mine)),
        "cpu_us": {
            "claim": round(spent.claim * mine * each, 1),
            "finish": round(spent.finish * mine * each, 1),
            "merge": round(spent.merge * mine * each, 1),
            "loop": round(rest * each, 1),
            "record": round(spent.record * each, 1),
            "read_and_commit": round((cpu - loop - spent.record) * each, 1),
            "web": round(spent.web * mine * each, 1),
            "unit": round(yardstick(), 1),
        },
        "rss_mb": round(rss),
        "loaded_rss_mb": round(loaded_rss),
        "disk_mb": round(disk_bytes(folder) / 1e6),
        "violations": sum(verdict[key] for key in ("host", "address", "group", "retry")),
        "verdict": verdict,
        "starved": starved(log, web.sizes(), web.address),
        "duplicates": verdict["duplicates"],
        "loading_s": round(loading, 1),
        "virtual_s": round(driver.now - START, 1),
    }


def fill(path: Path, web: SyntheticWeb) -> None:
    with closing(connect(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        load(connection, web)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def peak_rss() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024


def yardstick() -> float:
    """Return the CPU time of ten thousand additions now: a busy machine makes all slower."""
    before, total = time.thread_time(), 0
    for number in range(1_000_000):
        total += number
    return (time.thread_time() - before) * 1e4


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
    options = parser.parse_args()
    options.decisions = options.decisions or 2 * options.hosts
    gc.set_threshold(50_000, 20, 100)  # as `crawler crawl` does
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        result = asyncio.run(measure(options, Path(folder)))
    print(json.dumps(result, indent=1))
    if options.json:
        options.json.write_text(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
