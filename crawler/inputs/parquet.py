"""Parquet, in batches: only the columns that are read, a group of rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from crawler.inputs import record_batches
from crawler.inputs.columns import Chosen, Columns
from crawler.inputs.opening import open_input
from crawler.inputs.row import Damage, Row

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

MAGIC = b"PAR1"
_BATCH = 8_192  # rows; of long texts fewer
_OCTETS = 64 * 2**20  # what a batch may hold unpacked


def open_parquet(path: str) -> pq.ParquetFile:
    """Open a file.

    Raises:
        UnknownInputError: pyarrow is not installed, or the file is damaged as a whole.
    """
    with record_batches.opened_as("Parquet", path):
        import pyarrow.parquet as pq  # noqa: PLC0415 - an extra

        return pq.ParquetFile(open_input(path))


def columns_of(file: pq.ParquetFile, columns: Columns, path: str) -> Chosen:
    """Return which columns a file has.

    Raises:
        NoColumnError: No column has URLs, or one that was named is not there.
    """

    def head(names: list[str]) -> pa.RecordBatch | None:
        if not file.metadata.num_rows:
            return None
        return next(file.iter_batches(record_batches.LOOKED_AT, columns=names), None)

    return record_batches.columns_of(file.schema_arrow, head, columns, path)


def rows(file: pq.ParquetFile, chosen: Chosen, damage: Damage) -> Iterator[Row]:
    """Yield the rows; a row group that cannot be read is damage, and its rows are passed over."""
    return record_batches.rows(batches(file, chosen, damage), chosen)


def batches(
    file: pq.ParquetFile, chosen: Chosen, damage: Damage
) -> Iterator[tuple[int, pa.RecordBatch]]:
    """Yield record batches of the columns that are read, each with its first row's number."""
    names = record_batches.columns_read(chosen)
    first = 0
    for number in range(file.metadata.num_row_groups):
        group = file.metadata.row_group(number)
        size = max(1, group.total_byte_size // max(1, group.num_rows))
        done = 0
        try:
            for batch in file.iter_batches(
                max(16, min(_BATCH, _OCTETS // size)), row_groups=[number], columns=names
            ):
                yield first + done, batch
                done += batch.num_rows
        except record_batches.FAULTS as error:
            told = str(error).partition("\n")[0][:80]
            damage.note("rows that cannot be read", f"row group {number}, from row {done}: {told}")
        first += group.num_rows
