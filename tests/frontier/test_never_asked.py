"""What the operator refuses outright is asked for nothing: not by name, not by any way there."""

import sqlite3
import time
from contextlib import closing

import pytest

from crawler.config import load
from crawler.crawl import open_crawl
from crawler.store.suppression import Line, open_suppression
from tests.web.handmade import Reply, crawl, handmade, page, run_to_end, url_of

START, OTHER = "http://start.test/", "http://other.test/"
NEVER = '[[never]]\ndomain = "owner.test"\nsource = "letter"\ndate = "2026-01-01"\n'
ANY = '[scope]\nscope = "any"\n[discovery]\nwell_known_sitemap = true\n'
OWNER = ("http://owner.test/text", "http://www.owner.test/text", "http://owner.test/robots.txt")


def robots(text):
    return Reply(f"User-agent: *\nAllow: /\n{text}", type="text/plain")


def moved(to):
    return Reply(status=301, headers=(("Location", to),))


# Each is a web in which something leads to the owner's host.
WAYS = {
    "a link": {START: page("http://owner.test/text", "http://www.owner.test/text")},
    "a link with a dot": {START: page("http://owner.test./text", "http://WWW.owner.test.:80/text")},
    "a seed": {START: page()},
    "a redirect": {START: page("/go"), START + "go": moved("http://owner.test/text")},
    "a redirect of robots.txt": {
        START: page("http://other.test/"), OTHER: page(),
        OTHER + "robots.txt": moved("http://owner.test/robots.txt"),
    },
    "a redirect of robots.txt, in two steps": {
        START: page("http://other.test/"), OTHER: page(),
        OTHER + "robots.txt": moved("http://third.test/r"),
        "http://third.test/r": moved("http://www.owner.test/robots.txt"),
    },
    "a redirect of a probe": {
        START: page(), START + ".well-known/tdmrep.json": moved("http://owner.test/text"),
    },
    "a licence in robots.txt": {
        START: page("http://other.test/"), OTHER: page(),
        OTHER + "robots.txt": robots("License: http://owner.test/text"),
    },
    "a licence of a page": {
        START: page(head='<link rel=license type="application/rsl+xml" href="http://owner.test/text">')
    },
    "a sitemap": {
        START: page(), START + "robots.txt": robots("Sitemap: http://owner.test/text"),
    },
    "a redirect of a sitemap": {
        START: page(), START + "robots.txt": robots("Sitemap: http://start.test/s.xml"),
        START + "s.xml": moved("http://owner.test/text"),
    },
    "a canonical address": {
        START: page(head='<link rel="canonical" href="http://owner.test/text">'),
    },
}  # fmt: skip


def never(path):
    del path
    return NEVER


def listed(path):
    open_suppression(path / "list.jsonl").add(Line("domain", "owner.test", "letter", 0.0))
    return f'[suppression]\npath = "{path / "list.jsonl"}"\n'


@pytest.mark.parametrize("refused", [never, listed])
@pytest.mark.parametrize("way", WAYS)
async def test_no_way_leads_to_a_host_the_operator_refuses(tmp_path, way, refused):
    pages = {**dict.fromkeys(OWNER, page("/more")), **WAYS[way]}
    seeds = [START, *(OWNER if way == "a seed" else ())]
    async with handmade(pages) as web:
        policy = web.policy(tmp_path / "p.toml", ANY + refused(tmp_path))
        await crawl(tmp_path / "job", policy, *seeds)
        asked = [line.url for line in web.log]
        # A name that must not be asked for has no address either.
        with closing(sqlite3.connect(tmp_path / "job" / "crawl.db")) as job:
            known = job.execute("SELECT addresses FROM host WHERE name LIKE '%owner.test'")
            addresses = {row[0] for row in known}

    assert not [url for url in asked if "owner.test" in url]
    assert [url for url in asked if url.startswith(START)]
    assert addresses <= {""}


async def test_one_page_that_is_refused_costs_its_host_no_question(tmp_path):
    open_suppression(tmp_path / "list.jsonl").add(Line("url", OWNER[0], "letter", 0.0))
    more = f'{ANY}[suppression]\npath = "{tmp_path / "list.jsonl"}"\n'
    async with handmade({START: page(OWNER[0]), OWNER[0]: page()}) as web:
        await crawl(tmp_path / "job", web.policy(tmp_path / "p.toml", more), START)

    assert {line.url.split("/")[2] for line in web.log} == {"start.test"}


async def test_a_page_kept_before_is_not_asked_for_once_its_host_is_refused(tmp_path):
    async with handmade({START: page(OWNER[0]), OWNER[0]: page()}) as web:
        await crawl(tmp_path / "job", web.policy(tmp_path / "p.toml", ANY), START)
        assert web.asked(OWNER[0])
        web.log.clear()
        refusing = web.policy(tmp_path / "p.toml", ANY + NEVER)
        await crawl(tmp_path / "job", refusing, START, revisit=True)

    assert not [line.url for line in web.log if "owner.test" in line.url]
    assert web.asked(START)


async def test_a_host_refused_meanwhile_is_asked_no_more(tmp_path):
    """Another job's takedown counts at once, also for what stands in the queue."""
    path = tmp_path / "list.jsonl"
    pages = {f"http://owner.test/{n}": page() for n in range(8)}
    pages["http://owner.test/0"] = page(*pages)
    more = f'{ANY}[consent]\nprobes = []\n[suppression]\npath = "{path}"\n'
    async with handmade(pages) as web:
        config = load(web.policy(tmp_path / "p.toml", more, delay="60ms"))

        def take_down(_):
            open_suppression(path).add(Line("domain", "owner.test", "letter", 0.0))
            return page()

        web.pages["http://owner.test/2"] = take_down
        async with open_crawl(tmp_path / "job", config, time.time) as opened:
            await opened.add_seeds([url_of("http://owner.test/0")])
            await run_to_end(opened)

    asked = [line.url for line in web.log]
    assert asked[-1] == "http://owner.test/2"
    assert "http://owner.test/1" in asked
