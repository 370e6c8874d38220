"""The gzip members of a file, each as its raw bytes: a WARC file has one a record."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import IO

_BLOCK = 1 << 16


def members(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the gzip members from where the file stands, each as its raw bytes."""
    rest = b""
    while True:
        unpacker = zlib.decompressobj(zlib.MAX_WBITS + 16)
        raw = []
        while not unpacker.eof:
            block = rest or file.read(_BLOCK)
            if not block:
                return
            unpacker.decompress(block)
            rest = unpacker.unused_data
            raw.append(block[: len(block) - len(rest)] if unpacker.eof else block)
            if not unpacker.eof:
                rest = b""
        yield b"".join(raw)
