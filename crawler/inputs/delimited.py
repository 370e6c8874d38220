"""CSV and TSV with a header line (RFC 4180), record by record as their octets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from crawler.inputs.columns import Chosen, Columns, choose, parsed, paths_of
from crawler.inputs.compressed import Unpacked
from crawler.inputs.lines import LONGEST, lines
from crawler.inputs.row import Place, Row
from crawler.inputs.row_fields import row_of_fields

_QUOTE = b'"'
_JSON_LOOKED_AT = 20


def records(unpacked: Unpacked, delimiter: str) -> Iterator[tuple[Place, bytes]]:
    """Yield each record's octets without its last line end; a quoted field may have line ends.

    The header line is the first one. Rows are counted from the header on, which is row 0.
    """
    for number, (place, record) in enumerate(_closed(unpacked, delimiter)):
        yield Place(number, place.offset, place.length), record


def _closed(unpacked: Unpacked, delimiter: str) -> Iterator[tuple[Place, bytes]]:
    # Quotes within a field that does not begin with one are letters.
    opened = re.compile(rb'(?:^|%s)"(?:[^"]|"")*\Z' % re.escape(delimiter.encode()))
    parts: list[tuple[Place, bytes]] = []
    quotes = size = 0
    for place, line in lines(unpacked):
        quotes += line.count(_QUOTE)
        if quotes % 2 and not parts and opened.search(line) is None:
            quotes = 0
        parts.append((place, line))
        size += len(line) + 1
        if quotes % 2 and size <= LONGEST:
            continue
        if quotes % 2:
            yield from _each_alone(parts, unpacked)
        else:
            record = b"\n".join([item for _, item in parts]) if len(parts) > 1 else line
            if record.strip():
                yield Place(0, parts[0][0].offset, size), record
        parts, quotes, size = [], 0, 0
    yield from _each_alone(parts, unpacked)


def _each_alone(
    parts: list[tuple[Place, bytes]], unpacked: Unpacked
) -> Iterator[tuple[Place, bytes]]:
    """Yield the lines behind a quote that is never closed, which would swallow the rest."""
    for place, line in parts:
        if line.count(_QUOTE) % 2:
            unpacked.damage.note("quote that is not closed", f"line {place.row + 1}")
        elif line.strip():
            yield place, line


def fields_of(record: bytes, delimiter: str, unpacked: Unpacked, place: Place) -> list[str] | None:
    """Return a record's fields, None for damage."""
    where = f"record {place.row + 1}"
    try:
        text = record.decode()
    except UnicodeDecodeError:
        text = record.decode("utf-8", "replace")
        unpacked.damage.note("no UTF-8", where)
    csv.field_size_limit(LONGEST)
    try:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), None)
    except csv.Error:
        unpacked.damage.note("no record", where)
        return None


def look(unpacked: Unpacked, delimiter: str, columns: Columns) -> tuple[Chosen, Iterator[Row]]:
    """Return which columns a file has, and its rows.

    Raises:
        NoColumnError: No column has URLs, or one that was named is not there.
    """
    found = records(unpacked, delimiter)
    header: list[str] = []
    for place, record in found:
        header = fields_of(record, delimiter, unpacked, place) or []
        break
    first: list[tuple[Place, bytes]] = []
    names: dict[tuple[str, ...], None] = dict.fromkeys((name.strip(),) for name in header)
    for place, record in found:
        first.append((place, record))
        fields = fields_of(record, delimiter, unpacked, place) or []
        nested = {
            name.strip(): value
            for name, value in zip(header, fields, strict=False)
            if value[:1] == "{" and isinstance(parsed(value), dict)
        }
        names.update(dict.fromkeys(paths_of(nested)))
        if len(first) >= _JSON_LOOKED_AT:
            break
    chosen = choose(names, columns, unpacked.damage.path)

    def rows() -> Iterator[Row]:
        stripped = [name.strip() for name in header]
        for part in (first, found):
            for place, record in part:
                values = fields_of(record, delimiter, unpacked, place)
                if values is None:
                    continue
                if len(values) != len(stripped):
                    unpacked.damage.note("other number of fields", f"record {place.row + 1}")
                    values = [] if len(values) > len(stripped) else values
                yield row_of_fields(dict(zip(stripped, values, strict=False)), chosen, place)

    return chosen, rows()
