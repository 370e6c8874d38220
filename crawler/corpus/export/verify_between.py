"""An export held against another one of the same job, which is taken for true."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from crawler.corpus.errors import CorpusError
from crawler.corpus.export.opened_export import OpenedExport, open_export
from crawler.corpus.records.record import Record
from crawler.corpus.statements.manifest import MANIFEST
from crawler.store.canonical import canonical
from crawler.store.ledger import Fault
from crawler.store.page_rows import said_by_record

_MOST = 1_000
# What an export of the same job at the same time may differ by.
_CHOICES = ("audience", "since", "settings", "policy")
# What it may not differ by, and what can have grown without an entry of the ledger.
_FIXED = ("name", "as_of", "user_agent", "contact")
_GROWN = ("fetched", "refused", "filtered", "unproven", "software", "documents")
# Figures that are made after the crawl, and again.
_FIGURES = frozenset(
    {"quality", "pii", "minhash_cluster", "duplicate", "token_count_est", "token_method"}
)


@dataclass(slots=True)
class Compared:
    """What came of comparing: faults, what is only told, and how many records were compared."""

    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    records: int = 0

    def fault(self, place: str, what: str) -> None:
        if len(self.faults) < _MOST:
            self.faults.append(Fault(place, what))

    def note(self, text: str) -> None:
        if len(self.notes) < _MOST:
            self.notes.append(text)


def compare_with_export(out: Path, other: Path) -> Compared:
    """Compare the export in `out` with `other`, by id, text hash, licence and decision.

    Raises:
        CorpusError: One of them is no export, or `other` cannot be read.
    """
    export, model, found = open_export(out), open_export(other), Compared()
    if not _is_comparable(export, model, found):
        return found
    _tell_differing(export, model, found)
    same = export.seq == model.seq
    alike = all(export.manifest.get(name) == model.manifest.get(name) for name in _CHOICES)
    known = {record["id"]: (said_by_record(record), _whole(record)) for _, record in model.read()}
    removed = _tombstones(model)
    for path, record in export.read(lambda *_: None):  # damage is told by `verify_export`
        found.records += 1
        try:
            doc_id, says = record["id"], (said_by_record(record), _whole(record))
        except (KeyError, TypeError, AttributeError):
            found.fault(path, "holds a record that is none of ours")
            continue
        place = f"record {doc_id}"
        if doc_id in known:
            what = _difference(says, known.pop(doc_id), whole=same and alike)
            if what and same:
                found.fault(place, f"{what} in {other}")
            elif what:
                found.note(f"{place}: has changed between the two")
        elif doc_id in removed:
            found.note(f"{place}: removed since, {removed[doc_id]}")
        elif export.seq <= model.seq and alike:
            found.fault(place, f"is not in {other}, nor was it taken out there ({path})")
    for doc_id in known if same and alike else ():
        found.fault(f"record {doc_id}", f"is in {other} and is missing here")
    return found


def _is_comparable(export: OpenedExport, model: OpenedExport, found: Compared) -> bool:
    """Say if both are of one chain; tell how they stand to each other."""
    if export.crawl_id != model.crawl_id:
        found.fault(
            MANIFEST,
            f"is of another job: it names {export.crawl_id}, {model.folder} {model.crawl_id}",
        )
        return False
    if (export.seq == model.seq) != (export.head == model.head):
        found.fault(f"ledger {export.seq}", f"is not the head that {model.folder} was made at")
        return False
    if export.seq != model.seq:
        age = "an older" if export.seq < model.seq else "a newer"
        found.note(
            f"{age} export: made at ledger {export.seq}, {model.folder} at ledger {model.seq}"
        )
    if export.version == model.version != "0.0.0" and export.sha256 != model.sha256:
        found.fault(MANIFEST, f"is not the one of {model.folder}, of the same version")
    return True


def _tell_differing(export: OpenedExport, model: OpenedExport, found: Compared) -> None:
    """Name what two manifests state differently of one job: as fault, if it may not be."""

    def differing(names: tuple[str, ...]) -> str:
        one, other = export.manifest, model.manifest
        return ", ".join(name for name in names if one.get(name) != other.get(name))

    if chosen := differing(_CHOICES):
        found.note(f"was made otherwise than {model.folder}: {chosen}")
    if export.seq != model.seq:
        return
    if fixed := differing(_FIXED):
        found.fault(MANIFEST, f"states otherwise than {model.folder}: {fixed}")
    if grown := differing(_GROWN):
        found.note(f"states otherwise than {model.folder}, though of the same ledger: {grown}")


def _difference(one: tuple[bytes, bytes], other: tuple[bytes, bytes], *, whole: bool) -> str:
    """Name how two records differ in what they say, and in all of it if `whole` is asked."""
    if one[0] != other[0]:
        return "has another text hash, licence or decision"
    return "has other text or metadata" if whole and one[1] != other[1] else ""


def _whole(record: Record) -> bytes:
    """Return a hash of what a record says, without the figures that are made anew."""
    about = {key: item for key, item in record["metadata"].items() if key not in _FIGURES}
    return sha256(canonical({**record, "metadata": about}).encode()).digest()


def _tombstones(export: OpenedExport) -> dict[str, str]:
    """Return what an export says was taken out, by id: when, and why."""
    path, found = export.folder / "tombstones.jsonl", {}
    try:
        for line in path.read_bytes().splitlines():
            item = json.loads(line)
            found[str(item["id"])] = f"{item['removed_at']} ({item['reason']})"
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CorpusError(
            f"{path} cannot be read", str(error), "compare with an export that verifies"
        ) from error
    return found
