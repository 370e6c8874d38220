"""What fixes the rows that no page's ledger entry fixes: refusals, tombstones, requests, versions.

A transaction that changed such rows writes one `rows` entry into the ledger, with a digest of
each under a salt of its own; `seal` says which entry holds a row's last digest. Replacing the
salt, or the row, leaves a digest from which nothing can be guessed.

Only what our own connections change is sealed: they are told by temporary triggers. What
another program changes has no seal that fits, and stays so.
"""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from crawler.store.canonical import Stored, spelled
from crawler.store.connection import Connection
from crawler.store.ledger import SEALS, SEALS_VERSION, Fault, Head, append, head

KIND = "rows"
CLEANED = "cleaned"  # the same of rows from which an older crawler's text was taken out
_MOST = 2_000  # rows of one entry
_SALT = 16
_DRAWN = "salts"  # in `meta`
_DIGITS = 32  # 128 bits


class Sealed(NamedTuple):
    """A kind of rows: its table, its key, and the query for what of a row is fixed.

    `parts` are rows of a second table that are fixed with it, by a hash over all of them, and
    `since` the version of sealing that began with it.
    """

    table: str
    key: str
    query: str
    parts: tuple[str, str] | None = None  # table and query
    since: int = 1


# By name: a column that is added later is in no digest of before.
_DECISION = (
    "decision.url_id, gate, included, reason, verdict, deciding, awaiting, snapshots, page,"
    " fetched_at, policy_sha256, rules_version, decided_at"
)
KINDS = {
    # A decision about a page is fixed with the page. The address is of the decision: moved to
    # another one a refusal would refuse nothing.
    "decision": Sealed(
        "decision",
        "url_id",
        f"SELECT {_DECISION}, url.url FROM decision LEFT JOIN url ON url.id = url_id"  # noqa: S608
        " WHERE url_id = ? AND NOT EXISTS (SELECT 1 FROM page WHERE page.url_id = decision.url_id)",
    ),
    "tombstone": Sealed(
        "tombstone",
        "doc_id",
        "SELECT doc_id, at, reason, scope, domain, last_in, state FROM tombstone WHERE doc_id = ?",
    ),
    "takedown": Sealed(
        "takedown",
        "id",
        "SELECT id, kind, scope, subject, reason, outcome, received, acknowledged, decided,"
        " effective, verified, closed FROM takedown WHERE id = ?",
    ),
    "annotation": Sealed(
        "annotation",
        "url_id",
        "SELECT url_id, text_sha256, quality, pii FROM annotation WHERE url_id = ?",
    ),
    "cluster": Sealed(
        "cluster",
        "url_id",
        "SELECT url_id, cluster, kept, laundering FROM cluster WHERE url_id = ?",
    ),
    "release": Sealed(
        "release",
        "version",
        "SELECT version, at, seq, head, manifest FROM release WHERE version = ?",
        ("released", "SELECT doc_id, text FROM released WHERE version = ? ORDER BY doc_id"),
        since=2,
    ),
}


def track(connection: Connection) -> None:
    """Have a connection note which of these rows it changes."""
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute(
        "CREATE TEMP TABLE IF NOT EXISTS changed (kind TEXT, key TEXT, PRIMARY KEY (kind, key))"
        " WITHOUT ROWID"
    )
    for kind, sealed in KINDS.items():
        for table in (sealed.table, *(sealed.parts or ())[:1]):
            for event, rows in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
                act = f"INSERT OR IGNORE INTO changed VALUES ('{kind}', {rows}.{sealed.key})"  # noqa: S608
                connection.execute(
                    f"CREATE TEMP TRIGGER IF NOT EXISTS {table}_{event} AFTER {event}"
                    f" ON main.{table} BEGIN {act}; END"
                )


def seal_changes(connection: Connection) -> None:
    """Seal what this connection changed. The last act of every transaction that writes.

    The entries bear the time of the one before them: they say when a row was sealed no more
    closely than the chain does.
    """
    rows = connection.execute(_CHANGED).fetchall()
    for at in range(0, len(rows), _MOST):
        seal_rows(connection, rows[at : at + _MOST], KIND, {})
    connection.execute("DELETE FROM changed")


# Most decisions are about pages that were kept, and are fixed with them.
_CHANGED = (
    "SELECT kind, key FROM changed WHERE kind <> 'decision'"
    " OR NOT EXISTS (SELECT 1 FROM page WHERE page.url_id = changed.key) ORDER BY kind, key"
)


def seal_alone(connection: Connection) -> None:
    """Seal what was changed outside of a transaction, where no other act follows."""
    if not connection.in_transaction:
        seal_changes(connection)


