"""Rows of an input as a screening keeps them in its job: where they stand, and what they say."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

import pyarrow as pa
import pyarrow.parquet as pq

_BATCH = 16_384


class Surveyed(NamedTuple):
    """One row, as it was read."""

    row: int
    offset: int
    length: int
    url: str  # as it stands there
    text: str | None  # in normal form, where that is another
    origin: str  # "": no crawler could ask for it
    date: float | None
    words: int | None
    size: int  # octets
    kind: str  # of a WARC record
    page: bytes | None  # packed page evidence; None where the record holds no answer
    body: str  # code of what becomes of the body whatever its owner says
    text_hash: str  # where a suppression list may name it
    identity: str  # WARC: the record's id, its payload's digest and what it refers to, by spaces


_SCHEMA = pa.schema(
    [
        ("row", pa.int64()),
        ("offset", pa.int64()),
        ("length", pa.int64()),
        ("url", pa.string()),
        ("text", pa.string()),
        ("origin", pa.string()),
        ("date", pa.float64()),
        ("words", pa.int64()),
        ("bytes", pa.int64()),
        ("kind", pa.string()),
        ("page", pa.binary()),
        ("body", pa.string()),
        ("text_hash", pa.string()),
        ("identity", pa.string()),
    ]
)


class Columns:
    """Writes rows to a Parquet file, a batch at a time; the file is there once it is whole.

    `by`: a column by which each batch that was added is sorted.
    """

    def __init__(self, path: Path, schema: pa.Schema, by: str = "") -> None:
        self._path = path
        self._by = by
        self._draft = path.with_name(f".{path.name}.draft")
        self._schema = schema
        self._rows: list[tuple[Any, ...]] = []
        self._writer = pq.ParquetWriter(self._draft, schema, compression="zstd")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._flush()
        self._writer.close()
        if kind is None:
            self._draft.replace(self._path)
        else:
            self._draft.unlink(missing_ok=True)

    def add(self, row: tuple[Any, ...]) -> None:
        self._rows.append(row)
        if len(self._rows) >= _BATCH:
            self._flush()

    def write(self, table: pa.Table) -> None:
        self._writer.write_table(table)

    def _flush(self) -> None:
        if self._rows:
            columns = zip(*self._rows, strict=True)
            arrays = [
                pa.array(values, field.type)
                for values, field in zip(columns, self._schema, strict=True)
            ]
            batch = pa.record_batch(arrays, schema=self._schema)
            self._writer.write_batch(batch.sort_by(self._by) if self._by else batch)
            self._rows = []


def surveyed_rows(path: Path) -> Columns:
    """Return what writes surveyed rows."""
    return Columns(path, _SCHEMA)


OUTCOME = (
    ("included", pa.bool_()),
    ("reason", pa.string()),
    ("rule", pa.string()),
    *(
        (f"verdict_{usage}", pa.string())
        for usage in ("crawl", "index", "ai_input", "ai_train", "tdm")
    ),
    ("licence", pa.string()),
)
DECIDED = pa.schema([*_SCHEMA, *OUTCOME])
