"""Another policy over stored evidence: the replay of a whole job, and what would change."""

import sqlite3
import time

import pytest

from crawler.config import load
from crawler.crawl import open_crawl
from crawler.demo.stories import all_stories
from crawler.demo.web import policy_text, serve
from tests.cli.run import run, run_json
from tests.web.handmade import Reply, crawl, handmade, page, url_of

HOST = "http://news.test"
BY = '<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">'


@pytest.fixture
async def job(tmp_path):
    pages = {
        f"{HOST}/": page("/licensed", "/noai", "/tdm", "/denied", "/gone-later"),
        f"{HOST}/robots.txt": Reply("User-agent: *\nDisallow: /denied", type="text/plain"),
        f"{HOST}/licensed": page(head=BY),
        f"{HOST}/noai": page(head='<meta name=robots content="noai">'),
        f"{HOST}/tdm": Reply(page(), headers=(("tdm-reservation", "1"),)),
        f"{HOST}/gone-later": page(),
    }
    async with handmade(pages) as web:
        policy = web.policy(tmp_path / "p.toml")
        await crawl(tmp_path / "job", policy, f"{HOST}/")
        del web.pages[f"{HOST}/gone-later"]
        await crawl(tmp_path / "job", policy, revisit=True)
        with sqlite3.connect(tmp_path / "job" / "crawl.db") as connection:
            # As if it had been gone for weeks: retired, though nobody refuses it.
            connection.execute("UPDATE page SET gone_since = 1 WHERE gone_since > 0")
        connection.close()
        await crawl(tmp_path / "job", policy, revisit=True)
    return tmp_path / "job"


async def test_the_same_policy_changes_nothing(job, tmp_path):
    code, found = await run_json("redecide", job, "--policy", tmp_path / "p.toml")

    assert code == 0
    assert found["decided"] == found["same"] > 0


async def test_another_policy_says_what_leaves_enters_and_must_be_fetched(job):
    _, search = await run_json("redecide", job, "--policy", "search")
    _, strict = await run_json("redecide", job, "--policy", "strict")
    said = (await run("redecide", job, "--policy", "strict")).stdout

    assert search["leave"] == {}
    assert search["fetch"] == {"robots_meta.noai": 1, "tdmrep.header": 1}
    assert search["examples"]["fetch"] == [f"{HOST}/noai", f"{HOST}/tdm"]
    assert sum(strict["leave"].values()) == 1  # the page without a licence
    assert strict["examples"]["leave"] == [f"{HOST}/"]
    assert strict["fetch"] == strict["enter"] == {}
    assert "would leave the corpus: 1" in said


async def test_a_policy_changed_between_runs_is_recorded_and_applied(job, tmp_path):
    path = tmp_path / "p.toml"
    path.write_text(path.read_text() + '\n[consent]\nunset = "exclude"\n')
    await crawl(job, str(path))

    with sqlite3.connect(job / "crawl.db") as connection:
        states = dict(connection.execute("SELECT url, state FROM page").fetchall())
        (policies,) = connection.execute(
            "SELECT count(*) FROM ledger WHERE kind = 'policy'"
        ).fetchone()
    connection.close()
    assert states[f"{HOST}/"] == "retired"
    assert policies == 2
    code, found = await run_json("redecide", job, "--policy", path)
    assert (code, found["decided"]) == (0, found["same"])


@pytest.mark.slow
async def test_every_decision_of_the_demo_is_reproduced(tmp_path):
    async with serve(all_stories()) as web:
        path = tmp_path / "p.toml"
        path.write_text(policy_text(web))
        async with open_crawl(tmp_path / "job", load(str(path)), time.time) as opened:
            await opened.add_seeds([url_of(seed) for seed in web.seeds])
            await opened.close(await opened.engine.run())

    _, found = await run_json("redecide", tmp_path / "job", "--policy", path)

    assert found["decided"] == found["same"] > 100, found
