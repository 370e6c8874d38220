"""What a job remembers of the keys that sign its exports: their ids, and where the last one lies.

The key itself is never in a job.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from crawler.store.connection import Connection

_KEY = "signing keys"  # in `meta`


class SigningKey(NamedTuple):
    """A key by its id (RFC 7638), and the file it was last read from."""

    id: str
    path: Path


def remember_key(connection: Connection, key: SigningKey) -> bool:
    """Remember that `key` signs from now on; say if that is news. Run inside a transaction."""
    known = remembered_keys(connection)
    if known and known[-1] == key:
        return False
    kept = [item for item in known if item.id != key.id]
    text = json.dumps([[item.id, str(item.path)] for item in (*kept, key)])
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_KEY, text))
    return True


def remember_key_at(connection: Connection, path: Path) -> None:
    """Remember that the key in the file at `path` signs from now on.

    Raises:
        ValueError: No key can be read there.
    """
    from crawler.keys import load_key, thumbprint  # noqa: PLC0415 - most have no key

    remember_key(connection, SigningKey(thumbprint(load_key(path)), path.resolve()))


def remembered_keys(connection: Connection) -> tuple[SigningKey, ...]:
    """Return the keys that ever signed for this job, the one in force last."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (_KEY,)).fetchone()
    try:
        listed = json.loads(row[0]) if row else []
        return tuple(SigningKey(str(name), Path(path)) for name, path in listed)
    except (ValueError, TypeError):
        return ()
