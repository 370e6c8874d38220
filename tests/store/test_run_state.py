"""What a run says of itself to those who watch: read back whole, or not at all."""

import json
import sqlite3
import time

import pytest

from crawler.cli.run_figures import RunFigures
from crawler.config import load
from crawler.core.timings import BOUNDS, Timings
from crawler.crawl import open_crawl
from crawler.store.database import SCHEMA_VERSION, StoreError, connect
from crawler.store.job import DATABASE, read_job
from crawler.store.run_state import RunState, read_run_state, write_run_state
from tests.web.handmade import Reply, handmade, page, run_to_end, url_of

HOST = "http://news.test"
STATE = RunState(process=7, at=1.5, ended="done", outcomes={"kept": 3}, commits=(1, 2), late=(4,))


def test_what_is_written_is_read(tmp_path):
    write_run_state(tmp_path, STATE)

    assert read_run_state(tmp_path) == STATE
    assert [path.name for path in tmp_path.iterdir()] == ["run.json"]


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "{",
        "[]",
        "null",
        '{"process": "x"}',
        '{"outcomes": [1]}',
        '{"commits": {}}',
        "\xff",
    ],
)
def test_what_cannot_be_read_is_nothing(tmp_path, text):
    if text is not None:
        (tmp_path / "run.json").write_text(text, "latin-1")

    assert read_run_state(tmp_path) is None


def test_figures_of_another_version_are_left_out(tmp_path):
    (tmp_path / "run.json").write_text(json.dumps({"visits": 3, "warp": 9}))

    assert read_run_state(tmp_path) == RunState(visits=3)


def test_durations_fall_into_the_bucket_below_their_bound():
    timings = Timings()
    for duration in (0.0, 0.005, 0.006, 300.0, 301.0, 1e9):
        timings.add(duration)

    assert timings.counts[:2] == [2, 1]
    assert timings.counts[-2:] == [1, 2]
    assert len(timings.counts) == len(BOUNDS) + 1
    assert timings.count == 6


async def test_a_run_s_figures_are_those_of_its_store(tmp_path):
    robots = Reply("User-agent: *\nDisallow: /no", type="text/plain")
    pages = {f"{HOST}/": page("/a", "/no", "/gone"), f"{HOST}/a": page(), f"{HOST}/no": page()}
    async with handmade({**pages, f"{HOST}/robots.txt": robots}) as web:
        config = load(web.policy(tmp_path / "p.toml"))
        async with open_crawl(tmp_path / "job", config, time.time) as crawl:
            await crawl.add_seeds([url_of(f"{HOST}/")])
            figures = RunFigures(crawl, 5.0)
            await run_to_end(crawl)
            await figures.note("done")
    state = read_run_state(tmp_path / "job")

    assert (state.started_at, state.ended, state.paused) == (5.0, "done", False)
    assert state.outcomes["kept"] == state.kept == 2
    assert state.outcomes["missing"] == 1
    assert state.unasked == {"robots.disallow": 1}
    assert sum(state.outcomes.values()) == state.visits
    assert sum(state.commits) > 0
    assert sum(state.late) >= 3  # robots.txt was the first to be asked for
    assert state.memory > 1_000_000


async def test_the_newest_decisions_of_a_reason_are_found_by_index(tmp_path):
    connect(tmp_path / DATABASE).close()
    with read_job(tmp_path) as connection:
        plan = connection.execute(
            "EXPLAIN QUERY PLAN SELECT url_id FROM decision WHERE reason = 'x'"
            " ORDER BY decided_at DESC LIMIT 5"
        ).fetchall()

    assert "USING COVERING INDEX decision_by_reason" in plan[0][3]
    assert len(plan) == 1


def test_a_job_of_a_newer_crawler_is_said_to_be_one(tmp_path):
    connect(tmp_path / DATABASE).close()
    connection = sqlite3.connect(tmp_path / DATABASE)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()

    with pytest.raises(StoreError, match="newer crawler"), read_job(tmp_path):
        pass
