"""What an export counted: enough for every document that stands beside the data."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, Self

from crawler.corpus.records.record import Record

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

    def add(self, record: Record, *, reference: bool) -> None:
        """Count one record, by what it says of itself: whoever reads it can count again."""
        page = record["metadata"]
        self.records += 1
        self.references += reference
        words, size = page["word_count_re"], page["byte_count"]
        self.words += words
        self.tokens += page["token_count_est"]
        self.token_methods[page["token_method"]] += page["token_count_est"]
        self.bytes += size
        fetched = datetime.fromisoformat(page["fetched_at"]).timestamp()
        self.first = min(self.first or fetched, fetched)
        self.last = max(self.last, fetched)
        self.classes[page["license_class"]] += 1
        self.licences[page["license_spdx"] or "none"] += 1
        self.languages[page["language"] or "und"] += 1
        name = page["registrable_domain"]
        site = self.sites.setdefault(name, [0, 0, 0])
        site[0] += 1
        site[1] += size
        site[2] += words
        mix = self.mix.setdefault(name, {})
        mix[page["license_class"]] = mix.get(page["license_class"], 0) + 1

    def include(self, other: Counts) -> None:
        """Count what another one counted."""
        for name in ("records", "references", "words", "tokens", "bytes"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.first = min(filter(None, (self.first, other.first)), default=0.0)
        self.last = max(self.last, other.last)
        counters = ("token_methods", "classes", "licences", "languages", "left_out", "masked")
        for name in counters:
            getattr(self, name).update(getattr(other, name))
        for site, numbers in other.sites.items():
            found = self.sites.setdefault(site, [0, 0, 0])
            found[:] = map(sum, zip(found, numbers, strict=True))
        for site, classes in other.mix.items():
            mix = self.mix.setdefault(site, {})
            for name, count in classes.items():
                mix[name] = mix.get(name, 0) + count

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
        told = "tokens counted" if counted and self.token_methods else "tokens estimated"
        several = len(self.token_methods) > 1
        how = f"({self.token_method})" if several else f"by {self.token_method}"
        return f"{self.tokens} {told} {how}"

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
