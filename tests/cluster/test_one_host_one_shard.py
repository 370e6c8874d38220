"""A host is asked by the one shard it belongs to, whoever wants the document."""

import asyncio
import json
import os
import signal
import sqlite3
import sys
from collections import Counter
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest

from crawler.core.consent import FileRequest
from crawler.core.decision import Decision, Found, Value, Verdict
from crawler.core.evidence import FileKind, Snapshot
from crawler.core.outcome import Learned, Listed, Moved
from crawler.core.urls import parse
from crawler.frontier.shard_messages import Answer, Wish, message_from, send_answer, send_wish
from crawler.frontier.sharding import Share, shard_of
from crawler.store.job import holder
from tests.frontier.web import START, Web, WithRobots, kept, links, running, url
from tests.web.handmade import Reply, handmade, page

COUNT = 3


def host_of(shard, which=0):
    """Return the name of a host that belongs to a shard."""
    names = (f"h{number}.test" for number in range(1_000))
    return [name for name in names if shard_of(name, COUNT) == shard][which]


A, B, C = (f"http://{host_of(shard)}" for shard in range(COUNT))


class WithLicences(WithRobots):
    """robots.txt says "rsl URL": that document must be had before any page."""

    def next_file(self, url, site, policy, now, pages):
        wanted = super().next_file(url, site, policy, now, pages)
        robots = next((item for item in site if item.kind is FileKind.ROBOTS), None)
        word, _, text = robots.body.decode().partition(" ") if robots else ("", "", "")
        if wanted is not None or word != "rsl":
            return wanted
        known = any(s.url == text and now < s.expires_at for s in site if s.kind is FileKind.RSL)
        return None if known else FileRequest(FileKind.RSL, parse(text), "")

    def decide(self, evidence, policy, now):
        rsl = evidence.of(FileKind.RSL)
        if rsl is not None and rsl.found is not Found.FOUND:
            return Decision(False, "rsl.unobtainable", Verdict(crawl=Value.DENY), now)
        return super().decide(evidence, policy, now)


def document(body=b"<rsl/>", lives=1e6):
    def answer(task, now):
        return Learned(
            Snapshot(task.file, task.asked, Found.FOUND, now, 200, body=body,
                     headers=(("x", "y"),), final_url=task.url.text, expires_at=now + lives)
        )  # fmt: skip

    return answer


@dataclass
class Cluster:
    """Shards of one job on a virtual clock; `carry` brings messages over, perhaps twice."""

    runs: list
    web: Web
    settled: list = field(default_factory=list)
    carried: list = field(default_factory=list)

    async def carry(self, *, twice=False):
        moved = 0
        for run in self.runs:
            rows = await run.database.transaction(
                lambda c: c.execute("DELETE FROM outbox RETURNING shard, candidate").fetchall()
            )
            for shard, text in rows * (2 if twice else 1):
                moved += 1
                message = message_from(text)
                self.carried.append((shard, message))
                await self.runs[shard].frontier.take_in(
                    [message], run.now, lambda _, snapshot: self.settled.append(snapshot.url)
                )
        return moved

    async def go(self, until, *, twice=False):
        """Crawl in all shards until nothing crosses any more."""
        while True:
            for run in self.runs:
                await run.crawl(until=until)
            if not await self.carry(twice=twice):
                return

    def asked(self):
        return Counter(request.url for request in self.web.log)

    async def pages(self, name):
        found = {}
        for run in self.runs:
            rows = await run.database.read(
                lambda c: c.execute("SELECT url, outcome, code FROM url WHERE kind = 0").fetchall()
            )
            found |= {text: outcome for text, outcome, _ in rows if text.startswith(name)}
        return found


@pytest.fixture
async def cluster(tmp_path):
    async with AsyncExitStack() as stack:
        made = Cluster([], Web())
        for number in range(COUNT):
            made.runs.append(
                await stack.enter_async_context(
                    running(tmp_path / f"{number}.db", made.web, consent=WithLicences(),
                            scope={"scope": "any"}, share=Share(number=number, count=COUNT))
                )
            )  # fmt: skip
        yield made


async def seed(cluster, *texts):
    for run in cluster.runs:
        await run.frontier.add(links(*texts, source="seed"), run.now, seeds=True)


