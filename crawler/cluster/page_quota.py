"""One limit of pages for all shards: a shared file that says what each may come to hold.

A shard asks before it claims, with what it holds and what it has under way. So the sum never
passes the limit, and a shard that dies is counted with what it had under way until it is
started again.
"""

from __future__ import annotations

import fcntl
import os
import struct
from collections.abc import Sequence
from pathlib import Path

_NAME = "pages"


def note_pages(folder: Path, held: Sequence[int]) -> None:
    """Say what each shard holds, before any of them runs."""
    (folder / _NAME).write_bytes(struct.pack(f"<{len(held)}q", *held))


class FileQuota:
    """The pages of a job's shards as one of them sees them. `most` None: no limit."""

    def __init__(self, folder: Path, shard: int, count: int) -> None:
        self._format = struct.Struct(f"<{count}q")
        self._shard = shard
        self._file = os.open(folder / _NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        self._own = -1
        self.most: int | None = None

    def take(self, pages: int) -> bool:
        """Say if this shard may come to hold `pages`; if so, the others see it from now on."""
        if pages == self._own:
            return True
        fcntl.flock(self._file, fcntl.LOCK_EX)
        try:
            held = list(self._format.unpack(self._read()))
            more = pages > held[self._shard] or self._own < 0
            held[self._shard] = pages
            if more and self.most is not None and sum(held) > self.most:
                return False
            os.pwrite(self._file, self._format.pack(*held), 0)
            self._own = pages
        finally:
            fcntl.flock(self._file, fcntl.LOCK_UN)
        return True

    def rest(self, pages: int, *, idle: bool) -> None:
        """Have the others see what this shard holds."""
        del idle
        self.take(pages)

    def settled(self) -> bool:
        return True

    def close(self) -> None:
        os.close(self._file)

    def _read(self) -> bytes:
        return os.pread(self._file, self._format.size, 0).ljust(self._format.size, b"\0")
