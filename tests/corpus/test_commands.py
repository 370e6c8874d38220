"""The commands on a corpus, run as their user runs them, on a job crawled from a live site."""

import gzip
import json
import shutil
import sqlite3
import time
from base64 import b64decode, urlsafe_b64decode
from hashlib import sha256

import pytest
import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tests.corpus.site import policy, run, site

# A crawl for each test, of a web that changes.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]
HOSTS = ("one.test", "two.test", "three.test")
CANARY = "Überall sang der Kanarienvogel seine sehr geheimen Lieder über dem stillen Fluss."
FILLER = "This page tells of rivers and lamps, of tea and of long winters by the old harbour."
BY = '<a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>'
NC = '<link rel="license" href="https://creativecommons.org/licenses/by-nc-nd/4.0/">'


def html(title, *paragraphs, head="", charset="utf-8"):
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    page = f"<html lang=en><head><title>{title}</title>{head}</head><body><main><h1>{title}</h1>"
    return f"{page}{text}</main></body></html>".encode(charset, "xmlcharrefreplace")


def links(*paths):
    return " ".join(f'<a href="{path}">{path}</a>' for path in paths)


def fill(web):
    """Three hosts: open and closed licences, a canary in four spellings, a refusal."""
    chapters = "tide storm sail rope anchor mast hull keel deck helm port star"
    long = [f"Of the {word}: how a {word} was lost, the {word} found." for word in chapters.split()]
    by = f"This text is licensed under {BY}."
    one = "http://one.test"
    paths = ("/by", "/nc", "/utf16", "/entities", "/plain", "/gone", "/noai", "/etag")
    web.page(f"{one}/", html("One", links(*paths), FILLER))
    author = '<meta name="author" content="Ada Lovelace">'
    footer = f"<footer>The text of this page is licensed under {BY}</footer>"
    web.page(f"{one}/by", html("By", FILLER, footer, by, head=author))
    web.page(f"{one}/nc", html("Nc", f"{FILLER} Not for sale.", head=NC))
    canary = html("Canary", CANARY, *long, charset="utf-16")
    web.page(f"{one}/utf16", canary, content_type="text/html; charset=utf-16")
    web.page(f"{one}/entities", html("Canary", CANARY, *long, charset="ascii"))
    web.page(f"{one}/plain", f"{CANARY}\n\nA note of its own.", content_type="text/plain")
    web.page(f"{one}/gone", html("Gone", "A page that will be gone one day, as all pages are."))
    web.page(f"{one}/noai", html("Noai", "A page whose owner will say no in a header, later on."))
    web.page(f"{one}/etag", html("Etag", "A page that never changes, and says so."), etag='"7"')
    web.page("http://two.test/", html("Two", links("/canary", "/secret"), "About two."))
    web.page("http://two.test/canary", html("Copy", CANARY, *long, "And one line more."))
    web.page("http://two.test/secret", html("Secret", "Private words."), x_robots_tag="noai")
    web.page("http://three.test/", html("Three", "The only page of the third host, kept apart."))


@pytest.fixture
def web():
    with site() as served:
        fill(served)
        yield served


@pytest.fixture
def crawler(monkeypatch, capsys):
    return lambda *words: run(monkeypatch, capsys, *words)


@pytest.fixture
def later(monkeypatch):
    def wait(days):
        now = time.time
        monkeypatch.setattr(time, "time", lambda: now() + days * 86_400)

    return wait


@pytest.fixture
def policy_file(web, tmp_path, crawler):
    assert crawler("identity", "keygen", "--out", tmp_path / "key.pem")[0] == 0
    return policy(tmp_path / "policy.toml", web, HOSTS, key=tmp_path / "key.pem")


@pytest.fixture
def job(policy_file, tmp_path, crawler):
    seeds = [f"http://{host}/" for host in HOSTS]
    code, _, said = crawler("crawl", *seeds, "--job", tmp_path / "job", "--policy", policy_file)
    assert code == 0, said
    return tmp_path / "job"


def states(job):
    connection = sqlite3.connect(job / "crawl.db")
    try:
        return dict(connection.execute("SELECT url, state FROM page WHERE url != ''"))
    finally:
        connection.close()


