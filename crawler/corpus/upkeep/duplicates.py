"""Near-duplicates: clusters of pages that say the same, and which copy to keep.

Incremental and purgeable: a page's bands are rows of their own. The copy kept is the one
with the clearest licence, not the longest; a cluster in which hosts disagree about the
licence, or one host has refused, is marked, for a copy elsewhere launders nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crawler.core.content.figures.hashes import band_hashes, similarity
from crawler.corpus.records.similar_pages import NEAR
from crawler.store.database import Connection
from crawler.store.row_seals import seal_alone

# From the clearest to none: what is open, then what is known, then what is not.
_CLEAR = {"PD": 0, "ATTR": 1, "SA": 2, "NC": 3, "ND": 4, "ARR": 5, "UNKNOWN": 6}
_OPEN = 2
_BATCH = 1_000
# Pages that share a band and are looked at: boilerplate bands hold thousands.
_CANDIDATES = 200


@dataclass(frozen=True, slots=True)
class Clustered:
    """What clustering found."""

    pages: int
    clusters: int
    duplicates: int  # pages that are not the copy kept
    laundering: int  # pages in clusters whose hosts disagree


def cluster(connection: Connection) -> Clustered:
    """Band the pages that are new, then cluster all; run inside a transaction."""
    _band(connection)
    parents: dict[int, int] = {}
    for one, other in _pairs(connection):
        _join(parents, one, other)
    groups: dict[int, list[int]] = {}
    for number in parents:
        groups.setdefault(_root(parents, number), []).append(number)
    connection.execute("DELETE FROM cluster")
    duplicates = laundering = 0
    for members in groups.values():
        kept, suspicious = _choose(connection, members)
        connection.executemany(
            "INSERT INTO cluster VALUES (?, ?, ?, ?)",
            [(number, min(members), int(number == kept), int(suspicious)) for number in members],
        )
        duplicates += len(members) - 1
        laundering += len(members) * suspicious
    seal_alone(connection)
    (pages,) = connection.execute(
        "SELECT count(*) FROM page WHERE state IN ('active', 'held')"
    ).fetchone()
    return Clustered(pages, len(groups), duplicates, laundering)


def _band(connection: Connection) -> None:
    rows = connection.execute(
        "SELECT url_id, minhash FROM page WHERE state IN ('active', 'held') AND minhash != x''"
        " AND NOT EXISTS (SELECT 1 FROM band WHERE band.url_id = page.url_id)"
    )
    while batch := rows.fetchmany(_BATCH):
        connection.executemany(
            "INSERT OR IGNORE INTO band VALUES (?, ?, ?)",
            [
                (band, value, number)
                for number, minhash in batch
                for band, value in enumerate(band_hashes(minhash))
            ],
        )


def _pairs(connection: Connection) -> Iterator[tuple[int, int]]:
    """Yield pages that are the same, or near: each with the first of those it meets."""
    yield from connection.execute(
        "SELECT min(url_id) OVER (PARTITION BY text_sha256), url_id FROM page"
        " WHERE state IN ('active', 'held') AND text_sha256 IN (SELECT text_sha256 FROM page"
        " WHERE state IN ('active', 'held') AND text_sha256 != ''"
        " GROUP BY text_sha256 HAVING count(*) > 1)"
    )
    signatures = _Signatures(connection)
    rows = connection.execute(
        "SELECT group_concat(url_id) FROM (SELECT band, hash, url_id FROM band ORDER BY url_id)"
        " GROUP BY band, hash HAVING count(*) > 1"
    )
    for (listed,) in rows:
        numbers = [int(number) for number in listed.split(",")][:_CANDIDATES]
        for at, one in enumerate(numbers):
            for other in numbers[at + 1 :]:
                if similarity(signatures.of(one), signatures.of(other)) >= NEAR:
                    yield one, other


class _Signatures:
    """Signatures by page, a bounded number of them in memory."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[int, bytes] = {}

    def of(self, number: int) -> bytes:
        known = self._known.get(number)
        if known is None:
            row = self._connection.execute(
                "SELECT minhash FROM page WHERE url_id = ?", (number,)
            ).fetchone()
            if len(self._known) >= 100 * _BATCH:
                self._known.clear()
            known = self._known[number] = row[0] if row else b""
        return known


def _root(parents: dict[int, int], number: int) -> int:
    while parents.setdefault(number, number) != number:
        parents[number] = parents[parents[number]]
        number = parents[number]
    return number


def _join(parents: dict[int, int], one: int, other: int) -> None:
    first, second = sorted((_root(parents, one), _root(parents, other)))
    parents[second] = first


def _choose(connection: Connection, members: Iterable[int]) -> tuple[int, bool]:
    """Return the copy to keep, and whether the cluster may launder a licence."""
    rows = [
        connection.execute(
            "SELECT url_id, host, licence_class, json_extract(licence, '$.confidence'),"
            " json_extract(licence, '$.disagreement'), fetched_at FROM page WHERE url_id = ?",
            (number,),
        ).fetchone()
        for number in members
    ]
    best = min(
        rows,
        key=lambda row: (_CLEAR.get(row[2], 6), bool(row[4]), -(row[3] or 0.0), row[5], row[0]),
    )
    hosts = {row[1] for row in rows}
    classes = {_CLEAR.get(row[2], 6) for row in rows}
    conflict = min(classes) <= _OPEN < max(classes) and len(hosts) > 1
    return best[0], conflict or _refusing(connection, hosts)


def _refusing(connection: Connection, hosts: set[str]) -> bool:
    """Say whether one of several hosts has had pages of its own retired by a refusal."""
    if len(hosts) < 2:  # noqa: PLR2004 - one host cannot launder its own text
        return False
    marks = ", ".join("?" * len(hosts))
    row = connection.execute(
        f"SELECT 1 FROM page WHERE host IN ({marks}) AND state = 'retired' LIMIT 1",  # noqa: S608
        sorted(hosts),
    ).fetchone()
    return row is not None