def seal_rows(
    connection: Connection, rows: list[tuple[str, str]], kind: str, more: Mapping[str, object]
) -> None:
    """Seal rows as they are, by one entry of that `kind`."""
    payload: dict[str, dict[str, str]] = {}
    seals = []
    secret = _secret(connection) if rows else b""
    entries: dict[int, dict[tuple[str, str], str]] = {}
    for table, key in rows:
        row = _row(connection, table, key)
        if kind == KIND and _is_sealed(connection, (table, key), row, entries):
            continue
        said = b";".join(map(spelled, row if row is not None else (table, key)))
        salt = hmac.digest(secret, said, "sha256")[:_SALT]
        payload.setdefault(table, {})[key] = _digest(salt, row) if row is not None else ""
        seals.append((table, key, salt))
    if not payload:
        return
    append(connection, kind, {"rows": payload, **more}, head(connection).at)
    seq = head(connection).seq
    connection.executemany(
        "INSERT OR REPLACE INTO seal VALUES (?, ?, ?, ?)", [(*seal, seq) for seal in seals]
    )


def head_of_corpus(connection: Connection) -> Head:
    """Return where the ledger stood before entries that only seal published versions.

    Publishing changes nothing of the corpus: the same export can be made again.
    """
    rows = connection.execute("SELECT seq, at, hash, kind, payload FROM ledger ORDER BY seq DESC")
    for *found, kind, payload in rows:
        if kind != KIND or {of for of, _ in _said(payload)} != {"release"}:
            return Head(*found)
    return head(connection)


def _secret(connection: Connection) -> bytes:
    """Return what salts are made of: the same rows under the same secret give the same ledger."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (_DRAWN,)).fetchone()
    if row is None:
        forget_secret(connection)
        return _secret(connection)
    return str(row[0]).encode()


def forget_secret(connection: Connection) -> None:
    """Draw another: of rows that are gone, no salt can be made again from a guess."""
    _put_secret(connection, os.urandom(32).hex())


def secret_of(connection: Connection) -> str:
    """Return what a merged job makes its own secret of, "" for a job that holds nothing."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (_DRAWN,)).fetchone()
    row = row or connection.execute("SELECT hash FROM ledger WHERE seq = 1").fetchone()
    return str(row[0]) if row else ""


def share_secret(connection: Connection, secrets: Iterable[str]) -> None:
    """Give a merged job a secret made of those of its jobs, unless it has one."""
    if connection.execute("SELECT 1 FROM meta WHERE key = ?", (_DRAWN,)).fetchone() is None:
        _put_secret(connection, sha256("\n".join(secrets).encode()).hexdigest())


def _put_secret(connection: Connection, secret: str) -> None:
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_DRAWN, secret))


def _is_sealed(
    connection: Connection,
    row_of: tuple[str, str],
    row: tuple[Stored, ...] | None,
    entries: dict[int, dict[tuple[str, str], str]],
) -> bool:
    """Say if a row was written anew and is as it was: clusters are, by each merge.

    `entries` are those of the ledger that were looked at already.
    """
    found = connection.execute(
        "SELECT salt, seq FROM seal WHERE kind = ? AND key = ?", row_of
    ).fetchone()
    if found is None:
        return row is None  # put in and taken out again
    salt, seq = found
    if seq not in entries:
        entries.clear()  # most rows of one change were sealed together
        entry = connection.execute("SELECT payload FROM ledger WHERE seq = ?", (seq,)).fetchone()
        entries[seq] = _said(entry[0] if entry else None)
    return entries[seq].get(row_of) == (_digest(salt, row) if row is not None else "")


def _row(connection: Connection, kind: str, key: str) -> tuple[Stored, ...] | None:
    sealed = KINDS[kind]
    found: tuple[Stored, ...] | None = connection.execute(sealed.query, (key,)).fetchone()
    if found is None or sealed.parts is None:
        return found
    digest, count = sha256(), 0
    for row in connection.execute(sealed.parts[1], (key,)):
        digest.update(b";".join(map(spelled, row)) + b"\n")
        count += 1
    return (*found, count, digest.hexdigest())


def _has_page(connection: Connection, key: str) -> bool:
    query = "SELECT 1 FROM page WHERE url_id = ?"
    return connection.execute(query, (key,)).fetchone() is not None


def _digest(salt: bytes, row: tuple[Stored, ...]) -> str:
    return hmac.digest(salt, b";".join(map(spelled, row)), "sha256").hex()[:_DIGITS]


# --- rows that were there before --------------------------------------------------------


