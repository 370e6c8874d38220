"""What may be wrong inside a readable job, each check with the repair it allows.

Every check is a function of an `Examined` job that yields findings; with `repair` it puts
right what can be put right from what is there. Nothing that a committed row needs is removed.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crawler.core.urls import key_of, parse, site_of
from crawler.store.archive import FOLDER
from crawler.store.database import Connection
from crawler.store.mirror import read_mirror

_GZIP = b"\x1f\x8b"
_SOME = 20  # places named of one kind


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be, or (`note`) that is worth knowing."""

    place: str
    what: str
    repaired: bool = False
    note: bool = False


@dataclass(frozen=True, slots=True)
class Examined:
    """A job under examination. `busy`: a crawler is at work on it."""

    folder: Path
    connection: Connection
    repair: bool
    busy: bool

    def write(self, statement: str) -> None:
        if self.repair:
            self.connection.execute(statement)


# The low 32 bits of a url.id are its number within the host.
_WAITING = "(SELECT count(*) FROM url WHERE host_id = host.id AND state = 0)"
_LATER = "ifnull((SELECT min(due) FROM url WHERE host_id = host.id AND state = 1), 0)"
_NUMBERS = "ifnull((SELECT max(id & 0xFFFFFFFF) + 1 FROM url WHERE host_id = host.id), 0)"
# Earlier than needed is harmless: the host is looked at and waits again.
_COUNTERS = (
    ("waiting", _WAITING, f"waiting <> {_WAITING}"),
    ("later_at", _LATER, f"{_LATER} > 0 AND (later_at = 0 OR later_at > {_LATER})"),
    ("urls", _NUMBERS, f"urls < {_NUMBERS}"),
)


def counters(job: Examined) -> Iterator[Finding]:
    """Compare what a host says of its URLs with the URLs themselves."""
    for column, value, wrong in _COUNTERS:
        (count,) = job.connection.execute(f"SELECT count(*) FROM host WHERE {wrong}").fetchone()  # noqa: S608 - fixed text
        if count:
            job.write(f"UPDATE host SET {column} = {value} WHERE {wrong}")  # noqa: S608
            yield Finding(f"host.{column}", f"is wrong for {count} hosts", repaired=job.repair)


def hosts(job: Examined) -> Iterator[Finding]:
    """Look for URLs whose host is not there; their text names it. Its pages were in scope."""
    run = job.connection.execute
    rows = run(
        "SELECT host_id, min(url), max(kind = 0), count(*) FROM url"
        " WHERE host_id NOT IN (SELECT id FROM host) GROUP BY host_id"
    ).fetchall()
    for number, text, seed, count in rows:
        url = parse(text)
        repaired = False
        if job.repair and url is not None:
            repaired = bool(
                run(
                    "INSERT OR IGNORE INTO host (id, name, site, seed) VALUES (?, ?, ?, ?)",
                    (number, url.host, site_of(url.host), seed),
                ).rowcount
            )
        yield Finding(f"host {number}", f"is missing, {count} URLs name it", repaired=repaired)


def urls_of_pages(job: Examined) -> Iterator[Finding]:
    """Look for pages whose URL is not in the list of URLs; the page names it."""
    run = job.connection.execute
    rows = run(
        "SELECT url_id, url FROM page WHERE url_id NOT IN (SELECT id FROM url)"
        " AND state <> 'purged'"
    ).fetchall()
    made = 0
    for number, text in rows if job.repair else ():
        values = (number, number >> 32, key_of(text), text)
        made += run(
            "INSERT OR IGNORE INTO url (id, host_id, key, url, state, outcome, code)"
            " VALUES (?, ?, ?, ?, 2, 'kept', 'ok')",
            values,
        ).rowcount
    if rows:
        done = made == len(rows)
        yield Finding("url", f"lacks the rows of {len(rows)} pages", repaired=done)


