"""A search of every file for bytes that must be gone, also inside gzip and zstd."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import zstandard

_BLOCK = 1 << 20
_DEPTH = 3  # a compressed file in a compressed file in a compressed file
_LONGEST = 4_096
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "latin-1", "cp1252")
_GZIP, _ZSTD = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"
_SHORTEST = 12  # bytes: what is shorter is found anywhere


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search looked at, and the files in which something was found."""

    files: int
    bytes: int  # decompressed content included
    found: tuple[str, ...]  # paths, never the bytes


def needles(texts: Iterable[str]) -> tuple[bytes, ...]:
    """Return the byte strings to search for, in the encodings that texts come in."""
    found: dict[bytes, None] = {}
    for text in texts:
        for encoding in _ENCODINGS:
            data = text.encode(encoding, "ignore")[:_LONGEST]
            if len(data) >= _SHORTEST:
                found[data] = None
    return tuple(found)


def search(folder: Path, wanted: tuple[bytes, ...]) -> Searched:
    """Search every file under `folder` for any of the byte strings."""
    files = total = 0
    found = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        files += 1
        with path.open("rb") as file:
            hit, length = _search(_blocks(file), wanted, 0)
        total += length
        if hit:
            found.append(path.relative_to(folder).as_posix())
    return Searched(files, total, tuple(found))


def _search(blocks: Iterator[bytes], wanted: tuple[bytes, ...], depth: int) -> tuple[bool, int]:
    """Search a stream; where a compressed member begins, search what is in it as well."""
    overlap = max(map(len, wanted), default=1) - 1
    tail, total = b"", 0
    unpackers: list[_Unpacker] = []
    for block in blocks:
        total += len(block)
        window = tail + block
        if any(needle in window for needle in wanted):
            return True, total
        if depth < _DEPTH:
            for unpacker in unpackers:
                unpacker.feed(block)
            unpackers = [unpacker for unpacker in unpackers if not unpacker.ended]
            starts = _starts(window, len(tail))
            for start in starts:
                unpacker = _Unpacker(window[start], wanted, depth + 1)
                unpacker.feed(window[start:])
                total += unpacker.read
                if unpacker.hit:
                    return True, total
                if not unpacker.ended:
                    unpackers.append(unpacker)
            if any(unpacker.hit for unpacker in unpackers):
                return True, total
        tail = window[-overlap:] if overlap else b""
    return False, total


def _starts(window: bytes, known: int) -> Iterator[int]:
    for magic in (_GZIP, _ZSTD):
        at = window.find(magic, max(0, known - len(magic) + 1))
        while at >= 0:
            yield at
            at = window.find(magic, at + 1)


class _Unpacker:
    """What may be one compressed member; most that look like one end at once."""

    def __init__(self, first: int, wanted: tuple[bytes, ...], depth: int) -> None:
        self._unpack = (
            zlib.decompressobj(zlib.MAX_WBITS + 16)
            if first == _GZIP[0]
            else zstandard.ZstdDecompressor().decompressobj()
        )
        self._wanted = wanted
        self._depth = depth
        self._tail = b""
        self._overlap = max(map(len, wanted), default=1) - 1
        self.read = 0
        self.hit = False
        self.ended = False

    def feed(self, data: bytes) -> None:
        try:
            text = self._unpack.decompress(data)
        except (zlib.error, zstandard.ZstdError):
            self.ended = True
            return
        self.read += len(text)
        window = self._tail + text
        self.hit = any(needle in window for needle in self._wanted)
        if not self.hit and self._depth < _DEPTH and (_GZIP in text or _ZSTD in text):
            self.hit = _search(iter([text]), self._wanted, self._depth)[0]
        self._tail = window[-self._overlap :] if self._overlap else b""
        self.ended = self.hit is False and self._unpack.eof


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    while block := file.read(_BLOCK):
        yield block
