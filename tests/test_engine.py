"""What keeps a run going, what ends it, and what a crash leaves behind."""

import asyncio
import json
import os
import sqlite3
import struct
import subprocess
import sys
import time
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from crawler import visit
from crawler.cli.progress_lines import plain_line
from crawler.config import load
from crawler.core.content.metadata import language
from crawler.core.judge import warm_up
from crawler.crawl import open_crawl
from crawler.store.database import StoreError
from tests.web.handmade import Reply, crawl, handmade, page, run_to_end, url_of

HOST = "http://news.test"
SLOW = 30.0


@pytest.fixture
def job(tmp_path):
    return tmp_path / "job"


@pytest.fixture
def policy(tmp_path):
    def write(web, limits="", more="", **options):
        return web.policy(tmp_path / "policy.toml", f"{limits}\n{more}", **options)

    return write


@asynccontextmanager
async def opened(job, policy, *seeds):
    async with open_crawl(job, load(policy), time.time) as found:
        await found.add_seeds([url_of(seed) for seed in seeds])
        yield found


def rows(job, query):
    connection = sqlite3.connect(job / "crawl.db")
    found = connection.execute(query).fetchall()
    connection.close()
    return found


def kept(job):
    return {url.removeprefix(HOST) for (url,) in rows(job, "SELECT url FROM page")}


def star(count, **options):
    """Return a page that leads to `count` others."""
    pages = {f"{HOST}/{number}": page(**options) for number in range(count)}
    return {f"{HOST}/": page(*(f"/{number}" for number in range(count))), **pages}


async def test_a_run_ends_when_nothing_is_left(job, policy):
    async with handmade(star(3)) as web:
        ended = await crawl(job, policy(web), f"{HOST}/")

    assert (ended.why, ended.clean) == ("done", True)
    assert kept(job) == {"/", "/0", "/1", "/2"}


async def test_what_waits_longer_than_the_patience_stays_stored(job, policy):
    robots = {f"{HOST}/robots.txt": Reply("User-agent: *\nCrawl-delay: 20", type="text/plain")}
    async with handmade(star(3) | robots) as web:
        ended = await crawl(job, policy(web), f"{HOST}/")

    assert ended.why == "patience"
    assert kept(job) == set()
    assert rows(job, "SELECT count(*) FROM url WHERE state = 0 AND kind = 0") == [(1,)]


async def test_what_waits_less_is_waited_for(job, policy):
    robots = {f"{HOST}/robots.txt": Reply("User-agent: *\nCrawl-delay: 0.2", type="text/plain")}
    async with handmade(star(3) | robots) as web:
        ended = await crawl(job, policy(web, patience="1s"), f"{HOST}/")

    assert ended.why == "done"
    assert len(kept(job)) == 4


@pytest.mark.slow
async def test_a_slow_host_holds_no_worker(job, policy):
    tar = {"http://tar.test/robots.txt": Reply(status=404, wait=7.0)}
    async with handmade(tar | star(3), {"tar.test": "127.0.0.2"}) as web:
        ended = await crawl(job, policy(web, "workers = 1"), "http://tar.test/", f"{HOST}/")

    assert ended.why == "done"
    asked = [line.url for line in web.log]
    assert {f"{HOST}/", f"{HOST}/0", f"{HOST}/1", f"{HOST}/2"} <= set(
        asked[: asked.index("http://tar.test/robots.txt")]
    )


async def test_the_progress_counts_refusals_with_and_without_a_request(job, policy):
    robots = "User-agent: *\nDisallow: /1\nDisallow: /2"
    pages = {f"{HOST}/robots.txt": Reply(robots, type="text/plain"), f"{HOST}/0": Reply(status=403)}
    async with handmade(star(4) | pages) as web, opened(job, policy(web), f"{HOST}/") as run:
        await run_to_end(run)

    progress = run.engine.progress
    refused = dict(rows(job, "SELECT code, count(*) FROM url WHERE outcome = 'refused' GROUP BY 1"))
    assert progress.refused == 3
    assert progress.reasons == refused == {"http.refused": 1, "robots.disallow": 2}
    assert "refused 3, " in plain_line(progress, run.hosts(), 1.0)


