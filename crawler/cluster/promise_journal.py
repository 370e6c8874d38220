"""Promises written to a shard's part of the job's URL, and read from there.

Long waits are noted when their visits are committed, and written beside the crawl: a URL out of
reach holds nothing up, what could not be written is tried again until it is.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from uuid import uuid4

from crawler.cluster.job_url import heads_of, promises_of
from crawler.cluster.promise import (
    Promise,
    Published,
    Wait,
    epoch_of_promise,
    longest,
    name_of_promise,
    promise_from,
    to_bytes,
)
from crawler.cluster.snapshot import Owner
from crawler.engine import Finished
from crawler.frontier.hosts import FOREVER
from crawler.storage import StorageError, join, listing, name_of, open_stream, writing
from crawler.store.connection import StoreError

_log = logging.getLogger(__name__)

# Seconds: a wait above it is promised; whoever restores a shard waits out shorter ones unseen.
PROMISED_ABOVE = 60.0
_GATHER = 0.5  # seconds from a wait to the object that many go into
_RETRIES = (1.0, 2.0, 5.0, 15.0, 30.0)  # seconds between tries


def keep(part: str, owner: Owner, promise: Promise) -> str:
    """Write a promise down; when this returns it outlives the machine. Returns its name.

    Raises:
        StorageError: It is not written: what it is about is not done.
    """
    name = name_of_promise(owner.epoch, uuid4().hex)
    with writing(join(promises_of(part), name)) as file:
        file.write(to_bytes(promise))
    return name


def keep_published(part: str, published: Published) -> None:
    """Write down what no restore may go back behind.

    Raises:
        StorageError: It is not written: the version does not count as published.
    """
    name = f"{published.seq:010d}-{published.hash[:16]}.json"
    with writing(join(heads_of(part), name)) as file:
        file.write(to_bytes(published))


def read_promises(part: str, known: Sequence[str] = ()) -> dict[str, Promise]:
    """Return the promises by name, oldest owner's first, without those whose names are `known`.

    Raises:
        StorageError: The URL is out of reach.
        StoreError: One cannot be read: what was promised is not known.
    """
    found = {}
    for place in sorted(item.place for item in listing(promises_of(part))):
        name = name_of(place)
        if epoch_of_promise(name) is not None and name not in known:
            found[name] = _read(place)
    return found


def read_published(part: str) -> list[Published]:
    """Return what was published from the shard.

    Raises:
        StorageError, StoreError: As `read_promises` does.
    """
    found = [_read(item.place) for item in listing(heads_of(part)) if _is_json(item.place)]
    return [one for one in found if isinstance(one, Published)]


def _is_json(place: str) -> bool:
    return place.endswith(".json")


def _read(place: str) -> Promise:
    with open_stream(place) as file:
        data = file.read()
    try:
        return promise_from(data)
    except ValueError as error:
        raise StoreError(
            f"{place} is damaged: {error}; restore it from a copy, or remove it, if what it"
            " promised is known to be kept"
        ) from error


class LongWaits:
    """Waits of one shard on their way to the URL; all but the writing is in the event loop."""

    def __init__(self, part: str, owner: Owner, above: float = PROMISED_ABOVE) -> None:
        """Promise waits of more than `above` seconds."""
        self._write: Callable[[Promise], str] = lambda waits: keep(part, owner, waits)
        self._above = above
        self._open: list[Wait] = []
        self._arrived = asyncio.Event()
        self._turn = asyncio.Lock()
        self.trouble = ""  # why the last try failed, "" if it did not

    @property
    def open(self) -> int:
        """Hosts whose waits are not at the URL yet."""
        return len(longest(self._open))

    def note(self, group: Sequence[Finished]) -> None:
        """Take from visits that were committed the waits that are long."""
        for one in group:
            due, delay, reason = one.writes.clock[:3]
            if self._above < due - one.now < FOREVER - one.now:
                self._open.append(Wait(one.visit.task.url.host, due, delay, reason))
                self._arrived.set()

    async def run(self) -> None:
        """Write what is noted, until cancelled; what cannot be written is tried again."""
        failed = 0
        while True:
            await self._arrived.wait()
            await asyncio.sleep(_GATHER)
            if await self.write():
                failed = 0
                continue
            await asyncio.sleep(_RETRIES[min(failed, len(_RETRIES) - 1)])
            failed += 1

    async def write(self) -> bool:
        """Write what is open now; return if nothing that was open is left."""
        async with self._turn:
            self._arrived.clear()
            waits = tuple(longest(self._open).values())
            count = len(self._open)
            if not waits:
                return True
            try:
                await asyncio.to_thread(self._write, waits)
            except StorageError as error:
                if not self.trouble:
                    told = "%d hosts' long waits are not at the job's URL yet: %s"
                    _log.warning(told, len(waits), error)
                self.trouble = str(error)
                self._arrived.set()
                return False
            del self._open[:count]  # more may have come meanwhile
            self.trouble = ""
            return True
