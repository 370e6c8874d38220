"""What is wrong with a job's files, and putting right what can be put right.

In this order: the lock, the log, the pages of the database (a damaged one is salvaged row by
row), then rows, counters, archive and drafts, at last the chain and the digests of the ledger.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crawler.corpus.upkeep.verify_job import verify_job
from crawler.store.archive import FOLDER
from crawler.store.checks import CHECKS, Examined, Finding, clock, integrity, rebuild_indexes
from crawler.store.connection import SQL_ERRORS, NoJobError
from crawler.store.damaged_reads import DAMAGE, said
from crawler.store.database import SCHEMA_VERSION, Connection, StoreError, connect, explain
from crawler.store.job import DATABASE, hold, holder
from crawler.store.judging_now import SLOT, suspect
from crawler.store.salvage import salvage
from crawler.store.write_ahead_log import read_log

_DRAFTS = ("*.new", "*.new-*", "*.page", "*.part", "*.tmp", f"{FOLDER}/*.new")


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All that was found in one job folder. `left`: the faults that remain."""

    of: str
    findings: tuple[Finding, ...]

    @property
    def left(self) -> tuple[Finding, ...]:
        return tuple(item for item in self.findings if not item.note and not item.repaired)


def examine(folder: Path, now: float, *, repair: bool) -> Diagnosis:
    """Examine the job in `folder`; with `repair`, put right what can be.

    Raises:
        NoJobError: There is no job in it.
        StoreError: It is to be repaired while a crawler works on it, or cannot be written.
    """
    if not (folder / DATABASE).is_file():
        raise NoJobError(f"{folder} holds no job (there is no {DATABASE} in it)")
    if repair:
        with hold(folder):
            return Diagnosis(str(folder), tuple(_findings(folder, now, repair=True)))
    return Diagnosis(str(folder), tuple(_findings(folder, now, repair=False)))


def damage(folder: Path) -> str:
    """Return the first thing that is damaged in a job, "" if nothing is; nothing is changed."""
    database = folder / DATABASE
    faults = _faults(database)
    if isinstance(faults, StoreError):
        return str(faults)
    if faults:
        return f"{DATABASE}: {faults[0]}"
    found = [*_inside(folder, math.inf, repair=False, busy=True), *_sealed(folder)]
    return next((f"{item.place}: {item.what}" for item in found if not item.note), "")


def _findings(folder: Path, now: float, *, repair: bool) -> Iterator[Finding]:
    process = None if repair else holder(folder)
    if process is not None:
        yield Finding("lock", f"a crawler (process {process}) is at work", note=True)
    database = folder / DATABASE
    if process is None:
        yield from _log(database, repair=repair)
    faults = _faults(database)
    if isinstance(faults, StoreError):  # a newer crawler's, or out of reach: hands off
        yield Finding(DATABASE, str(faults))
        return
    if faults:
        yield from _damaged(database, faults, repair=repair)
        if not repair or _faults(database) != ():
            return
    yield from _inside(folder, now, repair=repair, busy=process is not None)
    if process is None:
        yield from _small_files(folder, repair=repair)
    yield from _sealed(folder)


def _log(database: Path, *, repair: bool) -> Iterator[Finding]:
    log = read_log(database)
    if not log.torn:
        return
    repaired = False
    if repair:
        try:
            connection = connect(database)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.close()
            repaired = True
        except (sqlite3.Error, StoreError):
            repaired = False
    yield Finding(
        f"{DATABASE}-wal",
        f"ends within a transaction, as after a power cut or if it was cut off; the {log.whole}"
        " transactions before it are whole",
        repaired=repaired,
    )


