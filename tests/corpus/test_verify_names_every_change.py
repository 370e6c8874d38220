"""Every row that matters is held against the ledger, and what was changed is named."""

import shutil
import sqlite3

import pytest

from crawler.core.consent import decide, rules_version
from crawler.corpus.export.export_job import export
from crawler.corpus.removal import takedown
from crawler.corpus.removal.purge import Order, Selector, purge
from crawler.corpus.upkeep.annotate import annotate
from crawler.corpus.upkeep.duplicates import cluster
from crawler.corpus.upkeep.verify_job import verify
from crawler.store.damaged_reads import Spared
from crawler.store.database import commit, connect
from crawler.store.job import open_for_writing
from crawler.store.ledger import append, entries
from crawler.store.page_rows import DECISION
from crawler.store.row_seals import KINDS
from crawler.store.suppression import open_suppression
from tests.corpus import made
from tests.store import made as store
from tests.store.made import NOW

TEXT = "The same words stand on two pages of two hosts, which makes near-duplicates of them."


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("seals") / "job"
    job = made.standard(folder)
    job.page("https://d.test/1", TEXT)
    job.page("https://d.test/2", TEXT)
    annotate(job.connection, [1, 2], Spared())
    cluster(job.connection)
    job.connection.execute("BEGIN")
    takedown.add(job.connection, "optout", ("domain", "b.test"), "mail", NOW)
    commit(job.connection)
    purge(folder, Selector(domain="b.test"), Order("optout"), None, NOW)
    export(folder, folder.parent / "out", made.plan(version="1.0.0"))
    job.connection.close()
    return folder


def faults(folder):
    return verify(folder, None, "1").faults


def altered(folder, tmp_path, statement):
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    connection = sqlite3.connect(copy / "crawl.db")
    connection.executescript(
        "DROP TRIGGER ledger_no_update; DROP TRIGGER ledger_no_delete; PRAGMA foreign_keys = OFF;"
        + statement
    )
    connection.commit()
    connection.close()
    return copy


REFUSAL = "(SELECT url_id FROM decision WHERE included = 0 LIMIT 1)"
WHERE = dict.fromkeys(KINDS, "TRUE") | {"decision": f"url_id = {REFUSAL}"}


def columns():
    connection = connect(":memory:")
    return [
        (kind, row[1], row[2])
        for kind, sealed in KINDS.items()
        for row in connection.execute(f"PRAGMA table_info({sealed.table})")
    ]


def test_an_untouched_job_has_no_fault(folder):
    assert faults(folder) == ()


def test_every_column_of_a_decision_is_sealed():
    assert all(name in KINDS["decision"].query for name in DECISION)


@pytest.mark.parametrize(("kind", "column", "type_"), columns())
def test_any_altered_value_is_found_and_its_row_named(folder, tmp_path, kind, column, type_):
    value = {"TEXT": f"{column} || 'x'", "BLOB": "x'00'"}.get(type_, f"ifnull({column}, 0) + 1000")
    statement = f"UPDATE {KINDS[kind].table} SET {column} = {value} WHERE {WHERE[kind]}"  # noqa: S608

    found = faults(altered(folder, tmp_path, statement))

    assert any(fault.place.startswith(f"{kind} ") for fault in found), found


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_that_was_deleted_is_named(folder, tmp_path, kind):
    statement = f"DELETE FROM {KINDS[kind].table} WHERE {WHERE[kind]}"  # noqa: S608

    found = faults(altered(folder, tmp_path, statement))

    assert any(fault.place.startswith(kind) and "missing" in fault.what for fault in found), found


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_that_was_deleted_with_its_seal_is_named(folder, tmp_path, kind):
    statement = (
        f"DELETE FROM {KINDS[kind].table} WHERE {WHERE[kind]};"  # noqa: S608
        f"DELETE FROM seal WHERE kind = '{kind}';"
    )

    found = faults(altered(folder, tmp_path, statement))

    assert any(fault.place.startswith(kind) and "seal" in fault.what for fault in found), found


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE decision SET included = 1 WHERE url_id = {REFUSAL}",  # noqa: S608
        f"UPDATE url SET url = url || 'x' WHERE id = {REFUSAL}",  # noqa: S608
        "INSERT INTO released VALUES ('1.0.0', 'x', 'y')",
        "DELETE FROM released WHERE doc_id = (SELECT min(doc_id) FROM released)",
        "UPDATE released SET text = 'y'",
        "INSERT INTO release SELECT '2.0.0', at, seq, head, manifest FROM release",
        "INSERT INTO tombstone VALUES ('x', 0, 'optout', 'url', '', '', 'purged')",
        "INSERT INTO annotation VALUES (999, '', '{}', '{}')",
        "INSERT INTO seal VALUES ('tombstone', 'x', x'00', 2)",
        "INSERT INTO seal VALUES ('tombstone', 'x', x'00', 9999)",
        "UPDATE seal SET salt = x'00' WHERE kind = 'takedown'",
        "UPDATE seal SET seq = seq - 1",
        "UPDATE takedown SET closed = NULL, verified = NULL, outcome = 'rejected: no'",
        "UPDATE cluster SET kept = 1 - kept",
        "UPDATE annotation SET pii = '{}', quality = '{}'",
        "DELETE FROM ledger WHERE seq = (SELECT max(seq) FROM ledger)",
        "DELETE FROM ledger WHERE seq > 3",
        "UPDATE meta SET value = '1 x' || value WHERE key = 'ledger'",
    ],
)
def test_what_was_changed_is_found(folder, tmp_path, statement):
    if "'1 x'" in statement:  # a note that cannot be read says nothing, and the rest still holds
        assert faults(altered(folder, tmp_path, statement)) == ()
    else:
        assert faults(altered(folder, tmp_path, statement))


