"""Keeps visits under way until nothing is due: claim, visit, finish, commit in groups."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import takewhile

from crawler.core.consent.grounds import Ground, of_ground
from crawler.core.evidence import PageEvidence
from crawler.core.outcome import Failed, Kept, Refused
from crawler.core.task import Task, TaskKind
from crawler.core.timings import Timings
from crawler.events import Events, Listener, of_notes, of_visit
from crawler.frontier import Frontier, Recorded, Writes
from crawler.frontier.loading import hosts_that_owe
from crawler.limits import Limits
from crawler.store.database import Connection, Database
from crawler.visit import Clock, Visit, Visitor

_log = logging.getLogger(__name__)

# A group is flushed when no visit is about to finish, at the latest after this long (seconds).
# Pages of the file that many visits change are written once a group: in one of 30 a commit
# costs a visit half of what it costs in one of 7. On the public web a host is left alone for
# longer than this between two requests, so none waits for its group.
_GROUP_WAIT = 0.3
_GROUP_MOST = 256
# Finished visits not yet committed; beyond this no new claim is made, so memory stays bounded.
_UNCOMMITTED_MOST = 1_024
# At the end, visits under way get this long (seconds); a stop takes less than five.
_GRACE = 3.0
# A visit that takes longer than this (seconds) holds no worker any more: its host is slow, and
# others need not wait for it. So many visits a worker there are at most.
_SLOW, _SLOW_MOST = 2.0, 4
# How often (seconds) limits that cost something to measure are looked at.
_LOOK = 2.0


@dataclass(slots=True)
class Progress:
    """What has happened in this run (`kept_before`: in earlier ones)."""

    kept: int = 0
    kept_before: int = 0
    held: int = 0
    failed: int = 0
    visits: int = 0
    bytes: int = 0
    active: int = 0
    uncommitted: int = 0
    paused: bool = False  # no visit starts, as the operator ordered
    answered: Counter[str] = field(default_factory=Counter)  # turned down in visits, by reason
    unasked: Counter[str] = field(default_factory=Counter)  # ... without a request
    failures: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)  # visits, by how they ended
    commits: Timings = field(default_factory=Timings)

    @property
    def refused(self) -> int:
        """Pages whose owners said no, or of which it is not proven that they did not."""
        return self.reasons.total() - self.filtered

    @property
    def filtered(self) -> int:
        """Pages that the operator's own policy does not want."""
        return of_ground(self.reasons, Ground.FILTERED).total()

    @property
    def reasons(self) -> Counter[str]:
        """Pages turned down, by reason, with and without a request."""
        return self.answered + self.unasked


@dataclass(frozen=True, slots=True)
class Ended:
    """Why a run ended. `clean`: no visit was cut short, every clock is stored."""

    why: str
    clean: bool


@dataclass(frozen=True, slots=True)
class Finished:
    """A visit whose result waits to be committed."""

    visit: Visit
    writes: Writes
    now: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """How results are kept: functions that run in the database thread, and a size."""

    record: Callable[[Connection, Sequence[Finished]], None]
    flush: Callable[[Connection], None]  # the last step of a group's transaction
    rollback: Callable[[], None]  # the group did not commit
    stored: Callable[[Connection, Task], PageEvidence | None]
    pages: Callable[[Connection], int]  # how many the job holds
    disk_bytes: Callable[[], int]
    suspects: frozenset[int] = frozenset()  # URLs during whose judging a crash was seen


