"""Which host is due when: packed columns, because there may be millions of them."""

from __future__ import annotations

import heapq
from array import array

_NEVER = -1.0
# Buckets larger than this become a sorted packed run, not a heap of tuples.
_LARGE = 4_096


class Calendar:
    """Hosts by the time they are due; each stands in it at most once.

    Hosts are dense small numbers. A host waiting costs about 20 bytes: its due time in
    `_wake`, and its place in the bucket of one second. The buckets that have begun are kept
    in order; putting a host elsewhere leaves a stale entry behind, which is dropped when met.
    """

    def __init__(self) -> None:
        self._wake = array("d")
        self._buckets: dict[int, tuple[array[float], array[int]]] = {}
        self._order: list[int] = []  # heap of bucket numbers
        self._begun = -1  # buckets up to this one have begun
        self._soon: list[tuple[float, int]] = []  # heap
        self._run_due = array("d")
        self._run_host = array("q")
        self._run_at = 0
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def due(self, host: int) -> float | None:
        """Return when `host` is due, or None if it stands nowhere."""
        if host >= len(self._wake) or self._wake[host] == _NEVER:
            return None
        return self._wake[host]

    def put(self, host: int, due: float) -> None:
        """Set `host` down for `due` (0 or later), wherever it stood before."""
        wake = self._wake
        if host >= len(wake):
            wake.extend([_NEVER] * (host + 1 + len(wake) // 8 - len(wake)))
        if wake[host] == _NEVER:
            self._count += 1
        elif wake[host] == due:
            return
        wake[host] = due
        number = int(due)
        if number <= self._begun:
            heapq.heappush(self._soon, (due, host))
            return
        bucket = self._buckets.get(number)
        if bucket is None:
            bucket = self._buckets[number] = (array("d"), array("q"))
            heapq.heappush(self._order, number)
        bucket[0].append(due)
        bucket[1].append(host)

    def remove(self, host: int) -> None:
        if host < len(self._wake) and self._wake[host] != _NEVER:
            self._wake[host] = _NEVER
            self._count -= 1

    def pop(self, now: float) -> int | None:
        """Take out the host due longest, or None if none is due at `now`."""
        due = self.next_due()
        if due is None or due > now:
            return None
        host = self._take_head()
        self._wake[host] = _NEVER
        self._count -= 1
        return host

    def next_due(self) -> float | None:
        """Return the earliest due time, or None if the calendar is empty."""
        while True:
            head = self._head()
            if head is None:
                if not self._order:
                    return None
                self._begin(heapq.heappop(self._order))
            elif self._wake[head[1]] == head[0]:
                return head[0]
            else:
                self._take_head()

    def _head(self) -> tuple[float, int] | None:
        if self._run_at < len(self._run_due):
            first = (self._run_due[self._run_at], self._run_host[self._run_at])
            return first if not self._soon else min(first, self._soon[0])
        return self._soon[0] if self._soon else None

    def _take_head(self) -> int:
        at = self._run_at
        if at < len(self._run_due) and (
            not self._soon or (self._run_due[at], self._run_host[at]) <= self._soon[0]
        ):
            self._run_at = at + 1
            return self._run_host[at]
        return heapq.heappop(self._soon)[1]

    def _begin(self, number: int) -> None:
        dues, hosts = self._buckets.pop(number)
        self._begun = number
        if len(dues) <= _LARGE:
            self._soon = list(zip(dues, hosts, strict=True))
            heapq.heapify(self._soon)
            return
        # The run before is used up, or no bucket would begin.
        order = sorted(range(len(dues)), key=dues.__getitem__)
        self._run_due = array("d", (dues[at] for at in order))
        self._run_host = array("q", (hosts[at] for at in order))
        self._run_at = 0
