import json

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.core.outcome import Learned
from crawler.core.task import Task, TaskKind
from crawler.core.urls import parse
from crawler.store.archive import Archive, Writer
from crawler.store.pages import record_visit
from tests.store import made

WRITER = Writer("crawler 1", "Bot/1.0 (+https://bot.test)", "ops@bot.test")


@pytest.fixture
def job(tmp_path):
    connection = made.open_made(tmp_path)
    yield connection
    connection.close()


def opened(tmp_path, job, **about):
    archive = Archive(tmp_path, WRITER, **about)
    archive.open(job)
    return archive


def records(tmp_path):
    found = []
    for path in sorted((tmp_path / "archive").iterdir()):
        with path.open("rb") as file:
            found += [
                (
                    record.rec_type,
                    record.rec_headers.get_header("WARC-Target-URI"),
                    record.content_stream().read(),
                )
                for record in ArchiveIterator(file, check_digests="raise")
            ]
    return found


def test_a_kept_page_is_archived_with_request_and_decision(tmp_path, job):
    archive = opened(tmp_path, job)
    number = made.keep(job, "https://a.test/x?q=1", "Text", archive=archive, body=b"<p>Text")
    archive.sync(job)

    kinds = [(kind, url) for kind, url, _ in records(tmp_path)]
    url = "https://a.test/x?q=1"
    assert kinds == [("warcinfo", None), ("response", url), ("request", url), ("metadata", url)]
    assert records(tmp_path)[1][2] == b"<p>Text"
    assert json.loads(records(tmp_path)[3][2])["included"] is True
    file, offset, name = job.execute(
        "SELECT archive_file, archive_offset, record_id FROM page WHERE url_id = ?", (number,)
    ).fetchone()
    with (tmp_path / "archive" / file).open("rb") as warc:
        warc.seek(offset)
        record = next(iter(ArchiveIterator(warc)))
        assert record.rec_headers.get_header("WARC-Record-ID") == name
        assert record.http_headers.get_header("content-type") == "text/html; charset=utf-8"


def test_a_robots_txt_is_archived_and_a_refused_page_is_not(tmp_path, job):
    archive = opened(tmp_path, job)
    robots = Task(0, parse(made.ROBOTS.url), TaskKind.FILE, ("127.0.0.1",), origin="https://a.test")
    record_visit(job, robots, Learned(made.ROBOTS), None, made.CONTEXT, made.NOW, archive)
    made.refuse(job, "https://a.test/no")
    archive.sync(job)

    assert [kind for kind, _, _ in records(tmp_path)] == ["warcinfo", "response"]
    assert records(tmp_path)[1][2] == made.ROBOTS.body


def test_what_no_transaction_committed_is_cut_off(tmp_path, job):
    archive = opened(tmp_path, job)
    made.keep(job, "https://a.test/1", "One", archive=archive)
    archive.sync(job)
    whole = (tmp_path / "archive" / "crawl-00000.warc.gz").read_bytes()
    made.keep(job, "https://a.test/2", "Two", archive=archive)
    archive._file.flush()  # and the process dies before the commit

    again = opened(tmp_path, job)

    assert (tmp_path / "archive" / "crawl-00000.warc.gz").read_bytes() == whole
    made.keep(job, "https://a.test/3", "Three", archive=again)
    again.sync(job)
    assert [body for kind, _, body in records(tmp_path) if kind == "response"] == [b"One", b"Three"]


def test_a_rolled_back_transaction_leaves_no_bytes(tmp_path, job):
    archive = opened(tmp_path, job)
    made.keep(job, "https://a.test/1", "One", archive=archive)
    archive.rollback()
    made.keep(job, "https://a.test/2", "Two", archive=archive)
    archive.sync(job)

    assert [body for kind, _, body in records(tmp_path) if kind == "response"] == [b"Two"]


def test_files_are_cut_at_their_size_and_go_on_after_a_restart(tmp_path, job):
    archive = opened(tmp_path, job, max_bytes=1)
    for name in "abc":
        made.keep(job, f"https://a.test/{name}", name, archive=archive)
        archive.sync(job)
    archive.close()
    again = opened(tmp_path, job, max_bytes=1)
    made.keep(job, "https://a.test/d", "d", archive=again)
    again.sync(job)

    assert len(list((tmp_path / "archive").iterdir())) == 4
    assert [body for kind, _, body in records(tmp_path) if kind == "response"] == [
        b"a",
        b"b",
        b"c",
        b"d",
    ]
