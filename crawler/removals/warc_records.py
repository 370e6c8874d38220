"""WARC: what belongs to a page that is to go, goes with it; other records keep their octets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO

import orjson

from crawler.inputs.columns import Columns
from crawler.inputs.compressed import open_unpacked
from crawler.inputs.row import Damage
from crawler.inputs.warc import Record, records
from crawler.removals.json_lines import DamagedError
from crawler.removals.wanted import Counts, Identity, Wanted

_BESIDE = ("warc-concurrent-to", "warc-refers-to")


def sift(path: Path, out: IO[bytes] | None, wanted: Wanted, columns: Columns) -> Counts:  # noqa: ARG001
    """Count the pages that are to go; with `out` write all other records there.

    Raises:
        DamagedError: Part of the file cannot be read, or its records share one gzip member.
    """
    counts = Counts(notes=["records by URL"])
    urls, named = _gone(path, wanted, counts)
    if out is None or not (urls or named):
        return counts
    end = 0
    with path.open("rb") as source:
        for record in _records(path):
            if record.place.offset < 0:
                raise DamagedError("its records share one gzip member, so none can be cut out")
            if record.url in urls or _about(record, named):
                _copy(source, out, end, record.place.offset)
                end = record.place.offset + record.place.length
        _copy(source, out, end, path.stat().st_size)
    return counts


def _gone(path: Path, wanted: Wanted, counts: Counts) -> tuple[set[str], set[str]]:
    """Return the URLs of the pages that are to go, and the ids of their records."""
    urls: set[str] = set()
    named: set[str] = set()
    pages: set[str] = set()
    known: set[str] = set()
    for record in _records(path):
        if not record.url:
            continue
        if record.kind in {"response", "resource", "conversion"}:
            pages.add(record.url)
        row = Identity(_doc_id(record), record.url, _text(record))
        verdict = wanted.names(row)
        if verdict is not None:
            known.add(record.url)
        if verdict:
            urls.add(record.url)
            named.add(record.fields.get("warc-record-id", ""))
    for record in _records(path):
        if _about(record, named) and record.url:
            urls.add(record.url)
    counts.rows, counts.removed = len(pages), len(urls)
    counts.unmatched = len(pages - known)
    named.discard("")
    return urls, named


def _about(record: Record, named: set[str]) -> bool:
    return any(record.fields.get(field, "") in named for field in _BESIDE)


def _records(path: Path) -> Iterator[Record]:
    damage = Damage(str(path))
    with open_unpacked(str(path), damage) as unpacked:
        yield from records(unpacked)
    if damage:
        raise DamagedError(damage.sentence())


def _doc_id(record: Record) -> str | None:
    if record.kind != "metadata" or not record.block.startswith(b"{"):
        return None
    try:
        about = orjson.loads(record.block)
    except orjson.JSONDecodeError:
        return None
    return str(about.get("id", "")) or None


def _text(record: Record) -> str | None:
    return record.block.decode("utf-8", "replace") if record.kind == "conversion" else None


def _copy(source: IO[bytes], out: IO[bytes], start: int, end: int) -> None:
    source.seek(start)
    while start < end and (block := source.read(min(1 << 20, end - start))):
        out.write(block)
        start += len(block)
