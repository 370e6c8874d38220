"""A finished file of an export, as its manifest lists it: path, size, hash, records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One finished file, as the manifest lists it."""

    path: str  # relative to the export, with "/"
    bytes: int
    sha256: str
    records: int


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
