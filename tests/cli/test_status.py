"""`crawler status` says why nothing goes on."""

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
