import shutil
import sqlite3
from dataclasses import replace
from functools import partial

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.core.consent import decide, rules_version
from crawler.core.evidence import Evidence
from crawler.core.outcome import Kept, Refused
from crawler.corpus.export.export_job import export
from crawler.corpus.removal.purge import Order, Selector, purge
from crawler.corpus.upkeep.verify_against import compare_with_job
from crawler.corpus.upkeep.verify_job import verify
from crawler.keys import sign_bytes
from crawler.store.connection import NoJobError
from crawler.store.page_rows import SEALED
from crawler.store.pages import Context, record_visit
from tests.corpus import made
from tests.store import made as store
from tests.store.made import NOW, POLICY


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("verify") / "job"
    job = made.standard(folder)
    job.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    job.connection.close()
    return folder


def faults(folder):
    return verify(folder, None, "1").faults


def test_an_untouched_job_has_no_fault(folder):
    assert faults(folder) == ()


def columns():
    return [name.split(".") for name in SEALED]


@pytest.mark.parametrize(("table", "column"), columns())
def test_any_altered_value_of_a_page_is_found_and_named(folder, tmp_path, table, column):
    copy = altered(
        folder,
        tmp_path,
        f"UPDATE {table} SET {column} = CASE typeof({column}) WHEN 'text' THEN"  # noqa: S608
        f" CASE '{column}' WHEN 'state' THEN 'held' ELSE {column} || 'x' END"
        f" WHEN 'blob' THEN CAST({column} || x'00' AS BLOB) ELSE {column} + 1000 END"
        " WHERE url_id = 2",
    )

    assert any(column in fault.place or "missing" in fault.what for fault in faults(copy)) or (
        column in ("url", "url_id") and faults(copy)
    )


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


@pytest.mark.parametrize("column", ["seq", "at", "kind", "subject", "payload", "prev_hash", "hash"])
@pytest.mark.parametrize("seq", [1, 4])
def test_any_altered_value_of_the_ledger_is_found(folder, tmp_path, column, seq):
    change = "1000" if column in ("seq", "at") else "'x'"
    operator = "+" if column in ("seq", "at") else "||"
    copy = altered(
        folder,
        tmp_path,
        f"UPDATE ledger SET {column} = {column} {operator} {change} WHERE seq = {seq}",  # noqa: S608
    )

    found = faults(copy)
    assert any(f"ledger {seq}" in fault.place for fault in found), found


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM ledger WHERE seq = 3",
        "DELETE FROM ledger WHERE seq = (SELECT max(seq) FROM ledger WHERE kind = 'include')",
        "DELETE FROM page WHERE url_id = 3",
        "DELETE FROM decision WHERE url_id = 3",
        "DELETE FROM subject WHERE url_id = 3",
        "UPDATE subject SET salt = x'00' WHERE url_id = 3",
        "UPDATE page SET marks = x'' WHERE url_id = 3",
        "UPDATE blob SET body = x'00'",
        "UPDATE snapshot SET fetched_at = fetched_at + 1 WHERE id = 1",
        "UPDATE snapshot SET found = 'absent' WHERE id = 1",
        "DELETE FROM snapshot WHERE id = 1",
        "UPDATE policy SET consent = '{}'",
        "UPDATE policy SET text = 'x'",
        "UPDATE page SET state = 'purged' WHERE url_id = 3",
        (
            "UPDATE page SET text = (SELECT text FROM page AS p WHERE p.url_id = 5 - page.url_id)"
            " WHERE url_id IN (2, 3)"
        ),
        "UPDATE decision SET verdict = '{}', reason = 'ok' WHERE included = 0",
        "UPDATE decision SET gate = gate + 1 WHERE included = 0",
        "UPDATE decision SET snapshots = '[1]' WHERE included = 0",
        "UPDATE decision SET policy_sha256 = 'x' WHERE included = 0",
        "INSERT INTO blob VALUES ('x', x'00')",
        "DELETE FROM blob",
        (
            "INSERT INTO ledger SELECT seq + 100, at, kind, subject, payload, prev_hash, hash FROM"
            " ledger WHERE seq = 2"
        ),
        (
            "UPDATE ledger SET seq = -seq WHERE seq IN (3, 4);"
            "UPDATE ledger SET seq = 7 + seq WHERE seq < 0"
        ),
        "INSERT INTO release VALUES ('1.0.0', 0, 2, 'x', 'x')",
    ],
)
def test_what_was_changed_beside_a_page_is_found(folder, tmp_path, statement):
    assert faults(altered(folder, tmp_path, statement))


