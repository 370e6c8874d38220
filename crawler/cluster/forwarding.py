"""Messages for other shards, brought by calls: they stay in the outbox until they are safe there.

A batch is acknowledged when the other shard has stored it. That shard may still lose it, with its
machine. So the rows are deleted only when the other says that a snapshot holds them, and all that
are left are sent again when somebody else has come to own it. Messages arrive at least once;
whoever takes them in keeps one of each.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple, TypeAlias

from crawler.cluster.shard import TakeIn
from crawler.frontier.shard_messages import Message, message_from
from crawler.store.database import Connection, Database

_log = logging.getLogger(__name__)

_BATCH = 2_000  # messages
_BATCH_SIZE = 8_000_000  # characters: answers may be of a megabyte each
_READ_MOST = 20_000  # messages in memory, not acknowledged
# So many that wait show that a shard lags: pages, which cause more, are waited with.
_MANY = 100_000
_POLL = 2.0  # seconds until a shard is asked again what is safe there
_WAIT = 0.25

Row: TypeAlias = tuple[int, str]


class Receipt(NamedTuple):
    """What a shard says to a batch. `epoch`: whose it is now; rows up to `safe` may be deleted."""

    epoch: int
    safe: int


# Delivers rows to a shard whose owner has an epoch, 0 if that is not known; None: it cannot be
# reached, or is not open. Another owner takes nothing of them, for it lacks what came before.
Deliver: TypeAlias = Callable[[int, Sequence[Row], int], Awaitable[Receipt | None]]


@dataclass(slots=True)
class _Peer:
    queue: deque[Row] = field(default_factory=deque)
    queued_to: int = 0
    epoch: int = 0  # of its owner when it acknowledged last
    unsafe_to: int = 0  # rows up to this were acknowledged and are not deleted
    asked_at: float = 0.0
    task: asyncio.Task[None] | None = None


class CallCourier:
    """Carries messages out of one shard by calls; what others send comes by calls as well."""

    def __init__(self, database: Database, deliver: Deliver) -> None:
        self._database = database
        self._deliver = deliver
        self._peers: dict[int, _Peer] = {}
        self._ended: frozenset[int] = frozenset()
        self._read_to = 0
        self._read_again = False  # from the beginning: somebody must be sent all anew
        self._left = 0  # messages in the outbox that were not read yet

    @property
    def reached(self) -> dict[int, int]:
        """The epochs of those that have acknowledged something which is not safe yet."""
        return {
            number: peer.epoch
            for number, peer in self._peers.items()
            if peer.epoch and peer.unsafe_to and number not in self._ended
        }

    def note_ended(self, shards: Iterable[int]) -> None:
        """Note which shards take nothing in before the next run."""
        self._ended = frozenset(shards)
        for number in self._ended & self._peers.keys():
            self._peers[number].queue.clear()  # they stay in the outbox

    async def receive(self, take_in: TakeIn) -> None:
        """Do nothing: what comes is taken in as it comes."""

    def waiting(self) -> int:
        return 0

    def lags(self) -> bool:
        """Say if so much waits to be carried that no more should be caused."""
        return self._left > _MANY

    async def send(self) -> int:
        """Send what was not sent; return how many messages were found that are not acknowledged.

        Raises:
            StoreError: The store failed.
        """
        await self._read_more()
        now = asyncio.get_running_loop().time()
        for number, peer in self._peers.items():
            polls = peer.unsafe_to and now - peer.asked_at > _POLL
            if peer.task is None and (peer.queue or polls) and number not in self._ended:
                peer.asked_at = now
                peer.task = asyncio.create_task(self._send(number, peer))
        tasks = [peer.task for peer in self._peers.values() if peer.task is not None]
        if tasks:
            await asyncio.wait(tasks, timeout=_WAIT, return_when=asyncio.FIRST_COMPLETED)
        for peer in self._peers.values():
            if peer.task is not None and peer.task.done():
                task, peer.task = peer.task, None
                task.result()
        return self._unacknowledged() + self._left

    def close(self) -> None:
        for peer in self._peers.values():
            if peer.task is not None:
                peer.task.cancel()

    def _unacknowledged(self) -> int:
        return sum(len(p.queue) for n, p in self._peers.items() if n not in self._ended)

    async def _read_more(self) -> None:
        """Queue rows of the outbox that were not queued, as long as there is room for them."""
        while True:
            if self._read_again:
                self._read_again, self._read_to = False, 0
            free = _READ_MOST - sum(len(peer.queue) for peer in self._peers.values())
            if free <= 0:
                self._left = await self._database.read(partial(_count_after, after=self._read_to))
                return
            more = partial(_rows_after, after=self._read_to, most=free)
            rows = await self._database.read(more)
            if self._read_again:
                continue
            for number, shard, text in rows:
                peer = self._peers.setdefault(shard, _Peer())
                if number > peer.queued_to and shard not in self._ended:
                    peer.queue.append((number, text))
                    peer.queued_to = number
            self._left = 0
            if not rows:
                return
            self._read_to = rows[-1][0]

    async def _send(self, number: int, peer: _Peer) -> None:
        batch: list[Row] = []
        size = 0
        for row in peer.queue:
            if len(batch) == _BATCH or size > _BATCH_SIZE:
                break
            batch.append(row)
            size += len(row[1])
        receipt = await self._deliver(number, batch, peer.epoch)
        if receipt is None:
            await asyncio.sleep(_WAIT)
            return
        while batch and peer.queue and peer.queue[0][0] <= batch[-1][0]:
            peer.queue.popleft()
        before, peer.epoch = peer.epoch, receipt.epoch
        if batch:
            peer.unsafe_to = max(peer.unsafe_to, batch[-1][0])
        if before not in {0, receipt.epoch}:
            # Its new owner may lack what was not safe with the one before.
            peer.queue.clear()
            peer.queued_to = peer.unsafe_to = 0
            self._read_again = True
        elif receipt.safe:
            await self._database.transaction(lambda c: _delete(c, number, receipt.safe))
            if receipt.safe >= peer.unsafe_to:
                peer.unsafe_to = 0


class Arrivals:
    """What came from others, and up to where a snapshot holds it. The receiver's side."""

    def __init__(self, epoch: int) -> None:
        self.epoch = epoch  # of the shard's owner
        # By sender and its owner's epoch: another owner numbers its messages anew.
        self._taken: dict[tuple[int, int], int] = {}
        self._safe: dict[tuple[int, int], int] = {}

    def follow(self, epoch: int) -> bool:
        """Say if rows meant for the owner of `epoch` follow what this one was sent before."""
        return epoch in {0, self.epoch}

    def took(self, sender: int, epoch: int, rows: Sequence[Row]) -> None:
        """Note that rows were stored."""
        if rows:
            key = sender, epoch
            self._taken[key] = max(self._taken.get(key, 0), rows[-1][0])

    def safe(self, sender: int, epoch: int) -> int:
        return self._safe.get((sender, epoch), 0)

    def stored(self) -> dict[tuple[int, int], int]:
        """Return what a snapshot that begins now will hold."""
        return dict(self._taken)

    def are_safe(self, held: dict[tuple[int, int], int]) -> None:
        """Note that such a snapshot is whole."""
        self._safe |= held


def messages_of(rows: Sequence[Row]) -> list[Message]:
    """Return what rows say; one that is damaged is told and left out, as it would be for ever."""
    found = []
    for number, text in rows:
        try:
            found.append(message_from(text))
        except (ValueError, TypeError, KeyError, IndexError) as error:
            _log.warning("message %d of another shard cannot be read: %s", number, error)
    return found


def _rows_after(connection: Connection, after: int, most: int) -> list[tuple[int, int, str]]:
    rows, size = [], 0
    for row in connection.execute(
        "SELECT id, shard, candidate FROM outbox WHERE id > ? ORDER BY id LIMIT ?",
        (after, min(most, _BATCH)),
    ):
        rows.append(row)
        size += len(row[2])
        if size > _BATCH_SIZE:
            break
    return rows


def _count_after(connection: Connection, after: int) -> int:
    (count,) = connection.execute("SELECT count(*) FROM outbox WHERE id > ?", (after,)).fetchone()
    return int(count)


def _delete(connection: Connection, shard: int, to: int) -> None:
    connection.execute("DELETE FROM outbox WHERE shard = ? AND id <= ?", (shard, to))
