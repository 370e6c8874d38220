"""The records of an export, counted again and each held against what it says of itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from crawler.core.content.figures.hashes import text_hash
from crawler.corpus.export.opened_export import OpenedExport
from crawler.corpus.records.counts import Counts
from crawler.corpus.records.record import OPEN, Record
from crawler.corpus.records.schema import METADATA, RECORD, Column
from crawler.corpus.statements.credits_page import ATTRIBUTION, credit
from crawler.corpus.statements.manifest import MANIFEST
from crawler.store.ledger import Fault

_ID = re.compile(r"[0-9a-f]{32}\Z")
_PYTHON: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "large_string": str,
    "int64": int,
    "float64": (int, float),
    "bool": bool,
}
# Since version 1.1: exports of before have records without them.
_ADDED = frozenset({"document_kind", "pages"})
_MOST_FAULTS = 1_000
_EMPTY = sha256().hexdigest()
_OF_ROBOTS = ("sha256", "fetched_at")


@dataclass(slots=True)
class Recount:
    """Reads an export through; `faults` is what it found."""

    export: OpenedExport
    counts: Counts = field(default_factory=Counts)
    unread: bool = False  # something could not be read, or is no record
    faults: list[Fault] = field(default_factory=list)
    _ids: set[bytes] = field(default_factory=set)
    _urls: set[bytes] = field(default_factory=set)
    _columns: dict[str, Column] = field(default_factory=dict)  # of `metadata`
    _credits: Counter[bytes] = field(default_factory=Counter)
    _named: set[bytes] = field(default_factory=set)  # hashes of the raw answers of records

    def run(self) -> None:
        """Read every record once."""
        stated = {entry.path: entry.records for entry in self.export.data}
        found: Counter[str] = Counter()
        for path, record in self.export.read(self._damaged):
            found[path] += 1
            self._add(path, found[path], record)
        for path, count in stated.items():
            if found[path] != count:
                self._fault(path, f"holds {found[path]} records, the manifest says {count}")
        if not self.unread:
            for item in self._totals():
                self._fault(MANIFEST, item)
            self._attribution()
            self._answers()

    def _damaged(self, path: str, why: str) -> None:
        self.unread = True
        self._fault(path, f"cannot be read to its end: {why}")

    def _fault(self, place: str, what: str) -> None:
        if len(self.faults) < _MOST_FAULTS:
            self.faults.append(Fault(place, what))

    def _add(self, path: str, number: int, record: Record) -> None:
        wrong = next(_mistyped(record, self._schema(record)), "")
        if wrong:
            self.unread = True
            self._fault(path, f"record {number} is not one of ours: {wrong}")
            return
        reference = self._is_reference(record)
        for what in self._wrong(record, reference=reference):
            self._fault(f"record {record['id']}", f"{what} ({path})")
        try:
            self.counts.add(record, reference=reference)
        except ValueError:
            self.unread = True
            self._fault(f"record {record['id']}", f"metadata.fetched_at is no time ({path})")
        if self.export.form.answers is not None:
            about = record["metadata"]
            named = (about, *about["consent"]["site_files"])
            keys = ("content_sha256", "sha256")
            self._named.update(_digest(item.get(key, "")) for item in named for key in keys)
        if record["metadata"]["license_spdx"]:
            self._credits[sha256(credit(record)).digest()] += 1

    def _schema(self, record: Record) -> dict[str, Column]:
        """Return the columns of a record of this export: older ones had fewer, all alike."""
        about = record.get("metadata")
        if not self._columns and isinstance(about, dict):
            self._columns = {
                name: column
                for name, column in METADATA.items()
                if name in about or name not in _ADDED
            }
        return {**RECORD, "metadata": self._columns or METADATA}

    def _is_reference(self, record: Record) -> bool:
        return self.export.audience == "publish" and record["metadata"]["license_class"] not in OPEN

    def _wrong(self, record: Record, *, reference: bool) -> Iterator[str]:
        about, text = record["metadata"], record["text"]
        if not _ID.match(record["id"]):
            yield "has no id of ours"
        if _seen(self._ids, record["id"]):
            yield "is there more than once"
        elif _seen(self._urls, about["url"]):
            yield f"is a second record of {about['url']}"
        manifest = self.export.manifest
        origin = (record["source"], about["crawl_id"], about["crawler_user_agent"])
        if origin != tuple(manifest.get(key) for key in ("name", "crawl_id", "user_agent")):
            yield "names another corpus, crawl or user agent than the manifest"
        consent = about["consent"]
        if consent["decision"] != "include":
            yield f"metadata.consent.decision is {consent['decision']!r}"
        files = consent["site_files"]
        robots: Mapping[str, str] = next((item for item in files if item["kind"] == "robots"), {})
        if any(consent[f"robots_{key}"] != robots.get(key, "") for key in _OF_ROBOTS):
            yield "names another robots.txt than its site files do"
        if reference:
            if text:
                yield "carries a text that its licence does not let be published"
        elif not self.export.masked:
            yield from _wrong_text(text, about)

    def _totals(self) -> Iterator[str]:
        """Yield each total of the manifest that the records do not come to."""
        counts, manifest = self.counts, self.export.manifest
        found: dict[str, Any] = {
            "records": counts.records,
            "references": counts.references,
            "words": counts.words,
            "bytes": counts.bytes,
            "licence_classes": dict(counts.classes),
            "licences": dict(counts.licences),
            "languages": dict(counts.languages),
        }
        if "tokens" in manifest:  # since 1.1
            found |= {"tokens": counts.tokens, "token_method": counts.token_method}
        for name, value in found.items():
            if manifest.get(name) != value:
                yield f"states {manifest.get(name)!r} for {name}, the records come to {value!r}"

    def _attribution(self) -> None:
        """Hold the lines of ATTRIBUTION.jsonl against what the records say."""
        path = self.export.folder / ATTRIBUTION
        left = self._credits.copy()
        if not path.is_file():
            return  # told as missing
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                digest = sha256(line).digest()
                if not left[digest]:
                    self._fault(ATTRIBUTION, f"line {number} is what no record says")
                    return
                left[digest] -= 1
        if lost := left.total():
            self._fault(ATTRIBUTION, f"does not name {lost} records that have a licence")

    def _answers(self) -> None:
        """Hold the raw answers beside the records against the hashes that the records state."""
        answers = self.export.form.answers
        if answers is None:
            return
        for entry in self.export.data:
            for url, digest in answers(self.export.folder / entry.path):
                if _digest(digest) not in self._named and digest != _EMPTY:
                    self._fault(entry.path, f"holds a raw answer that no record names: {url}")


def _digest(text: str) -> bytes:
    """Return the first 128 bits of a hash: a set of them is to be small."""
    return text[:32].encode()


def _wrong_text(text: str, about: Mapping[str, Any]) -> Iterator[str]:
    size = len(text.encode("utf-8", "surrogatepass"))
    if text_hash(text) != about["text_sha256"]:
        yield "its text does not have the hash metadata.text_sha256"
    elif (size, len(text)) != (about["byte_count"], about["char_count"]):
        yield "its text is not as long as metadata.byte_count and char_count say"


def _seen(known: set[bytes], text: str) -> bool:
    """Say if a text was met before; of each its first 128 bits of hash are remembered."""
    digest = sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]
    if digest in known:
        return True
    known.add(digest)
    return False


def _mistyped(value: object, column: Column, name: str = "") -> Iterator[str]:
    """Yield what of a record is not as the schema says, by its path."""
    if isinstance(column, str):
        if not isinstance(value, _PYTHON[column]) or (column == "int64" and value is True):
            yield f"{name} is no {column}"
    elif isinstance(column, list):
        if not isinstance(value, list):
            yield f"{name} is no list"
            return
        for item in value:
            yield from _mistyped(item, column[0], name)
    elif not isinstance(value, dict) or value.keys() != column.keys():
        here = value.keys() if isinstance(value, dict) else set()
        wrong = sorted(map(str, here ^ column.keys()))
        yield f"{name or 'it'} does not have the fields of a record ({', '.join(wrong[:5])})"
    else:
        for key, inner in column.items():
            yield from _mistyped(value[key], inner, f"{name}.{key}" if name else key)
