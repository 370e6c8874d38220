"""A JSON array of records in one document, as pandas and others write: an item stays, or goes.

What stays keeps its characters. The document is held in memory, so it may not be of any size.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from crawler.inputs.columns import Columns, NoColumnError, paths_of
from crawler.inputs.compressed import open_unpacked
from crawler.removals.json_lines import DamagedError, writing
from crawler.removals.row_columns import NOTHING_TELLS, guess
from crawler.removals.wanted import Counts, Wanted, counted

BEGINS = re.compile(rb"\[\s*\{")
_MOST = 1 << 30  # bytes, unpacked
_LOOKED_AT = 100
_GAP = re.compile(r"\s*")


def sift(path: Path, out: IO[bytes] | None, wanted: Wanted, columns: Columns) -> Counts:
    """Count the items that are to go; with `out` write the document without them there.

    Raises:
        DamagedError: It breaks off, is larger than a GiB, or is no array of records.
    """
    counts = Counts()
    with open_unpacked(str(path)) as unpacked:
        data = unpacked.read(_MOST + 1)
        packing = unpacked.packing
        if unpacked.damage:
            raise DamagedError(unpacked.damage.sentence())
    if len(data) > _MOST:
        raise DamagedError("is one JSON document of more than 1 GiB: write it as JSON Lines")
    text = data.decode("utf-8")  # UnicodeDecodeError is a ValueError
    items = list(_items(text))
    shown = [name for _, _, item in items[:_LOOKED_AT] for name in _paths(item)]
    known = guess(shown, columns, str(path))
    if not known:
        raise NoColumnError(NOTHING_TELLS)
    counts.notes.append(known.sentence())
    stays = [
        (start, end)
        for start, end, item in items
        if not counted(counts, wanted.names(known.of(item)) if isinstance(item, dict) else None)
    ]
    if out is not None:
        head, tail = text[: items[0][0]], text[items[-1][1] :]
        between = text[items[0][1] : items[1][0]] if len(items) > 1 else ","
        with writing(out, packing) as target:
            kept = between.join(text[start:end] for start, end in stays)
            target.write(f"{head}{kept}{tail}".encode())
    return counts


def _paths(item: object) -> Iterator[tuple[str, ...]]:
    if isinstance(item, dict):
        yield from paths_of(item)


def _items(text: str) -> Iterator[tuple[int, int, Any]]:
    """Yield where each item begins and ends, and what it is."""
    decoder = json.JSONDecoder()
    at = _after(text, text.index("[") + 1)
    try:
        while True:
            item, end = decoder.raw_decode(text, at)
            yield at, end, item
            at = _after(text, end)
            if text[at : at + 1] == "]":
                break
            if text[at : at + 1] != ",":
                raise DamagedError("is a JSON array that breaks off")
            at = _after(text, at + 1)
    except (json.JSONDecodeError, RecursionError) as error:
        raise DamagedError(f"is no whole JSON array: {error}") from error
    if text[at + 1 :].strip():
        raise DamagedError("holds more than one JSON document")


def _after(text: str, at: int) -> int:
    found = _GAP.match(text, at)
    return found.end() if found else at