def references(job: Examined) -> Iterator[Finding]:
    """Look for rows that name a row which is not there."""
    counts: dict[tuple[str, str], int] = {}
    for table, _, parent, _ in job.connection.execute("PRAGMA foreign_key_check"):
        if (table, parent) != ("page", "url"):
            counts[table, parent] = counts.get((table, parent), 0) + 1
    for (table, parent), count in sorted(counts.items()):
        yield Finding(table, f"{count} rows name a row of {parent} that is not there")


def archive_files(job: Examined) -> Iterator[Finding]:
    """Compare the WARC files with what transactions committed of them."""
    run, folder = job.connection.execute, job.folder / FOLDER
    committed = dict(run("SELECT file, committed FROM archive"))
    used = dict(run("SELECT archive_file, count(*) FROM page WHERE archive_file <> '' GROUP BY 1"))
    for name in sorted(used.keys() - committed.keys() - read_mirror(job.folder).files.keys()):
        yield _restored(job, folder / name, used[name])
    elsewhere = {*read_mirror(job.folder).only_there()}
    for name, length in sorted(committed.items()):
        if name in elsewhere:  # `crawler verify` reads it there
            continue
        yield from _measured(job, folder / name, int(length))
    for path in sorted(folder.glob("*.warc.gz")):
        if path.name not in committed and path.name not in used and not job.busy:
            if job.repair:
                path.unlink()
            yield Finding(f"{FOLDER}/{path.name}", "is of no committed page", repaired=job.repair)


def _restored(job: Examined, path: Path, pages: int) -> Finding:
    """Count a file in again whose row is lost, before the next crawl takes it for a draft."""
    there = path.is_file()
    if there and job.repair:
        job.connection.execute(
            "INSERT INTO archive (file, committed) VALUES (?, ?)", (path.name, path.stat().st_size)
        )
    what = "is not counted in" if there else "is missing"
    return Finding(
        f"{FOLDER}/{path.name}", f"{what}; {pages} pages lie in it", repaired=there and job.repair
    )


def _measured(job: Examined, path: Path, length: int) -> Iterator[Finding]:
    place = f"{FOLDER}/{path.name}"
    try:
        size = path.stat().st_size
    except OSError:
        yield Finding(place, "is missing, its raw answers are lost; the texts are in the store")
        return
    if size > length and not job.busy:
        if job.repair:
            os.truncate(path, length)
        what = f"has {size - length} bytes at its end that no transaction committed"
        yield Finding(place, what, repaired=job.repair)
    if size < length:
        yield Finding(place, f"was cut: {size} bytes are left of {length}")
    yield from _begun(job, path, min(size, length))


def _begun(job: Examined, path: Path, size: int) -> Iterator[Finding]:
    """Look whether a record begins where each page says its own does."""
    wrong = 0
    with path.open("rb") as file:
        for (offset,) in job.connection.execute(
            "SELECT archive_offset FROM page WHERE archive_file = ? ORDER BY 1", (path.name,)
        ):
            file.seek(offset)
            wrong += offset >= size or file.read(2) != _GZIP
    if wrong:
        yield Finding(f"{FOLDER}/{path.name}", f"does not hold the raw answers of {wrong} pages")


def clock(job: Examined, now: float) -> Iterator[Finding]:
    """Say if the clock stands before what was last written (it was set back)."""
    (last,) = job.connection.execute("SELECT ifnull(max(at), 0) FROM ledger").fetchone()
    if last > now + 60.0:
        what = f"stands {last - now:.0f} s before the last entry of the ledger: set it right"
        yield Finding("the clock", what)


CHECKS = (urls_of_pages, hosts, counters, references, archive_files)


def integrity(connection: Connection) -> tuple[str, ...]:
    """Return what SQLite finds wrong with pages, b-trees, constraints and indexes."""
    try:
        rows = connection.execute(f"PRAGMA integrity_check({_SOME})").fetchall()
    except sqlite3.DatabaseError as error:
        return (str(error),)
    return tuple(line for (text,) in rows for line in text.splitlines() if text != "ok")


def rebuild_indexes(connection: Connection) -> bool:
    """Build all indexes anew; say if nothing is wrong afterwards."""
    try:
        connection.execute("REINDEX")
    except sqlite3.DatabaseError:
        return False
    return not integrity(connection)
