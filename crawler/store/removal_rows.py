"""What of a job the feed of removals has to say: noted with the tombstone, emptied once said.

A row is written in the transaction that takes a record out, while its text and URL are there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from crawler.core.content.figures.hashes import text_hash
from crawler.core.content.figures.masks import mask
from crawler.core.removal_feed import Class, url_digest
from crawler.store.connection import Connection

# By the reason that a purge, a request or a rule gives; what is not here is the owner's word.
_CLASSES: dict[str, Class] = {
    "erasure": "erasure",
    "copyright": "law",
    "takedown": "law",
    "court": "law",
    "legal": "law",
    "law": "law",
    "licence": "licence",
    "attribution": "licence",
    "mistake": "mistake",
    "error": "mistake",
}


class Removal(NamedTuple):
    """One row: a record that left, or came back (`kind` is "retraction")."""

    id: int
    doc_id: str
    at: float  # seconds since the epoch
    kind: str
    reason_class: str
    reason: str
    url: str
    texts: tuple[str, ...]


def note_removal(
    connection: Connection,
    doc_id: str,
    why: str,
    now: float,
    held: tuple[str, str, str],
    *,
    erase: bool = False,
) -> None:
    """Note that a record left. `held` is its URL, its text and the hash of its text."""
    url, text, text_sha256 = held
    hashes = [text_sha256] if text_sha256 else []
    if text:
        # An export may have masked addresses in it; copies hold that text.
        masked = text_hash(mask(text).text)
        hashes += [masked] if masked != text_sha256 else []
    found = "erasure" if erase else class_of(why)
    named = "" if found == "erasure" or not url else url_digest(url)
    _insert(connection, (doc_id, now, "removal", found, why, named, json.dumps(hashes)))


def note_retraction(connection: Connection, doc_id: str, why: str, now: float) -> None:
    """Note that a record which had left may be used again."""
    _insert(connection, (doc_id, now, "retraction", "", why, "", "[]"))


def class_of(reason: str) -> Class:
    """Return the class of a reason: whose word it was that a record had to leave."""
    words = reason.casefold().replace("-", " ").replace(".", " ").split()
    return _CLASSES.get(words[0], "owner") if words else "owner"


def pending(connection: Connection) -> Iterator[Removal]:
    """Yield what was not said yet, oldest first."""
    rows = connection.execute(
        "SELECT id, doc_id, at, kind, class, reason, url, texts FROM removal"
        " WHERE number IS NULL ORDER BY at, id"
    )
    for row in rows:
        number, doc_id, at, kind, of_class, reason, url, texts = row
        hashes = tuple(json.loads(texts))
        yield Removal(number, doc_id, at, kind, of_class, reason, url, hashes)


def how_many_pending(connection: Connection) -> int:
    (count,) = connection.execute("SELECT count(*) FROM removal WHERE number IS NULL").fetchone()
    return int(count)


def said(connection: Connection, rows: Iterable[tuple[int, int]]) -> None:
    """Note the entries (id of the row, number) that say it, and let the hashes go."""
    connection.executemany(
        "UPDATE removal SET number = ?2, url = '', texts = '[]' WHERE id = ?1", rows
    )


def versions_of(connection: Connection, doc_id: str) -> list[str]:
    """Return the published versions that held a record, oldest first."""
    rows = connection.execute(
        "SELECT version FROM released JOIN release USING (version) WHERE doc_id = ? ORDER BY seq",
        (doc_id,),
    )
    return [version for (version,) in rows]


def _insert(connection: Connection, row: tuple[object, ...]) -> None:
    connection.execute(
        "INSERT INTO removal (doc_id, at, kind, class, reason, url, texts)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        row,
    )


def copy_removals(source: Connection, into: Connection) -> None:
    """Take over what another job has to say. A feed that has said it does not say it again."""
    into.executemany(
        "INSERT INTO removal (doc_id, at, kind, class, reason, url, texts)"
        " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE NOT EXISTS (SELECT 1 FROM removal"
        " WHERE doc_id = ?1 AND at = ?2 AND kind = ?3)",
        source.execute("SELECT doc_id, at, kind, class, reason, url, texts FROM removal"),
    )
