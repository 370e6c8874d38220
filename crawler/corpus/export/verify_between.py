"""An export held against another one of the same job, which is taken for true."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from crawler.corpus.errors import CorpusError
from crawler.corpus.export.opened_export import OpenedExport, open_export
from crawler.corpus.statements.manifest import MANIFEST
from crawler.store.ledger import Fault
from crawler.store.page_rows import said_by_record

_MOST = 1_000
# What an export of the same job at the same time may differ by.
_CHOICES = ("audience", "since", "settings", "policy")


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
    same, older = export.seq == model.seq, export.seq < model.seq
    alike = all(export.manifest.get(name) == model.manifest.get(name) for name in _CHOICES)
    known = {record["id"]: said_by_record(record) for _, record in model.read()}
    removed = _tombstones(model)
    for path, record in export.read(lambda *_: None):  # damage is told by `verify_export`
        found.records += 1
        try:
            doc_id, says = record["id"], said_by_record(record)
        except (KeyError, TypeError):
            found.fault(path, "holds a record that is none of ours")
            continue
        said = known.pop(doc_id, None)
        place = f"record {doc_id}"
        if said is None and doc_id in removed:
            found.note(f"{place}: removed since, {removed[doc_id]}")
        elif said is None and (older or same) and alike:
            found.fault(place, f"is not in {other}, nor was it taken out there ({path})")
        elif said is not None and said != says:
            if same:
                found.fault(place, f"has another text hash, licence or decision in {other}")
            else:
                found.note(f"{place}: has changed between the two")
    if same and alike:
        for doc_id in known:
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
    if export.seq == model.seq and export.head != model.head:
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
