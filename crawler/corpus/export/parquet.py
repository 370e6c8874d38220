"""Parquet as Hugging Face reads it best: explicit schema, zstd, page index, stable chunks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crawler.corpus.errors import CorpusError
from crawler.corpus.records.data_files import HashedFile
from crawler.corpus.records.export_plan import Options
from crawler.corpus.records.format import Format, Source
from crawler.corpus.records.record import Page, Record
from crawler.corpus.records.schema import RECORD, Column

_READ = 200  # rows read at once
_BATCH = 1_000  # rows held before they are written: 1,000 pages of 5 kB are 5 MB


class Parquet:
    """One Parquet file; rows are written in batches."""

    def __init__(self, file: HashedFile) -> None:
        self._arrow, parquet = _load()
        self._schema = self._arrow.schema(
            [(name, _type(self._arrow, column)) for name, column in RECORD.items()]
        )
        self._writer = parquet.ParquetWriter(
            file,
            self._schema,
            compression="zstd",
            use_content_defined_chunking=True,
            write_page_index=True,
        )
        self._rows: list[Record] = []

    def write(self, record: Record, page: Page) -> int:  # noqa: ARG002
        self._rows.append(record)
        if len(self._rows) >= _BATCH:
            self._flush()
        return len(record["text"]) + _OVERHEAD

    def close(self) -> None:
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._rows:
            table = self._arrow.Table.from_pylist(self._rows, schema=self._schema)
            self._writer.write_table(table)
            self._rows = []


_OVERHEAD = 2_000  # about what the metadata of a record takes


def _type(arrow: Any, column: Column) -> Any:  # noqa: ANN401 - pyarrow is untyped
    if isinstance(column, str):
        return getattr(arrow, "bool_" if column == "bool" else column)()
    if isinstance(column, list):
        return arrow.list_(_type(arrow, column[0]))
    return arrow.struct([(name, _type(arrow, inner)) for name, inner in column.items()])


def _load() -> tuple[Any, Any]:
    try:
        import pyarrow as arrow  # noqa: ICN001, PLC0415 - an extra; the usual alias says little
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError as error:
        raise CorpusError(
            "Parquet cannot be written", "pyarrow is not installed", "install the extra `parquet`"
        ) from error
    return arrow, parquet


def records(path: Path) -> Iterator[Record]:
    """Yield the records of a finished file.

    Raises:
        ValueError: It is no Parquet file, or has other columns than a record. What lies in
            them is for whoever reads them to check.
    """
    arrow, parquet = _load()
    try:
        with parquet.ParquetFile(path) as file:
            if file.schema_arrow.names != [*RECORD]:
                raise ValueError("has other columns than a record")
            for batch in file.iter_batches(batch_size=_READ):
                yield from batch.to_pylist()
    except (arrow.ArrowException, OSError) as error:
        raise ValueError(str(error)) from error


def _suffix(options: Options) -> str:  # noqa: ARG001
    return "parquet"


def _open(file: HashedFile, path: str, source: Source) -> Parquet:  # noqa: ARG001
    return Parquet(file)


FORMAT = Format(
    name="parquet",
    media_type="application/x-parquet",
    suffix=_suffix,
    open=_open,
    records=records,
    by_class=True,
)
