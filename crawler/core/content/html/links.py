"""The addresses a page points to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from crawler.core import urls
from crawler.core.content.html.markup import HREF, REL, Attributes, Markup
from crawler.core.content.html.tags import NUMBER
from crawler.core.document import Link
from crawler.core.urls import Url

# Bounds of the work only: what is taken is the policy's to say, and is counted (`admission`).
MAX_LINKS = 20_000  # a page, and elements looked at
MAX_URL = 8_192  # characters

_BASE, _LINK = NUMBER["base"], NUMBER["link"]
_NOT_WEB = ("javascript:", "mailto:", "tel:", "data:", "about:", "blob:", "sms:")
_FEEDS = ("application/rss+xml", "application/atom+xml")
# Joins that need no parser: segments and queries of unreserved letters, no dot segment.
_SEGMENT = r"[A-Za-z0-9_~-][A-Za-z0-9_.~-]*"
_SAFE = rf"(?:{_SEGMENT}/)*(?:{_SEGMENT})?"
_SAFE_PATH = re.compile(rf"/?{_SAFE}(?:\?[A-Za-z0-9_=&.~-]+)?\Z")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def base_of(markup: Markup, page: Url) -> Url:
    """Return what relative addresses on the page are joined to (HTML section 2.4.3)."""
    stated = (markup.attribute(element, HREF) for element in markup.of(_BASE))
    href = next((href for href in stated if href is not None), "").strip()
    return urls.parse(href, page) or page if href and len(href) <= MAX_URL else page


def canonical_of(markup: Markup, base: Url) -> Url | None:
    """Return what the page calls its own address."""
    for element in markup.of(_LINK):
        if "canonical" in (markup.attribute(element, REL) or "").lower().split():
            return Joiner(base).join(markup.attribute(element, HREF) or "")
    return None


def find_links(markup: Markup, base: Url, page: Url) -> tuple[Link, ...]:
    """Return the page's links in order, each address once, at most `MAX_LINKS`.

    An address linked both with and without nofollow is followed.
    """
    found: dict[str, Link] = {}
    joiner = Joiner(base)
    for href, source, nofollow in _hrefs(markup):
        url = joiner.join(href)
        if url is None or (url.text == page.text and source == "a"):
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
    """Joins many addresses to one base; the same answer as `urls.parse`, sooner."""

    __slots__ = ("_base", "_directory", "_origin", "_seen")

    def __init__(self, base: Url) -> None:
        self._base = base
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
            words = rel.lower().split()
            if "license" not in words:
                yield href, "a", "nofollow" in words
        elif rel is not None:
            source = _source(rel.lower().split(), markup.attributes(element))
            if source:
                yield href, source, False


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
