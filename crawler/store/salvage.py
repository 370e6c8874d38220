"""Taking the readable rows out of a damaged database.

The damaged file is only read. Rows are read in the order of their keys, from both ends; what
lies between is sought from farther and farther on, so that one bad page costs its own rows.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from crawler.durable_files import sync_folder
from crawler.store.database import Connection, connect

_CHUNK = 500
_MOST_KEY = 2**63 - 1
# Header fields of page 1 that tell of the file, not of the schema (sqlite.org/fileformat2).
_PAGES_AT, _FREE_AT, _PAGE_SIZE_AT = 28, slice(32, 40), slice(16, 18)


class Salvaged(NamedTuple):
    """What came of it: rows by table, tables that were not read to the end, the old file."""

    rows: dict[str, int]
    cut: tuple[str, ...]
    aside: Path


def salvage(database: Path) -> Salvaged:
    """Put a new database of all readable rows in place of `database`, which is kept aside.

    Raises:
        sqlite3.Error, OSError: Nothing could be read, or the new file could not be written;
            everything is as it was.
    """
    draft = database.with_name(database.name + ".new")
    first = database.with_name(database.name + ".page")
    for path in (draft, first):
        path.unlink(missing_ok=True)
    try:
        source = _open(database, first)
        try:
            rows, cut = _copy(source, draft)
        finally:
            source.close()
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    finally:
        first.unlink(missing_ok=True)
    return Salvaged(rows, cut, _exchange(database, draft))


def _open(database: Path, first: Path) -> Connection:
    try:
        return _readable(database)
    except sqlite3.DatabaseError:
        _with_new_first_page(database, first)
        return _readable(first)


def _readable(path: Path) -> Connection:
    source = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        source.execute("PRAGMA cell_size_check = ON")
        if not source.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            raise sqlite3.DatabaseError("the schema is empty")
    except sqlite3.Error:
        source.close()
        raise
    return source


def _with_new_first_page(database: Path, copy: Path) -> None:
    """Copy the database with the first page of a fresh one: our schema is always laid out alike."""
    fresh = copy.with_name(copy.name + "-fresh")
    try:
        connection = connect(fresh)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        head = bytearray(fresh.read_bytes()[:65_536])
    finally:
        for end in ("", "-wal", "-shm"):
            Path(f"{fresh}{end}").unlink(missing_ok=True)
    size = int.from_bytes(head[_PAGE_SIZE_AT], "big")
    pages = database.stat().st_size // size
    head[_PAGES_AT : _PAGES_AT + 4] = pages.to_bytes(4, "big")
    head[_FREE_AT] = bytes(8)
    shutil.copyfile(database, copy)
    with copy.open("r+b") as file:
        file.write(head[:size])


def _copy(source: Connection, draft: Path) -> tuple[dict[str, int], tuple[str, ...]]:
    target = connect(draft)
    try:
        target.execute("PRAGMA foreign_keys = OFF")
        tables = target.execute(
            "SELECT name, wr FROM pragma_table_list WHERE type = 'table' AND schema = 'main'"
            " AND name NOT LIKE 'sqlite_%' ORDER BY name"
        ).fetchall()
        rows, cut = {}, []
        target.execute("BEGIN")
        for name, keyed in tables:
            count, whole = _copy_table(source, target, name, keyed=bool(keyed))
            rows[name] = count
            if not whole:
                cut.append(name)
        target.execute("COMMIT")
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        target.close()
    return rows, tuple(cut)


def _copy_table(
    source: Connection, target: Connection, name: str, *, keyed: bool
) -> tuple[int, bool]:
    """Copy what can be read; return the number of rows and whether nothing was in the way.

    `keyed`: the table is WITHOUT ROWID, and is read from both ends only.
    """
    columns = [row[1] for row in target.execute(f"PRAGMA table_info({name})")]
    listed = ", ".join(f'"{column}"' for column in columns)
    put = f"INSERT OR IGNORE INTO {name} ({listed}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608 - names of our schema
    before = target.total_changes
    if keyed:
        whole = _put_all(target, put, _straight(source, f"SELECT {listed} FROM {name}"))  # noqa: S608
        if not whole:
            keys = [row[1] for row in target.execute(f"PRAGMA table_info({name})") if row[5]]
            order = ", ".join(f"{key} DESC" for key in keys)
            query = f"SELECT {listed} FROM {name} ORDER BY {order}"  # noqa: S608
            _put_all(target, put, _straight(source, query))
        return target.total_changes - before, whole
    reader = _Rows(source, name, listed)
    for row in reader.all():
        _put(target, put, row)
    return target.total_changes - before, reader.whole


def _put_all(target: Connection, put: str, rows: Iterator[tuple[Any, ...]]) -> bool:
    try:
        for row in rows:
            _put(target, put, row)
    except sqlite3.DatabaseError:
        return False
    return True


def _put(target: Connection, put: str, row: tuple[Any, ...]) -> None:
    try:
        target.execute(put, row)
    except sqlite3.IntegrityError:
        return  # bytes that are no value of this column: the row was hit


def _straight(source: Connection, query: str) -> Iterator[tuple[Any, ...]]:
    yield from source.execute(query)


class _Rows:
    """The rows of one table by rowid; `whole` says if nothing was unreadable."""

    def __init__(self, source: Connection, name: str, columns: str) -> None:
        self._source = source
        self._up = f"SELECT rowid, {columns} FROM {name} WHERE rowid >= ? ORDER BY rowid LIMIT ?"  # noqa: S608
        self._last = f"SELECT max(rowid) FROM {name}"  # noqa: S608
        self.whole = True

    def all(self) -> Iterator[tuple[Any, ...]]:
        at, last = -(2**63), self._end()
        while at <= last:
            rows = self._read(at, _CHUNK)
            if rows is None:  # some of them may be readable
                self.whole = False
                found = yield from self._one_by_one(at)
                at = self._beyond(at if found is None else found + 1, last)
                continue
            if not rows:
                return
            for row in rows:
                yield row[1:]
            at = int(rows[-1][0]) + 1

    def _one_by_one(self, at: int) -> Generator[tuple[Any, ...], None, int | None]:
        """Yield rows until one cannot be read; return the last key."""
        found: int | None = None
        for _ in range(_CHUNK):
            rows = self._read(at, 1)
            if not rows:
                break
            yield rows[0][1:]
            found = int(rows[0][0])
            at = found + 1
        return found

    def _beyond(self, at: int, last: int) -> int:
        """Return a key from `at` on that can be read again, the nearest that seeking finds."""
        good, step = None, 1
        while good is None and at + step // 2 < last:
            start = min(at + step, last)
            good = start if self._read(start, 1) else None
            step *= 2
        if good is None:
            return last + 1
        bad = at
        while good - bad > 1:
            middle = (good + bad) // 2
            if self._read(middle, 1):
                good = middle
            else:
                bad = middle
        return good

    def _read(self, at: int, count: int) -> list[tuple[Any, ...]] | None:
        try:
            return self._source.execute(self._up, (at, count)).fetchall()
        except sqlite3.DatabaseError:
            return None

    def _end(self) -> int:
        try:
            (last,) = self._source.execute(self._last).fetchone()
        except sqlite3.DatabaseError:
            self.whole = False
            return _MOST_KEY - 1
        return -(2**63) - 1 if last is None else int(last)


def _exchange(database: Path, draft: Path) -> Path:
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    number = 1
    while (aside := database.with_name(f"{database.name}.damaged-{number}")).exists():
        number += 1
    # The damaged file never lacks a name; its log must not be read into the new one.
    aside.hardlink_to(database)
    for end in ("-wal", "-shm"):
        if (old := Path(f"{database}{end}")).exists():
            old.rename(f"{aside}{end}")
        Path(f"{draft}{end}").unlink(missing_ok=True)
    draft.replace(database)
    sync_folder(database.parent)
    return aside
