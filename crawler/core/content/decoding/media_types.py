"""What kind of text an answer holds: by its declared type, else by its first bytes."""

from __future__ import annotations

import re

from crawler.core.content.decoding.document_types import is_declared
from crawler.core.response import Response

HTML, XML, PLAIN, MARKDOWN = "html", "xml", "plain", "markdown"

_TYPES = {
    "text/html": HTML,
    "application/xhtml+xml": HTML,
    "application/vnd.wap.xhtml+xml": HTML,
    # Types nobody registered, each met for HTML only.
    **dict.fromkeys(("application/html", "text/htm", "text/x-html", "text/html5"), HTML),
    "text/plain": PLAIN,
    "text/x-rst": PLAIN,
    "text/prs.fallenstein.rst": PLAIN,
    "text/markdown": MARKDOWN,
    "text/x-markdown": MARKDOWN,
    "text/xml": XML,
    "application/xml": XML,
    "application/rss+xml": XML,
    "application/atom+xml": XML,
    "application/rdf+xml": XML,
}
# ... no more than of a script that made them or of a folder.
_UNKNOWN = (
    "",
    "unknown/unknown",
    "application/unknown",
    "*/*",
    "none/none",
    "null/null",
    "content/unknown",
    "text/unknown",
    "application/x-unknown",
    "application/x-httpd-php",
    "httpd/unix-directory",
)
# What servers send when they do not know the type of a file (MIME Sniffing section 5.1).
_BINARY_TYPES = ("application/octet-stream",)
_MARKDOWN_PATH = re.compile(r"\.(?:md|markdown|mdown)\Z", re.IGNORECASE)
_TEXT_PATH = re.compile(r"\.(?:txt|text|rst)\Z", re.IGNORECASE)
# MIME Sniffing section 7.1: each pattern must be followed by a space or ">".
_HTML_START = re.compile(
    rb"<(?:!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p)[\s>]"
    rb"|<!--",
    re.IGNORECASE,
)
# MIME Sniffing section 7.3: feeds that are sent as HTML.
_FEED_START = re.compile(
    rb"(?:\xef\xbb\xbf)?[\t\r\n ]*+"
    rb"(?:<(?:\?[^>]*+|!--(?:[^-]|-(?!->))*+--|![^->][^>]*+)>[\t\r\n ]*+)*+"
    rb"<(?:rss|feed|rdf:RDF)[\t\r\n >]"
)
_BINARY_BYTE = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
# MIME Sniffing section 7.1: files that start in letters.
_FILES = (b"%PDF-", b"%!PS-Adobe-", b"GIF87a", b"GIF89a")
_BOMS = (b"\xef\xbb\xbf", b"\xfe\xff", b"\xff\xfe")
_SNIFFED = 1_445  # bytes: the resource header of MIME Sniffing section 5.2


def text_type(response: Response) -> str | None:
    """Return html, xml, plain or markdown; None for an answer that is no text we read."""
    declared = response.content_type
    known = _TYPES.get(declared)
    if known == PLAIN and _MARKDOWN_PATH.search(response.url.path):
        return MARKDOWN
    if known == HTML and _FEED_START.match(response.body[:_SNIFFED]):
        return XML
    if known is not None:
        return known
    if declared.startswith("application/") and declared.endswith("+xml"):
        return XML if "svg" not in declared and "rsl" not in declared else None
    if declared in _UNKNOWN:
        return sniff(response.body)
    if declared in _BINARY_TYPES:
        if _MARKDOWN_PATH.search(response.url.path):
            return MARKDOWN
        return PLAIN if _TEXT_PATH.search(response.url.path) else None
    if is_declared(declared) and sniff(response.body) == HTML:
        return HTML  # a notice in place of the document
    return None


def is_xml(declared: str) -> bool:
    """Whether an answer of this type is XML, whatever its root element."""
    return declared.endswith(("/xml", "+xml"))


def sniff(body: bytes) -> str | None:
    """Return the kind of text `body` looks like, None if it holds binary bytes."""
    start = body[:_SNIFFED]
    if start.startswith(_BOMS):
        return HTML if b"<" in start.lstrip(b"\xef\xbb\xbf\xfe\xff\x00")[:2] else PLAIN
    stripped = start.lstrip(b"\t\n\x0c\r ")
    if stripped.startswith(b"<?xml"):
        return HTML if b"<html" in start else XML
    if _HTML_START.match(stripped):
        return HTML
    if start.startswith(_FILES) or _BINARY_BYTE.search(start):
        return None
    return PLAIN
