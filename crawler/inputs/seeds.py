"""Seeds out of rows: which addresses a crawl could start from, of what others collected."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from crawler.core.response import media_type
from crawler.core.urls import Url, is_within, parse
from crawler.inputs.columns import parsed, text_of
from crawler.inputs.row import Row

# Where others write the type and the language of a page; what was found out comes before what
# was declared.
_TYPES = ("content_mime_detected", "mime_detected", "warc_identified_payload_type",
          "content_mime_type", "mime", "mimetype", "mime_type", "content_type")  # fmt: skip
_LANGUAGES = ("content_languages", "languages", "warc_identified_content_language", "language",
              "lang", "language_code", "languagecode", "locale")  # fmt: skip
_WITHIN = ("metadata", "meta", "warc_headers")
_PART = re.compile(r"[,;\s|]+")
# They are asked for in any case, and are no page.
_SITE_FILES = frozenset({"/robots.txt", "/ads.txt", "/favicon.ico", "/sitemap.xml"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked of a row; of what is empty, nothing. A row that does not say fails."""

    domains: tuple[str, ...] = ()  # one of them or below it
    without_domains: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()  # ISO 639, in two letters or three
    types: tuple[str, ...] = ()  # media types; "text/*" for all of a kind
    since: float | None = None  # seconds since the epoch
    until: float | None = None
    per_host: int | None = None


@dataclass(slots=True)
class Sieve:
    """Lets each address through once. `left_out` counts the rest by reason.

    It holds a number of 64 bits for each address that came through: about 60 bytes.
    """

    wanted: Wanted
    passed: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    _seen: set[int] = field(default_factory=set)
    _hosts: Counter[str] = field(default_factory=Counter)
    _codes: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self._codes = frozenset(code for text in self.wanted.languages for code in codes(text))

    def seeds(self, rows: Iterable[Row]) -> Iterator[Url]:
        """Yield the addresses of the rows that are wanted, in their order."""
        for row in rows:
            url = parse(row.url.strip()) if row.url else None
            why = "no-url" if url is None else self._why_not(row, url)
            if url is None or why:
                self.left_out[why] += 1
                continue
            self._seen.add(url.key)
            self._hosts[url.host] += 1
            self.passed += 1
            yield url

    def _why_not(self, row: Row, url: Url) -> str:
        wanted = self.wanted
        if wanted.domains and not _is_of(url, wanted.domains):
            return "domain"
        if _is_of(url, wanted.without_domains):
            return "domain"
        if url.target in _SITE_FILES:
            return "site-file"
        if (wanted.since is not None or wanted.until is not None) and not self._is_timely(row):
            return "date"
        if wanted.types and not any(map(self._is_type, types_of(row))):
            return "mime"
        if self._codes and self._codes.isdisjoint(languages_of(row)):
            return "language"
        if url.key in self._seen:
            return "duplicate"
        if wanted.per_host is not None and self._hosts[url.host] >= wanted.per_host:
            return "per-host"
        return ""

    def _is_timely(self, row: Row) -> bool:
        since, until = self.wanted.since, self.wanted.until
        if row.date is None:
            return False
        return (since is None or row.date >= since) and (until is None or row.date <= until)

    def _is_type(self, found: str) -> bool:
        return any(
            found == kind or (kind.endswith("/*") and found.startswith(kind[:-1]))
            for kind in self.wanted.types
        )


def _is_of(url: Url, domains: tuple[str, ...]) -> bool:
    return any(is_within(url.host, domain) for domain in domains)


def types_of(row: Row) -> tuple[str, ...]:
    """Return what a row says of its page's media type: the first place that says anything."""
    for said in _said(row.fields, _TYPES):
        text = text_of(said)
        if text and (found := media_type(text)[0]):
            if found.startswith("application/http"):  # of the WARC record
                continue
            return (found,)
    if row.answer is not None:
        lines = [value for name, value in row.answer.headers if name == "content-type"]
        if lines and (found := media_type(", ".join(lines))[0]):
            return (found,)
    return ()


def languages_of(row: Row) -> tuple[str, ...]:
    """Return the languages that a row names, as `codes` writes them."""
    for said in _said(row.fields, _LANGUAGES):
        many = said if isinstance(said, list | tuple) else [said]
        found = [code for item in many for code in codes(text_of(item) or "")]
        if found:
            return tuple(found)
    return ()


@lru_cache(maxsize=4_096)
def codes(text: str) -> tuple[str, ...]:
    """Return the languages in a text, each by its shortest code: "eng,deu" is ("en", "de")."""
    import langcodes  # noqa: PLC0415 - read where languages are asked for

    found = []
    for part in _PART.split(text.strip()):
        try:
            tag = langcodes.standardize_tag(part.replace("_", "-"), macro=True)
        except ValueError:
            continue
        code = tag.partition("-")[0]
        if code and code != "und":
            found.append(code)
    return tuple(found)


def _said(fields: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[object]:
    """Yield what stands under names, in their order, however these are spelled and nested."""
    plain = {name.lower().replace("-", "_"): value for name, value in fields.items()}
    for within in _WITHIN:
        inner = plain.get(within)
        if isinstance(inner, str | bytes):
            inner = parsed(inner)
        if isinstance(inner, Mapping):
            for name, value in inner.items():
                plain.setdefault(str(name).lower().replace("-", "_"), value)
    for name in names:
        if plain.get(name) is not None:
            yield plain[name]