@pytest.mark.parametrize("most", [1, 2, 9])
async def test_no_page_too_many_is_kept_in_any_run(job, policy, most):
    async with handmade(star(30)) as web:
        first = await crawl(job, policy(web, f"max_pages = {most}"), f"{HOST}/")
        again = await crawl(job, policy(web, f"max_pages = {most}"), f"{HOST}/")
        assert len(kept(job)) == most
        await crawl(job, policy(web, f"max_pages = {most + 3}"), f"{HOST}/")

    assert first.why == again.why == "max-pages"
    assert len(kept(job)) == most + 3


async def test_a_page_that_was_retired_is_not_asked_for_again(job, policy):
    says = ["all", "noai"]

    def answer(_):
        return Reply(page(), headers=(("X-Robots-Tag", says.pop(0)),))

    async with handmade({f"{HOST}/": answer}) as web:
        await crawl(job, policy(web), f"{HOST}/")
        await crawl(job, policy(web), revisit=True)
        await crawl(job, policy(web), revisit=True)

        assert web.asked(f"{HOST}/") == 2
    assert rows(job, "SELECT state FROM page") == [("retired",)]


@pytest.mark.parametrize(("obeyed", "asked", "counted"), [("true", 0, 5), ("false", 3, 0)])
async def test_links_that_are_not_to_be_followed_are_counted(job, policy, obeyed, asked, counted):
    header = Reply(page("/c", "/d"), headers=(("X-Robots-Tag", "nofollow"),))
    pages = {
        f"{HOST}/": page('/a" rel="nofollow', "/meta", "/header"),
        f"{HOST}/meta": page("/b", "/c", head='<meta name="robots" content="nofollow">'),
        f"{HOST}/header": header,
        **{f"{HOST}/{name}": page() for name in "abc"},
    }
    async with handmade(pages) as web:
        chosen = policy(web, more=f"[admission]\nnofollow = {obeyed}")
        await crawl(job, chosen, f"{HOST}/")

        assert sum(web.asked(f"{HOST}/{name}") for name in "abc") == asked
    away = dict(rows(job, "SELECT reason, count FROM turned_away"))
    assert away.get("nofollow", 0) == counted


@pytest.mark.slow
async def test_of_a_page_with_very_many_links_none_is_lost_unseen(job, policy):
    longest = "/" + "z" * 3_000
    links = (*(f"/{number}x" for number in range(6_000)), longest)
    async with handmade({f"{HOST}/": page(longest, *links)}) as web:
        await crawl(job, policy(web, "max_pages = 1"), f"{HOST}/")

    away = dict(rows(job, "SELECT reason, count FROM turned_away"))
    assert away == {"too-long": 1, "too-many-links": 1_001}
    assert rows(job, "SELECT count(*) FROM url WHERE kind = 0") == [(5_000,)]


def test_what_the_first_page_needs_is_loaded_before_it_is_asked_for(monkeypatch):
    monkeypatch.setattr(language, "second", language.Second())

    warm_up()

    assert language.second._made is not None


async def test_a_page_that_had_to_go_makes_room_for_another(job, policy):
    licence = '<link rel=license type="application/rsl+xml" href="/l.xml">'
    pages = star(5) | {f"{HOST}/": page(*"01234", head=licence)}
    async with handmade(pages) as web:  # /l.xml cannot be had: the page that names it goes
        await crawl(job, policy(web, "max_pages = 4"), f"{HOST}/")

    assert rows(job, "SELECT state, count(*) FROM page GROUP BY 1 ORDER BY 1") == [
        ("active", 4),
        ("retired", 1),
    ]