def sealing(connection: Connection) -> int:
    """Return by which version the job's ledger seals rows, 0 if by none: older ones did not."""
    query = (
        "SELECT max(json_extract(payload, '$.seals')) FROM ledger WHERE kind = ? OR seq = 1"
        " AND json_valid(payload)"
    )
    (found,) = connection.execute(query, (SEALS,)).fetchone()
    return found if isinstance(found, int) else 0


def unsealed(connection: Connection, kind: str, most: int) -> list[tuple[str, str]]:
    """Return rows of a kind that have no seal, as `seal_found` takes them."""
    table, key = KINDS[kind][:2]
    but = (
        f" AND NOT EXISTS (SELECT 1 FROM page WHERE page.url_id = {table}.{key})"  # noqa: S608
        if kind == "decision"
        else ""
    )
    rows = connection.execute(
        f"SELECT CAST({key} AS TEXT) FROM {table} WHERE NOT EXISTS (SELECT 1 FROM seal"  # noqa: S608
        f" WHERE kind = ? AND key = CAST({table}.{key} AS TEXT)){but} LIMIT ?",
        (kind, most),
    )
    return [(kind, found) for (found,) in rows]


def seal_found(connection: Connection) -> bool:
    """Seal some rows that an older crawler left, as they are found; say if there were any.

    With none left, an entry says that from here on every row is sealed. Kinds that were sealed
    before are left alone: what has no seal there was put in by another program.
    """
    version = sealing(connection)
    for kind in (kind for kind, sealed in KINDS.items() if sealed.since > version):
        rows = unsealed(connection, kind, _MOST)
        if rows:
            seal_rows(connection, rows, KIND, {"found": True})
            return True
    append(connection, SEALS, {SEALS: SEALS_VERSION}, head(connection).at)
    return False


# --- verifying --------------------------------------------------------------------------


def verify_rows(connection: Connection) -> Iterator[Fault]:
    """Hold every sealed row against its digest, and look for rows and seals too many."""
    seals = connection.execute(
        "SELECT seal.seq, seal.kind, key, salt, payload FROM seal LEFT JOIN ledger"
        " ON ledger.seq = seal.seq AND ledger.kind IN (?, ?) ORDER BY seal.seq",
        (KIND, CLEANED),
    )
    for seq, rows in groupby(seals, key=itemgetter(0)):
        said: dict[tuple[str, str], str] | None = None
        for _, kind, key, salt, payload in rows:
            said = _said(payload) if said is None else said
            yield from _held(connection, (kind, key), salt, said.get((kind, key)), seq)
    entries = connection.execute(
        "SELECT seq, payload FROM ledger WHERE kind IN (?, ?)", (KIND, CLEANED)
    )
    for seq, payload in entries:
        for kind, key in _said(payload):
            later = connection.execute(
                "SELECT seq FROM seal WHERE kind = ? AND key = ?", (kind, key)
            ).fetchone()
            if later is None or later[0] < seq:
                yield Fault(f"{kind} {key}", f"has lost the seal that ledger {seq} set")
    version = sealing(connection)
    for kind in (kind for kind, sealed in KINDS.items() if sealed.since <= version):
        for _, key in unsealed(connection, kind, _MOST):
            yield Fault(f"{kind} {key}", "was put in by no crawler: no entry is about it")


def _said(payload: str | None) -> dict[tuple[str, str], str]:
    """Return the digests in an entry; an altered one, which the chain tells, may hold anything."""
    try:
        rows = json.loads(payload or "{}").get("rows", {})
        return {
            (str(kind), str(key)): str(digest)
            for kind, of_kind in rows.items()
            for key, digest in of_kind.items()
        }
    except (ValueError, AttributeError):
        return {}


def _held(
    connection: Connection, row_of: tuple[str, str], salt: bytes, digest: str | None, seq: int
) -> Iterator[Fault]:
    kind, key = row_of
    if digest is None or kind not in KINDS:
        yield Fault(f"{kind} {key}", f"is sealed by ledger {seq}, which does not say so")
        return
    row = _row(connection, kind, key)
    if row is None and kind == "decision" and _has_page(connection, key):
        return  # fixed with its page since
    now = _digest(salt, row) if row is not None else ""
    if now != digest:
        yield Fault(f"{kind} {key}", "is missing" if not now else "was altered")


def made_before(connection: Connection) -> dict[str, int]:
    """Count, by kind, the rows of an older crawler's job that nothing seals yet."""
    version = sealing(connection)
    counts = {
        kind: len(unsealed(connection, kind, 1_000_000))
        for kind, sealed in KINDS.items()
        if sealed.since > version
    }
    return {kind: count for kind, count in counts.items() if count}
