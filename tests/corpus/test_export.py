import gzip
import json
import os
import re
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import zstandard

from crawler.core.decision import Decision, Verdict
from crawler.core.evidence import LicenceClaim
from crawler.corpus.errors import CorpusError
from crawler.corpus.export.export_job import export
from crawler.store.archive import Archive, Writer
from crawler.store.database import StoreError
from crawler.store.job import hold
from crawler.store.ledger import head
from crawler.store.suppression import Line, open_suppression
from tests.corpus import made
from tests.store import made as store_made
from tests.store.made import CC_BY, NOW, POLICY


@pytest.fixture
def job(tmp_path):
    found = made.standard(tmp_path / "job")
    yield found
    found.connection.close()


def lines(folder):
    found = []
    for path in sorted((folder / "data").rglob("*.jsonl.*")):
        raw = path.read_bytes()
        text = (
            gzip.decompress(raw)
            if path.suffix == ".gz"
            else zstandard.ZstdDecompressor().stream_reader(raw).read()
        )
        found += [json.loads(line) for line in text.splitlines()]
    return found


def tree(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_default_export_carries_every_page_that_consent_allows(job, tmp_path):
    result = export(job.folder, tmp_path / "out", made.plan())

    records = lines(tmp_path / "out")
    assert [record["text"] for record in records] == [
        "First text of a.",
        "Zweiter Text.",
        "No commerce.",
        "No derivatives.",
        "Public domain, <b>plain</b> & free.",
        "Nothing said of a licence.",
    ]
    assert (result.records, result.left_out) == (6, {})
    assert result.refused == {"robots_meta.noai": 2}


def test_a_record_says_where_it_came_from_and_why_it_was_allowed(job, tmp_path):
    export(job.folder, tmp_path / "out", made.plan())

    record = lines(tmp_path / "out")[0]
    about = record["metadata"]
    assert set(record) == {"id", "text", "source", "added", "created", "metadata"}
    assert about["url"] == "https://a.test/1"
    assert about["license_spdx"] == "CC-BY-4.0"
    assert about["license"] == f"Creative Commons - Attribution - {CC_BY}"
    assert about["consent"]["policy_version"] == POLICY.sha256
    assert about["consent"]["robots_sha256"] == job.robots("https://x.test").sha256
    assert about["consent"]["site_files"][0]["kind"] == "robots"
    assert re.fullmatch(r"[0-9a-f]{32}", record["id"])


@pytest.mark.parametrize("kind", ["jsonl", pytest.param("parquet", marks=pytest.mark.slow), "warc"])
def test_the_same_job_and_policy_give_the_same_bytes(job, tmp_path, kind):
    before = head(job.connection)
    export(job.folder, tmp_path / "one", made.plan(format=kind))
    later = made.gate(now=NOW + 2 * made.HOUR)
    export(job.folder, tmp_path / "two", made.plan(format=kind, gate=later))

    assert tree(tmp_path / "one") == tree(tmp_path / "two")
    assert head(job.connection) == before


@pytest.mark.parametrize("compression", ["zst", "gz"])
def test_nothing_but_records_lies_under_data(job, tmp_path, compression):
    export(job.folder, tmp_path / "out", made.plan(compression=compression))

    names = [path.name for path in (tmp_path / "out" / "data").iterdir()]
    assert names == [f"train-00000.jsonl.{compression}"]
    assert len(lines(tmp_path / "out")) == 6
    assert not list(tmp_path.glob("*.partial"))


@pytest.mark.parametrize(
    ("settings", "texts", "why"),
    [
        ({"licences": ("PD", "ATTR", "SA")}, 3, "filter-licence"),
        ({"licences": ("NC",)}, 1, "filter-licence"),
        ({"languages": ("de",)}, 1, "filter-language"),
        ({"min_words": 4}, 3, "filter-words"),
        ({"without_domains": ("b.test",)}, 4, "filter-domain"),
        ({"only_domains": ("test",), "without_domains": ("a.test", "b.test")}, 2, "filter-domain"),
        ({"fetched_from": "2025-10-10"}, 0, "filter-date"),
        ({"fetched_until": "2025-10-08"}, 0, "filter-date"),
        ({"min_confidence": 0.95}, 2, "filter-licence-confidence"),
        ({"quality": ("gopher", "fineweb")}, 1, "filter-quality"),
    ],
)
def test_a_filter_of_the_policy_leaves_out_and_says_so(job, tmp_path, settings, texts, why):
    result = export(job.folder, tmp_path / "out", made.plan(settings))

    assert (result.records, result.left_out) == (texts, {why: 6 - texts})


def test_a_policy_without_nc_and_nd_never_exports_one(job, tmp_path):
    wanted = {"licences": ("PD", "ATTR", "SA", "ARR", "UNKNOWN")}
    export(job.folder, tmp_path / "out", made.plan(wanted))

    assert not any(
        re.search("NC|ND", record["metadata"]["license_spdx"]) for record in lines(tmp_path / "out")
    )


def test_publishing_carries_open_texts_and_names_the_rest_by_url_and_hash(job, tmp_path):
    result = export(job.folder, tmp_path / "out", made.plan(audience="publish"))

    records = {record["metadata"]["url"]: record for record in lines(tmp_path / "out")}
    texts = {url: bool(record["text"]) for url, record in records.items()}
    assert texts == {
        "https://a.test/1": True,
        "https://a.test/2": True,
        "https://b.test/1": False,
        "https://b.test/2": False,
        "https://c.test/1": True,
        "https://c.test/2": False,
    }
    assert records["https://b.test/1"]["metadata"]["text_sha256"]
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert manifest["audience"] == "publish"
    assert manifest["references"] == result.references == 3
    assert b"No commerce" not in b"".join(tree(tmp_path / "out").values())


def test_stale_evidence_holds_a_record_back(job, tmp_path):
    day = 86_400.0
    for days, why in ((29, {}), (31, {"stale-site": 6})):
        gate = made.gate(now=NOW + days * day)
        result = export(job.folder, tmp_path / f"out{days}", made.plan(gate=gate))
        assert result.left_out == why


def test_stale_page_evidence_holds_a_record_back(job, tmp_path):
    for origin in ("https://a.test", "https://b.test", "https://c.test"):
        job.robots(origin, at=NOW + 180 * 86_400)
    gate = made.gate(now=NOW + 181 * 86_400)

    assert export(job.folder, tmp_path / "out", made.plan(gate=gate)).left_out == {"stale-page": 6}


def test_a_robots_txt_learned_later_is_heard_at_export(job, tmp_path):
    job.robots("https://a.test", b"User-agent: *\nDisallow: /\n", NOW)

    result = export(job.folder, tmp_path / "out", made.plan())

    assert result.records == 4
    assert sum(result.left_out.values()) == 2


def test_the_policy_of_today_is_applied_to_stored_evidence(job, tmp_path):
    def no(evidence, _, at):
        refused = evidence.url.host == "b.test"
        return Decision(not refused, "policy.never" if refused else "ok", Verdict(), at)

    gate = replace(made.gate(decide=no), consent=POLICY.model_copy(update={"unset": "exclude"}))

    result = export(job.folder, tmp_path / "out", made.plan(gate=gate))

    assert result.left_out == {"policy.never": 2}


def test_the_suppression_list_is_asked_at_export(job, tmp_path):
    suppression = open_suppression(tmp_path / "list.jsonl")
    suppression.add(Line("domain", "b.test", "optout", NOW))
    suppression.add(Line("url", "https://a.test/1", "erasure", NOW, hashed=True))

    result = export(
        job.folder, tmp_path / "out", made.plan(gate=made.gate(suppression=suppression))
    )

    assert result.left_out == {"suppressed": 3}
    assert (tmp_path / "out" / "removed_domains.txt").read_text() == "b.test\n"


def test_every_record_with_a_licence_is_attributed_in_full(job, tmp_path):
    export(job.folder, tmp_path / "out", made.plan())

    given = [
        json.loads(line) for line in (tmp_path / "out" / "ATTRIBUTION.jsonl").open(encoding="utf-8")
    ]
    assert [credit["license_spdx"] for credit in given][:1] == ["CC-BY-4.0"]
    assert len(given) == 5
    wanted = ("id", "title", "author", "source_url", "license_name", "changes")
    assert all(credit[name] for credit in given for name in wanted)
    assert "a.test" in (tmp_path / "out" / "ATTRIBUTION.html").read_text()


def test_masking_counts_what_it_took_out(job, tmp_path):
    def mask(text):
        return text.replace("First", "<TAG>"), {"email": text.count("First")}

    export(job.folder, tmp_path / "out", made.plan(mask=mask))

    assert lines(tmp_path / "out")[0]["text"] == "<TAG> text of a."
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert manifest["masked"]["email"] == 1


def test_the_manifest_lists_every_file_with_its_hash(job, tmp_path):
    from hashlib import sha256

    export(job.folder, tmp_path / "out", made.plan(sign=lambda data: {"of": data.decode()}))

    files = tree(tmp_path / "out")
    listed = {item["path"]: item["sha256"] for item in json.loads(files["manifest.json"])["files"]}
    own = {"manifest.json", "manifest.json.sha256", "manifest.json.sig"}
    assert listed == {
        name: sha256(data).hexdigest() for name, data in files.items() if name not in own
    }
    assert head(job.connection).hash in files["manifest.json.sig"].decode()
    assert head(job.connection).hash in files["changes.atom"].decode()


def test_an_export_never_overwrites(job, tmp_path):
    export(job.folder, tmp_path / "out", made.plan())

    with pytest.raises(CorpusError, match="already there"):
        export(job.folder, tmp_path / "out", made.plan())


def test_versions_go_forward_and_a_removal_makes_a_major_one(job, tmp_path):
    from crawler.store.pages import change_state

    export(job.folder, tmp_path / "a", made.plan(version="1.0.0"))
    job.page("https://a.test/3", "Added later.")
    export(job.folder, tmp_path / "b", made.plan(version="1.1.0"))
    export(job.folder, tmp_path / "c", made.plan(since="1.0.0"))
    assert [record["text"] for record in lines(tmp_path / "c")] == ["Added later."]
    (number,) = job.connection.execute(
        "SELECT url_id FROM page WHERE url = 'https://a.test/1'"
    ).fetchone()
    change_state(job.connection, number, "retired", "robots.disallow", NOW, "retire")

    with pytest.raises(CorpusError, match="major"):
        export(job.folder, tmp_path / "d", made.plan(version="1.2.0"))
    with pytest.raises(CorpusError, match=r"1\.0\.1"):
        export(job.folder, tmp_path / "d", made.plan(version="1.0.1"))
    export(job.folder, tmp_path / "d", made.plan(version="2.0.0", since="1.1.0"))

    assert lines(tmp_path / "d") == []
    (tombstone,) = map(json.loads, (tmp_path / "d" / "tombstones.jsonl").open())
    assert tombstone["last_in"] == "1.1.0"
    assert tombstone["removed_in"] == "2.0.0"
    assert tombstone["id"] == lines(tmp_path / "a")[0]["id"]


KILLED = """
import sys
from pathlib import Path
from crawler.corpus.export.export_job import export
from tests.corpus import made
job, out, stop = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
import crawler.corpus.export.streaming as module
count = 0
real = module._write_state
def state(run, more):
    global count
    count += 1
    if count == stop:
        import os, signal
        os.kill(os.getpid(), signal.SIGKILL)
    real(run, more)
module._write_state = state
export(job, out, made.plan(part_bytes=2000))
"""


@pytest.mark.parametrize(
    "stop", [*(pytest.param(number, marks=pytest.mark.slow) for number in (1, 2, 6)), 4]
)
def test_a_killed_export_never_looks_complete_and_is_taken_up_again(job, tmp_path, stop):
    whole = made.plan(part_bytes=2_000)
    export(job.folder, tmp_path / "whole", whole)
    out = tmp_path / "out"
    arguments = [sys.executable, "-c", KILLED, str(job.folder), str(out), str(stop)]
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}

    killed = subprocess.run(arguments, check=False, env=environment)

    assert killed.returncode == -signal.SIGKILL
    assert not out.exists()
    export(job.folder, out, whole)
    assert tree(out) == tree(tmp_path / "whole")
    assert len(list((out / "data").iterdir())) > 2


