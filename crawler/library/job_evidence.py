"""What a job learned of sites, read only: for decisions on what others collected."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from contextlib import ExitStack
from pathlib import Path

from crawler.cluster.layout import folder_of_site
from crawler.core.consent import FileRequest
from crawler.core.decision import Found
from crawler.core.evidence import Snapshot
from crawler.core.urls import Url
from crawler.store.database import Connection
from crawler.store.evidence import latest_snapshot
from crawler.store.job import read_job
from crawler.store.site_evidence import speaks_for

_HELD = 64 * 2**20  # bytes of site files in memory
_SMALL = 4_096  # bytes that a site costs beside its files


class JobEvidence:
    """The site files in a job's folder. Many threads may share one; pickled it is its path.

    An answer older than `oldest` (seconds since the epoch) is not known: what it said may have
    changed. A refusal stays one.
    """

    def __init__(self, folder: Path, oldest: float = 0.0) -> None:
        self._folder = folder
        self._oldest = oldest
        self._own = threading.local()
        self._lock = threading.Lock()
        self._held: OrderedDict[str, tuple[Snapshot, ...]] = OrderedDict()
        self._bytes = 0

    def speaking(self, url: Url) -> tuple[Snapshot, ...]:
        """Return what speaks for the origin of `url` and is not too old.

        Raises:
            StoreError: The job cannot be read.
        """
        with self._lock:
            found = self._held.get(url.origin)
            if found is not None:
                self._held.move_to_end(url.origin)
                return found
        found = tuple(
            item
            for item in speaks_for(self._connection(url), url.origin)
            if item.found is Found.NOT_SOUGHT or item.fetched_at >= self._oldest
        )
        with self._lock:
            if url.origin not in self._held:
                self._held[url.origin] = found
                self._bytes += _size(found)
                while self._bytes > _HELD and len(self._held) > 1:
                    self._bytes -= _size(self._held.popitem(last=False)[1])
        return found

    def of(self, request: FileRequest) -> Snapshot | None:
        """Return the last answer for a file, if it is known and not too old."""
        found = latest_snapshot(self._connection(request.url), request.kind, request.url.text)
        return found if found is not None and found.fetched_at >= self._oldest else None

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


def _size(site: tuple[Snapshot, ...]) -> int:
    return _SMALL + sum(len(item.body) for item in site)
