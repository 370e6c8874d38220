"""Arrow files and streams, as `datasets` and Feather write them: batch by batch."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from crawler.inputs.columns import Columns
from crawler.removals.arrow_rows import known_columns, sift_table
from crawler.removals.dictionaries import has_dictionary, without_unused
from crawler.removals.wanted import Counts, Wanted

MAGIC = b"ARROW1"
STREAM = b"\xff\xff\xff\xff"
_LOOKED_AT = 20  # rows
_ZSTD, _LZ4 = b"\x28\xb5\x2f\xfd", b"\x04\x22\x4d\x18"
_SEARCHED = 1 << 20


def sift(path: Path, out: IO[bytes] | None, wanted: Wanted, columns: Columns) -> Counts:
    """Count the rows that are to go; with `out` write the others there."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    counts = Counts()
    with _open(path) as (schema, batches, make):
        first = next(batches, None)
        shown = first.slice(0, _LOOKED_AT).to_pylist() if first is not None else []
        known = known_columns(schema, shown, columns, str(path))
        counts.notes.append(known.sentence())
        options = pa.ipc.IpcWriteOptions(compression=_codec(path))
        writer = make(out, schema, options=options) if out is not None else None
        # A dictionary belongs to the whole file: what still names its values is known at the end.
        held: list[Any] | None = [] if any(has_dictionary(one.type) for one in schema) else None
        while first is not None:
            stays = sift_table(first, known, wanted, counts)
            left = first if stays.all() else first.filter(pa.array(stays))
            if writer is not None and left.num_rows:
                writer.write_batch(left) if held is None else held.append(left)
            first = next(batches, None)
        if writer is not None:
            if held:
                writer.write_table(without_unused(pa.Table.from_batches(held, schema)))
            writer.close()
    return counts


@contextmanager
def _open(path: Path) -> Iterator[tuple[Any, Iterator[Any], Any]]:
    import pyarrow as pa  # noqa: PLC0415

    with path.open("rb") as raw:
        is_file = raw.read(len(MAGIC)) == MAGIC
    with pa.OSFile(str(path), "rb") as source:
        if is_file:
            with pa.ipc.open_file(source) as file:
                batches = (file.get_batch(n) for n in range(file.num_record_batches))
                yield file.schema, batches, pa.ipc.new_file
        else:
            with pa.ipc.open_stream(source) as stream:
                yield stream.schema, iter(stream), pa.ipc.new_stream


def _codec(path: Path) -> str | None:
    """Return how the buffers are packed: nothing but their first octets says so."""
    with path.open("rb") as file:
        head = file.read(_SEARCHED)
    places = {name: head.find(magic) for name, magic in (("zstd", _ZSTD), ("lz4", _LZ4))}
    found = {at: name for name, at in places.items() if at >= 0}
    # A buffer begins at a multiple of 8, behind eight octets that say how long it is unpacked.
    return next((name for at, name in sorted(found.items()) if at % 8 == 0), None)
