"""The whole policy in force, and each change of it.

The consent part, by which pages are decided, has a record of its own; the other tells what
else changed: pace, limits, scope. Values that may name a person stay out of the ledger.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from crawler.core.policy import ConsentPolicy
from crawler.store.canonical import digest_of
from crawler.store.database import Connection
from crawler.store.ledger import append

_KEY = "settings"
_PRIVATE = frozenset({"identity"})


def save_policy(connection: Connection, consent: ConsentPolicy, text: str, now: float) -> None:
    """Remember the policy in force; `text` is the whole effective policy as JSON."""
    sha256 = consent.sha256
    connection.execute(
        "INSERT OR IGNORE INTO policy VALUES (?, ?, ?, ?)",
        (sha256, consent.canonical(), text, float(now)),
    )
    last = connection.execute("SELECT value FROM meta WHERE key = 'policy'").fetchone()
    if last is None or last[0] != sha256:
        row = connection.execute("SELECT * FROM policy WHERE sha256 = ?", (sha256,)).fetchone()
        before = last[0] if last else ""
        append(
            connection,
            "policy",
            {"policy": sha256, "before": before, "digest": digest_of(row)},
            now,
        )
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('policy', ?)", (sha256,))


def save_settings(connection: Connection, text: str, now: float) -> tuple[str, ...]:
    """Remember the effective policy (canonical JSON); return the keys that changed.

    A change is a ledger entry that tells the plain values before and after.
    """
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (_KEY,)).fetchone()
    if row is not None and row[0] == text:
        return ()
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_KEY, text))
    if row is None:
        return ()
    before, after = dict(_flat(json.loads(row[0]))), dict(_flat(json.loads(text)))
    names = sorted(
        name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    )
    changed = {name: [_shown(name, before), _shown(name, after)] for name in names}
    append(connection, "settings", {"changed": changed}, now)
    return tuple(names)


def load_settings(connection: Connection) -> str | None:
    """Return the effective policy of the job's last run as JSON, or None if it never ran."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (_KEY,)).fetchone()
    return str(row[0]) if row else None


def _flat(settings: Mapping[str, object], table: str = "") -> Iterator[tuple[str, object]]:
    for name, value in settings.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{table}{name}.")
        else:
            yield f"{table}{name}", value


def _shown(name: str, settings: Mapping[str, object]) -> object:
    """Return a plain value; lists and private tables are only said to have changed."""
    value = settings.get(name)
    if name.partition(".")[0] in _PRIVATE or not isinstance(value, str | int | float):
        return None
    return value
