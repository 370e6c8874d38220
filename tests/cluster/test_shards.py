"""Several processes, one crawl, on real sockets: the same pages as one, whatever is killed."""

import asyncio
import json
import os
import signal
import sqlite3
import sys
from collections import Counter
from contextlib import asynccontextmanager, closing, suppress
from itertools import pairwise
from pathlib import Path

import pytest

from crawler.store.job import holder
from tests.web.handmade import handmade, page

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

HOSTS, PAGES = 32, 4
ROOT = Path(__file__).parents[2]


def host(number):
    return f"www.site-{number % HOSTS}.test"


@asynccontextmanager
async def interlinked():
    """Serve a web of many sites whose pages lead to pages of other sites."""
    pages = {}
    for number in range(HOSTS):
        for which in range(PAGES):
            links = [f"/{which + 1}"] if which + 1 < PAGES else []
            links += [f"http://{host(number * 3 + which + 1)}/{(which * 7) % PAGES}"]
            links += [f"http://{host(number + 1)}/0", "http://outside.invalid/"]
            pages[f"http://{host(number)}/{which}"] = page(*links)
    addresses = {host(n): f"127.0.0.{2 + n % 8}" for n in range(HOSTS)}
    async with handmade(pages, addresses) as web:
        yield web


def start(*arguments):
    return asyncio.create_subprocess_exec(
        sys.executable, "-m", "crawler", *map(str, arguments), cwd=ROOT,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, start_new_session=True,
    )  # fmt: skip


async def run(*arguments, code=0):
    process = await start(*arguments)
    out, errors = await process.communicate()
    assert process.returncode == code, errors.decode()
    return out.decode()


def crawl(web, tmp_path, job, *more, **policy):
    policy = web.policy(tmp_path / f"{job.name}.toml", patience="3s", **policy)
    return ("crawl", f"http://{host(0)}/0", "--job", job, "--policy", policy, *more)


def kept(job):
    """Return the pages of all shards and how often each is stored."""
    found = Counter()
    for database in sorted(job.glob("**/crawl.db")):
        if database.parent.name == "merged":
            continue
        connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        with closing(connection), suppress(sqlite3.OperationalError):  # not made yet
            rows = connection.execute("SELECT url FROM page WHERE state = 'active'")
            found.update(url for (url,) in rows)
    return found


def shards_of(job):
    return [pid for folder in sorted(job.glob("shard-*")) if (pid := holder(folder))]


async def until(condition, what):
    for _ in range(1_200):
        if condition():
            return
        await asyncio.sleep(0.05)
    raise AssertionError(what)


EVERYTHING = {f"http://{host(n)}/{which}" for n in range(HOSTS) for which in range(PAGES)}
MORE = ("--scope", "any", "--shards", "2")


async def test_two_shards_give_exactly_the_pages_of_one(tmp_path):
    async with interlinked() as web:
        one, two = tmp_path / "one", tmp_path / "two"
        await run(*crawl(web, tmp_path, one, "--scope", "any"))
        asked = Counter(line.url for line in web.log)
        web.log.clear()
        await run(*crawl(web, tmp_path, two, *MORE))

        assert set(kept(one)) == EVERYTHING
        assert kept(two) == kept(one)
        assert Counter(line.url for line in web.log) == asked
        assert all(kept(folder) for folder in sorted(two.glob("shard-*")))

        # The parent answers like a plain job.
        status = json.loads(await run("status", two, "--json"))
        assert status["pages"]["active"] == len(EVERYTHING)
        explained = json.loads(await run("explain", two, f"http://{host(5)}/1", "--json"))
        assert explained["standing"] == "active"
        exported = json.loads(await run("export", two, "--out", tmp_path / "out", "--json"))
        assert exported["records"] == len(EVERYTHING)
        await run(*crawl(web, tmp_path, two, "--scope", "any"), code=2)  # it has two shards
        again = await run(*crawl(web, tmp_path, two, *MORE))
        assert kept(two) == kept(one), again


async def test_a_shard_that_is_killed_is_started_again(tmp_path):
    async with interlinked() as web:
        job = tmp_path / "job"
        process = await start(*crawl(web, tmp_path, job, *MORE, delay="50ms"))
        for _ in range(2):
            before = len(kept(job))
            await until(lambda b=before: len(kept(job)) > b + 5, "nothing is kept")
            os.kill(shards_of(job)[0], signal.SIGKILL)
        _, errors = await process.communicate()

    assert process.returncode == 0, errors.decode()
    assert b"started again" in errors
    assert b"stopped: nothing is left to do" in errors
    assert kept(job) == Counter(EVERYTHING)


