"""A job of store version 2: texts in its evidence, and rows that no seal fixes."""

import gzip
import json
import sqlite3
from pathlib import Path

import pytest

from crawler.core.consent import decide, rules_version
from crawler.corpus.removal.leftovers import needles, search
from crawler.corpus.upkeep.verify_job import verify
from crawler.store import older_jobs as tidying
from crawler.store.database import connect
from crawler.store.job import DATABASE, open_for_writing, open_job
from crawler.store.ledger import append, entries
from crawler.store.pages import seal_page
from tests.corpus import made

OLD = Path(__file__).with_name("job_version_2.db.gz")
DIARY = ["Entry 7 of the diary of Ada Zebrawood", "Ada Zebrawood"]


@pytest.fixture
def old(tmp_path):
    folder = tmp_path / "job"
    folder.mkdir()
    (folder / DATABASE).write_bytes(gzip.decompress(OLD.read_bytes()))
    return folder


def proof(folder):
    return verify(folder, decide, rules_version(), None)


def change(folder, *statements):
    connection = sqlite3.connect(folder / DATABASE)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_an_old_job_verifies_and_what_cannot_be_proven_is_said(old):
    found = proof(old)

    assert found.faults == ()
    told = " ".join(found.notes)
    for kind in ("decision", "tombstone", "takedown", "annotation", "cluster"):
        assert f"of kind {kind} were made before" in told


def test_an_old_job_is_cleaned_once_by_what_writes_to_it(old):
    assert search(old, needles(DIARY)).found == (DATABASE,)

    open_for_writing(old).close()

    assert search(old, needles(DIARY)).found == ()
    found = proof(old)
    assert found.faults == ()
    assert not any("were made before" in note for note in found.notes)
    before = (old / DATABASE).read_bytes()
    open_for_writing(old).close()
    assert (old / DATABASE).read_bytes() == before


async def test_a_crawl_cleans_it_as_well(old):
    async with open_job(old):
        pass

    assert search(old, needles(DIARY)).found == ()


def test_each_cleaned_row_is_sealed_again(old):
    connection = open_for_writing(old)

    cleaned = [entry for entry in entries(connection) if entry.kind == "cleaned"]
    assert [bool(entry.subject) for entry in cleaned] == [True, False]
    assert list(cleaned[1].payload["rows"]) == ["decision"]
    connection.close()


def test_a_kill_between_two_batches_loses_nothing(old, monkeypatch):
    real, batches = tidying._some, []

    def killed(connection):
        batches.append(1)
        if len(batches) > 2:
            raise KeyboardInterrupt
        return real(connection)

    monkeypatch.setattr(tidying, "_BATCH", 1)
    monkeypatch.setattr(tidying, "_some", killed)
    connection = connect(old / DATABASE)
    with pytest.raises(KeyboardInterrupt):
        tidying.tidy(connection)
    connection.close()
    monkeypatch.setattr(tidying, "_some", real)

    assert proof(old).faults == ()
    open_for_writing(old).close()
    assert proof(old).faults == ()
    assert search(old, needles(DIARY)).found == ()


def test_cleaning_does_not_seal_what_was_altered(old):
    change(old, "UPDATE page SET text = 'planted' WHERE url = 'https://a.test/kept'")

    open_for_writing(old).close()

    assert "page https://a.test/kept" in " ".join(fault.place for fault in proof(old).faults)
    assert search(old, needles(DIARY)).found == ()


def test_an_alteration_after_the_cleaning_is_found(old):
    open_for_writing(old).close()
    change(old, "UPDATE decision SET included = 1, reason = 'ok' WHERE reason = 'xrt.noai'")

    assert len(proof(old).faults) >= 2


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_cleaned_entry_with_another_decision_is_an_alteration(old, when):
    """Whoever can write the file seals a page anew, and says that a text was taken out."""
    if when == "after":
        open_for_writing(old).close()
    connection = connect(old / DATABASE)
    (number,) = connection.execute(
        "SELECT url_id FROM page WHERE url = 'https://a.test/plain'"
    ).fetchone()
    connection.execute("UPDATE decision SET reason = 'licence.open' WHERE url_id = ?", (number,))
    was = json.loads(
        connection.execute(
            "SELECT payload FROM ledger WHERE kind = 'include' AND subject != '' ORDER BY seq"
        ).fetchall()[1][0]
    )["digest"]
    seal_page(connection, number, "cleaned", {"was": was}, 0.0)
    connection.close()

    places = " ".join(fault.place for fault in verify(old, decide, "2026-11-22", 1).faults)
    assert "https://a.test/plain decision" in places or "ledger" in places


def test_no_text_is_taken_out_of_a_job_that_was_born_clean(tmp_path):
    job = made.job(tmp_path / "job")
    job.page("https://a.test/1", "Some text.")
    subject = next(entry.subject for entry in entries(job.connection) if entry.subject)
    digest = json.loads(
        job.connection.execute(
            "SELECT payload FROM ledger WHERE subject = ?", (subject,)
        ).fetchone()[0]
    )["digest"]
    append(job.connection, "cleaned", {"was": digest, "digest": digest}, 0.0, subject)

    (fault,) = verify(job.folder, None, "1").faults
    assert "never kept" in fault.what
    job.connection.close()
