"""Arrow IPC, files (`.arrow`, Feather 2) and streams (what `datasets` keeps), a batch at a time.

A file is a stream with a table of its batches behind it, so that one whose end was lost is still
read as far as it goes. pyarrow trusts the offsets within a batch; here each is checked first.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from crawler.inputs import record_batches
from crawler.inputs.columns import Chosen, Columns
from crawler.inputs.opening import open_input
from crawler.inputs.row import Damage, Row, UnknownInputError

if TYPE_CHECKING:
    import pyarrow as pa

MAGIC = b"ARROW1"
FIRST_FEATHER = b"FEA1"
_CONTINUED = b"\xff\xff\xff\xff"
_LONGEST_SCHEMA = 64 * 2**20
_STREAM_AT = 8  # in a file, behind the magic
_CODECS = ("lz4", "zstd")  # of the format's BodyCompression, by number


def is_stream(head: bytes) -> bool:
    """Say if a file begins as a stream of messages does: a mark, then a length in eights."""
    size = int.from_bytes(head[4:8], "little")
    return head[:4] == _CONTINUED and 0 < size < _LONGEST_SCHEMA and size % 8 == 0


class ArrowFile:
    """An open file or stream: its schema, and its batches once."""

    def __init__(self, path: str, columns: list[str] | None = None) -> None:
        """Open it; `columns`: of which only these are read.

        Raises:
            UnknownInputError: pyarrow is not installed, or the file is damaged as a whole.
        """
        self._source = open_input(path)
        try:
            with record_batches.opened_as("Arrow", path):
                self._open(columns)
        except UnknownInputError:
            self._source.close()
            raise

    def close(self) -> None:
        self._source.close()

    def _open(self, columns: list[str] | None) -> None:
        import pyarrow as pa  # noqa: PLC0415

        self.is_file = self._source.read(len(MAGIC)) == MAGIC
        start = _STREAM_AT if self.is_file else 0
        self._source.seek(start)
        self.schema: pa.Schema = pa.ipc.open_stream(self._source).schema
        self._source.seek(start)
        self.compression = _compression(self._source)
        options = None
        if columns is not None:
            wanted = [self.schema.get_field_index(name) for name in columns]
            options = pa.ipc.IpcReadOptions(included_fields=wanted)
        self.ending = ""  # what is wrong with the end of a file
        self._file = None
        if self.is_file:
            try:
                self._file = pa.ipc.open_file(self._source, options=options)
            except (pa.ArrowException, *record_batches.FAULTS) as error:
                self.ending = str(error).partition("\n")[0][:80]
        if self._file is None:
            self._source.seek(start)
            self._stream = pa.ipc.open_stream(self._source, options=options)

    def batches(self, damage: Damage) -> Iterator[tuple[int, pa.RecordBatch]]:
        """Yield the batches, each with its first row's number; one that is damaged is counted.

        Behind a damaged one nothing more is read of a stream: its rows have no numbers.
        """
        if self.ending:
            damage.note("file without its end", self.ending)
        first = number = 0
        while True:
            try:
                batch = self._read(number)
                if batch is None:
                    return
                batch = _sound(batch)
            except record_batches.FAULTS as error:
                told = str(error).partition("\n")[0][:80]
                damage.note("rows that cannot be read", f"batch {number}, row {first}: {told}")
                return
            yield first, batch
            first += batch.num_rows
            number += 1

    def _read(self, number: int) -> pa.RecordBatch | None:
        if self._file is None:
            try:
                return self._stream.read_next_batch()
            except StopIteration:
                return None
        return self._file.get_batch(number) if number < self._file.num_record_batches else None


def columns_of(file: ArrowFile, columns: Columns, path: str) -> Chosen:
    """Return which columns a file has.

    Raises:
        NoColumnError: No column has URLs, or one that was named is not there.
    """

    def head(names: list[str]) -> pa.RecordBatch | None:
        part = ArrowFile(path, names)
        try:
            return next((batch for _, batch in part.batches(Damage(path))), None)
        finally:
            part.close()

    return record_batches.columns_of(file.schema, head, columns, path)


def rows(path: str, chosen: Chosen, damage: Damage) -> Iterator[Row]:
    """Yield the rows of a file."""
    file = ArrowFile(path, record_batches.columns_read(chosen))
    try:
        yield from record_batches.rows(file.batches(damage), chosen)
    finally:
        file.close()


def _sound(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return a batch none of whose offsets leads outside it; texts may be other than UTF-8.

    Raises:
        ValueError: It is damaged.
    """
    import pyarrow as pa  # noqa: PLC0415

    octets = {pa.string(): pa.binary(), pa.large_string(): pa.large_binary()}
    for column in batch.columns:
        try:
            column.validate(full=True)
        except pa.ArrowInvalid:
            if column.type not in octets:
                raise
            column.view(octets[column.type]).validate(full=True)
    return batch


def _compression(source: Any) -> str | None:  # noqa: ANN401 - a binary file
    """Return how the first batch of rows is packed, "lz4", "zstd", None if it is not.

    pyarrow does not say. The messages are flatbuffers (Arrow columnar format, "Encapsulated
    message format"; Message.fbs): of a Message the fields header_type, header, bodyLength, of a
    RecordBatch compression, of that codec.
    """
    while len(start := source.read(8)) == 8 and start[:4] == _CONTINUED:  # noqa: PLR2004
        size = int.from_bytes(start[4:], "little")
        data = source.read(size) if 0 < size < _LONGEST_SCHEMA else b""
        if len(data) < size or not data:
            return None
        try:
            root = struct.unpack_from("<I", data)[0]
            kind, header, length = (_field(data, root, number) for number in (1, 2, 3))
            if kind is not None and header is not None and data[kind] == 3:  # noqa: PLR2004
                batch = header + struct.unpack_from("<I", data, header)[0]
                packed = _field(data, batch, 3)
                if packed is None:
                    return None
                codec = _field(data, packed + struct.unpack_from("<I", data, packed)[0], 0)
                return _CODECS[data[codec] if codec is not None else 0]
            source.seek(struct.unpack_from("<q", data, length)[0] if length else 0, 1)
        except (struct.error, IndexError, ValueError, OSError):
            return None
    return None


def _field(data: bytes, table: int, number: int) -> int | None:
    """Return where a field of a table of a flatbuffer stands, None where it does not."""
    places = table - struct.unpack_from("<i", data, table)[0]
    slot = 4 + 2 * number
    if slot >= struct.unpack_from("<H", data, places)[0]:
        return None
    offset: int = struct.unpack_from("<H", data, places + slot)[0]
    return table + offset if offset else None