def test_a_purge_leaves_a_job_that_verifies(folder, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)

    purge(copy, Selector(domain="a.test"), Order("optout"), None, NOW)

    assert faults(copy) == ()
    connection = sqlite3.connect(copy / "crawl.db")
    connection.execute("UPDATE page SET text = 'planted' WHERE url_id = 1")
    connection.commit()
    connection.close()
    (fault,) = faults(copy)
    assert fault.place == "page 1 text"


def test_a_refusal_is_decided_again_as_well(tmp_path):
    job = made.job(tmp_path / "job")
    url = "https://a.test/no"
    task = store.task(store.add_url(job.connection, url), url, (job.robots("https://a.test"),))
    evidence = replace(store.PLAIN, headers=(("x-robots-tag", "noai"),))
    decision = decide(Evidence(task.url, task.site, evidence), POLICY, NOW)
    context = Context(POLICY.sha256, rules_version())
    refused = Refused(decision, evidence)
    record_visit(job.connection, task, refused, store.response(url), context, NOW)
    assert verify(job.folder, decide, rules_version(), None).faults == ()
    job.connection.execute("UPDATE decision SET deciding = 'null'")

    found = verify(job.folder, decide, rules_version(), None).faults
    assert [fault.place for fault in found] == ["decision 1", "page https://a.test/no decision"]
    job.connection.close()


def test_decisions_are_made_again_from_their_evidence(tmp_path):
    job = made.job(tmp_path / "job")
    robots = job.robots("https://a.test")
    for name in ("1", "2"):
        url = f"https://a.test/{name}"
        number = store.add_url(job.connection, url)
        task = store.task(number, url, (robots,))
        decision = decide(Evidence(task.url, task.site, store.PLAIN), POLICY, NOW)
        kept = Kept(decision, store.PLAIN, store.document(f"Text {name}"))
        context = Context(POLICY.sha256, rules_version())
        record_visit(job.connection, task, kept, store.response(url), context, NOW)

    result = verify(tmp_path / "job", decide, rules_version(), None)
    assert (result.faults, result.decided_again) == ((), 2)

    def strict(evidence, policy, at):
        return decide(Evidence(evidence.url, (), None), policy, at)

    assert len(verify(tmp_path / "job", strict, rules_version(), None).faults) == 2
    job.connection.close()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_altered_byte_of_an_export_is_found_and_its_file_named(folder, tmp_path, data):
    out = tmp_path / "out"
    if not out.exists():
        export(folder, out, made.plan(sign=partial(sign_bytes, Ed25519PrivateKey.generate())))
        assert verify(out, None, "1").faults == ()
    files = sorted(path for path in out.rglob("*") if path.is_file())
    path = data.draw(st.sampled_from(files))
    raw = path.read_bytes()
    if not raw:
        return
    at = data.draw(st.integers(0, len(raw) - 1))
    flip = data.draw(st.integers(1, 255))

    path.write_bytes(raw[:at] + bytes((raw[at] ^ flip,)) + raw[at + 1 :])
    found = verify(out, None, "1").faults
    path.write_bytes(raw)

    name = "manifest.json" if path.name.startswith("manifest") else path.relative_to(out).as_posix()
    assert any(name in fault.place for fault in found)


def test_no_altered_byte_of_a_manifest_is_a_traceback(folder, tmp_path):
    out = tmp_path / "out"
    export(folder, out, made.plan())
    path = out / "manifest.json"
    raw = path.read_bytes()

    for at in range(0, len(raw), 61):
        path.write_bytes(raw[:at] + bytes((raw[at] ^ 1,)) + raw[at + 1 :])
        assert "manifest.json" in {fault.place for fault in verify(out, None, "1").faults}


def test_a_line_end_of_the_sidecar_cannot_be_exchanged(folder, tmp_path):
    out = tmp_path / "out"
    export(folder, out, made.plan())
    path = out / "manifest.json.sha256"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r"))

    assert verify(out, None, "1").faults


def test_a_head_that_was_published_and_is_gone_is_found(folder, tmp_path):
    out = tmp_path / "out"
    export(folder, out, made.plan())
    copy = altered(folder, tmp_path, "DELETE FROM ledger WHERE seq = (SELECT max(seq) FROM ledger)")

    assert compare_with_job(out, folder).faults == []
    (fault,) = compare_with_job(out, copy).faults
    assert "it lost" in fault.what


def test_a_file_too_many_or_too_few_is_found(folder, tmp_path):
    out = tmp_path / "out"
    export(folder, out, made.plan())
    (out / "data" / "more.txt").write_text("more")
    (out / "README.md").unlink()

    places = {fault.place for fault in verify(out, None, "1").faults}
    assert places == {"data/more.txt", "README.md"}


def test_what_is_neither_job_nor_export_cannot_be_verified(tmp_path):
    with pytest.raises(NoJobError, match="neither"):
        verify(tmp_path, None, "1")