async def test_without_their_supervisor_shards_stop_and_a_rerun_completes(tmp_path):
    async with interlinked() as web:
        job = tmp_path / "job"
        process = await start(*crawl(web, tmp_path, job, *MORE, delay="100ms"))
        await until(lambda: len(kept(job)) > 5, "nothing is kept")
        shards = shards_of(job)
        process.kill()
        await process.communicate()
        # At once: the shards left behind are about to stop.
        await run(*crawl(web, tmp_path, job, *MORE))

    assert len(shards) == 2
    assert not set(shards) & set(shards_of(job))
    assert kept(job) == Counter(EVERYTHING)


async def test_ctrl_c_stops_all_shards_and_a_second_supervisor_is_refused(tmp_path):
    async with interlinked() as web:
        job = tmp_path / "job"
        process = await start(*crawl(web, tmp_path, job, *MORE, delay="200ms"))
        await until(lambda: len(kept(job)) > 5, "nothing is kept")
        second = await start(*crawl(web, tmp_path, job, *MORE))
        _, refused = await second.communicate()
        os.killpg(process.pid, signal.SIGINT)
        _, errors = await asyncio.wait_for(process.communicate(), 10)

    assert second.returncode == 1
    assert refused.count(b"\n") == 1
    assert process.returncode == 130, errors.decode()
    assert b"Traceback" not in errors
    assert shards_of(job) == []


async def test_the_limit_of_pages_is_one_for_all_shards(tmp_path):
    async with interlinked() as web:
        job = tmp_path / "job"
        counts = []
        for most in (25, 26, 60):
            await run(*crawl(web, tmp_path, job, *MORE, "--max-pages", most), code=10)
            counts.append(sum(kept(job).values()))

    assert counts == [25, 26, 60]


async def test_reload_reaches_every_shard(tmp_path):
    async with interlinked() as web:
        job = tmp_path / "job"
        process = await start(*crawl(web, tmp_path, job, *MORE, delay="1s"))
        await until(lambda: len(kept(job)) > 3 and len(shards_of(job)) == 2, "nothing is kept")
        web.policy(tmp_path / "job.toml", patience="3s", delay="0s")
        await run("reload", job)
        _, errors = await asyncio.wait_for(process.communicate(), 60)

    assert process.returncode == 0
    assert errors.count(b"changed: politeness.min_delay") == 2, errors.decode()
    assert b"started again" not in errors
    assert kept(job) == Counter(EVERYTHING)


async def test_no_address_sees_two_shards_at_once_or_too_early(tmp_path):
    async with interlinked() as web:
        job = tmp_path / "job"
        path = Path(web.policy(tmp_path / "job.toml", patience="3s", delay="20ms"))
        delays = 'min_delay = "20ms"\nip_delay = "150ms"'
        path.write_text(path.read_text().replace('min_delay = "20ms"', delays))
        await run("crawl", f"http://{host(0)}/0", "--job", job, "--policy", path, *MORE)

    by_address = {}
    for line in sorted(web.log, key=lambda line: line.start):
        by_address.setdefault(line.address, []).append(line)
    assert len(by_address) == 8
    for lines in by_address.values():
        for first, then in pairwise(lines):
            assert then.start >= first.end + 0.149, (first, then)
    assert kept(job) == Counter(EVERYTHING)


async def test_a_group_has_one_pace_in_all_shards(tmp_path):
    async with interlinked() as web:
        job = tmp_path / "job"
        path = Path(web.policy(tmp_path / "job.toml", patience="3s", delay="20ms"))
        group = '\ngroups = [{ pattern = "*.test", delay = "50ms" }]'
        path.write_text(path.read_text().replace('"20ms"', f'"20ms"{group}'))
        await run("crawl", f"http://{host(0)}/0", "--job", job, "--policy", path, *MORE)

    log = sorted(web.log, key=lambda line: line.start)
    assert all(then.start >= first.end + 0.049 for first, then in pairwise(log))
    assert kept(job) == Counter(EVERYTHING)
