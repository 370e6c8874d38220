"""What of a copy is to go: ids, URLs and texts that the removals of a feed name.

An id and a URL tell which record a row is, and then its text does not matter: another owner's
copy of a text stays, as it does in the corpus. A row that lacks either is told by its text too,
and so is every row where an erasure names no URL.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape

from crawler.core.content.figures.hashes import text_hash
from crawler.core.removal_feed import Entry, Feed

_ID = re.compile(r"[0-9a-f]{32}\Z")
_URL = re.compile(r"https?://[^\s\"'<>\\`]{1,4000}")
_ENDS = ".,;:!?)]}"
_ID_IN_LINE = re.compile(r"(?<![0-9A-Fa-f])[0-9a-f]{32}(?![0-9A-Fa-f])")
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True, slots=True)
class Identity:
    """What a row tells of itself; None: it has nothing of the kind."""

    doc_id: str | None = None
    url: str | None = None
    text: str | None = None
    text_sha256: str | None = None


@dataclass(slots=True)
class Counts:
    """Rows of one file."""

    rows: int = 0
    removed: int = 0
    unmatched: int = 0  # without id and URL, and no text that is known: nobody can say
    notes: list[str] = field(default_factory=list)

    def add(self, other: Counts) -> None:
        self.rows += other.rows
        self.removed += other.removed
        self.unmatched += other.unmatched
        self.notes += other.notes


class Wanted:
    """The removals of a feed that stand, ready to be asked about rows."""

    def __init__(self, feed: Feed, entries: Iterable[Entry]) -> None:
        self._feed = feed
        self.ids: set[str] = set()
        self.urls: set[str] = set()
        self.texts: set[str] = set()
        self._erased: set[str] = set()  # texts that are told by nothing else in a re-numbered copy
        for entry in entries:
            self.ids.update(entry["ids"])
            self.urls.update(entry["urls"])
            self.texts.update(entry["texts"])
            if entry["class"] == "erasure":
                self._erased.update(entry["texts"])

    def __bool__(self) -> bool:
        return bool(self.ids or self.urls or self.texts)

    @property
    def needs_every_text(self) -> bool:
        """Say if texts matter also of rows that have an id and a URL."""
        return bool(self._erased)

    def names_url(self, url: str) -> bool:
        return bool(self.urls) and self._feed.keyed_url(url) in self.urls

    def names_text(self, row: Identity, *, erased: bool = False) -> bool:
        texts = self._erased if erased else self.texts
        if not texts:
            return False
        hashes = [row.text_sha256] if row.text_sha256 and _SHA256.match(row.text_sha256) else []
        if row.text:
            hashes.append(text_hash(row.text))
        return any(self._feed.keyed_text(digest) in texts for digest in hashes)

    def named_by(self, doc_id: str | None, url: str | None) -> bool | None:
        """Say if id or URL name a record that is to go; None if a text may still tell."""
        if doc_id in self.ids or (url and self.urls and self._feed.keyed_url(url) in self.urls):
            return True
        if doc_id and not _ID.match(doc_id) and respelt(doc_id) in self.ids:
            return True
        if self._erased or not url or not is_id(doc_id):
            return None
        return False

    def names(self, row: Identity) -> bool | None:
        """Say if a row is to go; None if nobody can say."""
        verdict = self.named_by(row.doc_id, row.url)
        if verdict is not None:
            return verdict
        known = is_id(row.doc_id)
        if self.names_text(row, erased=known and bool(row.url)):
            return True
        if row.url and not self._erased:
            return False
        # An erasure names no URL: a page of which nothing else is known may be the one.
        return False if known or (row.url and (row.text or row.text_sha256)) else None

    def named_in(self, line: str, *, ids: bool = True) -> str:
        """Return the id or URL of what is to go that a line names, "" if it names none."""
        if ids:
            found = (match[0] for match in _ID_IN_LINE.finditer(line) if match[0] in self.ids)
            if named := next(found, ""):
                return named
        for match in _URL.finditer(line.replace("\\/", "/")):  # as pandas writes it in JSON
            for spelled in {match[0], unescape(match[0])}:
                if self.names_url(spelled) or self.names_url(spelled.rstrip(_ENDS)):
                    return spelled
        return ""


def is_id(value: str | None) -> bool:
    """Say if a value looks like an id that our exports give."""
    return value is not None and bool(_ID.match(value) or _ID.match(respelt(value)))


def respelt(doc_id: str) -> str:
    """Return an id as exports have it, if it was put into capitals or written as a UUID."""
    bare = doc_id.strip().strip("{}").lower().removeprefix("urn:uuid:")
    return bare.replace("-", "")


def counted(counts: Counts, verdict: bool | None) -> bool:  # noqa: FBT001 - what `names` says
    """Count a row; return whether it goes."""
    counts.rows += 1
    counts.removed += verdict is True
    counts.unmatched += verdict is None
    return verdict is True
