"""What a page that is open is told: how the job stands now, by server-sent events.

One look a second for everybody who watches; what has not changed is not sent again. It reads
small files and a few rows, and the crawl waits for none of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crawler.serve.throughput import Throughput
from crawler.serve.totals import Total, Totals
from crawler.serve.turned_down import TurnedDown, newest
from crawler.serve.watched import TooLongError, Watched
from crawler.store.database import StoreError
from crawler.store.job import holder
from crawler.store.orders import Orders
from crawler.store.run_state import RunState, read_run_state

if TYPE_CHECKING:  # all of a crawl hangs on it, which takes a quarter of the start
    from crawler.visit import Clock

_EVERY = 1.0  # seconds
_ALIVE = 15.0  # seconds without news after which a line says that we are there
# The parts of the page that are sent, by the names of their events.
PARTS = ("state", "figures", "reasons", "newest")


@dataclass(frozen=True, slots=True)
class Now:
    """How a job stands. `working`: a crawl runs; `others`: some other command holds it."""

    at: float
    working: tuple[int, ...] = ()
    others: tuple[int, ...] = ()
    orders: Orders = field(default_factory=Orders)
    states: tuple[RunState, ...] = ()
    newest: Sequence[TurnedDown] = ()
    problem: str = ""

    @property
    def run(self) -> RunState:
        """The states of all shards as one."""
        return RunState(
            started_at=min((one.started_at for one in self.states), default=0.0),
            at=max((one.at for one in self.states), default=0.0),
            visits=sum(one.visits for one in self.states),
            bytes=sum(one.bytes for one in self.states),
            kept=sum(one.kept for one in self.states),
            active=sum(one.active for one in self.states),
            queued=sum(one.queued for one in self.states),
            memory=sum(one.memory for one in self.states),
        )

    @property
    def ended(self) -> str:
        """Why the last run ended, "" if it did not say."""
        reasons = [one.ended for one in self.states]
        if not reasons or not all(reasons):
            return ""
        return next((why for why in reasons if why != "done"), "done")

    @property
    def was_run(self) -> bool:
        return bool(self.states)


def look(job: Watched, now: float) -> Now:
    """Return how the job stands; what cannot be read is said, not raised."""
    try:
        parts = job.parts()
        states = {part: read_run_state(part) for part in parts}
        holders = {part: process for part in parts if (process := holder(part))}
        working = tuple(
            process
            for part, process in holders.items()
            if (state := states[part]) is not None and state.process == process
        )
        return Now(
            now,
            working,
            tuple(process for process in holders.values() if process not in working),
            job.orders(now),
            tuple(state for state in states.values() if state is not None),
            newest(job),
        )
    except TooLongError:
        return Now(now, problem="The database takes too long to answer.")
    except StoreError as error:
        return Now(now, problem=str(error))
    except Exception as error:  # noqa: BLE001 - damage may show anywhere
        return Now(now, problem=f"The job cannot be read ({type(error).__name__}).")


@dataclass(slots=True)
class Live:
    """One job as all browsers see it."""

    job: Watched
    totals: Totals
    render: Callable[[str, Mapping[str, object]], str]
    clock: Clock
    throughput: Throughput = field(default_factory=Throughput)
    watching: int = 0
    _worked: tuple[int, ...] = ()  # when it was looked at last
    _sent: dict[str, tuple[int, str]] = field(default_factory=dict)  # part: version, HTML
    _turn: int = 0
    _news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def run(self) -> None:
        """Look again and again, until cancelled; with nobody watching only for the figures."""
        while True:
            if self.watching:
                await self._tell()
            else:
                await asyncio.to_thread(self._sample)
            await asyncio.sleep(_EVERY)

    def context(self, now: Now, total: Total) -> dict[str, object]:
        """Return what the parts of the page are drawn from."""
        return {"job": self.job, "now": now, "total": total, "throughput": self.throughput}

    async def current(self) -> tuple[Now, Total]:
        """Return how it stands, for a page that is drawn whole."""
        return await asyncio.to_thread(look, self.job, self.clock()), await self.totals.latest()

    def _sample(self) -> None:
        try:
            parts = self.job.parts()
        except StoreError:
            return
        states = [state for part in parts if (state := read_run_state(part)) is not None]
        running = any(holder(part) for part in parts)
        self.throughput.add(states, self.clock(), running=running)

    async def _tell(self) -> None:
        now = await asyncio.to_thread(look, self.job, self.clock())
        if self._worked and not now.working:
            self.totals.hurry()
        self._worked = now.working
        self.throughput.add(now.states, now.at, running=bool(now.working))
        context = self.context(now, self.totals.refresh())
        self._turn += 1
        for part in PARTS:
            html = self.render(f"parts/{part}.html", context)
            if self._sent.get(part, (0, ""))[1] != html:
                self._sent[part] = (self._turn, html)
        async with self._news:
            self._news.notify_all()

    async def events(self) -> AsyncIterator[bytes]:
        """Yield what changes as server-sent events (WHATWG HTML, section 9.2)."""
        self.watching += 1
        known = -1
        try:
            yield b"retry: 2000\n\n"
            while True:
                for part, (turn, html) in list(self._sent.items()):
                    if turn > known:
                        yield _event(part, html)
                known = self._turn
                try:
                    async with asyncio.timeout(_ALIVE), self._news:
                        await self._news.wait()
                except TimeoutError:
                    yield b": there\n\n"
        finally:
            self.watching -= 1


def _event(name: str, html: str) -> bytes:
    data = "".join(f"data: {line}\n" for line in html.splitlines() or [""])
    return f"event: {name}\n{data}\n".encode()
