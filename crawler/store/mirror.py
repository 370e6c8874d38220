"""A copy of a job's WARC files on other storage: what lies there, and what it still owes.

A file counts as copied when it was read back from there and its hash was right; only then may it
go from here. What is to be taken out of files that lie only there, while nobody can reach them, is
owed: it is remembered, by ids and keyed hashes, until it is done.
"""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from hashlib import file_digest
from pathlib import Path
from typing import IO

from crawler.durable_files import replace_durably
from crawler.storage import StorageError, copy, join, open_stream
from crawler.store.archive import FOLDER, MIRROR
from crawler.store.connection import StoreError

_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Copied:
    """One file as it lies on the mirror."""

    place: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Owed:
    """What is to be taken out of `files` as soon as they can be had. No address stands in it."""

    files: tuple[str, ...]
    records: tuple[str, ...]  # ids of WARC records
    urls: tuple[str, ...]  # keyed hashes
    key: str
    reason: str

    def is_about(self, record_id: str, near: str, url: str) -> bool:
        """Say if a record is among what is to be taken out."""
        if record_id in self.records or (near and near in self.records):
            return True
        return bool(self.urls) and hashed(self.key, url) in self.urls


@dataclass(slots=True)
class Mirror:
    """What a job remembers of its mirror. `save` after a change."""

    folder: Path  # of the job
    files: dict[str, Copied] = field(default_factory=dict)
    owed: list[Owed] = field(default_factory=list)

    def local(self, name: str) -> Path:
        return self.folder / FOLDER / name

    def only_there(self) -> list[str]:
        """Return the files that lie nowhere else."""
        return [name for name in sorted(self.files) if not self.local(name).is_file()]

    def owe(
        self, files: Iterable[str], records: Iterable[str], urls: Iterable[str], why: str
    ) -> None:
        """Remember what is to be taken out of files that cannot be reached now."""
        key = os.urandom(_KEY_BYTES).hex()
        spelled = tuple(sorted(hashed(key, url) for url in urls))
        self.owed.append(Owed(tuple(sorted(files)), tuple(sorted(records)), spelled, key, why))

    def put(self, name: str, place: str) -> None:
        """Copy a file of here to `place`, read it back, and remember it.

        Raises:
            StorageError: It did not get there, or not as it is here.
        """
        path = self.local(name)
        digest = copy(str(path), place)
        if digest != digest_of(path):
            raise StorageError(place, f"{path} changed while it was copied", "try again")
        self.files[name] = Copied(place, digest, path.stat().st_size)
        self.save()

    def save(self) -> None:
        value = {
            "files": {name: asdict(item) for name, item in sorted(self.files.items())},
            "owed": [asdict(item) for item in self.owed],
        }
        replace_durably(self.folder / MIRROR, json.dumps(value, indent=1).encode())


def read_mirror(folder: Path) -> Mirror:
    """Return what the job in `folder` remembers of its mirror; nothing lies there if nothing is.

    Raises:
        StoreError: The file that says so is damaged.
    """
    path = folder / MIRROR
    if not path.is_file():
        return Mirror(folder)
    try:
        value = json.loads(path.read_bytes())
        files = {name: Copied(**item) for name, item in value["files"].items()}
        owed = [
            Owed(
                tuple(item["files"]), tuple(item["records"]), tuple(item["urls"]), item["key"],
                item["reason"],
            )
            for item in value["owed"]
        ]  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(
            f"{path} is damaged: what lies on the mirror is not known; restore it from a copy"
        ) from error
    return Mirror(folder, files, owed)


def open_raw(archive: Path, name: str) -> IO[bytes]:
    """Open a WARC file of a job for reading: here, or where its only copy lies.

    Raises:
        FileNotFoundError: There is none.
        StorageError: The mirror cannot be reached.
    """
    path = archive / name
    if not path.is_file() and (item := read_mirror(archive.parent).files.get(name)) is not None:
        return open_stream(item.place)
    return path.open("rb")


def place_of(mirror: str, folder: Path, name: str) -> str:
    """Return where a file of the job in `folder` lies on a mirror: jobs do not meet there."""
    names = [folder.name]
    if (folder.parent / "shards.json").is_file():  # a shard goes by its job's name, too
        names.insert(0, folder.parent.name)
    return join(mirror, *names, name)


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def hashed(key: str, url: str) -> str:
    """Return the keyed hash that stands for an address."""
    return hmac.digest(bytes.fromhex(key), url.encode("utf-8", "replace"), "sha256").hex()
