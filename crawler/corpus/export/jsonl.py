"""JSON Lines: a record a line, compressed with zstandard or gzip."""

from __future__ import annotations

import gzip
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


def count(path: Path) -> int:
    """Return the lines of a finished file.

    Raises:
        ValueError: It is cut short, or is not compressed as its name says.
    """
    try:
        with _unpacked(path) as file:
            return sum(block.count(b"\n") for block in blocks(file))
    except (zstandard.ZstdError, EOFError, gzip.BadGzipFile) as error:
        raise ValueError(str(error)) from error


def _unpacked(path: Path) -> IO[bytes]:
    if path.suffix == ".zst":
        return cast("IO[bytes]", zstandard.open(path, "rb"))
    return cast("IO[bytes]", gzip.open(path, "rb"))


def _suffix(options: Options) -> str:
    return f"jsonl.{options.compression}"


def _open(file: HashedFile, path: str, source: Source) -> JsonLines:  # noqa: ARG001
    return JsonLines(file, source.plan.options.compression)


FORMAT = Format(
    name="jsonl",
    media_type="application/jsonlines",
    suffix=_suffix,
    open=_open,
    count=count,
)
