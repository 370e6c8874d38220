"""How far a copy has followed a feed: noted beside it, so that a later run goes on from there."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, field
from typing import Any

import orjson

from crawler import storage
from crawler.core.removal_feed import Feed, FeedError

NAME = ".removals-progress.json"


@dataclass(slots=True)
class FileState:
    """One file as it was found or left; `mark` changes whenever the file does, where that shows."""

    mark: str
    clean_at: int  # entry of the feed up to which nothing of it is in the file
    rows: int = 0
    removed: int = 0
    unmatched: int = 0
    before: str = ""  # SHA-256, of files that were written anew
    after: str = ""
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Followed:
    """What the file says. `pending` is what was about to take a file's place."""

    place: str
    corpus: str = ""
    number: int = -1
    head: str = ""
    files: dict[str, FileState] = field(default_factory=dict)
    pending: dict[str, FileState] = field(default_factory=dict)

    def check(self, feed: Feed) -> None:
        """Compare a feed with the one that was followed.

        Raises:
            FeedError: It is another corpus's, an older one, or says otherwise than it did.
        """
        if not self.corpus:
            return
        if self.corpus != feed.corpus:
            raise FeedError(f"this copy follows the feed of {self.corpus!r}, not {feed.corpus!r}")
        if feed.number < self.number:
            raise FeedError(
                f"entry {feed.number + 1}: is missing: this copy has followed the feed to entry"
                f" {self.number}, and this one is older or cut"
            )
        if feed.head_at(self.number) != self.head:
            raise FeedError(
                f"entry {self.number}: is another one than this copy has followed: the feed was"
                " replaced"
            )

    def begin(self, feed: Feed) -> None:
        """Note which feed is followed from here on; the figures of an earlier round go."""
        if feed.number != self.number:
            for state in self.files.values():
                state.removed, state.before, state.after = 0, "", ""
        self.corpus, self.number, self.head = feed.corpus, feed.number, feed.head

    def save(self) -> None:
        """Write it, whole or not at all."""
        said = {
            "corpus": self.corpus,
            "number": self.number,
            "head": self.head,
            "files": {name: asdict(state) for name, state in sorted(self.files.items())},
            "pending": {name: asdict(state) for name, state in sorted(self.pending.items())},
        }
        with storage.writing(self.place) as file:
            file.write(orjson.dumps(said))


def load(place: str) -> Followed:
    """Return what is noted at `place`; nothing if there is no such file.

    Raises:
        FeedError: It is damaged: how far the copy came is not known.
    """
    found = Followed(place)
    if not storage.exists(place):
        return found
    with storage.open_stream(place) as file:
        data = file.read()
    try:
        said: dict[str, Any] = orjson.loads(data)
        found.corpus, found.number, found.head = said["corpus"], said["number"], said["head"]
        found.files = {name: FileState(**state) for name, state in said["files"].items()}
        found.pending = {name: FileState(**state) for name, state in said["pending"].items()}
    except (orjson.JSONDecodeError, KeyError, TypeError) as error:
        raise FeedError(
            f"{place} is damaged: remove it, and the whole copy is looked at"
        ) from error
    return found


def mark_of(place: str, size: int) -> str:
    """Return what changes with a file; "" where its storage does not show."""
    if storage.is_url(place):
        return ""
    found = os.stat(place)  # noqa: PTH116 - a place is a text
    return f"{size}:{found.st_mtime_ns}:{found.st_ino}"
