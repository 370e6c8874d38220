"""What a forger with our own code states anew: every other part is made to fit what was changed.

Of an export that was never published no hash is remembered, so each field is held for itself.
"""

import gzip
import json
import shutil

import pytest

from crawler.corpus.export.export_job import export
from crawler.corpus.export.opened_export import open_export
from crawler.corpus.export.verify_between import compare_with_export
from crawler.corpus.export.verify_documents import _facts
from crawler.corpus.export.verify_export import verify_export
from crawler.corpus.export.verify_records import Recount
from crawler.corpus.statements import card, credits_page, croissant, legal_summaries
from crawler.corpus.upkeep.verify_against import compare_with_job
from crawler.store.gzip_members import members
from tests.corpus import made
from tests.corpus.test_forgeries import change, records, rewrite, seal, told


@pytest.fixture(scope="module")
def draft(tmp_path_factory):
    """Return a folder with a job and an export of it, of no version and not signed."""
    root = tmp_path_factory.mktemp("statements")
    job = made.standard(root / "job")
    with job.connection:
        identity = {"token": "Bot", "contact": "https://bot.test"}
        job.connection.execute("UPDATE policy SET text = ?", (json.dumps({"identity": identity}),))
    export(root / "job", root / "out", made.plan())
    job.connection.close()
    return root


@pytest.fixture
def out(draft, tmp_path):
    shutil.copytree(draft / "out", tmp_path / "out")
    return tmp_path / "out"


def write_anew(out):
    """Write the documents that hang on records and manifest, as a forger with our code would."""
    opened = open_export(out)
    recount = Recount(opened)
    recount.run()
    facts = _facts(opened, recount.counts)
    credits_page.write(out / "ATTRIBUTION.jsonl", out / "ATTRIBUTION.html", facts)
    texts = {
        "README.md": card.card(facts, opened.data),
        "croissant.json": croissant.croissant(facts, opened.data),
        **legal_summaries.files(facts),
    }
    for name, text in texts.items():
        (out / name).write_bytes(text.encode())
    seal(out)


def state(out, name, value):
    manifest = json.loads((out / "manifest.json").read_text())
    *folders, last = name.split(".")
    table = manifest
    for folder in folders:
        table = table[folder]
    table[last] = value
    seal(out, manifest)
    write_anew(out)


@pytest.mark.parametrize(
    ("name", "value", "alone", "by_job"),
    [
        ("name", "theirs", "names another corpus", ""),
        ("as_of", "2020-01-01T00:00:00Z", "states in 'as_of'", ""),
        ("text_of", "open licences", "states in 'text_of'", ""),
        ("masked", {"email": 3}, "counts what was masked", ""),
        ("unheard_of", 1, "states in 'unheard_of'", ""),
        ("policy.sha256", "0" * 64, "states in 'policy'", ""),
        ("policy.text", {"purpose": "none"}, "states in 'policy'", ""),
        ("policy.decided_under", [], "", "does not name the policies"),
        ("user_agent", "Other/1.0 (+https://o.test)", "names another corpus", "under which nobody"),
        ("contact", "https://o.test", "", "which no policy of the job does"),
        ("documents", "0" * 16, "", "written by other code than this crawler's"),
        ("since", "0.9.0", "", "which was never published"),
        ("refused", {}, "", "states 0 for refused"),
        ("filtered", {"filter-language": 9}, "", "states 9 for filtered filter-language"),
        ("unproven", {"robots.unreachable": 9}, "", "states 9 for unproven robots.unreachable"),
        ("fetched", 1, "", "states 1 for fetched"),
        ("fetched", "many", "", "states 'many' for fetched"),
        ("policy", None, "is not one of ours", "is not one of ours"),
    ],
)
def test_each_statement_of_the_manifest_is_held(draft, out, name, value, alone, by_job):
    try:
        state(out, name, value)
    except (TypeError, ValueError):
        assert value in (None, "many")  # no document can be made of it

    assert alone in told(verify_export(out))
    compared = compare_with_job(out, draft / "job")
    assert by_job in told(compared)
    assert not by_job or compared.faults
    assert verify_export(out).faults or compared.faults


def test_site_files_left_out_of_a_record_are_told(draft, out):
    consent = records(out)[0]["metadata"]["consent"]
    change(out, consent={**consent, "site_files": []})
    assert "names another robots.txt than its site files do" in told(verify_export(out))

    without = {"site_files": [], "robots_sha256": "", "robots_fetched_at": ""}
    change(out, consent={**consent, **without})
    assert "does not name a site file as the job got it" in told(
        compare_with_job(out, draft / "job")
    )


@pytest.mark.parametrize(
    ("column", "value"),
    [("title", "Another"), ("url_canonical", "https://o.test/"), ("warc_offset", 7)],
)
def test_another_export_tells_of_every_column(draft, out, column, value):
    listed = records(out)
    listed[0]["metadata"][column] = value
    rewrite(out, listed)

    assert "has other text or metadata in" in told(compare_with_export(out, draft / "out"))


def test_a_raw_answer_that_was_replaced_is_told(draft, tmp_path):
    """The text and its hash stay: what the answer says otherwise is named by no record."""
    out = tmp_path / "out"
    plan = made.plan(format="warc")
    export(draft / "job", out, plan)
    assert verify_export(out).faults == ()
    path = next((out / "data").iterdir())
    with path.open("rb") as file:
        listed = [gzip.decompress(member) for member in members(file)]
    number = next(i for i, item in enumerate(listed) if b"HTTP/1.1 200" in item)
    listed[number] = listed[number].replace(b"\r\n\r\n", b"\r\n\r\nForged ", 2)
    path.write_bytes(b"".join(gzip.compress(item) for item in listed))
    seal(out)

    assert "holds a raw answer that no record names: https://" in told(verify_export(out))


def test_what_is_not_forged_is_not_at_fault(draft, out):
    write_anew(out)

    assert verify_export(out).faults == ()
    assert compare_with_job(out, draft / "job").faults == []
    compared = compare_with_export(out, draft / "out")
    assert (compared.faults, compared.notes) == ([], [])
