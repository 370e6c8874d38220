"""A search of every file for bytes that must be gone: inside gzip, zstd and databases as well."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import zstandard

from crawler.corpus.removal.byte_spellings import needles
from crawler.corpus.removal.needles import AFTER, Needles
from crawler.store.archive import FOLDER
from crawler.store.job import DATABASE

__all__ = ["Searched", "Sought", "needles", "search"]

_BLOCK = 1 << 20
_DEPTH = 3  # a compressed file in a compressed file in a compressed file
_GZIP, _ZSTD = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"
_SQLITE = b"SQLite format 3\0"
_ZLIB = b"\x78"
# Parts the values of a database, so that no address runs on into the next value.
_BETWEEN = b"\n" * AFTER


@dataclass(frozen=True, slots=True)
class Sought:
    """What is searched for. `outside`: only where the store itself does not lie.

    The store may go on naming the address of a page that was taken out; a copy may not.
    """

    anywhere: Needles
    outside: Needles

    def __len__(self) -> int:
        return len(self.anywhere) + len(self.outside)


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search looked at, and the files in which something was found."""

    files: int
    bytes: int  # decompressed content included
    found: tuple[str, ...]  # paths, never the bytes
    unread: tuple[str, ...] = ()  # what could not be read to its end


def search(folder: Path, wanted: Sought | Iterable[bytes]) -> Searched:
    """Search every file under `folder`, databases value by value as well."""
    sought = wanted if isinstance(wanted, Sought) else Sought(Needles(wanted), Needles())
    files = total = 0
    found, unread = [], []
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        files += 1
        place = path.relative_to(folder).as_posix()
        for wanted_here in _here(path, sought):
            try:
                hit, length = _in_file(path, wanted_here)
            except (OSError, sqlite3.Error):
                unread.append(place)
                continue
            total += length
            if hit:
                found.append(place)
    return Searched(files, total, tuple(dict.fromkeys(found)), tuple(dict.fromkeys(unread)))


def holds(path: Path, sought: Sought) -> bool:
    """Say if a file of the archive holds anything that must be in none."""
    return bool(sought.anywhere) and _in_file(path, sought.anywhere)[0]


def _here(path: Path, sought: Sought) -> Iterator[Needles]:
    yield sought.anywhere
    in_store = path.name.startswith(DATABASE) or (
        path.parent.name == FOLDER and (path.parent.parent / DATABASE).exists()
    )
    if sought.outside and not in_store:
        yield sought.outside


def _in_file(path: Path, wanted: Needles) -> tuple[bool, int]:
    scan = _Scan(wanted, 0)
    with path.open("rb") as file:
        is_database = file.read(len(_SQLITE)) == _SQLITE
        file.seek(0)
        while not scan.hit and (block := file.read(_BLOCK)):
            scan.feed(block)
    scan.end()
    inside = is_database and bool(wanted) and not scan.hit
    return scan.hit or (inside and _in_database(path, wanted)), scan.read


class _Scan:
    """A search of a stream; where a compressed member begins, of what is in it as well."""

    def __init__(self, wanted: Needles, depth: int) -> None:
        self._wanted = wanted
        self._depth = depth
        self._tail = b""
        self._unpackers: list[_Unpacker] = []
        self.read = 0
        self.hit = False

    def feed(self, block: bytes) -> None:
        self.read += len(block)
        window = self._tail + block
        self.hit = self.hit or self._wanted.within(window, last=False)
        if not self.hit and self._depth < _DEPTH:
            for unpacker in self._unpackers:
                unpacker.feed(block)
            for start in _starts(window, len(self._tail)):
                unpacker = _Unpacker(window[start], self._wanted, self._depth + 1)
                unpacker.feed(window[start:])
                self._unpackers.append(unpacker)
            self._settle()
        self._tail = window[-self._wanted.overlap :]

    def end(self) -> None:
        """Look at what was held back because more might have followed."""
        self.hit = self.hit or self._wanted.within(self._tail)
        for unpacker in self._unpackers:
            unpacker.end()
        self._settle()

    def _settle(self) -> None:
        for unpacker in self._unpackers:
            self.hit = self.hit or unpacker.inside.hit
            if unpacker.ended:
                self.read += unpacker.inside.read
        self._unpackers = [item for item in self._unpackers if not item.ended]


class _Unpacker:
    """What may be one compressed member; most that look like one end at once."""

    def __init__(self, first: int, wanted: Needles, depth: int) -> None:
        self._unpack = (
            zlib.decompressobj(zlib.MAX_WBITS + 16)
            if first == _GZIP[0]
            else zstandard.ZstdDecompressor().decompressobj()
        )
        self.inside = _Scan(wanted, depth)
        self.ended = False

    def feed(self, data: bytes) -> None:
        if self.ended:
            return
        try:
            self.inside.feed(self._unpack.decompress(data))
        except (zlib.error, zstandard.ZstdError):
            self.end()
            return
        if self._unpack.eof:
            self.end()

    def end(self) -> None:
        if not self.ended:
            self.ended = True
            self.inside.end()


def _starts(window: bytes, known: int) -> Iterator[int]:
    for magic in (_GZIP, _ZSTD):
        at = window.find(magic, max(0, known - len(magic) + 1))
        while at >= 0:
            yield at
            at = window.find(magic, at + 1)


def _in_database(path: Path, wanted: Needles) -> bool:
    """Search a database as it is read: values lie in pieces on its pages, some packed."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    connection.text_factory = bytes
    try:
        return any(wanted.within(data) for data in _gathered(_values(connection)))
    finally:
        connection.close()


def _values(connection: sqlite3.Connection) -> Iterator[bytes]:
    tables = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    for (name,) in tables:
        quoted = name.decode("utf-8", "replace").replace('"', '""')
        for row in connection.execute(f'SELECT * FROM "{quoted}"'):  # noqa: S608 - a quoted name
            for value in row:
                if isinstance(value, bytes):
                    yield value
                    if value.startswith(_ZLIB):
                        yield from _unpacked(value)


def _unpacked(value: bytes) -> Iterator[bytes]:
    try:
        text = zlib.decompress(value)
    except zlib.error:
        return
    yield text
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return
    yield from (item.encode("utf-8", "replace") for item in _strings(found))


def _strings(value: object) -> Iterator[str]:
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, list):
            waiting += item
        elif isinstance(item, dict):
            waiting += [*item, *item.values()]


def _gathered(values: Iterable[bytes]) -> Iterator[bytes]:
    """Join values, for a search has its price each time it is called."""
    parts: list[bytes] = []
    size = 0
    for value in values:
        parts.append(value)
        size += len(value)
        if size >= _BLOCK:
            yield _BETWEEN.join(parts)
            parts, size = [], 0
    yield _BETWEEN.join(parts)
