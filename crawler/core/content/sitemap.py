"""Sitemaps: XML, text and feeds, plain or gzipped. Streamed, capped, never raising."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from xml.parsers import expat

from pydantic import Field

from crawler.core.content.decoding.encoding import decode
from crawler.core.content.html.links import Joiner
from crawler.core.document import Link
from crawler.core.outcome import Listed
from crawler.core.response import Response
from crawler.core.units import Settings, Size
from crawler.core.urls import Url


class SitemapLimits(Settings):
    """How much of one sitemap is read (the protocol allows 50 MiB and 50,000 entries)."""

    max_size: Size = 52_428_800  # bytes after gunzip
    max_entries: int = Field(default=50_000, ge=1)
    max_depth: int = Field(default=16, ge=3)  # nesting of XML elements


_CHUNK = 65_536
_GZIP = b"\x1f\x8b"
_MAX_FIELD = 4_096  # characters of one element's text
_MAX_PROBLEMS = 10


def read_sitemap(response: Response, limits: SitemapLimits) -> Listed:
    """Return the addresses a sitemap lists, and what was wrong with it. Raises nothing."""
    reader = _Reader(response.url, limits)
    body = _Body(response.body, limits.max_size)
    start = body.start
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or start.lstrip(b"\xef\xbb\xbf\t\r\n ")[:1] in (
        b"<",
        b"\x00",
    ):
        _read_xml(body, reader)
    else:
        _read_lines(body, response, reader)
    if body.problem:
        reader.report(body.problem)
    if response.truncated:
        reader.report("truncated")
    return Listed(
        tuple(reader.links.values()), tuple(reader.sitemaps.values()), tuple(reader.problems)
    )


class _Stop(Exception):  # noqa: N818 - a limit, no error
    """A limit was reached or the document refused."""


class _Body:
    """The body in chunks, unzipped if need be, never more than the limit."""

    def __init__(self, body: bytes, limit: int) -> None:
        self.problem = ""
        self._body = body
        self._limit = limit
        self.start = next(self.chunks(), b"")[:1_024]
        self.problem = ""

    def chunks(self) -> Iterator[bytes]:
        left = self._limit
        for piece in self._pieces():
            if len(piece) > left:
                self.problem = "too-large"
                yield piece[:left]
                return
            left -= len(piece)
            yield piece

    def _pieces(self) -> Iterator[bytes]:
        body = self._body
        if not body.startswith(_GZIP):
            for at in range(0, len(body), _CHUNK):
                yield body[at : at + _CHUNK]
            return
        unzip = zlib.decompressobj(wbits=31)
        waiting = body
        try:
            while waiting and not unzip.eof:
                piece = unzip.decompress(waiting, _CHUNK)
                waiting = unzip.unconsumed_tail
                if piece:
                    yield piece
            if not unzip.eof:
                self.problem = "gzip-cut"
        except zlib.error:
            self.problem = "gzip-broken"


@dataclass(slots=True)
class _Reader:
    """What was read so far."""

    url: Url
    limits: SitemapLimits
    links: dict[str, Link] = field(default_factory=dict)
    sitemaps: dict[str, Url] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def report(self, problem: str) -> None:
        if problem not in self.problems and len(self.problems) < _MAX_PROBLEMS:
            self.problems.append(problem)

    def add(self, text: str, source: str, lastmod: str = "", priority: str = "") -> None:
        url = Joiner(self.url).join(text)
        if url is None:
            self.report("bad-url")
            return
        self._room()
        if source == "index":
            self.sitemaps.setdefault(url.text, url)
            return
        self.links.setdefault(
            url.text,
            Link(url, source, lastmod=timestamp(lastmod), priority=_priority(priority)),
        )

    def _room(self) -> None:
        if len(self.links) + len(self.sitemaps) >= self.limits.max_entries:
            self.report("too-many-entries")
            raise _Stop


def timestamp(text: str) -> float:
    """Return the seconds since the epoch of a W3C or RFC 822 date, 0 if it is neither."""
    text = text.strip()
    try:
        if text[:4].isdigit():
            padded = text + "-01-01"[(len(text) - 4) :] if len(text) in (4, 7) else text
            when = datetime.fromisoformat(padded)
        else:
            when = parsedate_to_datetime(text)
        if when.tzinfo is None:
            when = when.replace(tzinfo=UTC)
        return max(0.0, when.timestamp())
    except (ValueError, OverflowError, IndexError, TypeError):
        return 0.0


def _priority(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return 0.5
    return min(1.0, max(0.0, value)) if value == value else 0.5  # noqa: PLR0124 - NaN


def _read_lines(body: _Body, response: Response, reader: _Reader) -> None:
    text = decode(b"".join(body.chunks()), response.header("content-type"), markup=False).text
    try:
        for line in map(str.strip, text.splitlines()):
            # A URL a line: anything else is an error page or another kind of file.
            if line.lower().startswith(("http://", "https://", "/")):
                reader.add(line, "sitemap")
            elif line and not line.startswith("#"):
                reader.report("bad-url")
    except _Stop:
        return


def _read_xml(body: _Body, reader: _Reader) -> None:
    handler = _Handler(reader)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = handler.refuse
    parser.EntityDeclHandler = handler.refuse
    parser.buffer_text = True
    try:
        for chunk in body.chunks():
            parser.Parse(chunk)
        if not body.problem:
            parser.Parse(b"", True)  # noqa: FBT003 - expat's own face
    except _Stop:
        return
    except (expat.ExpatError, ValueError, LookupError):
        reader.report("xml-broken")


class _Handler:
    """Expat callbacks for urlset, sitemapindex, RSS and Atom."""

    def __init__(self, reader: _Reader) -> None:
        self.reader = reader
        self.path: list[str] = []
        self.fields: dict[str, str] = {}
        self.parts: list[str] = []
        self.size = 0

    def refuse(self, *_: object) -> None:
        self.reader.report("dtd-refused")
        raise _Stop

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.path) >= self.reader.limits.max_depth:
            self.reader.report("too-deep")
            raise _Stop
        name = name.rpartition(" ")[2]
        self.path.append(name)
        self.parts.clear()
        self.size = 0
        if name in _ENTRIES:
            self.fields.clear()
        elif name == "link":
            rel = attributes.get("rel", "alternate")
            if rel == "alternate" and "href" in attributes and "entry" in self.path:
                self.fields.setdefault("link", attributes["href"])

    def text(self, data: str) -> None:
        if self.size < _MAX_FIELD:
            self.parts.append(data)
            self.size += len(data)

    def end(self, _: str) -> None:
        name = self.path.pop()
        around = self.path[-1] if self.path else ""
        if around in _ENTRIES and name in _FIELDS:
            value = "".join(self.parts).strip()[:_MAX_FIELD]
            if value:
                self.fields.setdefault(name, value)
        elif name in _ENTRIES:
            self._add(name)
        self.parts.clear()

    def _add(self, name: str) -> None:
        fields = self.fields
        address = fields.get("loc") or fields.get("link")
        if not address and fields.get("guid", "").startswith("http"):
            address = fields["guid"]
        if address:
            changed = next((fields[key] for key in _DATES if key in fields), "")
            self.reader.add(address, _ENTRIES[name], changed, fields.get("priority", ""))
        fields.clear()


_ENTRIES = {"url": "sitemap", "sitemap": "index", "item": "feed", "entry": "feed"}
_DATES = ("lastmod", "updated", "pubDate", "date", "published")
_FIELDS = frozenset({"loc", "link", "guid", "priority", *_DATES})