def records(out):
    found = []
    for path in sorted((out / "data").rglob("*.jsonl.zst")):
        text = zstandard.ZstdDecompressor().decompressobj().decompress(path.read_bytes())
        found += [json.loads(line) for line in text.decode().splitlines()]
    return found


def tree(out):
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


def test_a_corpus_is_exported_verified_and_asked(job, tmp_path, crawler):
    for form, audience in (("jsonl", "train"), ("parquet", "publish"), ("warc", "train")):
        out = tmp_path / f"{form}-{audience}"
        code, said, _ = crawler("export", job, "--out", out, "--format", form, "--for", audience)
        assert (code, "12 records" in said) == (0, True)
        assert crawler("verify", out)[0] == 0
        assert crawler("verify", job, "--against", out)[0] == 0

    assert crawler("verify", job, "--all")[0] == 0
    assert "12 active" in crawler("status", job)[1].replace("active 12", "12 active")
    assert "active" in crawler("find", job, "http://one.test/by")[1]
    assert "no text was stored (refused)" in crawler("find", job, "two.test")[1]
    assert "nothing of nowhere.test" in crawler("find", job, "nowhere.test")[1]


def test_two_exports_on_two_days_are_the_same(job, tmp_path, crawler, later):
    crawler("export", job, "--out", tmp_path / "first")
    later(3)
    shutil.copytree(job, tmp_path / "elsewhere")
    crawler("export", tmp_path / "elsewhere", "--out", tmp_path / "deep" / "second")

    assert tree(tmp_path / "first") == tree(tmp_path / "deep" / "second")


def test_real_licence_pages_are_attributed_in_full_and_filtered(job, tmp_path, crawler, web):
    crawler("export", job, "--out", tmp_path / "all")
    found = {record["metadata"]["url"]: record["metadata"] for record in records(tmp_path / "all")}
    more = '[export]\nlicences = ["PD", "ATTR", "SA"]\n'
    strict = policy(tmp_path / "strict.toml", web, HOSTS, more)
    crawler("export", job, "--out", tmp_path / "open", "--policy", strict)

    by, nc = found["http://one.test/by"], found["http://one.test/nc"]
    assert nc["license_class"] == "ND"
    assert [item["metadata"]["url"] for item in records(tmp_path / "open")] == [by["url"]]
    assert by["attribution"] == {
        "title": "By",
        "author": "Ada Lovelace",
        "source_url": "http://one.test/by",
        "license_name": "Creative Commons - Attribution",
        "license_url": "https://creativecommons.org/licenses/by/4.0/",
        "changes": "The text was extracted and its markup removed.",
    }


def test_the_signature_is_checked_by_a_stranger(job, tmp_path, crawler):
    out = tmp_path / "out"
    unsigned = ("--out", tmp_path / "unsigned", "--unsigned")
    assert "not signed" in crawler("export", job, *unsigned)[1]
    assert "signed by" in crawler("export", job, "--out", out)[1]  # the job remembers its key

    manifest = (out / "manifest.json").read_bytes()
    signed = json.loads((out / "manifest.json.sig").read_text())
    head = json.loads(manifest)["ledger"]["head"]
    said = {"ledger_head": head, "manifest_sha256": sha256(manifest).hexdigest()}
    message = json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
    key = Ed25519PublicKey.from_public_bytes(urlsafe_b64decode(signed["public_key"]["x"] + "=="))
    key.verify(b64decode(signed["signature"]), message)
    assert head in (out / "changes.atom").read_text()

    (out / "manifest.json.sig").unlink()
    code, said, _ = crawler("verify", out)
    assert (code, "manifest.json.sig: is missing" in said) == (1, True)


