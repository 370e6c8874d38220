"""The files of the newest snapshot of which everything is there, written to a folder."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

from crawler.cluster.job_url import pieces_of, snapshot_order
from crawler.cluster.pieces import LostPieceError, Pieces
from crawler.cluster.snapshot import Snapshot
from crawler.cluster.snapshots import manifests, whole
from crawler.storage import name_of
from crawler.store.connection import StoreError

_log = logging.getLogger(__name__)


def fetch_newest(part: str, draft: Path, beside: Path) -> tuple[Snapshot, tuple[str, ...]]:
    """Write the newest whole snapshot to the folder `draft`; what `beside` has comes from there.

    Returns it and the names of newer ones that are not whole.

    Raises:
        StoreError: None is whole.
        StorageError: The URL is out of reach.
    """
    passed = [name_of(place) for place in manifests(part)]
    for found in whole(part):
        try:
            fetch(part, found, draft, beside)
        except LostPieceError as error:
            _log.warning("the snapshot %s of %s is passed over: %s", found.name, part, error)
            continue
        newer = [name for name in passed if snapshot_order(name) > found.order]
        return found, tuple(newer)
    shutil.rmtree(draft, ignore_errors=True)
    raise StoreError(
        f"{part} has no whole snapshot, only {', '.join(passed) or 'none'}: put back what is"
        " missing of one, or begin the job anew at another URL"
    )


def fetch(part: str, snapshot: Snapshot, draft: Path, beside: Path) -> None:
    """Write one snapshot to the folder `draft`, which is made anew.

    Raises:
        LostPieceError: Something of it is not there.
        StorageError: The URL is out of reach.
        StoreError: It names a file outside its folder.
    """
    pieces = Pieces(pieces_of(part))
    pieces.look()
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    for path, made_of in snapshot.files.items():
        target = draft / path
        if not target.resolve().is_relative_to(draft.resolve()):
            shutil.rmtree(draft, ignore_errors=True)
            raise StoreError(f"{part}: a snapshot names {path!r}, which is outside its folder")
        pieces.fetch(made_of, target, beside / path)
