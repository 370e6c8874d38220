"""Raw answers dealt out to new shards: gzip members copied as they are, site by site."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import IO

from crawler.cluster.moving_rows import Place
from crawler.core.urls import parse
from crawler.corpus.records.archived_record import unpack
from crawler.durable_files import sync_folder
from crawler.frontier.sharding import shard_of
from crawler.store.archive import FOLDER, MAX_BYTES
from crawler.store.connection import Connection, StoreError
from crawler.store.mirror import Owed, open_raw


class _Out:
    """The WARC files of one new shard."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER
        self._file: IO[bytes] | None = None
        self.committed: dict[str, int] = {}

    def put(self, raw: bytes, head: bytes, *, may_begin: bool) -> Place:
        """Append a member; in a new file, behind `head`, if the last one is full."""
        name = f"crawl-{max(len(self.committed) - 1, 0):05d}.warc.gz"
        if self._file is None or (may_begin and self.committed[name] >= MAX_BYTES):
            self.close()
            name = f"crawl-{len(self.committed):05d}.warc.gz"
            self._folder.mkdir(exist_ok=True)
            self._file = (self._folder / name).open("wb")
            self.committed[name] = self._file.write(head)
        place = Place(name, self.committed[name])
        self.committed[name] += self._file.write(raw)
        return place

    def close(self) -> None:
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._file = None
            sync_folder(self._folder)


class Archives(AbstractContextManager["Archives"]):
    """Writes the archives of new shards in `folders`, from those of one job after the other."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._outs = [_Out(folder) for folder in folders]

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for out in self._outs:
            out.close()

    def committed(self, shard: int) -> dict[str, int]:
        """Return how far the files of a new shard go."""
        return self._outs[shard].committed

    def deal(self, job: Path, connection: Connection, owed: Sequence[Owed]) -> dict[Place, Place]:
        """Copy the raw answers of a job; return where those of pages went, by where they were.

        What is `owed`, to be taken out where it could not be reached, is left out.

        Raises:
            StoreError: A record cannot be read: what it holds would be lost.
        """
        places: dict[Place, Place] = {}
        files = connection.execute("SELECT file, committed FROM archive ORDER BY file")
        for name, committed in files.fetchall():
            due = [item for item in owed if name in item.files]
            with open_raw(job / FOLDER, str(name)) as file:
                places |= self._file(file, str(name), committed, due)
        return places

    def _file(
        self, file: IO[bytes], name: str, committed: int, owed: Sequence[Owed]
    ) -> dict[Place, Place]:
        places: dict[Place, Place] = {}
        head = b""
        for at, raw, fields in _members(file, name, committed):
            if fields.get("warc-type") == "warcinfo":
                head = head or raw
                continue
            text, own = fields.get("warc-target-uri", ""), fields.get("warc-record-id", "")
            url = parse(text)
            near = fields.get("warc-concurrent-to", "")
            if url is None or any(item.is_about(own, near, text) for item in owed):
                continue  # of what was taken out only its place is left
            out = self._outs[shard_of(url.site, len(self._outs))]
            begins = fields.get("warc-type") == "response"
            places[Place(name, at)] = out.put(raw, head, may_begin=begins)
        return places


def _members(
    file: IO[bytes], name: str, committed: int
) -> Iterator[tuple[int, bytes, dict[str, str]]]:
    at = 0
    while at < committed:
        member = unpack(file, at)
        if member.fault or not member.size:
            raise StoreError(
                f"{FOLDER}/{name} at {at} {member.fault}: nothing was changed; look with"
                " `crawler doctor` what can be mended"
            )
        file.seek(at)
        lines = member.content.partition(b"\r\n\r\n")[0].decode("utf-8", "replace").split("\r\n")
        pairs = (line.partition(":") for line in lines[1:])
        yield at, file.read(member.size), {key.lower(): text.strip() for key, _, text in pairs}
        at += member.size
