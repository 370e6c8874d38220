"""Files of an export: records go in by group, files come out cut, hashed and counted."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Protocol, cast

import orjson
import zstandard

from crawler.corpus.records.data_files import FileEntry
from crawler.corpus.records.record import Page, Record

# Level 3 is zstandard's own default: 19 is 40 times slower for a tenth less.
_ZSTD_LEVEL = 3


class RecordFile(Protocol):
    """One file being written."""

    def write(self, record: Record, page: Page) -> int:
        """Write one record; return about how many bytes it took."""

    def close(self) -> None:
        """Finish the file's content; the raw file stays open."""


class HashedFile:
    """A file that knows the hash of what was written to it."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._hash = sha256()
        self._bytes = 0

    def write(self, data: Any) -> int:  # noqa: ANN401 - any buffer, as for a raw file
        self._hash.update(data)
        self._bytes += len(data)
        return self._file.write(data)

    def flush(self) -> None:
        self._file.flush()

    def tell(self) -> int:
        return self._bytes

    def finish(self) -> tuple[int, str]:
        """Make it durable; return its size and hash."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        return self._bytes, self._hash.hexdigest()

    @property
    def closed(self) -> bool:
        return self._file.closed

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False


class JsonLines:
    """JSON Lines, compressed with zstandard or gzip."""

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


@dataclass(slots=True)
class _Open:
    path: str
    raw: HashedFile
    file: RecordFile
    records: int = 0


@dataclass(slots=True)
class Shards:
    """Cuts the records of each group into files of about `size` uncompressed bytes.

    All groups are cut at the same record, so that an export can be taken up there again.
    """

    folder: Path
    make: Callable[[HashedFile, str], RecordFile]
    suffix: str  # of the files, such as "jsonl.zst"
    size: int
    counts: dict[str, int] = field(default_factory=dict)  # files of each group so far
    _open: dict[str, _Open] = field(default_factory=dict)
    _bytes: int = 0

    def write(self, group: str, record: Record, page: Page) -> bool:
        """Write one record; say whether it is time to `cut`."""
        shard = self._open.get(group)
        if shard is None:
            shard = self._open[group] = self._start(group)
        self._bytes += shard.file.write(record, page)
        shard.records += 1
        return self._bytes >= self.size

    def cut(self) -> tuple[FileEntry, ...]:
        """Finish every open file and return what they are."""
        entries = []
        for shard in self._open.values():
            shard.file.close()
            length, digest = shard.raw.finish()
            entries.append(FileEntry(shard.path, length, digest, shard.records))
        self._open.clear()
        self._bytes = 0
        return tuple(entries)

    def _start(self, group: str) -> _Open:
        number = self.counts.get(group, 0)
        self.counts[group] = number + 1
        path = f"data/{group}-{number:05d}.{self.suffix}"
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        raw = HashedFile(target)
        return _Open(path, raw, self.make(raw, path))
