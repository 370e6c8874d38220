"""JSON Lines: a record a line, compressed with zstandard or gzip."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

import orjson
import zstandard

from crawler.corpus.records.data_files import HashedFile, blocks
from crawler.corpus.records.export_plan import Options
from crawler.corpus.records.format import Format, Source
from crawler.corpus.records.record import Page, Record

# Level 3 is zstandard's own default: 19 is 40 times slower for a tenth less.
_ZSTD_LEVEL = 3
_PIECE = 1 << 10  # read at once: a kilobyte of zstandard can hold 32 MB
_LONGEST = 1 << 30  # of a line


class JsonLines:
    """One file of lines."""

    def __init__(self, file: HashedFile, suffix: str) -> None:
        self._out: Any
        if suffix == "zst":
            self._out = zstandard.ZstdCompressor(level=_ZSTD_LEVEL).stream_writer(
                cast("IO[bytes]", file),  # it writes, which is all that is asked
                closefd=False,
            )
        else:  # no name and no time in the header: the same bytes every time
            self._out = gzip.GzipFile("", "wb", 6, file, mtime=0)

    def write(self, record: Record, page: Page) -> int:  # noqa: ARG002
        line = orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)
        self._out.write(line)
        return len(line)

    def close(self) -> None:
        self._out.close()


def records(path: Path) -> Iterator[Record]:
    """Yield the records of a finished file.

    Raises:
        ValueError: It is cut short, goes on after its end, or is not what its name says.
    """
    number, rest = 0, b""
    for block in _unpacked(path):
        *lines, rest = (rest + block).split(b"\n")
        for line in lines:
            number += 1
            yield _record(line, number)
        if len(rest) > _LONGEST:
            raise ValueError(f"line {number + 1} is longer than any record")
    if rest:
        raise ValueError(f"line {number + 1} does not end")


def _record(line: bytes, number: int) -> Record:
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise ValueError(f"line {number} is no JSON ({error})") from error
    if not isinstance(value, dict):
        raise ValueError(f"line {number} is no record")  # noqa: TRY004 - of the file
    return value


def _unpacked(path: Path) -> Iterator[bytes]:
    """Yield what is in the file, in pieces whose size is bounded."""
    with path.open("rb") as file:
        if path.suffix == ".zst":
            yield from _unzstd(file)
            return
        try:
            with gzip.open(file) as unpacker:
                yield from blocks(cast("IO[bytes]", unpacker))
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise ValueError(str(error)) from error


def _unzstd(file: IO[bytes]) -> Iterator[bytes]:
    # The library's reader takes the end of a file that was cut for the end of its frame.
    unpacker = zstandard.ZstdDecompressor().decompressobj()
    for block in blocks(file, _PIECE):
        if unpacker.eof:
            raise ValueError("goes on after its end")
        try:
            yield unpacker.decompress(block)
        except zstandard.ZstdError as error:
            raise ValueError(str(error)) from error
    if not unpacker.eof:
        raise ValueError("is cut off")
    if unpacker.unused_data:
        raise ValueError("goes on after its end")


def _suffix(options: Options) -> str:
    return f"jsonl.{options.compression}"


def _open(file: HashedFile, path: str, source: Source) -> JsonLines:  # noqa: ARG001
    return JsonLines(file, source.plan.options.compression)


FORMAT = Format(
    name="jsonl",
    media_type="application/jsonlines",
    suffix=_suffix,
    open=_open,
    records=records,
)
