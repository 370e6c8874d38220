"""`crawler status` says why nothing goes on."""

import json
import time

from tests.cli.run import run, run_json
from tests.web.handmade import Reply, crawl, handmade, page

HOST = "http://news.test"


async def test_it_counts_pages_refusals_failures_and_says_what_is_waited_for(tmp_path):
    job = tmp_path / "job"
    pages = {
        f"{HOST}/": page("/no", "/bad", "/x.zip"),
        f"{HOST}/robots.txt": Reply("User-agent: *\nDisallow: /no", type="text/plain"),
        f"{HOST}/bad": Reply(status=405),
        "http://down.test/": page(),
        "http://down.test/robots.txt": Reply(status=503),
    }
    async with handmade(pages) as web:
        policy = web.policy(tmp_path / "p.toml")
        await crawl(job, policy, f"{HOST}/", "http://down.test/")

    code, found = await run_json("status", job)
    said = (await run("status", job)).stdout

    assert code == 0
    assert found["pages"] == {"active": 1}
    assert found["refused"] == {"robots.disallow": 1}
    assert found["failed"] == {"status-405": 1}
    assert found["processes"] == []
    assert found["frontier"]["turned_away"] == {"file-type": 1}
    assert found["frontier"]["hosts"] == {"backing off": 1, "done": 1}
    assert found["frontier"]["reasons"] == {"backing off: status-503": 1}
    assert "not running" in said
    assert "next host due in" in said
    assert "backing off: status-503" in said


async def test_a_host_that_is_held_is_named_with_when_it_is_looked_at_again(tmp_path):
    job = tmp_path / "job"
    pages = {f"{HOST}/": page(), f"{HOST}/robots.txt": Reply(status=500)}
    async with handmade(pages) as web:
        await crawl(job, web.policy(tmp_path / "p.toml"), f"{HOST}/")
    now = time.time()

    _, found = await run_json("status", job)
    _, explained = await run_json("explain", job, f"{HOST}/")
    said = (await run("status", job)).stdout

    (held,) = found["frontier"]["held"]
    assert found["frontier"]["hosts"] == {"held": 1}
    assert found["frontier"]["next_due"] == held["due"] == float(explained["host_due"])
    assert now < held["due"] < now + 61
    assert "robots.unreachable" in said


async def test_a_folder_without_a_job_is_said_to_be_one(tmp_path):
    done = await run("status", tmp_path)

    assert "holds no job" in str(done.exception)


async def troubled(tmp_path):
    """Crawl a host that is done, one that fails and one that asks for time."""
    pages = {
        f"{HOST}/": page("/no", "/a.zip"),
        f"{HOST}/robots.txt": Reply("User-agent: *\nDisallow: /no", type="text/plain"),
        "http://down.test/": page(),
        "http://down.test/robots.txt": Reply(status=503),
        "http://slow.test/": page(),
        "http://slow.test/robots.txt": Reply("User-agent: *\nCrawl-delay: 900", type="text/plain"),
    }
    async with handmade(pages) as web:
        policy = web.policy(tmp_path / "p.toml")
        await crawl(tmp_path / "job", policy, f"{HOST}/", "http://down.test/", "http://slow.test/")
    return tmp_path / "job"


async def test_hosts_that_wait_are_named_with_why_since_until_and_the_last_answer(tmp_path):
    job, now = await troubled(tmp_path), time.time()
    _, found = await run_json("status", job)
    said = (await run("status", job)).stdout
    (rests,), (parked,) = found["frontier"]["resting"], found["frontier"]["parked"]

    assert (rests["host"], rests["reason"]) == ("down.test", "backing off: status-503")
    assert rests["answer"] == "robots unreachable status-503"
    assert now - 60 < rests["since"] <= rests["asked_at"] + 1 < now + 1 < rests["due"]
    assert (parked["host"], parked["answer"]) == ("slow.test", "robots found 200")
    assert "down.test: backing off: status-503, since 20" in said
    assert "last answer: robots unreachable status-503 at 20" in said
    assert {fact["host"] for fact in found["frontier"]["slowest"]} <= {"down.test", "slow.test"}


async def test_one_host_is_told_whole(tmp_path):
    job = await troubled(tmp_path)
    code, found = await run_json("status", job, "--host", f"{HOST}/anything")
    said = (await run("status", job, "--host", "NEWS.test")).stdout

    assert code == 0
    assert (found["host"], found["state"], found["site"]) == ("news.test", "done", "news.test")
    (robots,) = [item for item in found["files"] if item["kind"] == "robots"]
    assert (robots["url"], robots["status"]) == (f"{HOST}/robots.txt", 200)
    states = {(urls["state"], urls["code"]): urls["count"] for urls in found["urls"]}
    assert states == {("kept", ""): 1, ("refused", "robots.disallow"): 1}
    assert found["not_admitted"] == {"file-type": 1}
    assert "URLs refused robots.disallow: 1 (such as http://news.test/no)" in said
    assert "robots http://news.test/robots.txt: found (status 200)" in said
    for name, what in (("nope.test", "knows no host"), ("no host", "no name of a host")):
        assert what in str((await run("status", job, "--host", name)).exception)


async def test_a_watch_ends_with_the_crawl_and_prints_a_line_of_json_each_time(tmp_path):
    job = await troubled(tmp_path)
    for words in (("--watch",), ("--watch", "--host", "news.test")):
        done = await run("status", job, *words, "--json")

        (line,) = done.stdout.splitlines()
        assert json.loads(line)["job"] == str(job)
