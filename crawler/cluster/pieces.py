"""Files kept in pieces by their own hash: what lies there already is not sent again.

A WARC file grows at its end and a database changes in places, so most pieces of a folder are
those of the snapshot before. A piece is stored as one zstd frame.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import IO

import zstandard

from crawler.cluster.snapshot import Piece
from crawler.storage import join, listing, name_of, open_stream, writing

SIZE = 8 << 20  # bytes: a request takes as long as half a megabyte, and a change sends one piece
_LEVEL = 3
_AT_ONCE = 4  # uploads: an object store answers in tens of milliseconds


class LostPieceError(Exception):
    """A piece is not there, or is not what was written."""


@dataclass(slots=True)
class Sent:
    """What sending files took."""

    objects: int = 0
    bytes: int = 0


@dataclass(slots=True)
class Pieces:
    """The pieces of one shard at its URL. `there`: sizes by hash, as last listed."""

    folder: str
    known: Mapping[str, Piece] = field(default_factory=dict)  # of earlier snapshots
    there: dict[str, int] = field(default_factory=dict)
    sent: Sent = field(default_factory=Sent)

    def look(self) -> None:
        """List what is there.

        Raises:
            StorageError: It cannot be listed.
        """
        self.there = {name_of(item.place): item.bytes for item in listing(self.folder)}

    def lacks(self, pieces: Mapping[str, Piece]) -> list[str]:
        """Return those that are not there as they were stored."""
        return [name for name, piece in pieces.items() if self.there.get(name) != piece.stored]

    def send(self, file: IO[bytes]) -> tuple[Piece, ...]:
        """Store what a file holds from here on and is not stored yet; return its pieces.

        Raises:
            StorageError: A piece did not get there.
        """
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            made: list[Piece] = []
            for batch in _batches(iter(lambda: file.read(SIZE), b"")):
                made += pool.map(self._send, batch)
        return tuple(made)

    def _send(self, data: bytes) -> Piece:
        digest = sha256(data).hexdigest()
        known = self.known.get(digest)
        if known is not None and self.there.get(digest) == known.stored:
            return known
        packed = zstandard.ZstdCompressor(level=_LEVEL).compress(data)
        if self.there.get(digest) != len(packed):
            with writing(join(self.folder, digest)) as file:
                file.write(packed)
            self.there[digest] = len(packed)
            self.sent.objects += 1
            self.sent.bytes += len(packed)
        return Piece(digest, len(data), len(packed))

    def fetch(self, pieces: tuple[Piece, ...], path: Path, beside: Path | None = None) -> None:
        """Write a file from its pieces; those that `beside` has in their places come from it.

        Raises:
            LostPieceError: One is not there, or not what was written.
            StorageError: The storage cannot be reached.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            file = stack.enter_context(path.open("wb"))
            here: IO[bytes] = BytesIO()
            if beside is not None and beside.is_file():
                here = stack.enter_context(beside.open("rb"))
            for piece in pieces:
                data = here.read(piece.bytes)
                if sha256(data).hexdigest() != piece.sha256:
                    data = self.read(piece)
                file.write(data)

    def read(self, piece: Piece) -> bytes:
        """Return the bytes of a piece.

        Raises:
            LostPieceError: It is not there, or not what was written.
            StorageError: The storage cannot be reached.
        """
        place = join(self.folder, piece.sha256)
        if self.there.get(piece.sha256) != piece.stored:
            raise LostPieceError(f"{place} is not there as it was stored")
        with open_stream(place) as file:
            packed = file.read(piece.stored + 1)
        try:
            data = zstandard.ZstdDecompressor().decompress(packed, max_output_size=piece.bytes)
        except zstandard.ZstdError as error:
            raise LostPieceError(f"{place} cannot be unpacked ({error})") from error
        if sha256(data).hexdigest() != piece.sha256:
            raise LostPieceError(f"{place} is not what was written")
        return data


def _batches(blocks: Iterator[bytes]) -> Iterator[list[bytes]]:
    """Yield a few blocks at a time: what is read waits for what is sent."""
    batch: list[bytes] = []
    for block in blocks:
        batch.append(block)
        if len(batch) == _AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch
