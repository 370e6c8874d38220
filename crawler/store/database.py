"""One SQLite file, one connection, one transaction at a time."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path
from typing import TypeVar, cast

import aiosqlite

from crawler.store.connection import SQL_ERRORS, Connection, StoreError, explain, explain_os
from crawler.store.row_seals import seal_changes, track

__all__ = [
    "SCHEMA_VERSION",
    "Connection",
    "Database",
    "StoreError",
    "commit",
    "connect",
    "explain",
    "explain_os",
    "open_database",
]

T = TypeVar("T")

SCHEMA_VERSION = 5
# What brings a job from a version to the next: SQL, or files. The schema files hold the newest.
_MIGRATIONS: dict[int, tuple[str, ...]] = {
    1: ("ALTER TABLE host ADD COLUMN held_until REAL NOT NULL DEFAULT 0;",),
    2: ("losses.sql",),
    3: (
        (
            "CREATE TABLE seal (kind TEXT NOT NULL, key TEXT NOT NULL, salt BLOB NOT NULL,"
            " seq INTEGER NOT NULL, PRIMARY KEY (kind, key)) STRICT, WITHOUT ROWID;"
        ),
    ),
    4: (
        (
            "DROP INDEX decision_by_reason;"
            "CREATE INDEX decision_by_reason ON decision (reason, decided_at);"
            "ALTER TABLE host ADD COLUMN since REAL NOT NULL DEFAULT 0;"
            "ALTER TABLE host ADD COLUMN asked_at REAL NOT NULL DEFAULT 0;"
            "ALTER TABLE host ADD COLUMN answer TEXT NOT NULL DEFAULT '';"
        ),
        "removals.sql",
        "screening.sql",
        "receipts.sql",
    ),
}


class Database:
    """The job's SQLite file. Statements run only inside `transaction`.

    The whole of `work` runs in the database thread between BEGIN and COMMIT: one hop for
    a whole group of results (an await per statement costs 0.3 ms), no other task can come
    between its statements, and cancelling the waiter cannot stop it half-way.
    """

    def __init__(self, connection: aiosqlite.Connection, path: Path) -> None:
        self._connection = connection
        self._turn = asyncio.Lock()
        self.path = path

    async def transaction(self, work: Callable[[Connection], T]) -> T:
        """Run `work` as one transaction and return what it returned.

        Raises:
            StoreError: The disk is full, unwritable or damaged; nothing was committed.
        """
        return await asyncio.shield(self._run("BEGIN IMMEDIATE", work))

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Run `work`, which only reads, on one consistent state."""
        return await asyncio.shield(self._run("BEGIN", work))

    async def _run(self, begin: str, work: Callable[[Connection], T]) -> T:
        async with self._turn:
            return await _in_thread(self._connection, _commit, begin, work)


def commit(connection: Connection) -> None:
    """Seal what the transaction changed, and commit it."""
    seal_changes(connection)
    connection.execute("COMMIT")


async def _in_thread(
    connection: aiosqlite.Connection, function: Callable[..., T], *arguments: object
) -> T:
    # aiosqlite has no public call that runs a function in its thread.
    run = cast("Callable[..., Awaitable[T]]", connection._execute)  # noqa: SLF001
    return await run(function, connection._conn, *arguments)  # noqa: SLF001


def _commit(connection: Connection, begin: str, work: Callable[[Connection], T]) -> T:
    try:
        connection.execute(begin)
        try:
            result = work(connection)
            commit(connection)
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    except (sqlite3.Error, OSError) as error:
        raise explain(error) from error
    return result


@asynccontextmanager
async def open_database(path: Path) -> AsyncIterator[Database]:
    """Open the SQLite file at `path`, made and migrated as needed.

    Raises:
        StoreError: It cannot be opened, or belongs to a newer version of the crawler.
    """
    try:
        async with aiosqlite.connect(path, isolation_level=None) as connection:
            await _in_thread(connection, _prepare)
            yield Database(connection, path)
    except SQL_ERRORS as error:
        raise explain(error) from error


def connect(path: Path) -> Connection:
    """Open the SQLite file for synchronous, single-threaded use (CLI readers, tests)."""
    connection = sqlite3.connect(path, isolation_level=None)
    _prepare(connection)
    return connection


def _prepare(connection: Connection) -> None:
    # FULL: without it a power cut loses commits, and in groups it costs nothing measurable.
    connection.executescript("""
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA foreign_keys = ON;
        PRAGMA secure_delete = ON;
        PRAGMA busy_timeout = 5000;
    """)
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    require_known(version)
    if version == 0:
        text = "".join(
            _read(name)
            # What came later stands last: `salvage` relies on the places of what it knows.
            for name in (
                *("frontier.sql", "pages.sql", "ledger.sql", "losses.sql", "removals.sql"),
                *("screening.sql", "receipts.sql"),
            )
        )
        connection.executescript(
            f"BEGIN IMMEDIATE;{text}PRAGMA user_version = {SCHEMA_VERSION};COMMIT;"
        )
    elif version < SCHEMA_VERSION:
        found = [sql for step in range(version, SCHEMA_VERSION) for sql in _MIGRATIONS[step]]
        steps = "".join(_read(step) if step.endswith(".sql") else step for step in found)
        connection.executescript(
            f"BEGIN IMMEDIATE;{steps}PRAGMA user_version = {SCHEMA_VERSION};COMMIT;"
        )
    track(connection)


def require_known(version: int) -> None:
    """Raise StoreError if a store of that version is newer than what is known here."""
    if version > SCHEMA_VERSION:
        msg = (
            f"the job was written by a newer crawler (store version {version}, this one "
            f"knows {SCHEMA_VERSION}): update the crawler"
        )
        raise StoreError(msg)


def _read(name: str) -> str:
    return files("crawler.store").joinpath(name).read_text()
