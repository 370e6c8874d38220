import json
import os
import shutil
import sqlite3
import sys

import pytest

from crawler.cli import main
from crawler.corpus.upkeep.doctor import examine
from crawler.store.connection import NoJobError
from crawler.store.database import SCHEMA_VERSION, StoreError, connect
from crawler.store.job import DATABASE, hold
from crawler.store.write_ahead_log import read_log
from tests.corpus import made
from tests.store.made import NOW


@pytest.fixture(scope="module")
def made_job(tmp_path_factory):
    """Make a job as a crawl leaves it: its hosts are there, the log is taken in."""
    folder = tmp_path_factory.mktemp("small") / "job"
    standard = made.standard(folder)
    standard.connection.close()
    change(folder, *HOSTS)
    assert examine(folder, NOW, repair=False).left == ()
    return folder


@pytest.fixture
def job(made_job, tmp_path):
    return shutil.copytree(made_job, tmp_path / "job")


HOSTS = (
    "INSERT INTO host (id, name, site, urls) VALUES (7, 'a.test', 'a.test', 9)",
    "UPDATE url SET host_id = 7, state = 2",
)


def change(folder, *statements):
    connection = connect(folder / DATABASE)
    connection.execute("PRAGMA foreign_keys = OFF")
    for statement in statements:
        connection.execute(statement)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def rows(folder, query):
    connection = sqlite3.connect(folder / DATABASE)
    found = connection.execute(query).fetchall()
    connection.close()
    return found


def told(folder, *, repair=False):
    found = examine(folder, NOW, repair=repair).findings
    return {item.place: item.what for item in found if not item.note}


def left(folder):
    return [f"{item.place}: {item.what}" for item in examine(folder, NOW, repair=False).left]


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("UPDATE host SET waiting = 5", "host.waiting"),
        ("UPDATE url SET state = 0 WHERE id = 1", "host.waiting"),
        ("UPDATE url SET state = 1, due = 9 WHERE id = 2", "host.later_at"),
        ("UPDATE host SET urls = 1", "host.urls"),
        ("DELETE FROM host", "host 7"),
        ("DELETE FROM url WHERE url = 'https://c.test/1'", "url"),
        ("INSERT INTO archive VALUES ('crawl-00000.warc.gz', 0)", "archive/crawl-00000.warc.gz"),
    ],
)
def test_rows_that_disagree_are_named_and_what_follows_from_others_is_mended(job, statement, place):
    if "archive" in statement:
        (job / "archive").mkdir()
        (job / "archive" / "crawl-00000.warc.gz").write_bytes(b"\x1f\x8bnever committed")
    change(job, statement)

    assert place in told(job)
    examine(job, NOW, repair=True)
    assert left(job) == []


def test_examining_changes_nothing(job):
    change(job, "UPDATE host SET waiting = 5")
    before = (job / DATABASE).read_bytes()

    assert left(job) == ["host.waiting: is wrong for 1 hosts"]
    assert (job / DATABASE).read_bytes() == before


def test_an_index_that_lost_entries_is_built_anew(job):
    connection = connect(job / DATABASE)
    connection.execute("PRAGMA writable_schema = ON")
    (definition,) = connection.execute(
        "SELECT sql FROM sqlite_schema WHERE name = 'page_by_site'"
    ).fetchone()
    partial = definition + " WHERE url_id > 3"
    connection.execute("DROP INDEX page_by_site")
    connection.execute(partial)
    connection.execute(
        "UPDATE sqlite_schema SET sql = ? WHERE name = 'page_by_site'", (definition,)
    )
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()

    assert "index page_by_site" in told(job)[DATABASE]
    assert examine(job, NOW, repair=True).left == ()
    assert left(job) == []


def test_an_altered_ledger_is_told_and_left_alone(job):
    change(job, "DROP TRIGGER ledger_no_update", "UPDATE ledger SET kind = 'x' WHERE seq = 3")

    assert "its hash does not fit" in told(job, repair=True)["ledger 3"]
    assert "its hash does not fit" in told(job)["ledger 3"]


def archived(folder):
    (folder / "archive").mkdir(exist_ok=True)
    path = folder / "archive" / "crawl-00000.warc.gz"
    path.write_bytes(b"\x1f\x8brecord")
    change(
        folder,
        "INSERT INTO archive VALUES ('crawl-00000.warc.gz', 8)",
        "UPDATE page SET archive_file = 'crawl-00000.warc.gz' WHERE url_id = 1",
    )
    return path


