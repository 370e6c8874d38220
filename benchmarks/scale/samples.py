"""The samples: what one decision, link, slot and snapshot costs, by the crawler's own code.

Each runs on a virtual clock; what is measured is counts and octets, and memory of a process of
its own. So a busy machine changes nothing but the CPU time of a decision.
"""

from __future__ import annotations

import asyncio
import heapq
import json
import random
import sqlite3
import subprocess
import sys
from contextlib import AsyncExitStack, closing
from hashlib import blake2b
from io import BytesIO
from itertools import zip_longest
from pathlib import Path

from benchmarks.frontier import START, Driver, Open, SyntheticWeb, fill
from crawler.cluster.address_book import AddressBook
from crawler.cluster.address_turns import BucketTurns
from crawler.cluster.snapshot import Owner
from crawler.cluster.snapshots import take
from crawler.core.decision import Decision, Verdict
from crawler.core.document import Document, Licence, Link, Metadata
from crawler.core.evidence import PageEvidence
from crawler.core.outcome import Kept, Outcome, Resolved
from crawler.core.pace import Timing
from crawler.core.policy import ConsentPolicy
from crawler.core.task import Task, TaskKind
from crawler.core.urls import parse
from crawler.frontier import Frontier, FrontierSettings, InForce, Writes
from crawler.frontier.shard_messages import message_from
from crawler.frontier.sharding import Share
from crawler.store.database import Connection, Database, open_database

_YES = Decision(included=True, reason="ok", verdict=Verdict(), decided_at=START)


# --- memory, disk and CPU of the frontier ----------------------------------------------------


def frontier(hosts: int, urls: int, folder: Path) -> dict[str, float]:
    """Crawl two requests a host of a made web, in a process of its own."""
    out = folder / f"frontier-{hosts}.json"
    words = [f"--hosts={hosts}", f"--urls={urls}", f"--json={out}", f"--folder={folder}"]
    subprocess.run(
        [sys.executable, "-m", "benchmarks.frontier", *words], check=True, capture_output=True
    )
    found: dict[str, float] = json.loads(out.read_text())
    return found


def slopes(small: dict[str, float], large: dict[str, float]) -> dict[str, float]:
    """Return what one host more costs in memory, and one URL more on disk."""
    hosts, urls = large["hosts"] - small["hosts"], large["urls"] - small["urls"]
    return {
        "memory_of_a_host": max(0.0, (large["rss_mb"] - small["rss_mb"]) * 1e6 / hosts),
        "hosts": large["hosts"],
        "memory": large["rss_mb"] * 1e6,
        "disk_of_a_url": (large["disk_mb"] - small["disk_mb"]) * 1e6 / urls,
        "decision_us": 1e6 / large["decisions_per_cpu_s"],
    }


# --- links between shards ----------------------------------------------------------------------


class Linked:
    """A web whose pages lead to others: on their own host, and to hosts that many lead to."""

    def __init__(self, hosts: int, pages: int, links: int, off_site: float) -> None:
        self.hosts, self.pages, self.links, self.off_site = hosts, pages, links, off_site
        weights = [1.0 / rank for rank in range(1, hosts + 1)]
        self._known = [sum(weights[: n + 1]) for n in range(hosts)]

    def url(self, host: int, page: int) -> str:
        letters = "".join(chr(97 + int(digit)) for digit in str(page))
        return f"https://www.h{host}.example/{letters}"

    def links_of(self, text: str) -> list[Link]:
        """Return the links of a page: the same each time."""
        chance = random.Random(text)
        host = int(text.partition(".h")[2].partition(".")[0])
        found = []
        for _ in range(self.links):
            to = host
            if chance.random() < self.off_site:
                to = chance.choices(range(self.hosts), cum_weights=self._known)[0]
            url = parse(self.url(to, min(int(chance.paretovariate(0.8)), self.pages) - 1))
            if url is not None:
                found.append(Link(url))
        return found


class _Shard:
    def __init__(self, number: int, frontier: Frontier, database: Database) -> None:
        self.number, self.frontier, self.database = number, frontier, database
        self.pages = self.sent = self.octets = 0

    async def step(self, web: Linked, now: float) -> float | None:
        """Ask whatever is due; return when more is."""
        finished = []
        while len(finished) < 64 and (task := await self.frontier.claim(now)) is not None:
            finished.append(self._finish(web, task, now))
        if finished:
            done = await self.database.transaction(lambda c: self.frontier.record_all(c, finished))
            for recorded in done:
                self.frontier.committed(recorded)
            return now
        return self.frontier.next_due()

    def _finish(self, web: Linked, task: Task, now: float) -> Writes:
        if task.kind is TaskKind.RESOLVE:
            host = int(task.url.host.split(".")[1][1:])
            outcome: Outcome = Resolved(
                (f"10.{host >> 16}.{host >> 8 & 255}.{host & 255}",), now + 1e7
            )
        else:
            self.pages += 1
            page = Document(
                "text", Metadata(), Licence(), "none", "1", "utf-8", "bom", 0, "en", 1.0, "none",
                "0", "0", b"", 1, 4, 4, 1, "none",
            )  # fmt: skip
            outcome = Kept(_YES, PageEvidence(200), page, tuple(web.links_of(task.url.text)))
        return self.frontier.finish(task, outcome, Timing(now, now, now), now)

    async def outbox(self) -> dict[int, list[str]]:
        """Take what is to be carried, by shard."""

        def work(connection: Connection) -> list[tuple[int, str]]:
            rows = connection.execute("SELECT shard, candidate FROM outbox").fetchall()
            connection.execute("DELETE FROM outbox")
            return rows

        found: dict[int, list[str]] = {}
        for shard, text in await self.database.transaction(work):
            found.setdefault(shard, []).append(text)
            self.sent += 1
            self.octets += len(text)
        return found


