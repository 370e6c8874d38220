"""Figures computed from texts after the crawl: quality, and counts of personal data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from crawler.core.content.figures.masks import count
from crawler.corpus.records.quality_figures import figures
from crawler.store.canonical import compact
from crawler.store.damaged_reads import Spared
from crawler.store.database import Connection
from crawler.store.row_seals import seal_alone

BATCH = 100  # pages in one transaction; the figures cost 7.7 ms per 1,000 words


@dataclass(frozen=True, slots=True)
class Annotated:
    """How many pages were annotated now, and how many near-duplicates there are."""

    pages: int
    clusters: int
    duplicates: int
    damaged: tuple[str, ...] = ()  # pages that could not be read


def to_annotate(connection: Connection) -> list[int]:
    """Return the pages without figures, or with figures of an older text."""
    return [
        row[0]
        for row in connection.execute(
            "SELECT page.url_id FROM page LEFT JOIN annotation USING (url_id)"
            " WHERE state IN ('active', 'held')"
            " AND annotation.text_sha256 IS NOT page.text_sha256 ORDER BY page.url_id"
        )
    ]


def annotate(connection: Connection, numbers: Iterable[int], spared: Spared) -> None:
    """Compute and store the figures of those pages; run inside a transaction."""
    for number in numbers:
        with spared.row(f"page {number}", connection):
            _annotate(connection, number)
    seal_alone(connection)


def _annotate(connection: Connection, number: int) -> None:
    row = connection.execute(
        "SELECT text, language, text_sha256 FROM page"
        " WHERE url_id = ? AND state IN ('active', 'held')",
        (number,),
    ).fetchone()
    if row is not None:
        text, language, text_sha256 = row
        connection.execute(
            "INSERT OR REPLACE INTO annotation VALUES (?, ?, ?, ?)",
            (number, text_sha256, compact(figures(text, language)), compact(count(text))),
        )
