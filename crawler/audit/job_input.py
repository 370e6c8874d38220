"""A job as the input of an audit: every robots.txt it ever had, and the words kept of hosts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from crawler.audit.domains import domain_of
from crawler.audit.inputs import Item, Listed, Seen, Troubles
from crawler.core.decision import Found
from crawler.store.damaged_reads import said
from crawler.store.job import read_job

_ANSWERS = (
    "SELECT origin, found, status, fetched_at, body FROM snapshot LEFT JOIN blob USING (sha256)"
    " WHERE kind = 'robots' AND origin <> '' ORDER BY snapshot.id"
)
# A host has weight 0 if nothing of it is kept; without any text all weigh the same.
_WORDS = (
    "WITH kept AS (SELECT host AS name, sum(words) AS words FROM page WHERE state = 'active'"
    " AND words BETWEEN 0 AND 1000000000 GROUP BY host)"
    " SELECT name, coalesce(kept.words, 0) FROM host LEFT JOIN kept USING (name)"
)
_FORBIDDEN = frozenset({401, 402, 403, 407, 451})


def read_jobs(folders: list[Path], troubles: Troubles) -> Iterator[Item]:
    """Yield the hosts of a job's shards and every answer for their robots.txt.

    Raises:
        StoreError: A folder holds no job, or cannot be read.
    """
    for folder in folders:
        with read_job(folder) as connection:
            connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
            try:
                words = connection.execute(_WORDS).fetchall()
                known = any(count for _, count in words)
                for name, count in words:
                    if domain := domain_of(name):
                        yield Listed(domain, float(count) if known else 1.0)
                for origin, found, status, at, body in connection.execute(_ANSWERS):
                    yield from _answer(origin, found, status, at, body, troubles)
            except sqlite3.DatabaseError as error:
                troubles.note(f"a query breaks off ({said(error)})", str(folder))


def _answer(
    origin: str, found: str, status: int, at: float, body: object, troubles: Troubles
) -> Iterator[Item]:
    domain = domain_of(origin)
    if not domain or not 0 <= at < 32_503_680_000:  # noqa: PLR2004 - the year 3000
        troubles.note("snapshot without a domain or a time", str(origin)[:80])
        return
    if found == Found.FOUND.value:
        if isinstance(body, bytes):
            yield Seen(domain, at, body)
        else:
            troubles.note("snapshot without its text", domain)
    elif found == Found.ABSENT.value or status in _FORBIDDEN:
        # RFC 9309 section 2.3.1.3: what is refused counts as no file, whatever we make of it.
        yield Seen(domain, at, None)
    else:
        yield Seen(domain, at, None, known=False)
