"""What the local folder of a shard notes of its snapshots: whose it is, and what was sent of it.

A folder that the newest owner left behind on this machine holds more than any snapshot. Nobody
else has asked anything since, for an owner writes to the URL before its first request.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TypeAlias

from crawler.durable_files import replace_durably

MARK = "snapshot.json"
Stat: TypeAlias = tuple[int, ...]  # size, time of the last change, number: of a file


@dataclass(frozen=True, slots=True)
class Mark:
    """`owners`: epoch and name of who may have written last; `stats` of files, by path.

    `promises` are the names of those of earlier owners that are kept here; `copy_of` names the
    snapshot that a folder which only is read was made from.
    """

    owners: tuple[tuple[int, str], ...] = ()
    stats: Mapping[str, Stat] = field(default_factory=dict)
    promises: tuple[str, ...] = ()
    copy_of: str = ""


def read_mark(folder: Path) -> Mark:
    """Return what the folder notes; nothing if that cannot be read: it is then made anew."""
    try:
        value = json.loads((folder / MARK).read_bytes())
        return Mark(
            tuple((int(epoch), str(name)) for epoch, name in value["owners"]),
            {str(path): tuple(map(int, stat)) for path, stat in value["stats"].items()},
            tuple(str(name) for name in value["promises"]),
            str(value["copy_of"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Mark()


def mark(folder: Path, noted: Mark) -> None:
    """Note it, durably."""
    replace_durably(folder / MARK, json.dumps(asdict(noted)).encode())


def stat_of(path: Path) -> Stat:
    """Return what changes when a file does.

    Raises:
        FileNotFoundError: It is not there.
    """
    found = path.stat()
    return found.st_size, found.st_mtime_ns, found.st_ino
