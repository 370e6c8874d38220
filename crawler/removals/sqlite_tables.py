"""SQLite: rows of every table that tells records, deleted in a copy that takes the file's place."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from crawler.inputs.columns import Columns, paths_of
from crawler.removals.row_columns import guess
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
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as source:
        names = [name for (name,) in source.execute(_TABLES)]
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
            copy.execute("COMMIT")
            copy.execute("VACUUM")
            copy.execute("PRAGMA journal_mode = DELETE")
    return counts


_TABLES = (
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    " AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
)


def _sift_table(
    connection: sqlite3.Connection, table: str, wanted: Wanted, columns: Columns, counts: Counts
) -> list[tuple[Any, ...]]:
    """Return the keys of the rows that are to go. A table without a column that tells is left."""
    head = connection.execute(f"SELECT * FROM {_quoted(table)} LIMIT {_LOOKED_AT}")  # noqa: S608
    names = [item[0] for item in head.description]
    inner = [path for row in head for path in paths_of(dict(zip(names, row, strict=True)))]
    known = guess([*((name,) for name in names), *inner], columns, table)
    if not known:
        return []
    counts.notes.append(f"{table}: {known.sentence()}")
    keys = ", ".join(map(_quoted, _keys(connection, table)))
    width = keys.count(", ") + 1
    rows: Iterator[tuple[Any, ...]] = connection.execute(f"SELECT {keys}, * FROM {_quoted(table)}")  # noqa: S608
    return [
        row[:width]
        for row in rows
        if counted(counts, wanted.names(known.of(dict(zip(names, row[width:], strict=True)))))
    ]


def _keys(connection: sqlite3.Connection, table: str) -> list[str]:
    """Return the columns that name a row: its number, or the primary key where it has none."""
    try:
        connection.execute(f"SELECT rowid FROM {_quoted(table)} LIMIT 1")  # noqa: S608
    except sqlite3.OperationalError:
        rows = connection.execute(f"PRAGMA table_info({_quoted(table)})").fetchall()
        return [row[1] for row in rows if row[5]]
    return ["rowid"]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
