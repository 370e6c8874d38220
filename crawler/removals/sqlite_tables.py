"""SQLite: rows of every table that tells records, deleted in a copy that takes the file's place."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from crawler.inputs.columns import Columns, NoColumnError, paths_of, text_of
from crawler.removals.row_columns import NOTHING_TELLS, guess
from crawler.removals.wanted import Counts, Wanted, counted

MAGIC = b"SQLite format 3\0"
_LOOKED_AT = 20  # rows
_JOB = frozenset({"ledger", "snapshot", "decision", "page"})  # tables of one of our own jobs


class JobError(ValueError):
    """The database is a job, whose texts are taken out by its own command."""


def sift(path: Path, target: Path | None, wanted: Wanted, columns: Columns) -> Counts:
    """Count the rows that are to go; with `target` write a database without them there.

    Raises:
        JobError: It is one of our own jobs.
        sqlite3.Error: It is damaged, or in use.
    """
    counts = Counts()
    if target is not None:
        _settle(path.resolve())
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as source:
        names, indexes = _tables(source)
        if set(names) >= _JOB:
            raise JobError("is a crawler's job: take pages out of it with `crawler purge`")
        if target is None:
            for table in names:
                _sift_table(source, table, wanted, columns, counts)
            return counts
        with closing(sqlite3.connect(target, isolation_level=None)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA secure_delete = ON")
            copy.execute("BEGIN IMMEDIATE")
            for table in names:
                gone = list(_sift_table(copy, table, wanted, columns, counts))
                keys = _keys(copy, table)
                where = " AND ".join(f"{_quoted(key)} IS ?" for key in keys)
                copy.executemany(f"DELETE FROM {_quoted(table)} WHERE {where}", gone)  # noqa: S608
            for index in indexes:  # or words of what is gone would stay in it
                _rebuild(copy, index, counts)
            copy.execute("COMMIT")
            copy.execute("VACUUM")
            copy.execute("PRAGMA journal_mode = DELETE")
    return counts


_FULL_TEXT = re.compile(r"USING\s+fts[345]\b", re.IGNORECASE)
_CONTENT_ELSEWHERE = re.compile(r"\bcontent\s*=", re.IGNORECASE)
_LONG = 300  # characters of a value that may be a record's text


def _tables(connection: sqlite3.Connection) -> tuple[list[str], list[str]]:
    """Return the tables that hold rows of their own, and those that index text."""
    made = dict(connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'"))
    listed = connection.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual')"
        " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
    )
    names = [name for (name,) in listed]
    indexes = [name for name in names if _FULL_TEXT.search(made.get(name) or "")]
    elsewhere = {name for name in indexes if _CONTENT_ELSEWHERE.search(made[name])}
    return [name for name in names if name not in elsewhere], indexes


def _rebuild(connection: sqlite3.Connection, index: str, counts: Counts) -> None:
    name = _quoted(index)
    try:
        connection.execute(f"INSERT INTO {name}({name}) VALUES ('rebuild')")  # noqa: S608
    except sqlite3.Error as error:
        counts.notes.append(f"NOT READ: the index {index}, which holds no text itself: {error}")


def _settle(path: Path) -> None:
    """Put into a database what is only in its log: beside a new file the log would be replayed.

    Raises:
        sqlite3.OperationalError: Another process has it open.
    """
    log = path.with_name(f"{path.name}-wal")
    if not log.exists():
        return
    with closing(sqlite3.connect(path, timeout=5.0)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    if log.exists() and log.stat().st_size:
        raise sqlite3.OperationalError("it is in use: close what has it open")


def _sift_table(
    connection: sqlite3.Connection, table: str, wanted: Wanted, columns: Columns, counts: Counts
) -> list[tuple[Any, ...]]:
    """Return the keys of the rows that are to go; where no column tells, note what is there."""
    head = connection.execute(f"SELECT * FROM {_quoted(table)} LIMIT {_LOOKED_AT}")  # noqa: S608
    names = [item[0] for item in head.description]
    inner = [path for row in head for path in paths_of(dict(zip(names, row, strict=True)))]
    paths = [*((name,) for name in names), *inner]
    try:
        known = guess(paths, columns, table)
    except NoColumnError:  # what was named is another table's
        known = guess(paths, Columns(), table)
    if not known:
        for row in connection.execute(f"SELECT * FROM {_quoted(table)}"):  # noqa: S608
            if note := _of_no_record(table, row, wanted):
                counts.notes.append(note)
                break
        return []
    counts.notes.append(f"{table}: {known.sentence()}")
    named = _keys(connection, table)
    keys, width = ", ".join(map(_quoted, named)), len(named)
    rows: Iterator[tuple[Any, ...]] = connection.execute(f"SELECT {keys}, * FROM {_quoted(table)}")  # noqa: S608
    return [
        row[:width]
        for row in rows
        if counted(counts, wanted.names(known.of(dict(zip(names, row[width:], strict=True)))))
    ]


def _of_no_record(table: str, row: tuple[Any, ...], wanted: Wanted) -> str:
    """Return what is to be said of a row that has no column which tells a record."""
    for value in filter(None, map(text_of, row)):
        if len(value) > _LONG:
            return f"NOT READ: table {table}: {NOTHING_TELLS}"
        if named := wanted.named_in(value):
            return f"STILL NAMED in table {table}: {named}"
    return ""


def _keys(connection: sqlite3.Connection, table: str) -> list[str]:
    """Return the columns that name a row: its number, or the primary key where it has none."""
    columns = connection.execute(f"PRAGMA table_info({_quoted(table)})").fetchall()
    own = {column[1].lower() for column in columns}
    number = next((name for name in ("rowid", "_rowid_", "oid") if name not in own), "")
    try:
        connection.execute(f"SELECT {number or 'NULL'} FROM {_quoted(table)} LIMIT 1")  # noqa: S608
    except sqlite3.OperationalError:
        number = ""
    return [number] if number else [column[1] for column in columns if column[5]]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
