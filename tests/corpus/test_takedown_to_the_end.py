"""A request from the mail to the receipt, as the operator runs it and as whoever asked reads it."""

import json
import shutil
import sqlite3
import time

import pytest

from crawler.corpus.export.export_job import export
from crawler.corpus.removal.takedown import ANSWER_IN, CLOSE_IN
from crawler.keys import new_key
from tests.cli.run import run, run_json
from tests.corpus import made

NAME = "Ada Lovelace <ada@lovelace.test>"


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    folder = tmp_path_factory.mktemp("takedown") / "job"
    job = made.standard(folder)
    export(folder, folder.parent / "out", made.plan(version="1.0.0"))
    job.connection.close()
    return folder


@pytest.fixture
def job(model, tmp_path):
    shutil.copytree(model, tmp_path / "job")
    shutil.copytree(model.parent / "out", tmp_path / "out")
    (tmp_path / "key.pem").write_bytes(new_key())
    return tmp_path / "job"


async def lines(*words):
    done = await run(*words)
    assert done.exit_code == 0, done.output
    return done.stdout


async def test_what_is_due_first_stands_first_and_what_is_late_says_so(job, monkeypatch):
    real = time.time
    for ago, domain in ((40, "a.test"), (1, "b.test"), (10, "c.test")):
        monkeypatch.setattr(time, "time", lambda ago=ago: real() - ago * 86_400)
        await run("takedown", "add", job, "--domain", domain)
    monkeypatch.setattr(time, "time", real)
    await run("takedown", "acknowledge", job, "3")

    _, listed = await run_json("takedown", "list", job)
    shown = await lines("takedown", "list", job)

    assert [one["subject"] for one in listed] == ["a.test", "b.test", "c.test"]
    assert [one["due"]["step"] for one in listed] == ["acknowledge", "acknowledge", "close"]
    assert listed[2]["due"]["at"] == listed[2]["received"] + CLOSE_IN
    assert listed[0]["due"]["at"] == listed[0]["received"] + ANSWER_IN
    assert "38 DAYS LATE" in shown.splitlines()[0]


async def test_the_whole_way_from_the_mail_to_the_receipt(job, tmp_path):
    key = tmp_path / "key.pem"
    _, (added,) = await run_json("takedown", "add", job, "--domain", "a.test", "--from", NAME)
    assert added["token"].startswith("takedown-")
    ahead = await lines("takedown", "close", job, "1", "--dry-run")
    assert "would purge 2 pages" in ahead
    assert "published version 1.0.0 holds 2 of them" in ahead

    closed = await lines("takedown", "close", job, "1")
    assert "published version 1.0.0 holds 2 of them still" in closed
    words = ("--out", tmp_path / "r", "--key", key)
    await lines("takedown", "receipt", job, "1", *words)

    value = json.loads((tmp_path / "r" / "receipt-1.json").read_text())
    page = (tmp_path / "r" / "receipt-1.html").read_text()
    assert value["receipt"]["removed"]["pages"] == 2
    assert value["receipt"]["published_versions_that_hold_it"] == {"1.0.0": 2}
    assert "ada@lovelace.test&gt; asked on" in page
    assert "Found and removed on" in page
    assert "nothing was found" in page
    receipt = tmp_path / "r" / "receipt-1.json"
    said = await lines("verify", receipt, "--trust", key, "--against", job)
    assert said.splitlines()[0].endswith(", pinned")


