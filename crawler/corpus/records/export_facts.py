"""What the documents beside the data are written from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from crawler.corpus.records.counts import Counts
from crawler.corpus.records.export_plan import Plan
from crawler.corpus.records.format import Format
from crawler.store.ledger import Head


@dataclass(frozen=True, slots=True)
class Facts:
    """One finished export, in figures."""

    plan: Plan
    form: Format
    counts: Counts
    head: Head
    refused: Mapping[str, int]
    crawl_id: str
    version: str
    fetched: int  # pages ever fetched, kept or not
    removed: tuple[str, ...]  # domains taken out by name
    policies: tuple[tuple[str, str], ...]  # SHA-256 and canonical JSON of each consent policy
