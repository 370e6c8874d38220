"""Copies of WARC and ARC files: kept records octet by octet, with what belongs to them.

A refused response takes with it its request, its metadata, what was made of it and what refers
to it: by the identities that records give each other, else by their common address.
"""

from __future__ import annotations

from pathlib import Path
from typing import IO

import numpy as np

from crawler.inputs import Form
from crawler.inputs.compressed import open_unpacked
from crawler.inputs.opening import open_input
from crawler.inputs.row import Damage
from crawler.inputs.warc import Record, records
from crawler.screen.copy_task import Copy, Sidecar
from crawler.screen.decided_reading import Decided
from crawler.screen.identities import mark_of
from crawler.screen.packed_writing import member, whole_file

_ALONE = frozenset({"warcinfo"})
_LINKS = ("warc-record-id", "warc-refers-to", "warc-concurrent-to")
_OF_ANOTHER = ("warc-refers-to", "warc-segment-origin-id")


class Gone:
    """Records that were refused in any input, by marks of their identities."""

    def __init__(self, path: Path | None) -> None:
        empty = np.empty(0, np.uint64)
        self._marks = np.load(path) if path is not None and path.exists() else empty

    def __contains__(self, identity: str) -> bool:
        mark = np.uint64(mark_of(identity))
        at = int(np.searchsorted(self._marks, mark))
        return at < len(self._marks) and bool(self._marks[at] == mark)


def copy_records(copy: Copy) -> None:
    """Copy a WARC or ARC file."""
    decided, gone = Decided(copy.decided), Gone(copy.gone)
    kept_urls, refused_urls = _urls(copy.decided)
    only_refused = refused_urls - kept_urls
    side = Sidecar(copy)
    with (
        whole_file(copy.out) as draft,
        draft.open("wb") as out,
        open_input(copy.path) as stored,
        open_unpacked(copy.path, Damage(copy.path)) as unpacked,
    ):
        first = True
        for number, record in enumerate(records(unpacked, is_arc=copy.form is Form.ARC), start=0):
            if first and record.place.offset > 0 and copy.packing == "zstd":
                _copy_octets(stored, out, 0, record.place.offset)  # the file's own dictionary
            first = False
            at = decided.find(record.place.row)
            if at is not None:
                goes = not copy.annotate and not decided.columns["included"][at]
            else:
                goes = not copy.annotate and _belongs_to_refused(record, gone, only_refused)
            if goes or (not copy.annotate and at is not None and _is_gone(record, gone)):
                continue
            offset = out.tell()
            if record.place.offset >= 0:
                _copy_octets(stored, out, record.place.offset, record.place.length)
            else:
                out.write(member(record.head + record.block + record.tail, copy.packing))
            if at is not None:
                side.add(offset, number, at, decided)
    side.close()
    decided.close()


def _urls(path: Path) -> tuple[set[int], set[int]]:
    """Return marks of the addresses of an input's kept and refused rows."""
    from crawler.screen.decided_reading import tables  # noqa: PLC0415

    kept: set[int] = set()
    refused: set[int] = set()
    for table in tables(path, ["url", "included"]):
        for url, included in zip(
            table["url"].to_pylist(), table["included"].to_pylist(), strict=True
        ):
            (kept if included else refused).add(mark_of(url))
    return kept, refused


def _belongs_to_refused(record: Record, gone: Gone, refused: set[int]) -> bool:
    if record.kind in _ALONE or not record.url:
        return False
    linked = [record.fields[name] for name in _LINKS if name in record.fields]
    return any(item in gone for item in linked) or mark_of(record.url) in refused


def _is_gone(record: Record, gone: Gone) -> bool:
    """Say if a record that was decided on goes with the one it was made of, or is a piece of."""
    return any(record.fields[name] in gone for name in _OF_ANOTHER if name in record.fields)


def _copy_octets(source: IO[bytes], out: IO[bytes], offset: int, length: int) -> None:
    source.seek(offset)
    left = length
    while left > 0 and (block := source.read(min(left, 1 << 20))):
        out.write(block)
        left -= len(block)
