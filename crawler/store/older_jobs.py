"""Bringing an older crawler's job up to date where that takes more than a new column.

Once, in batches, by the first command that writes to it: texts are taken out of its evidence,
and what its ledger did not seal is sealed as it is found. A kill leaves a batch undone.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator

from crawler.core.consent.reduced_evidence import reduced_page
from crawler.store.canonical import digest_and_marks
from crawler.store.database import Connection
from crawler.store.evidence import pack_evidence, unpack_evidence
from crawler.store.ledger import SEALS, SEALS_VERSION, name
from crawler.store.page_rows import sealed_row
from crawler.store.pages import seal_page
from crawler.store.row_seals import CLEANED, seal_found, seal_rows, sealing

_BATCH = 500
# In `meta`: the last one cleaned; when all is done, the version of sealing.
_CLEANED, _DONE = "cleaned", "tidied"


def tidy(connection: Connection) -> None:
    """Bring the job up to date, if it is not."""
    if _is_tidy(connection):
        return
    more = True
    while more:
        connection.execute("BEGIN IMMEDIATE")
        try:
            more = _some(connection)
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
    # No page of the log holds what was taken out.
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _is_tidy(connection: Connection) -> bool:
    first = connection.execute("SELECT payload FROM ledger ORDER BY seq LIMIT 1").fetchone()
    if first is None:  # nothing was ever written
        return True
    try:
        if int(_meta(connection, _DONE) or 0) >= SEALS_VERSION:
            return True
        return int(json.loads(first[0]).get(SEALS, 0)) >= SEALS_VERSION
    except (ValueError, TypeError, AttributeError):
        return False


def _some(connection: Connection) -> bool:
    """Do the next batch; say if there is more."""
    rows: list[tuple[int, bytes]] = []
    if not sealing(connection):  # crawlers that sealed rows kept no text in evidence
        after = int(_meta(connection, _CLEANED) or 0)
        rows = connection.execute(
            "SELECT url_id, page FROM decision WHERE url_id > ? AND page IS NOT NULL"
            " ORDER BY url_id LIMIT ?",
            (after, _BATCH),
        ).fetchall()
    more = bool(rows) or seal_found(connection)
    if rows:
        cleaned = [("decision", str(number)) for number in _cleaned(connection, rows)]
        seal_rows(connection, cleaned, CLEANED, {})
        _note(connection, _CLEANED, str(rows[-1][0]))
    elif not more:
        connection.execute("DELETE FROM meta WHERE key = ?", (_CLEANED,))
        _note(connection, _DONE, str(SEALS_VERSION))
    connection.execute("DELETE FROM changed")
    return more


def _cleaned(connection: Connection, rows: list[tuple[int, bytes]]) -> Iterator[int]:
    """Take the text out of evidence; yield the refusals, which no page's entry seals."""
    for number, packed in rows:
        try:
            found = unpack_evidence(packed)
        except (zlib.error, ValueError, KeyError, TypeError, IndexError):
            continue  # nothing can be read in it; verify tells
        if reduced_page(found) is found:
            continue
        before = _sealed_as(connection, number)
        connection.execute(
            "UPDATE decision SET page = ? WHERE url_id = ?", (pack_evidence(found), number)
        )
        if before is None:
            yield number
        elif before:
            seal_page(connection, number, CLEANED, {"was": before}, _last(connection))


def _sealed_as(connection: Connection, number: int) -> str | None:
    """Return the digest by which a page is sealed, None if there is no page.

    "" if the row is not what was sealed: that must stay to be seen.
    """
    row = sealed_row(connection, number)
    if row is None:
        return None
    salt = connection.execute("SELECT salt FROM subject WHERE url_id = ?", (number,)).fetchone()
    entry = connection.execute(
        "SELECT payload FROM ledger WHERE subject = ? ORDER BY seq DESC LIMIT 1",
        (name(salt[0], str(row[3])) if salt else "-",),
    ).fetchone()
    digest = digest_and_marks(row)[0]
    try:
        return digest if entry and json.loads(entry[0]).get("digest") == digest else ""
    except (ValueError, AttributeError):
        return ""


def _last(connection: Connection) -> float:
    (at,) = connection.execute("SELECT at FROM ledger ORDER BY seq DESC LIMIT 1").fetchone()
    return float(at)


def _meta(connection: Connection, key: str) -> str:
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else ""


def _note(connection: Connection, key: str, value: str) -> None:
    connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (key, value))
