"""Hosts in memory and hosts in the store: who stands where, and who is due."""

from __future__ import annotations

import heapq
from collections import OrderedDict

from crawler.frontier.calendar import Calendar
from crawler.frontier.hosts import FOREVER, Host, Place

# A heap of numbers is kept in order in a third of the time that one of pairs takes: microseconds,
# and after them the host, in so many bits.
_SHIFT = 32
_NUMBER = (1 << _SHIFT) - 1


class DueHosts:
    """Every host with something to do stands in exactly one place.

    Active hosts wait in a heap by the time they are due. The others, and active ones whose
    queue is used up, stand in the calendar of those to be read; there the one due longest goes
    first, so that active hosts take turns with all others after each queue.
    """

    def __init__(self) -> None:
        # Least recently finished first. A plain dict is slow to find its first entry once many
        # that stood before it are gone.
        self.active: OrderedDict[int, Host] = OrderedDict()
        self._names: dict[str, int] = {}  # of active hosts
        self._heap: list[int] = []  # entries a host has left behind are skipped
        self._unread = Calendar()

    def __len__(self) -> int:
        """Return how many hosts wait to be read."""
        return len(self._unread)

    def named(self, name: str) -> Host:
        return self.active[self._names[name]]

    def stands(self, number: int) -> float | None:
        """Return when a host that must be read is due, or None."""
        return self._unread.due(number)

    def take_up(self, host: Host) -> None:
        """Keep a host in memory that was read."""
        self.active[host.id] = host
        self._names[host.name] = host.id

    def put_unread(self, number: int, due: float) -> None:
        """Have a host read when it is due, or a little earlier."""
        self._unread.put(number, due)

    def put_down(self, host: Host, *, unread: bool = False) -> None:
        """Place a host that is not leased where it belongs.

        `unread`: reading it now may fill its queue, for it was not read a moment ago.
        """
        if not host.queue:
            host.owes_nothing = None  # else the files of every host would stay in memory
        if host.waiting > 0:
            due = max(host.due, host.held_until)
        elif host.later_at:
            due = max(host.due, host.later_at)
        else:
            due = FOREVER
        if due == host.wakes:
            return
        host.wakes, host.entry = -1.0, 0
        self._unread.remove(host.id)
        if due >= FOREVER:
            host.place = Place.IDLE
            return
        if unread and not host.queue and host.waiting > 0 and not host.held_until:
            host.place = Place.CALENDAR
            self._unread.put(host.id, due)
        else:
            self.wait(host, due)

    def wait(self, host: Host, due: float) -> None:
        """Have an active host come again at `due`."""
        host.place, host.wakes = Place.CALENDAR, due
        host.entry = int(due * 1e6) << _SHIFT | host.id
        heapq.heappush(self._heap, host.entry)

    def pop(self, now: float) -> Host | None:
        """Take out the active host due longest, or None if none is due at `now`."""
        host = self._first()
        if host is None or host.wakes > now:
            return None
        heapq.heappop(self._heap)
        host.wakes, host.entry = -1.0, 0
        return host

    def forget_some(self) -> None:
        """Forget a few of the hosts longest untouched; the store has them."""
        for _ in range(4):
            number, host = self.active.popitem(last=False)
            if host.place not in (Place.CALENDAR, Place.IDLE) or host.pending:
                self.active[number] = host
                continue
            del self._names[host.name]
            if host.wakes >= 0.0:
                self._unread.put(number, host.wakes)

    def touch(self, number: int) -> None:
        """Make a host the last to be forgotten."""
        self.active.move_to_end(number)

    def pop_unread(self, until: float) -> int | None:
        """Take out the number of a host to be read that is due by `until`."""
        return self._unread.pop(until)

    def next_due(self) -> float | None:
        """Return when the next host is due, in memory or not."""
        active, unread = self.next_active(), self._unread.next_due()
        if active is None or unread is None:
            return unread if active is None else active
        return min(active, unread)

    def next_unread(self) -> float | None:
        return self._unread.next_due()

    def next_active(self) -> float | None:
        host = self._first()
        return None if host is None else host.wakes

    def _first(self) -> Host | None:
        heap, active = self._heap, self.active
        while heap:
            entry = heap[0]
            host = active.get(entry & _NUMBER)
            if host is not None and host.entry == entry:
                return host
            heapq.heappop(heap)
        return None
