"""The "judging now" slot: which URL was being judged when the process died.

A crash inside a parser takes the process with it, so the note must outlive it: eight bytes
in a shared memory map, written without a system call. (A power cut may lose it; then
nothing is suspected.)
"""

from __future__ import annotations

import mmap
import struct
from pathlib import Path

from crawler.store.database import explain_os

SLOT = "judging"
_FORMAT = struct.Struct("<q")


class Slot:
    """Holds the id of the URL being judged, 0 for none.

    Raises:
        StoreError: It cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        path = folder / SLOT
        try:
            if not path.exists() or path.stat().st_size != _FORMAT.size:
                path.write_bytes(bytes(_FORMAT.size))
            with path.open("r+b") as file:
                self._map = mmap.mmap(file.fileno(), _FORMAT.size)
        except OSError as error:
            raise explain_os(error) from error
        self.left_over: int = _FORMAT.unpack(self._map[:])[0]
        self.mark(0)

    def mark(self, url_id: int) -> None:
        """Note that `url_id` is being judged now."""
        _FORMAT.pack_into(self._map, 0, url_id)

    def close(self) -> None:
        self._map.close()


def suspect(folder: Path) -> int | None:
    """Return the id of the URL that was being judged, 0 for none, None if unreadable."""
    try:
        return int(_FORMAT.unpack((folder / SLOT).read_bytes())[0])
    except FileNotFoundError:
        return 0
    except (OSError, struct.error):
        return None
