"""What the operator chooses about texts and licences."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from crawler.core.host_names import Domain
from crawler.core.units import Settings


class ConfirmedDomain(Settings):
    """A domain whose licence a person looked at and confirmed."""

    domain: Domain  # matches the host itself and its subdomains
    licence: str = ""  # SPDX id confirmed; "" confirms whatever the page itself claims
    source: str  # who says so and where it is written
    date: str  # ISO 8601 date


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
