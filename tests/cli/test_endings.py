"""How a crawl ends: done, stopped by a limit, or with nothing at all; and what it says then."""

import asyncio
import json
import sqlite3
import subprocess
import sys
import time

import pytest

from crawler.cli.ending import Run, end
from crawler.config import load
from crawler.crawl import open_crawl
from crawler.engine import Progress
from tests.cli.run import run
from tests.web.handmade import Reply, handmade, page, url_of

HOST = "http://news.test"
ROBOTS = f"{HOST}/robots.txt"
OPEN = Reply(status=404)


async def crawled(tmp_path, pages, *seeds, more="", change=lambda text: text):
    """Crawl and end as the command does; return the exit code."""
    async with handmade(pages) as web:
        file = tmp_path / "p.toml"
        web.policy(file, more)
        file.write_text(change(file.read_text()))
        async with open_crawl(tmp_path / "job", load(str(file)), time.time) as crawl:
            await crawl.add_seeds(map(url_of, seeds or [f"{HOST}/"]))
            ended = await crawl.engine.run()
            why = await crawl.why_ended(ended)
            await crawl.close(ended)
    return end(tmp_path / "job", Run(crawl.engine.progress, (why,), 1.0), to_json=True)


def no_public(text):
    head, _, rest = text.partition("[network]")
    return f"{head}[limits]{rest.partition('[limits]')[2]}"


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ({f"{HOST}/": Reply(status=500), ROBOTS: OPEN}, "status-500"),
        ({f"{HOST}/": Reply(status=404), ROBOTS: OPEN}, "status-404"),
        ({f"{HOST}/": Reply("x", type="image/png"), ROBOTS: OPEN}, "type"),
        ({f"{HOST}/": page(), ROBOTS: Reply(status=503)}, "status-503"),
        (
            {f"{HOST}/": Reply(status=301, headers=(("location", "/x"),)), ROBOTS: OPEN},
            "status-404",
        ),
    ],
)
async def test_seeds_that_give_nothing_end_in_exit_1_with_the_reason(tmp_path, pages, said, capsys):
    code = await crawled(tmp_path, pages, more="[retries]\ntries = 1")
    printed = capsys.readouterr()

    assert code == 1
    assert "nothing was had:" in printed.err
    assert f"  {said} 1 (such as http://news.test/" in printed.err
    summary = json.loads(printed.out)
    assert summary["exit_code"] == 1
    assert summary["nothing_had"] == {said: 1}


async def test_a_forbidden_address_is_named_with_the_line_that_opens_it(tmp_path, capsys):
    seeds = ["http://127.0.0.9:8080/", "http://[::1]/"]
    code = await crawled(tmp_path, {f"{HOST}/": page()}, *seeds, change=no_public)
    said = capsys.readouterr().err

    assert code == 1
    assert "address-forbidden 2 (such as http://127.0.0.9:8080/)" in said
    assert '[network] allow = ["127.0.0.9/32"] opens it' in said


@pytest.mark.parametrize(
    "pages",
    [
        {f"{HOST}/": page(), ROBOTS: OPEN},
        {f"{HOST}/": page(), ROBOTS: Reply("User-agent: *\nDisallow: /", type="text/plain")},
        {f"{HOST}/": Reply("x", headers=(("x-robots-tag", "noai"),)), ROBOTS: OPEN},
        {f"{HOST}/": page("/bad"), f"{HOST}/bad": Reply(status=410), ROBOTS: OPEN},
    ],
    ids=["kept", "robots", "refused", "kept, one missing"],
)
async def test_a_page_or_an_owner_s_no_is_not_nothing(tmp_path, pages, capsys):
    assert await crawled(tmp_path, pages) == 0
    assert "nothing was had" not in capsys.readouterr().err


async def test_a_host_that_asks_for_time_has_not_failed(tmp_path, capsys):
    slow = Reply("User-agent: *\nCrawl-delay: 4000", type="text/plain")
    code = await crawled(tmp_path, {f"{HOST}/": page(), ROBOTS: slow})

    assert code == 0
    assert "hosts not asked to the end" in capsys.readouterr().err


async def test_seeds_that_no_rule_admits_are_nothing(tmp_path, capsys):
    pages = {f"{HOST}/": page()}
    code = await crawled(tmp_path, pages, f"{HOST}/film.mp4", f"{HOST}/b.zip")

    assert code == 1
    assert "  not admitted: file-type 2" in capsys.readouterr().err


