"""Which logs a job's crawls wrote beside it, so that a purge knows where addresses may stand.

Notes in `meta`: the places (those in the job's folder relative to it), and the key of the
hashes that stand for addresses in logs that name none.
"""

from __future__ import annotations

import hmac
import json
import secrets
from pathlib import Path

from crawler.store.connection import Connection

STANDARD_OUTPUT = "-"
_PLACES, _KEY = "logs", "log_key"


def note_log(connection: Connection, job: Path, file: str) -> None:
    """Note that a crawl of the job in `job` writes a log to `file` ("-": standard output)."""
    place = file
    if file != STANDARD_OUTPUT:
        path, folder = Path(file).resolve(), job.resolve()
        inside = path.is_relative_to(folder)
        place = str(path.relative_to(folder) if inside else path)
    _put(connection, _PLACES, json.dumps(sorted({*places(connection), place})))


def places(connection: Connection) -> list[str]:
    """Return where logs were written: relative paths lie in the job's folder."""
    try:
        found = json.loads(_get(connection, _PLACES) or "[]")
    except ValueError:
        return []
    return [str(place) for place in found] if isinstance(found, list) else []


def log_key(connection: Connection) -> bytes:
    """Return the key of this job's hashes in logs, made if there is none yet."""
    found = _get(connection, _KEY)
    if not found:
        found = secrets.token_hex(16)
        _put(connection, _KEY, found)
    return found.encode()


def known_key(connection: Connection) -> bytes:
    """Return the key of this job's hashes in logs, b"" if none was ever made."""
    return _get(connection, _KEY).encode()


def hashed(key: bytes, url: str) -> str:
    """Return what stands for `url` in a log: without the job nobody can tell which it was."""
    return f"hmac-sha256:{hmac.digest(key, url.encode('utf-8', 'replace'), 'sha256').hex()[:32]}"


def _get(connection: Connection, key: str) -> str:
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else ""


def _put(connection: Connection, key: str, value: str) -> None:
    connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (key, value))
