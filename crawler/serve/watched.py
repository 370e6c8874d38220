"""The jobs that are shown, and their databases: opened to read only, and never for long."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from crawler.cluster.layout import folder_of_site, shard_folders
from crawler.store.database import Connection, StoreError
from crawler.store.job import holder, read_job
from crawler.store.orders import Orders, read_orders

T = TypeVar("T")

_STEPS = 10_000  # of SQLite's machine between two looks at the clock: less than a millisecond
_LONG = 3.0  # seconds that a query of a page may take


class TooLongError(Exception):
    """A query was given up, so that no snapshot of the database is kept open for long."""


@dataclass(frozen=True, slots=True)
class Watched:
    """One job, plain or of several shards, by the number that paths call it."""

    number: int
    folder: Path

    @property
    def name(self) -> str:
        return self.folder.resolve().name or str(self.folder)

    def parts(self) -> list[Path]:
        """Return the folders of its shards, or its own."""
        return shard_folders(self.folder)

    def orders(self, now: float) -> Orders:
        """Return what was ordered; what cannot be read keeps a crawl from starting anything."""
        try:
            return read_orders(self.folder)
        except StoreError:
            return Orders(paused_since=now)

    def processes(self) -> list[int]:
        return [process for part in self.parts() if (process := holder(part))]

    def part_of(self, site: str) -> Path:
        """Return the folder in which what concerns `site` lies."""
        return folder_of_site(self.folder, site)

    def over_parts(self, work: Callable[[Connection], T]) -> list[T]:
        """Return what `work` reads of every shard; one that was not begun has nothing.

        Raises:
            StoreError: A database cannot be read, or all are missing.
            TooLongError: It takes too long.
        """
        found = []
        for part in self.parts():
            with reading(part) as connection:
                found.append(work(connection))
        return found


@contextmanager
def reading(folder: Path, seconds: float = _LONG) -> Iterator[Connection]:
    """Open a job's database to read one state of it, for at most so many seconds.

    Raises:
        StoreError: It cannot be read.
        TooLongError: A query took longer.
    """
    until = time.monotonic() + seconds
    with read_job(folder) as connection:
        connection.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
        try:
            yield connection
        except sqlite3.OperationalError as error:
            if "interrupted" in str(error):
                raise TooLongError from error
            raise
