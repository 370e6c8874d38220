"""A damaged row of a job is named, in one line and with exit code 1, and the rest goes on."""

import sqlite3

import pytest

from crawler.store.connection import StoreError
from crawler.store.damaged_reads import Spared
from tests.cli.run import run
from tests.corpus import made
from tests.corpus.site import run as in_process

UNREADABLE = "UPDATE page SET text = CAST(x'fffe41' AS TEXT) WHERE url_id = {page}"
DAMAGE = [
    ("annotate", UNREADABLE, "page "),
    ("recheck", "UPDATE decision SET page = x'789c01' WHERE url_id = {page}", "page "),
    ("find", "UPDATE decision SET decided_at = 1e308 WHERE url_id = {page}", "page "),
    ("redecide", "UPDATE decision SET page = x'789c01' WHERE url_id = {page}", "decision "),
    ("redecide", "UPDATE decision SET snapshots = '{{' WHERE url_id = {page}", "decision "),
    ("merge", UNREADABLE, "https://a.test/1"),
    ("merge", "UPDATE decision SET page = x'789c01' WHERE url_id = {page}", "https://a.test/1"),
]


@pytest.fixture
def crawler(monkeypatch, capsys):
    return lambda *words: in_process(monkeypatch, capsys, *words)


def words(command, tmp_path):
    more = {
        "find": ("a.test",),
        "recheck": ("--offline", "--policy", "strict"),
        "redecide": ("--policy", "strict"),
        "merge": ("--out", tmp_path / "merged"),
    }
    return command, tmp_path / "job", *more.get(command, ())


@pytest.mark.parametrize(("command", "spoil", "place"), DAMAGE)
def test_one_damaged_row_is_named_and_the_rest_goes_on(crawler, tmp_path, command, spoil, place):
    job = made.standard(tmp_path / "job")
    (page,) = job.connection.execute(
        "SELECT url_id FROM page WHERE url = 'https://a.test/1'"
    ).fetchone()
    job.connection.close()
    with sqlite3.connect(tmp_path / "job" / "crawl.db") as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(spoil.format(page=page))
    connection.close()

    code, said, errors = crawler(*words(command, tmp_path))

    assert code == 1
    assert errors.count("is damaged: ") == 1, errors
    assert place in errors
    assert "the rest " in errors
    if command == "annotate":
        assert said.startswith("5 pages annotated")
    elif command == "find":
        assert "https://a.test/2" in said
    elif command == "recheck":
        assert "retired: 5" in said
    elif command == "redecide":
        assert said.startswith("7 URLs decided again")
    else:
        with sqlite3.connect(tmp_path / "merged" / "crawl.db") as merged:
            urls = {url for (url,) in merged.execute("SELECT url FROM page")}
        merged.close()
        assert "https://c.test/1" in urls
        assert len(urls) >= 5


async def test_a_merge_of_a_damaged_job_is_made_again_when_it_was_mended(tmp_path):
    made.standard(tmp_path / "job").connection.close()
    database = tmp_path / "job" / "crawl.db"
    with sqlite3.connect(database) as connection:
        before = connection.execute("SELECT url_id, page FROM decision ORDER BY 1").fetchone()
        connection.execute("UPDATE decision SET page = x'789c01' WHERE url_id = ?", before[:1])
    connection.close()
    order = ("merge", tmp_path / "job", "--out", tmp_path / "merged")
    assert (await run(*order)).exit_code == 1
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE decision SET page = ? WHERE url_id = ?", before[::-1])
    connection.close()

    assert (await run(*order)).exit_code == 0
    with sqlite3.connect(tmp_path / "merged" / "crawl.db") as merged:
        (count,) = merged.execute("SELECT count(*) FROM page").fetchone()
    merged.close()
    assert count == 6


def test_nothing_of_a_row_found_damaged_half_way_stays_written():
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("CREATE TABLE t (x)")
    connection.execute("BEGIN")
    spared = Spared()
    for number in range(3):
        with spared.row(f"row {number}", connection):
            connection.execute("INSERT INTO t VALUES (?)", (number,))
            if number == 1:
                raise ValueError("no JSON")
    connection.execute("COMMIT")

    assert connection.execute("SELECT x FROM t").fetchall() == [(0,), (2,)]
    assert spared.found == ["row 1 (no JSON)"]


@pytest.mark.parametrize("error", [sqlite3.DatabaseError("malformed"), StoreError("full")])
def test_what_is_wrong_with_the_file_or_the_disk_is_no_damaged_row(error):
    spared = Spared()
    with pytest.raises(type(error)), spared.row("row"):
        raise error

    assert spared.found == []
