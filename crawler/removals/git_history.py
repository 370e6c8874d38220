"""Which revisions of a git repository still hold what was removed, LFS objects included.

Every file content is looked at once, however many revisions hold it. Only git's plumbing is
called; nothing of the repository is checked out or run.
"""

from __future__ import annotations

import re
import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from crawler.core.removal_feed import Feed
from crawler.inputs.columns import Columns
from crawler.removals.forms import DAMAGED, sift_file
from crawler.removals.wanted import Wanted

_POINTER = re.compile(
    rb"version https://git-lfs\.github\.com/spec/v1\n(?:.*\n)*?oid sha256:([0-9a-f]{64})\n"
)
_MOST_POINTER = 1_024  # bytes of an LFS pointer (git-lfs specification)
# Ids of removed records are what these are there to say.
_OWN = re.compile(
    r"(^|/)(tombstones\.jsonl|removals.*\.jsonl|removals-receipt-.*\.json|\.removals-.*)\Z"
)


class HistoryError(Exception):
    """The repository cannot be walked."""


@dataclass(slots=True)
class Revision:
    """One commit that still holds something: files with the number of removed records."""

    commit: str
    date: str  # ISO 8601
    subject: str
    holds: dict[str, int] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class History:
    """What was looked at, newest revision first."""

    commits: int = 0
    contents: int = 0
    revisions: list[Revision] = field(default_factory=list)
    refs: list[str] = field(default_factory=list)  # branches and tags
    cut: bool = False  # a shallow clone: older revisions are not here


@dataclass(slots=True)
class _Content:
    removed: int
    unread: str = ""


def walk(repository: Path, feed: Feed, progress: Callable[[int, int], None] | None) -> History:
    """Look at every commit that any branch, tag or reflog reaches.

    Raises:
        HistoryError: It is no git repository, or git is not there or fails.
    """
    wanted = Wanted(feed, feed.since(-1))
    folder = Path(_git(repository, "rev-parse", "--absolute-git-dir").decode().strip())
    listed = _git(
        repository, "log", "--all", "--reflog", "--date=iso-strict", "--format=%H%x00%ad%x00%s"
    ).decode("utf-8", "replace")
    commits = [line.split("\0", 2) for line in listed.splitlines() if line]
    refs = _git(repository, "for-each-ref", "--format=%(refname:short)").decode().split()
    found = History(commits=len(commits), refs=refs)
    found.cut = _git(repository, "rev-parse", "--is-shallow-repository").strip() == b"true"
    seen: dict[tuple[str, str], _Content] = {}
    for number, (commit, date, subject) in enumerate(commits, 1):
        revision = Revision(commit, date, subject)
        for blob, size, path in _tree(repository, commit):
            if _OWN.search(path):
                continue
            key = (blob, Path(path).suffix)
            if key not in seen:
                seen[key] = _looked_at(repository, folder, (blob, size, path), wanted)
            content = seen[key]
            if content.removed:
                revision.holds[path] = content.removed
            if content.unread:
                revision.unread[path] = content.unread
        if revision.holds or revision.unread:
            found.revisions.append(revision)
        if progress is not None:
            progress(number, len(commits))
    found.contents = len(seen)
    return found


def by_reason(history: History) -> dict[str, int]:
    """Return how many revisions hold each file that still holds something."""
    counts: defaultdict[str, int] = defaultdict(int)
    for revision in history.revisions:
        for path in revision.holds:
            counts[path] += 1
    return dict(sorted(counts.items()))


def _looked_at(
    repository: Path, folder: Path, entry: tuple[str, int, str], wanted: Wanted
) -> _Content:
    blob, size, path = entry
    with TemporaryDirectory(prefix="revision-") as place:
        target = Path(place) / Path(path).name
        with target.open("wb") as out:
            _run(["git", "-C", str(repository), "cat-file", "blob", blob], out)
        if size <= _MOST_POINTER and (match := _POINTER.match(target.read_bytes())):
            oid = match[1].decode()
            stored = folder / "lfs" / "objects" / oid[:2] / oid[2:4] / oid
            if not stored.is_file():
                return _Content(0, f"its LFS object {oid[:12]} is not here: git lfs fetch --all")
            target.unlink()
            target.symlink_to(stored)
        try:
            counts = sift_file(target, None, wanted, Columns())
        except DAMAGED as error:
            return _Content(0, " ".join(str(error).split())[:200] or type(error).__name__)
        named = sum(note.startswith("STILL NAMED") for note in counts.notes)
        unread = [note for note in counts.notes if note.startswith("NOT READ")]
        return _Content(counts.removed + named, "; ".join(unread)[:200])


def _tree(repository: Path, commit: str) -> Iterator[tuple[str, int, str]]:
    listed = _git(repository, "ls-tree", "-r", "-l", "-z", "--full-tree", commit)
    for entry in listed.split(b"\0"):
        about, _, path = entry.partition(b"\t")
        parts = about.split()
        if len(parts) == 4 and parts[1] == b"blob":  # noqa: PLR2004 - mode, type, id, size
            yield parts[2].decode(), int(parts[3]), path.decode("utf-8", "replace")


def _git(repository: Path, *words: str) -> bytes:
    return _run(["git", "-C", str(repository), *words])


def _run(words: list[str], out: object = subprocess.PIPE) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - git, and names that it gave
            words,
            stdout=out,  # type: ignore[call-overload]
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    except OSError as error:
        raise HistoryError(f"git cannot be run: {error.strerror}") from error
    if done.returncode:
        told = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise HistoryError(f"git {words[3]}: {told}")
    return bytes(done.stdout or b"")
