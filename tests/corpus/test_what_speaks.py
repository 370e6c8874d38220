"""Nothing refused gets out: a page kept earlier follows what its origin says now."""

import sqlite3
import time
from dataclasses import dataclass, field

import pytest

from crawler.config import load
from crawler.crawl import open_crawl
from tests.cli.run import run, run_json
from tests.corpus.test_export import lines
from tests.web.handmade import Reply, crawl, handmade, page, url_of

DAY = 86_400
NEWS, CALM, RIGHTS = "http://news.test", "http://calm.test", "http://rights.test"
ROBOTS, START = f"{NEWS}/robots.txt", f"{NEWS}/"
PROBES = '[consent]\nprobes = ["tdmrep"]\n'
RSL = (
    '<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license>'
    '<{0} type="usage">all</{0}></license></content></rsl>'
)
LICENCE = '<link rel=license type="application/rsl+xml" href="/l.xml">'


def text(body, status=200, **more):
    return Reply(body, status, type="text/plain", **more)


def rsl(word):
    return Reply(RSL.format(word), type="application/rsl+xml")


ALL, NONE = text("User-agent: *\nAllow: /\n"), text("User-agent: *\nDisallow: /\n")
NAMES = text(f"User-agent: *\nAllow: /\nLicense: {NEWS}/l.xml\n")
NAMES_OTHER = text(f"License: {RIGHTS}/l.xml\nUser-agent: *\nAllow: /\n")
DOWN = text("", 503)
NO_AI = text("User-agent: *\nDisallow: /\n")
NO_TDM = Reply('[{"location": "/", "tdm-reservation": 1}]', type="application/json")


@pytest.fixture
def clock(monkeypatch):
    """Return a function that sets how many days the wall clock is ahead."""
    real = time.time

    def ahead(days):
        monkeypatch.setattr(time, "time", lambda: real() + days * DAY)

    return ahead


@dataclass
class Case:
    """A site that changes: what is new at each later day, and whether its old pages stay."""

    name: str
    later: dict  # day: {URL: answer}
    stays: bool = False
    never: bool = False  # were they kept
    first: dict = field(default_factory=dict)
    early: str = ""  # more of the first day's policy
    head: str = ""  # of the pages

    def __str__(self):
        return self.name


CASES = [
    Case("nothing is new", {2: {}}, stays=True),
    Case("robots.txt refuses", {2: {ROBOTS: NONE}}),
    Case("robots.txt is redirected", {2: {
        ROBOTS: Reply(status=301, headers=(("Location", f"{RIGHTS}/robots.txt"),)),
        f"{RIGHTS}/robots.txt": NONE}}),
    Case("robots.txt names a licence", {2: {ROBOTS: NAMES, f"{NEWS}/l.xml": rsl("prohibits")}}),
    Case("... that permits", {2: {ROBOTS: NAMES, f"{NEWS}/l.xml": rsl("permits")}}, stays=True),
    Case("... on another host", {2: {ROBOTS: NAMES_OTHER, f"{RIGHTS}/l.xml": rsl("prohibits")}}),
    Case("... that is not there", {2: {ROBOTS: NAMES, f"{NEWS}/l.xml": text("", 404)}}),
    Case("... that is out of reach", {2: {ROBOTS: NAMES, f"{NEWS}/l.xml": DOWN}}),
    Case("... then permits", {
        2: {ROBOTS: NAMES, f"{NEWS}/l.xml": DOWN}, 4: {f"{NEWS}/l.xml": rsl("permits")}},
        stays=True),
    Case("... then prohibits", {
        2: {ROBOTS: NAMES, f"{NEWS}/l.xml": DOWN}, 4: {f"{NEWS}/l.xml": rsl("prohibits")}}),
    Case("the licence turns", {2: {f"{NEWS}/l.xml": rsl("prohibits")}, 33: {}},
         first={ROBOTS: NAMES, f"{NEWS}/l.xml": rsl("permits")}),
    Case("the licence that pages name turns", {2: {f"{NEWS}/l.xml": rsl("prohibits")}, 33: {}},
         first={f"{NEWS}/l.xml": rsl("permits")}, head=LICENCE),
    Case("the licence that pages name stays", {33: {}}, stays=True,
         first={f"{NEWS}/l.xml": rsl("permits")}, head=LICENCE),
    Case("a licence falls silent after it refused", {2: {f"{NEWS}/l.xml": DOWN}, 33: {}},
         first={ROBOTS: NAMES, f"{NEWS}/l.xml": rsl("prohibits")}, never=True),
    Case("robots.txt opens ai.txt", {2: {ROBOTS: ALL}},
         first={ROBOTS: text("User-agent: *\nDisallow: /ai.txt\n"), f"{NEWS}/ai.txt": NO_AI}),
    Case("robots.txt opens an ai.txt that is not there", {2: {ROBOTS: ALL}}, stays=True,
         first={ROBOTS: text("User-agent: *\nDisallow: /ai.txt\n")}),
    Case("tdmrep.json comes", {8: {f"{NEWS}/.well-known/tdmrep.json": NO_TDM}}),
    Case("the policy gains a probe", {2: {f"{NEWS}/ai.txt": NO_AI}}, early=PROBES),
    Case("the policy gains a probe for nothing", {2: {}}, stays=True, early=PROBES),
    Case("the policy gains a probe out of reach", {2: {f"{NEWS}/ai.txt": DOWN}}, early=PROBES),
]  # fmt: skip


