"""What is kept of a page: its text, and what was learned about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from crawler.core.evidence import LicenceClaim
from crawler.core.urls import Url


@dataclass(slots=True, unsafe_hash=True)
class Link:
    """An address found on a page or in a sitemap.

    Nothing changes one, as for all here; a frozen one takes four times as long to make.
    """

    url: Final[Url]
    # a, frame, refresh, canonical, hreflang, next, prev, sitemap, feed, seed
    source: Final[str] = "a"
    nofollow: Final[bool] = False
    lastmod: Final[float] = 0.0  # seconds since the epoch, from a sitemap; 0 if unsaid
    priority: Final[float] = 0.5  # from a sitemap


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself. `sources` names the carrier of each field."""

    title: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    published: str = ""  # ISO 8601 date or date-time
    modified: str = ""
    canonical: str = ""
    language: str = ""  # BCP 47 tag as declared
    sources: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Licence:
    """The licence believed of the page text, or the reasons for believing none."""

    spdx: str = ""  # "" if none is believed
    url: str = ""
    kind: str = "UNKNOWN"  # PD ATTR SA NC ND ARR UNKNOWN
    scope: str = "unknown"
    confidence: float = 0.0
    disagreement: bool = False
    claims: tuple[LicenceClaim, ...] = ()
    attribution: Mapping[str, str] = field(default_factory=dict)  # title author source licence


@dataclass(frozen=True, slots=True)
class Document:
    """The kept content of one page."""

    text: str
    metadata: Metadata
    licence: Licence
    extractor: str  # name, such as "fast"; of what is no HTML, its kind: "pdf", "xml"
    extractor_version: str
    encoding: str  # WHATWG name of the encoding used
    encoding_source: str  # bom, header, meta, detected, default
    replaced: int  # characters that could not be decoded
    language: str  # ISO 639-1 where there is one, else 639-3; "und"
    language_score: float  # 0 to 1
    language_tool: str
    body_sha256: str  # of the decoded body bytes
    text_sha256: str  # of the normalised text
    minhash: bytes  # little-endian uint32 signature, b"" if the text is too short
    words: int  # re.findall(r"\w+")
    characters: int
    size: int  # UTF-8 bytes of `text`
    tokens: int
    token_method: str
    flags: tuple[str, ...] = ()  # such as "truncated", "language-mismatch"
    pages: int = 0  # of a document that has pages
