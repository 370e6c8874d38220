"""A shard's folder made from its newest snapshot, before anybody else reads it.

What was asked after the snapshot is not known here. So every host is left alone for its whole
delay from now, and none is asked before as long a wait is over as is not promised at the URL; the
visits are made again. What was promised since comes into the folder before it is one.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from crawler.cluster.fetching import fetch_newest
from crawler.cluster.folder_mark import Mark, mark, read_mark
from crawler.cluster.job_url import heads_of, pieces_of, promises_of, snapshot_order, url_of
from crawler.cluster.keeping_promises import check_published, keep_waits, take_out
from crawler.cluster.promise import Promise
from crawler.cluster.promise_journal import PROMISED_ABOVE, read_promises, read_published
from crawler.cluster.snapshot import Owner, Snapshot
from crawler.cluster.snapshots import FencedError, manifests, put, snapshots
from crawler.cluster.suppression_at_url import read_list
from crawler.durable_files import sync_folder
from crawler.storage import listing, name_of
from crawler.store.connection import SQL_ERRORS, StoreError, explain
from crawler.store.database import commit, connect
from crawler.store.job import DATABASE, hold, make_folder, note_restored, read_job
from crawler.store.ledger import RESTORED, append

_DRAFT = ".restored.new"
_OLD = ".before.old"


@dataclass(frozen=True, slots=True)
class Restored:
    """What a folder was made of. `snapshot` None: of nothing, the shard is new.

    `here`: it was left as it lay there, for nobody has owned the shard since.
    """

    snapshot: Snapshot | None
    here: bool = False
    rest_until: float = 0.0  # no host is asked before; seconds since the epoch
    taken_out: int = 0  # pages that the snapshot held, and purges or the suppression list name
    passed_over: tuple[str, ...] = ()  # newer snapshots that were not whole


def restore(
    part: str, folder: Path, owner: Owner, now: float, promised_above: float = PROMISED_ABOVE
) -> Restored:
    """Make `folder` the shard's as its newest whole snapshot at `part` has it, and own it.

    From then on no earlier owner's snapshot counts. A folder of the last owner that lies here
    still is gone on with. Waits of more than `promised_above` seconds are those that `LongWaits`
    was told to promise. Killed anywhere, it can be done again.

    Raises:
        FencedError: Another owner of this or a later epoch has taken the shard over.
        BehindError: Only what is older than a published version could be restored.
        StorageError: The URL is out of reach.
        StoreError: The folder cannot be written, or a process works on it.
    """
    make_folder(folder.parent)
    places = manifests(part)
    if places and snapshot_order(places[0]) >= (owner.epoch, 0):
        raise FencedError(
            f"{part}: epoch {owner.epoch} was given to another owner already: take a later one"
        )
    last = _last(part)
    ours = ((owner.epoch, owner.name),)
    if last is not None and is_left_here(folder, last):
        # As long as the URL does not have it, the folder is known by either.
        noted = replace(read_mark(folder), owners=(*ours, (last.owner.epoch, last.owner.name)))
        mark(folder, noted)
        put(part, replace(last, owner=owner, number=0, at=now, clean=False))
        return Restored(last, here=True)
    if last is None:
        put(part, Snapshot(owner, 0, now, clean=False, head=(0, "")))
        make_folder(folder)
        mark(folder, Mark(ours))
        return Restored(None)
    draft = draft_of(folder)
    found, passed = fetch_newest(part, draft, folder)
    promises, taken = bring_up_to_date(part, draft, found, now)
    # After a clean end with nobody since, everything that was asked is known.
    until = now if found.clean and found.order == last.order else now + promised_above
    _take_up(draft, (found, promises), owner, (now, until))
    mark(draft, Mark(ours, promises=(*found.promises, *promises)))
    put(part, replace(found, owner=owner, number=0, at=now, clean=False))
    swap(draft, folder)
    return Restored(found, rest_until=until, taken_out=taken, passed_over=passed)


def copy_newest(part: str, folder: Path, now: float) -> Snapshot | None:
    """Make `folder` a copy of the newest whole snapshot, to be read; nobody loses the shard.

    One that its owner left here, or that is as new, is left alone. None: there is no snapshot.

    Raises:
        StorageError, StoreError: As `restore` does.
    """
    make_folder(folder.parent)
    last = _last(part)
    if last is None or not last.files:
        return None
    noted, promises = read_mark(folder), read_promises(part)
    if is_left_here(folder, last) or (noted.copy_of, {*promises} - {*noted.promises}) == (
        last.name,
        set(),
    ):
        return last
    draft = draft_of(folder)
    found, _ = fetch_newest(part, draft, folder)
    bring_up_to_date(part, draft, found, now)
    mark(draft, Mark(promises=(*found.promises, *promises), copy_of=found.name))
    swap(draft, folder)
    return found


def _last(part: str) -> Snapshot | None:
    """Return the newest snapshot whose manifest can be read, None if nothing was ever kept.

    Every owner writes a manifest before anything else, so without one something was lost: a shard
    that began anew would ask hosts that wait, and take again what was purged.

    Raises:
        StoreError: There is something, and no manifest that can be read.
    """
    last = next(iter(snapshots(part)), None)
    if last is not None:
        return last
    kept = (pieces_of(part), promises_of(part), heads_of(part))
    damaged = ["snapshots"] if manifests(part) else []
    if left := damaged + [name_of(place) for place in kept if listing(place)]:
        raise StoreError(
            f"{part} has no snapshot whose manifest can be read, but something is in"
            f" {', '.join(left)}: put one back, or begin the job anew at another URL"
        )
    return None


def is_left_here(folder: Path, last: Snapshot) -> bool:
    """Say if the folder is the one that the owner of the `last` snapshot left on this machine."""
    owners = read_mark(folder).owners
    return (folder / DATABASE).is_file() and (last.owner.epoch, last.owner.name) in owners


def bring_up_to_date(
    part: str, draft: Path, found: Snapshot, now: float
) -> tuple[dict[str, Promise], int]:
    """Take out of a draft what was purged since; return the promises since, and how many pages.

    Raises:
        BehindError: It is older than a published version.
    """
    published = read_published(part)
    if published:
        with read_job(draft) as connection:
            check_published(connection, published, f"the snapshot {found.name} of {part}")
    promises = read_promises(part, found.promises)
    return promises, take_out(draft, promises, read_list(url_of(part)), now)


def _take_up(
    draft: Path,
    what: tuple[Snapshot, Mapping[str, Promise]],
    owner: Owner,
    times: tuple[float, float],
) -> None:
    """Make what was fetched a job that stopped uncleanly, and note it in its ledger."""
    (found, promises), (now, until) = what, times
    try:
        # Nothing may have been kept yet, and hosts asked all the same: then it is made here.
        with closing(connect(draft / DATABASE)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            keep_waits(connection, promises.values())
            connection.execute("UPDATE host SET due = max(due, ? + delay)", (now,))
            note_restored(connection, until)
            payload = {"snapshot": found.name, "taken": found.at, "epoch": owner.epoch}
            append(connection, RESTORED, {**payload, "head": [*found.head]}, now)
            commit(connection)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except SQL_ERRORS as error:
        raise explain(error) from error


def draft_of(folder: Path) -> Path:
    """Return where a folder's successor is made; what a restore that was killed left goes."""
    for end in (_DRAFT, _OLD):
        shutil.rmtree(folder.with_name(folder.name + end), ignore_errors=True)
    return folder.with_name(folder.name + _DRAFT)


def swap(draft: Path, folder: Path) -> None:
    """Put the draft in the folder's place; whoever reads the old one reads it to its end.

    Raises:
        StoreError: A process works on the old one.
    """
    old = folder.with_name(folder.name + _OLD)
    if folder.exists():
        with hold(folder):
            folder.rename(old)
    draft.rename(folder)
    sync_folder(folder.parent)
    shutil.rmtree(old, ignore_errors=True)
