"""What was turned down: the newest as it happens, and samples of any one reason."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TypeVar

from crawler.core.consent.protocols import current
from crawler.serve.watched import Watched
from crawler.store.database import Connection

T = TypeVar("T")

_WINDOW = 50_000  # decisions among which a sample is drawn
_LOOKED = 400  # addresses of one outcome among which it is drawn
NEWEST = 12
# Each reason is found by one step of the index; a plain DISTINCT would read all of it.
_REASONS = """
    WITH RECURSIVE found(reason) AS (
        SELECT min(reason) FROM decision
        UNION ALL
        SELECT (SELECT min(reason) FROM decision WHERE reason > found.reason) FROM found
        WHERE found.reason IS NOT NULL
    )
    SELECT reason FROM found WHERE reason NOT IN ('ok', '') LIMIT 500
"""


@dataclass(frozen=True, slots=True)
class TurnedDown:
    """One address, why it is not in the corpus, and since when (seconds since the epoch)."""

    url: str
    reason: str
    at: float
    asked: bool = True  # False: nothing was requested of it


def newest(job: Watched, most: int = NEWEST) -> list[TurnedDown]:
    """Return the last decisions against an address, newest first."""
    found = [item for part in job.over_parts(lambda c: _newest(c, most)) for item in part]
    return sorted(found, key=lambda item: -item.at)[:most]


def _newest(connection: Connection, most: int) -> list[TurnedDown]:
    numbers: list[tuple[float, int, str, int]] = []
    for (reason,) in connection.execute(_REASONS).fetchall():
        numbers += connection.execute(
            "SELECT decided_at, url_id, reason, gate FROM decision WHERE reason = ?"
            " ORDER BY decided_at DESC LIMIT ?",
            (reason, most),
        ).fetchall()
    numbers.sort(reverse=True)
    found = []
    for at, number, reason, gate in numbers[:most]:
        row = connection.execute("SELECT url FROM url WHERE id = ?", (number,)).fetchone()
        if row is not None:
            found.append(TurnedDown(row[0], current(reason), at, gate > 1))
    return found


def sample(job: Watched, reason: str, most: int = 10) -> list[TurnedDown]:
    """Return some addresses turned down for `reason`, drawn at random."""
    parts = job.over_parts(lambda connection: _sample(connection, reason, most))
    return _drawn([item for part in parts for item in part], most)


def _sample(connection: Connection, reason: str, most: int) -> list[TurnedDown]:
    """Draw among all decisions of the reason, or among very many made from some moment on."""
    names = _stored_names(connection, reason)
    marks = ", ".join("?" * len(names))
    (first, last) = connection.execute(
        f"SELECT min(decided_at), max(decided_at) FROM decision WHERE reason IN ({marks})",  # noqa: S608
        names,
    ).fetchone()
    if first is None:
        return _failed(connection, reason, most)
    query = (
        f"SELECT url_id, gate, decided_at FROM decision WHERE reason IN ({marks})"  # noqa: S608
        " AND decided_at >= ? LIMIT ?"
    )
    rows = connection.execute(query, (*names, first, _WINDOW)).fetchall()
    if len(rows) == _WINDOW:
        since = random.uniform(first, last)  # noqa: S311 - a sample, no secret
        later = connection.execute(query, (*names, since, _WINDOW)).fetchall()
        rows = later if len(later) >= most else rows
    found = []
    for number, gate, at in _drawn(rows, most):
        row = connection.execute("SELECT url FROM url WHERE id = ?", (number,)).fetchone()
        if row is not None:
            found.append(TurnedDown(row[0], reason, at, gate > 1))
    return found


def _stored_names(connection: Connection, reason: str) -> list[str]:
    """Return the names by which the store knows a reason: older jobs hold older ones."""
    known = [name for (name,) in connection.execute(_REASONS)]
    return [name for name in known if current(name) == reason] or [reason]


def _failed(connection: Connection, code: str, most: int) -> list[TurnedDown]:
    """Draw addresses that ended with a code and without a decision: failures, other types."""
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM url").fetchone()
    query = (
        "SELECT url, code, 0.0 FROM url WHERE id >= ? AND kind = 0 AND state = 2 AND code = ?"
        " LIMIT ?"
    )
    start = random.randint(0, last)  # noqa: S311
    rows = connection.execute(query, (start, code, _LOOKED)).fetchall()
    if len(rows) < most:
        rows = connection.execute(query, (0, code, _LOOKED)).fetchall()
    return [TurnedDown(*row) for row in _drawn(rows, most)]


def _drawn(items: list[T], most: int) -> list[T]:
    return random.sample(items, min(most, len(items)))
