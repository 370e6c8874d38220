"""The path of one URL, walked over real sockets."""

import os
import sqlite3
import time

import pytest

from crawler.config import load
from crawler.core.content import ContentSettings
from crawler.core.content.sitemap import SitemapLimits
from crawler.core.decision import Found
from crawler.core.evidence import FileKind
from crawler.core.judge import Rules
from crawler.core.outcome import Failed, Kept, Learned, Moved, Refused, Resolved, Unchanged
from crawler.core.policy import ConsentPolicy
from crawler.core.task import Task, TaskKind
from crawler.fetch import Fetcher
from crawler.fetch.workers import Workers
from crawler.visit import Visitor
from tests.core.consent.makers import robots
from tests.web.handmade import Reply, crawl, handmade, page, url_of

HOST = "http://news.test"
LICENCE = '<link rel=license type="application/rsl+xml" href="{}">'
RSL = """<rsl xmlns="https://rslstandard.org/rsl"><content url="/">
<license><{} type="usage">all</{}></license></content></rsl>"""
FORBIDS, PERMITS = RSL.format("prohibits", "prohibits"), RSL.format("permits", "permits")
XML = "application/rsl+xml"


@pytest.fixture
async def visitor(tmp_path):
    """Return a function that visits a URL of a web, and the marks that were set."""
    marks = []

    async def visit(
        web, url, kind=TaskKind.PAGE, *, stored=None, suspect=False, passed=None, **fields
    ):
        config = load(web.policy(tmp_path / "p.toml"))
        rules = Rules(config.consent_policy(), ContentSettings(), SitemapLimits())
        task = Task(7, url_of(url), kind, ("127.0.0.1",), **{"site": (robots(""),)} | fields)
        task.passed = passed
        async with (
            Fetcher(config.network, config.identity, config.fetch, clock=time.time) as fetcher,
            Workers() as workers,
        ):
            visitor = Visitor(fetcher, rules, time.time, marks.append, workers)
            return (await visitor.visit(task, stored, suspect=suspect)).outcome

    visit.marks = marks
    return visit


async def test_a_host_is_resolved_without_a_request(visitor):
    async with handmade({f"{HOST}/": page()}) as web:
        outcome = await visitor(web, f"{HOST}/", TaskKind.RESOLVE)

    assert isinstance(outcome, Resolved)
    assert web.log == []


async def test_a_page_refused_by_its_site_is_not_requested(visitor):
    site = (robots("User-agent: *\nDisallow: /"),)
    async with handmade({f"{HOST}/": page()}) as web:
        outcome = await visitor(web, f"{HOST}/", site=site)

    assert isinstance(outcome, Refused)
    assert outcome.evidence is None
    assert web.log == []


async def test_what_another_policy_let_through_is_decided_again(visitor):
    site = (robots("User-agent: *\nDisallow: /"),)
    async with handmade({f"{HOST}/": page()}) as web:
        outcome = await visitor(web, f"{HOST}/", site=site, passed=ConsentPolicy())

    assert isinstance(outcome, Refused)
    assert web.log == []


async def test_the_url_being_judged_is_marked_and_the_mark_taken_back(visitor):
    async with handmade({f"{HOST}/": page()}) as web:
        assert isinstance(await visitor(web, f"{HOST}/"), Kept)

    assert visitor.marks == [7, 0]


async def test_a_304_nobody_asked_for_is_a_failure(visitor):
    async with handmade({f"{HOST}/": Reply(status=304)}) as web:
        outcome = await visitor(web, f"{HOST}/")

    assert outcome == Failed("unasked-304", retry=False)


async def test_a_copy_held_is_asked_for_conditionally(visitor):
    def answer(request):
        return Reply(status=304) if request.headers.get("If-None-Match") == '"1"' else page()

    async with handmade({f"{HOST}/": answer}) as web:
        first = await visitor(web, f"{HOST}/", etag='"1"')  # nothing is stored: asked in full
        second = await visitor(web, f"{HOST}/", etag='"1"', stored=first.evidence)

    assert isinstance(first, Kept)
    assert isinstance(second, Unchanged)


@pytest.mark.slow
@pytest.mark.parametrize("kind", [TaskKind.PAGE, TaskKind.SITEMAP])
async def test_a_suspect_is_judged_in_a_process_of_its_own(visitor, kind, monkeypatch):
    # Judged here it would end the tests.
    monkeypatch.setattr("crawler.visit.judge", lambda *_: os.abort())
    body = "<urlset></urlset>" if kind is TaskKind.SITEMAP else page()
    async with handmade({f"{HOST}/": body}) as web:
        outcome = await visitor(web, f"{HOST}/", kind, suspect=True)

    assert type(outcome).__name__ in ("Kept", "Listed")
    assert visitor.marks == []


@pytest.mark.parametrize("place", ["judge", "judge_head", "decide"])
async def test_a_bug_becomes_a_recorded_failure(visitor, place, monkeypatch):
    def poisoned(*_):
        raise RecursionError("too deep")

    monkeypatch.setattr(f"crawler.visit.{place}", poisoned)
    async with handmade({f"{HOST}/": page()}) as web:
        outcome = await visitor(web, f"{HOST}/")

    assert isinstance(outcome, Failed)
    assert (outcome.code, outcome.retry) == ("bug", False)
    assert outcome.detail.startswith("RecursionError ")


