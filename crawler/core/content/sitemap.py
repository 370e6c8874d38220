"""Sitemaps: XML, text and feeds, plain or gzipped. Capped, never raising."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from crawler.core.content.decoding import tolerant_xml
from crawler.core.content.decoding.encoding import decode
from crawler.core.content.decoding.gunzip import gunzip
from crawler.core.content.decoding.tolerant_xml import Enough, local
from crawler.core.content.html.links import Joiner
from crawler.core.content.settings import SitemapLimits
from crawler.core.document import Link
from crawler.core.outcome import Listed
from crawler.core.response import Response
from crawler.core.urls import Url

_MAX_FIELD = 4_096  # characters of one element's text
_MAX_PROBLEMS = 10
_SEEN = 2  # times the entries kept: so many are looked at, known, broken or new
_NOISE = 4_096  # characters before the document that are passed over
_ROOT = re.compile(r"<\?xml[ \t]|<(?:urlset|sitemapindex|rss|feed)[\s>]")
_UNSEEN = "\ufeff\u200b\u200e\u200f\u2060\xa0\x00 \t\r\n"
_LINE = re.compile(r"[^\r\n]++")


def read_sitemap(response: Response, limits: SitemapLimits) -> Listed:
    """Return the addresses a sitemap lists, and what was wrong with it. Raises nothing."""
    reader = _Reader(response.url, limits)
    body, problem = gunzip(response.body, limits.max_size)
    text = decode(body, response.header("content-type")).text
    text = _behind_noise(text)
    with suppress(Enough):
        if text.lstrip(_UNSEEN).startswith("<"):
            whole = text[: text.rfind(">") + 1]  # an address that is cut leads nowhere
            _, wrong = tolerant_xml.read(whole, lambda: _Handler(reader))
            if wrong:
                reader.report(wrong)
        else:
            _read_lines(text, reader)
    if problem:
        reader.report(problem)
    if response.truncated:
        reader.report("truncated")
    if reader.lost > 1:
        reader.problems.append(f"{reader.lost} entries lost")
    return Listed(
        tuple(reader.links.values()), tuple(reader.sitemaps.values()), tuple(reader.problems)
    )


def _behind_noise(text: str) -> str:
    """Return a text from its XML on, where a script has said something before."""
    if text[:_NOISE].lstrip(_UNSEEN).startswith("<"):
        return text
    found = _ROOT.search(text, 0, _NOISE)
    return text[found.start() :] if found else text


class _Reader:
    """What was read so far."""

    def __init__(self, url: Url, limits: SitemapLimits) -> None:
        self.limits = limits
        self.links: dict[str, Link] = {}
        self.sitemaps: dict[str, Url] = {}
        self.problems: list[str] = []
        self.lost = 0  # entries that give no address we can use
        self._seen = 0
        self._joiner = Joiner(url)

    def report(self, problem: str) -> None:
        if problem not in self.problems and len(self.problems) < _MAX_PROBLEMS:
            self.problems.append(problem)

    def lose(self) -> None:
        self.lost += 1
        self.report("bad-url")
        self._look()

    def add(self, text: str, source: str, lastmod: str = "", priority: str = "") -> None:
        url = self._joiner.join(text.strip(_UNSEEN))
        if url is None:
            self.lose()
            return
        if url.text in self.links or url.text in self.sitemaps:
            self._look()
            return
        if len(self.links) + len(self.sitemaps) >= self.limits.max_entries:
            self.report("too-many-entries")
            raise Enough
        if source == "index":
            self.sitemaps[url.text] = url
        else:
            self.links[url.text] = Link(
                url, source, lastmod=timestamp(lastmod), priority=_priority(priority)
            )

    def _look(self) -> None:
        """Count what brings nothing new: it may not go on for ever."""
        self._seen += 1
        if self._seen > _SEEN * self.limits.max_entries:
            self.report("too-many-entries")
            raise Enough


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


def _read_lines(text: str, reader: _Reader) -> None:
    for match in _LINE.finditer(text):
        line = match[0].strip()
        # A URL a line: anything else is an error page or another kind of file.
        if line[:8].lower().startswith(("http://", "https://", "/")):
            reader.add(line, "sitemap")
        elif line and not line.startswith("#"):
            reader.lose()


class _Handler:
    """What urlset, sitemapindex, RSS and Atom say, element by element."""

    def __init__(self, reader: _Reader) -> None:
        self.reader = reader
        self.path: list[str] = []
        self.fields: dict[str, str] = {}
        self.parts: list[str] = []
        self.size = 0
        self.deeper = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.deeper or len(self.path) >= self.reader.limits.max_depth:
            self.deeper += 1
            self.reader.report("too-deep")
            return
        name = local(name)
        if name in _ENTRIES and any(around in _ENTRIES for around in self.path):
            self._add(next(around for around in self.path if around in _ENTRIES))  # not closed
        self.path.append(name)
        self.parts.clear()
        self.size = 0
        if name in _ENTRIES:
            self.fields.clear()
        elif name == "link":
            rel = attributes.get("rel", "alternate")
            if rel == "alternate" and "href" in attributes and "entry" in self.path:
                self.fields.setdefault("link", attributes["href"])

    def data(self, text: str) -> None:
        if self.size < _MAX_FIELD and not self.deeper:
            self.parts.append(text)
            self.size += len(text)

    def end(self, _: str) -> None:
        if self.deeper:
            self.deeper -= 1
            return
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
_DATES = ("lastmod", "updated", "pubdate", "date", "published")
_FIELDS = frozenset({"loc", "link", "guid", "priority", *_DATES})
