"""Which hosts are read from the store, and when: some ahead of their time, none too many."""

from __future__ import annotations

import asyncio
from array import array
from collections import Counter
from collections.abc import Callable

from crawler.core.pace import floor_delay
from crawler.frontier.due_hosts import DueHosts
from crawler.frontier.hosts import Place
from crawler.frontier.in_force import InForce
from crawler.frontier.loading import AHEAD, load_hosts
from crawler.frontier.shared_limits import Limits
from crawler.frontier.url_rows import Changes, Note
from crawler.store.database import Connection, Database

_BATCH = 512  # hosts read at once
_QUEUE = 32  # tasks kept ready for a host, at most
_QUEUE_FIRST = 4  # ... when it comes into memory; doubled each time it used them all up


class Reader:
    """Brings hosts into memory before they are due, and what the store learned of them.

    Runs in the event loop; it alone asks the database for hosts, one batch at a time.
    """

    def __init__(
        self, database: Database, in_force: InForce, due_hosts: DueHosts, limits: Limits
    ) -> None:
        self.in_force = in_force
        self.refused: Counter[str] = Counter()  # pages without a request, since it was opened
        self.sent = 0  # wishes and answers written for other shards
        self.tell: Callable[[list[Note]], None] | None = None  # what is not asked, and why
        self._database = database
        self._due_hosts = due_hosts
        self._limits = limits
        self._reading = asyncio.Lock()
        self._in_reading: dict[int, int] = {}  # hosts being read: URLs added meanwhile
        self._must_scan = False

    def reload(self, in_force: InForce) -> None:
        """Go on under other settings: every host is looked at again before the next is read."""
        self.in_force = in_force
        self._must_scan = True

    def must_read(self, now: float) -> bool:
        """Say if `claim` has hosts to read, after `claim_ready` found none; mostly it has not."""
        if self._must_scan or self._reading.locked():
            return True
        unread = self._due_hosts.next_unread()
        return unread is not None and unread <= now and not self.is_crowded()

    async def read_due(self, now: float) -> bool:
        """Read hosts that are due, and some that soon will be; say if any is due in memory."""
        async with self._reading:
            if self._must_scan:
                self._must_scan = False
                await self.scan()
            while True:
                active, unread = self._due_hosts.next_active(), self._due_hosts.next_unread()
                if active is not None and active <= now:
                    return True
                if unread is None or unread > now or self.is_crowded():
                    return False
                if wanted := self._take_unread(now):
                    await self._read(wanted, now)

    def is_crowded(self) -> bool:
        """Say if so many hosts stand at limits that no more are read before some have passed."""
        return self._limits.waiting >= max(_BATCH, self.in_force.settings.retries.active_hosts // 2)

    def _take_unread(self, now: float) -> list[int]:
        # A site's budget must be looked at when the turn has come.
        until = now if self.in_force.settings.budgets.site_pages else now + AHEAD
        wanted: list[int] = []
        while len(wanted) < _BATCH and (number := self._due_hosts.pop_unread(until)) is not None:
            host = self._due_hosts.active.get(number)
            if host is not None and host.pending:
                host.place = Place.SETTLING
            else:
                wanted.append(number)
        return wanted

    async def _read(self, wanted: list[int], now: float) -> None:
        in_force, tell = self.in_force, self.tell is not None
        lengths = {number: self._length(number) for number in wanted}
        self._in_reading = dict.fromkeys(wanted, 0)
        try:
            loaded = await self._database.transaction(
                lambda connection: load_hosts(connection, lengths, in_force, now, tell=tell)
            )
        except BaseException:
            for number in wanted:
                self._due_hosts.put_unread(number, now)
            raise
        finally:
            added, self._in_reading = self._in_reading, {}
        for host in loaded.hosts:
            host.waiting += added[host.id]
            host.stale = in_force is not self.in_force
            self._due_hosts.take_up(host)
            self._due_hosts.put_down(host)
        self.merge(loaded.changes)

    def _length(self, number: int) -> int:
        if self.in_force.settings.budgets.site_pages:
            return 1  # the site's budget is looked at before every page
        host = self._due_hosts.active.get(number)
        return _QUEUE_FIRST if host is None else min(_QUEUE, 2 * max(1, host.length))

    def merge(self, changes: Changes) -> None:
        """Take note of URLs added, of pages refused and of hosts to look at again."""
        self.sent += changes.sent
        if changes.refused:
            self.refused.update(changes.refused)
        if changes.notes and self.tell is not None:
            self.tell(changes.notes)
        for number, count in changes.added.items():
            due = max(changes.due[number], self._floor())
            self._hear(number, count, due)
        for number in changes.woken:
            host = self._due_hosts.active.get(number)
            if host is not None:
                host.held_until, host.stale = 0.0, True
            self._hear(number, 0, host.due if host is not None else self._floor())

    def _hear(self, number: int, count: int, due: float) -> None:
        if number in self._in_reading:
            self._in_reading[number] += count
            return
        host = self._due_hosts.active.get(number)
        if host is not None:
            host.waiting += count
            if host.place in (Place.CALENDAR, Place.IDLE):
                self._due_hosts.put_down(host, unread=True)
            return
        stands = self._due_hosts.stands(number)
        if stands is None or stands > due:
            self._due_hosts.put_unread(number, due)

    def _floor(self) -> float:
        if not self.in_force.unclean:
            return 0.0
        return self.in_force.floor_at + floor_delay(self.in_force.settings.politeness, free=False)

    async def scan(self) -> None:
        """Put every host that has something to do into the calendar."""
        floor, unclean = self.in_force.floor_at, self.in_force.unclean
        least = floor_delay(self.in_force.settings.politeness, free=False)

        def work(connection: Connection) -> tuple[array[int], array[float]]:
            numbers, dues = array("q"), array("d")
            rows = connection.execute(
                "SELECT id, waiting, due, delay, later_at FROM host"
                " WHERE waiting > 0 OR later_at > 0"
            )
            for number, waiting, due, delay, later_at in rows:
                first = due if waiting else max(due, later_at)
                numbers.append(number)
                if unclean:
                    first = max(first, floor + max(delay, least))
                elif due:
                    first = max(first, floor + delay)
                dues.append(first)
            return numbers, dues

        found = await self._database.read(work)
        for number, due in zip(*found, strict=True):
            if number not in self._due_hosts.active and number not in self._in_reading:
                self._due_hosts.put_unread(number, due)
