"""Copies of Arrow files and streams: the same schema, compression and batches, and the columns."""

from __future__ import annotations

import pyarrow as pa

from crawler.inputs.arrow import ArrowFile
from crawler.inputs.row import Damage
from crawler.screen.copy_task import Copy
from crawler.screen.copying_tables import DecidedRows, joined, schema_of
from crawler.screen.packed_writing import whole_file


def copy_arrow(copy: Copy) -> None:
    """Copy an Arrow file or stream, as the one or the other."""
    source = ArrowFile(copy.path)
    schema = schema_of(source.schema)
    # A stream may have replaced its dictionaries between batches; a file may only add to them.
    options = pa.ipc.IpcWriteOptions(
        compression=source.compression, emit_dictionary_deltas=source.is_file
    )
    make = pa.ipc.new_file if source.is_file else pa.ipc.new_stream
    try:
        with whole_file(copy.out) as draft, make(str(draft), schema, options=options) as writer:
            rows = DecidedRows(copy.decided)
            for first, batch in source.batches(Damage(copy.path)):  # told when it was surveyed
                decided = rows.until(first + batch.num_rows)
                if decided is None or not decided.num_rows:
                    continue
                table = joined(pa.Table.from_batches([batch]), decided, first, copy).cast(schema)
                if table.num_rows:
                    writer.write_table(table.combine_chunks())
    finally:
        source.close()
