import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.core.decision import Decision, Value, Verdict
from crawler.core.evidence import Carrier, FileKind, LicenceClaim, PageEvidence
from crawler.core.outcome import Failed, Kept, Missing, Refused, Skipped, Unchanged
from crawler.store.canonical import digest_of, pack, unpack
from crawler.store.ledger import entries, head, verify_chain
from crawler.store.page_rows import SEALED, sealed_row
from crawler.store.pages import (
    GONE_FOR,
    Context,
    evidence_from_json,
    evidence_to_json,
    load_evidence,
    record_refusal,
    record_visit,
    save_policy,
)
from crawler.store.site_evidence import speaks_for
from crawler.store.suppression import Line, open_suppression
from tests.store import made

URL = "https://a.test/page"
strings = st.text(max_size=20) | st.sampled_from(["\ud800", "\x00", "é", ""])
claims = st.builds(LicenceClaim, *[strings] * 6, st.floats(0, 1, allow_nan=False), strings)
evidences = st.builds(
    PageEvidence,
    st.integers(0, 999),
    st.lists(st.tuples(strings, strings), max_size=4).map(tuple),
    st.lists(st.builds(Carrier, *[strings] * 5), max_size=4).map(tuple),
    st.lists(claims, max_size=3).map(tuple),
    st.booleans(),
    strings,
)


@pytest.fixture
def job(tmp_path):
    connection = made.open_made(tmp_path / "job")
    yield connection
    connection.close()


def state(connection, number):
    row = connection.execute(
        "SELECT state, state_reason, text FROM page WHERE url_id = ?", (number,)
    ).fetchone()
    return row or ("", "", "")


def visit(connection, number, outcome, at=made.NOW, context=made.CONTEXT):
    answer = made.response(URL, at=at)
    return record_visit(connection, made.task(number, URL), outcome, answer, context, at)


def kinds(connection):
    return [entry.kind for entry in entries(connection)]


@settings(max_examples=40)
@given(evidences)
def test_page_evidence_survives_storage_exactly(evidence):
    assert evidence_from_json(unpack(pack(evidence_to_json(evidence)))) == evidence


def test_a_kept_page_has_its_text_its_decision_and_its_evidence(job):
    robots = made.learn(job)
    number = made.add_url(job, URL)
    kept = Kept(made.YES, made.EVIDENCE, made.document("Some text", "CC-BY-4.0"))
    task = made.task(number, URL, (robots,))

    assert record_visit(job, task, kept, made.response(URL), made.CONTEXT, made.NOW) == "active"

    assert state(job, number) == ("active", "", "Some text")
    evidence = load_evidence(job, number)
    assert evidence.page == made.EVIDENCE
    assert evidence.site == (robots,)
    assert speaks_for(job, "https://a.test") == (robots,)


def test_every_page_ever_kept_is_fixed_by_its_last_ledger_entry(job):
    number = made.keep(job, URL, "Some text", licence="CC-BY-4.0")

    (*_, entry) = entries(job)

    assert entry.payload["digest"] == digest_of(sealed_row(job, number))
    assert verify_chain(job) == ()


@pytest.mark.parametrize("evidence", [None, made.EVIDENCE])
def test_a_refused_page_keeps_evidence_and_no_text(job, evidence):
    number = made.refuse(job, URL, evidence=evidence)

    assert state(job, number) == ("", "", "")
    assert load_evidence(job, number).page == evidence


def test_a_refusal_on_a_later_visit_empties_the_copy(job):
    number = made.keep(job, URL, "Taken back")

    assert visit(job, number, Refused(made.NO, made.EVIDENCE)) == "retired"

    assert state(job, number) == ("retired", "robots_meta.noai", "")
    assert kinds(job)[-2:] == ["retire", "rows"]
    assert b"Taken back" not in b"".join(
        value if isinstance(value, bytes) else str(value).encode()
        for row in job.execute("SELECT * FROM page")
        for value in row
    )


def test_a_gate_1_refusal_retires_the_copy(job):
    number = made.keep(job, URL, "Taken back")

    record_refusal(job, number, replace(made.NO, reason="robots.disallow"), (), made.CONTEXT)

    assert state(job, number) == ("retired", "robots.disallow", "")


def test_a_deferral_holds_the_copy_and_keeps_its_text(job):
    number = made.keep(job, URL, "Text")
    later = Decision(False, "robots.unreachable", Verdict(crawl=Value.DEFER), made.NOW)

    record_refusal(job, number, later, (), made.CONTEXT)

    assert state(job, number) == ("held", "robots.unreachable", "Text")


def test_a_retired_page_does_not_return_by_a_mere_visit(job):
    number = made.keep(job, URL, "Text")
    visit(job, number, Refused(made.NO, made.EVIDENCE))

    kept = Kept(made.YES, made.PLAIN, made.document("Text again"))

    assert visit(job, number, kept) == "retired"
    assert state(job, number)[2] == ""


