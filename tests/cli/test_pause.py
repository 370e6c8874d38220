"""`crawler pause` and `resume`: no request starts, clocks run on, a restart changes nothing."""

import asyncio
import json
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from crawler.cli.during_crawl import with_orders
from crawler.config import load
from crawler.crawl import open_crawl
from crawler.store.database import StoreError
from crawler.store.job import folder_size, holder
from crawler.store.orders import Orders, order, read_orders, stamp_of_orders
from tests.cli.run import run, run_json
from tests.web.handmade import Reply, crawl, handmade, page, url_of

HOST = "http://news.test"


def chain(count, **options):
    return {f"{HOST}/{n}": Reply(page(f"/{n + 1}"), **options) for n in range(count)}


@pytest.fixture
async def job(tmp_path):
    async with handmade(chain(1)) as web:
        await crawl(tmp_path / "job", web.policy(tmp_path / "p.toml"), f"{HOST}/0")
    return tmp_path / "job"


async def test_a_job_that_nobody_crawls_is_paused_for_its_next_run(job):
    first = await run("pause", job)
    since = read_orders(job).paused_since
    again = await run("pause", job)
    _, status = await run_json("status", job)
    words = await run("status", job)
    resumed = await run("resume", job)
    not_paused = await run("resume", job)

    assert "the next run will start no request" in first.stdout
    assert "paused already, since 20" in again.stdout
    assert status["paused_since"] == since
    assert words.stdout.startswith("paused since 20")
    assert "nobody is crawling it now" in resumed.stdout
    assert "was not paused" in not_paused.stdout
    assert not read_orders(job).paused
    assert (await run_json("status", job))[1]["paused_since"] is None


async def test_a_paused_job_is_not_asked_again_by_recheck(job):
    await run("pause", job)
    refused = await run("recheck", job)
    offline = await run("recheck", job, "--offline")

    assert f"crawler resume {job}" in str(refused.exception)
    assert offline.exit_code == 0


@pytest.mark.parametrize("command", ["pause", "resume"])
async def test_what_is_no_job_or_a_shard_alone_is_said(tmp_path, command):
    (tmp_path / "shard-000").mkdir()
    nowhere = await run(command, tmp_path / "nowhere")
    empty = await run(command, tmp_path)
    (tmp_path / "shards.json").write_text('{"shards": 2}')
    shard = await run(command, tmp_path / "shard-000")

    for done in (nowhere, empty):
        assert "holds no job" in str(done.exception)
    assert "is one shard of several: name" in str(shard.exception)
    assert not list(tmp_path.rglob("orders.json*"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"paused_since": "x", "limits": {}}',
        '{"limits": {}}',
        "\0\0\0",
        '{"paused_since": NaN, "limits": {}}',
        "[" * 99_999,
    ],
)
async def test_damaged_orders_start_nothing_until_they_are_given_again(job, tmp_path, text):
    (job / "orders.json").write_text(text)
    async with handmade(chain(2)) as web:
        policy = web.policy(tmp_path / "p.toml")
        words = ("crawl", f"{HOST}/1", "--job", job, "--policy", policy)
        refused = await run(*words)
        assert web.log == []
        resumed = await run("resume", job)

    assert "orders.json is damaged" in str(refused.exception)
    assert "resumed" in resumed.stdout
    assert read_orders(job) == Orders()


@pytest.mark.slow
def test_orders_given_at_the_same_time_are_all_kept(job):
    names = [f"limit-{number}" for number in range(12)]
    program = (
        "import sys; from dataclasses import replace; from pathlib import Path;"
        "from crawler.store.orders import order;"
        "order(Path(sys.argv[1]), lambda o: replace(o, limits={**o.limits, sys.argv[2]: 1.0}))"
    )
    running = [subprocess.Popen([sys.executable, "-c", program, job, name]) for name in names]

    assert [process.wait() for process in running] == [0] * len(names)
    assert read_orders(job).limits == dict.fromkeys(names, 1.0)
    assert not (job / "orders.json.new").exists()


def test_each_order_changes_the_stamp(job):
    seen = {stamp_of_orders(job)}
    for number in range(20):
        order(job, lambda before, number=number: replace(before, paused_since=float(number + 1)))
        seen.add(stamp_of_orders(job))

    assert len(seen) == 21
    assert stat.S_ISREG((job / "orders.json").stat().st_mode)


def test_ordered_limits_stand_in_the_place_of_the_policys(job):
    config = load("default")
    order(job, lambda _: Orders(0.0, {"max_pages": 7.0, "workers": 2.0, "max_time": None}))
    found = with_orders(config, job).limits

    assert (found.max_pages, found.workers, found.max_time) == (7, 2, None)
    assert found.patience == config.limits.patience
    for limits, said in (({"speed": 1.0}, "speed"), ({"max_pages": 1.5}, "max_pages")):
        order(job, lambda _, limits=limits: Orders(0.0, limits))
        with pytest.raises(StoreError, match=said):
            with_orders(config, job)


