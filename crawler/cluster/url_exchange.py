"""URLs for other shards: written to a durable outbox, carried as files, taken in once.

The outbox row and the visit that found the URL are one transaction. A batch becomes a file
in the other shard's inbox by an atomic rename; only then are its rows deleted. The other
shard admits the URLs in one transaction and then deletes the file. Whoever dies in between
does it again: URLs arrive at least once, and admission keeps one of each.
"""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path

from crawler.cluster.layout import shard_folder
from crawler.frontier import Candidate
from crawler.store.database import Connection, Database

_INBOX = "inbox"
_BATCH = 2_000


class Courier:
    """Carries URLs out of one shard and finds those that came in."""

    def __init__(self, parent: Path, shard: int, database: Database) -> None:
        self._parent = parent
        self._shard = shard
        self._database = database
        self._inbox = inbox_of(parent, shard)

    async def send(self) -> int:
        """Carry one batch for each shard out; return how many URLs left."""
        rows = await self._database.read(_oldest)
        by_shard: dict[int, list[tuple[int, int, str]]] = {}
        for row in rows:
            by_shard.setdefault(row[1], []).append(row)
        for shard, batch in by_shard.items():
            await asyncio.to_thread(self._deliver, shard, batch)
        if rows:
            done = [(row[0],) for row in rows]
            await self._database.transaction(
                lambda c: c.executemany("DELETE FROM outbox WHERE id = ?", done)
            )
        return len(rows)

    def arrived(self) -> list[Path]:
        """Return the files that wait in this shard's inbox, oldest first."""
        return sorted(self._inbox.glob("*.jsonl"))

    def _deliver(self, shard: int, batch: list[tuple[int, int, str]]) -> None:
        inbox = inbox_of(self._parent, shard)
        # The same batch sent again after a crash replaces itself: ids are never reused.
        name = f"{batch[0][0]:020d}-{self._shard:03d}"
        draft = inbox / f"{name}.new"
        with draft.open("w", encoding="utf-8") as file:
            file.writelines(f"{text}\n" for _, _, text in batch)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(inbox / f"{name}.jsonl")
        _sync_folder(inbox)  # the rows are deleted next


def inbox_of(parent: Path, shard: int) -> Path:
    """Return the shard's inbox, made if it is not there."""
    inbox = shard_folder(parent, shard) / _INBOX
    inbox.mkdir(parents=True, exist_ok=True)
    return inbox


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_batch(path: Path) -> list[Candidate]:
    """Return the URLs in an inbox file."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return [candidate_from(json.loads(line)) for line in lines if line]


def candidate_from(fields: list[object]) -> Candidate:
    """Return the candidate that an outbox row spells out."""
    candidate = Candidate(*fields)  # type: ignore[arg-type] # written by ourselves
    pattern = candidate.pattern
    return candidate._replace(pattern=None if pattern is None else tuple(pattern))  # type: ignore[arg-type]


def _oldest(connection: Connection) -> list[tuple[int, int, str]]:
    return connection.execute(
        "SELECT id, shard, candidate FROM outbox ORDER BY id LIMIT ?", (_BATCH,)
    ).fetchall()
