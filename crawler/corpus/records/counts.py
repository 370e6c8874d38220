"""What an export counted: enough for every document that stands beside the data."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from typing import Any, Self

from crawler.corpus.records.record import Page

# How the method is called of tokens that a tokenizer counted; any other is an estimate.
COUNTED = "tokenizer "


@dataclass(slots=True)
class Counts:
    """Counts over the records that were written, and over those that were not."""

    records: int = 0
    references: int = 0  # of these, by URL and hash only
    words: int = 0
    tokens: int = 0
    token_methods: Counter[str] = field(default_factory=Counter)  # tokens by how they were told
    bytes: int = 0  # UTF-8 bytes of text
    first: float = 0.0  # fetch times, seconds since the epoch
    last: float = 0.0
    classes: Counter[str] = field(default_factory=Counter)
    licences: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    masked: Counter[str] = field(default_factory=Counter)
    sites: dict[str, list[int]] = field(default_factory=dict)  # records, bytes, words
    mix: dict[str, dict[str, int]] = field(default_factory=dict)  # site -> records by class

    def add(self, page: Page, tokens: tuple[int, str], *, reference: bool) -> None:
        """Count one record; `tokens`: how many, and by what method."""
        self.records += 1
        self.references += reference
        self.words += page.words
        self.tokens += tokens[0]
        self.token_methods[tokens[1]] += tokens[0]
        self.bytes += page.size
        self.first = min(self.first or page.fetched_at, page.fetched_at)
        self.last = max(self.last, page.fetched_at)
        self.classes[page.licence_class] += 1
        self.licences[page.licence_spdx or "none"] += 1
        self.languages[page.language or "und"] += 1
        site = self.sites.setdefault(page.site, [0, 0, 0])
        site[0] += 1
        site[1] += page.size
        site[2] += page.words
        mix = self.mix.setdefault(page.site, {})
        mix[page.licence_class] = mix.get(page.licence_class, 0) + 1

    @property
    def token_method(self) -> str:
        """Return how tokens were told: the methods, each with its share where there are several."""
        if len(self.token_methods) == 1:
            return next(iter(self.token_methods))
        shares = sorted(self.token_methods.items(), key=lambda item: (-item[1], item[0]))
        return "; ".join(f"{method}: {count}" for method, count in shares) or "none"

    @property
    def tokens_with_method(self) -> str:
        """Return the number of tokens in words that say how far it is to be believed."""
        counted = all(method.startswith(COUNTED) for method in self.token_methods)
        told = "tokens counted by" if counted and self.token_methods else "tokens estimated by"
        return f"{self.tokens} {told} {self.token_method}"

    def to_json(self) -> dict[str, Any]:
        # Not asdict: it copies a Counter by counting its items.
        return {item.name: getattr(self, item.name) for item in fields(self)}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """Return the counts that `to_json` spelled out."""
        counters = {"classes", "licences", "languages", "left_out", "masked", "token_methods"}
        values: dict[str, Any] = {
            key: Counter(item) if key in counters else item for key, item in value.items()
        }
        return cls(**values)
