"""Who owns which shard, and until when: epochs and leases. Pure; times are of one's own clock.

An epoch is given to one owner and never again. Its lease is as long as `duration`, counted by
whoever gave it from when it did, and by the owner from when it asked: so the owner's ends first,
however their clocks are set. Nobody else is given the shard before the giver's has ended.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf
from typing import Any


@dataclass(frozen=True, slots=True)
class Granted:
    """The shard is the asker's under this epoch. `before`: the epoch before it, 0 for none."""

    epoch: int
    before: int


@dataclass(frozen=True, slots=True)
class Wait:
    """It may be had in so many seconds at the earliest."""

    seconds: float


@dataclass(slots=True)
class _Shard:
    epoch: int = 0
    owner: str = ""  # "" once it was given back
    until: float = 0.0


class LeaseBook:
    """The epochs given out, and the leases that run. The giver's side."""

    def __init__(self, count: int, duration: float) -> None:
        self.duration = duration
        self._shards = [_Shard() for _ in range(count)]

    def recall(self, stored: Mapping[str, Any], now: float) -> None:
        """Take up what `stored` returned: leases that ran then may have been renewed at last.

        Raises:
            ValueError: It is not what was stored, or is of another number of shards.
        """
        try:
            found = [(int(epoch), str(owner)) for epoch, owner in stored["shards"]]
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"the epochs given out cannot be read ({error!r})") from error
        if len(found) != len(self._shards):
            raise ValueError(f"the job has {len(found)} shards, not {len(self._shards)}")
        self._shards = [
            _Shard(epoch, owner, now + self.duration if owner else 0.0) for epoch, owner in found
        ]

    def stored(self) -> dict[str, Any]:
        """Return what must be kept before anything that was granted is told."""
        return {"shards": [[shard.epoch, shard.owner] for shard in self._shards]}

    def acquire(self, number: int, owner: str, now: float) -> Granted | Wait:
        """Give the shard to `owner` under a new epoch, or say how long it is another's."""
        shard = self._shards[number]
        if shard.owner and shard.owner != owner and now < shard.until:
            return Wait(shard.until - now)
        before = shard.epoch
        shard.epoch, shard.owner, shard.until = before + 1, owner, now + self.duration
        return Granted(shard.epoch, before)

    def renew(self, number: int, epoch: int, now: float) -> bool:
        """Prolong a lease; False: the shard was given to another, or given back."""
        shard = self._shards[number]
        if shard.epoch != epoch or not shard.owner:
            return False
        shard.until = now + self.duration
        return True

    def release(self, number: int, epoch: int) -> bool:
        """Take the shard back from an owner that asks nobody any more."""
        shard = self._shards[number]
        if shard.epoch != epoch or not shard.owner:
            return False
        shard.owner, shard.until = "", 0.0
        return True

    def overdue(self, now: float) -> list[int]:
        """Return the shards that nobody may be asking for: their leases have ended."""
        return [n for n, shard in enumerate(self._shards) if now >= shard.until]

    @property
    def at_work(self) -> bool:
        """Say if any shard is owned."""
        return any(shard.owner for shard in self._shards)


class Lease:
    """A lease as its owner sees it, by the owner's own clock, which counts also while it sleeps."""

    def __init__(self, clock: Callable[[], float], margin: float) -> None:
        """No request starts with less than `margin` seconds left: it would outlast the lease."""
        self._clock = clock
        self._margin = margin
        self._until = -inf

    def prolong(self, asked_at: float, duration: float) -> None:
        """Note that what was asked for at `asked_at` was granted."""
        self._until = max(self._until, asked_at + duration)

    def end(self) -> None:
        self._until = -inf

    def may_ask(self) -> bool:
        """Say if a request may start now."""
        return self._clock() < self._until - self._margin

    @property
    def left(self) -> float:
        """Seconds until it ends; negative afterwards."""
        return self._until - self._clock()
