"""Putting the new folders of a job in place of the old: all of them, or none, whatever is killed.

New folders are made in a draft beside the old. Once they are whole and proven, a note says so,
and from then on whoever opens the job first brings it to its end: old ones out, new ones in, the
old ones gone.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from crawler.durable_files import replace_durably, sync_folder
from crawler.storage import delete
from crawler.store.archive import FOLDER, MIRROR
from crawler.store.connection import StoreError
from crawler.store.job import DATABASE

NOTE = "reshard.json"
DRAFT, _OLD = ".reshard-new", ".reshard-old"
_OUT, _IN, _CLEAN = "out", "in", "clean"
# What is of one job folder and not of the operator.
OWN = frozenset(
    {DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", FOLDER, MIRROR, "inbox", "judging", "lock"}
    | {"reload.answer", "run.json", "snapshot.json"}
)
_SHARD = re.compile(r"shards\.json|shard-\d{3,}")


def begin(job: Path, goes: Sequence[str], mirrored: Sequence[str]) -> None:
    """Note that the draft is whole and takes the place of what `goes`, by name.

    `mirrored`: copies on other storage that are of what goes, and go with it.
    """
    _note(job, {"step": _OUT, "goes": list(goes), "mirrored": list(mirrored)})
    finish(job)


def finish(job: Path) -> None:
    """Bring a swap to its end that was begun, and waits for nobody but us.

    Raises:
        StorageError: A copy on other storage is out of reach; all else is done.
    """
    path = job / NOTE
    try:
        lock = os.open(job, os.O_RDONLY)
    except OSError:
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if path.is_file():
            _finish(job, path)
    finally:
        os.close(lock)


def _finish(job: Path, path: Path) -> None:
    try:
        note = json.loads(path.read_bytes())
        step, goes, mirrored = str(note["step"]), list(note["goes"]), list(note["mirrored"])
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{path} is damaged: it says how far a change of shards has come") from (
            error
        )
    draft, old = job / DRAFT, job / _OLD
    if step == _OUT:
        old.mkdir(exist_ok=True)
        for name in goes:
            if (job / name).exists():
                (job / name).rename(old / name)
        _sync(job, old)
        _note(job, {**note, "step": _IN})
    if step in (_OUT, _IN):
        for item in sorted(draft.iterdir()) if draft.is_dir() else ():
            item.rename(job / item.name)
        _sync(job, draft)
        _note(job, {**note, "step": _CLEAN})
    for place in mirrored:
        delete(place)
    for folder in (old, draft):
        shutil.rmtree(folder, ignore_errors=True)
    path.unlink()
    sync_folder(job)


def drop_draft(job: Path) -> None:
    """Remove what a change of shards left that was killed before it was whole."""
    for name in (DRAFT, _OLD):
        shutil.rmtree(job / name, ignore_errors=True)


def own_names(job: Path) -> list[str]:
    """Return the names in a job's folder that go with its number of shards."""
    names = (item.name for item in job.iterdir())
    return sorted(
        name for name in names if (name in OWN and name != "lock") or _SHARD.fullmatch(name)
    )


def _sync(*folders: Path) -> None:
    for folder in folders:
        if folder.is_dir():
            sync_folder(folder)


def _note(job: Path, value: dict[str, object]) -> None:
    replace_durably(job / NOTE, json.dumps(value).encode())