async def exported(job, out, policy):
    done = await run("export", job, "--out", out, "--policy", policy)
    assert done.exit_code == 0, done.output
    return {line["metadata"]["url"] for line in lines(out)}, done.stdout


async def settled(job, policy):
    """Verify a job; its own policy, applied again, must change nothing."""
    code, found = await run_json("verify", job, "--all")
    _, again = await run_json("redecide", job, "--policy", policy)
    # What is held until a file answers was decided before the file was sought.
    assert again["decided"] == again["same"] + again["leave"].get("awaiting", 0)
    return code, [fault["what"] for result in found for fault in result["faults"]]


WAYS = ("crawl", "killed", "recheck")


# Every case in one way, every way with a third of the cases; all with all is slow.
@pytest.mark.parametrize(
    ("case", "way"),
    [
        pytest.param(case, way, id=f"{case}-{way}", marks=[pytest.mark.slow] * (turn != 0))
        for number, case in enumerate(CASES)
        for turn, way in enumerate(WAYS[number % 3 :] + WAYS[: number % 3])
    ],
)
async def test_old_pages_follow_what_is_learned_later(tmp_path, clock, case, way):
    body = page("/a", "/b", head=case.head)
    pages = {START: body, ROBOTS: ALL, f"{CALM}/": page(), f"{RIGHTS}/": page()}
    pages |= {f"{NEWS}/{name}": page(text=f"Text {name}.", head=case.head) for name in "ab"}
    pages |= {f"{CALM}/new": page()} | case.first
    job, out = tmp_path / "job", tmp_path / "out"
    async with handmade(pages) as web:
        early = web.policy(tmp_path / "early.toml", case.early, patience="100ms")
        ages = '[recheck]\nsite_age = "8d"\n' if way == "recheck" else ""
        policy = web.policy(tmp_path / "p.toml", ages, patience="100ms")
        await crawl(job, early, START, f"{CALM}/")
        web.pages[f"{NEWS}/new"] = page()
        for day, changes in case.later.items():
            web.pages |= changes
            clock(day + 8 if way == "recheck" else day)
            if way == "recheck":
                assert (await run("recheck", job, "--policy", policy)).exit_code == 0
            else:
                seeds = [f"{NEWS}/new?{day}", f"{CALM}/new?{day}"]
                clean = way == "crawl" or day != max(case.later)
                await visit(job, policy, seeds, clean=clean)
        kept, said = await exported(job, out, policy)
        stay = {START, f"{NEWS}/a", f"{NEWS}/b"}

    assert f"{CALM}/" in kept, said
    if case.stays:
        assert way == "killed" or stay <= kept, said
    else:
        assert not stay & kept, said
        assert (
            "left out: " in said
            or rows(job, "SELECT 1 FROM page WHERE state = 'retired'")
            or case.never
        )
    if way != "killed":
        assert await settled(job, policy) == (0, [])


async def visit(job, policy, seeds, *, clean):
    """Crawl some pages more; if not `clean`, end as one that was killed."""
    async with open_crawl(job, load(policy), time.time) as opened:
        await opened.add_seeds([url_of(seed) for seed in seeds])
        ended = await opened.engine.run()
        if clean:
            await opened.close(ended)


async def test_an_origin_speaks_for_itself_alone(tmp_path, clock):
    other = "http://news.test:8081"
    pages = {START: page(f"{other}/"), f"{other}/": page(text="Another origin.")}
    job = tmp_path / "job"
    async with handmade(pages) as web:
        first = '[consent]\nprobes = ["ai.txt"]\n'
        policy = web.policy(tmp_path / "p.toml", first, patience="100ms")
        await crawl(job, policy, START)
        before, _ = await exported(job, tmp_path / "before", policy)
        web.pages[f"{other}/ai.txt"] = NO_AI
        clock(8)
        await crawl(job, policy, f"{NEWS}/new", f"{other}/new")
        after, _ = await exported(job, tmp_path / "after", policy)

    assert (before, after) == ({START, f"{other}/"}, {START})


