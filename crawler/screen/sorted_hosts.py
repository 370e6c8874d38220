"""What is known of origins, brought into one order out of files that hold it a piece at a time.

Each group of rows of such a file is in the order of its origins. They are merged as they are
read, so that memory holds a few rows of each, however many origins there are.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from crawler.core.decision import Usage
from crawler.screen.row_store import Columns

_READ = 512  # rows of a piece that are held
_BUFFER = 1 << 16  # octets
_AT_ONCE = 64  # pieces that are merged at once
_VERDICTS = [f"verdict_{usage.value}" for usage in Usage]
HOSTS = pa.schema(
    [
        ("origin", pa.string()),
        *((name, pa.string()) for name in _VERDICTS),
        ("evidence", pa.string()),
    ]
)
Piece = tuple[Path, tuple[int, ...]]  # groups of rows of a file, in order


def host_rows(path: Path) -> Columns:
    """Return what writes what is known of origins, added in any order."""
    return Columns(path, HOSTS, by="origin")


def sorted_hosts(files: Iterable[Path], scratch: Path) -> Iterator[tuple[Any, ...]]:
    """Yield what is known of each origin, by origin; of several rows the last.

    `scratch`: begins the names of files that are written meanwhile, where there are very many.
    """
    pieces: list[Piece] = []
    for path in files:
        with pq.ParquetFile(path) as file:
            pieces += [(path, (number,)) for number in range(file.metadata.num_row_groups)]
    made: list[Path] = []
    try:
        while len(pieces) > _AT_ONCE:
            merged = scratch.with_name(f"{scratch.name}.{len(made)}.parquet")
            with Columns(merged, HOSTS) as out:
                for row in _merged(pieces[:_AT_ONCE]):
                    out.add(row)
            made.append(merged)
            with pq.ParquetFile(merged) as file:
                groups = tuple(range(file.metadata.num_row_groups))
            pieces = [(merged, groups), *pieces[_AT_ONCE:]]  # the last of all stays the last
        yield from _merged(pieces)
    finally:
        for path in made:
            path.unlink()


def _merged(pieces: Sequence[Piece]) -> Iterator[tuple[Any, ...]]:
    last: tuple[Any, ...] | None = None
    for row in heapq.merge(*map(_rows, pieces), key=itemgetter(0)):
        if last is not None and last[0] != row[0]:
            yield last
        last = row
    if last is not None:
        yield last


def _rows(piece: Piece) -> Iterator[tuple[Any, ...]]:
    path, groups = piece
    # A piece is read through a small buffer: else all of its group would be there, for each.
    with pq.ParquetFile(path, buffer_size=_BUFFER, pre_buffer=False) as file:
        for batch in file.iter_batches(_READ, row_groups=list(groups), columns=HOSTS.names):
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
