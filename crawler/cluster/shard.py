"""One shard's side: carries messages out and in, says how it stands, and ends when it is told."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from crawler.cluster.shard_report import Report
from crawler.crawl import Crawl
from crawler.frontier.part import Part
from crawler.frontier.shard_messages import Message

# How often (seconds) the boxes are looked at, by a shard without work and by one that has some.
_LOOK = 0.05
_LOOK_AT_WORK = 0.25

TakeIn: TypeAlias = Callable[[Sequence[Message]], Awaitable[None]]


class Courier(Protocol):
    """Brings messages from the outbox to other shards, and theirs here."""

    async def receive(self, take_in: TakeIn) -> None:
        """Have taken in what has come and still lies outside the job."""

    async def send(self) -> int:
        """Carry a batch for each shard out; return how many messages were found to carry."""

    def waiting(self) -> int:
        """Return how many batches have come that are not taken in yet."""

    def lags(self) -> bool:
        """Say if so much waits to be carried that no more should be caused."""


class Quota(Protocol):
    """The limit of pages that all shards have in common. `most` None: there is none."""

    most: int | None

    def take(self, pages: int) -> bool:
        """Say if this shard may come to hold `pages`; if so, they count from now on."""

    def rest(self, pages: int, *, idle: bool) -> None:
        """Note that this shard holds `pages` with no visit under way; `idle`: nor is one due."""

    def settled(self) -> bool:
        """Say if the last answer was the last word: nothing is being asked for or given back."""


@dataclass(frozen=True, slots=True)
class Means:
    """What a shard is given: its part, and by what it reaches the others."""

    part: Part
    courier: Callable[[Crawl], Courier]
    quota: Quota


class Shard:
    """A running crawl as one of several: it ends when it is told to."""

    def __init__(self, crawl: Crawl, means: Means) -> None:
        self._crawl = crawl
        self._courier, self._quota = means.courier(crawl), means.quota
        self._received = 0
        self._told_to_end = False
        self._outbox = 0  # messages found in the outbox when it was looked at
        # Visits that had ended, and messages that had been written, when the outbox was looked at.
        self._outbox_at = (-1, 0)
        crawl.engine.may_end = lambda: self._told_to_end
        crawl.engine.permit = self._permit
        crawl.engine.may_ask = lambda: means.part.may_ask() and not self._courier.lags()

    @property
    def told_to_end(self) -> bool:
        return self._told_to_end

    def end(self) -> None:
        """End as soon as nothing is left to do, which whoever asks this knows."""
        self._told_to_end = True
        self._crawl.engine.wake()

    def stop(self, why: str) -> None:
        """End though something is left to do."""
        self._crawl.engine.stop(why)

    def _permit(self, pages: int) -> bool:
        self._quota.most = self._crawl.engine.limits.max_pages
        return self._quota.most is None or self._quota.take(pages)

    async def take_in(self, messages: Sequence[Message]) -> None:
        """Take in a batch of messages; they are stored when this returns.

        Raises:
            StoreError: The store failed.
        """
        await self._crawl.take_in(messages)
        self._received += 1
        self._crawl.engine.wake()

    async def carry(self) -> None:
        """Carry messages out and in until cancelled.

        Raises:
            StoreError: The store failed.
        """
        engine, frontier = self._crawl.engine, self._crawl.frontier
        while True:
            await self._courier.receive(self.take_in)
            at = (-1 if engine.progress.uncommitted else engine.progress.visits, frontier.sent)
            sent = await self._courier.send()
            self._outbox, self._outbox_at = sent, at
            if not engine.progress.active and self._quota.most is not None:
                # What ended without a page is others' to keep.
                self._quota.rest(engine.pages, idle=engine.idle)
            if not sent:
                await asyncio.sleep(_LOOK_AT_WORK if engine.progress.active else _LOOK)

    def report(self, number: int = 0, why: str = "") -> Report:
        """Return how the shard stands, in answer to question `number`."""
        progress, hosts = self._crawl.engine.progress, self._crawl.hosts()
        return Report(
            round=number,
            # Idle, and nothing was written to the outbox since it was looked at.
            idle=self._crawl.engine.idle
            and self._outbox_at == (progress.visits, self._crawl.frontier.sent)
            and self._quota.settled(),
            outbox=self._outbox,
            inbox=self._courier.waiting(),
            received=self._received,
            kept=progress.kept,
            kept_before=progress.kept_before,
            held=progress.held,
            refused=progress.refused,
            failed=progress.failed,
            visits=progress.visits,
            received_bytes=progress.bytes,
            active=progress.active,
            paused=progress.paused,
            ready=hosts.ready,
            waiting=hosts.waiting,
            parked=hosts.parked,
            queued=hosts.queued,
            reasons=dict(progress.reasons),
            failures=dict(progress.failures),
            why=why,
        )
