"""Copies of Parquet files: the same schema, compression and groups of rows, and the columns."""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from crawler.inputs.opening import open_input
from crawler.inputs.record_batches import FAULTS
from crawler.screen.consent_columns import FIELDS, NAMES, arrays
from crawler.screen.copy_task import Copy
from crawler.screen.packed_writing import whole_file
from crawler.screen.row_store import OUTCOME

_BATCH = 65_536
_OCTETS = 64 * 2**20
# Compressions that are called otherwise when they are asked for.
_WRITTEN = {"UNCOMPRESSED": "none", "LZ4_RAW": "lz4", "LZO": "none"}


def copy_table(copy: Copy) -> None:
    """Copy a Parquet file."""
    with open_input(copy.path) as source, whole_file(copy.out) as draft:
        file = pq.ParquetFile(source)
        schema = schema_of(file.schema_arrow)
        with pq.ParquetWriter(
            draft, schema, compression=_compression(file), version="2.6"
        ) as writer:
            rows = DecidedRows(copy.decided)
            first = 0
            for number in range(file.metadata.num_row_groups):
                group = file.metadata.row_group(number)
                parts = _group(file, number, first, rows, copy)
                first += group.num_rows
                table = pa.concat_tables(parts) if parts else None
                if table is not None and table.num_rows:
                    writer.write_table(table.cast(schema), row_group_size=max(1, group.num_rows))


class DecidedRows:
    """Decided rows, taken in the order of their numbers."""

    def __init__(self, path: Path) -> None:
        names = ["row", *(name for name, _ in OUTCOME)]
        self._batches = pq.ParquetFile(path).iter_batches(_BATCH, columns=names)
        self._ready: pa.Table | None = None

    def until(self, end: int) -> pa.Table | None:
        """Return the rows with numbers below `end` that were not taken yet."""
        while self._ready is None or not self._ready.num_rows or self._last() < end - 1:
            batch = next(self._batches, None)
            if batch is None:
                break
            table = pa.Table.from_batches([batch])
            self._ready = table if self._ready is None else pa.concat_tables([self._ready, table])
        if self._ready is None:
            return None
        size = pc.sum(pc.less(self._ready["row"], end)).as_py() or 0
        taken = self._ready.slice(0, size)
        self._ready = self._ready.slice(size)
        return taken

    def _last(self) -> int:
        last: int = self._ready["row"][-1].as_py() if self._ready is not None else -1
        return last


def _group(
    file: pq.ParquetFile, number: int, first: int, rows: DecidedRows, copy: Copy
) -> list[pa.Table]:
    group = file.metadata.row_group(number)
    size = max(1, group.total_byte_size // max(1, group.num_rows))
    batch_rows = max(16, min(_BATCH, _OCTETS // size))
    parts: list[pa.Table] = []
    done = first
    try:
        for batch in file.iter_batches(batch_rows, row_groups=[number]):
            decided = rows.until(done + batch.num_rows)
            table = pa.Table.from_batches([batch])
            if decided is not None and decided.num_rows:
                parts.append(joined(table, decided, done, copy))
            done += batch.num_rows
    except FAULTS:
        pass  # told and counted when it was surveyed; what came before stands
    rows.until(first + group.num_rows)
    return parts


def joined(table: pa.Table, decided: pa.Table, first: int, copy: Copy) -> pa.Table:
    """Return rows, the first of which has the number `first`, as they are written."""
    table = table.drop_columns([name for name in NAMES if name in table.column_names])
    if decided.num_rows != table.num_rows:  # some could not be read
        table = table.take(pc.subtract(decided["row"], first))
    for field, column in zip(FIELDS, arrays(decided, copy.at), strict=True):
        table = table.append_column(field, column)
    return table if copy.annotate else _included(table, decided["included"])


def _included(table: pa.Table, included: pa.ChunkedArray) -> pa.Table:
    try:
        return table.filter(included)
    except pa.ArrowNotImplementedError:  # a kind of column, such as views, that cannot be filtered
        runs = groupby(enumerate(included.to_pylist()), key=lambda item: bool(item[1]))
        kept = [[at for at, _ in run] for is_kept, run in runs if is_kept]
        parts = [table.slice(run[0], len(run)) for run in kept]
        return pa.concat_tables(parts) if parts else table.slice(0, 0)


def schema_of(schema: pa.Schema) -> pa.Schema:
    """Return the schema of a copy: that of the input, and the columns."""
    fields = [field for field in schema if field.name not in NAMES]
    return pa.schema([*fields, *FIELDS], metadata=_metadata(schema.metadata))


def _metadata(metadata: dict[bytes, bytes] | None) -> dict[bytes, bytes] | None:
    """Return the file's own notes; a list of columns that they hold is kept true."""
    name = b"huggingface"
    if not metadata or name not in metadata:
        return metadata
    try:
        noted: dict[str, Any] = json.loads(metadata[name])
        features = noted["info"]["features"]
        for field in FIELDS:
            kind = {"bool": "bool", "string": "string"}.get(str(field.type), str(field.type))
            features[field.name] = {"dtype": kind, "_type": "Value"}
    except (ValueError, KeyError, TypeError):
        return {key: value for key, value in metadata.items() if key != name}
    return {**metadata, name: json.dumps(noted).encode()}


def _compression(file: pq.ParquetFile) -> dict[str, str] | str:
    if not file.metadata.num_row_groups or not file.metadata.num_columns:
        return "snappy"
    group = file.metadata.row_group(0)
    found = {}
    for number in range(group.num_columns):
        column = group.column(number)
        name = column.compression
        found[column.path_in_schema] = _WRITTEN.get(name, name)
    if len(set(found.values())) == 1:
        return str(next(iter(found.values())))
    usual = max(set(found.values()), key=list(found.values()).count)
    return {**found, **dict.fromkeys(NAMES, usual)}