def test_nothing_of_a_canary_remains_after_its_purge(job, tmp_path, crawler):
    crawler("annotate", job)
    before = states(job)
    words = ("--url", "http://one.test/utf16", "--reason", "takedown", "--with-duplicates")
    code, said, errors = crawler("purge", job, *words)
    assert code == 0, said + errors
    crawler("export", job, "--out", tmp_path / "after")

    canaries = {"http://one.test/utf16", "http://one.test/entities", "http://two.test/canary"}
    assert {*before} - {*states(job)} == canaries | {"http://one.test/plain"}
    pieces = CANARY.encode(), CANARY.encode("utf-16-le"), b"Kanarienvogel", b"&#220;berall"
    for folder in (job, tmp_path / "after"):
        for path in (path for path in folder.rglob("*") if path.is_file()):
            data = path.read_bytes()
            if path.name.endswith(".warc.gz"):
                data += gzip.decompress(data)
            assert not any(piece in data for piece in pieces), path
    assert crawler("verify", job)[0] == 0


def test_what_was_purged_does_not_come_back_into_another_job(job, tmp_path, crawler, policy_file):
    crawler("purge", job, "--url", "http://one.test/plain", "--reason", "erasure", "--erase")
    crawler("purge", job, "--domain", "three.test", "--reason", "optout")

    other = tmp_path / "other"
    seeds = ("http://one.test/", "http://three.test/")
    crawler("crawl", *seeds, "--job", other, "--policy", policy_file)

    assert "http://one.test/by" in states(other)
    assert "http://one.test/plain" not in states(other)
    assert "http://three.test/" not in states(other)
    listed = (tmp_path / "suppression.jsonl").read_text()
    assert "one.test/plain" not in listed
    assert not (job / "suppression.jsonl.key").exists()


def test_a_text_erased_under_one_address_is_refused_under_another(
    job, tmp_path, crawler, policy_file, web
):
    body = web.pages["one.test/gone"][2]
    web.page("http://three.test/", body)
    crawler("purge", job, "--url", "http://one.test/gone", "--reason", "erasure")

    crawler("crawl", "http://three.test/", "--job", tmp_path / "b", "--policy", policy_file)

    assert states(tmp_path / "b") == {}


def test_a_recheck_hears_what_a_site_says_now(job, tmp_path, crawler, web, later):
    web.page("http://one.test/noai", html("Noai", "As before."), x_robots_tag="noai")
    del web.pages["one.test/gone"]
    three = "User-agent: *\nContent-Signal: ai-train=no\nAllow: /\n"
    web.page("http://three.test/robots.txt", three, content_type="text/plain")
    web.page("http://two.test/robots.txt", "down", status=503)
    later(200)
    assert crawler("export", job, "--out", tmp_path / "stale")[1].startswith("0 records")
    web.asked.clear()
    code, said, errors = crawler("recheck", job)
    assert code == 0, said + errors

    found = states(job)
    assert found["http://one.test/noai"] == "retired"
    assert found["http://one.test/gone"] == "held"
    assert found["http://three.test/"] == "retired"
    assert found["http://two.test/"] == "held"
    assert found["http://one.test/etag"] == "active"
    asked = {(host, path): headers for host, path, headers in web.asked}
    assert {name.lower() for name in asked["one.test", "/etag"]} >= {"if-none-match"}
    code, said, _ = crawler("export", job, "--out", tmp_path / "out")
    assert "held" in said
    texts = json.dumps(records(tmp_path / "out"))
    assert "owner will say no" not in texts
    assert crawler("verify", job)[0] == 0


def test_an_owner_who_agrees_again_is_met_again(job, tmp_path, crawler, policy_file):
    crawler("purge", job, "--domain", "three.test", "--reason", "optout")
    words = ("--reconsent", "three.test", "--source", "letter of 1 May")
    assert crawler("recheck", job, *words)[0] == 0
    crawler("crawl", "http://three.test/", "--job", job, "--policy", policy_file, "--revisit")

    assert states(job)["http://three.test/"] == "active"
    crawler("export", job, "--out", tmp_path / "out")
    lines = (tmp_path / "out" / "tombstones.jsonl").read_text()
    ids = {record["id"] for record in records(tmp_path / "out")}
    assert not ids & {json.loads(line)["id"] for line in lines.splitlines()}
    assert (tmp_path / "out" / "removed_domains.txt").read_text() == ""
    assert crawler("verify", job)[0] == 0


