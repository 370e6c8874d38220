"""The "judging now" slot: which URL was being judged when the process died.

A crash inside a parser takes the process with it, so the note must outlive it: eight bytes
in a shared memory map, written without a system call. (A power cut may lose it; then
nothing is suspected.)
"""

from __future__ import annotations

import mmap
import struct
from pathlib import Path

_NAME = "judging"
_FORMAT = struct.Struct("<q")


class Slot:
    """Holds the id of the URL being judged, 0 for none."""

    def __init__(self, folder: Path) -> None:
        path = folder / _NAME
        if not path.exists() or path.stat().st_size != _FORMAT.size:
            path.write_bytes(bytes(_FORMAT.size))
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), _FORMAT.size)
        self.left_over: int = _FORMAT.unpack(self._map[:])[0]
        self.mark(0)

    def mark(self, url_id: int) -> None:
        """Note that `url_id` is being judged now."""
        _FORMAT.pack_into(self._map, 0, url_id)

    def close(self) -> None:
        self._map.close()
