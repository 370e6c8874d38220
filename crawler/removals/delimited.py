"""CSV and TSV with a header line (RFC 4180): a record is kept as its bytes, or goes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from crawler.inputs.columns import Columns, paths_of
from crawler.removals.json_lines import reading, writing
from crawler.removals.row_columns import guess
from crawler.removals.wanted import Counts, Wanted, counted

_DELIMITERS = ("\t", ",", ";", "|")
_LONGEST = 1 << 26  # of a record; a quote that is never closed would take the rest of the file
csv.field_size_limit(_LONGEST)


def sift(path: Path, out: IO[bytes] | None, wanted: Wanted, columns: Columns) -> Counts:
    """Count the records that are to go; with `out` write the others there, packed as they were."""
    counts = Counts()
    with reading(path) as (packing, lines), writing(out, packing) as target:
        records = _records(lines)
        header = next(records, b"")
        if target is not None:
            target.write(header)
        text = header.decode("utf-8-sig", "replace")
        delimiter = max(_DELIMITERS, key=text.count)
        names = _fields(text, delimiter)
        first = next(records, b"")
        shown = dict(zip(names, _fields(first.decode("utf-8", "replace"), delimiter), strict=False))
        known = guess([(name,) for name in names] + list(paths_of(shown)), columns, str(path))
        counts.notes.append(known.sentence())
        for record in _again(first, records):
            fields = _fields(record.decode("utf-8", "replace"), delimiter)
            whole = len(fields) == len(names)
            row = dict(zip(names, fields, strict=False))
            verdict = wanted.names(known.of(row)) if fields else False
            # Fields that fell out of their columns tell nothing for sure.
            if record.strip() and counted(counts, verdict if whole or verdict else None):
                continue
            if target is not None:
                target.write(record)
    return counts


def _again(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    if first:
        yield first
    yield from rest


def _records(lines: Iterator[bytes]) -> Iterator[bytes]:
    """Yield records with their line ends; within quotes a line end is part of a field."""
    held: list[bytes] = []
    quotes = size = 0
    for line in lines:
        held.append(line)
        quotes += line.count(b'"')
        size += len(line)
        if quotes % 2 == 0 or size > _LONGEST:
            yield b"".join(held)
            held, quotes, size = [], 0, 0
    if held:
        yield b"".join(held)


def _fields(text: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return []
