"""Turns at addresses and groups that hosts of several shards share, as one shard has them.

`AddressBook` gives turns. When a shard has not reached it for `contact` seconds, or was told to,
the shard goes by its fixed share: the time of day is cut into stretches long enough for one
request and the rest after it, which belong to the shards one after the other. Only there are
clocks of several machines compared, and they may be `_GUARD` apart (NTP keeps them closer).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b

from crawler.cluster.address_book import Mail, Returned, Session, Wanted
from crawler.frontier.sharding import Share

# How soon (seconds) to look again at a limit whose turn was asked for.
_LOOK_AGAIN = 0.03
_ASK_AGAIN = 2.0  # seconds after which a turn is asked for once more
_GUARD = 1.0  # seconds that clocks of two nodes may be apart
_WIDTH = 2.0  # seconds of a stretch in which requests may start
_BATCH = 4  # slots that a turn goes on for once it was called back
_IDLE = 0.1  # seconds after a limit has opened: then none of our hosts waits for it


@dataclass(slots=True)
class _Use:
    """What this shard does at one limit. Times are those of its own clock."""

    delay: float = 0.0
    inside: int = 0
    opens: float = 0.0  # nobody may pass before
    starts: float = 0.0  # of the turn
    until: float = 0.0
    given: bool = False  # a turn was given and is not given back
    called_back: bool = False
    number: int = 0  # of the turn given last; of one given back nothing is heard any more
    done: int = 0
    latest: float = 0.0  # when the book takes that turn for over
    asked_until: float = 0.0  # the book knows that a turn is wanted


class BucketTurns:
    """The turns of one shard at the limits of one bucket."""

    def __init__(
        self, share: Share, epoch: int, times: tuple[float, float], clock: Callable[[], float]
    ) -> None:
        """Begin without a turn. `times`: the longest request, the longest silence (seconds)."""
        longest, contact = times
        self.session: Session = (epoch, 0)
        self._share = share
        self._longest = longest
        self._contact = contact
        self._clock = clock
        self._uses: dict[str, _Use] = {}
        self._wanted: dict[str, float] = {}
        self._returned: dict[str, tuple[float, int]] = {}  # when it opens; the turn's number
        self._heard_at = clock()
        self._book = ""
        self.told_at = 0.0  # by the book's clock, when it told us something last
        self._shares_until = -1.0
        self.changed = asyncio.Event()  # there is something to tell

    def now(self) -> float:
        return self._clock()

    def enter(self, key: str, now: float, delay: float) -> float:
        """Return 0.0 and take the limit, or the time at which to ask again."""
        use = self._uses.get(key)
        if use is None:
            use = self._uses[key] = _Use()
        use.delay = delay
        if use.given and now < use.until:
            if now < use.starts:
                return use.starts
            use.inside += 1
            use.opens = max(use.opens, now + delay)
            return 0.0
        if self._goes_by_share(now):
            if later := self._next_share(now, delay):
                return min(later, now + 1.0)
            use.inside += 1
            use.opens = max(use.opens, now + delay)
            return 0.0
        if now >= use.asked_until:
            use.asked_until = now + _ASK_AGAIN
            self._wanted[key] = delay
            self.changed.set()
        if use.given and not use.inside:
            self._give_back(key, use)
        return now + _LOOK_AGAIN

    def leave(self, key: str, opens: float) -> None:
        """Give the limit back; nobody may pass it before `opens`."""
        use = self._uses[key]
        use.inside -= 1
        use.opens = max(use.opens, opens)
        if not use.inside and use.given and self._clock() >= use.until:
            self._give_back(key, use)

    def look(self) -> None:
        """Give back turns that are over, and those that others wait for and nobody here uses."""
        now = self._clock()
        for key in [key for key, use in self._uses.items() if not use.inside]:
            use = self._uses[key]
            idle = now > max(use.opens, use.starts) + _IDLE
            over = now >= use.until or (use.called_back and idle)
            if use.given and over:
                self._give_back(key, use)
            elif not use.given and now > max(use.opens, use.asked_until, use.latest):
                del self._uses[key]

    def told(self) -> tuple[tuple[Wanted, ...], tuple[Returned, ...]]:
        """Return what is to be told to the book, once."""
        self.changed.clear()
        now = self._clock()
        wanted = tuple(Wanted(key, delay) for key, delay in self._wanted.items())
        returned = tuple(
            Returned(key, max(0.0, at - now), number)
            for key, (at, number) in self._returned.items()
        )
        self._wanted, self._returned = {}, {}
        return wanted, returned

    def tell_again(self, wanted: tuple[Wanted, ...], returned: tuple[Returned, ...]) -> None:
        """Take up what the book was not told after all."""
        now = self._clock()
        self._wanted = dict(wanted) | self._wanted
        before = {key: (now + rest, number) for key, rest, number in returned}
        self._returned = before | self._returned
        self.changed.set()

    def register(self) -> tuple[Returned, ...]:
        """Return for how long limits must rest for what is under way; turns are over.

        It goes to the book that greeted last: until its answer no share of time was gone by.
        """
        self.session = (self.session[0], self.session[1] + 1)
        now = self._clock()
        rests = {key: at - now for key, (at, _) in self._returned.items()}
        for key, use in self._uses.items():
            rest = self._longest + use.delay if use.inside else use.opens - now
            rests[key] = max(rest, rests.get(key, 0.0))
            use.given = use.called_back = False
            use.number = use.done = 0
            use.asked_until = 0.0
        self._returned = {}
        self._shares_until = -1.0
        return tuple(Returned(key, rest) for key, rest in rests.items() if rest > 0)

    def greeted(self, mail: Mail) -> None:
        """Note that a book answered, which is registered with next."""
        self._heard_at = self._clock()
        self._book, self.told_at = mail.book, mail.at

    def heard(self, asked_at: float, mail: Mail) -> None:
        """Note what the book answers to what it was asked at `asked_at`.

        What is to begin is counted from now and what is to end from then: so both lie within
        what the book means, however long the answer took.
        """
        if (mail.book, mail.session) != (self._book, self.session):
            return
        now = self._heard_at = self._clock()
        self.told_at = max(self.told_at, mail.at)
        for key, starts, lasts, number in mail.turns:
            use = self._uses.get(key)
            if use is None:
                use = self._uses[key] = _Use()
            if number <= use.done or (number == use.number and use.given):
                continue
            use.number, use.latest = number, now + starts + lasts
            use.given, use.called_back, use.asked_until = True, False, 0.0
            use.starts, use.until = now + starts, asked_at + starts + lasts
        for key in mail.called_back:
            use = self._uses.get(key)
            if use is not None and use.given:
                use.called_back = True
                use.until = min(use.until, max(now, use.starts) + max(_IDLE, _BATCH * use.delay))
        if mail.shares:
            self._shares_until = asked_at + mail.shares

    def _give_back(self, key: str, use: _Use) -> None:
        use.given = use.called_back = False
        use.done = use.number
        self._returned[key] = (use.opens, use.number)
        self.changed.set()

    def _goes_by_share(self, now: float) -> bool:
        return now < self._shares_until or now > self._heard_at + self._contact

    def _next_share(self, now: float, delay: float) -> float:
        """Return when the next stretch of ours begins, 0.0 in one."""
        length = self._longest + delay + 2 * _GUARD + _WIDTH
        place = now % (length * self._share.count) - self._share.number * length - _GUARD
        if 0.0 <= place < _WIDTH:
            return 0.0
        return now - place if place < 0.0 else now - place + length * self._share.count


class AddressTurns:
    """All limits of a shard, each at its bucket."""

    def __init__(self, buckets: list[BucketTurns]) -> None:
        self._buckets = buckets

    def enter(self, key: str, now: float, delay: float) -> float:
        return self._bucket(key).enter(key, now, delay)

    def leave(self, key: str, opens: float) -> None:
        self._bucket(key).leave(key, opens)

    def _bucket(self, key: str) -> BucketTurns:
        return self._buckets[bucket_of(key, len(self._buckets))]


def bucket_of(key: str, count: int) -> int:
    """Return the bucket of a limit: the same for every shard."""
    return int.from_bytes(blake2b(key.encode(), digest_size=4).digest(), "big") % count