async def test_what_failed_after_an_earlier_run_kept_pages_is_not_everything(tmp_path):
    assert await crawled(tmp_path, {f"{HOST}/": page(), ROBOTS: OPEN}) == 0
    other = {"http://other.test/": Reply(status=404)}
    assert await crawled(tmp_path, other, "http://other.test/") == 0


@pytest.mark.parametrize(("most", "code", "why"), [(2, 10, "max-pages"), (3, 0, "done")])
async def test_a_limit_is_told_from_the_end_of_the_work(tmp_path, most, code, why, capsys):
    pages = {f"{HOST}/": page("/1", "/2"), f"{HOST}/1": page(), f"{HOST}/2": page(), ROBOTS: OPEN}
    limit = lambda text: text.replace("[limits]", f"[limits]\nmax_pages = {most}")  # noqa: E731

    assert await crawled(tmp_path, pages, change=limit) == code
    summary = json.loads(capsys.readouterr().out)
    assert (summary["why"], summary["run"]["kept"]) == (why, most)
    assert summary["job_now"]["pages"] == {"active": most}


@pytest.mark.parametrize(
    ("why", "code"),
    [
        (("done",), 0),
        (("patience", "spent"), 0),
        (("max-time",), 10),
        (("max-bytes",), 10),
        (("max-disk", "done"), 10),
        (("done", "interrupted", "max-time"), 130),
    ],
)
def test_what_stopped_any_shard_is_what_stopped_the_crawl(tmp_path, why, code, capsys):
    assert end(tmp_path / "no job yet", Run(Progress(), why, 0.0), to_json=False) == code
    assert capsys.readouterr().err.startswith("stopped: ")


async def test_pages_that_are_held_are_counted_with_what_continues_them(tmp_path, capsys):
    await crawled(tmp_path, {f"{HOST}/": page(), ROBOTS: OPEN})
    with sqlite3.connect(tmp_path / "job" / "crawl.db") as connection:
        connection.execute("UPDATE page SET state = 'held'")
    connection.close()

    assert end(tmp_path / "job", Run(Progress(), ("max-time",), 1.0), to_json=False) == 10
    said = capsys.readouterr().err
    assert "held: 1 pages are in no export until" in said
    assert f"`crawler recheck {tmp_path / 'job'}`" in said


async def test_every_loss_can_be_listed_by_the_command_its_line_names(tmp_path, capsys):
    pages = {
        f"{HOST}/": page("/bad", "/pic", "/x.zip", "http://down.test/"),
        f"{HOST}/bad": Reply(status=405),
        f"{HOST}/pic": Reply("x", type="image/png"),
        ROBOTS: OPEN,
        "http://down.test/robots.txt": Reply(status=503),
    }
    await crawled(tmp_path, pages, more="[scope]\nscope = 'any'")
    told = [line for line in capsys.readouterr().err.splitlines() if line.startswith("lost: ")]

    assert len(told) >= 5
    for line in told:
        _, _, command = line.partition("; all: crawler ")
        listed = (await run(*command.split())).stdout.splitlines()
        assert listed
        for row in listed:
            code, _, what = row.partition("\t")
            assert f"{code} " in line
            assert what.removesuffix("\t(2)")
        assert json.loads((await run(*command.split(), "--json")).stdout)
    wrong = await run("status", tmp_path / "job", "--lost", "everything")
    assert "choose of links, types" in str(wrong.exception)


@pytest.mark.slow
async def test_the_command_itself_prints_one_summary_and_ends_with_its_code(tmp_path):
    pages = {f"{HOST}/{n}": page(f"/{n + 1}") for n in range(20)} | {ROBOTS: OPEN}
    async with handmade(pages) as web:
        words = ["crawl", f"{HOST}/0", "--policy", web.policy(tmp_path / "p.toml"), "--json"]
        for job, more, code in (
            ("one", ["--max-pages", "3"], 10),
            ("one", [], 0),
            ("two", ["--shards", "2", "--max-pages", "3"], 10),
        ):
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "crawler", *words, "--job", tmp_path / job, *more),
                stdout=subprocess.PIPE,
            )
            said, _ = await process.communicate()
            assert process.returncode == code == json.loads(said)["exit_code"]
