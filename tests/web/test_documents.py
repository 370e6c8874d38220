"""Documents on a real web: told by their bytes, read apart, bounded, counted, kept as pages are."""

import zipfile
from io import BytesIO

import pytest

from crawler.store.job import read_job
from tests.cli.run import run, run_json
from tests.core.content.documents import made
from tests.web.handmade import Reply, crawl, handmade, page

pytestmark = pytest.mark.slow  # each starts the process in which documents are read

HOST = "http://files.test"
WORDS = "The tide follows the moon and the harbour follows the tide."
PDF = made.text_pdf(WORDS, info="/Title(Tides)/Author(Ann Author)")
DOCX = made.docx(f"<w:p><w:r><w:t>{WORDS}</w:t></w:r></w:p>")
ODT = made.odt(f"<text:p>{WORDS}</text:p>")
EPUB = made.epub(f"<p>{WORDS}</p>", "<p>A second chapter.</p>")
OCTETS = "application/octet-stream"
NAMED = (("Content-Disposition", 'attachment; filename="report.docx"'),)


def sheet():
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    listed = f'<Types><Override PartName="/x" ContentType="{types}"/></Types>'
    return made.zipped({"[Content_Types].xml": listed, "xl/workbook.xml": "<workbook/>"})


ANSWERS = {  # what is answered, and what becomes of it
    "/a.pdf": (Reply(PDF, type="application/pdf"), "pdf"),
    "/untyped": (Reply(PDF, type=OCTETS), "pdf"),
    "/wrong": (Reply(PDF, type="text/html"), "pdf"),
    "/plain": (Reply(PDF, type="text/plain"), "pdf"),
    "/behind-junk.pdf": (Reply(b"\r\n\r\n" + PDF, type="application/pdf"), "pdf"),
    "/d": (Reply(DOCX, type="application/zip", headers=NAMED), "docx"),
    "/download?id=1": (Reply(DOCX, type=OCTETS), "docx"),
    "/o.odt": (Reply(ODT, type="application/vnd.oasis.opendocument.text"), "odt"),
    "/o": (Reply(ODT, type=OCTETS), "odt"),
    "/e.epub": (Reply(EPUB, type="application/epub+zip"), "epub"),
    "/e": (Reply(EPUB, type="application/x-download"), "epub"),
    "/page.pdf": (Reply(page(text=WORDS), type="application/pdf"), "fast"),
    "/s": (Reply(sheet(), type=OCTETS), "type"),
    "/z": (Reply(made.zipped({"a.txt": "x"}), type="application/zip"), "type"),
    "/b": (Reply(b"\x7fELF" + bytes(3_000), type=OCTETS), "type"),
    "/cut.pdf": (Reply(b"%PDF-1.7\nnothing more", type="application/pdf"), "damaged"),
    "/cut.docx": (Reply(DOCX[:-40], type="application/zip", headers=NAMED), "damaged"),
    "/scan.pdf": (Reply(made.pdf([]), type="application/pdf"), "no-text-layer"),
    "/large.pdf": (Reply(PDF + b" " * 70_000, type="application/pdf"), "document-too-large"),
}
POLICY = """
[archive]
enabled = true
[content.documents]
pdf_bytes = "60kB"
"""


async def test_documents_are_told_by_their_bytes_and_kept_as_pages_are(tmp_path):
    pages = {f"{HOST}/": page(*ANSWERS)} | {HOST + at: reply for at, (reply, _) in ANSWERS.items()}
    async with handmade(pages) as web:
        policy = web.policy(tmp_path / "p.toml", POLICY)
        ended = await crawl(tmp_path / "job", policy, f"{HOST}/")
    with read_job(tmp_path / "job") as connection:
        kept = dict(connection.execute("SELECT url, extractor FROM page"))
        lost = dict(connection.execute("SELECT url, code FROM url WHERE outcome = 'skipped'"))
        texts = dict(connection.execute("SELECT url, text FROM page"))

    assert ended is not None
    found = {at: kept.get(HOST + at) or lost.get(HOST + at) for at in ANSWERS}
    assert found == {at: what for at, (_, what) in ANSWERS.items()}
    assert all(WORDS in texts[HOST + at] for at, (_, what) in ANSWERS.items() if HOST + at in kept)

    assert (await run("verify", tmp_path / "job")).exit_code == 0
    _, told = await run_json("explain", tmp_path / "job", f"{HOST}/e.epub")
    assert (told["read_by"], told["pages"]) == ("epub", "2")
    _, again = await run_json("extract", tmp_path / "job")
    assert (again["changed"], again["empty"], again["damaged"]) == (0, 0, [])
    assert again["same"] == len(kept)
    done = await run("export", tmp_path / "job", "--out", tmp_path / "out")
    assert done.exit_code == 0, done.stdout


async def test_what_the_policy_does_not_read_is_not_asked_for(tmp_path):
    pages = {f"{HOST}/": page("/a.pdf", "/x", "/o.odt"), f"{HOST}/a.pdf": ANSWERS["/a.pdf"][0]}
    pages |= {f"{HOST}/x": ANSWERS["/untyped"][0], f"{HOST}/o.odt": ANSWERS["/o.odt"][0]}
    async with handmade(pages) as web:
        policy = web.policy(tmp_path / "p.toml", '[content]\ndocuments = ["odt"]')
        await crawl(tmp_path / "job", policy, f"{HOST}/")

        assert (web.asked(f"{HOST}/a.pdf"), web.asked(f"{HOST}/x")) == (0, 1)
    with read_job(tmp_path / "job") as connection:
        kept = {url for (url,) in connection.execute("SELECT url FROM page")}
    assert kept == {f"{HOST}/", f"{HOST}/o.odt"}


async def test_a_bomb_costs_its_own_url(tmp_path):
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", bytes(40_000_000))
    pages = {
        f"{HOST}/": page("/bomb", "/after"),
        f"{HOST}/bomb": Reply(bomb.getvalue(), type=OCTETS),
        f"{HOST}/after": page(),
    }
    async with handmade(pages) as web:
        policy = web.policy(tmp_path / "p.toml")
        await crawl(tmp_path / "job", policy, f"{HOST}/")
    with read_job(tmp_path / "job") as connection:
        codes = dict(connection.execute("SELECT url, code FROM url"))

    assert (codes[f"{HOST}/bomb"], codes[f"{HOST}/after"]) == ("document-bomb", "ok")
