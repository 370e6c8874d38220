"""The rows of a report's queries, from one database or several; damage is noted, not fatal."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler.report.job_queries import CHECKS, QUERIES
from crawler.store.damaged_reads import said
from crawler.store.database import Connection
from crawler.store.job import read_job

_NAMED = 5  # rows that are named of one kind of damage


@dataclass(frozen=True, slots=True)
class Damage:
    """Rows that are not what was written."""

    place: str
    what: str
    rows: int
    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        named = f", {self.rows:,} rows such as {', '.join(self.names)}" if self.names else ""
        return f"{self.place}: {self.what}{named}"


@dataclass(slots=True)
class JobRows:
    """One database that is open for reading, and what was found damaged in it so far."""

    folder: Path
    connection: Connection
    damage: list[Damage] = field(default_factory=list)

    def of(self, name: str) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query; where it breaks off, that is noted and the rest is missing."""
        try:
            yield from self.connection.execute(QUERIES[name].text)
        except (sqlite3.Error, OverflowError) as error:
            self.note(f"query {name}", f"breaks off ({said(error)})")

    def note(self, place: str, what: str, names: Sequence[str] = ()) -> None:
        where = f"{self.folder.name}/{place}"
        self.damage.append(Damage(where, what, len(names), tuple(names[:_NAMED])))

    def check(self) -> None:
        """Look for rows that cannot be as they were written."""
        for place, what, query in CHECKS:
            try:
                found = [str(number) for (number,) in self.connection.execute(query)]
            except sqlite3.Error as error:
                self.note(place, f"cannot be searched ({said(error)})")
                continue
            if found:
                self.note(place, what, found)


@contextmanager
def open_rows(folder: Path) -> Iterator[JobRows]:
    """Open the job in `folder` to read its rows.

    Raises:
        StoreError: There is no job in `folder`, or nothing of it can be read.
    """
    with read_job(folder) as connection:
        # Text that is no UTF-8 must not hide the rows around it.
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        yield JobRows(folder, connection)
