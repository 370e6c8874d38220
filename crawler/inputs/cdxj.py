"""CDXJ: `surt timestamp {json}` a line, as Common Crawl and pywb write their indexes.

And the CDX of before, whose first line names the fields by letters: ` CDX N b a m s k r M S V g`
(Internet Archive, "CDX File Format", 9 or 11 fields).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from crawler.inputs.columns import Chosen, Columns, choose
from crawler.inputs.compressed import Unpacked
from crawler.inputs.jsonl import parse_line
from crawler.inputs.lines import lines
from crawler.inputs.row import Place, Row
from crawler.inputs.row_fields import row_of_fields

LINE = re.compile(rb"(\S+) +(\d{4,17}) +(\{.*)", re.DOTALL)
HEADER = re.compile(rb" ?CDX(?: [A-Za-z])+\s*")
_USUAL = (("url",), ("timestamp",), ("status",), ("mime",))
# What the letters of the older form stand for, of those that are read.
_LETTERS = {"a": "url", "b": "timestamp", "s": "status", "m": "mime"}
_UNSAID = "-"


def rows(unpacked: Unpacked, columns: Columns) -> tuple[Chosen, Iterator[Row]]:
    """Return which fields are read, and the rows; a line without its parts is damage."""
    named = {meaning: name for meaning, name in columns.named().items() if name}
    usual = [*_USUAL, *((name,) for name in named.values())]
    chosen = choose(usual, columns, unpacked.damage.path)

    def found() -> Iterator[Row]:
        letters: list[str] = []
        for place, line in lines(unpacked):
            if HEADER.fullmatch(line):
                letters = line.decode("utf-8", "replace").split()[1:]
                continue
            if not line.strip() or line.startswith(b"!"):
                continue
            fields = _spaced(line, letters) or _with_json(line, unpacked, place)
            if fields is None:
                continue
            yield row_of_fields(fields, chosen, place)

    return chosen, found()


def _spaced(line: bytes, letters: list[str]) -> dict[str, Any] | None:
    """Return the fields of a line of the older form, None if it is none."""
    values = line.decode("utf-8", "replace").split()
    if not letters or len(values) != len(letters):
        return None
    pairs = zip(letters, values, strict=True)
    return {_LETTERS[x]: value for x, value in pairs if x in _LETTERS and value != _UNSAID}


def _with_json(line: bytes, unpacked: Unpacked, place: Place) -> dict[str, Any] | None:
    match = LINE.fullmatch(line.rstrip(b"\r"))
    if match is None:
        unpacked.damage.note("no CDXJ line", f"line {place.row + 1}")
        return None
    fields = parse_line(match[3], unpacked, place)
    if fields is not None:
        fields.setdefault("timestamp", match[2].decode())
    return fields