@pytest.mark.parametrize(
    ("limits", "why"),
    [
        ('max_time = "100ms"', "max-time"),
        ('max_bytes = "3kB"', "max-bytes"),
        ('max_disk = "1MB"', "max-disk"),
    ],
)
async def test_a_limit_ends_the_run(job, policy, limits, why, monkeypatch):
    monkeypatch.setattr("crawler.engine._LOOK", 0.05)
    chain = {f"{HOST}/{n}": page(f"/{n + 1}", text="word " * 50) for n in range(500)}
    async with handmade(chain) as web:
        ended = await crawl(job, policy(web, limits), f"{HOST}/0")

    assert (ended.why, ended.clean) == (why, True)
    assert 0 < len(web.log) < 500


async def test_a_job_above_its_limit_of_disk_asks_for_nothing(job, policy):
    async with handmade({f"{HOST}/": page()}) as web:
        ended = await crawl(job, policy(web, 'max_disk = "1B"'), f"{HOST}/")

    assert ended.why == "max-disk"
    assert web.log == []


@pytest.mark.slow
@pytest.mark.parametrize("limits", ["", 'max_time = "300ms"'])
async def test_a_stop_takes_less_than_five_seconds_however_slow_servers_are(job, policy, limits):
    pages = {f"http://h{n}.test/": Reply(page(), wait=SLOW) for n in range(8)}
    addresses = {f"h{n}.test": f"127.0.0.{n + 2}" for n in range(8)}
    async with (
        handmade(pages, addresses) as web,
        opened(job, policy(web, limits), *pages) as found,
    ):
        run = asyncio.create_task(found.engine.run())
        while len(web.begun) < 8:
            await asyncio.sleep(0.02)
        found.engine.stop("interrupted")
        async with asyncio.timeout(5):
            ended = await run
        await found.close(ended)

    assert not ended.clean
    # They are asked for again by the next run, which knows that this one cut them short.
    assert rows(job, "SELECT count(*) FROM url WHERE state = 0 AND kind = 0") == [(8,)]
    assert rows(job, "SELECT value FROM meta WHERE key = 'running'") == [("1",)]


@pytest.mark.slow
async def test_a_full_disk_ends_the_run_and_loses_nothing_committed(job, policy):
    async with handmade(star(200, text="word " * 2_000)) as web:
        async with opened(job, policy(web), f"{HOST}/") as found:
            run = found.job.database.transaction
            (pages,) = await run(lambda c: c.execute("PRAGMA page_count").fetchone())
            await run(lambda c: c.execute(f"PRAGMA max_page_count = {pages + 30}").fetchall())
            with pytest.raises(StoreError, match="the disk is full"):
                await found.engine.run()
        committed = kept(job)
        await crawl(job, policy(web, patience="3s"), f"{HOST}/")

    assert committed
    assert committed <= kept(job)
    assert len(kept(job)) == 201


async def test_a_poison_page_stops_nothing(job, policy, monkeypatch):
    real = visit.judge

    def poisoned(task, response, rules, now):
        if task.url.target == "/3":
            raise RecursionError
        return real(task, response, rules, now)

    monkeypatch.setattr("crawler.visit.judge", poisoned)
    async with handmade(star(6)) as web:
        ended = await crawl(job, policy(web), f"{HOST}/")

    assert ended.why == "done"
    assert kept(job) == {"/", "/0", "/1", "/2", "/4", "/5"}
    assert rows(job, "SELECT url, outcome, code FROM url WHERE outcome = 'failed'") == [
        (f"{HOST}/3", "failed", "bug")
    ]


@pytest.mark.slow
async def test_an_innocent_url_in_the_slot_is_kept_after_all(job, policy):
    async with handmade(star(3)) as web:
        async with opened(job, policy(web), f"{HOST}/"):
            pass  # killed: nothing is noted as clean
        ((number,),) = rows(job, "SELECT id FROM url WHERE kind = 0")
        (job / "judging").write_bytes(struct.pack("<q", number))
        await crawl(job, policy(web, patience="3s"), f"{HOST}/")

    assert len(kept(job)) == 4
    assert web.asked(f"{HOST}/") == 1


