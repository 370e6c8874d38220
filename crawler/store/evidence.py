"""Evidence as it is stored: site files by snapshot, page evidence as compressed JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, cast

from crawler.core.consent.reduced_evidence import reduced_page
from crawler.core.decision import Found
from crawler.core.evidence import Carrier, Evidence, FileKind, LicenceClaim, PageEvidence, Snapshot
from crawler.core.urls import parse
from crawler.store.canonical import compact, digest_of, pack, unpack
from crawler.store.database import Connection
from crawler.store.ledger import append

SNAPSHOT_COLUMNS = (
    "id",
    "origin",
    "kind",
    "url",
    "final_url",
    "hops",
    "found",
    "status",
    "content_type",
    "headers",
    "error",
    "fetched_at",
    "expires_at",
    "sha256",
)
_COLUMNS = ", ".join(SNAPSHOT_COLUMNS)
_SELECT = (
    "SELECT snapshot.id, kind, url, found, fetched_at, status, content_type, body, final_url,"
    " hops, error, headers, expires_at FROM snapshot JOIN blob USING (sha256)"
)
_SEVERAL = (
    "SELECT id, kind, url, found, fetched_at, status, content_type, sha256, final_url, hops,"
    " error, headers, expires_at FROM snapshot WHERE id IN (SELECT value FROM json_each(?))"
)
_BODIES = "SELECT sha256, body FROM blob WHERE sha256 IN (SELECT value FROM json_each(?))"
_LATEST = " ORDER BY fetched_at DESC, snapshot.id DESC LIMIT 1"


def evidence_to_json(evidence: PageEvidence) -> dict[str, object]:
    """Return the page evidence as JSON values; `evidence_from_json` undoes it exactly."""
    return {
        "status": evidence.status,
        "headers": evidence.headers,
        "carriers": [(c.kind, c.name, c.text, c.place, c.type) for c in evidence.carriers],
        "licences": [
            (c.spdx, c.family, c.kind, c.url, c.place, c.scope, c.confidence, c.raw)
            for c in evidence.licences
        ],
        "read": evidence.read,
        "content_type": evidence.content_type,
    }


def evidence_from_json(value: object) -> PageEvidence:
    """Return the page evidence that `evidence_to_json` spelled out."""
    fields = cast("dict[str, Any]", value)
    return PageEvidence(
        status=fields["status"],
        headers=_pairs(fields["headers"]),
        carriers=tuple(Carrier(*item) for item in fields["carriers"]),
        licences=tuple(LicenceClaim(*item) for item in fields["licences"]),
        read=fields["read"],
        content_type=fields["content_type"],
    )


def pack_evidence(evidence: PageEvidence) -> bytes:
    """Return the page evidence as it is stored: what speaks of rights, never the work's text."""
    return pack(evidence_to_json(reduced_page(evidence)))


def unpack_evidence(data: bytes) -> PageEvidence:
    return evidence_from_json(unpack(data))


def save_snapshot(connection: Connection, origin: str, snapshot: Snapshot) -> int:
    """Store one answer for a site file, its body once by hash, and return its row's id.

    `origin` is whom it speaks for, "" for an RSL document.
    """
    sha256 = snapshot.sha256
    connection.execute("INSERT OR IGNORE INTO blob VALUES (?, ?)", (sha256, snapshot.body))
    values = (
        _text(origin),
        snapshot.kind.value,
        _text(snapshot.url),
        _text(snapshot.final_url),
        snapshot.hops,
        snapshot.found.value,
        snapshot.status,
        _text(snapshot.content_type),
        compact(snapshot.headers),
        _text(snapshot.error),
        float(snapshot.fetched_at),
        float(snapshot.expires_at),
        sha256,
    )
    cursor = connection.execute(
        f"INSERT INTO snapshot ({_COLUMNS}) VALUES (NULL{', ?' * len(values)})",  # noqa: S608
        values,
    )
    number = int(cursor.lastrowid or 0)
    payload = {"snapshot": number, "digest": digest_of((number, *values))}
    append(connection, "evidence", payload, snapshot.fetched_at)
    return number


def latest_snapshot(
    connection: Connection, kind: FileKind, url: str, *, at: float | None = None
) -> Snapshot | None:
    """Return the last answer, not later than `at`, for the site file asked for at `url`."""
    where = " WHERE url = ? AND kind = ?"
    values: list[str | float] = [url, kind.value]
    if at is not None:
        where, values = where + " AND fetched_at <= ?", [*values, at]
    row = connection.execute(_SELECT + where + _LATEST, values).fetchone()
    return _snapshot(row) if row else None


def load_snapshots(connection: Connection, numbers: Iterable[int]) -> tuple[Snapshot, ...]:
    """Return the snapshots with those ids, in that order; unknown ids are left out."""
    wanted = list(numbers)
    rows = {row[0]: row for row in connection.execute(_SEVERAL, (json.dumps(wanted),))}
    # Many have the same body, most of them none.
    hashes = json.dumps(list({row[7] for row in rows.values()}))
    bodies = dict(connection.execute(_BODIES, (hashes,)).fetchall())
    found = (rows[number] for number in wanted if number in rows)
    return tuple(_snapshot((*row[:7], bodies[row[7]], *row[8:])) for row in found)


def load_evidence(connection: Connection, url_id: int) -> Evidence | None:
    """Return what the last decision about the URL rests on, or None if there is none."""
    row = connection.execute(
        "SELECT url.url, decision.snapshots, decision.page FROM decision"
        " JOIN url ON url.id = decision.url_id WHERE url_id = ?",
        (url_id,),
    ).fetchone()
    url = parse(row[0]) if row else None
    if url is None:
        return None
    site = load_snapshots(connection, json.loads(row[1]))
    return Evidence(url, site, unpack_evidence(row[2]) if row[2] is not None else None)


_KINDS = {kind.value: kind for kind in FileKind}
_FOUND = {found.value: found for found in Found}


def _snapshot(row: tuple[Any, ...]) -> Snapshot:
    return Snapshot(
        id=row[0],
        kind=_KINDS.get(row[1]) or FileKind(row[1]),  # a protocol may have added its own
        url=row[2],
        found=_FOUND[row[3]],
        fetched_at=row[4],
        status=row[5],
        content_type=row[6],
        body=row[7],
        final_url=row[8],
        hops=row[9],
        error=row[10],
        headers=_pairs(json.loads(row[11])) if row[11] != "[]" else (),
        expires_at=row[12],
    )


def _pairs(value: Iterable[Any]) -> tuple[tuple[str, str], ...]:
    return tuple((name, text) for name, text in value)


def _text(value: str) -> str:
    # SQLite takes no half surrogates; what they were is in the raw bytes.
    return value.encode("utf-8", "replace").decode()
