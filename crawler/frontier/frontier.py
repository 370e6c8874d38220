"""The frontier: claim a host, finish a visit. Reading order: `claim`, `finish`, `committed`."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final

from crawler.core.consent import FileRequest
from crawler.core.document import Link
from crawler.core.outcome import Outcome
from crawler.core.pace import Pace, Timing, delay_after, next_hour, unhurried
from crawler.core.policy import ConsentPolicy
from crawler.core.task import Task, TaskKind
from crawler.core.timings import Timings
from crawler.core.urls import Url, parse
from crawler.frontier.adding import Adding
from crawler.frontier.answering_shards import DecideWaiting, take_answers, take_wishes
from crawler.frontier.clocks_after_restart import mend_times
from crawler.frontier.due_hosts import DueHosts
from crawler.frontier.finishing import Finish
from crawler.frontier.following import add_sitemap
from crawler.frontier.hosts import NUMBER_BITS, Host, Place, chosen, is_free
from crawler.frontier.in_force import InForce
from crawler.frontier.link_rules import Candidate, Screen, Seen
from crawler.frontier.reading_ahead import Reader
from crawler.frontier.recording import Recorded, Writes, record
from crawler.frontier.revisiting import ask_files, make_due, requeue
from crawler.frontier.settings import FrontierSettings
from crawler.frontier.shard_messages import Answer, Message, Wish
from crawler.frontier.shared_limits import IN_LINE, PASSED, Leases, Limits, SharedLimits, limits_for
from crawler.frontier.status import FrontierStatus, describe
from crawler.frontier.url_rows import Changes, Note, add_origins
from crawler.store.database import Connection, Database

_CHUNK = 20_000  # links added in one transaction
_RESOLVE: Final = TaskKind.RESOLVE
_FILE: Final = TaskKind.FILE


def _tune(connection: Connection) -> None:
    # Ten million URLs have 12 MB of inner index pages; SQLite's own 2 MB would be read anew
    # at every visit.
    connection.execute("PRAGMA cache_size = -131072")
    # Visits of many groups change the same pages: copy them from the log into the file once.
    connection.execute("PRAGMA wal_autocheckpoint = 16384")


@dataclass(frozen=True, slots=True)
class Admitted:
    """How many addresses became URLs of the job, and why the others did not."""

    new: int = 0
    turned_away: Counter[str] = field(default_factory=Counter)


class Frontier:
    """Whose turn it is. Everything here runs in the event loop; `record` alone does not."""

    def __init__(self, database: Database, in_force: InForce) -> None:
        self._database = database
        self._in_force = in_force
        self._due_hosts = DueHosts()
        self.rests_until = in_force.floor_at  # nobody is asked before; that tries no patience
        self._limits = Limits(in_force.floor_at)
        self._reader = Reader(database, in_force, self._due_hosts, self._limits)
        self._leases: Leases | None = None
        self._listens = in_force.consent.may_forbid_more
        self._seen = Seen()
        self._owing: AbstractSet[int] | None = None  # whose site files alone are wanted
        self.late = Timings()  # how long hosts were due before they were asked
        self._aside: list[Host] = []  # they have nothing that is wanted then
        self._random = random.Random()  # noqa: S311 - jitter needs no secrecy

    @property
    def refused(self) -> Counter[str]:
        """Pages refused without a request since the job was opened, by reason."""
        return self._reader.refused

    @property
    def sent(self) -> int:
        """Wishes and answers written for other shards."""
        return self._reader.sent

    @classmethod
    async def open(
        cls,
        database: Database,
        in_force: InForce,
        *,
        shared: SharedLimits | None = None,
        leases: Leases | None = None,
    ) -> Frontier:
        """Take up the job where it stands.

        Every host that was asked before waits its delay from `floor_at`, which is now, or until
        its stored time if that is later: how long it has rested, a clock that was set
        meanwhile does not tell.
        After an unclean stop the last answers may be missing, so that holds for all.
        """
        frontier = cls(database, in_force)
        frontier._limits.shared = shared
        frontier._leases = leases
        await database.read(_tune)
        await database.transaction(
            lambda connection: mend_times(connection, in_force.settings, in_force.floor_at)
        )
        await frontier._reader.scan()
        return frontier

    async def add(
        self, links: Iterable[Link], now: float, *, depth: int = 0, seeds: bool = False
    ) -> Admitted:
        """Admit addresses from outside a visit. Seeds bring their hosts into scope."""
        rest, new, away = iter(links), 0, Counter[str]()
        while chunk := list(islice(rest, _CHUNK)):
            screen = Screen(self._in_force.settings, self._seen, now)
            for link in chunk:
                screen.take(link, depth)

            def work(connection: Connection, screen: Screen = screen) -> tuple[int, Changes]:
                changes = Changes()
                adding = Adding(connection, self._in_force.settings, changes)
                adding.take(screen.candidates, seeds=seeds)
                changes.turned_away.update(screen.away)
                changes.turned_away.store(connection)
                return adding.admitted, changes

            admitted, changes = await self._database.transaction(work)
            self._reader.merge(changes)
            new += admitted
            away.update(changes.turned_away.counts)
        return Admitted(new, away)

    async def add_sitemaps(self, now: float) -> None:
        """Have the sitemaps read that the policy names; like seeds, they bring their hosts in."""
        screen = Screen(self._in_force.settings, self._seen, now)
        for text in self._in_force.settings.discovery.sitemap_urls:
            if (url := parse(text)) is not None:
                add_sitemap(screen, url, url.host, 0)
        await self._admit(screen.candidates, seeds=True)

    async def want_files(self, urls: Sequence[Url]) -> None:
        """Have the site files asked for of the origins of `urls`, and no page."""
        self._reader.merge(await self._database.transaction(lambda c: add_origins(c, urls)))

    async def take_in(
        self, messages: Sequence[Message], now: float, decide_waiting: DecideWaiting
    ) -> int:
        """Take in what other shards found, wish for and answer; return how many URLs were new.

        `decide_waiting` decides on the pages that waited for an answer.
        """
        in_force = self._in_force
        candidates = [item for item in messages if isinstance(item, Candidate)]
        wishes = [item for item in messages if isinstance(item, Wish)]
        answers = [item for item in messages if isinstance(item, Answer)]

        def work(connection: Connection) -> Changes:
            changes = Changes()
            take_answers(connection, answers, in_force, decide_waiting, changes)
            take_wishes(connection, wishes, in_force, now, changes)
            return changes

        new = await self._admit(candidates) if candidates else 0
        if wishes or answers:
            self._reader.merge(await self._database.transaction(work))
        return new

    async def _admit(self, candidates: Sequence[Candidate], *, seeds: bool = False) -> int:
        def work(connection: Connection) -> tuple[int, Changes]:
            changes = Changes()
            adding = Adding(connection, self._in_force.settings, changes)
            adding.take(candidates, seeds=seeds)
            changes.turned_away.store(connection)
            return adding.admitted, changes

        admitted, changes = await self._database.transaction(work)
        self._reader.merge(changes)
        return admitted

    async def revisit(self, now: float, *, everything: bool = False) -> int:
        """Make held pages due again whose interval is over (or all); return how many."""
        changes = await self._database.transaction(
            lambda connection: make_due(connection, now, everything=everything)
        )
        self._reader.merge(changes)
        return sum(changes.added.values())

    async def ask_for(self, files: Sequence[FileRequest], now: float) -> None:
        """Have site files asked for, each first of its host's URLs, whatever is known of them."""
        when = (self._in_force.settings.share, now)
        self._reader.merge(await self._database.transaction(lambda c: ask_files(c, files, when)))

    async def ask_again(self, numbers: Sequence[int]) -> None:
        """Have pages that were settled asked for again, by their ids."""
        self._reader.merge(await self._database.transaction(lambda c: requeue(c, numbers)))

    async def claim(self, now: float, owing: AbstractSet[int] | None = None) -> Task | None:
        """Lease the host due longest and return its next task, or None if none is due.

        `owing`: no more pages are wanted, only the site files of these hosts. Suspends only
        when hosts must be read from the store. A task that is returned must come back through
        `finish`, whatever happens to it.
        """
        if owing != self._owing:
            self._owing = owing
            self._take_back()
        while True:
            task = self.claim_ready(now)
            if task is not None or not self._reader.must_read(now):
                return task
            if not await self._reader.read_due(now):
                return None

    def claim_ready(self, now: float) -> Task | None:
        """Do what `claim` does without reading: None if no host in memory is due."""
        while True:
            number = self._limits.next_open(now)
            host = self._due_hosts.pop(now) if number is None else self._due_hosts.active[number]
            if host is None:
                return None
            if self._needs_reading(host, now) or (self._listens and self._is_forbidden(host, now)):
                host.place = Place.CALENDAR
                self._due_hosts.put_unread(host.id, min(now, max(host.due, host.held_until)))
                continue
            if self._owing is not None and not self._owes(host):
                host.place = Place.CALENDAR
                self._aside.append(host)
                continue
            if host.resolved_until <= now:
                task = Task(0, host.queue[-1].url, _RESOLVE, ())
            else:
                if not host.limits:
                    self._set_limits(host)
                passage = self._limits.enter(host.id, host.limits, now)
                if passage != PASSED:
                    self._wait_at_limit(host, passage)
                    continue
                if self._leases is not None and (later := self._lend(host, self._leases, now)):
                    self._limits.leave(host.limits, now)
                    self._due_hosts.wait(host, later)
                    continue
                task = host.queue.pop()
                task.addresses = host.address
            if host.due > 0.0:  # it was asked before, so it has a time of its own
                self.late.add(now - max(host.due, host.held_until))
            host.place = Place.LEASED
            return task

    def must_read(self, now: float) -> bool:
        """Say if `claim` has hosts to read, after `claim_ready` found none; mostly it has not."""
        return self._reader.must_read(now)

    def next_due(self) -> float | None:
        """Return when `claim` may next succeed, or None if nothing waits.

        Leased hosts do not count: what they will do is known when they come back.
        """
        due_hosts = self._due_hosts
        hosts = due_hosts.next_active() if self._reader.is_crowded() else due_hosts.next_due()
        times = (hosts, self._limits.next_due())
        return min((time for time in times if time is not None), default=None)

    def finish(self, task: Task, outcome: Outcome, timing: Timing | None, now: float) -> Writes:
        """Give the lease back: the host's clock is set at once. Pass the result to `record`."""
        number = task.id >> NUMBER_BITS
        due_hosts = self._due_hosts
        host = due_hosts.active[number] if number else due_hosts.named(task.url.host)
        if host.place != Place.LEASED:
            msg = f"{task.url.host} is not leased"
            raise ValueError(msg)
        limits = host.limits
        made = Finish(host, task, outcome, timing, now, self._in_force)
        writes = made.writes(self._seen, self._random.random())
        if task.kind is not _RESOLVE:
            ended = now if timing is None else max(now, timing.ended_at)
            self._limits.leave(limits, ended)
            if host.lent and self._leases is not None:
                self._leases.leave(host.name, ended + self._asked_of_all(host, timing), ended)
                host.lent = False
            if host.stale:
                host.limits = ()
        host.pending += 1
        if host.stale:
            host.queue.clear()
        due_hosts.put_down(host, unread=True)
        return writes

    def record(self, connection: Connection, writes: Writes) -> Recorded:
        """Write a finished visit. Database thread, in the order of `finish`."""
        return record(connection, [writes], self._in_force)[0]

    def record_all(self, connection: Connection, group: Sequence[Writes]) -> list[Recorded]:
        """Write a group of finished visits, which costs a third of writing each alone."""
        return record(connection, group, self._in_force)

    def committed(self, recorded: Recorded) -> None:
        """Merge what `record` found, after its transaction was committed."""
        due_hosts = self._due_hosts
        host = due_hosts.active[recorded.host]
        host.pending -= 1
        if recorded.changes is not None:
            self._seen.update(recorded.keys)
            self._reader.merge(recorded.changes)
        if host.place == Place.SETTLING and not host.pending:
            due_hosts.put_down(host, unread=True)
        due_hosts.touch(recorded.host)
        if len(due_hosts.active) > self._in_force.settings.retries.active_hosts:
            due_hosts.forget_some()

    def reload(self, settings: FrontierSettings, policy: ConsentPolicy, now: float) -> None:
        """Go on under other settings; queues are read and gate 1 is passed again."""
        del now
        self._take_over(replace(self._in_force, settings=settings, policy=policy))

    def ask_nothing_new(self) -> None:
        """Ask from now on only for site files and for what was visited before."""
        self._take_over(replace(self._in_force, again_only=True))

    def _take_over(self, in_force: InForce) -> None:
        self._in_force = in_force
        for host in self._due_hosts.active.values():
            host.stale, host.held_until, host.owes_nothing = True, 0.0, None
            if host.place != Place.LEASED:
                host.limits = ()
            if host.place in (Place.CALENDAR, Place.IDLE):
                self._due_hosts.put_down(host, unread=True)
        self._reader.reload(self._in_force)

    def listen(self, tell: Callable[[list[Note]], None]) -> None:
        """Have `tell` called with what is not asked and why: held hosts, refusals unasked."""
        self._reader.tell = tell

    async def status(self, now: float) -> FrontierStatus:
        """Answer "why is it idle?"."""
        return await self._database.read(lambda connection: describe(connection, now))

    def _lend(self, host: Host, leases: Leases, now: float) -> float:
        """Take the host towards other commands: 0.0, or when to try again."""
        politeness = self._in_force.settings.politeness
        if unhurried(politeness, free=host.free) and not host.delay:
            return 0.0
        later = leases.enter(host.name, now, self._asked_of_all(host, None))
        host.lent = not later
        return later

    def _asked_of_all(self, host: Host, timing: Timing | None) -> float:
        """Return the delay that holds for every command; rests of our own choice are ours."""
        politeness, pace = self._in_force.settings.politeness, Pace(host.pace.crawl_delay)
        wait = delay_after(politeness, pace, timing, free=host.free)
        if timing is None:
            return wait
        return max(wait, min(timing.retry_after, politeness.retry_after_cap))

    def _wait_at_limit(self, host: Host, passage: float) -> None:
        if passage == IN_LINE:
            host.place = Place.LIMIT
        else:
            self._due_hosts.wait(host, passage)

    def _set_limits(self, host: Host) -> None:
        settings = self._in_force.settings
        address = chosen(host.addresses, host.pace.failures)
        host.free = is_free(host.addresses, settings.free)
        host.address = (address,)
        host.limits = limits_for(settings.politeness, host.name, address, free=host.free)

    def _needs_reading(self, host: Host, now: float) -> bool:
        most = self._in_force.settings.budgets.host_pages
        # Site files may still be asked for: pages that were given may be held until they are known.
        spent = most and host.pages >= most and not (host.queue and host.queue[-1].kind is _FILE)
        closed = host.hours and next_hour(host.hours, now) > now
        return bool(host.stale or not host.queue or host.fresh_until <= now or spent or closed)

    def _owes(self, host: Host) -> bool:
        owing = self._owing
        return owing is not None and host.id in owing and host.queue[-1].kind is _FILE

    def _take_back(self) -> None:
        """Have the hosts come again that were set aside when only site files were wanted."""
        for host in self._aside:
            due = max(host.due, host.held_until)
            if host.id not in self._due_hosts.active:
                self._due_hosts.put_unread(host.id, due)
            elif host.place is Place.CALENDAR and host.wakes < 0.0:
                self._due_hosts.wait(host, due)
        self._aside.clear()

    def _is_forbidden(self, host: Host, now: float) -> bool:
        """Say if the operator has come to refuse what is next in the queue: it is read again."""
        in_force = self._in_force
        if in_force.consent.forbids(host.queue[-1].url, in_force.policy, now) is None:
            return False
        host.stale = True
        return True
