"""A feed of removals applied to a copy, file by file: each is replaced whole, or not at all.

A run that was killed goes on where it was; a run again changes nothing.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crawler import storage
from crawler.core.removal_feed import Feed
from crawler.durable_files import sync_folder
from crawler.inputs.columns import Columns
from crawler.removals.forms import DAMAGED, sift_file
from crawler.removals.progress_file import NAME, FileState, Followed, load, mark_of
from crawler.removals.receipt import make_receipt, receipt_text
from crawler.removals.wanted import Counts, Wanted

_DRAFT = ".taken-out-of."
_RECEIPT = "removals-receipt-"
# Ours, and what a kill left of them half-written.
_DRAFTS = rf"{re.escape(_DRAFT)}|\..*removals-(progress|receipt).*\.partial\Z"
_OWN = re.compile(rf"{re.escape(NAME)}\Z|{re.escape(_RECEIPT)}\d+\.json\Z|{_DRAFTS}")
_BESIDE = re.compile(r"-(wal|shm)\Z")
_SAVE_EVERY = 100  # files of which nothing was taken
Progress = Callable[[int, int, str], None]  # files looked at, files there are, the next one


@dataclass(slots=True)
class Applied:
    """What came of it. `left`: what is still there, or could not be looked at."""

    files: int = 0
    rewritten: int = 0
    counts: Counts = field(default_factory=Counts)
    left: list[str] = field(default_factory=list)
    receipt: str = ""
    said: list[str] = field(default_factory=list)  # which columns were taken for what


@dataclass(frozen=True, slots=True)
class How:
    """What is asked for. `look`: only look; nothing is written."""

    columns: Columns = field(default_factory=Columns)
    look: bool = False
    key: Ed25519PrivateKey | None = None
    progress: Progress | None = None


@dataclass(slots=True)
class _Round:
    """One feed, on its way through one copy."""

    root: str
    feed: Feed
    wanted: Wanted
    followed: Followed
    how: How
    result: Applied
    unclean: list[str] = field(default_factory=list)  # files that could not be read, or cleaned


def apply_removals(copy: str, feed: Feed, how: How) -> Applied:
    """Take what the feed's standing removals name out of the copy at `copy`: a folder or a file.

    Raises:
        FeedError: The copy has followed another feed, or a longer one.
        StorageError: The copy cannot be reached or written, or another run is at it.
    """
    root = copy if storage.is_folder(copy) else _parent(copy)
    if how.look or storage.is_url(root):
        return _applied(copy, root, feed, how)
    with _alone(root):
        return _applied(copy, root, feed, how)


def _applied(copy: str, root: str, feed: Feed, how: How) -> Applied:
    files = _files(copy)
    followed = load(storage.join(root, NAME))
    followed.check(feed)
    wanted = Wanted(feed, feed.since(-1))
    run = _Round(root, feed, wanted, followed, how, Applied(files=len(files)))
    if not how.look:
        _finish_pending(run)
        followed.begin(feed)
        _drop_drafts(root)
    for done, (name, stored) in enumerate(sorted(files.items())):
        if how.progress is not None:
            how.progress(done, len(files), name)
        told = len(run.result.left)
        state = _looked_at(run, name, stored)
        if len(run.result.left) > told:
            run.unclean.append(name)
        if state is None or how.look:
            continue
        followed.files[name] = state
        followed.pending.pop(name, None)
        if state.after or done % _SAVE_EVERY == 0:
            followed.save()
    if not how.look:
        followed.files = {name: state for name, state in followed.files.items() if name in files}
        followed.save()
        _write_receipt(run)
    return run.result


def _looked_at(run: _Round, name: str, stored: storage.Stored) -> FileState | None:
    """Return how a file stands now; None if it could not be read."""
    known, result = run.followed.files.get(name), run.result
    mark = mark_of(stored.place, stored.bytes)
    seen = known is not None and (known.mark, known.clean_at) == (mark, run.feed.number)
    # Who only looks wants to know what is there; other columns may tell more.
    if known is not None and seen and mark and not run.how.look and run.how.columns == Columns():
        result.counts.add(Counts(known.rows, 0, known.unmatched))
        result.left += known.notes
        return known
    try:
        with _here(stored.place) as path:
            state = _sifted(run, name, stored.place, path)
    except DAMAGED as error:
        what = " ".join(str(error).split())[:300] or type(error).__name__
        result.left.append(f"{name} could not be read: {what}")
        return None
    if known is not None and known.after and known.clean_at == run.feed.number and not state.after:
        # Written anew in this round already, before a kill.
        state.before, state.after, state.removed = known.before, known.after, known.removed
    return state


def _sifted(run: _Round, name: str, place: str, path: Path) -> FileState:
    counts = sift_file(path, None, run.wanted, run.how.columns) if run.wanted else Counts()
    run.result.counts.add(Counts(counts.rows, counts.removed, counts.unmatched))
    left = [note for note in counts.notes if note.startswith(("STILL NAMED", "NOT READ"))]
    run.result.said += [f"{name}: {note}" for note in counts.notes if note not in left]
    run.result.left += left
    state = FileState("", run.feed.number, counts.rows, counts.removed, counts.unmatched)
    state.notes = left
    if counts.removed and run.how.look:
        run.result.left.append(f"{name} holds {counts.removed} removed records")
    elif counts.removed:
        _replace(run, name, place, path, state)
        run.result.rewritten += 1
    state.rows -= counts.removed
    state.mark = mark_of(place, storage.size_of(place) or 0)
    return state


def _replace(run: _Round, name: str, place: str, path: Path, state: FileState) -> None:
    """Write a file without what is to go, look at it again, and put it in the file's place."""
    # The name's end tells what it is; a link stays one, and what it leads to is replaced.
    target = path.resolve()
    draft = target.with_name(f"{_DRAFT}{path.name}")
    try:
        sift_file(path, draft, run.wanted, run.how.columns)
        again = sift_file(draft, None, run.wanted, run.how.columns)
        if again.removed:
            raise ValueError(f"{again.removed} removed records are there after it was written anew")
        state.before, state.after = storage.hash_of(str(path)), storage.hash_of(str(draft))
        shutil.copymode(path, draft)
        run.followed.pending[name] = state
        run.followed.save()
        if storage.is_url(place):
            storage.copy(str(draft), place)
        else:
            with draft.open("rb") as file:
                os.fsync(file.fileno())
            draft.replace(target)
            sync_folder(target.parent)
    finally:
        draft.unlink(missing_ok=True)


