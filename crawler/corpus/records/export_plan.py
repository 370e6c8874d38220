"""What an export is asked to be, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal, TypeAlias

from crawler import __version__
from crawler.config.corpus_tables import Export
from crawler.core.units import Settings
from crawler.corpus.records.selection import Gate
from crawler.store.canonical import canonical
from crawler.store.ledger import Head

Audience = Literal["train", "publish"]
Sign: TypeAlias = Callable[[bytes], Mapping[str, object]]
Progress: TypeAlias = Callable[[int, int], None]  # pages looked at, pages there are
Mask: TypeAlias = Callable[[str], tuple[str, Mapping[str, int]]]

SOFTWARE = f"consent-crawler/{__version__}"
# Uncompressed; about 500 MB is what readers of data sets take well.
PART_BYTES = 500_000_000


@dataclass(frozen=True, slots=True)
class Tokenizer:
    """What counts the tokens of a text, and what the method is called."""

    count: Callable[[str], int]
    method: str


class Options(Settings):
    """What the command line asks of one export."""

    format: str = "jsonl"  # one of `export.formats`
    compression: Literal["zst", "gz"] = "zst"  # JSON Lines only
    audience: Audience = "train"
    version: str = ""  # given: a published version, remembered by the job
    since: str = ""  # a published version: only what was added after it
    part_bytes: int = PART_BYTES


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that decides the bytes of an export, beside the job's state."""

    gate: Gate
    settings: Export
    options: Options = field(default_factory=Options)
    user_agent: str = ""
    contact: str = ""
    policy_text: str = "{}"  # the whole effective policy as JSON
    mask: Mask | None = None
    sign: Sign | None = None
    # Told where the ledger stands, before the export is seen: no later state may go back behind.
    announce: Callable[[Head], None] | None = None
    tokenizer: Tokenizer | None = None
    software: str = SOFTWARE

    def fingerprint(self, head: Head) -> str:
        """Return a hash that is equal only for exports that can share finished files."""
        parts = [
            head.hash,
            self.gate.consent.sha256,
            self.gate.rules_version,
            self.gate.ages.model_dump_json(),
            self.settings.model_dump_json(),
            self.options.model_dump_json(),
            self.user_agent,
            self.policy_text,
            self.gate.suppression.digest() if self.gate.suppression is not None else "",
            self.mask is not None,
            self.tokenizer.method if self.tokenizer is not None else "",
            self.software,
        ]
        return sha256(canonical(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Exported:
    """An export as it came out. `left_out` says why pages of the job are not in it."""

    folder: str
    records: int
    references: int
    files: int
    bytes: int  # of text
    words: int
    tokens: str  # how many, and by what method
    left_out: Mapping[str, int]
    # Decisions of the job against pages, by reason: of owners, by the operator's wish, unproven.
    refused: Mapping[str, int]
    filtered: Mapping[str, int]
    unproven: Mapping[str, int]
    version: str
    as_of: str
    ledger_head: str
    manifest_sha256: str
    damaged: tuple[str, ...] = ()  # pages, or their raw answers, that could not be read
