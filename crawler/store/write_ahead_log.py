"""The write-ahead log beside the database: whether it was cut off.

Format: sqlite.org/fileformat2 section 4. A log that ends within a frame lost its end: the
machine lost power while it was written, or somebody cut it.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

_HEAD, _FRAME_HEAD = 32, 24
_MAGIC = frozenset({0x377F0682, 0x377F0683})
_PAGE_SIZE, _SALTS = slice(8, 12), slice(16, 24)
_COMMIT, _FRAME_SALTS = slice(4, 8), slice(8, 16)


class Log(NamedTuple):
    """`whole`: transactions that can be read; `torn`: the log ends within one."""

    whole: int
    torn: bool


def read_log(database: Path) -> Log:
    """Return how the log of `database` ends; without one, Log(0, False)."""
    path = Path(f"{database}-wal")
    size = path.stat().st_size if path.exists() else 0
    if not size:
        return Log(0, torn=False)
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if len(head) < _HEAD or int.from_bytes(head[:4], "big") not in _MAGIC:
            return Log(0, torn=True)
        page, salts, whole, open_frames = (
            int.from_bytes(head[_PAGE_SIZE], "big"),
            head[_SALTS],
            0,
            0,
        )
        while True:
            frame = file.read(_FRAME_HEAD)
            if not frame:
                break
            if len(frame) == _FRAME_HEAD and frame[_FRAME_SALTS] != salts:
                open_frames = 0
                break  # what follows is of an older round
            if len(frame) < _FRAME_HEAD or file.tell() + page > size:
                return Log(whole, torn=True)
            file.seek(page, 1)
            open_frames += 1
            if int.from_bytes(frame[_COMMIT], "big"):
                whole, open_frames = whole + 1, 0
    return Log(whole, torn=bool(open_frames))
