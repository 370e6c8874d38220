"""A job: one crawl, one folder, opened by one process at a time."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from crawler.store.connection import SQL_ERRORS, NoJobError
from crawler.store.database import (
    SCHEMA_VERSION,
    Connection,
    Database,
    StoreError,
    connect,
    explain,
    explain_os,
    open_database,
    require_known,
)

DATABASE = "crawl.db"
_LOCK = "lock"
_REST = "rest until"  # in `meta`
_RUNNING = "SELECT value FROM meta WHERE key = 'running'"


@dataclass(frozen=True, slots=True)
class Job:
    """An open job. `unclean`: the last run did not end with `mark_clean`."""

    folder: Path
    database: Database
    unclean: bool


@asynccontextmanager
async def open_job(folder: Path) -> AsyncIterator[Job]:
    """Open the job in `folder`, made if it is not there, and hold it alone.

    Raises:
        StoreError: The folder cannot be written, another process holds the job, or the
            database is damaged or newer than this crawler.
    """
    make_folder(folder)
    with hold(folder):
        open_for_writing(folder).close()
        async with open_database(folder / DATABASE) as database:
            unclean = await database.transaction(_start)
            yield Job(folder, database, unclean)


def make_folder(folder: Path) -> None:
    """Make the job folder.

    Raises:
        StoreError: It cannot be made, or is no folder.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"the job folder {folder} cannot be made: {error.strerror}") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise StoreError(f"the job folder {folder} cannot be written: check its permissions")


def folder_size(folder: Path) -> int:
    """Return the bytes of all files under `folder`; drafts may vanish meanwhile."""
    total = 0
    for root, _, names in os.walk(folder):
        for name in names:
            with suppress(FileNotFoundError):
                total += (Path(root) / name).lstat().st_size
    return total


def open_for_writing(folder: Path) -> Connection:
    """Open the database of a job that is held, and bring it up to date.

    Raises:
        StoreError: It cannot be opened or written, or is damaged.
    """
    try:
        connection = connect(folder / DATABASE)
        try:
            # Here, because it knows all that a page is: whoever only reads starts in half the time.
            from crawler.store.older_jobs import tidy  # noqa: PLC0415

            tidy(connection)
        except BaseException:
            connection.close()
            raise
    except SQL_ERRORS as error:
        raise explain(error) from error
    return connection


@contextmanager
def hold(folder: Path) -> Iterator[None]:
    """Hold the job's lock, which names the process that has it.

    Raises:
        StoreError: Another process holds it.
    """
    try:
        descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StoreError(f"the job folder {folder} cannot be written: {error.strerror}") from error
    try:
        _lock(descriptor)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    except BlockingIOError as error:
        holder = os.pread(descriptor, 32, 0).decode().strip() or "?"
        msg = (
            f"another crawler (process {holder}) is working on {folder}: wait for it, stop it, "
            "or choose another job folder"
        )
        raise StoreError(msg) from error
    except OSError as error:
        raise explain_os(error) from error
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    """Take the lock; whoever only looks at it (`holder`) lets it go at once."""
    for wait in (0.02, 0.05, 0.1):
        with suppress(BlockingIOError):
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        time.sleep(wait)
    return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def holder(folder: Path) -> int | None:
    """Return the id of the process that works on the job, or None if none does."""
    try:
        descriptor = os.open(folder / _LOCK, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        text = os.pread(descriptor, 32, 0).decode().strip()
        return int(text) if text.isdigit() else None
    finally:
        os.close(descriptor)
    return None


@contextmanager
def read_job(folder: Path, *, still: bool = False) -> Iterator[Connection]:
    """Open the job's database to read only, also while a crawl is running.

    `still`: nobody writes it meanwhile, so it is read without a log, as from a folder that
    several machines share.

    Raises:
        NoJobError: There is no job in `folder`.
        StoreError: Its database cannot be read.
    """
    path = folder / DATABASE
    if not path.is_file():
        raise NoJobError(f"{folder} holds no job (there is no {DATABASE} in it)")
    try:
        connection = sqlite3.connect(_to_read(path, still=still), uri=True)
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        require_known(version)
        if 0 < version < SCHEMA_VERSION:  # an older crawler's, brought up to date first
            connect(path).close()
    except SQL_ERRORS as error:
        raise explain(error) from error
    try:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT count(*) FROM meta").fetchone()
        connection.execute("BEGIN")  # one consistent state for everything that is read
        yield connection
    except SQL_ERRORS as error:
        raise explain(error) from error
    finally:
        connection.close()


def _to_read(path: Path, *, still: bool) -> str:
    """Return the address by which SQLite only reads a database.

    Also one in a folder that nobody can write, or that several machines share: then SQLite can
    make no index of what is not yet in the file itself, and is told that there is nothing of
    that kind.

    Raises:
        StoreError: There is, and so it cannot be read there.
    """
    address = f"{path.resolve().as_uri()}?mode=ro"
    if not still and os.access(path.parent, os.W_OK):
        return address
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        why, fix = "cannot be written", "read a copy of it, or mount it so that it can be written"
        if still:
            why, fix = "is read by several machines", "end whatever has it open, and look again"
        raise StoreError(f"{path.parent} {why}, and its last run did not end by itself: {fix}")
    return f"{address}&immutable=1"


def _start(connection: Connection) -> bool:
    row = connection.execute(_RUNNING).fetchone()
    _set(connection, "running", "1")
    return row is not None and row[0] == "1"


def mark_clean(connection: Connection) -> None:
    """Note that every visit made is recorded, so every host's clock is right."""
    _set(connection, "running", "0")


def note_restored(connection: Connection, until: float) -> None:
    """Note that visits may be missing, and that no host may be asked before `until`."""
    _set(connection, "running", "1")
    _set(connection, _REST, repr(until))


def take_over_run(connection: Connection, source: Connection) -> None:
    """Note of another job whose hosts come along if it stopped uncleanly, and how long all rest."""
    until = max(rest_until(connection), rest_until(source))
    rows = [store.execute(_RUNNING).fetchone() for store in (connection, source)]
    _set(connection, "running", "1" if ("1",) in rows else "0")
    if until:
        _set(connection, _REST, repr(until))


def rest_until(connection: Connection) -> float:
    """Return until when no host may be asked; 0.0 unless the job was restored elsewhere."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (_REST,)).fetchone()
    return float(row[0]) if row else 0.0


def note_epoch(connection: Connection, epoch: int) -> None:
    """Note under which epoch a shard of a cluster is written to: its owner's."""
    _set(connection, "epoch", str(epoch))


def _set(connection: Connection, key: str, value: str) -> None:
    connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (key, value))
