"""Snapshots of a shard at its job's URL: taken while it is crawled, and found again.

A snapshot is a manifest over pieces of files, and the manifest is written last. It counts when it
and all that it names are there. Its name begins with its owner's epoch, so what somebody writes
whose lease is over never comes before what a later owner wrote.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from crawler.cluster.folder_mark import MARK, Mark, Stat, mark, read_mark, stat_of
from crawler.cluster.job_url import (
    pieces_of,
    promises_of,
    snapshot_numbers,
    snapshot_order,
    snapshot_place,
    snapshots_of,
    url_of,
)
from crawler.cluster.pieces import Pieces
from crawler.cluster.promise import epoch_of_promise
from crawler.cluster.snapshot import Owner, Piece, Snapshot, snapshot_from
from crawler.cluster.suppression_at_url import send_list
from crawler.storage import StorageError, delete, exists, listing, name_of, open_stream, writing
from crawler.store.connection import SQL_ERRORS, StoreError, explain
from crawler.store.database import Connection
from crawler.store.job import DATABASE
from crawler.store.judging_now import SLOT
from crawler.store.ledger import GENESIS, head
from crawler.store.suppression import Suppression, SuppressionError

KEPT = 2  # the newest snapshots: one, and one should something of it be lost
_COPY = "snapshot.new"  # of the database, in the shard's folder
_PAGES = 16_384  # of the database copied at a time: Ctrl-C waits for no more
# What a snapshot leaves out: locks, the log of the database, which its copy holds, and drafts.
_LEFT_OUT = frozenset({"lock", SLOT, MARK, f"{DATABASE}-wal", f"{DATABASE}-shm"})
_DRAFTS = (".new", ".partial", "-journal")
_MIRROR = "mirror.json"


_Stored: TypeAlias = tuple[Piece, ...]


class FencedError(StoreError):
    """Somebody else owns the shard by now."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a snapshot took: what was sent, of how much."""

    snapshot: Snapshot
    objects: int  # pieces sent
    sent: int  # bytes of these, packed
    bytes: int  # of all files, unpacked


def take(
    folder: Path,
    part: str,
    owner: Owner,
    now: float,
    *,
    clean: bool = False,
    listed: Suppression | None = None,
) -> Taken:
    """Send a snapshot of the shard in `folder` to `part`; a crawl may go on meanwhile.

    `clean`: the crawl has ended, and all that it asked is stored. `listed`: the suppression list
    that it obeys, which goes first. Killed anywhere, it leaves the snapshots that were there. The
    newest `KEPT` stay.

    Raises:
        FencedError: Another owner has taken the shard over; nothing was put before theirs.
        StorageError: The URL is out of reach; say it again later.
        StoreError: The folder's database cannot be read.
    """
    before = _own(part, owner)
    if listed is not None:  # the job remembers how much of it there was
        try:
            send_list(url_of(part), listed)
        except SuppressionError as error:
            raise StoreError(str(error)) from error
    noted = read_mark(folder)
    # What this owner promised by now is committed by now, so the copy made next holds it.
    promised = tuple(
        name
        for name in (name_of(item.place) for item in listing(promises_of(part)))
        if epoch_of_promise(name) == owner.epoch or name in noted.promises
    )
    pieces = Pieces(pieces_of(part))
    pieces.known = {
        name: piece for old in snapshots(part)[:KEPT] for name, piece in old.pieces.items()
    }
    pieces.look()
    own = before if before is not None and before.owner == owner else None
    files, stats, ledger = _send(folder, pieces, _unchanged(noted, own))
    number = own.number + 1 if own is not None else 1
    snapshot = Snapshot(owner, number, now, clean, ledger, files, promised)
    pieces.look()
    if lost := pieces.lacks(snapshot.pieces):
        raise StorageError(part, f"{len(lost)} of the pieces sent are not there", "try again")
    put(part, snapshot)
    mark(folder, replace(noted, owners=((owner.epoch, owner.name),), stats=stats))
    prune(part, owner)
    size = sum(piece.bytes for found in files.values() for piece in found)
    return Taken(snapshot, pieces.sent.objects, pieces.sent.bytes, size)


def put(part: str, snapshot: Snapshot) -> None:
    """Write a manifest, unless a later owner has written one.

    Raises:
        FencedError: One has.
        StorageError: It cannot be written.
    """
    _own(part, snapshot.owner)
    with writing(snapshot_place(part, *snapshot.order)) as file:
        file.write(snapshot.to_bytes())


def _own(part: str, owner: Owner) -> Snapshot | None:
    """Return the newest snapshot, whether or not it is whole, if `owner` may write another.

    Raises:
        FencedError: It is a later owner's, or another one's of the same epoch.
    """
    places = manifests(part)
    if places and snapshot_order(places[0])[0] > owner.epoch:
        raise _fenced(part, owner)
    newest = next(iter(snapshots(part)), None)
    if newest is not None and newest.owner.epoch == owner.epoch and newest.owner != owner:
        raise _fenced(part, owner)
    return newest


