import pytest

from crawler.core.content import ContentSettings
from crawler.corpus.upkeep.reextract import Extracted, extract, to_extract
from crawler.store.archive import Archive, Writer
from crawler.store.ledger import entries, verify_chain
from tests.corpus import made
from tests.store.made import NOW

PAGE = (
    b"<html><body><nav><a href=/>Home</a></nav><main><h1>Tides</h1>"
    b"<p>The tide follows the moon, and the harbour follows the tide.</p></main></body></html>"
)


@pytest.fixture
def archived(tmp_path):
    """Make a job with two pages that have raw copies and one that has none."""
    job = made.job(tmp_path)
    archive = Archive(tmp_path, Writer("test/1", "TestBot/1.0", "https://t.test/"))
    run = job.connection.execute
    run("BEGIN IMMEDIATE")
    archive.open(job.connection)
    for name in ("1", "2"):
        job.page(f"https://a.test/{name}", "old text", archive=archive, body=PAGE)
    job.page("https://a.test/3", "has no raw copy")
    archive.sync(job.connection)
    run("COMMIT")
    archive.close()
    return job


def again(job, **settings):
    result = Extracted()
    numbers = to_extract(job.connection)
    extract(job.connection, job.folder, numbers, ContentSettings(**settings), NOW, result)
    return result


def texts(job):
    return [text for (text,) in job.connection.execute("SELECT text FROM page ORDER BY url")]


def test_texts_are_extracted_anew_from_the_raw_answers(archived):
    result = again(archived)

    assert (result.changed, result.same, result.no_raw_copy) == (2, 0, 1)
    assert texts(archived)[0] == texts(archived)[1]
    assert "The tide follows the moon" in texts(archived)[0]
    assert texts(archived)[2] == "has no raw copy"


def test_extracting_twice_changes_nothing_the_second_time(archived):
    again(archived)

    assert again(archived).same == 2


def test_another_extractor_leaves_its_name_and_a_ledger_entry(archived):
    again(archived, extractor="resiliparse")

    names = archived.connection.execute("SELECT DISTINCT extractor FROM page").fetchall()
    kinds = [entry.kind for entry in entries(archived.connection)]
    assert ("resiliparse",) in names
    assert kinds.count("extract") == 2
    assert verify_chain(archived.connection) == ()


def test_a_page_that_is_now_seen_to_be_a_shell_leaves_the_corpus(tmp_path):
    shell = (
        b"<div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>"
    )
    bodies = {"shell": shell, "text": PAGE, "nothing": b"<html><body></body></html>"}
    job = made.job(tmp_path)
    archive = Archive(tmp_path, Writer("test/1", "TestBot/1.0", "https://t.test/"))
    job.connection.execute("BEGIN IMMEDIATE")
    archive.open(job.connection)
    for name, body in bodies.items():
        job.page(f"https://a.test/{name}", "You need JavaScript", archive=archive, body=body)
    archive.sync(job.connection)
    job.connection.execute("COMMIT")
    archive.close()

    result = again(job)

    assert (result.shells, result.changed, result.empty) == ({"needs-script": 1}, 1, 1)
    rows = job.connection.execute(
        "SELECT page.url, page.state, state_reason, text, outcome, code FROM page"
        " JOIN url ON url.id = url_id WHERE page.state = 'retired'"
    ).fetchall()
    assert rows == [
        ("https://a.test/shell", "retired", "needs-script", "", "skipped", "needs-script")
    ]
    assert verify_chain(job.connection) == ()
    assert again(job).shells == {}


def test_a_raw_copy_that_is_gone_is_counted_and_nothing_is_lost(archived):
    for path in (archived.folder / "archive").iterdir():
        path.unlink()

    assert again(archived).no_raw_copy == 3
    assert texts(archived)[0] == "old text"
