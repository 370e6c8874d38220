"""What a snapshot of a shard says of itself: its manifest, as a value and as bytes. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from crawler.store.canonical import canonical

FORMAT = 1
_NO_MANIFEST = (
    *(json.JSONDecodeError, UnicodeDecodeError, RecursionError),
    *(KeyError, TypeError, AttributeError),
)


@dataclass(frozen=True, slots=True)
class Owner:
    """Who may write to a shard. `epoch` grows with each; `name` tells two of one epoch apart."""

    epoch: int
    name: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a file: the hash that names it, its bytes, and those of it as it is stored."""

    sha256: str
    bytes: int
    stored: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One snapshot. `files` by their path in the shard's folder; times are of the epoch."""

    owner: Owner
    number: int  # of this owner's snapshots; 0: what it took over, as it was
    at: float
    clean: bool  # all that was asked is in it, and its owner asks nothing any more
    head: tuple[int, str]  # where its ledger stands: number and hash; (0, "") without one
    files: Mapping[str, tuple[Piece, ...]] = field(default_factory=dict)
    promises: tuple[str, ...] = ()  # names of those that are in it

    @property
    def order(self) -> tuple[int, int]:
        """What snapshots are compared by: a later owner's come later, whenever they were made."""
        return self.owner.epoch, self.number

    @property
    def name(self) -> str:
        return f"{self.owner.epoch}-{self.number}"

    @property
    def pieces(self) -> dict[str, Piece]:
        """Every piece that it needs, by hash."""
        return {piece.sha256: piece for pieces in self.files.values() for piece in pieces}

    def to_bytes(self) -> bytes:
        """Return the manifest; a hash of it stands in it, so that a half of it is no manifest."""
        body = {
            "format": FORMAT,
            "epoch": self.owner.epoch,
            "owner": self.owner.name,
            "number": self.number,
            "at": self.at,
            "clean": self.clean,
            "head": [*self.head],
            "files": {
                path: [[one.sha256, one.bytes, one.stored] for one in pieces]
                for path, pieces in self.files.items()
            },
            "promises": [*self.promises],
        }
        return canonical({"snapshot": body, "sha256": _hash(body)}).encode()


def snapshot_from(data: bytes) -> Snapshot:
    """Return the snapshot of a manifest.

    Raises:
        ValueError: It is none, or is not as it was written.
    """
    try:
        value = json.loads(data.decode())
        body: dict[str, Any] = value["snapshot"]
        if value["sha256"] != _hash(body):
            raise ValueError("it was altered or cut: its hash does not fit")
        if body["format"] != FORMAT:
            raise ValueError(f"its format {body['format']!r} is not known here")
        seq, digest = body["head"]
        return Snapshot(
            Owner(int(body["epoch"]), str(body["owner"])),
            int(body["number"]),
            float(body["at"]),
            bool(body["clean"]),
            (int(seq), str(digest)),
            {
                str(path): tuple(Piece(str(sha), int(size), int(kept)) for sha, size, kept in found)
                for path, found in body["files"].items()
            },
            tuple(str(name) for name in body["promises"]),
        )
    except _NO_MANIFEST as error:
        raise ValueError(f"it is no manifest of a snapshot ({error!r})") from error


def _hash(body: Mapping[str, Any]) -> str:
    return sha256(canonical(body).encode()).hexdigest()
