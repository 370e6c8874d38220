"""What a crawl did not get is said when it ends, by `status`, and for each address by `explain`."""

import asyncio
import sqlite3
import sys

import pytest

from crawler.report.losses import Loss, joined, lines, losses
from crawler.store.database import connect
from crawler.store.job import DATABASE
from tests.cli.run import run, run_json
from tests.web.handmade import Reply, crawl, handmade, page

HOST = "http://news.test"
SHA = "da39a3ee5e6b4b0d3255bfef95601890afd8070"
LINKS = [
    "/kept",
    "/a.zip",
    "/b.zip",
    "/picture",
    "/bad",
    "/calendar/2099/01/",
    *(f"/r/commit/{SHA}{digit}" for digit in "0123"),
    "http://other.test/",
]
POLICY = """
[admission]
max_revisions = 2
[scope]
max_depth = 1
[retries]
tries = 1
"""


@pytest.fixture
async def site(tmp_path):
    robots = f"User-agent: *\nDisallow:\nSitemap: {HOST}/map.xml\nSitemap: {HOST}/none.xml"
    pages = {
        f"{HOST}/": page(*LINKS).replace("</main>", '<a rel=nofollow href="/n">n</a></main>'),
        f"{HOST}/robots.txt": Reply(robots, type="text/plain"),
        f"{HOST}/map.xml": Reply(
            f"<urlset><url><loc>{HOST}/kept</loc></url><url><loc>{HOST}/", type="text/xml"
        ),
        f"{HOST}/kept": page("/deep", "/deeper"),
        f"{HOST}/picture": Reply(b"\x89PNG", type="image/png"),
        f"{HOST}/bad": Reply(status=405),
        "http://dark.test/": page(),
        "http://dark.test/robots.txt": Reply(status=500),
    }
    async with handmade(pages) as web:
        listed = f'[suppression]\npath = "{tmp_path}/suppressed.jsonl"'
        yield web.policy(tmp_path / "p.toml", POLICY + listed)


@pytest.fixture
async def job(site, tmp_path):
    await crawl(tmp_path / "job", site, f"{HOST}/", "http://dark.test/")
    return tmp_path / "job"


async def test_every_kind_of_loss_is_counted_with_one_example(job):
    connection = connect(job / DATABASE)
    found = {(loss.kind, loss.code): loss for loss in losses(connection)}
    connection.close()

    def of(kind, code):
        loss = found.pop((kind, code))
        return loss.count, loss.example.removeprefix(HOST)

    assert of("links not followed", "nofollow") == (1, "/n")
    assert of("links not followed", "file-type") == (2, "/a.zip")
    assert of("links not followed", "calendar") == (1, "/calendar/2099/01/")
    assert of("links not followed", "revisions")[0] == 2
    assert of("links not followed", "scope") == (1, "http://other.test/")
    assert of("links not followed", "depth") == (2, "/deep")
    assert of("answers without text", "type") == (1, "/picture")
    assert of("failed", "status-405") == (1, "/bad")
    assert of("hosts whose robots.txt cannot be had", "status-500") == (1, "http://dark.test")
    (held,) = (loss for (kind, _), loss in found.items() if kind == "hosts not asked to the end")
    assert (held.code.endswith(".unreachable"), held.count, held.example) == (True, 1, "dark.test")
    sitemaps = {code: loss.count for (kind, code), loss in found.items() if "sitemaps" in kind}
    assert sum(sitemaps.values()) == 2
    assert len(found) == len(sitemaps) + 1


@pytest.mark.slow
async def test_the_end_of_a_crawl_and_status_say_it(site, tmp_path):
    arguments = ["crawl", f"{HOST}/", "--policy", site, "--job", str(tmp_path / "job")]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "crawler", *arguments, stderr=asyncio.subprocess.PIPE
    )
    _, said = await process.communicate()
    status = (await run("status", tmp_path / "job")).stdout
    _, found = await run_json("status", tmp_path / "job")

    told = [line for line in said.decode().splitlines() if line.startswith("lost: ")]
    assert [line.split(":")[1].strip() for line in told] == [
        "links not followed",
        "answers without text",
        "sitemaps not read, or not to their end",
        "failed",
    ]
    assert f"calendar 1 (such as {HOST}/calendar/2099/01/)" in told[0]
    said_again = " ".join(status.split())
    assert all(" ".join(line.split()) in said_again for line in told)
    (failed,) = (loss for loss in found["losses"] if loss["kind"] == "failed")
    assert (failed["code"], failed["count"], failed["example"]) == ("status-405", 1, f"{HOST}/bad")


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/calendar/2098/12/", "calendar"),
        ("/x.tar.gz", "file-type"),
        (f"/r/blame/{SHA}9/a.c", "revisions"),
        ("/deep", "depth"),
        ("/deeper", "depth"),
        ("/n", "nofollow"),
    ],
)
async def test_explain_names_the_rule_also_for_what_never_was_a_url_of_the_job(job, path, code):
    _, found = await run_json("explain", job, HOST + path)

    assert (found["standing"], found["code"]) == ("never admitted", code)


async def test_a_spent_budget_is_named(tmp_path):
    pages = {f"{HOST}/": page("/a", "/b"), f"{HOST}/a": page(), f"{HOST}/b": page()}
    async with handmade(pages) as web:
        policy = web.policy(tmp_path / "p.toml", "[budgets]\nhost_pages = 2")
        await crawl(tmp_path / "job", policy, f"{HOST}/")
    _, found = await run_json("explain", tmp_path / "job", f"{HOST}/b")
    _, status = await run_json("status", tmp_path / "job")

    assert (found["standing"], found["code"]) == ("waiting", "budget")
    (spent,) = (loss for loss in status["losses"] if loss["kind"] == "hosts past their budget")
    assert (spent["count"], spent["waiting"], spent["example"]) == (1, 1, "news.test")


async def test_a_whole_crawl_has_lost_nothing(tmp_path):
    async with handmade({f"{HOST}/": page("/a"), f"{HOST}/a": page("/")}) as web:
        await crawl(tmp_path / "job", web.policy(tmp_path / "p.toml"), f"{HOST}/")
    _, status = await run_json("status", tmp_path / "job")

    assert status["losses"] == []


def test_shards_are_told_as_one_and_long_lists_are_cut():
    one = [Loss("failed", f"status-5{n:02}", 1, f"http://a.test/{n}") for n in range(8)]
    other = [Loss("failed", "status-503", 4), Loss("links not followed", "depth", 2)]

    first, second = lines(joined([one, other]))

    assert first == "links not followed: depth 2; all: crawler status JOB --lost links"
    assert second.startswith("failed: status-503 5 (such as http://a.test/3); ")
    assert second.endswith("; others 2; all: crawler status JOB --lost failed")


def test_examples_of_unknown_hosts_do_not_grow_with_the_web(job):
    with sqlite3.connect(job / DATABASE) as connection:
        hosts = {host for (host,) in connection.execute("SELECT host FROM loss")}

    assert hosts == {"", "news.test"}


@pytest.mark.parametrize(
    ("order", "left"),
    [
        (["--url", f"{HOST}/deep", "--erase"], {"nofollow", "file-type", "scope"}),
        (["--domain", "news.test", "--erase"], {"scope"}),
        (["--domain", "news.test"], {"nofollow", "file-type", "depth", "scope"}),
    ],
)
async def test_what_is_erased_is_no_example_any_more(job, order, left):
    done = await run("purge", job, "--reason", "takedown", *order)

    with sqlite3.connect(job / DATABASE) as connection:
        named = {
            code for (code,) in connection.execute("SELECT reason FROM loss WHERE example!=''")
        }
    # Of an address that is no URL of the job nothing but its example is known.
    assert done.exit_code == (f"{HOST}/deep" in order), done.output
    assert named & {"nofollow", "file-type", "depth", "scope"} == left
