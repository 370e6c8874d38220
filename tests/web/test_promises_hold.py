"""The publisher's page says what the crawler does: robots.txt changes, and it keeps its word."""

import re
import sqlite3
import time

import pytest

from crawler.config import load
from crawler.fetch.identity import IdentitySettings
from crawler.promises import in_words, promises_of
from crawler.publisher_page import PublisherPage, publisher_files
from tests.cli.run import run_json
from tests.web.handmade import Reply, crawl, handmade, page

NEWS = "http://news.test"
NONE = Reply("User-agent: *\nDisallow: /\n", type="text/plain")
DAY = 86_400.0


@pytest.fixture
def clock(monkeypatch):
    real = time.time

    def ahead(seconds):
        monkeypatch.setattr(time, "time", lambda: real() + seconds)

    return ahead


def site():
    every = Reply("User-agent: *\nAllow: /\n", type="text/plain")
    pages = {f"{NEWS}/robots.txt": every, f"{NEWS}/": page("/a"), f"{NEWS}/a": page(text="Of a.")}
    return pages | {f"{NEWS}/secret": page(text="Words of the secret page."), f"{NEWS}/new": page()}


async def test_a_change_of_robots_is_in_effect_when_the_page_says_so(tmp_path, clock):
    job = tmp_path / "job"
    async with handmade(site()) as web:
        ages = '[recheck]\nsite_age = "3d"\n'
        policy = web.policy(tmp_path / "p.toml", ages, patience="100ms")
        promised = promises_of(load(policy))
        await crawl(job, policy, f"{NEWS}/")
        web.pages[f"{NEWS}/robots.txt"] = NONE

        clock(promised.robots + 1)  # the crawl
        await crawl(job, policy, f"{NEWS}/new")
        assert not web.asked(f"{NEWS}/new")

        clock(promised.exports_site + 1)  # the next export, though nobody asked again
        code, said = await run_json("export", job, "--out", tmp_path / "out", "--policy", policy)
    assert (code, said["records"]) == (0, 0)


async def test_an_export_obeys_in_time_though_the_site_was_never_asked_again(tmp_path, clock):
    job = tmp_path / "job"
    async with handmade(site()) as web:
        policy = web.policy(tmp_path / "p.toml", '[recheck]\nsite_age = "3d"\n', patience="100ms")
        promised = promises_of(load(policy))
        await crawl(job, policy, f"{NEWS}/")
        clock(promised.exports_site + 1)
        _, late = await run_json("export", job, "--out", tmp_path / "out", "--policy", policy)

    assert (late["records"], late["left_out"]["unproven"]) == (0, {"stale-site": 2})


async def test_of_a_page_that_refuses_the_evidence_is_kept_and_no_text(tmp_path):
    job = tmp_path / "job"
    refusing = Reply(page(text="Words of the secret page."), headers=(("X-Robots-Tag", "noai"),))
    async with handmade(site() | {f"{NEWS}/secret": refusing}) as web:
        policy = web.policy(tmp_path / "p.toml", patience="100ms")
        await crawl(job, policy, f"{NEWS}/secret")

    connection = sqlite3.connect(job / "crawl.db")
    dump = "\n".join(connection.iterdump())
    connection.close()
    assert f"{NEWS}/secret" in dump
    assert "noai" in dump
    assert "Words of the secret page" not in dump
    assert not [path for path in job.rglob("*") if b"secret page" in _bytes(path)]


def _bytes(path):
    return path.read_bytes() if path.is_file() else b""


@pytest.mark.parametrize("ranges", [(), ("192.0.2.0/28",)])
def test_the_page_says_what_the_policy_makes_true(tmp_path, ranges):
    path = tmp_path / "p.toml"
    path.write_text(
        'extends = "default"\n[recheck]\nsite_age = "36h"\npage_age = "90d"\n'
        '[archive]\nenabled = true\nretention = "14d"\n'
    )
    about = PublisherPage(operator="x", updated="y", ranges=ranges,
                          promises=promises_of(load(str(path))))  # fmt: skip
    identity = IdentitySettings(
        token="Bot",  # noqa: S106 - a name
        contact="https://bot.test",
        email="a@bot.test",
    )
    files = publisher_files(identity, about)
    said = re.sub(r"<[^>]+>|\s+", " ", files["index.html"].decode())

    assert "older than 1 day;" in said
    assert "An export made 36 hours or more after you change" in said
    assert "it is 90 days." in said
    assert "of pages in use, for 14 days at the most" in said
    assert "Nothing is kept of a page that refuses" not in said
    assert ("address ranges" in said) is bool(ranges)
    assert ("ranges.json" in files) is bool(ranges)
    assert "Requests are signed" not in said  # there is no key


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(86_400, "1 day"), (129_600, "36 hours"), (90, "2 minutes"), (60, "1 minute"), (5, "a minute"),
     (30 * 86_400, "30 days"), (3_600, "1 hour")],
)  # fmt: skip
def test_a_duration_is_said_in_words_and_never_too_short(seconds, words):
    assert in_words(seconds) == words
