"""Feeds of removals of other corpora, followed as suppression lists: one request, heard by all.

A feed is read as far as it goes, under keys that the operator pinned, and read on when it
grows. One that does not hold together stops whoever follows it: it may have lost a removal.
"""

from __future__ import annotations

from pathlib import Path

from crawler.core.removal_feed import Feed, FeedError
from crawler.core.urls import Url


class FollowedFeed:
    """One feed in memory."""

    def __init__(self, path: Path, trust: frozenset[str]) -> None:
        """Read the feed at `path` under keys of these ids.

        Raises:
            FeedError: It does not hold together, or no pinned key stands behind it.
            OSError: It cannot be read.
        """
        self.path = path
        self._trust = trust
        self._feed = Feed()
        self._read = 0  # bytes
        self._standing: tuple[int, frozenset[str], frozenset[str]] = (-1, frozenset(), frozenset())
        self.read_on()
        if not trust & set(self._feed.keys):
            raise FeedError(f"it is signed by {self._feed.key or 'nobody'}, which is not trusted")

    @property
    def head(self) -> str:
        return self._feed.head

    def read_on(self) -> None:
        """Learn what was added since.

        Raises:
            FeedError: It lost lines, or what was added does not continue it.
            OSError: It cannot be read.
        """
        length = self.path.stat().st_size
        if length == self._read:
            return
        if length < self._read:
            raise FeedError("it has lost lines while it was obeyed: fetch it again")
        with self.path.open("rb") as file:
            file.seek(self._read)
            for line in file:
                if not line.endswith(b"\n"):
                    break
                self._feed.read([line])
                self._read += len(line)

    def refuses_url(self, url: Url) -> bool:
        """Say if a removal that stands names the URL."""
        urls = self._now()[1]
        return bool(urls) and self._feed.keyed_url(url.text) in urls

    def refuses_text(self, text_sha256: str) -> bool:
        """Say if a removal that stands names the text, by the hash of its normalised form."""
        texts = self._now()[2]
        return bool(texts) and self._feed.keyed_text(text_sha256) in texts

    def _now(self) -> tuple[int, frozenset[str], frozenset[str]]:
        if self._standing[0] != self._feed.number:
            entries = list(self._feed.entries.values())
            self._standing = (
                self._feed.number,
                frozenset(value for entry in entries for value in entry["urls"]),
                frozenset(value for entry in entries for value in entry["texts"]),
            )
        return self._standing
