"""Proof that an export is what was written: the manifest, its sidecars, every file's hash."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from crawler.corpus.errors import CorpusError
from crawler.corpus.export.formats import FORMATS
from crawler.corpus.records.data_files import blocks
from crawler.corpus.statements.manifest import MANIFEST, signature_text
from crawler.store.canonical import canonical
from crawler.store.ledger import Fault


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
    notes: tuple[str, ...] = ()  # what cannot be proven, fault or not


def verify_export(out: Path) -> Verified:
    """Recompute the hash of the manifest and of every file it lists, and look for others."""
    raw = (out / MANIFEST).read_bytes()
    manifest = _json(raw)
    faults: list[Fault] = []
    if f"{sha256(raw).hexdigest()}  {MANIFEST}\n".encode() != _bytes(out / f"{MANIFEST}.sha256"):
        faults.append(Fault(MANIFEST, "does not have the hash that its sidecar states"))
    faults += _signature(out, raw, manifest)
    try:
        listed = {str(item["path"]): str(item["sha256"]) for item in manifest["files"]}
        ledger = manifest["ledger"]
        seq, head = int(ledger["seq"]), str(ledger["head"])
        records = int(manifest["records"])
    except (KeyError, TypeError, ValueError):
        faults.append(Fault(MANIFEST, "cannot be read"))
        return Verified(str(out), 0, 0, 0, 0, "", tuple(faults))
    own = {MANIFEST, f"{MANIFEST}.sha256", f"{MANIFEST}.sig"}
    present = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()} - own
    faults += [Fault(path, "is not listed in the manifest") for path in sorted(present - {*listed})]
    faults += [Fault(path, "is missing") for path in sorted({*listed} - present)]
    faults += [
        Fault(path, "was altered: its hash is not the manifest's")
        for path in sorted(present & {*listed})
        if _hash(out / path) != listed[path]
    ]
    faults += _counts(out, manifest, present)
    return Verified(str(out), seq, records, 0, len(present), head, tuple(faults))


def _counts(out: Path, manifest: dict[str, Any], present: set[str]) -> Iterator[Fault]:
    """Count the records of each data file by the format's own reader."""
    form = FORMATS.get(str(manifest.get("format")))
    if form is None:
        yield Fault(MANIFEST, f"states a format that is not known here: {manifest.get('format')!r}")
        return
    total = 0
    for item in manifest["files"]:
        path, stated = str(item["path"]), item.get("records")
        if not path.startswith("data/") or path not in present:
            continue
        try:
            found = form.count(out / path)
        except (CorpusError, ValueError) as error:
            yield Fault(path, f"its records cannot be counted: {error}")
            continue
        total += found
        if found != stated:
            yield Fault(path, f"holds {found} records, the manifest says {stated}")
    if total != manifest["records"]:
        yield Fault(MANIFEST, f"states {manifest['records']} records, the files hold {total}")


def stated_head(out: Path) -> tuple[int, str]:
    """Return where the ledger stood when the export in `out` was made; (0, "") if it says not."""
    ledger = _json(_bytes(out / MANIFEST)).get("ledger")
    if not isinstance(ledger, dict):
        return 0, ""
    seq = ledger.get("seq")
    return seq if isinstance(seq, int) else 0, str(ledger.get("head", ""))


def _hash(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        for block in blocks(file):
            digest.update(block)
    return digest.hexdigest()


def _signature(out: Path, raw: bytes, manifest: dict[str, Any]) -> Iterator[Fault]:
    path = out / f"{MANIFEST}.sig"
    if not path.exists():
        if manifest.get("signed"):
            yield Fault(path.name, "is missing")
        return
    text = path.read_bytes()
    statement = _json(text)
    said = {
        "manifest_sha256": sha256(raw).hexdigest(),
        "ledger_head": stated_head(out)[1],
    }
    if any(statement.get(key) != value for key, value in said.items()):
        yield Fault(path.name, "is about another manifest")
    elif signature_text(statement).encode() != text:
        yield Fault(path.name, "was altered")
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


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _json(raw: bytes) -> dict[str, Any]:
    try:
        value = json.loads(raw)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
