"""The actors that say whose turn it is at an address, one for each bucket of them."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import Any
from uuid import uuid4

from crawler.cluster.address_book import AddressBook, Mail, Returned, Session, Wanted
from crawler.cluster.address_turns import BucketTurns
from crawler.cluster.on_ray.calls import called
from crawler.cluster.on_ray.coordinator import NAME

_LISTEN = 1.0  # seconds for which a shard is kept waiting for news
_LOOK = 0.1  # seconds between looks at what has come free
_GATHER = 0.005  # seconds in which what is to be told is gathered
_SILENCE = 5.0  # seconds without an answer after which another is tried


class Addresses:
    """An asynchronous actor over one book. Times are seconds of its own monotonic clock."""

    def __init__(self, count: int, longest: float, contact: float) -> None:
        self._book = AddressBook(uuid4().hex, count, longest, contact, time.monotonic())
        self._news = [asyncio.Event() for _ in range(count)]
        self._looking: list[asyncio.Task[None]] = []

    async def lives(self) -> bool:
        """Answer whoever wants to know if this process does anything."""
        return True

    async def hello(self) -> Mail:
        if not self._looking:
            work = (self._look(), self._ask_about_the_silent())
            self._looking = [asyncio.create_task(one) for one in work]
        return self._book.hello(time.monotonic())

    async def register(
        self, shard: int, session: Session, at: float, held: tuple[Returned, ...]
    ) -> None:
        self._book.register(shard, session, at, held, time.monotonic())
        self._ring()

    async def exchange(
        self,
        shard: int,
        session: Session,
        wanted: tuple[Wanted, ...],
        returned: tuple[Returned, ...],
    ) -> bool:
        """Hear a shard; False: it must register first."""
        known = self._book.exchange(shard, session, wanted, returned, time.monotonic())
        self._ring()
        return known

    async def listen(self, shard: int, session: Session, at: float) -> Mail | None:
        """Return what the shard is to be told, as soon as there is something; None: register."""
        if not self._book.heard(shard, session, at):
            return None
        news = self._news[shard]
        with suppress(TimeoutError):
            async with asyncio.timeout(_LISTEN):
                while not self._book.has_mail(shard, time.monotonic()):
                    news.clear()
                    await news.wait()
        return self._book.mail(shard, time.monotonic())

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(_LOOK)
            self._book.look(time.monotonic())
            self._ring()

    async def _ask_about_the_silent(self) -> None:
        """Learn from the coordinator for whom nobody asks, so that nobody waits for them."""
        import ray  # noqa: PLC0415 - an extra

        while True:
            await asyncio.sleep(_LISTEN)
            if not self._book.silent(time.monotonic()):
                continue
            asked_at = time.monotonic()
            with suppress(ValueError):  # it is being begun anew
                coordinator = await asyncio.to_thread(ray.get_actor, NAME)
                overdue = await called(coordinator.overdue, wait=_SILENCE)
                self._book.exempt(overdue or (), asked_at)

    def _ring(self) -> None:
        now = time.monotonic()
        for shard, news in enumerate(self._news):
            if self._book.has_mail(shard, now):
                news.set()


async def keep_turns(actor: Any, shard: int, turns: BucketTurns) -> None:  # noqa: ANN401 - a handle
    """Be in touch with a bucket's actor on behalf of a shard, until cancelled."""
    async with asyncio.TaskGroup() as group:
        link = _Link(actor, shard, turns)
        group.create_task(link.listen())
        group.create_task(link.tell())
        group.create_task(link.give_back())


class _Link:
    def __init__(self, actor: Any, shard: int, turns: BucketTurns) -> None:  # noqa: ANN401
        self._actor = actor
        self._shard = shard
        self._turns = turns
        self._registered = asyncio.Event()

    async def listen(self) -> None:
        turns = self._turns
        while True:
            if not self._registered.is_set():
                await self._register()
                continue
            asked_at, session = turns.now(), turns.session
            mail = await called(
                self._actor.listen, self._shard, session, turns.told_at, wait=_SILENCE
            )
            if mail is not None:
                turns.heard(asked_at, mail)
            elif session == turns.session:
                # It lost its book, or cannot be reached: to greet it tells which.
                self._registered.clear()

    async def _register(self) -> None:
        turns = self._turns
        greeting = await called(self._actor.hello, wait=_SILENCE)
        if greeting is None:
            await asyncio.sleep(_LOOK)
            return
        turns.greeted(greeting)
        held = turns.register()
        done = await called(
            self._actor.register, self._shard, turns.session, turns.told_at, held,
            wait=_SILENCE, answer=True,
        )  # fmt: skip
        if done:
            self._registered.set()

    async def tell(self) -> None:
        turns = self._turns
        while True:
            await self._registered.wait()
            await turns.changed.wait()
            await asyncio.sleep(_GATHER)
            if not self._registered.is_set():
                continue
            session = turns.session
            wanted, returned = turns.told()
            known = await called(
                self._actor.exchange, self._shard, session, wanted, returned, wait=_SILENCE
            )
            if not known and session == turns.session:
                turns.tell_again(wanted, returned)
                self._registered.clear()

    async def give_back(self) -> None:
        while True:
            await asyncio.sleep(_LOOK)
            self._turns.look()
