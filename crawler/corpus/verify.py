"""Proof that a job and an export are what was written: chain, digests, decisions, hashes."""

from __future__ import annotations

import base64
import json
import random
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from crawler.core.content.fingerprint import text_hash
from crawler.core.evidence import Evidence
from crawler.core.policy import ConsentPolicy
from crawler.core.urls import parse
from crawler.corpus.beside import MANIFEST
from crawler.corpus.errors import CorpusError
from crawler.corpus.selection import Decide
from crawler.corpus.shards import blocks
from crawler.store.canonical import canonical, digest_of, fix
from crawler.store.database import Connection
from crawler.store.evidence import SNAPSHOT_COLUMNS, load_snapshots, unpack_evidence
from crawler.store.job import DATABASE, read_job
from crawler.store.ledger import Fault, Head, head, name, verify_chain
from crawler.store.rows import SEALED, sealed_row

SAMPLE = 1_000
_MARK = 4
_MOST_FAULTS = 1_000
# Ledger entries that fix the rows of a page; a purge ends them.
_SEALS = ("include", "hold", "retire", "confirm", "reconsent", "refuse", "redecide", "retention")


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at and what did not fit. No fault: everything fits."""

    of: str
    entries: int
    pages: int
    decided_again: int
    files: int
    head: str
    faults: tuple[Fault, ...]


def verify(
    path: Path, decide: Decide | None, rules_version: str, sample: int | None = SAMPLE
) -> Verified:
    """Verify a job folder or an export; `sample` None decides every record again.

    Raises:
        CorpusError: `path` is neither.
    """
    if (path / DATABASE).is_file():
        return verify_job(path, decide, rules_version, sample)
    if (path / MANIFEST).is_file():
        return verify_export(path)
    raise CorpusError(
        f"{path} cannot be verified",
        f"there is neither {DATABASE} nor {MANIFEST} in it",
        "name a job or an export",
    )


def verify_job(
    job: Path, decide: Decide | None, rules_version: str, sample: int | None
) -> Verified:
    """Recompute chain and digests of a job, and decide a sample of its records again."""
    with read_job(job) as connection:
        last = head(connection)
        faults: list[Fault] = []
        again = 0
        try:
            faults += verify_chain(connection)
            faults += _pages(connection)
            faults += _site_files(connection)
            faults += _policies(connection)
            if decide is not None:
                again, wrong = _decisions(connection, decide, rules_version, sample)
                faults += wrong
        except (sqlite3.DatabaseError, ValueError, KeyError, TypeError) as error:
            faults.append(Fault("the database", f"cannot be read: {error}"))
        (pages,) = connection.execute("SELECT count(*) FROM page").fetchone()
    return Verified(str(job), last.seq, pages, again, 0, last.hash, tuple(faults[:_MOST_FAULTS]))


def verify_export(out: Path) -> Verified:
    """Recompute the hash of the manifest and of every file it lists, and look for others."""
    raw = (out / MANIFEST).read_bytes()
    faults: list[Fault] = []
    try:
        stated = (out / f"{MANIFEST}.sha256").read_text().split()[0]
    except (OSError, IndexError, UnicodeDecodeError):
        stated = ""
    if f"{sha256(raw).hexdigest()}  {MANIFEST}\n" != _text(out / f"{MANIFEST}.sha256"):
        faults.append(Fault(MANIFEST, f"does not have the hash its sidecar states ({stated})"))
    manifest = _json(raw)
    listed = {str(item["path"]): item for item in manifest.get("files", [])}
    faults += _signature(out, raw, manifest)
    own = {MANIFEST, f"{MANIFEST}.sha256", f"{MANIFEST}.sig"}
    present = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()} - own
    faults += [Fault(path, "is not listed in the manifest") for path in sorted(present - {*listed})]
    faults += [Fault(path, "is missing") for path in sorted({*listed} - present)]
    for path in sorted(present & {*listed}):
        digest = sha256()
        with (out / path).open("rb") as file:
            for block in blocks(file):
                digest.update(block)
        if digest.hexdigest() != listed[path]["sha256"]:
            faults.append(Fault(path, "was altered: its hash is not the manifest's"))
    ledger = manifest.get("ledger", {})
    return Verified(
        str(out),
        int(ledger.get("seq", 0)),
        int(manifest.get("records", 0)),
        0,
        len(present),
        str(ledger.get("head", "")),
        tuple(faults),
    )


def same_head(connection: Connection, stated: Head) -> bool:
    """Say whether a head that was published once is still in the chain."""
    row = connection.execute("SELECT hash FROM ledger WHERE seq = ?", (stated.seq,)).fetchone()
    return row is not None and row[0] == stated.hash


def _pages(connection: Connection) -> Iterator[Fault]:
    named = set()
    for number, url, state, salt, marks in connection.execute(
        "SELECT url_id, url, state, salt, marks FROM page LEFT JOIN subject USING (url_id)"
    ).fetchall():
        if state == "purged":
            if not _has_purge(connection, salt, url):
                yield Fault(f"page {number} state", "is purged, which no ledger entry says")
            continue
        subject = name(salt, url) if salt else ""
        row = connection.execute(
            "SELECT kind, payload FROM ledger WHERE subject = ? ORDER BY seq DESC LIMIT 1",
            (subject,),
        ).fetchone()
        if not subject or row is None:
            yield Fault(f"page {url} url", "is not the one that a ledger entry is about")
            continue
        named.add(subject)
        sealed = sealed_row(connection, number)
        if sealed is None:
            yield Fault(f"page {url} decision", "is missing")
            continue
        digest, now = fix(sealed)
        if json.loads(row[1]).get("digest") != digest or now != marks:
            yield Fault(f"page {url} {_altered(marks, now)}", "was altered")
    yield from _lost(connection, named)


def _has_purge(connection: Connection, salt: bytes | None, url: str) -> bool:
    del salt, url  # both are erased; the purges are counted instead
    purged, logged = connection.execute(
        "SELECT (SELECT count(*) FROM page WHERE state = 'purged'),"
        " (SELECT count(*) FROM ledger WHERE kind = 'purge' AND subject != '')"
    ).fetchone()
    return int(purged) <= int(logged)


def _altered(before: bytes, now: bytes) -> str:
    if len(before) != len(now):
        return "marks"
    changed = [
        column
        for at, column in enumerate(SEALED)
        if before[at * _MARK : (at + 1) * _MARK] != now[at * _MARK : (at + 1) * _MARK]
    ]
    # All marks fit: row and marks were changed together.
    return " ".join(item.removeprefix("page.") for item in changed) or "row"


def _lost(connection: Connection, named: set[str]) -> Iterator[Fault]:
    rows = connection.execute(
        "SELECT subject, kind, max(seq) FROM ledger WHERE subject != '' GROUP BY subject"
    )
    for subject, kind, seq in rows:
        if kind in _SEALS and subject not in named:
            yield Fault(f"ledger {seq}", f"is about a page that is not in the store ({kind})")


def _site_files(connection: Connection) -> Iterator[Fault]:
    for digest, body in connection.execute("SELECT sha256, body FROM blob"):
        if sha256(body).hexdigest() != digest:
            yield Fault(f"blob {digest}", "was altered")
    stated = {}
    for (payload,) in connection.execute("SELECT payload FROM ledger WHERE kind = 'evidence'"):
        entry = json.loads(payload)
        stated[entry["snapshot"]] = entry["digest"]
    columns = ", ".join(SNAPSHOT_COLUMNS)
    for row in connection.execute(f"SELECT {columns} FROM snapshot"):  # noqa: S608 - fixed names
        if stated.pop(row[0], None) != digest_of(row):
            yield Fault(f"snapshot {row[0]} of {row[3]}", "was altered")
    yield from (Fault(f"snapshot {number}", "is missing") for number in sorted(stated))


def _policies(connection: Connection) -> Iterator[Fault]:
    stated = {}
    for (payload,) in connection.execute("SELECT payload FROM ledger WHERE kind = 'policy'"):
        entry = json.loads(payload)
        stated[entry["policy"]] = entry["digest"]
    for row in connection.execute("SELECT * FROM policy"):
        if stated.pop(row[0], None) != digest_of(row):
            yield Fault(f"policy {row[0]}", "was altered")
    yield from (Fault(f"policy {digest}", "is missing") for digest in sorted(stated))


def _decisions(
    connection: Connection, decide: Decide, rules_version: str, sample: int | None
) -> tuple[int, list[Fault]]:
    """Decide again, each at its own time, under its own policy, by rules of its version."""
    numbers = [
        row[0]
        for row in connection.execute(
            "SELECT url_id FROM page JOIN decision USING (url_id) WHERE rules_version = ?"
            " AND state IN ('active', 'held') ORDER BY url_id",
            (rules_version,),
        )
    ]
    if sample is not None and len(numbers) > sample:
        # Another sample each time would make a failure hard to show again.
        numbers = sorted(random.Random(len(numbers)).sample(numbers, sample))  # noqa: S311
    policies = {
        digest: ConsentPolicy.model_validate_json(text)
        for digest, text in connection.execute("SELECT sha256, consent FROM policy")
    }
    faults = []
    for number in numbers:
        what = _decision(connection, number, policies, decide)
        if what:
            faults.append(what)
    return len(numbers), faults


def _decision(
    connection: Connection, number: int, policies: dict[str, ConsentPolicy], decide: Decide
) -> Fault | None:
    url, text, digest, included, reason, verdict, snapshots, page, policy, at = connection.execute(
        "SELECT page.url, text, text_sha256, included, reason, verdict, snapshots, decision.page,"
        " policy_sha256, decided_at FROM page JOIN decision USING (url_id) WHERE url_id = ?",
        (number,),
    ).fetchone()
    parsed = parse(url)
    if parsed is None or policy not in policies or page is None:
        return Fault(f"page {url} decision", "has no evidence to decide again from")
    site = load_snapshots(connection, json.loads(snapshots))
    decision = decide(Evidence(parsed, site, unpack_evidence(page)), policies[policy], at)
    same = (decision.included, decision.reason, decision.verdict.labels())
    if same != (bool(included), reason, json.loads(verdict)):
        return Fault(
            f"page {url} decision",
            f"is {reason!r} in the store, but the evidence says {decision.reason!r}",
        )
    if text_hash(text) != digest:
        return Fault(f"page {url} text", "does not have the hash stored with it")
    return None


def _signature(out: Path, raw: bytes, manifest: dict[str, Any]) -> Iterator[Fault]:
    path = out / f"{MANIFEST}.sig"
    if not path.exists():
        return
    statement = _json(path.read_bytes())
    said = {
        "manifest_sha256": sha256(raw).hexdigest(),
        "ledger_head": manifest.get("ledger", {}).get("head"),
    }
    if any(statement.get(key) != value for key, value in said.items()):
        yield Fault(path.name, "is about another manifest")
    elif not _signed(statement, canonical(said).encode()):
        yield Fault(path.name, "does not hold a valid signature")


def _signed(statement: dict[str, Any], data: bytes) -> bool:
    """Check an Ed25519 signature against the key the statement names (RFC 7638, RFC 8037)."""
    key = statement.get("public_key")
    try:
        raw = base64.urlsafe_b64decode(str(key["x"]) + "=") if isinstance(key, dict) else b""
        named = canonical(key).encode()
        thumbprint = base64.urlsafe_b64encode(sha256(named).digest()).decode().rstrip("=")
        text = str(statement.get("signature"))
        signature = base64.b64decode(text, validate=True)
        Ed25519PublicKey.from_public_bytes(raw).verify(signature, data)
        if base64.b64encode(signature).decode() != text:
            return False
    except (ValueError, KeyError, InvalidSignature):
        return False
    stated = (statement.get("key_id"), statement.get("sha256"), statement.get("algorithm"))
    return stated == (thumbprint, sha256(data).hexdigest(), "ed25519")


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except (OSError, UnicodeDecodeError):
        return ""


def _json(raw: bytes) -> dict[str, Any]:
    try:
        value = json.loads(raw)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
