"""XHTML written over into HTML, so that one parser reads both.

In XML every element may be written `<a/>`; a parser of HTML (section 13.2.5.32) reads that as a
start tag, and takes all that follows `<script/>` for the script. Documents sent as XML are gone
through tag by tag; in a page sent as HTML that declares itself XHTML the empty elements are closed.
"""

from __future__ import annotations

import re
from html import escape
from typing import Final

from crawler.core.content.html.tags import NUMBER, VOID

_NAMESPACE: Final = "http://www.w3.org/1999/xhtml"
_START: Final = 2_048  # characters in which a document says what it is
_RAW: Final = frozenset({"script", "style"})
# Prefixes of the languages that HTML knows without any.
_BOUND: Final = re.compile(
    r"xmlns:([A-Za-z_][\w.-]{0,99})\s{0,9}=\s{0,9}[\"']http://www\.w3\.org/"
    r"(?:1999/xhtml|1998/Math/MathML|2000/svg)[\"']"
)
_NAME: Final = re.compile(r"[A-Za-z_][\w.:-]*")
_BYTES_OF_NAME: Final = re.compile(rb"[A-Za-z_][\w.:\x80-\xff-]*")


def declares(text: str) -> bool:
    """Whether a page sent as HTML says that it is XHTML: declaration, document type, namespace."""
    start = text[:_START]
    return "XHTML" in start or _NAMESPACE in start or start.lstrip("\ufeff \t\r\n")[:5] == "<?xml"


def closed(page: bytes) -> bytes:
    """Return a page, in UTF-8, in which no element written as empty holds what follows it."""
    parts: list[bytes] = []
    done = before = 0
    at = page.find(b"/>")
    while at >= 0:
        start = page.rfind(b"<", before, at)  # none further back: a ">" would stand between
        match = _BYTES_OF_NAME.match(page, start + 1, at) if start >= 0 else None
        if (
            match
            and not _is_void(match[0].decode().lower())
            and _is_empty(page, start, match.end(), at)
        ):
            parts.extend((page[done:at], b"></%b>" % match[0]))
            done = at + 2
        before = at + 2
        at = page.find(b"/>", before)
    if not parts:
        return page
    parts.append(page[done:])
    return b"".join(parts)


def _is_empty(page: bytes, start: int, named: int, at: int) -> bool:
    """Whether the "/" closes a tag: it is no end of a bare value, nor in the string of a script."""
    if page[at - 1] not in b"\"' \t\r\n" and named != at:
        return False
    return page[start - 1 : start] not in (b"'", b'"') and page.find(b">", start, at) < 0


def _is_void(name: str) -> bool:
    return bool(VOID[NUMBER.get(name, 0)])


def as_html(text: str) -> str:
    """Return an XHTML document as HTML: whole end tags, no sections of CDATA, no prefix."""
    return _Writer(text).run()


class _Writer:
    """Goes through a document once, from one "<" to the next."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.parts: list[str] = []
        self.done = 0  # all before is written
        self.prefixes = frozenset(_BOUND.findall(text)) if "xmlns:" in text else frozenset()

    def run(self) -> str:
        text = self.text
        at = text.find("<")
        while at >= 0:
            sign = text[at + 1 : at + 2]
            if sign == "!":
                at = self._declaration(at)
            elif sign == "/":
                at = self._end_tag(at)
            elif sign == "?":
                at = _after(text, "?>", at)
            else:
                at = self._start_tag(at)
            at = text.find("<", at)
        self.parts.append(text[self.done :])
        return "".join(self.parts)

    def _replace(self, start: int, end: int, text: str) -> None:
        self.parts.append(self.text[self.done : start])
        self.parts.append(text)
        self.done = end

    def _declaration(self, at: int) -> int:
        if self.text.startswith("<!--", at):
            return _after(self.text, "-->", at)
        if self.text.startswith("<![CDATA[", at):
            end = self.text.find("]]>", at)
            if end < 0:
                end = len(self.text)
            self._replace(at, end + 3, escape(self.text[at + 9 : end], quote=False))
            return end + 3
        return at + 2

    def _end_tag(self, at: int) -> int:
        match = _NAME.match(self.text, at + 2)
        if match is None:
            return at + 2
        end = _after(self.text, ">", match.end())
        name = self._bare(match[0])
        if _is_void(name):
            self._replace(at, end, "")  # "</br>" would be a second line break
        elif name != match[0]:
            self._replace(at, end, f"</{name}>")
        return end

    def _start_tag(self, at: int) -> int:
        match = _NAME.match(self.text, at + 1)
        if match is None:
            return at + 1
        name = self._bare(match[0])
        if name != match[0]:
            self._replace(at, match.end(), f"<{name}")
        end = _tag_end(self.text, match.end())
        if self.text[end - 2 : end] == "/>":
            if not _is_void(name):
                self._replace(end - 2, end, f"></{name}>")
            return end
        if name in _RAW:  # a section of CDATA in it is the script's own, as in HTML
            closing = self.text.find(f"</{match[0]}", end)
            return len(self.text) if closing < 0 else closing
        return end

    def _bare(self, name: str) -> str:
        prefix, colon, local = name.partition(":")
        return local if colon and prefix in self.prefixes else name


def _after(text: str, mark: str, at: int) -> int:
    found = text.find(mark, at)
    return len(text) if found < 0 else found + len(mark)


def _tag_end(text: str, at: int) -> int:
    """Return where a start tag ends, past values in quotes that hold a ">"."""
    while True:
        end = text.find(">", at)
        if end < 0:
            return len(text)
        quote = _first_quote(text, at, end)
        if quote < 0:
            return end + 1
        at = text.find(text[quote], quote + 1) + 1
        if not at:
            return end + 1


def _first_quote(text: str, start: int, end: int) -> int:
    double, single = text.find('"', start, end), text.find("'", start, end)
    return max(double, single) if double < 0 or single < 0 else min(double, single)
