"""Which kind a file is: by its first bytes, whatever its type, name or address say."""

import pytest

from crawler.core import urls
from crawler.core.content import document_kind, may_be_document, text_type
from crawler.core.response import Response
from tests.core.content.documents import made

PDF, DOCX, ODT, EPUB = made.text_pdf("x"), made.docx(""), made.odt(""), made.epub("x")
ZIP = made.zipped({"a.txt": "x"})
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OCTETS = "application/octet-stream"
CASES = [
    ("application/pdf", "", "/a", PDF, "pdf"),
    ("", "", "/a", PDF, "pdf"),
    ("text/html", "", "/a.html", PDF, "pdf"),
    (OCTETS, "", "/a", b"\xef\xbb\xbf\n" + PDF, "pdf"),
    ("application/pdf", "", "/a", b"HTTP headers: x\n" + PDF, "pdf"),
    (OCTETS, "", "/a", b"words before " + PDF, "pdf"),
    ("text/html", "", "/a", b"HTTP/1.1 200 OK\r\n\r\n" + PDF, "pdf"),
    (OCTETS, "", "/a", b"words before %PDF-1.7\nand words behind", ""),
    (OCTETS, "", "/a.pdf", b"words before " + PDF, "pdf"),
    (OCTETS, 'attachment; filename="a.pdf"', "/a", b"words before " + PDF, "pdf"),
    ("text/html", "", "/a", b"<p>%PDF-1.7 is a header</p>", ""),
    ("text/plain", "", "/a", b"A note on %PDF-1.7 files", ""),
    (OCTETS, "", "/a", DOCX, "docx"),
    (OCTETS, "", "/a", ODT, "odt"),
    (OCTETS, "", "/a", EPUB, "epub"),
    ("application/zip", "", "/a", EPUB, "epub"),
    (WORD, "", "/a", ZIP, "docx"),
    ("application/zip", "attachment; filename*=UTF-8''b%C3%BCcher.epub", "/a", ZIP, "epub"),
    ("application/zip", "", "/a.zip", ZIP, ""),
    (OCTETS, "", "/a", made.zipped({"META-INF/MANIFEST.MF": "x"}), ""),
    (OCTETS, "", "/a", made.zipped({"META-INF/container.xml": "x"}), "epub"),
    (OCTETS, "", "/a", made.zipped({}, "application/vnd.oasis.opendocument.presentation"), ""),
    (WORD, "", "/a", OLE, "docx"),
    ("application/msword", "", "/a.doc", OLE, ""),
    ("application/pdf", "", "/a", b"", ""),
]


def answer(kind, disposition, path, body):
    headers = [("content-type", kind)] if kind else []
    headers += [("content-disposition", disposition)] if disposition else []
    return Response(urls.parse(f"https://a.test{path}"), 200, tuple(headers), body)


@pytest.mark.parametrize(("kind", "disposition", "path", "body", "expected"), CASES)
def test_the_first_bytes_tell(kind, disposition, path, body, expected):
    assert document_kind(answer(kind, disposition, path, body)) == expected


def test_a_page_in_the_place_of_a_document_is_a_page():
    assert text_type(answer("application/pdf", "", "/a.pdf", b"<!doctype html><p>Log in")) == "html"
    assert text_type(answer("application/pdf", "", "/a.pdf", PDF)) is None


@pytest.mark.parametrize("kind", ["image/png", "video/mp4", "application/json", "text/css"])
def test_what_is_told_by_its_type_is_not_asked_for(kind):
    assert not may_be_document(answer(kind, "", "/a", b""))