@pytest.mark.parametrize("twice", [False, True])
async def test_a_document_of_another_shard_is_asked_there_once_and_comes_back(cluster, twice):
    licence = f"{B}/l.xml"
    others = [f"http://{host_of(shard, which)}" for shard in (0, 2) for which in range(4)]
    for origin in others:
        cluster.web.robots[origin[7:]] = f"rsl {licence}".encode()
        cluster.web.answers[f"{origin}/"] = kept()
    cluster.web.answers[licence] = document()
    await seed(cluster, *[f"{origin}/" for origin in others])
    await cluster.go(START + 60, twice=twice)

    asked = cluster.asked()
    assert asked[licence] == asked[f"{B}/robots.txt"] == 1
    assert {request.host for request in cluster.web.log} == {text[7:] for text in [B, *others]}
    for origin in others:
        assert await cluster.pages(origin) == {f"{origin}/": "kept"}
    assert set(cluster.settled) == {licence}
    for run in cluster.runs:
        rows = await run.database.read(
            lambda c: c.execute(
                "SELECT count(*), (SELECT count(*) FROM ledger WHERE kind = 'evidence'),"
                " (SELECT count(*) FROM snapshot) FROM snapshot WHERE url = ?", (licence,)
            ).fetchone()
        )  # fmt: skip
        assert rows[0] == 1
        assert rows[1] == rows[2]
        assert not await run.database.read(lambda c: c.execute("SELECT * FROM awaited").fetchall())


@pytest.mark.parametrize(
    "chain",
    [[A, B], [A, B, C], [A, B, A], [A, B, C, A], [A, B, A, C, B]],
    ids=lambda chain: "".join("ABC"["ABC".index("A") :][[A, B, C].index(x)] for x in chain),
)
@pytest.mark.parametrize("twice", [False, True])
async def test_a_robots_txt_that_moves_between_shards_is_heard_at_home(cluster, chain, twice):
    steps = [f"{origin}/{'robots.txt' if n == 0 else f'r{n}'}" for n, origin in enumerate(chain)]
    for here, there in pairwise(steps):
        cluster.web.answers[here] = Moved(url(there), 301)
    cluster.web.answers[steps[-1]] = document(b"delay 30")
    cluster.web.answers[f"{A}/"] = kept(f"{A}/x")
    cluster.web.answers[f"{A}/x"] = kept()
    await seed(cluster, f"{A}/")
    await cluster.go(START + 300, twice=twice)

    asked = cluster.asked()
    assert all(asked[step] == 1 for step in steps)
    assert await cluster.pages(A) == {f"{A}/": "kept", f"{A}/x": "kept"}
    pages = [r for r in cluster.web.log if r.url in {f"{A}/", f"{A}/x"}]
    assert pages[1].start - pages[0].end >= 30  # its Crawl-delay came along


async def test_what_a_robots_txt_refuses_is_refused_though_another_shard_had_it(cluster):
    cluster.web.answers[f"{A}/robots.txt"] = Moved(url(f"{B}/r"), 302)
    cluster.web.answers[f"{B}/r"] = document(b"deny")
    await seed(cluster, f"{A}/private")
    await cluster.go(START + 60)

    assert await cluster.pages(A) == {f"{A}/private": "refused"}
    assert f"{A}/private" not in cluster.asked()


async def test_a_host_that_has_no_name_answers_too(cluster):
    """The owner's failure crosses back like any answer."""
    cluster.web.robots[A[7:]] = f"rsl {B}/l.xml".encode()
    cluster.web.addresses[B[7:]] = ()
    await seed(cluster, f"{A}/")
    await cluster.go(START + 60)

    assert await cluster.pages(A) == {f"{A}/": "refused"}


async def test_a_wish_that_nobody_answers_is_given_up_and_fails_closed(cluster):
    cluster.web.robots[A[7:]] = f"rsl {B}/l.xml".encode()
    cluster.web.answers |= {f"{A}/": kept(), f"{B}/l.xml": document()}
    await seed(cluster, f"{A}/")
    home = cluster.runs[0]
    await home.crawl(until=START + 10)
    before = await home.database.read(lambda c: c.execute("SELECT shard FROM outbox").fetchall())
    assert before == [(1,)]
    assert await cluster.pages(A) == {f"{A}/": ""}  # held meanwhile

    home.now = START + 3_700
    await home.crawl(until=home.now + 10)

    assert await cluster.pages(A) == {f"{A}/": "refused"}


async def test_an_older_answer_than_the_one_known_is_not_taken_for_news(cluster):
    """A wish that was given up is made anew, and not answered with what came before."""
    licence, owner = f"{B}/l.xml", cluster.runs[1]
    cluster.web.robots[B[7:]] = f"rsl {licence}".encode()
    cluster.web.answers |= {licence: document(), f"{B}/": kept()}
    await seed(cluster, f"{B}/")
    await cluster.go(START + 60)
    assert cluster.asked()[licence] == 1

    ask = json.dumps(["rsl", "", licence, 0])
    for after in (0.0, START + 50):
        await owner.frontier.take_in([Wish(0, ask, licence, "", after)], owner.now, print)
        await owner.crawl(until=owner.now + 60)
    assert cluster.asked()[licence] == 2


