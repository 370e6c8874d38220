"""Files of an export: hashed while they are written, listed with size, hash and records."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One finished file, as the manifest lists it."""

    path: str  # relative to the export, with "/"
    bytes: int
    sha256: str
    records: int


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


def entry_of(folder: Path, path: str, records: int = 0) -> FileEntry:
    """Return the entry of a finished file."""
    digest, length = sha256(), 0
    with (folder / path).open("rb") as file:
        for block in blocks(file):
            digest.update(block)
            length += len(block)
    return FileEntry(path, length, digest.hexdigest(), records)


def blocks(file: IO[bytes], size: int = 1 << 20) -> Iterable[bytes]:
    """Yield a file's bytes in blocks."""
    while block := file.read(size):
        yield block