def test_late_evidence_holds_a_page_until_it_is_known(job):
    number = made.add_url(job, URL)
    awaits = Decision(False, "rsl.awaiting", Verdict(), made.NOW, awaiting=("https://l.test/x",))

    assert visit(job, number, Kept(awaits, made.PLAIN, made.document("Text"))) == "held"
    assert visit(job, number, Kept(made.YES, made.PLAIN, made.document("Text"))) == "active"
    assert kinds(job)[-2:] == ["hold", "include"]


def test_a_page_that_failed_is_held_and_a_new_consent_ends_it(job):
    number = made.keep(job, URL, "Text")

    assert visit(job, number, Failed("timeout")) == "held"
    assert visit(job, number, Unchanged(made.YES, made.PLAIN)) == "active"
    assert kinds(job)[-2:] == ["hold", "reconsent"]


@pytest.mark.parametrize("outcome", [Missing(404), Skipped("empty")])
def test_a_page_gone_twice_two_weeks_apart_is_retired(job, outcome):
    number = made.keep(job, URL, "Text")

    first = visit(job, number, outcome)
    second = visit(job, number, outcome, at=made.NOW + GONE_FOR - 1)
    third = visit(job, number, outcome, at=made.NOW + GONE_FOR)

    assert [first, second, third] == ["held", "held", "retired"]


def test_a_304_refreshes_the_evidence_and_refuses_when_it_must(job):
    number = made.keep(job, URL, "Text")

    assert visit(job, number, Unchanged(made.YES, made.EVIDENCE), at=made.NOW + 9) == "active"
    assert load_evidence(job, number).page == made.EVIDENCE
    assert kinds(job)[-1] == "confirm"
    assert visit(job, number, Unchanged(made.NO, made.EVIDENCE)) == "retired"


def test_refusals_enter_the_ledger_once_a_class(job):
    for name in "abc":
        made.refuse(job, f"https://a.test/{name}")
    made.refuse(job, "https://a.test/d", decision=replace(made.NO, reason="tdm.reserved"))

    assert kinds(job).count("refuse") == 2


def test_a_text_on_the_suppression_list_is_not_stored(job, tmp_path):
    suppression = open_suppression(tmp_path / "suppression.jsonl")
    text = made.document("Erase me")
    suppression.add(Line("text", text.text_sha256, "erasure", made.NOW, hashed=True))
    context = Context(made.POLICY.sha256, "1", suppression)
    number = made.add_url(job, URL)

    assert visit(job, number, Kept(made.YES, made.PLAIN, text), context=context) == ""
    assert state(job, number) == ("", "", "")


def test_hostile_strings_do_not_stop_the_store(job):
    number = made.keep(job, URL, "half \ud800 surrogate \x00 nul", title="\udfff")

    assert state(job, number)[2] == "half ? surrogate \x00 nul"
    assert verify_chain(job) == ()


def test_a_policy_change_is_one_ledger_entry(job):
    other = made.POLICY.model_copy(update={"unset": "exclude"})

    save_policy(job, made.POLICY, "{}", made.NOW)
    save_policy(job, other, "{}", made.NOW)
    save_policy(job, other, "{}", made.NOW)

    assert kinds(job) == ["policy", "policy"]


def test_the_ledger_refuses_changes(job):
    made.keep(job, URL, "Text")

    for statement in ("UPDATE ledger SET at = 0", "DELETE FROM ledger"):
        with pytest.raises(Exception, match="append-only"):
            job.execute(statement)


def test_what_is_sealed_are_all_columns_of_both_tables(job):
    columns = [
        f"{table}.{row[1]}"
        for table in ("page", "decision")
        for row in job.execute(f"PRAGMA table_info({table})")
        if row[1] != "marks"
    ]

    assert set(SEALED) == set(columns)


def test_a_ledger_subject_cannot_be_linked_to_a_url_without_its_salt(job):
    number = made.keep(job, URL, "Text")
    (*_, before) = entries(job)
    job.execute("DELETE FROM subject WHERE url_id = ?", (number,))
    made.keep(job, URL, "Text")
    (*_, after) = entries(job)

    assert before.subject != after.subject
    assert head(job).seq == after.seq
    assert json.dumps(before.payload).find("a.test") == -1


def test_rsl_documents_follow_the_site_files(job):
    document = replace(made.ROBOTS, kind=FileKind.RSL, url="https://l.test/rsl.xml")
    robots, rsl = made.learn(job), made.learn(job, "", document)

    job.execute("INSERT INTO licence_file VALUES ('https://a.test', 'https://l.test/rsl.xml')")
    assert speaks_for(job, "https://a.test") == (robots, rsl)
