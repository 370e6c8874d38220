"""Rows of Arrow tables: which of them are to go, looked at column by column."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from crawler.inputs.columns import Columns, NoColumnError, Path, paths_of
from crawler.inputs.record_batches import nested_paths
from crawler.removals.row_columns import NOTHING_TELLS, RowColumns, guess
from crawler.removals.wanted import Counts, Identity, Wanted, counted

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Mask = npt.NDArray[np.bool_]


class TextsWantedError(Exception):
    """Id and URL do not tell a row, and the columns with texts were not read."""


def known_columns(
    schema: pa.Schema, first: Iterable[dict[str, Any]], columns: Columns, path: str
) -> RowColumns:
    """Return which columns tell a record; `first` are some rows, for texts that hold JSON."""
    names: list[Path] = [(field.name,) for field in schema]
    names += [inner for field in schema for inner in nested_paths((field.name,), field.type)]
    names += [inner for row in first for inner in paths_of(row) if len(inner) > 1]
    known = guess(names, columns, path)
    if not known:
        raise NoColumnError(NOTHING_TELLS)
    return known


def sift_table(table: Any, known: RowColumns, wanted: Wanted, counts: Counts) -> Mask:  # noqa: ANN401 - a table or a batch
    """Return which rows stay, and count them.

    A text is looked at only where id and URL do not tell the row already.

    Raises:
        TextsWantedError: They do not, and the table lacks the columns with texts.
    """
    import numpy as np  # noqa: PLC0415 - as heavy as pyarrow, which is an extra

    ids, urls = _values(table, known.doc_id), _values(table, known.url)
    stays = np.ones(table.num_rows, dtype=np.bool_)
    texts: list[Any] | None = None
    hashes: list[Any] = []
    for at, (doc_id, url) in enumerate(zip(ids, urls, strict=True)):
        verdict = wanted.named_by(doc_id, url)
        if verdict is None:
            if texts is None:
                _there(table, known)
                texts, hashes = _values(table, known.text), _values(table, known.text_sha256)
            verdict = wanted.names(Identity(doc_id, url, texts[at], hashes[at]))
        if counted(counts, verdict):
            stays[at] = False
    return stays


def _there(table: Any, known: RowColumns) -> None:  # noqa: ANN401
    named = {path[0] for path in (known.text, known.text_sha256) if path is not None}
    if not named <= set(table.schema.names):
        raise TextsWantedError


def _values(table: Any, path: Path | None) -> list[Any]:  # noqa: ANN401
    """Return what stands in a column as texts, None where there is none."""
    from crawler.inputs.columns import text_of, value_at  # noqa: PLC0415

    if path is None:
        return [None] * table.num_rows
    column = table.column(path[0])
    deeper = list(path[1:])
    while deeper and _is_struct(column.type):
        column = _field(column, deeper.pop(0))
    values = _listed(column)
    if deeper:
        return [text_of(value_at({"": value}, ("", *deeper))) for value in values]
    return [text_of(value) for value in values]


def _is_struct(kind: pa.DataType) -> bool:
    import pyarrow as pa  # noqa: PLC0415

    return bool(pa.types.is_struct(kind))


def _field(column: Any, name: str) -> Any:  # noqa: ANN401
    import pyarrow.compute as pc  # noqa: PLC0415

    return pc.struct_field(column, name)


def _listed(column: Any) -> list[Any]:  # noqa: ANN401
    try:
        return column.to_pylist()  # type: ignore[no-any-return]
    except UnicodeDecodeError:  # nothing checks that what is called text is UTF-8
        import pyarrow as pa  # noqa: PLC0415

        return column.cast(pa.large_binary()).to_pylist()  # type: ignore[no-any-return]
