"""What `crawler recheck` asks a live site for: what an export would call stale, no more."""

import sqlite3
import time

import pytest

from tests.cli.run import run, run_json
from tests.corpus.test_export import lines
from tests.web.handmade import Reply, crawl, handmade, page

# Each crawls a live site.
pytestmark = pytest.mark.slow
DAY = 86_400
NEWS, CALM = "http://news.test", "http://calm.test"
TDM = f"{NEWS}/.well-known/tdmrep.json"
ALL = Reply("User-agent: *\nAllow: /\n", type="text/plain")
NONE = Reply("User-agent: *\nDisallow: /\n", type="text/plain")


@pytest.fixture
def clock(monkeypatch):
    """Return a function that sets how many seconds the wall clock is ahead."""
    real = time.time

    def ahead(seconds):
        monkeypatch.setattr(time, "time", lambda: real() + seconds)

    return ahead


def site(**robots):
    headers = (("Cache-Control", f"max-age={robots['lives']}"),) if robots.get("lives") else ()
    body = "User-agent: *\nAllow: /\n"
    return {
        f"{NEWS}/robots.txt": Reply(body, headers=headers, type="text/plain"),
        f"{NEWS}/": page("/a", "/b"),
        f"{NEWS}/a": page(text="Text of a."),
        f"{NEWS}/b": page(text="Text of b."),
        f"{CALM}/": page(),
    }


async def asked_again(job, web, *words):
    before = len(web.log)
    done = await run("recheck", job, *words)
    assert done.exit_code == 0, done.output
    return [line.url for line in web.log[before:]]


async def left_out(job, out, policy):
    done, said = await run_json("export", job, "--out", out, "--policy", policy)
    assert done == 0, said
    return said["left_out"], len(lines(out))


# Ages of the policy, age of the job, and what is asked for again of news.test.
@pytest.mark.parametrize(
    ("ages", "job_age", "lives", "files", "pages"),
    [
        ('site_age = "2d"', 3 * DAY, 0, True, False),
        ('site_age = "1m"', 120, 0, True, False),  # within its own lifetime, all the same
        ('site_age = "30d"', 3 * DAY, 0, False, False),  # its own lifetime is over, all the same
        ('site_age = "30d"', 3 * DAY, 900, False, False),
        ('site_age = "8d"\npage_age = "1d"', 2 * DAY, 0, True, True),  # for the pages' sake
        ('site_age = "1d"\npage_age = "1d"', 400 * DAY, 900, True, True),
    ],
)
async def test_a_recheck_cures_what_was_stale_and_asks_no_more(
    tmp_path, clock, ages, job_age, lives, files, pages
):
    job = tmp_path / "job"
    async with handmade(site(lives=lives)) as web:
        policy = web.policy(tmp_path / "p.toml", f"[recheck]\n{ages}\n", patience="100ms")
        await crawl(job, policy, f"{NEWS}/", f"{CALM}/")
        clock(job_age)
        stale, _ = await left_out(job, tmp_path / "before", policy)
        assert bool(stale["unproven"]) is (files or pages)

        asked = await asked_again(job, web, "--policy", policy)

        assert (await left_out(job, tmp_path / "after", policy)) == (
            {"refused": {}, "filtered": {}, "unproven": {}}, 4
        )  # fmt: skip
    of_news = [url for url in asked if url.startswith(NEWS)]
    assert of_news[:1] == ([f"{NEWS}/robots.txt"] if files else [])
    assert (TDM in of_news) == ('site_age = "8d"' not in ages and files)
    assert ({f"{NEWS}/a", f"{NEWS}/b"} <= set(of_news)) is pages
    assert len(of_news) == len(set(of_news))


async def test_no_page_is_asked_for_that_robots_forbids_by_then(tmp_path, clock):
    job = tmp_path / "job"
    async with handmade(site()) as web:
        ages = '[recheck]\nsite_age = "1m"\npage_age = "1m"\n'
        policy = web.policy(tmp_path / "p.toml", ages, patience="100ms")
        await crawl(job, policy, f"{NEWS}/", f"{CALM}/")
        clock(120)  # within the 24 hours of the robots.txt of then
        web.pages[f"{NEWS}/robots.txt"] = NONE

        asked = await asked_again(job, web, "--policy", policy)

        assert [url for url in asked if url.startswith(NEWS)] == [f"{NEWS}/robots.txt"]
        left, count = await left_out(job, tmp_path / "out", policy)
    assert (left["unproven"], count) == ({}, 1)


async def test_a_domain_all_of_it_and_a_dry_run(tmp_path, clock):
    job = tmp_path / "job"
    async with handmade(site()) as web:
        policy = web.policy(tmp_path / "p.toml", patience="100ms")
        await crawl(job, policy, f"{NEWS}/", f"{CALM}/")
        clock(60)
        before = (job / "crawl.db").read_bytes(), len(web.log)

        _, nothing = await run_json("recheck", job, "--policy", policy, "--dry-run")
        all_of = ("--policy", policy, "--all", "--domain", "calm.test")
        _, due = await run_json("recheck", job, *all_of, "--dry-run")
        assert nothing == {"files": [], "pages": []}
        assert due == {"files": [f"{CALM}/robots.txt"], "pages": [f"{CALM}/"]}
        assert ((job / "crawl.db").read_bytes(), len(web.log)) == before

        asked = await asked_again(job, web, *all_of)
    assert {url.split("/")[2] for url in asked} == {"calm.test"}
    assert asked[0] == f"{CALM}/robots.txt"
    assert f"{CALM}/" in asked


async def test_what_waits_to_be_crawled_is_left_waiting(tmp_path, clock):
    job = tmp_path / "job"
    async with handmade(site()) as web:
        limited = web.policy(tmp_path / "p.toml", "max_pages = 1", patience="100ms")
        await crawl(job, limited, f"{NEWS}/")
        clock(400 * DAY)

        asked = await asked_again(job, web, "--policy", limited)

        left, count = await left_out(job, tmp_path / "out", limited)
    assert not {f"{NEWS}/a", f"{NEWS}/b"} & set(asked)
    assert (left["unproven"], count) == ({}, 1)
    rows = sqlite3.connect(job / "crawl.db").execute(
        "SELECT sum(waiting), (SELECT count(*) FROM url WHERE state = 0) FROM host"
    )
    assert rows.fetchone() == (2, 2)


async def test_a_domain_that_is_none_is_a_usage_error(tmp_path):
    async with handmade(site()) as web:
        policy = web.policy(tmp_path / "p.toml", patience="100ms")
        await crawl(tmp_path / "job", policy, f"{CALM}/")
    done = await run("recheck", tmp_path / "job", "--policy", policy, "--domain", "no domain")

    assert (done.exit_code, "is no domain" in str(done.exception or done.output)) != (0, True)
