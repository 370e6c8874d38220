"""The one actor that says who owns which shard, and how many pages each may come to hold.

What it gives out lies at the job's URL before anybody is told, so it can be lost and begun again:
then it gives nothing out before every lease that may be running has ended.
"""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import suppress
from typing import Any
from uuid import uuid4

from crawler.cluster.leases import Granted, LeaseBook
from crawler.cluster.page_shares import PageBook, Promise
from crawler.cluster.url_state import beat, read_epochs, stop_beating, write_epochs
from crawler.storage import StorageError
from crawler.store.connection import StoreError

_log = logging.getLogger(__name__)
NAME = "coordinator"  # among the actors of its job
_AGAIN = 1.0  # seconds between tries to reach the URL
_MANY = 1_000_000  # more than pages are ever given back in one life of the coordinator


class Coordinator:
    """An asynchronous actor. Times are seconds of its own monotonic clock."""

    def __init__(self, url: str, count: int, duration: float) -> None:
        self._url = url
        self._name = uuid4().hex
        self._leases = LeaseBook(count, duration)
        self._pages = PageBook(count)
        self._duration = duration
        self._count = count
        self._lives = 0  # how often a coordinator of this job began
        self._beats = 0
        self._refusal = ""
        self._stored = asyncio.Lock()
        self._wanted = self._written = 0  # states
        self._open = asyncio.Event()
        self._beating: asyncio.Task[None] | None = None

    async def begin(self) -> str:
        """Take up what was given out before; return why that cannot be, "" if it can.

        Another coordinator that is alive writes to the same place, so that shows within the time
        that must pass anyway.
        """
        if self._beating is None:
            self._beating = asyncio.create_task(self._live())
        await self._open.wait()
        return self._refusal

    async def lives(self) -> bool:
        """Answer whoever wants to know if this process does anything."""
        return True

    async def acquire(self, shard: int, owner: str) -> tuple[int, float] | float | str:
        """Give a shard to `owner`: its epoch and how long the lease is.

        Or in how many seconds to ask again; or why nobody is given anything here.
        """
        refusal = await self.begin()
        if refusal:
            return refusal
        answer = self._leases.acquire(shard, owner, time.monotonic())
        if not isinstance(answer, Granted):
            return answer.seconds
        try:
            await self._store()
        except StorageError as error:
            _log.warning("no shard can be given out: %s", error)
            self._leases.release(shard, answer.epoch)  # nobody was told of that epoch
            return _AGAIN
        # From when it is told: storing it took a while.
        self._leases.renew(shard, answer.epoch, time.monotonic())
        return answer.epoch, self._duration

    async def renew(self, shard: int, epoch: int, promised: int) -> float | None:
        """Prolong a lease; return for how long, None if the shard is another's.

        `promised`: the pages that its owner was promised, -1 for none.
        """
        await self._open.wait()
        if self._refusal or not self._leases.renew(shard, epoch, time.monotonic()):
            return None
        if promised >= 0:
            self._pages.note(shard, promised)
        return self._duration

    async def release(self, shard: int, epoch: int) -> None:
        """Take a shard back whose owner has ended."""
        await self._open.wait()
        if self._leases.release(shard, epoch):
            try:
                await self._store()
            except StorageError as error:
                _log.warning("that shard %d ended is not noted: %s", shard, error)

    async def pages(self, shard: int, held: int, wanted: int, most: int) -> Promise:
        """Say how many pages a shard may come to hold."""
        await self._open.wait()
        return self._pages.ask(shard, held, wanted, most)

    async def overdue(self) -> list[int]:
        """Return the shards for which nobody may ask: they have no owner, or its lease is over."""
        await self._open.wait()
        return self._leases.overdue(time.monotonic())

    async def _live(self) -> None:
        """Begin, then say again and again that this coordinator lives."""
        try:
            self._refusal = await self._take_up()
        except StoreError as error:
            self._refusal = str(error)
        self._open.set()
        while not self._refusal:
            await asyncio.sleep(self._duration / 3)
            with suppress(StorageError):  # its next beat may get there
                if self._leases.at_work:
                    self._beats += 1
                    await asyncio.to_thread(
                        beat, self._url, self._beats, self._duration / 3, self._duration
                    )

    async def _take_up(self) -> str:
        found = await self._reached(lambda: asyncio.to_thread(read_epochs, self._url))
        if found is not None:
            try:
                self._leases.recall(found, time.monotonic())
                self._lives = int(found.get("lives", 0)) + 1
            except (ValueError, KeyError, TypeError) as error:
                return f"{self._url}: {error}"
        at_work = self._leases.at_work
        self._pages = PageBook(self._count, self._lives * _MANY)
        await self._reached(self._store)
        if at_work:
            await asyncio.sleep(self._duration)
        mine = await self._reached(lambda: asyncio.to_thread(read_epochs, self._url))
        if (mine or {}).get("coordinator") != self._name:
            return (
                f"another cluster crawls {self._url}: wait for it, or stop it with"
                f" `crawler cluster stop {self._url}`"
            )
        return ""

    async def _reached(self, what: Any) -> Any:  # noqa: ANN401 - whatever `what` returns
        """Do something at the URL, again and again until it can be reached."""
        while True:
            try:
                return await what()
            except StorageError as error:
                _log.warning("%s", error)
                await asyncio.sleep(_AGAIN)

    async def _store(self) -> None:
        """Have what was given out by now lie at the URL; several wait for one write.

        Raises:
            StorageError: It cannot be written.
        """
        self._wanted += 1
        mine = self._wanted
        async with self._stored:
            if self._written >= mine:
                return
            upto = self._wanted
            state = self._leases.stored() | {"coordinator": self._name, "lives": self._lives}
            await asyncio.to_thread(write_epochs, self._url, state)
            if not self._leases.at_work:
                await asyncio.to_thread(stop_beating, self._url)
            self._written = upto
