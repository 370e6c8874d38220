"""Parquet: row group by row group, with the schema, the codecs and the order it had."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path as FilePath
from typing import IO, TYPE_CHECKING, Any

from crawler.inputs.columns import Columns, Path
from crawler.removals.arrow_rows import TextsWantedError, known_columns, sift_table
from crawler.removals.dictionaries import without_unused
from crawler.removals.row_columns import RowColumns
from crawler.removals.wanted import Counts, Wanted

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

_LOOKED_AT = 20  # rows
_MOST = 256 * 2**20  # bytes of a row group that are held at once, unpacked


def sift(path: FilePath, out: IO[bytes] | None, wanted: Wanted, columns: Columns) -> Counts:
    """Count the rows that are to go; with `out` write the others there."""
    import pyarrow.parquet as pq  # noqa: PLC0415 - an extra

    counts = Counts()
    with pq.ParquetFile(path) as file:
        known = known_columns(file.schema_arrow, _first(file), columns, str(path))
        counts.notes.append(known.sentence())
        if out is None:
            counts.add(_counted(file, known, wanted))
            return counts
        with pq.ParquetWriter(out, file.schema_arrow, **_as_written(file)) as writer:
            for table in _groups(file):
                stays = sift_table(table, known, wanted, counts)
                left = table if stays.all() else table.filter(_mask(stays))
                if left.num_rows:
                    writer.write_table(without_unused(left), row_group_size=left.num_rows)
    return counts


def _counted(file: pq.ParquetFile, known: RowColumns, wanted: Wanted) -> Counts:
    """Look at the rows: at their long texts only if nothing else tells one of them."""
    told = known.doc_id is not None and known.url is not None and not wanted.needs_every_text
    counts = Counts()
    try:
        paths = (known.doc_id, known.url) if told else known.paths
        for batch in file.iter_batches(columns=_stored(file, paths)):
            sift_table(batch, known, wanted, counts)
    except TextsWantedError:
        counts = Counts()
        for batch in file.iter_batches(columns=_stored(file, known.paths)):
            sift_table(batch, known, wanted, counts)
    return counts


def _stored(file: pq.ParquetFile, paths: Iterable[Path | None]) -> list[str]:
    """Return the columns in which the paths lie: what a text holds as JSON is no column."""
    import pyarrow as pa  # noqa: PLC0415

    names = []
    for path in paths:
        if path is None:
            continue
        kind, depth = file.schema_arrow.field(path[0]).type, 1
        while depth < len(path) and pa.types.is_struct(kind):
            kind, depth = kind.field(path[depth]).type, depth + 1
        names.append(".".join(path[:depth]))
    return names


def _first(file: pq.ParquetFile) -> list[dict[str, Any]]:
    texts = [
        field.name for field in file.schema_arrow if field.name.lower() in {"metadata", "meta"}
    ]
    batch = next(file.iter_batches(_LOOKED_AT, columns=texts), None) if texts else None
    return batch.to_pylist() if batch is not None else []


def _groups(file: pq.ParquetFile) -> Iterator[pa.Table]:
    import pyarrow as pa  # noqa: PLC0415

    for number in range(file.num_row_groups):
        about = file.metadata.row_group(number)
        if about.total_byte_size <= _MOST:
            yield file.read_row_group(number)
            continue
        rows = max(1, about.num_rows * _MOST // about.total_byte_size)
        for batch in file.iter_batches(rows, row_groups=[number]):
            yield pa.Table.from_batches([batch])


def _as_written(file: pq.ParquetFile) -> dict[str, Any]:
    """Return the writer's settings that give the file's own codecs and dictionaries."""
    if not file.num_row_groups:
        return {}
    group = file.metadata.row_group(0)
    codecs, dictionaries = {}, []
    for number in range(group.num_columns):
        column = group.column(number)
        codecs[column.path_in_schema] = column.compression.lower().replace("uncompressed", "none")
        if any("DICTIONARY" in encoding for encoding in column.encodings):
            dictionaries.append(column.path_in_schema)
    return {
        "compression": codecs,
        "use_dictionary": dictionaries or False,
        "version": file.metadata.format_version if file.metadata.format_version != "2.0" else "2.6",
    }


def _mask(stays: Any) -> Any:  # noqa: ANN401
    import pyarrow as pa  # noqa: PLC0415

    return pa.array(stays)