def _faults(database: Path) -> tuple[str, ...] | StoreError:
    """Return what is wrong with the file as SQLite reads it, or why it cannot be examined."""
    try:
        connection = _open(database, repair=False)
    except SQL_ERRORS as error:
        return _why(error)
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > SCHEMA_VERSION:
            return StoreError(
                f"is of a newer crawler (store version {version}, this one knows"
                f" {SCHEMA_VERSION}): update the crawler"
            )
        connection.execute("SELECT count(*) FROM meta").fetchone()
        return integrity(connection)
    except SQL_ERRORS as error:
        return _why(error)
    finally:
        connection.close()


def _why(error: sqlite3.Error | UnicodeDecodeError) -> tuple[str, ...] | StoreError:
    explained = explain(error)
    out_of_reach = isinstance(explained, StoreError) and "damaged" not in str(explained)
    return explained if isinstance(explained, StoreError) and out_of_reach else (str(error),)


def _open(database: Path, *, repair: bool) -> Connection:
    if repair:
        return connect(database)
    where = f"{database.resolve().as_uri()}?mode=ro"
    return sqlite3.connect(where, uri=True, isolation_level=None)


def _damaged(database: Path, faults: tuple[str, ...], *, repair: bool) -> Iterator[Finding]:
    what = f"is damaged ({faults[0]})"
    if not repair:
        yield Finding(DATABASE, f"{what}: run `crawler doctor JOB --repair`")
        return
    if _reindexed(database):
        yield Finding(DATABASE, f"{what}; its indexes were built anew", repaired=True)
        return
    try:
        saved = salvage(database)
    except (sqlite3.Error, OSError) as error:
        yield Finding(DATABASE, f"{what}, and nothing could be read out of it: {error}")
        return
    rows = sum(saved.rows.values())
    yield Finding(DATABASE, f"{what}; {rows} rows were read into a new one", repaired=True)
    for table in saved.cut:
        count = saved.rows[table]
        yield Finding(f"table {table}", f"lost the rows on damaged pages, {count} are left")
    what = "is the damaged database, kept aside; a purge does not reach it, so delete it in time"
    yield Finding(saved.aside.name, what, note=True)


def _reindexed(database: Path) -> bool:
    """Mend a file of which only indexes are damaged."""
    try:
        connection = _open(database, repair=True)
    except (sqlite3.Error, StoreError):
        return False
    try:
        return rebuild_indexes(connection)
    finally:
        connection.close()


def _inside(folder: Path, now: float, *, repair: bool, busy: bool) -> Iterator[Finding]:
    connection = _open(folder / DATABASE, repair=repair)
    try:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("BEGIN IMMEDIATE" if repair else "BEGIN")
        job = Examined(folder, connection, repair, busy)
        for check in CHECKS:
            yield from check(job)
        yield from clock(job, now)
        row = connection.execute("SELECT value FROM meta WHERE key = 'running'").fetchone()
        if row and row[0] == "1" and not busy:
            what = "did not end cleanly: the next one lets every host rest first"
            yield Finding("the last run", what, note=True)
        connection.execute("COMMIT")
    except DAMAGE as error:
        yield Finding(DATABASE, f"cannot be examined: {said(error)}")
    finally:
        connection.close()


def _small_files(folder: Path, *, repair: bool) -> Iterator[Finding]:
    number = suspect(folder)
    if number is None:
        if repair:
            (folder / SLOT).write_bytes(bytes(8))
        yield Finding(SLOT, "is not eight bytes long", repaired=repair)
    elif number:
        what = f"URL {number} was being judged when the crawler died: it is judged apart next time"
        yield Finding(SLOT, what, note=True)
    for path in sorted({path for pattern in _DRAFTS for path in folder.glob(pattern)}):
        if path.is_file():
            if repair:
                path.unlink()
            yield Finding(
                str(path.relative_to(folder)), "is a draft nobody finished", repaired=repair
            )


def _sealed(folder: Path) -> Iterator[Finding]:
    try:
        verified = verify_job(folder, None, "", None)
    except StoreError as error:
        yield Finding("ledger", str(error))
        return
    for fault in verified.faults:
        yield Finding(fault.place, fault.what)
