"""The addresses a page points to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from crawler.core import urls
from crawler.core.content.decoding.encoders import encoded_query
from crawler.core.content.html.markup import HREF, REL, TYPE, Attributes, Markup, opening_of
from crawler.core.content.html.tags import NUMBER
from crawler.core.document import Link
from crawler.core.lenient_text import words_of
from crawler.core.urls import Url

# Bounds of the work only: what is taken is the policy's to say, and is counted (`admission`).
MAX_LINKS = 20_000  # a page, and elements looked at
MAX_URL = 8_192  # characters

_BASE, _LINK = NUMBER["base"], NUMBER["link"]
_FRAME, _IFRAME, _META = NUMBER["frame"], NUMBER["iframe"], NUMBER["meta"]
_A, _OBJECT, _EMBED = NUMBER["a"], NUMBER["object"], NUMBER["embed"]
_XLINK, _DATA = opening_of("xlink:href"), opening_of("data")
_SRC, _CONTENT = opening_of("src"), opening_of("content")
_EQUIV = opening_of("http-equiv")
_UNSCRIPTED = frozenset({"noscript"})
_NOT_WEB = ("javascript:", "mailto:", "tel:", "data:", "about:", "blob:", "sms:")
_OF_OTHERS = ("a", "frame")  # a page that names itself so says nothing
# However it is spelled: only links are lost.
_NOFOLLOW = re.compile(r"(?<![a-z])no[-_ ]?follow(?![a-z])")
_FEEDS = ("application/rss+xml", "application/atom+xml")
# Joins that need no parser: segments and queries of unreserved letters, no dot segment.
_SEGMENT = r"[A-Za-z0-9_~-][A-Za-z0-9_.~-]*"
_SAFE = rf"(?:{_SEGMENT}/)*(?:{_SEGMENT})?"
_SAFE_PATH = re.compile(rf"/?{_SAFE}(?:\?[A-Za-z0-9_=&.~-]+)?\Z")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


# (HTML section 4.2.5.3, "shared declarative refresh steps".)
_REFRESH = re.compile(
    r"[\t\n\f\r ]*+([0-9.]++)(?=[;,\t\n\f\r ])[\t\n\f\r ]*+[;,]?+[\t\n\f\r ]*+"
    r"(?:url[\t\n\f\r ]*+=[\t\n\f\r ]*+)?+([\"']?)(.*)",
    re.IGNORECASE | re.DOTALL,
)


class Refresh(NamedTuple):
    """Where a page leads by itself."""

    url: Url
    at_once: bool  # it is no page, but the way to one


def base_of(markup: Markup, page: Url) -> Url:
    """Return what relative addresses on the page are joined to (HTML section 2.4.3)."""
    stated = (markup.attribute(element, HREF) for element in markup.of(_BASE))
    href = next((href for href in stated if href is not None), "").strip()
    return urls.parse(href, page) or page if href and len(href) <= MAX_URL else page


def canonical_of(markup: Markup, joiner: Joiner) -> Url | None:
    """Return what the page calls its own address."""
    for element in markup.of(_LINK):
        rel = markup.attribute(element, REL) or ""
        if ("canonical" in rel.lower() or not rel.isascii()) and "canonical" in words_of(rel):
            return joiner.join(markup.attribute(element, HREF) or "")
    return None


def find_refresh(markup: Markup | None, header: str, joiner: Joiner, page: Url) -> Refresh | None:
    """Return where a `Refresh` header or else the first meta element that can leads.

    A page that loads itself again leads nowhere. What scripts switch off is not at once.
    """
    if header:
        found = _refresh(header, Joiner(page))
        if found is not None:
            return found if found.url.text != page.text else None
    if markup is None:
        return None
    for element in markup.of(_META):
        if (markup.attribute(element, _EQUIV) or "").lower() != "refresh":
            continue
        found = _refresh(markup.attribute(element, _CONTENT) or "", joiner)
        if found is not None and found.url.text != page.text:
            unscripted = markup.is_inside(element, _UNSCRIPTED)
            return Refresh(found.url, at_once=False) if unscripted else found
    return None


def _refresh(content: str, joiner: Joiner) -> Refresh | None:
    match = _REFRESH.match(content[:MAX_URL])
    if match is None:
        return None
    quote, target = match[2], match[3]
    if quote:
        target = target.partition(quote)[0]
    url = joiner.join(target)
    return Refresh(url, not match[1].partition(".")[0].strip("0")) if url is not None else None


def find_links(markup: Markup, joiner: Joiner, page: Url) -> tuple[Link, ...]:
    """Return the page's links in order, each address once, at most `MAX_LINKS`.

    An address linked both with and without nofollow is followed.
    """
    found: dict[str, Link] = {}
    for href, source, nofollow in _hrefs(markup):
        url = joiner.join(href)
        if url is None or (url.text == page.text and source in _OF_OTHERS):
            continue
        known = found.get(url.text)
        if known is None:
            if len(found) >= MAX_LINKS:
                break
            found[url.text] = Link(url, source, nofollow)
        elif known.nofollow and not nofollow:
            found[url.text] = Link(url, known.source)
    return tuple(found.values())


class Joiner:
    """Joins many addresses to one base; the same answer as `urls.parse`, sooner.

    `encoding` is the page's: queries are encoded in it (HTML section 2.4.3, "encoding-parse").
    """

    __slots__ = ("_base", "_directory", "_encoding", "_origin", "_seen")

    def __init__(self, base: Url, encoding: str = "utf-8") -> None:
        self._base = base
        self._encoding = encoding
        self._origin = base.origin
        self._directory = base.path.rpartition("/")[0] + "/"
        self._seen: dict[str, Url | None] = {}

    def join(self, href: str) -> Url | None:
        """Return the address of `href` without its fragment; None if it is no web address."""
        href = href.partition("#")[0].strip()
        if not href or len(href) > MAX_URL:
            return None
        if href in self._seen:
            return self._seen[href]
        url = self._join(href)
        self._seen[href] = url
        return url

    def _join(self, href: str) -> Url | None:
        if href.startswith(self._origin):
            path = href[len(self._origin) :]
            safe = _SAFE_PATH.match(path) if path.startswith("/") else None
        else:
            path = href
            directory = self._directory
            while path.startswith("../"):
                path = path[3:]
                directory = directory[: directory.rfind("/", 0, -1) + 1] or "/"
            safe = _SAFE_PATH.match(path) if path and path[0] != "?" else None
            if safe and path[0] != "/":
                path = directory + path
            elif path is not href:  # "..//x" is no path from the root
                safe = None
        if not safe:
            return self._parsed(href)
        base = self._base
        return Url(self._origin + path, base.scheme, base.host, base.port, path)

    def _parsed(self, href: str) -> Url | None:
        if self._encoding != "utf-8" and not href.isascii():
            path, question, query = href.partition("?")
            href = path + question + encoded_query(query, self._encoding)
        if href.startswith(("https://", "http://")):
            url = _absolute(href)
        elif _SCHEME.match(href) and href.lower().startswith(_NOT_WEB):
            return None
        else:
            url = urls.parse(href, self._base)
        return url if url is not None and len(url.text) <= MAX_URL else None


# The pages of a site lead to the same places elsewhere; no base changes them.
_absolute = lru_cache(maxsize=8_192)(urls.parse)


def _hrefs(markup: Markup) -> Iterator[tuple[str, str, bool]]:
    for element, href, rel in markup.pointers()[:MAX_LINKS]:
        if markup.kinds[element] != _LINK:
            if rel is None:
                yield href, "a", False
                continue
            words = words_of(rel)
            if "license" not in words:
                yield href, "a", _NOFOLLOW.search(" ".join(words)) is not None
        elif rel is not None:
            source = _source(words_of(rel), markup.attributes(element))
            if source:
                yield href, source, False
    for element, opening, source in _others(markup):
        if target := markup.attribute(element, opening):
            yield target, source, False


def _others(markup: Markup) -> Iterator[tuple[int, bytes, str]]:
    """Yield links of SVG 1.1, and what shows another page as a frame does: where, in which way."""
    for element in markup.holding(_XLINK.strip())[:MAX_LINKS]:
        if markup.kinds[element] == _A:
            yield element, _XLINK, "a"
    for kind, opening in ((_OBJECT, _DATA), (_EMBED, _SRC)):
        for element in markup.of(kind)[:MAX_LINKS]:
            if "html" in (markup.attribute(element, TYPE) or "").lower():
                yield element, opening, "frame"
    for element in [*markup.of(_FRAME), *markup.of(_IFRAME)][:MAX_LINKS]:
        yield element, _SRC, "frame"


def _source(rel: list[str], attributes: Attributes) -> str:
    if "canonical" in rel:
        return "canonical"
    if "alternate" in rel and "stylesheet" not in rel:
        if attributes.get("hreflang"):
            return "hreflang"
        return "feed" if attributes.get("type", "").strip().lower() in _FEEDS else ""
    if "next" in rel:
        return "next"
    return "prev" if "prev" in rel or "previous" in rel else ""
