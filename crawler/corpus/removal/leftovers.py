"""A search of every file for bytes that must be gone, also inside gzip and zstd."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from html import escape
from html.entities import codepoint2name
from pathlib import Path
from typing import IO
from urllib.parse import quote, quote_plus

import zstandard
from ahocorasick_rs import BytesAhoCorasick, Implementation

_BLOCK = 1 << 20
_DEPTH = 3  # a compressed file in a compressed file in a compressed file
_LONGEST = 4_096
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "latin-1", "cp1252")
# Of the rest of the web; asked only of texts that they can spell, and spell otherwise.
_LEGACY = (  # noqa: SIM905 - names, to be read
    "utf-32-le iso8859-2 cp1250 cp1251 koi8-r iso8859-5 cp1253 iso8859-7 cp1254 cp1255 cp1256"
    " cp1257 shift_jis euc-jp iso2022_jp gb18030 big5 euc-kr tis-620"
).split()
_GZIP, _ZSTD = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"
_ASCII = 127
_SHORTEST = 12  # bytes: what is shorter is found anywhere


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search looked at, and the files in which something was found."""

    files: int
    bytes: int  # decompressed content included
    found: tuple[str, ...]  # paths, never the bytes


class Needles:
    """Byte strings, all looked for in one pass however many they are."""

    def __init__(self, wanted: Iterable[bytes]) -> None:
        patterns = [needle for needle in wanted if needle]
        self.longest = max(map(len, patterns), default=1)
        self._machine = (
            # The other kinds are faster and take ten times the memory.
            BytesAhoCorasick(patterns, implementation=Implementation.ContiguousNFA)
            if patterns
            else None
        )

    def __bool__(self) -> bool:
        return self._machine is not None

    def within(self, data: bytes) -> bool:
        return self._machine is not None and bool(self._machine.find_matches_as_indexes(data))


def needles(texts: Iterable[str]) -> tuple[bytes, ...]:
    """Return the byte strings to search for, in the spellings that texts come in."""
    found: dict[bytes, None] = {}
    for text in texts:
        for data in _spellings(text):
            if len(data) >= _SHORTEST:
                found[data[:_LONGEST]] = None
    return tuple(found)


def _spellings(text: str) -> Iterator[bytes]:
    """Yield a text as bytes: by encoding, escaped for HTML, for JSON and for URLs."""
    for encoding in _ENCODINGS:
        yield text.encode(encoding, "ignore")
    escaped = escape(text, quote=False)
    yield from (escaped.encode(), escape(text).encode())
    yield from (quote(text).encode(), quote_plus(text).encode())
    if text.isascii():
        return
    for encoding in _LEGACY:
        with suppress(UnicodeEncodeError):
            yield text.encode(encoding)
    yield escaped.encode("ascii", "xmlcharrefreplace")
    for form in ("&#x{:x};", "&#x{:X};"):
        yield "".join(
            mark if mark.isascii() else form.format(ord(mark)) for mark in escaped
        ).encode()
    yield "".join(
        f"&{codepoint2name[ord(mark)]};"
        if ord(mark) > _ASCII and ord(mark) in codepoint2name
        else mark
        for mark in escaped
    ).encode("utf-8", "ignore")
    yield text.encode("ascii", "backslashreplace")
    for encoding in ("latin-1", "cp1252", "cp1251", "shift_jis", "euc-jp"):
        with suppress(UnicodeEncodeError):
            yield from (
                quote(text, encoding=encoding).encode(),
                quote_plus(text, encoding=encoding).encode(),
            )


def search(folder: Path, wanted: tuple[bytes, ...]) -> Searched:
    """Search every file under `folder` for any of the byte strings."""
    sought = Needles(wanted)
    files = total = 0
    found = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        files += 1
        with path.open("rb") as file:
            hit, length = _search(_blocks(file), sought, 0)
        total += length
        if hit:
            found.append(path.relative_to(folder).as_posix())
    return Searched(files, total, tuple(found))


def _search(blocks: Iterator[bytes], wanted: Needles, depth: int) -> tuple[bool, int]:
    """Search a stream; where a compressed member begins, search what is in it as well."""
    overlap = wanted.longest - 1
    tail, total = b"", 0
    unpackers: list[_Unpacker] = []
    for block in blocks:
        total += len(block)
        window = tail + block
        if wanted.within(window):
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

    def __init__(self, first: int, wanted: Needles, depth: int) -> None:
        self._unpack = (
            zlib.decompressobj(zlib.MAX_WBITS + 16)
            if first == _GZIP[0]
            else zstandard.ZstdDecompressor().decompressobj()
        )
        self._wanted = wanted
        self._depth = depth
        self._tail = b""
        self._overlap = wanted.longest - 1
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
        self.hit = self._wanted.within(window)
        if not self.hit and self._depth < _DEPTH and (_GZIP in text or _ZSTD in text):
            self.hit = _search(iter([text]), self._wanted, self._depth)[0]
        self._tail = window[-self._overlap :] if self._overlap else b""
        self.ended = self.hit is False and self._unpack.eof


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    while block := file.read(_BLOCK):
        yield block