def test_an_export_taken_up_again_later_begins_anew(job, tmp_path):
    with pytest.raises(KeyboardInterrupt):
        export(job.folder, tmp_path / "out", made.plan(sign=_stop))
    late = made.gate(now=NOW + 40 * 86_400)

    result = export(job.folder, tmp_path / "out", made.plan(gate=late))

    assert result.records == 0


def test_what_was_suppressed_since_an_export_was_killed_is_not_in_it(job, tmp_path):
    suppression = open_suppression(tmp_path / "list")
    gate = made.gate(suppression=suppression)
    with pytest.raises(KeyboardInterrupt):
        export(job.folder, tmp_path / "out", made.plan(gate=gate, sign=_stop))
    suppression.add(Line("domain", "a.test", "optout", NOW))

    result = export(job.folder, tmp_path / "out", made.plan(gate=gate))

    assert result.left_out["suppressed"] == 2


def test_two_exports_do_not_share_a_draft(job, tmp_path):
    (tmp_path / "out.partial").mkdir()

    with hold(tmp_path / "out.partial"), pytest.raises(StoreError, match="working on"):
        export(job.folder, tmp_path / "out", made.plan())


def test_a_policy_without_nc_and_nd_exports_no_page_that_claims_them(job, tmp_path, monkeypatch):
    claim = LicenceClaim("CC-BY-NC-4.0", "CC-BY-NC-4.0", "NC", "", "link", "page", 0.3)
    found = replace(store_made.LICENCES["CC-BY-4.0"], claims=(claim,))
    monkeypatch.setitem(store_made.LICENCES, "doubtful", found)
    job.page("https://d.test/1", "By, or not for sale.", licence="doubtful")

    settings = {"licences": ("PD", "ATTR", "SA")}
    result = export(job.folder, tmp_path / "out", made.plan(settings))

    assert (result.records, result.left_out["filter-licence"]) == (3, 4)


def test_masked_exports_carry_no_raw_answers(tmp_path):
    folder = tmp_path / "job"
    archive = Archive(folder, Writer("s", "u", "o"))
    job = made.job(folder)
    archive.open(job.connection)
    job.connection.execute("BEGIN")
    job.page("https://a.test/1", "Write to ada@a.test today.", archive=archive)
    archive.sync(job.connection)
    job.connection.execute("COMMIT")
    archive.close()

    plain = made.plan(format="warc")
    masked = made.plan(format="warc", mask=lambda text: (text.replace("ada@a.test", "<E>"), {}))
    export(folder, tmp_path / "plain", plain)
    export(folder, tmp_path / "masked", masked)

    def holds(out):
        data = next((tmp_path / out / "data").iterdir()).read_bytes()
        return b"ada@a.test" in gzip.decompress(data)

    assert holds("plain")
    assert not holds("masked")


def _stop(_):
    """Stop an export when all its records are written."""
    raise KeyboardInterrupt
