"""Writing in the compression that an input had: the same bytes for the same rows, always."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

import zstandard


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Yield where to write a file that is there once it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    try:
        yield draft
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def packed(path: Path, packing: str) -> Iterator[IO[bytes]]:
    """Write a file packed as one stream ("gzip", "zstd" or "")."""
    with whole_file(path) as draft, draft.open("wb") as file:
        if packing == "gzip":
            with gzip.GzipFile("", "wb", 6, file, mtime=0) as stream:
                yield cast("IO[bytes]", stream)
        elif packing == "zstd":
            with zstandard.ZstdCompressor(level=3).stream_writer(file, closefd=False) as stream:
                yield cast("IO[bytes]", stream)
        else:
            yield file


def member(data: bytes, packing: str) -> bytes:
    """Return a record packed by itself."""
    if packing == "gzip":
        return gzip.compress(data, 6, mtime=0)
    return zstandard.ZstdCompressor(level=3).compress(data) if packing == "zstd" else data
