"""One limit per IP address and group of hosts for all shards of a machine: a shared file of slots.

A slot holds when the next request may be made; its lock is held while one is under way. The
lock is the operating system's, so a shard that dies lets go of it. Two limits may share a slot,
and where several requests at once are allowed they are one shard's; that only makes us slower.
"""

from __future__ import annotations

import fcntl
import os
import struct
from collections import Counter
from hashlib import blake2b
from pathlib import Path

_SLOTS = 65_536
_FORMAT = struct.Struct("<d")
_NAME = "addresses"
# How soon (seconds) to look again at an address that another shard is using now.
_LOOK_AGAIN = 0.02


class LimitsFile:
    """The limits as one shard sees them. Times are seconds since the epoch."""

    def __init__(self, folder: Path) -> None:
        self._file = os.open(folder / _NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        if os.fstat(self._file).st_size < _SLOTS * _FORMAT.size:
            os.ftruncate(self._file, _SLOTS * _FORMAT.size)
        self._inside: Counter[int] = Counter()

    def enter(self, key: str, now: float, delay: float) -> float:
        """Return 0.0 and take the limit, or the time at which to ask again.

        The limit opens again `delay` from now at the earliest, also if this shard dies.
        """
        slot = _slot(key)
        if self._inside[slot] == 0:
            try:
                fcntl.lockf(
                    self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, _FORMAT.size, slot * _FORMAT.size
                )
            except OSError:
                return now + _LOOK_AGAIN
            opens: float = _FORMAT.unpack(os.pread(self._file, _FORMAT.size, slot * _FORMAT.size))[
                0
            ]
            if opens > now:
                self._unlock(slot)
                return opens
            self._open_at(slot, now + delay)
        self._inside[slot] += 1
        return 0.0

    def leave(self, key: str, opens: float) -> None:
        """Give the limit back; no shard may pass it before `opens`."""
        slot = _slot(key)
        self._inside[slot] -= 1
        if self._inside[slot] == 0:
            self._open_at(slot, opens)
            self._unlock(slot)

    def close(self) -> None:
        os.close(self._file)

    def _open_at(self, slot: int, at: float) -> None:
        os.pwrite(self._file, _FORMAT.pack(at), slot * _FORMAT.size)

    def _unlock(self, slot: int) -> None:
        fcntl.lockf(self._file, fcntl.LOCK_UN, _FORMAT.size, slot * _FORMAT.size)


def _slot(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=4).digest(), "big") % _SLOTS
