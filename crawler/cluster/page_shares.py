"""One limit of pages for shards that share no disk: who may come to hold how many.

Each shard is promised a number that it may come to hold, in batches, and asks for more ahead of
need. So the sum never passes the limit, and a shard that dies is counted with what it was
promised until it is back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import NamedTuple, TypeAlias

_BATCH = 64  # pages promised beyond those asked for, at most
_AGAIN = 0.3  # seconds until who was turned down asks again


class Promise(NamedTuple):
    """What a shard may come to hold. `given_back` grows when somebody else may have become free."""

    pages: int
    given_back: int


class PageBook:
    """What was promised to each of `count` shards. The giver's side."""

    def __init__(self, count: int, given_back: int = 0) -> None:
        """`given_back` is more than any book before has said."""
        self._promised: list[int | None] = [None] * count
        self.given_back = given_back

    def note(self, shard: int, pages: int) -> None:
        """Take up what a shard says it was promised, after the book was lost."""
        if self._promised[shard] is None:
            self._promised[shard] = pages
            self.given_back += 1

    def ask(self, shard: int, held: int, wanted: int, most: int) -> Promise:
        """Let a shard that holds `held` come to hold `wanted`, and some in advance, within `most`.

        If it wants none, what it does not need is the others'. Until every shard has said what
        it was promised, nobody is promised more.
        """
        others = [count for n, count in enumerate(self._promised) if n != shard]
        known = [count for count in others if count is not None]
        free = most - sum(known) - wanted
        allowed = held
        if wanted > held and free >= 0 and len(known) == len(others):
            allowed = wanted + min(_BATCH, free // (2 * len(self._promised)))
        before = self._promised[shard]
        if before is None or allowed < before:
            self.given_back += 1
        self._promised[shard] = allowed
        return Promise(allowed, self.given_back)


class _Wish(NamedTuple):
    held: int
    wanted: int


# Tells the book what is held, what is wanted, and the limit; None: it is out of reach.
Ask: TypeAlias = Callable[[int, int, int], Awaitable[Promise | None]]


class PromisedQuota:
    """The pages as one shard sees them: `take` answers at once, out of what was promised."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self.promised = -1
        self.given_back = 0  # how often pages were, as far as this shard has been told
        self._wish: _Wish | None = None
        self._wished = asyncio.Event()
        self._denied = False  # the last wish was turned down
        self._rests = False  # what is not needed was given back
        self.more: Callable[[], None] = lambda: None  # called when more may be held
        self.most: int | None = None

    def take(self, pages: int) -> bool:
        """Say if this shard may come to hold `pages`; if not now, they are asked for."""
        if pages <= self.promised:
            self._rests = False
            return True
        self._want(_Wish(pages - 1, pages))
        return False

    def rest(self, pages: int, *, idle: bool) -> None:
        """Give back what is not needed if the shard, which holds `pages`, has nothing to do."""
        if idle and self._wish is None and not self._rests:
            # At once: a message may wake the shard before the book knows.
            self.promised = min(self.promised, pages)
            self._want(_Wish(pages, pages))

    def _want(self, wish: _Wish) -> None:
        if wish != self._wish:
            self._wish, self._denied = wish, False
            self._wished.set()

    @property
    def denied(self) -> bool:
        """Say if more pages are wanted and were last turned down."""
        return self._denied

    def settled(self) -> bool:
        """Say if nothing is on its way: what is wanted was denied, or what is left given back."""
        return self.most is None or self._denied or (self._wish is None and self._rests)

    async def keep(self) -> None:
        """Ask for what is wished for, again and again, until cancelled."""
        while True:
            await self._wished.wait()
            self._wished.clear()
            wish, most = self._wish, self.most
            if wish is None or most is None:
                continue
            promise = await self._ask(*wish, most)
            if promise is not None:
                self.promised, self.given_back = promise
            if promise is None or promise.pages < wish.wanted:
                self._denied = promise is not None and self._wish == wish
                await asyncio.sleep(_AGAIN)
                self._wished.set()
                continue
            if self._wish == wish:
                self._wish, self._denied = None, False
                self._rests = wish.wanted == wish.held
            if not self._rests:
                self.more()
