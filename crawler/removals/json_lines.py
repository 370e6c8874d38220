"""JSON Lines, plain, gzip or zstd: a line is kept as its bytes, or goes."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

import orjson
import zstandard

from crawler.inputs.columns import Columns, NoColumnError, paths_of
from crawler.inputs.compressed import Unpacked, open_unpacked
from crawler.inputs.row import Damage
from crawler.removals.row_columns import NOTHING_TELLS, RowColumns, guess
from crawler.removals.wanted import Counts, Wanted, counted

_LOOKED_AT = 100


class DamagedError(ValueError):
    """Part of a file cannot be read: it might hold what is to go."""


def sift(path: Path, out: IO[bytes] | None, wanted: Wanted, columns: Columns) -> Counts:
    """Count the lines that are to go; with `out` write the others there, packed as they were."""
    counts = Counts()
    with reading(path) as (packing, lines), writing(out, packing) as target:
        head = list(islice(lines, _LOOKED_AT))
        known = guess(
            (name for line in head for name in paths_of(_object(line) or {})), columns, str(path)
        )
        if head and not known:
            raise NoColumnError(NOTHING_TELLS)
        counts.notes.append(known.sentence())
        for line in chain(head, lines):
            if not (line.strip() and _goes(line, known, wanted, counts)) and target is not None:
                target.write(line)
    return counts


def _goes(line: bytes, known: RowColumns, wanted: Wanted, counts: Counts) -> bool:
    found = _object(line)
    return counted(counts, None if found is None else wanted.names(known.of(found)))


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        found = orjson.loads(line)
    except orjson.JSONDecodeError:
        try:  # Python writes NaN and halves of surrogate pairs; some write a byte order mark
            found = json.loads(line.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            return None
    return found if isinstance(found, dict) else None


@contextmanager
def reading(path: Path) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Open a file's lines, unpacked, with their ends; the first value says how it is packed.

    Raises:
        DamagedError: by a read: what is missing might be what is to go.
        UnknownInputError: It is packed in a way that is not read.
    """
    damage = Damage(str(path))
    with open_unpacked(str(path), damage) as unpacked:
        yield unpacked.packing, _lines(unpacked)


def _lines(unpacked: Unpacked) -> Iterator[bytes]:
    held: list[bytes] = []
    while chunk := unpacked.chunk():
        if unpacked.damage:
            break
        first, end, rest = chunk.partition(b"\n")
        held.append(first + end)
        if not end:
            continue
        yield b"".join(held)
        *whole, last = rest.split(b"\n")
        for line in whole:
            yield line + b"\n"
        held = [last] if last else []
    if unpacked.damage:
        raise DamagedError(unpacked.damage.sentence().partition(";")[0])
    if held:
        yield b"".join(held)


@contextmanager
def writing(out: IO[bytes] | None, packing: str) -> Iterator[Any]:
    """Open `out` for lines, packed in the same way, without time and name; None for none."""
    if out is None:
        yield None
    elif packing == "gzip":
        with gzip.GzipFile(filename="", fileobj=out, mode="wb", compresslevel=6, mtime=0) as packed:
            yield packed
    elif packing == "zstd":
        compressor = zstandard.ZstdCompressor(level=3, write_checksum=True)
        with compressor.stream_writer(out, closefd=False) as stream:
            yield stream
    else:
        yield out
