"""Dictionaries of Arrow columns, without values that no row names any more.

A row that is taken out leaves its values in the dictionary, and writers store all of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa


def has_dictionary(kind: pa.DataType) -> bool:
    """Say if values of this type are held in a dictionary, at whatever depth."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    if pa.types.is_dictionary(kind):
        return True
    return any(has_dictionary(kind.field(n).type) for n in range(kind.num_fields))


def without_unused(table: pa.Table) -> pa.Table:
    """Return the table with dictionaries that hold what its rows name, in the order they had."""
    for at, field in enumerate(table.schema):
        if has_dictionary(field.type):
            table = table.set_column(at, field, _compacted(table.column(at)))
    return table


def _compacted(column: Any) -> Any:  # noqa: ANN401 - a chunked array
    import pyarrow as pa  # noqa: PLC0415

    kind = column.type
    if not pa.types.is_dictionary(kind):  # nested: made anew
        return column.cast(_plain(kind)).cast(kind).unify_dictionaries()
    chunks = column.unify_dictionaries().chunks
    if not chunks:
        return column
    values = chunks[0].dictionary
    used = np.zeros(len(values), dtype=np.bool_)
    for chunk in chunks:
        used[chunk.indices.drop_null().to_numpy(zero_copy_only=False)] = True
    ranks = pa.array(np.cumsum(used) - 1).cast(pa.int64())
    kept = values.filter(pa.array(used))
    return pa.chunked_array(
        [
            pa.DictionaryArray.from_arrays(
                ranks.take(chunk.indices).cast(kind.index_type), kept, ordered=kind.ordered
            )
            for chunk in chunks
        ],
        type=kind,
    )


def _plain(kind: Any) -> Any:  # noqa: ANN401 - a type
    import pyarrow as pa  # noqa: PLC0415

    if pa.types.is_dictionary(kind):
        return kind.value_type
    if pa.types.is_struct(kind):
        return pa.struct([field.with_type(_plain(field.type)) for field in kind])
    if pa.types.is_large_list(kind):
        return pa.large_list(kind.value_field.with_type(_plain(kind.value_type)))
    if pa.types.is_list(kind):
        return pa.list_(kind.value_field.with_type(_plain(kind.value_type)))
    raise TypeError(f"a dictionary within {kind} cannot be written anew")
