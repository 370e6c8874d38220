"""CSV and TSV with a header line (RFC 4180): a record is kept as its bytes, or goes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import IO

from crawler.inputs.columns import Columns, NoColumnError, paths_of
from crawler.removals.json_lines import DamagedError, reading, writing
from crawler.removals.row_columns import NOTHING_TELLS, guess
from crawler.removals.wanted import Counts, Wanted, counted

_DELIMITERS = ("\t", ",", ";", "|")
_LONGEST = 1 << 26  # of a record; a quote that is never closed would take the rest of the file
_LONG = 300  # characters of a field that may be a record's text
csv.field_size_limit(_LONGEST)


def sift(path: Path, out: IO[bytes] | None, wanted: Wanted, columns: Columns) -> Counts:
    """Count the records that are to go; with `out` write the others there, packed as they were."""
    counts = Counts()
    with reading(path) as (packing, lines), writing(out, packing) as target:
        records = _records(lines)
        header = next(records, b"")
        text = header.decode("utf-8-sig", "replace")
        if "\r" in text.rstrip("\r\n") and '"' not in text:
            raise DamagedError("its lines end in CR alone: write them with LF")
        delimiter = max(_DELIMITERS, key=text.count)
        names = _fields(text, delimiter)
        first = next(records, b"")
        shown = dict(zip(names, _fields(first.decode("utf-8", "replace"), delimiter), strict=False))
        known = guess([(name,) for name in names] + list(paths_of(shown)), columns, str(path))
        counts.notes.append(known.sentence())
        # A table that tells no record may have no header: its first line is one like the others.
        if known and target is not None:
            target.write(header)
        begin = [first] if known else [header, first]
        for record in chain(filter(None, begin), records):
            line = record.decode("utf-8", "replace")
            fields = _fields(line, delimiter)
            verdict: bool | None
            if not known:
                verdict = _of_no_record(line, fields, wanted)
            else:
                verdict = wanted.names(known.of(dict(zip(names, fields, strict=False))))
                # Fields that fell out of their columns tell nothing for sure.
                verdict = verdict if verdict or len(fields) == len(names) else None
            if record.strip() and counted(counts, verdict):
                continue
            if target is not None:
                target.write(record)
    return counts


def _of_no_record(line: str, fields: list[str], wanted: Wanted) -> bool:
    """Say if a line of another table, such as counts by domain, names what is to go.

    Raises:
        NoColumnError: It holds what looks like a text.
    """
    if any(len(field) > _LONG for field in fields):
        raise NoColumnError(NOTHING_TELLS)
    return bool(wanted.named_in(line))


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