def test_an_older_row_and_seal_put_back_are_found(folder, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    connection = connect(copy / "crawl.db")
    row = connection.execute("SELECT * FROM takedown WHERE id = 1").fetchone()
    old = connection.execute("SELECT * FROM seal WHERE kind = 'takedown'").fetchall()
    connection.execute("BEGIN")
    takedown.reject(connection, 1, "no proof", NOW)
    commit(connection)
    connection.close()
    assert faults(copy) == ()

    connection = sqlite3.connect(copy / "crawl.db")
    connection.execute("DELETE FROM takedown")
    connection.execute(f"INSERT INTO takedown VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608
    connection.executemany("INSERT OR REPLACE INTO seal VALUES (?, ?, ?, ?)", old)
    connection.commit()
    connection.close()

    assert "takedown 1" in {fault.place for fault in faults(copy)}


def test_the_next_run_does_not_seal_what_another_program_changed(folder, tmp_path):
    copy = altered(folder, tmp_path, "UPDATE tombstone SET reason = 'nothing'")
    connection = open_for_writing(copy)
    connection.execute("BEGIN")
    takedown.add(connection, "optout", ("domain", "c.test"), "", NOW)
    commit(connection)
    connection.close()

    assert any(fault.place.startswith("tombstone") for fault in faults(copy))


def test_what_comes_after_a_cut_leaves_it_to_be_seen(folder, tmp_path):
    copy = altered(folder, tmp_path, "DELETE FROM ledger WHERE seq = (SELECT max(seq) FROM ledger)")
    connection = connect(copy / "crawl.db")
    append(connection, "verify", {}, NOW)
    connection.close()

    assert any("is missing" in fault.what for fault in faults(copy))


def test_rolling_back_seals_nothing(tmp_path):
    job = made.job(tmp_path / "job")
    before = len(list(entries(job.connection)))
    job.connection.execute("BEGIN")
    takedown.add(job.connection, "optout", ("domain", "c.test"), "", NOW)
    job.connection.execute("ROLLBACK")
    job.connection.execute("BEGIN")
    commit(job.connection)

    assert len(list(entries(job.connection))) == before
    job.connection.close()


def test_an_erasure_leaves_no_digest_that_a_guess_could_be_held_against(tmp_path):
    job = made.job(tmp_path / "job")
    store.refuse(job.connection, "https://a.test/no")
    (old,) = job.connection.execute("SELECT salt FROM seal WHERE kind = 'decision'").fetchone()

    suppression = open_suppression(tmp_path / "list.jsonl")
    order = Order("erasure", erase=True)
    purge(job.folder, Selector(urls=("https://a.test/no",)), order, suppression, NOW)

    salts = [row[0] for row in job.connection.execute("SELECT salt FROM seal")]
    assert old not in salts
    assert verify(job.folder, decide, rules_version()).faults == ()
    job.connection.close()


def test_no_salt_of_what_was_erased_can_be_made_again(tmp_path):
    job = made.job(tmp_path / "job")
    store.refuse(job.connection, "https://a.test/no")
    query = "SELECT value FROM meta WHERE key = 'salts'"
    before = job.connection.execute(query).fetchone()
    suppression = open_suppression(tmp_path / "list.jsonl")
    order = Order("erasure", erase=True)

    purge(job.folder, Selector(urls=("https://a.test/no",)), order, suppression, NOW)

    assert job.connection.execute(query).fetchone() != before
    job.connection.close()
