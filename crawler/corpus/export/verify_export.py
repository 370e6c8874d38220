"""Proof that an export is what was written: signature, manifest, files, records, documents.

Whoever forges an export can write its manifest anew, so the rest is held together as well: each
record against its own hashes, the totals against the records, the documents against both.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from crawler.corpus.errors import CorpusError
from crawler.corpus.export.opened_export import (
    OpenedExport,
    hash_of,
    leads_elsewhere,
    open_export,
    walk,
)
from crawler.corpus.export.verify_documents import documents
from crawler.corpus.export.verify_records import Recount
from crawler.corpus.records.data_files import FileEntry
from crawler.corpus.statements.manifest import MANIFEST, SIGNATURE, signature_text
from crawler.keys import MISSING, NOBODY, Signature, Trusted, check_signature
from crawler.store.canonical import canonical
from crawler.store.ledger import Fault

SIDECAR = f"{MANIFEST}.sha256"
_OWN = frozenset({MANIFEST, SIDECAR, SIGNATURE})

# Files done and files there are.
Told = Callable[[int, int], None]


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
    signature: Signature | None = None  # of an export
    compared: int = 0  # records held against another job or export


def verify_export(
    out: Path, trusted: Trusted = NOBODY, *, signed: bool = False, told: Told | None = None
) -> Verified:
    """Verify the export in `out`; its signature counts under a key of `trusted` only.

    With `trusted`, or `signed`, an export without a valid signature is at fault.

    Raises:
        CorpusError: There is no manifest in `out`.
    """
    raw = (out / MANIFEST).read_bytes()
    try:
        export = open_export(out)
    except CorpusError as error:
        unread = (*_sidecar(out, raw), Fault(MANIFEST, f"cannot be read: {error.cause}"))
        there = (out / SIGNATURE).exists()
        signature = Signature("invalid", why=f"{MANIFEST} cannot be read") if there else MISSING
        return Verified(str(out), 0, 0, 0, 0, "", unread, (), signature)
    signature = _signature(export, trusted)
    faults = [
        *_sidecar(out, raw),
        *_trust(export, signature, trusted, signed=signed),
        *_files(export, told),
    ]
    recount = Recount(export)
    recount.run()
    faults += recount.faults
    notes: list[str] = []
    if not recount.unread:  # what was not read cannot be counted
        faults += documents(export, recount.counts, notes.append)
    return Verified(
        of=str(out),
        entries=export.seq,
        pages=recount.counts.records,
        decided_again=0,
        files=len(export.files),
        head=export.head,
        faults=tuple(dict.fromkeys(faults)),
        notes=tuple(notes),
        signature=signature,
    )


def _sidecar(out: Path, raw: bytes) -> Iterator[Fault]:
    stated = f"{sha256(raw).hexdigest()}  {MANIFEST}\n".encode()
    if stated != _bytes(out / SIDECAR):
        yield Fault(MANIFEST, "does not have the hash that its sidecar states")


def _trust(
    export: OpenedExport, signature: Signature, trusted: Trusted, *, signed: bool
) -> Iterator[Fault]:
    """Hold the signature against what the manifest says of it, and what the verifier asks."""
    missing = signature.state == "missing"
    claimed = export.manifest.get("signed")
    if signature.state == "invalid":
        yield Fault(SIGNATURE, f"does not hold a valid signature: {signature.why}")
    elif claimed is True and missing:
        yield Fault(SIGNATURE, "is missing, though the manifest says that it is signed")
    elif claimed is not True and not missing:
        yield Fault(SIGNATURE, "is there, though the manifest says that it is not signed")
    if trusted and signature.state != "pinned":
        yield Fault(SIGNATURE, f"is of no pinned key: {signature.sentence}")
    elif signed and missing:
        yield Fault(SIGNATURE, "is missing, and a signature is required")


def _files(export: OpenedExport, told: Told | None) -> Iterator[Fault]:
    """Walk the folder and hash what is listed."""
    out = export.folder
    listed = Counter(entry.path for entry in export.files)
    yield from (
        Fault(path, "is listed more than once in the manifest")
        for path, count in sorted(listed.items())
        if count > 1
    )
    for path, plain in sorted(walk(out)):
        if path in listed or (path in _OWN and plain):
            continue
        kind = "is not listed in the manifest" if plain else "is no plain file"
        yield Fault(path, kind)
    for done, entry in enumerate(export.files, 1):
        if told is not None:
            told(done, len(export.files))
        yield from _file(out, entry)


def _file(out: Path, entry: FileEntry) -> Iterator[Fault]:
    elsewhere = leads_elsewhere(out, entry.path)
    path = out / entry.path
    if elsewhere:
        yield Fault(entry.path, elsewhere)
    elif entry.path in _OWN:
        yield Fault(entry.path, "is listed, but cannot hold its own hash")
    elif not path.is_file():
        yield Fault(entry.path, "is missing" if not path.exists() else "is no plain file")
    else:
        try:
            digest, size = hash_of(path)
        except OSError as error:
            yield Fault(entry.path, f"cannot be read ({error.strerror})")
            return
        if digest != entry.sha256:
            yield Fault(entry.path, "was altered: its hash is not the manifest's")
        elif size != entry.bytes:
            yield Fault(entry.path, f"has {size} bytes, the manifest says {entry.bytes}")


def _signature(export: OpenedExport, trusted: Trusted) -> Signature:
    path = export.folder / SIGNATURE
    if not path.is_symlink() and not path.exists():
        return MISSING
    text = _bytes(path)
    statement = _json(text)
    if not statement:
        return Signature("invalid", why="it cannot be read")
    said = {"manifest_sha256": export.sha256, "ledger_head": export.head}
    if any(statement.get(key) != value for key, value in said.items()):
        return Signature("invalid", why="it is about another manifest")
    if signature_text(statement).encode() != text:
        return Signature("invalid", why="it is not spelled as it was made")
    return check_signature(statement, canonical(said).encode(), trusted)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _json(raw: bytes) -> dict[str, Any]:
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
