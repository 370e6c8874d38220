"""One SQLite file, one connection, one transaction at a time."""

from __future__ import annotations

import asyncio
import errno
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path
from typing import TypeVar, cast

import aiosqlite

T = TypeVar("T")

SCHEMA_VERSION = 3
# What brings a job from a version to the next. The schema files hold the newest.
_MIGRATIONS = {
    1: "ALTER TABLE host ADD COLUMN held_until REAL NOT NULL DEFAULT 0;",
    2: "losses.sql",  # a file
}
_FULL = "the disk is full: free some space and run the same command again"
# What SQLite calls a write that the system refused; the file is as it was.
_UNWRITTEN = frozenset(
    f"SQLITE_IOERR_{step}" for step in ("WRITE", "FSYNC", "TRUNCATE", "SHMSIZE", "SHMMAP")
)
# Bound here so that a transaction's work never needs aiosqlite, only sqlite3.
Connection = sqlite3.Connection


class StoreError(Exception):
    """The store cannot be used as it is; the message says what to do."""


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
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    except (sqlite3.Error, OSError) as error:
        raise explain(error) from error
    return result


def explain(error: sqlite3.Error | OSError) -> Exception:
    """Return the StoreError for a fault of the disk or the file, else `error` itself."""
    if isinstance(error, OSError):
        return explain_os(error)
    text = str(error).lower()
    name = getattr(error, "sqlite_errorname", "")
    if "disk is full" in text:
        return StoreError(_FULL)
    if name in _UNWRITTEN:
        return StoreError(f"the disk cannot be written ({name}): it is full or failing")
    if "readonly" in text or "unable to open" in text:
        return StoreError(f"the job folder cannot be written ({error}): check its permissions")
    if "malformed" in text or "not a database" in text or "disk i/o" in text:
        return StoreError(f"the database is damaged ({error}): run `crawler doctor JOB`")
    if "locked" in text:
        return StoreError("the database is locked by another program: close it and try again")
    return error


def explain_os(error: OSError) -> Exception:
    """Return the StoreError for a disk that is full or may not be written, else `error`."""
    where = f" ({error.filename})" if error.filename else ""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return StoreError(f"{_FULL}{where}")
    if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return StoreError(f"cannot write{where}: {error.strerror}; check its permissions")
    if error.errno == errno.EIO:
        return StoreError(f"the disk is failing{where}: {error.strerror}")
    return error


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
    except sqlite3.Error as error:
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
    if version > SCHEMA_VERSION:
        msg = (
            f"the job was written by a newer crawler (store version {version}, this one "
            f"knows {SCHEMA_VERSION}): update the crawler"
        )
        raise StoreError(msg)
    if version == 0:
        text = "".join(
            _read(name)
            # What came later stands last: `salvage` relies on the places of what it knows.
            for name in ("frontier.sql", "pages.sql", "ledger.sql", "losses.sql")
        )
        connection.executescript(
            f"BEGIN IMMEDIATE;{text}PRAGMA user_version = {SCHEMA_VERSION};COMMIT;"
        )
    elif version < SCHEMA_VERSION:
        found = [_MIGRATIONS[step] for step in range(version, SCHEMA_VERSION)]
        steps = "".join(_read(step) if step.endswith(".sql") else step for step in found)
        connection.executescript(
            f"BEGIN IMMEDIATE;{steps}PRAGMA user_version = {SCHEMA_VERSION};COMMIT;"
        )


def _read(name: str) -> str:
    return files("crawler.store").joinpath(name).read_text()
