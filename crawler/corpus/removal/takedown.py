"""Requests to take something out: received, acknowledged, decided, effective, verified."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from crawler.corpus.errors import CorpusError
from crawler.corpus.removal.purge import Order, Purged, Selector, purge
from crawler.store.database import Connection, commit
from crawler.store.job import hold, open_for_writing
from crawler.store.ledger import append
from crawler.store.suppression import Suppression

Kind = Literal["optout", "author", "copyright", "erasure", "attribution", "licence"]
Scope = Literal["url", "domain", "author"]
STEPS = ("received", "acknowledged", "decided", "effective", "verified", "closed")


@dataclass(frozen=True, slots=True)
class Request:
    """One request and its clock, in seconds since the epoch; None: not yet."""

    id: int
    kind: str
    scope: str
    subject: str  # a keyed hash once an erasure took effect
    reason: str
    outcome: str
    received: float
    acknowledged: float | None
    decided: float | None
    effective: float | None
    verified: float | None
    closed: float | None

    def to_json(self) -> dict[str, object]:
        return asdict(self)


def add(
    connection: Connection, kind: Kind, target: tuple[Scope, str], reason: str, now: float
) -> Request:
    """Receive a request; `target` is scope and subject. Run inside a transaction."""
    scope, subject = target
    subject = _selector(scope, subject).domain or subject
    cursor = connection.execute(
        "INSERT INTO takedown (kind, scope, subject, reason, received) VALUES (?, ?, ?, ?, ?)",
        (kind, scope, subject, reason, now),
    )
    number = int(cursor.lastrowid or 0)
    _log(connection, number, "received", kind, now)
    return get(connection, number)


def listed(connection: Connection, *, open_only: bool = False) -> tuple[Request, ...]:
    """Return the requests, oldest first."""
    where = " WHERE closed IS NULL" if open_only else ""
    rows = connection.execute(f"SELECT * FROM takedown{where} ORDER BY id")  # noqa: S608
    return tuple(Request(*row) for row in rows)


def get(connection: Connection, number: int) -> Request:
    """Return one request.

    Raises:
        CorpusError: There is none with that number.
    """
    row = connection.execute("SELECT * FROM takedown WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise CorpusError(
            "nothing was changed",
            f"there is no request {number}",
            "see `crawler takedown list JOB`",
        )
    return Request(*row)


def _open(connection: Connection, number: int) -> Request:
    request = get(connection, number)
    if request.closed is not None:
        raise CorpusError("nothing was changed", f"request {number} is closed", "add a new one")
    return request


def acknowledge(connection: Connection, number: int, now: float) -> Request:
    """Note that whoever asked was answered.

    Raises:
        CorpusError: No such request, or it is closed.
    """
    return _step(connection, _open(connection, number), "acknowledged", now)


def reject(connection: Connection, number: int, why: str, now: float) -> Request:
    """Decide against a request and close it, with the reason that was given.

    Raises:
        CorpusError: No such request, or it is closed.
    """
    request = _open(connection, number)
    connection.execute("UPDATE takedown SET outcome = ? WHERE id = ?", (f"rejected: {why}", number))
    _step(connection, request, "decided", now)
    return _step(connection, request, "closed", now)


def carry_out(
    job: Path,
    number: int,
    suppression: Suppression | None,
    now: float,
    *,
    folders: Sequence[Path] = (),
    with_duplicates: bool = False,
) -> tuple[Request, Purged]:
    """Accept a request, purge what it names, search for what is left, and close it.

    `folders` are those of a job of several; the first of them keeps the requests.

    A request stays open at `effective` if its search found something, or had nothing to seek.

    Raises:
        CorpusError: No such request, it is closed, or an erasure has no suppression list.
    """
    first = (folders or (job,))[0]
    request = _decide(first, number, now)
    selector = _selector(request.scope, request.subject)
    erase = request.kind == "erasure"
    order = Order(request.kind, with_duplicates, erase, request=str(number))
    result = purge(job, selector, order, suppression, now, folders)
    with hold(first):
        connection = open_for_writing(first)
        try:
            connection.execute("BEGIN IMMEDIATE")
            _step(connection, request, "effective", now)
            if result.verified:
                _step(connection, request, "verified", now)
                _step(connection, request, "closed", now)
            done = get(connection, number)
            commit(connection)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()
    return done, result


def _selector(scope: str, subject: str) -> Selector:
    return Selector(
        urls=(subject,) if scope == "url" else (),
        domain=subject if scope == "domain" else "",
        author=subject if scope == "author" else "",
    )


def _decide(job: Path, number: int, now: float) -> Request:
    with hold(job):
        connection = open_for_writing(job)
        try:
            connection.execute("BEGIN IMMEDIATE")
            request = _open(connection, number)
            connection.execute("UPDATE takedown SET outcome = 'accepted' WHERE id = ?", (number,))
            if request.acknowledged is None:
                _step(connection, request, "acknowledged", now)
            if request.decided is None:
                _step(connection, request, "decided", now)
            commit(connection)
        finally:
            connection.close()
    return request


def _step(connection: Connection, request: Request, step: str, now: float) -> Request:
    connection.execute(
        f"UPDATE takedown SET {step} = ? WHERE id = ?",  # noqa: S608 - one of STEPS
        (now, request.id),
    )
    _log(connection, request.id, step, request.kind, now)
    return get(connection, request.id)


def _log(connection: Connection, number: int, step: str, kind: str, now: float) -> None:
    append(connection, "takedown", {"request": number, "step": step, "kind": kind}, now)
