"""The append-only, hash-chained log of what entered, left or was refused by the corpus.

An entry names its subject by HMAC-SHA256 of the URL under a salt of its own. Erasing the
salt makes the entry nameless and leaves the chain whole.
"""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from crawler.store.canonical import canonical
from crawler.store.connection import Connection

GENESIS = "0" * 64
# Stands in the first entry of a ledger: from here on every row of these kinds is sealed.
# 2: published versions as well.
SEALS, SEALS_VERSION = "seals", 2
# The kind of the entry by which a ledger goes on from a snapshot.
RESTORED = "restored"
_HEAD = "ledger"  # in `meta`: where the ledger stands, so that a cut one is not gone on with
_SALT_BYTES = 32
_ID_DIGITS = 32  # 128 bits: no two records of any size of corpus meet
_APPEND = (
    "INSERT INTO ledger (seq, at, kind, subject, payload, prev_hash, hash)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)


@dataclass(frozen=True, slots=True)
class Head:
    """Where the ledger stands. `at` is seconds since the epoch, 0 for an empty ledger."""

    seq: int
    at: float
    hash: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger."""

    seq: int
    at: float
    kind: str
    subject: str
    payload: Mapping[str, object]
    hash: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One stored value that is not what was written, and where it stands."""

    place: str  # "ledger 17", "page https://... text"
    what: str


def head(connection: Connection) -> Head:
    row = connection.execute(
        "SELECT seq, at, hash FROM ledger ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    return Head(*row) if row else Head(0, 0.0, GENESIS)


def append(
    connection: Connection, kind: str, payload: Mapping[str, object], at: float, subject: str = ""
) -> None:
    """Add one entry. `payload` must hold no personal data: it can never be removed."""
    append_all(connection, [(kind, payload, at, subject)])


def append_all(
    connection: Connection, entries: Iterable[tuple[str, Mapping[str, object], float, str]]
) -> None:
    """Add entries in their order: kind, payload, time and subject, as `append` takes them."""
    number, previous = _end(connection)
    rows = []
    for kind, payload, at, subject in entries:
        if not number:
            payload = {**payload, SEALS: SEALS_VERSION}  # noqa: PLW2901 - the first one
        number += 1
        entry = (number, float(at), kind, subject, canonical(payload), previous)
        previous = _hash(entry)
        rows.append((*entry, previous))
    connection.executemany(_APPEND, rows)
    if rows:
        connection.execute(
            "INSERT OR REPLACE INTO meta VALUES (?, ?)", (_HEAD, f"{number} {previous}")
        )


def _end(connection: Connection) -> tuple[int, str]:
    """Return number and hash of the last entry ever written, also if it is there no more.

    What comes after a cut leaves the gap to be seen.
    """
    last = head(connection)
    noted = noted_head(connection)
    return noted if noted is not None and noted[0] > last.seq else (last.seq, last.hash)


def noted_head(connection: Connection) -> tuple[int, str] | None:
    """Return what the store notes of the ledger's end; None if that is nothing readable."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (_HEAD,)).fetchone()
    number, _, digest = str(row[0]).partition(" ") if row else ("", "", "")
    return (int(number), digest) if number.isdecimal() and len(digest) == len(GENESIS) else None


def log_refusal(
    connection: Connection, what: tuple[int, str, str], policy: tuple[str, str], at: float
) -> None:
    """Write one ledger entry for each class of refusals.

    `what` is gate, reason and site files (JSON), `policy` its hash and the rules' version.
    """
    key = (*what, policy[0])
    if connection.execute("INSERT OR IGNORE INTO refusal VALUES (?, ?, ?, ?)", key).rowcount:
        payload = {
            "gate": what[0],
            "reason": what[1],
            "snapshots": json.loads(what[2]),
            "policy": policy[0],
            "rules": policy[1],
        }
        append(connection, "refuse", payload, at)


class Subject(NamedTuple):
    """What the ledger calls a URL, and the erasable salt that the name is made with."""

    name: str
    salt: bytes

    def said(self, values: bytes) -> str:
        """Return what an entry tells of a record, to be compared with by who has the salt."""
        return hmac.digest(self.salt, values, "sha256").hex()[:_ID_DIGITS]


def subject_of(connection: Connection, url_id: int, url: str) -> Subject:
    """Return the ledger's name for a URL; its salt is made when it is first asked for."""
    row = connection.execute("SELECT salt FROM subject WHERE url_id = ?", (url_id,)).fetchone()
    if row:
        return Subject(name(row[0], url), row[0])
    return new_subjects(connection, [(url_id, url)])[0]


def new_subjects(connection: Connection, urls: Sequence[tuple[int, str]]) -> list[Subject]:
    """Return the ledger's names for URLs that have none: each is given its salt."""
    salts = [os.urandom(_SALT_BYTES) for _ in urls]
    rows = [(number, salt) for (number, _), salt in zip(urls, salts, strict=True)]
    connection.executemany("INSERT INTO subject (url_id, salt) VALUES (?, ?)", rows)
    return [Subject(name(salt, url), salt) for (_, url), salt in zip(urls, salts, strict=True)]


def name(salt: bytes, url: str) -> str:
    return hmac.digest(salt, url.encode(), "sha256").hex()


def record_id(subject: str) -> str:
    """Return the id a record has in every export: stable, and never given to another."""
    return subject[:_ID_DIGITS]


def entries(connection: Connection, subject: str | None = None, after: int = 0) -> Iterator[Entry]:
    """Yield the entries after `after`, all or those of one subject, oldest first."""
    where, values = "seq > ?", [str(after)]
    if subject is not None:
        where, values = where + " AND subject = ?", [*values, subject]
    rows = connection.execute(
        f"SELECT seq, at, kind, subject, payload, hash FROM ledger WHERE {where} ORDER BY seq",  # noqa: S608 - fixed text
        values,
    )
    for seq, at, kind, named, payload, digest in rows:
        yield Entry(seq, at, kind, named, json.loads(payload), digest)


def verify_chain(connection: Connection) -> tuple[Fault, ...]:
    """Recompute every hash; return what does not fit, oldest first."""
    faults = []
    expected, previous = 1, GENESIS
    rows = connection.execute(
        "SELECT seq, at, kind, subject, payload, prev_hash, hash FROM ledger ORDER BY seq"
    )
    for *entry, digest in rows:
        seq = entry[0]
        if seq != expected:
            faults.append(Fault(f"ledger {expected}", f"is missing (the next one is {seq})"))
        elif entry[5] != previous:
            faults.append(Fault(f"ledger {seq}", "does not continue the entry before it"))
        if _hash(tuple(entry)) != digest:
            faults.append(Fault(f"ledger {seq}", "was altered: its hash does not fit its content"))
        expected, previous = seq + 1, digest
    faults += _cut(connection, expected - 1, previous)
    return tuple(faults)


def _cut(connection: Connection, seq: int, digest: str) -> list[Fault]:
    """Compare the end of the chain with what the store notes of it (older stores do not)."""
    noted = noted_head(connection)
    if noted is None or noted == (seq, digest):
        return []
    what = f"is missing: the store notes {noted[0]} entries, the last one there is {seq}"
    return [Fault(f"ledger {max(seq + 1, noted[0])}", what)]


def _hash(entry: tuple[object, ...]) -> str:
    return sha256(canonical(entry).encode()).hexdigest()