class Engine:
    """One run over one job."""

    def __init__(
        self,
        database: Database,
        frontier: Frontier,
        visitor: Visitor,
        keeping: Keeping,
        limits: Limits,
    ) -> None:
        self.progress = Progress(unasked=frontier.refused)  # the frontier counts on
        self.limits = limits
        self.events = Events()
        self.frontier = frontier
        self._visitor = visitor
        self._database = database
        self._keeping = keeping
        self._clock: Clock = visitor.clock
        # Nothing is under way, and nothing due within the patience or within the limit of pages.
        self.idle = False
        # Asked when idle: a shard ends only together with the others.
        self.may_end: Callable[[], bool] = lambda: True
        # Told of visits that were committed.
        self.committed: Callable[[Sequence[Finished]], None] | None = None
        # Asked before each claim: is the job ours to crawl? If not, it is for whoever owns it.
        self.may_ask: Callable[[], bool] = lambda: True
        # Asked before each claim if the job may come to hold so many pages.
        self.permit: Callable[[int], bool] = self._is_within_limit
        # At the limit of pages: hosts whose site files are still asked for, or None below it.
        self._owing: frozenset[int] | None = None
        self._stopping = ""
        self._closing = False
        self._finished: deque[Finished] = deque()
        self._wake = asyncio.Event()
        self._arrived = asyncio.Event()
        self._ripe = asyncio.Event()  # a group need not wait for more
        self._visits: dict[asyncio.Task[None], float] = {}  # when they began, in this order

    def stop(self, why: str) -> None:
        """Claim nothing more; visits under way may end within the grace time."""
        self._stopping = self._stopping or why
        self._wake.set()

    def pause(self, *, paused: bool) -> None:
        """Start no visit, or go on; a crawl that is paused does not end for want of work."""
        self.progress.paused = paused
        self.wake()

    def listen(self, listener: Listener) -> None:
        """Have `listener` told what happens from now on."""
        self.events.listen(listener)
        self.frontier.listen(lambda notes: self.events.tell_all(of_notes(notes, self._clock())))

    @property
    def resting(self) -> bool:
        """Say if no visit may start for now, whatever is due."""
        return self.progress.paused or not self.may_ask()

    def wake(self) -> None:
        """Look at once whether something is due."""
        self.idle = False
        self._wake.set()

    @property
    def stopping(self) -> bool:
        return bool(self._stopping)

    @property
    def pages(self) -> int:
        """How many pages the job holds if every visit under way keeps one."""
        return self.progress.kept_before + self.progress.kept + len(self._visits)

    async def run(self) -> Ended:
        """Crawl until something ends it, and return what that was.

        Raises:
            StoreError: The store failed; what was committed before stays.
        """
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._commit_groups())
                why = await self._dispatch(group)
                self._ripe.set()
                clean = await self._let_visits_end()
                self._closing = True
                self._arrived.set()
        except* Exception as raised:  # noqa: BLE001 - one cause, however many tasks it ended
            raise raised.exceptions[0] from None
        return Ended(why, clean)

    async def _dispatch(self, group: asyncio.TaskGroup) -> str:
        started = self._clock()
        looked = started
        if await self._disk_is_used_up():
            return "max-disk"
        while not self._stopping:
            self._wake.clear()
            full = await self._claim_due(group)
            if self._visits:
                self._ripe.clear()
            else:
                self._ripe.set()
            now = self._clock()
            if why := self._reached(now - started):
                return why
            if now - looked > _LOOK:
                looked = now
                if await self._disk_is_used_up():
                    return "max-disk"
            due = None if full and not self._owing else self.frontier.next_due()
            # Resting, nothing is known to be over: only limits and the operator end that.
            resting = self.resting
            quiet = not self._visits and not self.progress.uncommitted and not resting
            if quiet and full and (await self._was_overrated() or await self._owes_more()):
                continue
            begun = max(now, self.frontier.rests_until)
            self.idle = quiet and (due is None or due - begun > self.limits.patience)
            if self.idle and self.may_end():
                return "max-pages" if full else "done" if due is None else "patience"
            await self._sleep(now, None if resting else due)
        return self._stopping

    async def _claim_due(self, group: asyncio.TaskGroup) -> bool:
        """Start the visits that are due; say if the limit of pages stood in the way."""
        while (
            self._has_room()
            and self.progress.uncommitted < _UNCOMMITTED_MOST
            and not self._stopping
            and not self.resting
        ):
            full = not self.permit(self.pages + 1)
            self._owing = self._owing if full else None
            if full and not self._owing:
                return True
            now = self._clock()
            task = await self.frontier.claim(now, self._owing)
            if task is None:
                return full
            self.idle = False
            visit = group.create_task(self._visit(task))
            self._visits[visit] = now
            visit.add_done_callback(self._visit_ended)
        return False

    def _has_room(self) -> bool:
        """Say if one more visit may begin."""
        under_way, workers = len(self._visits), self.limits.workers
        if under_way < workers or under_way >= _SLOW_MOST * workers:
            return under_way < workers
        slow = self._clock() - _SLOW
        return sum(1 for _ in takewhile(slow.__ge__, self._visits.values())) > under_way - workers

    def _visit_ended(self, visit: asyncio.Task[None]) -> None:
        del self._visits[visit]
        self.progress.active = len(self._visits)
        self._wake.set()
        if len(self._finished) >= _GROUP_MOST:
            self._ripe.set()

    def _is_within_limit(self, pages: int) -> bool:
        return self.limits.max_pages is None or pages <= self.limits.max_pages

    async def _was_overrated(self) -> bool:
        """Count the pages held; say if they are fewer than thought.

        A page kept again, or retired when its licence was read, was counted once too often.
        """
        held, thought = await self._database.read(self._keeping.pages), self.pages
        self.progress.kept_before = held - self.progress.kept
        return held < thought

    async def _owes_more(self) -> bool:
        """Say if pages held are of other hosts than those whose site files were asked for."""
        before, self._owing = self._owing, await self._database.read(hosts_that_owe)
        return bool(self._owing) and self._owing != before

    def _reached(self, ran: float) -> str:
        limits = self.limits
        if limits.max_time is not None and ran >= limits.max_time:
            return "max-time"
        if limits.max_bytes is not None and self.progress.bytes >= limits.max_bytes:
            return "max-bytes"
        return ""

    async def _disk_is_used_up(self) -> bool:
        most = self.limits.max_disk
        return most is not None and await asyncio.to_thread(self._keeping.disk_bytes) >= most

    async def _sleep(self, now: float, due: float | None) -> None:
        """Wait until something ended, something is due, or it is time to look around."""
        busy = not self._has_room()
        wait = _LOOK if due is None or busy else min(_LOOK, max(0.0, due - now))
        if wait == 0.0:
            # Due, yet not given out: its lease is held or its links are being committed.
            wait = 0.001
        try:
            async with asyncio.timeout(wait):
                await self._wake.wait()
        except TimeoutError:
            return

    async def _visit(self, task: Task) -> None:
        self.progress.active = len(self._visits)
        stored = None
        if task.etag or task.last_modified:
            stored = await self._database.read(lambda c: self._keeping.stored(c, task))
        visit = await self._visitor.visit(
            task, stored, suspect=task.id in self._keeping.suspects and task.id != 0
        )
        now = self._clock()
        writes = self.frontier.finish(task, visit.outcome, visit.timing, now)
        self._count(visit)
        if self.events:
            self.events.tell_all(of_visit(visit, writes, now))
        self._finished.append(Finished(visit, writes, now))
        self.progress.uncommitted += 1
        self._arrived.set()

    def _count(self, visit: Visit) -> None:
        progress, outcome = self.progress, visit.outcome
        progress.visits += 1
        progress.outcomes[type(outcome).__name__.lower()] += 1
        if visit.response is not None:
            progress.bytes += visit.response.wire_bytes
        match outcome:
            case Kept():
                progress.kept += 1
                progress.held += bool(outcome.decision.awaiting)
            case Refused():
                progress.answered[outcome.decision.reason] += 1
            case Failed() if visit.task.kind is TaskKind.PAGE:
                progress.failed += 1
                progress.failures[outcome.code] += 1
            case Failed():
                progress.failures[outcome.code] += 1
            case _:
                pass

    async def _commit_groups(self) -> None:
        while not (self._closing and not self._finished):
            await self._arrived.wait()
            self._arrived.clear()
            while self._finished:
                await self._let_group_grow()
                await self._commit_one_group()
            if self._closing:
                return

    async def _let_group_grow(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(_GROUP_WAIT):
                await self._ripe.wait()

    async def _commit_one_group(self) -> None:
        size = min(len(self._finished), _GROUP_MOST)
        group = [self._finished.popleft() for _ in range(size)]
        began = self._clock()
        results = await self._database.transaction(lambda c: self._record(c, group))
        self.progress.commits.add(self._clock() - began)
        for result in results:
            self.frontier.committed(result)
        if self.committed is not None:
            self.committed(group)
        self.progress.uncommitted -= size
        if self.events:
            self.events.tell("commit", self._clock(), visits=size)
        self._wake.set()

    def _record(self, connection: Connection, group: list[Finished]) -> list[Recorded]:
        try:
            recorded = self.frontier.record_all(connection, [one.writes for one in group])
            self._keeping.record(connection, group)
            self._keeping.flush(connection)
        except BaseException:
            self._keeping.rollback()
            raise
        return recorded

    async def _let_visits_end(self) -> bool:
        """Wait for the visits under way; cut short what takes too long. Say if none was cut."""
        if not self._visits:
            return True
        _, late = await asyncio.wait(self._visits, timeout=_GRACE)
        for visit in late:
            visit.cancel()
        if late:
            await asyncio.wait(late)
        return not late
