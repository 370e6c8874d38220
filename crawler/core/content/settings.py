"""What the operator chooses about texts and licences."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, ValidationInfo, field_validator

from crawler.core.host_names import Domain
from crawler.core.units import Duration, Settings, Size

DocumentKind = Literal["pdf", "epub", "docx", "odt"]


class ConfirmedDomain(Settings):
    """A domain whose licence a person looked at and confirmed."""

    domain: Domain  # matches the host itself and its subdomains
    licence: str = ""  # SPDX id confirmed; "" confirms whatever the page itself claims
    source: str  # who says so and where it is written
    date: str  # ISO 8601 date


class DocumentSettings(Settings):
    """Policy table `[content.documents]`: which files are read beside pages, within what bounds.

    Each is read in a process of its own; what passes a bound costs that one URL.
    """

    kinds: tuple[DocumentKind, ...] = ("pdf", "epub", "docx", "odt")
    pdf_bytes: Size = Field(default="64MB", gt=0)  # type: ignore[assignment] # decoded
    epub_bytes: Size = Field(default="64MB", gt=0)  # type: ignore[assignment]
    docx_bytes: Size = Field(default="32MB", gt=0)  # type: ignore[assignment]
    odt_bytes: Size = Field(default="32MB", gt=0)  # type: ignore[assignment]
    pages: int = Field(default=2_000, ge=4)  # read of one file; the text of the rest is cut
    seconds: Duration = Field(default="1m", gt=0)  # type: ignore[assignment] # of the processor
    memory: Size = Field(default="1GB", gt=0)  # type: ignore[assignment] # beside the file
    unpacked_bytes: Size = Field(default="256MB", gt=0)  # type: ignore[assignment] # of a zip
    members: int = Field(default=10_000, ge=1)  # of a zip

    def most_bytes(self, kind: str) -> int:
        """Return how large a file of that kind may be."""
        most: int = getattr(self, f"{kind}_bytes")
        return most


class SitemapLimits(Settings):
    """How much of one sitemap is read (the protocol allows 50 MiB and 50,000 entries)."""

    max_size: Size = 52_428_800  # bytes after gunzip
    max_entries: int = Field(default=50_000, ge=1)
    max_depth: int = Field(default=16, ge=3)  # nesting of XML elements


class ContentSettings(Settings):
    """How documents are made of pages."""

    extractor: Literal["fast", "resiliparse", "trafilatura"] = "fast"
    markdown: bool = False  # light Markdown rather than plain text
    # Readers' comments and forum replies: kept, dropped, or as on the page at hand.
    comments: bool | Literal["auto"] = "auto"
    # Formulas: as TeX between dollar signs, or left out.
    formulas: Literal["tex", "drop"] = "tex"
    max_characters: int = Field(default=2_000_000, ge=1_000)  # of text; the rest is cut, flagged
    min_confidence: float = Field(default=0.8, ge=0, le=1)  # below it no licence is believed
    confirmed: tuple[ConfirmedDomain, ...] = ()
    documents: DocumentSettings = DocumentSettings()

    @field_validator("documents", mode="before")
    @classmethod
    def _kinds_alone(cls, value: object, info: ValidationInfo) -> object:
        # `documents = ["pdf"]` says which; the table of that name says more.
        if isinstance(value, list | tuple):
            return {"kinds": tuple(value)}
        if not isinstance(value, dict) or info.mode != "json":
            return value
        # What a validator hands on is no longer JSON, whose lists would do for tuples, and whose
        # numbers must name their unit.
        named = {key for key in value if key.endswith("_bytes") or key in ("seconds", "memory")}
        return {
            key: tuple(item) if isinstance(item, list) else str(item) if key in named else item
            for key, item in value.items()
        }