def _fenced(part: str, owner: Owner) -> FencedError:
    return FencedError(
        f"{name_of(part)}: epoch {owner.epoch} is over, another owner has taken the shard over:"
        " nothing was written, and nothing may be asked"
    )


def manifests(part: str) -> list[str]:
    """Return the places of all manifests, the newest first.

    Raises:
        StorageError: They cannot be listed.
    """
    found = [item.place for item in listing(snapshots_of(part)) if snapshot_numbers(item.place)]
    return sorted(found, key=snapshot_order, reverse=True)


def snapshots(part: str) -> list[Snapshot]:
    """Return the snapshots whose manifests can be read, the newest first.

    Raises:
        StorageError: The storage cannot be reached.
    """
    return list(_snapshots(part))


def _snapshots(part: str) -> Iterator[Snapshot]:
    for place in manifests(part):
        try:
            with open_stream(place) as file:
                found = snapshot_from(file.read())
        except ValueError:
            continue
        except StorageError:
            if exists(place):
                raise
            continue  # its owner removed it meanwhile
        if found.order == snapshot_numbers(place):
            yield found


def newest(part: str) -> Snapshot | None:
    """Return the newest snapshot of which everything is there, None if there is none.

    Raises:
        StorageError: The storage cannot be reached.
    """
    return next(whole(part), None)


def whole(part: str) -> Iterator[Snapshot]:
    """Yield the snapshots of which everything is there, the newest first."""
    pieces = Pieces(pieces_of(part))
    pieces.look()
    yield from (found for found in _snapshots(part) if not pieces.lacks(found.pieces))


def prune(part: str, owner: Owner, keep: int = KEPT) -> int:
    """Remove all but the newest snapshots, and what none of them needs; return how many objects.

    A promise goes when all of them hold what it is about.

    Somebody whose epoch is over removes nothing: a later owner's pieces may be under way.

    Raises:
        StorageError: Something may be there still.
    """
    kept = list(islice(whole(part), keep))
    places = manifests(part)
    if any(snapshot_order(place)[0] > owner.epoch for place in places):
        return 0
    names = {one.order for one in kept}
    needed = {name for one in kept for name in one.pieces}
    held = set.intersection(*({*one.promises} for one in kept)) if kept else set()
    gone = [place for place in places if snapshot_order(place) not in names]
    gone += [item.place for item in listing(pieces_of(part)) if name_of(item.place) not in needed]
    gone += [item.place for item in listing(promises_of(part)) if name_of(item.place) in held]
    return sum(delete(place) for place in gone)


def _unchanged(noted: Mark, before: Snapshot | None) -> dict[str, tuple[Stat, _Stored]]:
    """Return of the files in the owner's last snapshot what they were, and their pieces."""
    files = before.files if before is not None else {}
    return {path: (noted.stats[path], of) for path, of in files.items() if path in noted.stats}


def _send(
    folder: Path, pieces: Pieces, before: Mapping[str, tuple[Stat, _Stored]]
) -> tuple[dict[str, _Stored], dict[str, Stat], tuple[int, str]]:
    """Send the files of a folder; return their pieces, what they were, and the ledger's end."""
    files: dict[str, _Stored] = {}
    stats: dict[str, Stat] = {}
    ledger = (0, "")
    if (folder / DATABASE).is_file():
        copy = folder / _COPY
        try:
            ledger = _copied(folder / DATABASE, copy)
            with copy.open("rb") as file:
                files[DATABASE] = pieces.send(file)
        finally:
            copy.unlink(missing_ok=True)
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        try:
            stats[name] = stat_of(path)
            was, known = before.get(name, ((), ()))
            if was == stats[name] and not pieces.lacks({one.sha256: one for one in known}):
                files[name] = known  # a finished WARC file: it is not read again
                continue
            with path.open("rb") as file:
                files[name] = pieces.send(file)
        except FileNotFoundError:  # moved to the mirror meanwhile; what says so is sent last
            stats.pop(name, None)
    return files, stats, ledger


def _files(folder: Path) -> list[Path]:
    found = [
        path
        for path in folder.rglob("*")
        if path.is_file()
        and path.name not in _LEFT_OUT
        and not path.name.endswith(_DRAFTS)
        and path != folder / DATABASE
    ]
    return sorted(found, key=lambda path: (path.name == _MIRROR, path))


def _copied(database: Path, copy: Path) -> tuple[int, str]:
    """Copy a database as it stands at one moment; return where its ledger stands there.

    Raises:
        StoreError: It cannot be read, or the disk is full.
    """
    copy.unlink(missing_ok=True)
    try:
        with (
            closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            target.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
            # Within one transaction: a crawl that commits meanwhile would have it begin anew.
            source.execute("BEGIN")
            found = _head(source)
            source.backup(target, pages=_PAGES)
    except SQL_ERRORS as error:
        raise explain(error) from error
    return found


def _head(connection: Connection) -> tuple[int, str]:
    found = head(connection)
    return (found.seq, "" if found.hash == GENESIS else found.hash)