def archive_of(folder):
    """Return what is said of the files as a whole; what lies in them is for verify."""
    return {
        place: what
        for place, what in told(folder).items()
        if place.startswith("archive/") and " at " not in place
    }


def test_bytes_that_no_transaction_committed_are_cut_off_the_archive(job):
    path = archived(job)
    with path.open("ab") as file:
        file.write(b"and half a record")

    assert "17 bytes at its end" in archive_of(job)["archive/crawl-00000.warc.gz"]
    examine(job, NOW, repair=True)
    assert archive_of(job) == {}
    assert path.read_bytes() == b"\x1f\x8brecord"


def test_an_archive_that_was_cut_or_lost_is_told(job):
    path = archived(job)
    path.write_bytes(b"\x1f\x8brec")
    assert "was cut: 5 bytes are left of 8" in archive_of(job)["archive/crawl-00000.warc.gz"]

    path.unlink()
    assert "is missing" in archive_of(job)["archive/crawl-00000.warc.gz"]


def test_an_archive_whose_row_is_lost_is_counted_in_again(job):
    path = archived(job)
    change(job, "DELETE FROM archive")

    examine(job, NOW, repair=True)

    assert rows(job, "SELECT * FROM archive") == [("crawl-00000.warc.gz", 8)]
    assert path.exists()


def test_small_files_that_are_damaged_or_unfinished_are_put_right(job):
    (job / "judging").write_bytes(b"abc")
    (job / "crawl.db.new").write_bytes(b"half")

    assert {"judging", "crawl.db.new"} <= told(job).keys()
    examine(job, NOW, repair=True)
    assert left(job) == []


def test_a_url_that_was_being_judged_and_an_unclean_end_are_worth_a_note(job):
    (job / "judging").write_bytes((5).to_bytes(8, "little"))
    change(job, "INSERT INTO meta VALUES ('running', '1')")

    found = examine(job, NOW, repair=False)

    assert [item.place for item in found.findings] == ["the last run", "judging"]
    assert found.left == ()


def test_a_clock_that_was_set_back_is_told(job):
    (finding,) = examine(job, NOW - 10_000, repair=False).left

    assert finding.place == "the clock"


def test_a_job_at_work_is_examined_and_not_repaired(job):
    with hold(job):
        (note,) = examine(job, NOW, repair=False).findings
        with pytest.raises(StoreError, match="another crawler"):
            examine(job, NOW, repair=True)

    assert note.note
    assert str(os.getpid()) in note.what