async def test_a_sitemap_on_another_shard_s_host_is_read_there(tmp_path):
    web = Web()
    web.robots[A[7:]] = f"sitemap {B}/s.xml".encode()
    web.answers |= {
        f"{B}/s.xml": Listed(tuple(links(f"{A}/listed", f"{B}/foreign", source="sitemap"))),
        f"{A}/": kept(), f"{A}/listed": kept(),
    }  # fmt: skip
    async with AsyncExitStack() as stack:
        made = Cluster([], web)
        for number in range(COUNT):
            made.runs.append(
                await stack.enter_async_context(
                    running(tmp_path / f"{number}.db", web, consent=WithLicences(),
                            scope={"scope": "host"}, share=Share(number=number, count=COUNT))
                )
            )  # fmt: skip
        await seed(made, f"{A}/")
        await made.go(START + 120)

        assert await made.pages("http") == {f"{A}/": "kept", f"{A}/listed": "kept"}
        assert made.asked()[f"{B}/s.xml"] == made.asked()[f"{B}/robots.txt"] == 1


@pytest.mark.parametrize("found", list(Found))
def test_messages_survive_the_journey(found):
    snapshot = Snapshot(
        FileKind.ROBOTS, "http://a.test/robots.txt", found, 1.5, 200, "text/plain",
        b"\x00\xff" * 10, "http://b.test/r", 2, "why", (("a", "b"), (":since", "1")), 9e9,
    )  # fmt: skip
    with closing(sqlite3.connect(":memory:")) as store:
        store.execute("CREATE TABLE outbox (id INTEGER PRIMARY KEY, shard INT, candidate TEXT)")
        send_wish(store, 1, Wish(2, "ask", "http://b.test/", "[]", 3.5))
        send_answer(store, 2, Answer("ask", snapshot))
        rows = store.execute("SELECT shard, candidate FROM outbox ORDER BY id").fetchall()

    assert [shard for shard, _ in rows] == [1, 2]
    assert message_from(rows[0][1]) == Wish(2, "ask", "http://b.test/", "[]", 3.5)
    assert message_from(rows[1][1]) == Answer("ask", snapshot)


@pytest.mark.parametrize("text", ["", "{}", "1", '"x"', "null", '{"answer": 1}', '{"wish": []}',
                                  '{"answer": ["x", {"kind": "no"}]}', "[1]"])  # fmt: skip
def test_a_damaged_message_is_told(text):
    with pytest.raises((ValueError, TypeError, KeyError, IndexError)):
        message_from(text)


# --- whole processes, killed ------------------------------------------------------------------

SITES, SHARDS = 9, 3
LICENCES = "http://licences.test"
RSL = (
    '<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license>'
    '<permits type="usage">all</permits></license></content></rsl>'
)


def licensed():
    pages = {f"{LICENCES}/robots.txt": Reply("User-agent: *\nAllow: /\n", type="text/plain")}
    for number in range(SITES):
        site = f"http://site{number}.test"
        robots = f"License: {LICENCES}/{number}.xml\nUser-agent: *\nAllow: /\n"
        pages[f"{site}/robots.txt"] = Reply(robots, type="text/plain")
        pages[f"{site}/"] = page(text=f"Words of the site {number} that are no other's words.")
        pages[f"{LICENCES}/{number}.xml"] = Reply(RSL, type="application/rsl+xml")
    return pages


@pytest.mark.slow
@pytest.mark.timeout(240)
@pytest.mark.parametrize("kills", [0, 4])
async def test_one_licence_host_is_asked_by_one_shard_whatever_is_killed(tmp_path, kills):
    job = tmp_path / "job"
    async with handmade(licensed()) as web:
        policy = web.policy(tmp_path / "p.toml", "[consent]\nprobes = []\n", patience="8s",
                            delay="400ms")  # fmt: skip
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "crawler", "crawl",
            *[f"http://site{number}.test/" for number in range(SITES)],
            "--policy", policy, "--job", str(job), "--shards", str(SHARDS),
            cwd=Path(__file__).parents[2], stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        for kill in range(kills):
            wanted = (kill + 1) * 2
            while sum(line.url.startswith(LICENCES) for line in web.log) < wanted:
                await asyncio.sleep(0.05)
            if pid := holder(job / f"shard-{kill % SHARDS:03d}"):
                os.kill(pid, signal.SIGKILL)
        _, errors = await process.communicate()

    assert process.returncode == 0, errors.decode()
    log = sorted((line for line in web.log if LICENCES in line.url), key=lambda line: line.start)
    asked = Counter(line.url for line in log)
    assert len(asked) == SITES + 1
    if not kills:
        assert set(asked.values()) == {1}
    assert all(after.start - before.end >= 0.39 for before, after in pairwise(log))
    pages = set()
    for number in range(SHARDS):
        with closing(sqlite3.connect(job / f"shard-{number:03d}" / "crawl.db")) as store:
            pages |= {
                row[0] for row in store.execute("SELECT url FROM page WHERE state = 'active'")
            }
    assert len(pages) == SITES
