"""Decided rows, read in their order beside the input they are of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from crawler.screen.row_store import OUTCOME

_COLUMNS = ["row", "url", "kind", "identity", *(name for name, _ in OUTCOME)]


class Decided:
    """Looks up decided rows by their numbers, which must be asked for in growing order."""

    def __init__(self, path: Path) -> None:
        self._file = pq.ParquetFile(path)
        self._batches: Iterator[pa.RecordBatch] = self._file.iter_batches(16_384, columns=_COLUMNS)
        self._rows: list[int] = []
        self.columns: dict[str, Sequence[Any]] = {}
        self._at = 0

    def find(self, row: int) -> int | None:
        """Return the place in `columns` of the row with a number; None if it was not decided."""
        while True:
            while self._at < len(self._rows) and self._rows[self._at] < row:
                self._at += 1
            if self._at < len(self._rows):
                return self._at if self._rows[self._at] == row else None
            batch = next(self._batches, None)
            if batch is None:
                return None
            self.columns = batch.to_pydict()
            self._rows = list(self.columns["row"])
            self._at = 0

    def close(self) -> None:
        self._file.close()


def tables(path: Path, columns: Sequence[str], size: int = 65_536) -> Iterator[pa.Table]:
    """Yield decided rows in tables of bounded size."""
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(size, columns=list(columns)):
            yield pa.Table.from_batches([batch])
