"""What a job learned of sites, read only: for decisions on what others collected."""

from __future__ import annotations

import json
import os
import threading
from collections import OrderedDict
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from crawler.cluster.layout import folder_of_site
from crawler.core.consent import FileRequest
from crawler.core.decision import Found
from crawler.core.evidence import FileKind, Snapshot
from crawler.core.urls import Url
from crawler.store.database import Connection
from crawler.store.evidence import latest_snapshot
from crawler.store.job import read_job
from crawler.store.site_evidence import given, speaks_for

_HELD = 64 * 2**20  # bytes of site files in memory
_SMALL = 4_096  # bytes that a site costs beside its files
_COUNTED = 300  # pages of an origin; no policy asks for more before a file is due
_SCREENED = "SELECT coalesce(sum(rows), 0) FROM screened_origin WHERE origin = ?"
_CAPTURED = "SELECT id FROM given_snapshot WHERE id IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class _Site:
    files: tuple[Snapshot, ...]
    pages: int  # that its origin has given, or that a screening has of it

    @property
    def bytes(self) -> int:
        return _SMALL + sum(len(item.body) for item in self.files)


class JobEvidence:
    """The site files in a job's folder. Many threads may share one; pickled it is its path.

    An answer older than `oldest` (seconds since the epoch) is not known: what it said may have
    changed. Nor is one that others captured: it says what was said then. Terms that nobody asked
    for are not waited for, as in a screening.
    """

    def __init__(self, folder: Path, oldest: float = 0.0) -> None:
        self._folder = folder
        self._oldest = oldest
        self._own = threading.local()
        self._lock = threading.Lock()
        self._held: OrderedDict[str, _Site] = OrderedDict()
        self._bytes = 0

    def speaking(self, url: Url) -> tuple[Snapshot, ...]:
        """Return what speaks for the origin of `url` and is not too old.

        Raises:
            StoreError: The job cannot be read.
        """
        return self._site(url).files

    def pages(self, url: Url) -> int:
        """Return how many pages of the origin the job has, or rows of it a screening."""
        return self._site(url).pages

    def of(self, request: FileRequest) -> Snapshot | None:
        """Return the last answer for a file, if it is known and not too old."""
        connection = self._connection(request.url)
        found = latest_snapshot(connection, request.kind, request.url.text)
        if found is not None and (current := self._current(connection, (found,))):
            return current[0]
        if request.kind is FileKind.TERMS:
            return Snapshot(request.kind, request.url.text, Found.ABSENT, self._oldest)
        return None

    def _site(self, url: Url) -> _Site:
        with self._lock:
            held = self._held.get(url.origin)
            if held is not None:
                self._held.move_to_end(url.origin)
                return held
        connection = self._connection(url)
        files = self._current(connection, speaks_for(connection, url.origin))
        (screened,) = connection.execute(_SCREENED, (url.origin,)).fetchone()
        site = _Site(files, max(len(given(connection, url, _COUNTED)), int(screened)))
        with self._lock:
            if url.origin not in self._held:
                self._held[url.origin] = site
                self._bytes += site.bytes
                while self._bytes > _HELD and len(self._held) > 1:
                    self._bytes -= self._held.popitem(last=False)[1].bytes
        return site

    def _current(self, connection: Connection, files: tuple[Snapshot, ...]) -> tuple[Snapshot, ...]:
        """Return those that say what is said now."""
        numbers = json.dumps([item.id for item in files])
        captured = {number for (number,) in connection.execute(_CAPTURED, (numbers,))}
        return tuple(
            item
            for item in files
            if item.found is not Found.NOT_SOUGHT
            and item.fetched_at >= self._oldest
            and item.id not in captured
        )

    def _connection(self, url: Url) -> Connection:
        """Return this thread's own connection to the shard that a site belongs to."""
        folder = folder_of_site(self._folder, url.site)
        if getattr(self._own, "process", 0) != os.getpid():
            self._own.process = os.getpid()
            self._own.open, self._own.stack = {}, ExitStack()
        opened: dict[Path, Connection] = self._own.open
        if folder not in opened:
            opened[folder] = self._own.stack.enter_context(read_job(folder))
        return opened[folder]

    def __reduce__(self) -> tuple[object, tuple[Path, float]]:
        return JobEvidence, (self._folder, self._oldest)