def _finish_pending(run: _Round) -> None:
    """Note what a run that was killed had put in its place."""
    followed = run.followed
    for name, state in list(followed.pending.items()):
        place = storage.join(run.root, name)
        if storage.exists(place) and storage.hash_of(place) == state.after:
            state.rows -= state.removed
            state.mark = mark_of(place, storage.size_of(place) or 0)
            followed.files[name] = state
        del followed.pending[name]


def _files(copy: str) -> dict[str, storage.Stored]:
    """Return the files of a copy by their names in it, our own and a repository's left out."""
    if not storage.is_folder(copy):
        size = storage.size_of(copy) or 0
        return {storage.name_of(copy): storage.Stored(copy, size)}
    found = {}
    for stored in storage.listing(copy):
        name = _name_in(copy, stored.place)
        parts = name.split("/")
        if not _OWN.search(parts[-1]) and ".git" not in parts:
            found[name] = stored
    # What SQLite keeps beside a database is read and emptied with it.
    if storage.is_url(copy):
        return found
    return {name: at for name, at in found.items() if not _beside(name, found)}


def _beside(name: str, names: Container[str]) -> bool:
    return bool(_BESIDE.search(name)) and _BESIDE.sub("", name) in names


def _name_in(copy: str, place: str) -> str:
    if storage.is_url(copy):
        folder = copy.partition("?")[0].rstrip("/") + "/"
        return place.partition(folder)[2] or place.rpartition(folder.partition("://")[2])[2]
    return Path(place).relative_to(Path(copy).expanduser()).as_posix()


def _parent(place: str) -> str:
    if storage.is_url(place):
        return place.rpartition("/")[0]
    return str(Path(place).expanduser().parent)


@contextmanager
def _alone(root: str) -> Iterator[None]:
    """Keep other runs away from a copy: two would write the same drafts."""
    descriptor = os.open(Path(root).expanduser(), os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise storage.StorageError(root, "another run is at it", "wait until it is done") from error
    finally:
        os.close(descriptor)


@contextmanager
def _here(place: str) -> Iterator[Path]:
    """Give a file as one of this machine: itself, or fetched for as long as it is looked at."""
    if not storage.is_url(place):
        yield Path(place).expanduser()
        return
    with TemporaryDirectory(prefix="removals-") as folder:
        path = Path(folder) / storage.name_of(place)
        storage.copy(place, str(path))
        yield path


def _drop_drafts(root: str) -> None:
    """Remove what a kill left half-written."""
    if storage.is_url(root):
        return
    for path in Path(root).expanduser().rglob(".*"):
        if re.match(_DRAFTS, path.name) and path.is_file():
            with suppress(OSError):
                path.unlink()


def _write_receipt(run: _Round) -> None:
    place = storage.join(run.root, f"{_RECEIPT}{run.feed.number}.json")
    text = receipt_text(make_receipt(run.feed, run.followed, run.unclean, run.how.key))
    run.result.receipt = place
    if storage.exists(place):
        with storage.open_stream(place) as file:
            if file.read() == text:
                return
    with storage.writing(place) as out:
        out.write(text)