async def test_a_site_file_moves_is_learned_or_is_out_of_reach(visitor):
    fields = {"file": FileKind.ROBOTS, "origin": HOST, "asked": f"{HOST}/robots.txt", "site": ()}
    pages = {
        f"{HOST}/robots.txt": Reply(status=301, headers=(("Location", "/r"),)),
        f"{HOST}/r": Reply("User-agent: *\nDisallow: /x", type="text/plain"),
    }
    async with handmade(pages) as web:
        moved = await visitor(web, f"{HOST}/robots.txt", TaskKind.FILE, **fields)
        learned = await visitor(web, f"{HOST}/r", TaskKind.FILE, **fields, hops=1)
    gone = await visitor(web, f"{HOST}/r", TaskKind.FILE, **fields, hops=1)

    assert isinstance(moved, Moved)
    assert isinstance(learned, Learned)
    assert (learned.snapshot.url, learned.snapshot.hops) == (f"{HOST}/robots.txt", 1)
    assert gone.snapshot.found is Found.UNREACHABLE


# --- late evidence, over a whole run ---------------------------------------------------------


def rows(job, query, *values):
    with sqlite3.connect(job / "crawl.db") as connection:
        found = connection.execute(query, values).fetchall()
    connection.close()
    return found


def states(job):
    return {
        url.removeprefix(HOST): (state, bool(text), reason)
        for url, state, text, reason in rows(
            job,
            "SELECT url, page.state, text, decision.reason FROM page JOIN decision USING (url_id)",
        )
    }


@pytest.mark.parametrize(
    ("document", "answer", "expected"),
    [
        ("/l.xml", Reply(PERMITS, type=XML), ("active", True, "ok")),
        ("/l.xml", Reply(FORBIDS, type=XML), ("retired", False, "rsl.prohibits")),
        ("/l.xml", Reply(status=404), ("retired", False, "rsl.unavailable")),
        ("/l.xml", Reply("no xml <", type=XML), ("retired", False, "rsl.unavailable")),
        ("http://rights.test/l.xml", Reply(PERMITS, type=XML), ("active", True, "ok")),
        ("http://rights.test/l.xml", Reply(FORBIDS, type=XML), ("retired", False, "rsl.prohibits")),
        ("http://rights.test/l.xml", Reply(status=404), ("retired", False, "rsl.unavailable")),
    ],
)
async def test_a_page_is_held_until_the_licence_it_names_is_read(
    tmp_path, document, answer, expected
):
    full = document if document.startswith("http") else HOST + document
    pages = {
        f"{HOST}/": page("/second", head=LICENCE.format(document)),
        f"{HOST}/second": page(head=LICENCE.format(document)),
        full: answer,
    }
    async with handmade(pages) as web:
        await crawl(tmp_path / "job", web.policy(tmp_path / "p.toml"), f"{HOST}/")

    found = states(tmp_path / "job")
    assert found["/"][:2] == expected[:2]
    assert found["/"][2].startswith("rsl" if expected[2] != "ok" else "ok")
    assert web.asked(full) == 1
    # The second page finds the document known, and then is decided at once: no text is stored.
    assert found.get("/second", expected)[:2] == expected[:2]
    assert "/second" not in found or expected[0] == "active" or full.startswith("http://rights")


@pytest.mark.parametrize(
    "answers",
    [
        {},  # no such name
        {
            "http://rights.test/robots.txt": Reply(
                "User-agent: *\nDisallow: /l.xml", type="text/plain"
            )
        },
    ],
)
async def test_a_licence_that_cannot_be_had_refuses_what_waited_for_it(tmp_path, answers):
    pages = {f"{HOST}/": page(head=LICENCE.format("http://rights.test/l.xml")), **answers}
    async with handmade(pages) as web:
        await crawl(tmp_path / "job", web.policy(tmp_path / "p.toml"), f"{HOST}/")

    assert states(tmp_path / "job")["/"] == ("retired", False, "rsl.unobtainable")


async def test_a_page_stays_held_while_the_host_of_its_licence_is_out_of_reach(tmp_path):
    pages = {
        f"{HOST}/": page(head=LICENCE.format("http://rights.test/l.xml")),
        "http://rights.test/robots.txt": Reply(status=503),
        "http://rights.test/l.xml": Reply(PERMITS, type=XML),
    }
    async with handmade(pages) as web:
        await crawl(tmp_path / "job", web.policy(tmp_path / "p.toml"), f"{HOST}/")

    assert states(tmp_path / "job")["/"][:2] == ("held", True)
    assert web.asked("http://rights.test/l.xml") == 0


async def test_a_redirected_page_names_its_chain(tmp_path):
    pages = {
        f"{HOST}/": Reply(status=302, headers=(("Location", "/b#part"),)),
        f"{HOST}/b": Reply(status=307, headers=(("Location", "/grüße"),)),
        f"{HOST}/gr%C3%BC%C3%9Fe": page(),
    }
    async with handmade(pages) as web:
        await crawl(tmp_path / "job", web.policy(tmp_path / "p.toml"), f"{HOST}/")

    ((redirects,),) = rows(tmp_path / "job", "SELECT redirects FROM page")
    assert redirects == f'["{HOST}/","{HOST}/b"]'
