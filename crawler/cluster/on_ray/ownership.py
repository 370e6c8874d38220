"""The lease by which an actor owns its shard: had from the coordinator, kept, given back."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from crawler.cluster.leases import Lease
from crawler.cluster.on_ray.calls import called
from crawler.cluster.page_shares import Promise
from crawler.cluster.snapshot import Owner
from crawler.store.connection import StoreError

_log = logging.getLogger(__name__)

_ANSWER = 5.0  # seconds for an answer that is given at once
_PATIENCE = 600.0  # ... for one that may wait for leases to end, and for the job's URL
_LOOK = 0.2
_AGAIN = 0.5
# Seconds left of a lease with which no request starts: those under way are cut within it.
_MARGIN = 5.0


class Ownership:
    """One actor's claim to its shard. `clock` counts also while the process is stopped."""

    def __init__(self, coordinator: Any, shard: int, clock: Callable[[], float]) -> None:  # noqa: ANN401 - a handle
        self._coordinator = coordinator
        self._shard = shard
        self.clock = clock
        self._lease = Lease(clock, 0.0)
        self._duration = 0.0
        self._name = uuid4().hex  # of this process
        self.epoch = 0
        self.promised: Callable[[], int] = lambda: -1  # pages

    @property
    def owner(self) -> Owner:
        return Owner(self.epoch, self._name)

    def may_ask(self) -> bool:
        """Say if a request may start at this moment."""
        return self._lease.may_ask()

    @property
    def holds(self) -> bool:
        """Say if nobody else can have been given the shard by now."""
        return self._lease.left > 0

    async def gain(self) -> bool:
        """Try to become the owner; False: not now, and a while has passed.

        Raises:
            StoreError: Nobody is given anything: another cluster crawls the job.
        """
        answer = await called(self._coordinator.acquire, self._shard, self._name, wait=_PATIENCE)
        if isinstance(answer, str):
            raise StoreError(answer)
        if not isinstance(answer, tuple):
            await asyncio.sleep(min(answer or _AGAIN, _ANSWER))
            return False
        self.epoch, self._duration = answer
        self._lease = Lease(self.clock, min(_MARGIN, self._duration / 3))
        # How long ago it was granted is not known; from when it is asked for once more it is.
        return bool(await self._renew())

    async def keep(self, lost: Callable[[], None]) -> None:
        """Prolong the lease again and again, until cancelled; `lost` once that was in vain."""
        while self._lease.may_ask():
            await asyncio.sleep(_LOOK)
            # The process may have been stopped meanwhile; once over, a lease is over for good.
            if not self._lease.may_ask() or self._lease.left > self._duration * 2 / 3:
                continue
            renewed = await self._renew()
            if renewed is False:
                self._lease.end()
            elif renewed is None:
                await asyncio.sleep(_AGAIN)
        _log.warning("shard %d: its lease is over, nobody is asked any more", self._shard)
        lost()

    async def pages(self, held: int, wanted: int, most: int) -> Promise | None:
        """Ask how many pages the shard may come to hold; None: nobody answered."""
        promise: Promise | None = await called(
            self._coordinator.pages, self._shard, held, wanted, most, wait=_ANSWER
        )
        return promise

    async def give_back(self) -> None:
        """Let the shard be anybody's: nothing is asked any more."""
        self._lease.end()
        await called(self._coordinator.release, self._shard, self.epoch, wait=_ANSWER)

    async def _renew(self) -> bool | None:
        """Prolong the lease; False: the shard is another's, None: nobody answered."""
        asked_at = self.clock()
        renewed = await called(
            self._coordinator.renew, self._shard, self.epoch, self.promised(), wait=_ANSWER
        )
        if renewed:
            self._lease.prolong(asked_at, self._duration)
        return None if renewed is None else bool(renewed)