def test_a_newer_database_is_left_alone(job):
    change(job, f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    before = (job / DATABASE).read_bytes()

    assert "newer crawler" in told(job, repair=True)[DATABASE]
    assert (job / DATABASE).read_bytes() == before


def test_a_folder_without_a_job_is_no_job(tmp_path):
    with pytest.raises(NoJobError):
        examine(tmp_path, NOW, repair=True)


# --- damaged pages


PAGES = 220


@pytest.fixture(scope="module")
def made_large(tmp_path_factory):
    """Make a job of a few hundred pages, so that its tables have many leaves."""
    folder = tmp_path_factory.mktemp("large") / "job"
    many = made.job(folder)
    for number in range(PAGES):
        many.page(
            f"https://a.test/{number}",
            f"Text {number}. " + "words " * 150,
            site=() if number else None,
        )
    many.connection.close()
    change(folder, HOSTS[0].replace("9)", f"{PAGES + 1})"), HOSTS[1])
    assert left(folder) == []
    return folder


@pytest.fixture
def large(made_large, tmp_path):
    return shutil.copytree(made_large, tmp_path / "job")


def size_and_roots(folder):
    (size,) = rows(folder, "PRAGMA page_size")[0]
    return size, dict(rows(folder, "SELECT name, rootpage FROM sqlite_schema"))


def overwrite(folder, page, size, data=None):
    with (folder / DATABASE).open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(data or b"\xa5" * size)


def leaf_of(folder, size, needle):
    """Return the number of a page that holds `needle`."""
    raw = (folder / DATABASE).read_bytes()
    return raw.index(needle) // size + 1


def test_a_damaged_page_costs_its_own_rows_and_the_damaged_file_is_kept(large):
    size, _ = size_and_roots(large)
    overwrite(large, leaf_of(large, size, b"Text 100. words"), size)
    damaged = (large / DATABASE).read_bytes()

    assert "is damaged" in told(large)[DATABASE]
    found = examine(large, NOW, repair=True)

    assert (large / "crawl.db.damaged-1").read_bytes() == damaged
    kept = {url for (url,) in rows(large, "SELECT url FROM page")}
    assert PAGES - 30 < len(kept) < PAGES
    assert rows(large, "SELECT max(seq) - count(*) FROM ledger") == [(0,)]
    assert any(item.place == "table page" for item in found.left)
    assert rows(large, "PRAGMA integrity_check") == [("ok",)]


@pytest.mark.parametrize("step", range(6))
def test_whatever_page_is_damaged_is_told_and_the_rest_is_saved(large, step):
    size, _ = size_and_roots(large)
    pages = (large / DATABASE).stat().st_size // size
    overwrite(large, 2 + step * (pages - 2) // 6, size)

    before = examine(large, NOW, repair=False)
    examine(large, NOW, repair=True)

    assert before.left
    assert rows(large, "PRAGMA integrity_check") == [("ok",)]
    assert len(rows(large, "SELECT 1 FROM page")) > PAGES * 0.8


def test_a_damaged_first_page_is_replaced_by_that_of_a_fresh_database(large):
    size, _ = size_and_roots(large)
    overwrite(large, 1, size)

    assert "is damaged" in told(large)[DATABASE]
    found = examine(large, NOW, repair=True)

    assert found.left == ()
    assert len(rows(large, "SELECT 1 FROM page")) == PAGES


def test_a_file_that_is_no_database_is_kept_as_it_is(tmp_path):
    (tmp_path / DATABASE).write_bytes(b"not a database at all" * 500)

    found = told(tmp_path, repair=True)

    assert "is damaged" in found[DATABASE]
    assert (tmp_path / DATABASE).read_bytes() == b"not a database at all" * 500


def test_a_cut_log_is_told_and_what_came_before_is_whole(large, tmp_path):
    copy = tmp_path / "copy"
    connection = connect(large / DATABASE)
    for number in range(5):
        connection.execute("INSERT INTO meta VALUES (?, 'x')", (f"key {number}",))
    shutil.copytree(large, copy)
    connection.close()
    log = copy / f"{DATABASE}-wal"
    (copy / f"{DATABASE}-shm").unlink()
    whole = read_log(copy / DATABASE)
    os.truncate(log, log.stat().st_size - 1_000)

    assert not whole.torn
    assert f"{whole.whole - 1} transactions" in told(copy)[f"{DATABASE}-wal"]
    assert examine(copy, NOW, repair=True).left == ()
    assert rows(copy, "SELECT count(*) FROM meta WHERE key LIKE 'key %'") == [(4,)]


# --- the command


@pytest.fixture
def doctor(monkeypatch, capsys):
    """Return a function that runs the command and gives its code, output and errors."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["crawler", "doctor", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        return ended.value.code or 0, *capsys.readouterr()

    return run


def test_the_command_says_what_is_wrong_mends_it_and_tells_by_its_code(job, tmp_path, doctor):
    change(job, "UPDATE host SET waiting = 5")

    wrong, mended, fine = doctor(job), doctor(job, "--repair"), doctor(job, "--json")
    code, _, errors = doctor(tmp_path / "no-such-job")

    assert (wrong[0], mended[0], fine[0], code) == (1, 0, 0, 2)
    assert "FAULT  host.waiting: is wrong for 1 hosts" in wrong[1]
    assert "mended host.waiting" in mended[1]
    assert json.loads(fine[1])[0]["left"] == 0
    assert errors.count("\n") == 1


def test_shards_are_examined_with_the_folder_that_holds_them(job, tmp_path, doctor):
    parent = tmp_path / "parent"
    parent.mkdir()
    (parent / "shards.json").write_text("{")
    shutil.copytree(job, parent / "shard-000")
    shutil.copytree(job, parent / "shard-001")
    change(parent / "shard-001", "UPDATE host SET waiting = 5")
    (parent / "shard-000" / "inbox").mkdir()
    (parent / "shard-000" / "inbox" / "1-001.jsonl").write_text("[half")

    wrong, mended, fine = doctor(parent), doctor(parent, "--repair"), doctor(parent)

    assert (wrong[0], mended[0], fine[0]) == (1, 0, 0)
    assert "shards.json" in wrong[1]
    assert "shard-001" in wrong[1]
    assert json.loads((parent / "shards.json").read_text()) == {"shards": 2}
    assert (parent / "shard-000" / "inbox" / "1-001.damaged").exists()
