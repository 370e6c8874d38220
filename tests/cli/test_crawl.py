"""`crawler crawl` and `crawler reload`: what is said before, beside and after a crawl."""

import asyncio
import json
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter

import pytest

from crawler.cli import progress_lines
from crawler.cli.crawl import with_options
from crawler.cli.during_crawl import run_beside
from crawler.cli.seeds import warn_of_seeds_turned_away
from crawler.config import load
from crawler.crawl import Hosts, open_crawl
from crawler.engine import Progress
from crawler.frontier import Admitted
from crawler.store.database import StoreError
from crawler.store.job import holder
from tests.cli.run import run
from tests.corpus.made import standard
from tests.web.handmade import Reply, handmade, page, url_of

HOST = "http://news.test"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--max-time", "soon"], "--max-time: expected a duration"),
        (["--max-bytes", "5"], "--max-bytes: expected a size"),
        (["--max-disk", "-1GB"], "--max-disk: expected a size"),
    ],
)
async def test_a_quantity_without_its_unit_is_wrong_use(tmp_path, options, said):
    done = await run("crawl", f"{HOST}/", "--job", tmp_path / "job", *options)

    assert type(done.exception).__name__ == "UsageError"
    assert said in str(done.exception)
    assert not (tmp_path / "job").exists()


async def test_without_an_identity_nothing_begins(tmp_path):
    done = await run("crawl", f"{HOST}/", "--job", tmp_path / "job")

    assert "a crawl must say who it is" in str(done.exception)
    assert not (tmp_path / "job").exists()


async def test_nobody_can_be_told_to_reload_where_nobody_crawls(tmp_path):
    standard(tmp_path / "job").connection.close()
    done = await run("reload", tmp_path / "job")

    assert "nobody is crawling" in str(done.exception)


def test_what_the_command_line_says_goes_before_the_policy():
    config = with_options(load("default"), {"max_pages": 7, "max_time": None}, {"scope": "any"})

    assert (config.limits.max_pages, config.scope.scope) == (7, "any")
    assert config.limits.patience == load("default").limits.patience


def test_the_plain_line_says_how_it_stands():
    progress = Progress(kept=3, failed=1, visits=10, bytes=12_345)

    line = progress_lines.plain_line(progress, Hosts(1, 2, 3, 4), 5.0)

    assert "kept 3" in line
    assert "2.0 visits/s" in line
    assert "hosts 1 ready 2 waiting 3 parked, 4 URLs queued" in line
    assert "12.3 kB" in line


async def test_what_runs_beside_ends_with_the_crawl_and_ends_it_when_it_fails():
    async def for_ever():
        await asyncio.Event().wait()

    async def fails():
        raise StoreError("full")

    async def answer():
        await asyncio.sleep(0)
        return 42

    assert await run_beside(answer(), for_ever(), for_ever()) == 42
    with pytest.raises(StoreError):
        await run_beside(for_ever(), fails())


@pytest.mark.parametrize(("budget", "why"), [(2, "spent"), (3, "done")])
async def test_what_is_left_beyond_a_budget_is_said(tmp_path, budget, why):
    pages = {f"{HOST}/": page("/1", "/2"), f"{HOST}/1": page(), f"{HOST}/2": page()}
    async with handmade(pages) as web:
        policy = web.policy(tmp_path / "p.toml", f"[budgets]\nhost_pages = {budget}")
        async with open_crawl(tmp_path / "job", load(policy), time.time) as crawl:
            await crawl.add_seeds([url_of(f"{HOST}/")])
            ended = await crawl.engine.run()

            assert await crawl.why_ended(ended) == why


def test_seeds_that_no_rule_admits_are_said(capsys):
    warn_of_seeds_turned_away(Admitted(1, Counter({"file-type": 2, "known": 3})))
    warn_of_seeds_turned_away(Admitted(1, Counter({"known": 3})))

    said = capsys.readouterr().err
    assert said == "seeds not admitted: file-type 2 (`crawler explain` says why)\n"


@pytest.mark.slow
async def test_a_hangup_while_the_job_is_being_opened_ends_nothing(tmp_path):
    async with handmade({f"{HOST}/": page()}) as web:
        job, file = tmp_path / "job", web.policy(tmp_path / "p.toml")
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "crawler", "crawl", f"{HOST}/"),
            *("--job", str(job), "--policy", file),
            stderr=subprocess.PIPE,
        )
        while not holder(job):
            await asyncio.sleep(0.001)
        process.send_signal(signal.SIGHUP)
        _, errors = await process.communicate()

    assert process.returncode == 0
    assert b"the policy was read again" in errors


@pytest.mark.slow
async def test_a_hangup_has_the_policy_read_again_and_keeps_the_command_line_s_word(tmp_path):
    pages = {f"{HOST}/{n}": page(f"/{n + 1}") for n in range(40)}
    async with handmade(pages | {f"{HOST}/robots.txt": Reply(status=404)}) as web:
        file, job = web.policy(tmp_path / "p.toml", delay="1s", patience="5s"), tmp_path / "job"
        words = ["crawl", f"{HOST}/0", "--job", job, "--policy", file, "--max-pages", 9]
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "crawler", *map(str, words), stderr=subprocess.PIPE
        )
        while not web.asked(f"{HOST}/1"):
            await asyncio.sleep(0.05)
        (tmp_path / "p.toml").write_text("[politeness")
        process.send_signal(signal.SIGHUP)
        said = await process.stderr.readline()
        refused = await run("reload", job)
        web.policy(tmp_path / "p.toml", "[scope]\nmax_depth = 77", delay="0s", patience="5s")
        told = await run("reload", job)
        _, errors = await process.communicate()

    assert b"the policy was not read again" in said
    assert (refused.exit_code, told.exit_code) == (1, 0)
    assert "the policy was not read again" in refused.stdout
    assert "changed: politeness.min_delay; only with the next run: scope.max_depth\n" in told.stdout
    assert b"changed: politeness.min_delay; only with the next run: scope.max_depth\n" in errors
    with sqlite3.connect(job / "crawl.db") as connection:
        (count,) = connection.execute("SELECT count(*) FROM page").fetchone()
        (entry,) = connection.execute("SELECT payload FROM ledger WHERE kind = 'settings'")
    connection.close()
    assert count == 9
    assert json.loads(entry[0])["changed"] == {"politeness.min_delay": ["1s", "0.0s"]}
