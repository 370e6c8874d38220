"""Files that a power cut leaves as they were or as they became: written beside, synced, put in."""

from __future__ import annotations

import os
from pathlib import Path


def replace_durably(path: Path, data: bytes) -> None:
    """Write a file that is seen only when it is whole, and stays when this returns.

    Killed meanwhile, it leaves a draft, `NAME.new`, that the next one replaces.

    Raises:
        OSError: It cannot be written; what was there is there still.
    """
    draft = path.with_name(f"{path.name}.new")
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names of new files in `folder` survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
