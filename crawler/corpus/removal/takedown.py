"""Requests to take something out: received, acknowledged, decided, effective, verified."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from crawler.corpus.errors import CorpusError
from crawler.corpus.records.record import stamp
from crawler.corpus.removal import receipts
from crawler.corpus.removal.preview import versions_with
from crawler.corpus.removal.purge import Elsewhere, Order, Purged, Selector, purge
from crawler.corpus.removal.receipts import Facts, note_asker
from crawler.store.database import Connection, commit
from crawler.store.job import DATABASE, hold, open_for_writing, read_job
from crawler.store.ledger import append
from crawler.store.suppression import Suppression

Kind = Literal["optout", "author", "copyright", "erasure", "attribution", "licence"]
Scope = Literal["url", "domain", "author"]
# Within what whoever asked may expect an answer, and the end of it; seconds.
ANSWER_IN, CLOSE_IN = 2 * 86_400.0, 30 * 86_400.0
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

    @property
    def due(self) -> tuple[str, float] | None:
        """What is due next and when; None once it is closed."""
        if self.closed is not None:
            return None
        if self.acknowledged is None:
            return "acknowledge", self.received + ANSWER_IN
        return "close", self.received + CLOSE_IN

    def to_json(self) -> dict[str, object]:
        due = self.due
        return {**asdict(self), "due": {"step": due[0], "at": due[1]} if due else None}


def add(
    connection: Connection,
    kind: Kind,
    target: tuple[Scope, str],
    reason: str,
    now: float,
    asker: str = "",
) -> Request:
    """Receive a request; `target` is scope and subject. Run inside a transaction.

    The ledger keeps a salted hash of `asker`, the job the name itself until it is removed.
    """
    scope, subject = target
    subject = _selector(scope, subject).domain or subject
    cursor = connection.execute(
        "INSERT INTO takedown (kind, scope, subject, reason, received) VALUES (?, ?, ?, ?, ?)",
        (kind, scope, subject, reason, now),
    )
    number = int(cursor.lastrowid or 0)
    said = note_asker(connection, number, asker)
    more = {"asker": said} if said else {}
    _log(connection, (number, kind), "received", now, more)
    return get(connection, number)


def listed(connection: Connection) -> tuple[Request, ...]:
    """Return the requests, what is due first; those that are closed come last, in their order."""
    rows = connection.execute("SELECT * FROM takedown ORDER BY id")
    found = [Request(*row) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.due is None, one.due[1] if one.due else 0.0)))


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
    closed = _step(connection, request, "closed", now)
    receipts.write(connection, Facts(asdict(closed), proven(connection, number), None, {}), now)
    return closed


def carry_out(
    job: Path,
    number: int,
    suppression: Suppression | None,
    now: float,
    *,
    folders: Sequence[Path] = (),
    with_duplicates: bool = False,
    elsewhere: Elsewhere | None = None,
) -> tuple[Request, Purged]:
    """Accept a request, purge what it names, search for what is left, and close it.

    `folders` are those of a job of several; the first of them keeps the requests.

    A request stays open at `effective` if its search found something, or had nothing to seek.

    Raises:
        CorpusError: No such request, it is closed, or an erasure has no suppression list.
    """
    every = folders or (job,)
    first = every[0]
    request = _decide(first, number, now)
    selector = selector_of(request)
    erase = request.kind == "erasure"
    order = Order(request.kind, with_duplicates, erase, request=str(number))
    result = purge(job, selector, order, suppression, now, folders, elsewhere)
    with hold(first):
        connection = open_for_writing(first)
        try:
            connection.execute("BEGIN IMMEDIATE")
            _step(connection, request, "effective", now)
            if result.verified:
                _step(connection, request, "verified", now)
                _step(connection, request, "closed", now)
            done = get(connection, number)
            result = receipts.add_up(connection, number, result)
            if result.verified:
                how = proven(connection, number)
                facts = Facts(asdict(done), how, result, published_with(every, result.records))
                receipts.write(connection, facts, now)
            commit(connection)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()
    return done, result


def selector_of(request: Request) -> Selector:
    """Return which pages a request means."""
    return _selector(request.scope, request.subject)


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
    _log(connection, (request.id, request.kind), step, now)
    return get(connection, request.id)


def note_proof(connection: Connection, request: Request, how: str, now: float) -> None:
    """Note that control over the request's domain was proven. Run inside a transaction."""
    _log(connection, (request.id, request.kind), "proven", now, {"how": how})


def proven(connection: Connection, number: int) -> str:
    """Return how and when control was proven for a request, "" if it was not."""
    rows = connection.execute("SELECT payload, at FROM ledger WHERE kind = 'takedown'")
    for payload, at in rows:
        entry = json.loads(payload)
        if entry.get("request") == number and entry.get("step") == "proven":
            return f"{entry['how']}, {stamp(at)}"
    return ""


def published_with(folders: Sequence[Path], ids: Sequence[str]) -> dict[str, int]:
    """Return the published versions that hold the text of these records still, and how many."""
    counts: Counter[str] = Counter()
    for folder in folders:
        if (folder / DATABASE).is_file():
            with read_job(folder) as connection:
                # A page of a shard and of what merged the shards is one record.
                counts.update(versions_with(connection, tuple(dict.fromkeys(ids))))
    return dict(counts)


def _log(
    connection: Connection,
    what: tuple[int, str],
    step: str,
    now: float,
    more: Mapping[str, object] = MappingProxyType({}),
) -> None:
    number, kind = what
    payload = {"request": number, "step": step, "kind": kind, **more}
    append(connection, "takedown", payload, now)