@pytest.fixture
async def jobs(tmp_path, clock):
    """Return three jobs of one web and their policy: what the second one learned refuses.

    It kept no page of the site; the third was made before it, and the licence is its find.
    """
    pages = {START: page("/a", "/b"), ROBOTS: ALL, f"{CALM}/": page(), f"{CALM}/c": page(text="C.")}
    pages |= {f"{NEWS}/{name}": page(text=f"Text {name}.") for name in "abc"}
    async with handmade(pages) as web:
        policy = web.policy(tmp_path / "p.toml", patience="100ms")
        await crawl(tmp_path / "one", policy, START, f"{CALM}/")
        clock(1)
        await crawl(tmp_path / "three", policy, f"{NEWS}/c", f"{CALM}/c")
        web.pages |= {ROBOTS: NAMES, f"{NEWS}/l.xml": rsl("prohibits")}
        clock(2)
        await crawl(tmp_path / "two", policy, f"{NEWS}/new")
    return [tmp_path / name for name in ("one", "two", "three")], policy


@pytest.mark.parametrize(
    "order",
    [
        (1, 0),
        (2, 1, 0),
        *(pytest.param(order, marks=pytest.mark.slow) for order in ((0, 1), (0, 1, 2), (1, 2, 0))),
    ],
    ids=str,
)
async def test_merged_jobs_hear_what_any_of_them_was_told(tmp_path, jobs, order):
    folders, policy = jobs
    merged = tmp_path / "merged"
    order = [folders[number] for number in order]

    assert (await run("merge", *order, "--out", merged)).exit_code == 0

    assert all(url.startswith(CALM) for url in states(merged, "active"))
    assert (await settled(merged, policy)) == (0, [])
    kept, _ = await exported(merged, tmp_path / "out", policy)
    assert kept == states(merged, "active") != set()
    head = rows(merged, "SELECT max(seq) FROM ledger")
    _, again = await run_json("merge", *order, "--out", merged)
    assert rows(merged, "SELECT max(seq) FROM ledger") == head
    assert again["counts"] == {}


@pytest.mark.slow
async def test_jobs_merged_one_by_one_end_as_those_merged_at_once(tmp_path, jobs):
    folders, policy = jobs
    found = []
    for number, order in enumerate(((0, 1, 2), (2, 0, 1), (1, 2, 0))):
        merged = tmp_path / f"merged-{number}"
        for one in order:
            assert (await run("merge", folders[one], "--out", merged)).exit_code == 0
        found.append(states(merged, "active"))
        assert await settled(merged, policy) == (0, [])

    assert found[0] == found[1] == found[2] == {f"{CALM}/", f"{CALM}/c"}


async def test_what_was_purged_in_one_job_stays_away_whatever_speaks_for_it(tmp_path, jobs):
    folders, policy = jobs
    purged = await run("purge", folders[2], "--url", f"{CALM}/c", "--reason", "optout")
    assert purged.exit_code == 0, purged.output

    assert (await run("merge", *folders, "--out", tmp_path / "merged")).exit_code == 0

    assert states(tmp_path / "merged", "active") == {f"{CALM}/"}
    assert await settled(tmp_path / "merged", policy) == (0, [])


async def test_verify_says_which_page_is_overtaken(tmp_path, clock):
    pages = {START: page("/a"), ROBOTS: ALL, f"{NEWS}/a": page(text="Text a.")}
    job = tmp_path / "job"
    async with handmade(pages) as web:
        policy = web.policy(tmp_path / "p.toml", patience="100ms")
        await crawl(job, policy, START)
        web.pages[ROBOTS] = text("User-agent: *\nDisallow: /a\n")
        clock(2)
        await visit(job, policy, [f"{NEWS}/new"], clean=False)

        code, faults = await settled(job, policy)
        _, now = await run_json("redecide", job, "--policy", policy, "--now")
        assert (await run("recheck", job, "--offline")).exit_code == 0

    assert code == 1
    assert faults == ["is in use, but what speaks for it now refuses it (robots.disallow): recheck"]
    assert now["examples"]["leave"] == [f"{NEWS}/a"]
    assert states(job, "active") == {START}
    assert await settled(job, policy) == (0, [])


def states(job, wanted):
    return {url for (url,) in rows(job, "SELECT url FROM page WHERE state = ?", wanted)}


def rows(job, query, *values):
    connection = sqlite3.connect(job / "crawl.db")
    try:
        return connection.execute(query, values).fetchall()
    finally:
        connection.close()
