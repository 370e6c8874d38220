"""What a job published, kept when its sites go to shards: the ledger in which its versions stand.

Exports of several shards are written from what merges them, `merged` in the parent's folder. So
the job that was exported becomes that: its chain goes on, and earlier versions stay proven by it.
Raw copies and what is still to be asked go with the shards.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from crawler.store.database import Connection, commit, connect
from crawler.store.job import DATABASE
from crawler.store.pages import seal_page

_FORGOTTEN = ("awaited", "outbox", "pattern", "revisit", "receipt", "takedown", "archive", "loss")
_ENTRIES = {"active": "include", "held": "hold", "retired": "retire"}


def keep_published(job: Path, folder: Path, now: float) -> None:
    """Make `folder` of the job in `job`, if that has published anything."""
    with closing(
        sqlite3.connect(f"{(job / DATABASE).resolve().as_uri()}?mode=ro", uri=True)
    ) as old:
        if old.execute("SELECT 1 FROM release LIMIT 1").fetchone() is None:
            return
        folder.mkdir()
        with closing(sqlite3.connect(folder / DATABASE)) as copy:
            old.backup(copy)
    with closing(connect(folder / DATABASE)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        _without_archive(connection, now)
        for table in _FORGOTTEN:
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 - fixed names
        connection.execute(
            "DELETE FROM url WHERE id NOT IN (SELECT url_id FROM decision)"
            " AND id NOT IN (SELECT url_id FROM page)"
        )
        connection.execute("UPDATE url SET state = 2, due = 0")
        connection.execute("UPDATE host SET waiting = 0, later_at = 0")
        commit(connection)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _without_archive(connection: Connection, now: float) -> None:
    """Let pages forget their raw answers, which are others' now."""
    rows = connection.execute(
        "SELECT url_id, state FROM page WHERE archive_file != '' AND state != 'purged'"
    ).fetchall()
    for number, state in rows:
        connection.execute(
            "UPDATE page SET archive_file = '', archive_offset = 0, record_id = ''"
            " WHERE url_id = ?",
            (number,),
        )
        seal_page(connection, number, _ENTRIES[state], {"merged": True}, now)
