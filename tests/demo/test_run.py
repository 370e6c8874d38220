import io
import signal
import sqlite3
import subprocess
import sys
import time

import pytest
from rich.console import Console

from crawler.demo.result import HostResult, correction, result_of, table_of
from crawler.demo.run import FolderTaken, demo, make_empty
from crawler.demo.stories import all_stories
from crawler.demo.story import Expected
from crawler.store.job import hold

STORIES = {story.host: story for story in all_stories()}


def test_a_folder_of_something_else_is_never_emptied(tmp_path):
    (tmp_path / "thesis.tex").write_text("years of work")

    with pytest.raises(FolderTaken):
        make_empty(tmp_path)
    assert (tmp_path / "thesis.tex").exists()


def test_a_folder_that_cannot_be_made_and_one_in_use_are_refused(tmp_path):
    (tmp_path / "file").write_text("")
    make_empty(tmp_path / "job")

    with pytest.raises(FolderTaken, match="cannot be used"):
        make_empty(tmp_path / "file" / "job")
    with hold(tmp_path / "job"), pytest.raises(FolderTaken, match="is running"):
        make_empty(tmp_path / "job")


def test_a_folder_of_an_earlier_demo_is_emptied(tmp_path):
    make_empty(tmp_path / "job")
    (tmp_path / "job" / "crawl.db").write_text("")
    make_empty(tmp_path / "job")

    assert not (tmp_path / "job" / "crawl.db").exists()


@pytest.mark.parametrize(
    ("result", "right"),
    [
        (HostResult(4, {"robots_meta.noai": 5}, {}, 0), True),
        (HostResult(4, {"robots_meta.noai": 5}, {"status-500": 1}, 0), True),
        (HostResult(5, {"robots_meta.noai": 5}, {}, 0), False),
        (HostResult(4, {"robots_meta.noai": 4}, {}, 0), False),
        (HostResult(4, {"prose.reservation": 5}, {}, 0), False),
        (HostResult(4, {"robots_meta.noai": 5}, {}, 1), False),
        (HostResult(4, {"robots_meta.noai": 5}, {}, 0, licences=("", "CC-BY-4.0")), False),
    ],
)
def test_a_host_is_right_only_if_counts_and_rules_are(result, right):
    assert result.matches(Expected((4, 4), {"robots_meta.noai": 5})) is right


def test_a_host_that_went_wrong_is_marked_and_put_right():
    result = HostResult(9, {}, {"type": 1}, 0)
    story = STORIES["galleria.test"]

    assert "✗" in _shown(table_of(STORIES, {"galleria.test": result}))
    assert correction("galleria.test", story, result) == (
        "galleria.test: expected 4 kept, 5 robots_meta.noai, 0 waiting;"
        " came out as 9 kept, 1 type, 0 waiting"
    )


@pytest.mark.slow
async def test_the_demo_is_right_for_every_host_and_pages_refused_by_file_are_never_asked_for(
    tmp_path,
):
    exported = []
    console = Console(file=io.StringIO(), width=200)

    right = await demo(
        tmp_path / "job",
        clock=time.time,
        export=lambda job, out: exported.append((job, out)),
        console=console,
    )

    assert right, console.file.getvalue()
    assert exported == [(tmp_path / "job", tmp_path / "job" / "corpus")]
    with sqlite3.connect(tmp_path / "job" / "crawl.db") as connection:
        assert result_of(connection, "journal.test").refused.keys() == {"tokens.agent"}
        requested = connection.execute(
            "SELECT count(*) FROM decision JOIN url ON url.id = decision.url_id"
            " WHERE url.url LIKE 'http://journal.test/%' AND decision.gate > 1"
        ).fetchone()[0]
    connection.close()
    assert requested == 0


def _shown(table):
    console = Console(file=io.StringIO(), width=200)
    console.print(table)
    return console.file.getvalue()


@pytest.mark.slow
def test_the_web_served_alone_can_be_crawled_with_the_files_it_writes(tmp_path):
    crawler = (sys.executable, "-m", "crawler")
    server = subprocess.Popen([*crawler, "demo", "--serve", "--out", tmp_path])
    try:
        while not (tmp_path / "policy.toml").exists():
            assert server.poll() is None
            time.sleep(0.05)
        files = ("--seeds-file", tmp_path / "seeds.txt", "--policy", tmp_path / "policy.toml")
        crawl = [*crawler, "crawl", *files, "--job", tmp_path / "job", "--max-pages", "20"]
        done = subprocess.run(crawl, check=False, capture_output=True, timeout=60)
        assert done.returncode == 10  # a limit stopped it
    finally:
        server.send_signal(signal.SIGINT)
        code = server.wait(timeout=20)

    assert code in (0, 130)
    with sqlite3.connect(tmp_path / "job" / "crawl.db") as connection:
        kept = connection.execute("SELECT count(*) FROM page WHERE state = 'active'").fetchone()
    connection.close()
    assert kept[0] >= 20