async def links(web: Linked, shards: int, folder: Path) -> dict[str, float]:
    """Crawl a linked web with so many real frontiers; return what they told each other."""
    rules = {"politeness": {"min_delay": "1s"}, "scope": {"scope": "any"}}
    async with AsyncExitStack() as stack:
        opened = []
        for number in range(shards):
            path = folder / f"links-{number}.db"
            database = await stack.enter_async_context(open_database(path))
            settings = FrontierSettings.model_validate(
                {**rules, "share": Share(number=number, count=shards)}
            )
            in_force = InForce(settings, ConsentPolicy(), Open(), START, unclean=False)
            opened.append(_Shard(number, await Frontier.open(database, in_force), database))
        seeds = [Link(url, "seed") for n in range(8) if (url := parse(web.url(n, 0)))]
        for shard in opened:
            await shard.frontier.add(seeds, START, seeds=True)
        now, quiet = START, False
        while not quiet:
            due = [await shard.step(web, now) for shard in opened]
            quiet = True
            for shard in opened:
                for to, texts in (await shard.outbox()).items():
                    messages = [message_from(text) for text in texts]
                    await opened[to].frontier.take_in(messages, now, lambda *_: None)
                    quiet = False
            later = [at for at in due if at is not None]
            if later:
                now, quiet = max(now, min(later)), False
    pages, sent = sum(one.pages for one in opened), sum(one.sent for one in opened)
    return {
        "shards": shards,
        "pages": pages,
        "messages": sent,
        "messages_a_page": sent / pages,
        "octets_a_message": sum(one.octets for one in opened) / max(1, sent),
    }


# --- slots at addresses ------------------------------------------------------------------------


def slots(shards: int, hosts: int, pace: tuple[float, float], seconds: float) -> dict[str, float]:
    """Ask through one address from several shards; `pace`: `ip_delay`, and how long one takes."""
    delay, fetch = pace
    longest, contact = 60.0, 120.0
    clock = [0.0]
    book = AddressBook("sample", shards, longest, contact, 0.0)
    turns = [
        BucketTurns(Share(number=n, count=shards), 1, (longest, contact), lambda: clock[0])
        for n in range(shards)
    ]
    for number, mine in enumerate(turns):
        mine.greeted(book.hello(0.0))
        held = mine.register()
        book.register(number, mine.session, 0.0, held, 0.0)
        mine.heard(0.0, book.mail(number, 0.0))
    wanting = [number for number in range(shards) if number < hosts]
    queue: list[tuple[float, int, str]] = [(0.0, number, "enter") for number in wanting]
    queue += [(0.05 * number / shards, number, "tell") for number in range(shards)]
    heapq.heapify(queue)
    asked = told = 0
    last = -1e9
    apart = 1e9
    while queue:
        now, number, what = heapq.heappop(queue)
        if now > seconds:
            break
        clock[0], mine = now, turns[number]
        if what == "enter":
            later = mine.enter("address", now, delay)
            if later:
                heapq.heappush(queue, (max(later, now + 0.001), number, "enter"))
                continue
            asked, apart, last = asked + 1, min(apart, now - last), now + fetch
            heapq.heappush(queue, (now + fetch, number, "leave"))
        elif what == "leave":
            mine.leave("address", now + delay)
            heapq.heappush(queue, (now + delay, number, "enter"))
        else:
            mine.look()
            book.look(now)
            wanted, returned = mine.told()
            if wanted or returned or book.has_mail(number, now) or now % 10.0 < 0.05:
                told += 1
                book.exchange(number, mine.session, wanted, returned, now)
                mail = book.mail(number, now)
                mine.heard(now, mail)
                book.heard(number, mine.session, mail.at)
            heapq.heappush(queue, (now + 0.05, number, "tell"))
    return {
        "shards": shards,
        "requests": asked,
        "of_what_one_shard_could": asked * (delay + fetch) / seconds,
        "calls_a_request": told / max(1, asked),
        "closest_seconds": apart,
    }


# --- snapshots ---------------------------------------------------------------------------------

_BLOCK = 4_096  # a page of the database: the least that changes


async def snapshots(hosts: int, urls: int, folder: Path, every: int) -> dict[str, float]:
    """Snapshot a shard before and after so many requests; return what changed between."""
    web, job = SyntheticWeb(hosts, urls), folder / "shard"
    job.mkdir()
    fill(job / "crawl.db", web)
    part, owner = str(folder / "url" / "shards" / "000"), Owner(1, "sample")
    settings = FrontierSettings.model_validate({"scope": {"scope": "host"}})
    async with open_database(job / "crawl.db") as database:
        in_force = InForce(settings, ConsentPolicy(), Open(), START, unclean=False)
        opened = await Frontier.open(database, in_force)
        driver = Driver(opened, database, web, BytesIO())
        first = await asyncio.to_thread(take, job, part, owner, START)
        before = _copied(job / "crawl.db", folder / "before.db")
        await driver.run(every, 256, 256)
        after = _copied(job / "crawl.db", folder / "after.db")
        second = await asyncio.to_thread(take, job, part, owner, START + 300)
    changed = sum(one != other for one, other in zip_longest(before, after))
    return {
        "requests": driver.spent.decisions,
        "octets": second.bytes,
        "packed": first.sent / first.bytes,
        "sent": second.sent,
        "places_a_request": changed / driver.spent.decisions,
    }


def _copied(database: Path, to: Path) -> list[bytes]:
    """Return a hash of each page of a database, as it is in a copy."""
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(to)) as copy:
        source.backup(copy)
    data = to.read_bytes()
    return [
        blake2b(data[at : at + _BLOCK], digest_size=8).digest()
        for at in range(0, len(data), _BLOCK)
    ]