CRASHES = """
import crawler.core.judge as module, os
real = module.judge
def judge(task, response, rules, now):
    if b"CRASH" in response.body:
        os.abort()
    return real(task, response, rules, now)
module.judge = judge
"""


@pytest.mark.slow
@pytest.mark.parametrize("target", ["/2", "/sitemap.xml"])
async def test_what_crashes_the_process_is_judged_apart_and_given_up(job, policy, target, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(CRASHES)
    env = os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{Path.cwd()}"}
    robots = Reply(f"Sitemap: {HOST}/sitemap.xml", type="text/plain")
    pages = star(6) | {f"{HOST}{target}": page(text="CRASH"), f"{HOST}/robots.txt": robots}
    async with handmade(pages) as web:
        file = policy(web, patience="4s")

        async def run():
            command = ["-m", "crawler", "crawl", f"{HOST}/", "--job", job, "--policy", file]
            process = await asyncio.create_subprocess_exec(
                sys.executable, *map(str, command), env=env, stderr=subprocess.PIPE
            )
            await process.communicate()
            return process.returncode

        codes = [await run(), await run()]

    assert codes == [-6, 0]
    assert kept(job) == {"/", "/0", "/1", "/2", "/3", "/4", "/5"} - {target}
    assert rows(job, "SELECT url, code FROM url WHERE outcome = 'failed'") == [
        (f"{HOST}{target}", "parse-crashed")
    ]
    assert web.asked(f"{HOST}{target}") == 2


async def test_a_reload_changes_the_pace_and_is_recorded(job, policy):
    async with handmade(star(5)) as web:
        file = policy(web, delay="1h")
        async with opened(job, file, f"{HOST}/") as found:
            found.engine.limits = found.engine.limits.model_copy(update={"patience": 1e6})
            run = asyncio.create_task(found.engine.run())
            while not web.log:
                await asyncio.sleep(0.02)
            changed = await found.reload(load(policy(web, delay="0s")))
            ended = await run
            await found.close(ended)

    assert changed == ("politeness.min_delay",)
    assert ended.why in ("done", "patience")
    ((payload,),) = rows(job, "SELECT payload FROM ledger WHERE kind = 'settings'")
    assert json.loads(payload) == {"changed": {"politeness.min_delay": ["1h", "0.0s"]}}


async def test_settings_changed_between_runs_are_recorded_too(job, policy):
    async with handmade(star(1)) as web:
        await crawl(job, policy(web), f"{HOST}/")
        await crawl(job, policy(web))
        await crawl(job, policy(web, more="[budgets]\nhost_pages = 7"))

    assert len(rows(job, "SELECT * FROM ledger WHERE kind = 'settings'")) == 1


async def test_a_revisit_asks_again_and_keeps_what_has_not_changed(job, policy):
    def answer(request):
        if request.headers.get("If-None-Match") == '"1"':
            return Reply(status=304)
        return Reply(page(), headers=(("ETag", '"1"'),))

    async with handmade({f"{HOST}/": answer}) as web:
        await crawl(job, policy(web), f"{HOST}/")
        await crawl(job, policy(web), revisit=True)

    assert web.asked(f"{HOST}/") == 2
    assert rows(job, "SELECT state FROM page") == [("active",)]
    assert [kind for (kind,) in rows(job, "SELECT kind FROM ledger WHERE kind = 'confirm'")]


async def test_when_nothing_ends_for_a_minute_the_log_says_why(job, policy, monkeypatch, caplog):
    monkeypatch.setattr("crawler.crawl._QUIET", 0.05)
    async with (
        handmade({f"{HOST}/": Reply(page(), wait=0.3)}) as web,
        opened(job, policy(web), f"{HOST}/") as found,
    ):
        watch = asyncio.create_task(found.watch())
        await run_to_end(found)
        watch.cancel()

    assert "nothing ended for" in caplog.text
    assert "(1 ready)" in caplog.text
