"""A hundred documents by different programs: crawled, judged, exported, extracted anew."""

import json

import psutil

from crawler.store.job import read_job
from tests.acceptance.conftest import REDUCED
from tests.acceptance.documents_made import documents
from tests.cli.run import run, run_json
from tests.web.handmade import Reply, crawl, handmade, page

HOST = "http://library.test"


async def test_a_hundred_documents_are_crawled_judged_exported_and_extracted_anew(tmp_path):
    (tmp_path / "made").mkdir()
    files = documents(tmp_path / "made", programs=not REDUCED)
    pages = {HOST + path: Reply(one.body, type=one.type) for path, one in files.items()}
    pages |= {f"{HOST}/": page(*files)}
    async with handmade(pages) as web:
        policy = web.policy(tmp_path / "p.toml", "[archive]\nenabled = true\n", patience="2s")
        await crawl(tmp_path / "job", policy, f"{HOST}/")

    assert not [one for one in psutil.Process().children(recursive=True) if one.is_running()]
    assert len(files) >= 50  # with all programs there: above a hundred
    wrong = {}
    with read_job(tmp_path / "job") as connection:
        rows = connection.execute(
            "SELECT url.url, url.outcome, url.code, page.text, page.extractor, decision.reason"
            " FROM url LEFT JOIN page ON page.url_id = url.id"
            " LEFT JOIN decision ON decision.url_id = url.id WHERE kind = 0"
        ).fetchall()
    found = {url.removeprefix(HOST): rest for url, *rest in rows}
    for path, one in files.items():
        outcome, code, text, extractor, reason = found[path]
        told = (outcome, code, reason, extractor, (text or "")[:80])
        if one.code == "kept" or one.words:
            kept = outcome == "kept" and extractor in (one.kind, "fast", "epub", "docx", "odt")
            if not kept or one.words not in " ".join((text or "").split()):
                wrong[path] = told
        elif one.code not in (code, reason):
            wrong[path] = told
    assert wrong == {}

    assert (await run("verify", tmp_path / "job")).exit_code == 0
    _, again = await run_json("extract", tmp_path / "job")
    assert (again["changed"], again["empty"], again["damaged"], again["no_raw_copy"]) == (
        0,
        0,
        [],
        0,
    )
    done = await run("export", tmp_path / "job", "--out", tmp_path / "out")
    assert done.exit_code == 0, done.stdout
    _told(tmp_path / "out")


def _told(out):
    """Check that records say what they were taken from, with the same provenance as pages."""
    from backports import zstd

    lines = [
        json.loads(line)
        for path in sorted((out / "data").glob("*.jsonl.zst"))
        for line in zstd.decompress(path.read_bytes()).splitlines()
    ]
    kinds = {line["metadata"]["document_kind"] for line in lines}
    assert {"pdf", "docx", "odt", "epub", "html"} <= kinds
    for line in lines:
        about = line["metadata"]
        if about["document_kind"] == "pdf":
            assert about["pages"] > 0
        assert about["consent"]["decision"] == "include"
        assert about["content_sha256"]
        assert about["warc_file"]
