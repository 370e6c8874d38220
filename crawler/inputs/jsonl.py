"""JSON Lines: one object a line, whatever its encoding; a line that is none is damage."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import Any

import orjson

from crawler.inputs.columns import Chosen, Columns, choose, paths_of
from crawler.inputs.compressed import Unpacked
from crawler.inputs.lines import lines
from crawler.inputs.row import Place, Row
from crawler.inputs.row_fields import row_of_fields

_LOOKED_AT = 100  # objects that are looked at for their columns


def objects(unpacked: Unpacked) -> Iterator[tuple[Place, bytes, dict[str, Any]]]:
    """Yield each object with its place and its line; blank lines are none."""
    for place, line in lines(unpacked):
        if not line.strip():
            continue
        found = parse_line(line, unpacked, place)
        if found is not None:
            yield place, line, found


def parse_line(line: bytes, unpacked: Unpacked, place: Place) -> dict[str, Any] | None:
    """Return a line's object, None for damage. Octets that are no UTF-8 are replaced, and told."""
    where = f"line {place.row + 1}"
    try:
        found = orjson.loads(line)
    except orjson.JSONDecodeError:
        try:
            text = line.decode()
        except UnicodeDecodeError:
            text = line.decode("utf-8", "replace")
            unpacked.damage.note("no UTF-8", where)
        try:
            found = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            unpacked.damage.note("no JSON", where)
            return None
    if not isinstance(found, dict):
        unpacked.damage.note("no JSON object", where)
        return None
    return found


def look(unpacked: Unpacked, columns: Columns) -> tuple[Chosen, Iterator[Row]]:
    """Return which columns a file has, and its rows.

    Raises:
        NoColumnError: No column has URLs, or one that was named is not there.
    """
    found = objects(unpacked)
    first = list(islice(found, _LOOKED_AT))
    paths = [path for _, _, item in first for path in paths_of(item)]
    chosen = choose(paths, columns, unpacked.damage.path)
    return chosen, _rows(chain(first, found), chosen)


def _rows(found: Iterator[tuple[Place, bytes, Mapping[str, Any]]], chosen: Chosen) -> Iterator[Row]:
    for place, _, item in found:
        yield row_of_fields(item, chosen, place)
