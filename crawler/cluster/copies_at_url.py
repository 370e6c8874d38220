"""A purge's other half for a job kept at a URL: no snapshot there may bring back what it took.

What is to go is promised first. Then what the folders are now takes the place of every older
snapshot; it is fetched again, and searched as the folders here are.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from crawler.cluster.cluster_job import url_of_folder
from crawler.cluster.fetching import fetch
from crawler.cluster.folder_mark import read_mark
from crawler.cluster.job_url import part_of, pieces_of
from crawler.cluster.layout import shard_folders
from crawler.cluster.pieces import LostPieceError
from crawler.cluster.promise import Purge
from crawler.cluster.promise_journal import keep
from crawler.cluster.snapshot import Owner
from crawler.cluster.snapshots import manifests, prune, snapshots, take
from crawler.cluster.suppression_at_url import send_list
from crawler.corpus.removal.leftovers import Searched, Sought, search
from crawler.storage import StorageError, listing, name_of, shown
from crawler.store.connection import StoreError
from crawler.store.job import DATABASE
from crawler.store.suppression import Line, Suppression

_FETCHED = ".fetched.new"


class CopiesAtUrl:
    """The snapshots of folders that this process owns."""

    def __init__(self, url: str, folders: Sequence[Path], now: float) -> None:
        self._url = url
        self._now = now
        self._parts = {
            folder: (part_of(url, folder), Owner(*read_mark(folder).owners[0]))
            for folder in folders
            if read_mark(folder).owners and (folder / DATABASE).is_file()
        }

    def promise(
        self, lines: Sequence[Line], reason: str, listed: Suppression | None
    ) -> tuple[str, ...]:
        """Keep what is taken out, before it is; return the places that did not answer."""
        kept = [
            listed.hashed(line) if listed is not None else line
            for line in lines
            if listed is not None or not line.hashed
        ]
        silent = []
        for part, owner in self._parts.values():
            try:
                keep(part, owner, Purge(tuple(kept), reason))
            except StorageError:
                silent.append(shown(part))
        try:
            if listed is not None:
                send_list(self._url, listed)
        except StorageError:
            silent.append(shown(self._url))
        return tuple(silent)

    def clear(self, wanted: Sequence[Sought], *, verify: bool) -> Searched:
        """Put what the folders are now in place of all older snapshots, and search that."""
        files = size = 0
        found, unread = [], []
        for folder, (part, owner) in self._parts.items():
            try:
                take(folder, part, owner, self._now)
                prune(part, owner, keep=1)
                done = _searched(folder, part, wanted) if verify else Searched(0, 0, ())
            except (StorageError, LostPieceError) as error:
                unread.append(f"{shown(part)} ({error})")
                continue
            files, size = files + done.files, size + done.bytes
            found += [f"{shown(part)}: {place}" for place in done.found]
            unread += [f"{shown(part)}: {place}" for place in done.unread]
        return Searched(files, size, tuple(found), tuple(unread))


def _searched(folder: Path, part: str, wanted: Sequence[Sought]) -> Searched:
    """Fetch all that lies at a part's URL, nothing from here, and search it."""
    left = snapshots(part)
    known = {name for one in left for name in one.pieces}
    others = [name_of(item.place) for item in listing(pieces_of(part))]
    # Nothing may lie there that was not searched.
    unread = [name for name in others if name not in known]
    unread += [name_of(place) for place in manifests(part)[len(left) :]]
    files = size = 0
    found: list[str] = []
    draft = folder.with_name(folder.name + _FETCHED)
    try:
        for one in left:
            fetch(part, one, draft, draft / "nothing")
            for sought in wanted:
                done = search(draft, sought)
                files, size = max(files, done.files), size + done.bytes
                found += done.found
                unread += done.unread
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return Searched(files, size, tuple(dict.fromkeys(found)), tuple(dict.fromkeys(unread)))


def copies_of(job: Path, now: float) -> CopiesAtUrl | None:
    """Return the snapshots of a job that lies at a URL and is owned here, None for any other.

    Raises:
        StoreError: It is not owned here.
    """
    url = url_of_folder(job)
    if not url:
        return None
    folders = shard_folders(job)
    merged = job / "merged"
    if merged.is_dir() and len(folders) > 1:
        folders = [*folders, merged]
    if not any(read_mark(folder).owners for folder in folders):
        raise StoreError(f"{job} is a copy of {url}: name that")
    return CopiesAtUrl(url, folders, now)