async def test_a_receipt_tells_of_all_runs_that_it_took(job, tmp_path):
    shutil.copytree(tmp_path / "out", job / "old-export")  # its text is found there
    await run("takedown", "add", job, "--domain", "a.test")
    first = await run("takedown", "close", job, "1")
    early = await run("takedown", "receipt", job, "1", "--out", tmp_path)
    shutil.rmtree(job / "old-export")
    await lines("takedown", "close", job, "1")
    await lines("takedown", "receipt", job, "1", "--out", tmp_path)

    assert (first.exit_code, early.exit_code) == (1, 1)
    removed = json.loads((tmp_path / "receipt-1.json").read_text())["receipt"]["removed"]
    assert (removed["pages"], len(removed["records"]), removed["verified"]) == (2, 2, True)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda value: value["receipt"]["removed"].update(pages=3), "about other bytes"),
        (lambda value: value["receipt"].update(outcome="rejected: no"), "about other bytes"),
        (lambda value: value["names"].update(asked_by="Somebody else"), "names somebody else"),
        (lambda value: value.update(signature={}), "is of no pinned key: not signed"),
    ],
)
async def test_a_forged_receipt_is_named(job, tmp_path, change, said):
    key = tmp_path / "key.pem"
    await run("takedown", "add", job, "--domain", "a.test", "--from", NAME)
    await run("takedown", "close", job, "1")
    await lines("takedown", "receipt", job, "1", "--out", tmp_path, "--key", key)
    path = tmp_path / "receipt-1.json"
    value = json.loads(path.read_text())
    change(value)
    path.write_text(json.dumps(value))

    done = await run("verify", path, "--trust", key, "--against", job)

    assert (done.exit_code, said in done.stdout) == (1, True), done.stdout


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"receipt": {"receipt": 1}, "names": {}}', "\x00", "[" * 9_000]
)
async def test_what_is_no_receipt_is_said_to_be_none(tmp_path, text):
    (tmp_path / "receipt.json").write_text(text)
    done = await run("verify", tmp_path / "receipt.json")

    assert type(done.exception).__name__ in ("UsageError", "CorpusError")


async def test_a_name_can_be_removed_and_told_by_its_hash_again(job, tmp_path):
    await run("takedown", "add", job, "--domain", "a.test", "--from", NAME)
    await run("takedown", "close", job, "1", "--reject", "no proof")
    await lines("takedown", "receipt", job, "1", "--out", tmp_path, "--forget-name")

    assert "lovelace" not in (tmp_path / "receipt-1.json").read_text()
    dump = "\n".join(sqlite3.connect(job / "crawl.db").iterdump())
    assert "lovelace" not in dump
    await lines("verify", tmp_path / "receipt-1.json", "--against", job)
    wrong = await run("takedown", "receipt", job, "1", "--out", tmp_path, "--from", "Bob")
    assert wrong.exit_code == 1
    await lines("takedown", "receipt", job, "1", "--out", tmp_path, "--from", NAME)
    assert json.loads((tmp_path / "receipt-1.json").read_text())["names"]["asked_by"] == NAME


@pytest.mark.parametrize("words", [("--url", "https://b.test/1"), ("--domain", "b.test")])
async def test_a_dry_run_changes_nothing(job, words):
    before = (job / "crawl.db").read_bytes()

    _, found = await run_json("purge", job, *words, "--reason", "optout", "--dry-run")

    assert found["pages"]
    assert found["versions"] == {"1.0.0": len(found["pages"])}
    assert (job / "crawl.db").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (("https://a.test/1",), 1),
        (("a.test",), 2),
        (("test",), 6),
        (("--author", "ada"), 6),
        (("--author", "Nobody"), 0),
        (("--passage", "zweiter   TEXT."), 1),
        (("--passage", "Nothing SAID of a  licence"), 1),
        (("--passage", "Nothing s\u00adaid of\u200b a licence"), 1),
        (("--passage", "nobody ever wrote this sentence"), 0),
        (("https://a.test/none",), 0),
    ],
)
@pytest.mark.usefixtures("job")
@pytest.mark.parametrize("where", ["job", "out"])
async def test_find_by_url_domain_author_and_passage_in_a_job_and_in_an_export(
    tmp_path, words, count, where
):
    done = await run("find", tmp_path / where, *words, "--json")

    found = json.loads(done.stdout)
    pages = [page for answer in found for page in answer["pages"]]
    if where == "job":  # its refusals are known there as well
        pages = [page for page in pages if page["state"] == "active"]
    assert len(pages) == count


@pytest.mark.parametrize(
    "words", [(), ("a.test", "--author", "x"), ("--passage", "short"), ("no domain at all",)]
)
async def test_what_cannot_be_looked_for_is_said(job, words):
    done = await run("find", job, *words)

    assert done.exit_code != 0
    assert "nothing was looked for" in str(done.exception)