def test_a_takedown_runs_through_its_dates(job, crawler):
    crawler("takedown", "add", job, "--kind", "erasure", "--url", "http://one.test/by")
    crawler("takedown", "acknowledge", job, "1")
    code, said, errors = crawler("takedown", "close", job, "1", "--json")
    assert code == 0, errors

    request = json.loads(said)["request"]
    steps = [request[step] for step in ("received", "acknowledged", "decided", "effective")]
    assert steps == sorted(steps)
    assert None not in (request["verified"], request["closed"])
    assert "one.test/by" not in crawler("takedown", "list", job)[1]
    assert "active" not in crawler("find", job, "http://one.test/by")[1]


def test_versions_grow_and_a_removal_makes_a_major_one(job, tmp_path, crawler):
    crawler("export", job, "--out", tmp_path / "1", "--version", "1.0.0")
    crawler("purge", job, "--url", "http://one.test/by", "--reason", "optout")
    minor = crawler("export", job, "--out", tmp_path / "2", "--version", "1.1.0")
    crawler("export", job, "--out", tmp_path / "3", "--version", "2.0.0", "--since", "1.0.0")
    crawler("recheck", job, "--offline")
    crawler("purge", job, "--url", "http://one.test/nc", "--reason", "optout")
    crawler("export", job, "--out", tmp_path / "4", "--version", "3.0.0")

    assert (minor[0], "major version" in minor[2]) == (1, True)
    assert not (tmp_path / "2.partial").exists()
    assert records(tmp_path / "3") == []
    lines = (tmp_path / "4" / "tombstones.jsonl").read_text().splitlines()
    found = {(item["last_in"], item["removed_in"]) for item in map(json.loads, lines)}
    assert found == {("1.0.0", "2.0.0"), ("2.0.0", "3.0.0")}


def test_merged_jobs_export_the_same_each_time(job, tmp_path, crawler, policy_file):
    other = tmp_path / "other"
    crawler("crawl", "http://three.test/", "--job", other, "--policy", policy_file)
    crawler("merge", job, other, "--out", tmp_path / "all")
    crawler("export", tmp_path / "all", "--out", tmp_path / "first")
    crawler("merge", job, other, "--out", tmp_path / "all")
    crawler("merge", job, other, "--out", tmp_path / "again")
    crawler("export", tmp_path / "all", "--out", tmp_path / "second")
    crawler("export", tmp_path / "again", "--out", tmp_path / "third")

    assert crawler("verify", tmp_path / "all", "--all")[0] == 0
    assert tree(tmp_path / "first") == tree(tmp_path / "second") == tree(tmp_path / "third")
    crawler("purge", job, "--url", "http://one.test/by", "--reason", "optout")
    crawler("merge", job, other, "--out", tmp_path / "all")
    assert states(tmp_path / "all")["http://one.test/by"] == "retired"
    crawler("purge", tmp_path / "all", "--domain", "three.test", "--reason", "optout")
    assert '"three.test"' in (tmp_path / "suppression.jsonl").read_text()


def test_a_job_in_shards_is_exported_taken_down_and_verified(tmp_path, crawler, policy_file):
    wide = tmp_path / "wide"
    seeds = [f"http://{host}/" for host in HOSTS]
    code, _, said = crawler(
        "crawl", *seeds, "--job", wide, "--policy", policy_file, "--shards", "2"
    )
    assert code == 0, said
    crawler("export", wide, "--out", tmp_path / "first")
    crawler("export", wide, "--out", tmp_path / "second")

    assert tree(tmp_path / "first") == tree(tmp_path / "second")
    assert len(records(tmp_path / "first")) == 12
    killed = tmp_path / "killed.partial"  # an export that did not come to its end
    shutil.copytree(tmp_path / "first", killed)
    (killed / "state.json").write_text("{}")
    with (wide / "merged" / "exports").open("a") as file:
        file.write(f"{killed}\n")
    assert crawler("takedown", "add", wide, "--url", "http://one.test/by")[0] == 0
    code, said, errors = crawler("takedown", "close", wide, "1")
    assert code == 0, said + errors
    assert not killed.exists()
    assert crawler("verify", wide, "--against", tmp_path / "first")[0] == 0
    crawler("export", wide, "--out", tmp_path / "third")
    assert len(records(tmp_path / "third")) == 11
