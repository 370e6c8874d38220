"""A job of an older crawler is brought up to date and loses nothing."""

import sqlite3

from crawler.store.database import SCHEMA_VERSION, connect
from crawler.store.job import DATABASE, read_job


def columns(connection):
    return {
        table: [row[1:4] for row in connection.execute(f"PRAGMA table_info({table})")]
        for (table,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
    }


def as_written_by_version_one(path):
    connect(path).close()
    old = sqlite3.connect(path)
    old.executescript(
        "ALTER TABLE host DROP COLUMN held_until; DROP TABLE loss; DROP TABLE seal;"
        " DROP TABLE removal; DROP TABLE receipt; ALTER TABLE host DROP COLUMN since;"
        " ALTER TABLE host DROP COLUMN asked_at; ALTER TABLE host DROP COLUMN answer;"
        " DROP TABLE screened_origin; DROP TABLE given_snapshot;"
        " PRAGMA user_version = 1;"
    )
    old.execute("INSERT INTO host (id, name, site) VALUES (7, 'a.test', 'a.test')")
    old.commit()
    old.close()


def test_an_old_job_becomes_like_a_new_one_when_it_is_read(tmp_path):
    connect(tmp_path / "new.db").close()
    as_written_by_version_one(tmp_path / DATABASE)

    with read_job(tmp_path) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        rows = connection.execute("SELECT name, held_until FROM host").fetchall()
        found = columns(connection)
    with sqlite3.connect(tmp_path / "new.db") as new:
        expected = columns(new)

    assert version == SCHEMA_VERSION
    assert [tuple(row) for row in rows] == [("a.test", 0.0)]
    assert {table: set(rows) for table, rows in found.items()} == {
        table: set(rows) for table, rows in expected.items()
    }
