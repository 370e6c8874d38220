"""What a job remembers of the suppression list it obeyed: it must never lose a line unseen.

The list is append-only and lies outside every job. One that is missing, shorter or begins
otherwise than when the job last obeyed it was lost or damaged, and is not taken for one that
nobody objected to.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

from crawler.store.database import Connection
from crawler.store.suppression import Suppression, SuppressionError, open_suppression

_MEMORY = "suppression list"
# By path: the bytes that were obeyed, their hash, and a hash of the key of its hashed lines.
Memory: TypeAlias = dict[str, tuple[int, str, str]]


def recall(connection: Connection) -> Memory:
    """Return the lists that the job has obeyed, as they were when it last did."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (_MEMORY,)).fetchone()
    if row is None:
        return {}
    return {path: (seen[0], seen[1], seen[2]) for path, seen in json.loads(row[0]).items()}


def remember(connection: Connection, suppression: Suppression) -> None:
    """Note the list as this job has read it; run inside a transaction."""
    memory = recall(connection) | {_name(suppression.path): _seen(suppression)}
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_MEMORY, json.dumps(memory)))


def take_over(connection: Connection, source: Connection) -> None:
    """Remember also what another job does, of each list the longest; run inside a transaction."""
    memory = recall(source)
    for path, seen in recall(connection).items():
        if path not in memory or memory[path][0] < seen[0]:
            memory[path] = seen
    if memory:
        connection.execute(
            "INSERT OR REPLACE INTO meta VALUES (?, ?)", (_MEMORY, json.dumps(memory))
        )


def forget(connection: Connection) -> None:
    """Take the list as it will be found next, by the operator's word."""
    connection.execute("DELETE FROM meta WHERE key = ?", (_MEMORY,))


def open_remembered(
    path: Path, key_path: Path | None, memories: Iterable[Memory], *, make: bool = False
) -> Suppression:
    """Open the list that the policy of some jobs names, if it is what they remember.

    With `make` it may be new, unless a job obeyed one that said anything.

    Raises:
        SuppressionError: It cannot be used, or is not what it was.
    """
    known = list(memories)
    obeyed = any(length for memory in known for length, *_ in memory.values())
    found = open_suppression(path, key_path, make=make and not obeyed)
    for memory in known:
        before = memory.get(_name(path))
        if before is not None:
            _compare(found, before)
    return found


def _compare(found: Suppression, before: tuple[int, str, str]) -> None:
    length, digest, key = before
    if _head(found.path, length) != digest:
        raise SuppressionError(
            f"the suppression list {found.path} has lost or changed lines since this job obeyed "
            "it: restore it from a copy; or, if it is to be so, have the job take it as it is: "
            "crawler policy suppression POLICY --job JOB"
        )
    if key and _key(found) != key:
        raise SuppressionError(
            f"the key of the suppression list {found.path} is another one than this job knew, so "
            "its hashed lines say nothing: restore the key from a copy"
        )


def _seen(suppression: Suppression) -> tuple[int, str, str]:
    length = suppression.length
    key = _key(suppression) if suppression.has_hashed else ""  # else it says nothing yet
    return length, _head(suppression.path, length), key


def _key(suppression: Suppression) -> str:
    return sha256(suppression.key).hexdigest()


def _head(path: Path, length: int) -> str:
    """Return a hash of the list's first bytes, "" if there are not so many."""
    digest = sha256()
    with path.open("rb") as file:
        while length > 0 and (block := file.read(min(length, 1 << 20))):
            digest.update(block)
            length -= len(block)
    return "" if length else digest.hexdigest()


def _name(path: Path) -> str:
    return str(path.resolve())
