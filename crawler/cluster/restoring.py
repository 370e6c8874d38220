"""A shard's folder made from its newest snapshot, before anybody else reads it.

What was asked after the snapshot is not known here. So every host is left alone for its whole
delay from now, and none is asked before as long a wait is over as is not promised at the URL; the
visits are made again. What was promised since comes into the folder before it is one.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from crawler.cluster.folder_mark import Mark, mark, read_mark
from crawler.cluster.job_url import pieces_of, snapshot_numbers
from crawler.cluster.pieces import LostPieceError, Pieces
from crawler.cluster.snapshot import Owner, Snapshot
from crawler.cluster.snapshots import FencedError, manifests, put, snapshots, whole
from crawler.storage import sync_folder
from crawler.store.connection import SQL_ERRORS, StoreError, explain
from crawler.store.database import Connection, commit, connect
from crawler.store.job import DATABASE, hold, make_folder, note_restored
from crawler.store.ledger import append

_log = logging.getLogger(__name__)

PROMISED_ABOVE = 60.0  # seconds: longer waits are promised at the URL, shorter ones waited out
_DRAFT = ".restored.new"
_OLD = ".before.old"


class BehindError(StoreError):
    """What can be restored is older than what was published from the shard."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a folder was made of. `snapshot` None: of nothing, the shard is new.

    `here`: it was left as it lay there, for nobody has owned the shard since.
    """

    snapshot: Snapshot | None
    here: bool
    rest_until: float  # no host is asked before; seconds since the epoch, 0.0 for a new shard
    passed_over: tuple[str, ...] = ()  # newer snapshots that were not whole


def restore(
    part: str, folder: Path, owner: Owner, now: float, promised_above: float = PROMISED_ABOVE
) -> Restored:
    """Make `folder` the shard's as its newest whole snapshot at `part` has it, and own it.

    From then on no earlier owner's snapshot counts. A folder of the last owner that lies here
    still is gone on with. Killed anywhere, it can be done again.

    Raises:
        FencedError: Another owner of this or a later epoch has taken the shard over.
        BehindError: Only what is older than a published version could be restored.
        StorageError: The URL is out of reach.
        StoreError: The folder cannot be written, or a process works on it.
    """
    make_folder(folder.parent)
    _clear(folder)
    places = manifests(part)
    if places and (snapshot_numbers(places[0]) or (0, 0)) >= (owner.epoch, 0):
        raise FencedError(
            f"{part}: epoch {owner.epoch} was given to another owner already: take a later one"
        )
    last = next(iter(snapshots(part)), None)
    if last is not None and _left_here(folder, last):
        owners = ((owner.epoch, owner.name), (last.owner.epoch, last.owner.name))
        mark(folder, replace(read_mark(folder), owners=owners))
        put(part, replace(last, owner=owner, number=0, at=now, clean=False))
        return Restored(last, here=True, rest_until=0.0)
    if last is None:
        put(part, Snapshot(owner, 0, now, clean=False, head=(0, "")))
        make_folder(folder)
        mark(folder, Mark(((owner.epoch, owner.name),)))
        return Restored(None, here=False, rest_until=0.0)
    draft = folder.with_name(folder.name + _DRAFT)
    found, passed = fetch_newest(part, draft, folder)
    # After a clean end with nobody since, everything that was asked is known.
    known = found.clean and found.order == last.order
    until = now if known else now + promised_above
    _take_up(draft, found, owner, (now, until))
    mark(draft, Mark(((owner.epoch, owner.name),)))
    put(part, replace(found, owner=owner, number=0, at=now, clean=False))
    _swap(draft, folder)
    return Restored(found, here=False, rest_until=until, passed_over=passed)


def _left_here(folder: Path, last: Snapshot) -> bool:
    owners = read_mark(folder).owners
    return (folder / DATABASE).is_file() and (last.owner.epoch, last.owner.name) in owners


def fetch_newest(part: str, draft: Path, beside: Path) -> tuple[Snapshot, tuple[str, ...]]:
    """Write the newest whole snapshot to the folder `draft`; what `beside` has comes from there.

    Returns it and the names of newer ones that are not whole.

    Raises:
        StoreError: None is whole.
        StorageError: The URL is out of reach.
    """
    passed = [place.rpartition("/")[2] for place in manifests(part)]
    pieces = Pieces(pieces_of(part))
    pieces.look()
    for found in whole(part):
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        try:
            for path, made_of in found.files.items():
                pieces.fetch(made_of, _inside(draft, path), _inside(beside, path))
        except LostPieceError as error:
            _log.warning("the snapshot %s of %s is passed over: %s", found.name, part, error)
            continue
        newer = [name for name in passed if (snapshot_numbers(name) or (0, 0)) > found.order]
        return found, tuple(newer)
    raise StoreError(
        f"{part} has no whole snapshot, only {', '.join(passed) or 'none'}: put back what is"
        " missing of one, or begin the job anew at another URL"
    )


def _inside(folder: Path, path: str) -> Path:
    found = folder / path
    if not found.resolve().is_relative_to(folder.resolve()):
        raise StoreError(f"a snapshot names {path!r}, which lies outside its folder")
    return found


def _take_up(draft: Path, found: Snapshot, owner: Owner, times: tuple[float, float]) -> None:
    """Make what was fetched a job that stopped uncleanly, and note it in its ledger."""
    now, until = times
    if not (draft / DATABASE).is_file():
        connect(draft / DATABASE).close()  # nothing was kept yet, but hosts may have been asked
    with _writing(draft) as connection:
        connection.execute("UPDATE host SET due = max(due, ? + delay)", (now,))
        note_restored(connection, until)
        payload = {
            "snapshot": found.name,
            "taken": found.at,
            "epoch": owner.epoch,
            "head": [*found.head],
        }
        append(connection, "restored", payload, now)


@contextmanager
def _writing(folder: Path) -> Iterator[Connection]:
    try:
        with closing(connect(folder / DATABASE)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            commit(connection)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except SQL_ERRORS as error:
        raise explain(error) from error


def _swap(draft: Path, folder: Path) -> None:
    """Put the draft in the folder's place; nobody may work on that."""
    old = folder.with_name(folder.name + _OLD)
    if folder.exists():
        with hold(folder):
            folder.rename(old)
    draft.rename(folder)
    sync_folder(folder.parent)
    shutil.rmtree(old, ignore_errors=True)


def _clear(folder: Path) -> None:
    """Remove what a restore that was killed left behind."""
    for end in (_DRAFT, _OLD):
        shutil.rmtree(folder.with_name(folder.name + end), ignore_errors=True)