async def test_while_it_is_paused_nothing_is_asked_and_nothing_ends(tmp_path):
    async with handmade(chain(3)) as web:
        config = load(web.policy(tmp_path / "p.toml"))
        async with open_crawl(tmp_path / "job", config, time.time) as found:
            found.engine.pause(paused=True)
            running = asyncio.create_task(found.engine.run())
            await found.add_seeds([url_of(f"{HOST}/0")])
            found.engine.wake()
            used = time.process_time()
            await asyncio.sleep(0.6)  # longer than the patience
            assert time.process_time() - used < 0.3  # it waits, and does not look in circles
            assert web.log == []
            assert not running.done()
            assert not found.engine.idle
            found.engine.pause(paused=False)
            ended = await running

    assert ended.why == "done"
    assert web.asked(f"{HOST}/2") == 1


async def test_the_limit_of_time_runs_on(tmp_path):
    async with handmade(chain(3)) as web:
        config = load(web.policy(tmp_path / "p.toml", 'max_time = "1s"'))
        async with open_crawl(tmp_path / "job", config, time.time) as found:
            await found.add_seeds([url_of(f"{HOST}/0")])
            found.engine.pause(paused=True)
            ended = await asyncio.wait_for(found.engine.run(), 10)

    assert ended.why == "max-time"
    assert web.log == []


def test_a_file_that_vanishes_while_the_folder_is_measured_is_nothing(tmp_path, monkeypatch):
    (tmp_path / "there").write_bytes(b"12345")
    monkeypatch.setattr(os, "walk", lambda folder: [(folder, [], ["there", "gone"])])

    assert folder_size(tmp_path) == 5


def start(*words):
    return asyncio.create_subprocess_exec(
        sys.executable, "-m", "crawler", *map(str, words), stderr=subprocess.PIPE
    )


async def until(condition):
    async with asyncio.timeout(30):
        while not condition():
            await asyncio.sleep(0.02)


@pytest.mark.slow
async def test_a_crawl_is_paused_killed_started_again_and_resumed(tmp_path):
    job = tmp_path / "job"
    async with handmade(chain(12)) as web:
        policy = web.policy(tmp_path / "p.toml", delay="100ms")
        words = ("crawl", f"{HOST}/0", "--job", job, "--policy", policy)
        process = await start(*words)
        await until(lambda: web.asked(f"{HOST}/2"))
        told = await run("pause", job)
        await asyncio.sleep(0.6)
        asked = len(web.log)
        await asyncio.sleep(0.8)
        assert len(web.log) == asked
        process.send_signal(signal.SIGKILL)
        await process.wait()

        process = await start(*words)
        said = await process.stderr.readline()
        await asyncio.sleep(0.8)
        assert len(web.log) == asked
        assert process.returncode is None
        process.send_signal(signal.SIGHUP)  # a reload does not resume
        assert b"read again" in await process.stderr.readline()
        (job / "orders.json").write_text("{")  # nor does damage
        assert b"orders.json is damaged" in await process.stderr.readline()
        await asyncio.sleep(0.3)
        assert len(web.log) == asked
        await run("resume", job)
        _, errors = await process.communicate()

    assert "1 process(es) start no request" in told.stdout
    assert b"paused since 20" in said
    assert b"resumed" in errors
    assert process.returncode == 0
    with sqlite3.connect(job / "crawl.db") as connection:
        assert connection.execute("SELECT count(*) FROM page").fetchone() == (12,)
    connection.close()


@pytest.mark.slow
async def test_a_paused_crawl_stops_as_any_and_ordered_limits_are_taken_over(tmp_path):
    job = tmp_path / "job"
    async with handmade(chain(60)) as web:
        policy = web.policy(tmp_path / "p.toml", delay="50ms")
        process = await start("crawl", f"{HOST}/0", "--job", job, "--policy", policy)
        await until(lambda: web.asked(f"{HOST}/2"))
        order(job, lambda before: replace(before, limits={"max_pages": 9.0}))
        _, errors = await process.communicate()
        assert b"changed: limits.max_pages" in errors
        assert b"the limit of pages is reached" in errors

        order(job, lambda _: Orders(time.time(), {}))
        process = await start("crawl", f"{HOST}/0", "--job", job, "--policy", policy)
        await process.stderr.readline()
        process.send_signal(signal.SIGINT)
        _, errors = await asyncio.wait_for(process.communicate(), 10)

    assert process.returncode == 130, errors


@pytest.mark.slow
async def test_all_shards_are_paused_and_resumed_by_their_parent(tmp_path):
    job = tmp_path / "job"
    hosts = [f"http://site-{number}.test" for number in range(6)]
    pages = {f"{host}/{n}": page(f"/{n + 1}") for host in hosts for n in range(8)}
    async with handmade(pages) as web:
        policy = web.policy(tmp_path / "p.toml", delay="100ms", patience="2s")
        seeds = [f"{host}/0" for host in hosts]
        process = await start("crawl", *seeds, "--job", job, "--policy", policy, "--shards", 2)
        await until(lambda: len(web.log) > 12)
        told = await run("pause", job)
        await asyncio.sleep(0.6)
        asked = len(web.log)
        await asyncio.sleep(2.5)  # longer than the patience
        assert len(web.log) == asked
        _, status = await run_json("status", job)
        assert all(holder(job / f"shard-{number:03d}") for number in range(2))
        await run("resume", job)
        _, errors = await process.communicate()

    assert "2 process(es)" in told.stdout
    assert json.dumps(status["paused_since"]) != "null"
    assert process.returncode == 0, errors.decode()
    assert sum(web.asked(url) for url in pages) == len(pages)
