"""Turns at addresses and groups that hosts of several shards share. The giver's side. Pure.

A *turn* is a stretch of time during which one shard alone may start requests through a limit: a
batch of slots, which it uses at the limit's own pace. It ends by being given back, with how long
the limit must rest. One that is never given back ends when its last request must have.

Nobody's clock is compared with another's: only how long something is to last is told. Whatever a
shard was told says when by the book's clock; with what it says next it gives that back, and so
the book knows since when the shard must have heard of it. A message may be late, lost, or come
twice: turns have numbers.

When a shard has not heard of this book for `contact` seconds it goes by its *fixed share* of the
time (`address_turns`). So turns end before any shard may have come to that; and while one may
have, nobody is given a turn and all go by their shares, for a stretch that is told as well.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

TURN = 10.0  # seconds that a turn lasts; it is called back when another waits
_SHARES = 5.0  # seconds for which shards are told to go by their shares
_MANY = 100_000  # limits at rest are forgotten when there are more
_LONG_AGO = -1e9


# What a shard registered under: its owner's epoch, and how often that has registered.
Session: TypeAlias = tuple[int, int]


class Wanted(NamedTuple):
    """A limit that a shard wants to pass, at this pace (seconds from an end to the next start)."""

    key: str
    delay: float


class Returned(NamedTuple):
    """A limit that nobody may pass for `rest` seconds: its turn is given back."""

    key: str
    rest: float
    number: int = 0


class Turn(NamedTuple):
    """A turn that begins in `starts` seconds and lasts for `lasts`."""

    key: str
    starts: float
    lasts: float
    number: int


class Mail(NamedTuple):
    """What a shard is told: its turns, what is called back; for how long to go by its share."""

    book: str  # which book says so: one that is begun anew knows nothing of what was before
    session: Session
    at: float  # the book's time
    turns: tuple[Turn, ...] = ()
    called_back: tuple[str, ...] = ()
    shares: float = 0.0


@dataclass(slots=True)
class _Limit:
    opens: float = 0.0  # nobody may pass before
    holder: int = -1
    number: int = 0  # of the holder's turn
    starts: float = 0.0  # the holder's turn
    until: float = 0.0
    delay: float = 0.0
    waiting: deque[int] = field(default_factory=deque)


class AddressBook:
    """The turns at a bucket of limits, for `count` shards."""

    def __init__(self, name: str, count: int, longest: float, contact: float, now: float) -> None:
        """`longest`: seconds that a request may take at most. No two books have one `name`."""
        self.name = name
        self._longest = longest
        self._contact = contact
        self._began = now
        self._heard: list[float | None] = [None] * count  # None: never, so it may go by its share
        self._sessions: list[Session] = [(0, 0)] * count
        self._limits: dict[str, _Limit] = {}
        self._busy: dict[str, None] = {}  # limits that are held or waited for
        self._turns: list[dict[str, None]] = [{} for _ in range(count)]  # to be told
        self._called_back: list[dict[str, None]] = [{} for _ in range(count)]
        self._shares_until = _LONG_AGO  # until then shards were told to go by their shares
        self._number = 0
        self._many = _MANY

    def hello(self, now: float) -> Mail:
        """Answer a shard that is about to register."""
        return Mail(self.name, (0, 0), now)

    def register(
        self, shard: int, session: Session, heard_at: float, held: Iterable[Returned], now: float
    ) -> None:
        """Begin with a shard, or begin again: all that it holds is what it says now.

        Of an earlier owner nothing is left: it asks nobody any more. `heard_at` is the time that
        it was told last.
        """
        if session <= self._sessions[shard]:
            return  # it came late
        self._sessions[shard], self._heard[shard] = session, heard_at
        self._turns[shard], self._called_back[shard] = {}, {}
        for key in self._busy:
            limit = self._limits[key]
            if shard in limit.waiting:
                limit.waiting.remove(shard)
            if limit.holder == shard:
                self._take_back(key, limit, limit.delay, now)
        for key, rest, _ in held:
            limit = self._limit(key)
            limit.opens = max(limit.opens, now + rest)

    def exchange(
        self, shard: int, session: Session, wanted: Iterable[Wanted], returned: Iterable[Returned],
        now: float,
    ) -> bool:  # fmt: skip
        """Hear a shard; False: it is not known in this session and must register first."""
        if session != self._sessions[shard]:
            return False
        for key, rest, number in returned:
            limit = self._limits.get(key)
            if limit is not None and limit.holder == shard and limit.number == number:
                self._take_back(key, limit, rest, now)
        for key, delay in wanted:
            limit = self._limit(key)
            self._busy[key] = None
            limit.delay = max(limit.delay, delay) if limit.holder >= 0 else delay
            if limit.holder == shard and now < limit.until:
                self._turns[shard][key] = None  # the answer was lost: it holds it
                continue
            if shard not in limit.waiting:
                limit.waiting.append(shard)
            self._give(key, limit, now)
        return True

    def heard(self, shard: int, session: Session, at: float) -> bool:
        """Note that a shard had been told something at `at`; False: it must register first."""
        if session != self._sessions[shard]:
            return False
        self._heard[shard] = max(at, self._heard[shard] or at)
        return True

    def mail(self, shard: int, now: float) -> Mail:
        """Return what the shard is to be told, once."""
        turns = []
        for key in self._turns[shard]:
            limit = self._limits[key]
            if limit.holder == shard:
                starts = max(now, limit.starts)
                turns.append(Turn(key, starts - now, limit.until - starts, limit.number))
        called_back = tuple(self._called_back[shard])
        self._turns[shard], self._called_back[shard] = {}, {}
        return Mail(
            self.name,
            self._sessions[shard],
            now,
            tuple(turns),
            called_back,
            max(0.0, self._shares_until - now),
        )

    def has_mail(self, shard: int, now: float) -> bool:
        return bool(self._turns[shard] or self._called_back[shard]) or now < self._shares_until

    def look(self, now: float) -> None:
        """Take back what was never given back, and give what has come free."""
        for key in list(self._busy):
            limit = self._limits[key]
            if limit.holder >= 0 and now >= limit.until + self._longest:
                self._take_back(key, limit, limit.delay, now)
            self._give(key, limit, now)
            if limit.holder < 0 and not limit.waiting:
                del self._busy[key]
        if len(self._limits) > self._many:
            self._forget(now)
        if self._must_share(now):
            self._shares_until = now + _SHARES

    def silent(self, now: float) -> bool:
        """Say if a shard has not been heard of for so long that it is time to ask about it."""
        return any(at is None or now - at > self._contact / 3 for at in self._heard)

    def exempt(self, shards: Iterable[int], since: float) -> None:
        """Note that these shards belonged to nobody at `since`: nobody asks for them."""
        for shard in shards:
            self._heard[shard] = max(since, self._heard[shard] or since)

    def _limit(self, key: str) -> _Limit:
        limit = self._limits.get(key)
        if limit is None:
            limit = self._limits[key] = _Limit()
        return limit

    def _take_back(self, key: str, limit: _Limit, rest: float, now: float) -> None:
        limit.holder = -1
        limit.opens = max(limit.opens, now + rest)
        self._give(key, limit, now)

    def _give(self, key: str, limit: _Limit, now: float) -> None:
        """Give the limit to who has waited longest, or call it back from who has it."""
        if not limit.waiting:
            return
        if limit.holder < 0:
            starts = max(now, limit.opens, self._shares_until + self._longest + limit.delay)
            until = min(starts + TURN, self._first_silence() - self._longest - limit.delay)
            if until <= starts:
                return
            limit.holder, limit.starts, limit.until = limit.waiting.popleft(), starts, until
            self._number += 1
            limit.number = self._number
            self._turns[limit.holder][key] = None
        if limit.waiting and limit.waiting[0] != limit.holder:
            self._called_back[limit.holder][key] = None

    def _first_silence(self) -> float:
        """Return when the first shard may come to go by its share; the past if one may already."""
        return min(_LONG_AGO if at is None else at + self._contact for at in self._heard)

    def _must_share(self, now: float) -> bool:
        """Say if no turn can be given for want of a shard that may go by its share."""
        if now < self._began + self._contact or self._shares_until > now:
            return False
        waited = [limit for limit in map(self._limits.__getitem__, self._busy) if limit.waiting]
        end = self._first_silence() - self._longest
        return any(end - limit.delay <= now for limit in waited) and not any(
            limit.holder >= 0 or limit.opens > now for limit in self._limits.values()
        )

    def _forget(self, now: float) -> None:
        self._limits = {
            key: limit
            for key, limit in self._limits.items()
            if limit.holder >= 0 or limit.waiting or limit.opens > now
        }
        self._many = max(_MANY, 2 * len(self._limits))
