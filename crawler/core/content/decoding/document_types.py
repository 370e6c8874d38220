"""Which answers may hold a document that is no text: by its first bytes, whatever it is called."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

from crawler.core.response import Response

PDF, EPUB, DOCX, ODT = "pdf", "epub", "docx", "odt"
DOCUMENTS: Final = (PDF, EPUB, DOCX, ODT)
DOCUMENT_START: Final = 1_445  # bytes that tell (MIME Sniffing section 5.2)

_TYPES: Final = {
    "application/pdf": PDF,
    "application/x-pdf": PDF,
    "application/acrobat": PDF,
    "application/vnd.pdf": PDF,
    "text/pdf": PDF,
    "text/x-pdf": PDF,
    "application/epub+zip": EPUB,
    "application/epub": EPUB,
    "application/x-epub+zip": EPUB,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": DOCX,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template": DOCX,
    "application/vnd.ms-word.document.macroenabled.12": DOCX,
    "application/vnd.oasis.opendocument.text": ODT,
    "application/x-vnd.oasis.opendocument.text": ODT,
}
# What servers send when they do not know, or want the file saved: the bytes tell.
_UNTOLD: Final = frozenset(
    (  # noqa: SIM905 - names, to be read
        "application/octet-stream application/octetstream application/octet application/binary"
        " application/x-binary binary/octet-stream application/download application/x-download"
        " application/force-download application/x-force-download application/save"
        " application/save-as application/x-msdownload application/file application/x-file"
        " application/zip application/x-zip application/x-zip-compressed application/msword"
        " application/vnd.ms-word application/x-msword"
    ).split()
)
_NAME: Final = re.compile(r"\.(pdf|epub|docx|odt)(?:[\"'\s;]|\Z)", re.IGNORECASE)
# A header may stand behind a kilobyte of something else (ISO 32000-1, note 13 of annex H).
_PDF_START: Final = re.compile(rb"%PDF-\d")
_PDF_BODY: Final = re.compile(
    rb"%PDF-\d[^\r\n]{0,20}[\r\n]+(?:%[^\r\n]{0,40}[\x80-\xff]|[\r\n ]{0,20}\d{1,9} \d{1,5} obj)"
)
_ZIP: Final = b"PK\x03\x04"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB]: what an encrypted DOCX lies in
_MIMETYPE: Final = re.compile(rb"mimetype(application/[a-z0-9.+-]{1,80})")
_OFFICE: Final = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/", b"customXml/")
_CONTAINER: Final = b"META-INF/container.xml"
_NAME_AT: Final = 30  # of a member, behind its local header (APPNOTE section 4.3.7)
_HTML_FIRST: Final = re.compile(rb"[\t\n\x0c\r \xef\xbb\xbf]*+<[!a-z?]", re.IGNORECASE)


def is_declared(media_type: str) -> bool:
    """Return whether a media type names a kind of document that is read."""
    return media_type in _TYPES


def declared_document(response: Response) -> str:
    """Return the kind of document that type, file name or address promise, "" for none."""
    kind = _TYPES.get(response.content_type, "")
    if not kind and response.content_type in _UNTOLD:
        kind = _named(response.header("content-disposition")) or _named(response.url.path)
    return kind


def may_be_document(response: Response) -> bool:
    """Return whether the headers leave it to the body: it may turn out to be a document."""
    return response.content_type in _TYPES or response.content_type in _UNTOLD


def document_kind(response: Response) -> str:
    """Return the kind of document that the first bytes of a body are of, "" for none.

    A zip file is what its first member says, else what it is called: only the reader can tell.
    """
    start = response.body[:DOCUMENT_START]
    if start.startswith(_ZIP):
        return _in_zip(response, start)
    if start.startswith(_COMPOUND):
        return DOCX if declared_document(response) == DOCX else ""
    found = _PDF_START.search(start, 0, 1_024 + 8)
    if found is None or (found.start() and _HTML_FIRST.match(start)):
        return ""  # a page that speaks of PDF
    if not found.start() or declared_document(response) == PDF or _is_junk(start, found.start()):
        return PDF
    # No text speaks of PDF in this way: read as one, it would show none of what is reserved in it.
    return PDF if _PDF_BODY.match(start, found.start()) else ""


def _is_junk(start: bytes, end: int) -> bool:
    return not start[:end].strip(b"\xef\xbb\xbf\x00\t\n\r ")


def _in_zip(response: Response, start: bytes) -> str:
    if found := _MIMETYPE.search(start, _NAME_AT, _NAME_AT + 200):
        # It stands uncompressed in front (OCF 3.3 section 4.2.6.3, OpenDocument part 2).
        kind = found[1].decode().partition("PK")[0]
        if kind.startswith("application/epub"):
            return EPUB
        if kind.startswith("application/vnd.oasis.opendocument.text"):
            return ODT
        return ""
    if start.startswith(_CONTAINER, _NAME_AT):
        return EPUB  # its first member is not where it should be
    declared = declared_document(response)
    if declared in (EPUB, DOCX, ODT):
        return declared
    return DOCX if start[_NAME_AT : _NAME_AT + 64].startswith(_OFFICE) else ""


def _named(text: str) -> str:
    found = _NAME.search(unquote(text))
    return found[1].lower() if found else ""
