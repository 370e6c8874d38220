"""Messages for other shards: written to a durable outbox, carried as files, taken in once.

They are URLs, wishes for a site file and the answers to them. The outbox row and the visit that
caused it are one transaction. A batch becomes a file
in the other shard's inbox by an atomic rename; only then are its rows deleted. The other
shard admits the URLs in one transaction and then deletes the file. Whoever dies in between
does it again: messages arrive at least once; admission keeps one URL of each, a file that is
asked for already is not asked for again, and an answer that is known changes nothing.
"""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

from crawler.cluster.layout import shard_folder
from crawler.cluster.shard import TakeIn
from crawler.crawl import Crawl
from crawler.durable_files import replace_durably
from crawler.frontier.shard_messages import Message, message_from
from crawler.store.database import Connection, Database

INBOX = "inbox"
_BATCH = 2_000
_BATCH_SIZE = 16_000_000  # characters


class FileCourier:
    """Carries messages out of one shard as files, and finds those that came in."""

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
            await self._database.transaction(partial(_forget, rows=rows))
        return len(rows)

    async def receive(self, take_in: TakeIn) -> None:
        """Take in what lies in the inbox, oldest first."""
        for path in self.arrived():
            await take_in(await asyncio.to_thread(read_batch, path))
            path.unlink()

    def waiting(self) -> int:
        return len(self.arrived())

    def lags(self) -> bool:
        return False  # files lie in the inbox, whatever its shard does

    def arrived(self) -> list[Path]:
        """Return the files that wait in this shard's inbox, oldest first."""
        return sorted(self._inbox.glob("*.jsonl"))

    def _deliver(self, shard: int, batch: list[tuple[int, int, str]]) -> None:
        inbox = inbox_of(self._parent, shard)
        # The same batch sent again after a crash replaces itself: ids are never reused.
        name = f"{batch[0][0]:020d}-{self._shard:03d}"
        lines = "".join(f"{text}\n" for _, _, text in batch)
        replace_durably(inbox / f"{name}.jsonl", lines.encode())  # the rows are deleted next


async def take_in_own(crawl: Crawl) -> None:
    """Take in what was on its way between shards when a job came to have none."""
    database = crawl.job.database
    while rows := await database.read(_oldest):
        await crawl.take_in([message_from(text) for _, _, text in rows])
        await database.transaction(partial(_forget, rows=rows))


def _forget(connection: Connection, rows: list[tuple[int, int, str]]) -> None:
    connection.executemany("DELETE FROM outbox WHERE id = ?", [(row[0],) for row in rows])


def inbox_of(parent: Path, shard: int) -> Path:
    """Return the shard's inbox, made if it is not there."""
    inbox = shard_folder(parent, shard) / INBOX
    inbox.mkdir(parents=True, exist_ok=True)
    return inbox


def read_batch(path: Path) -> list[Message]:
    """Return what stands in an inbox file."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return [message_from(line) for line in lines if line]


def _oldest(connection: Connection) -> list[tuple[int, int, str]]:
    rows, size = [], 0
    for row in connection.execute(
        "SELECT id, shard, candidate FROM outbox ORDER BY id LIMIT ?", (_BATCH,)
    ):
        rows.append(row)
        size += len(row[2])
        if size > _BATCH_SIZE:  # answers may be of a megabyte each
            break
    return rows
