"""Taking raw answers out of the copies of WARC files on the mirror.

A file that lies here, too, was rewritten here and is copied again. One that lies only there is
fetched, rewritten, searched and sent back, one after the other, so that room for one is enough.
What cannot be reached is owed, and whoever asked is told: it is not done.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from crawler.corpus.removal.leftovers import Sought, holds
from crawler.corpus.removal.raw_copies import Drop, Member, rewrite
from crawler.storage import StorageError, copy, shown
from crawler.store.mirror import Copied, Mirror, Owed, digest_of, read_mirror

_FETCHED = ".new"  # as drafts of rewriting are called: a run that was killed leaves none


@dataclass(frozen=True, slots=True)
class Why:
    """What is taken out, told so that it can be told again later, and why."""

    reason: str
    now: float
    name_urls: bool
    records: frozenset[str] = frozenset()  # ids of records
    urls: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Mirrored:
    """What was taken out of copies on the mirror."""

    records: int = 0
    unreached: tuple[str, ...] = ()  # places where it may lie still
    found: tuple[str, ...] = ()  # places in which bytes were found that must be gone


def take_out_mirrored(job: Path, drop: Drop, why: Why, wanted: Iterable[Sought] = ()) -> Mirrored:
    """Take out of the mirror's files what `drop` picks, and what is owed of earlier times.

    Raises:
        StoreError: What lies on the mirror is not known.
    """
    mirror = read_mirror(job)
    records, unreached, found = 0, [], []
    for name in sorted(mirror.files):
        item = mirror.files[name]
        debts = [debt for debt in mirror.owed if name in debt.files]
        try:
            if mirror.local(name).is_file():
                _send_again(mirror, name, item)
            else:
                count, left = _rewritten(mirror, name, _any(drop, debts), why, wanted)
                records += count
                found += [shown(item.place)] if left else []
        except StorageError:
            unreached.append(name)
        else:
            _settle(mirror, name)
    if unreached:
        _remember(mirror, unreached, why)
    places = tuple(f"mirror {shown(mirror.files[name].place)}" for name in unreached)
    return Mirrored(records, places, tuple(found))


def _any(drop: Drop, debts: list[Owed]) -> Drop:
    def either(member: Member) -> bool:
        if drop(member):
            return True
        about = (member.record_id, member.near, member.url)
        return member.kind in ("response", "revisit") and any(d.is_about(*about) for d in debts)

    return either


def _send_again(mirror: Mirror, name: str, item: Copied) -> None:
    """Copy a file of here again if it is not what was copied."""
    if digest_of(mirror.local(name)) != item.sha256:
        mirror.put(name, item.place)


def _rewritten(
    mirror: Mirror, name: str, drop: Drop, why: Why, wanted: Iterable[Sought]
) -> tuple[int, bool]:
    """Fetch a file, rewrite it and send it back; say how many went, and if any is left.

    Raises:
        StorageError: It cannot be had, is not what was copied, or cannot be sent back.
    """
    item = mirror.files[name]
    path = mirror.local(f"{name}{_FETCHED}")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        if copy(item.place, str(path)) != item.sha256:
            raise StorageError(item.place, "is not what was copied there", "see who changed it")
        count = rewrite(path, drop, (why.reason, why.now, why.name_urls))
        if count:
            digest = copy(str(path), item.place)
            mirror.files[name] = Copied(item.place, digest, path.stat().st_size)
            mirror.save()
        return count, any(holds(path, sought) for sought in wanted)
    finally:
        path.unlink(missing_ok=True)


def _settle(mirror: Mirror, name: str) -> None:
    """Forget what was owed of a file."""
    if not any(name in debt.files for debt in mirror.owed):
        return
    left = [
        Owed(tuple(file for file in debt.files if file != name), *_rest(debt))
        for debt in mirror.owed
    ]
    mirror.owed = [debt for debt in left if debt.files]
    mirror.save()


def _rest(debt: Owed) -> tuple[tuple[str, ...], tuple[str, ...], str, str]:
    return debt.records, debt.urls, debt.key, debt.reason


def _remember(mirror: Mirror, unreached: list[str], why: Why) -> None:
    """Owe what could not be taken out of files that lie only there.

    Of those that lie here as well nothing is owed: they differ from their copies until these
    are written again.
    """
    files = [name for name in unreached if not mirror.local(name).is_file()]
    if files and (why.records or why.urls):
        mirror.owe(files, why.records, why.urls, why.reason)
        mirror.save()
