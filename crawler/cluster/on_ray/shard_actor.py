"""One shard as an actor: it owns its shard by a lease, crawls it, and keeps it safe at the URL."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import gettempdir
from typing import Any, NamedTuple, Protocol

from crawler.cluster.address_turns import AddressTurns, BucketTurns
from crawler.cluster.forwarding import Arrivals, CallCourier, Deliver, Receipt, Row, messages_of
from crawler.cluster.job_url import shard_part
from crawler.cluster.layout import shard_folder
from crawler.cluster.on_ray.addresses import keep_turns
from crawler.cluster.on_ray.calls import called
from crawler.cluster.on_ray.ownership import Ownership
from crawler.cluster.page_shares import PromisedQuota
from crawler.cluster.promise_journal import LongWaits
from crawler.cluster.restoring import restore
from crawler.cluster.shard import Means, Shard
from crawler.cluster.shard_report import Report
from crawler.cluster.snapshots import FencedError, take
from crawler.cluster.suppression_at_url import share_list
from crawler.config import Config
from crawler.crawl import Crawl
from crawler.engine import Ended
from crawler.frontier.part import Part
from crawler.frontier.sharding import Share
from crawler.storage import StorageError
from crawler.store.connection import StoreError
from crawler.store.job import holder, note_epoch
from crawler.store.suppression import SuppressionError

_log = logging.getLogger(__name__)

LOCAL = "CRAWLER_LOCAL_DIR"  # where a node names the folder for shards on its own disk
LEASE_LOST = "lease"
_DYING = 20.0  # seconds for a process that was killed to be gone
_DELIVERY = 60.0  # seconds for another shard to store a batch
_RETRY = 15.0  # seconds until a snapshot that failed is tried again
_LAST, _AGAIN = 120.0, 2.0  # seconds for which the last one is tried, and between tries
_EXPECTED = (StoreError, StorageError, SuppressionError)

Beside = Callable[[Crawl, Shard], Iterable[Coroutine[Any, Any, None]]]


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for all shards of a job. Times are in seconds."""

    url: str  # of the job
    name: str  # of the job, in the folders of nodes
    local: str  # the folder for those of jobs, on each node; "": what the node says, or its own
    count: int
    snapshot_every: float
    longest: float  # that a request may take
    contact: float  # without one for so long, addresses are shared by fixed shares of time


class Life(Protocol):
    """How a shard is crawled, and by which clock. It travels to the node, so it can be pickled."""

    def clock(self) -> Callable[[], float]:
        """Return a clock, which also counts while the process is stopped."""

    def prepare(self, config: Config) -> None:
        """Load what a crawl needs."""

    async def live(
        self, folder: Path, read: Callable[[], Config], means: Means, beside: Beside
    ) -> tuple[Ended, Report]:
        """Crawl until the shard is told to end."""


class Crew(NamedTuple):
    """The handles of all actors of a job."""

    coordinator: Any
    shards: Sequence[Any]
    books: Sequence[Any]


class Ending(NamedTuple):
    """How a shard ended. `fault`: an error that another start would not mend, "" for none."""

    report: Report
    fault: str = ""


@dataclass(slots=True)
class _Open:
    """The shard while it is crawled."""

    crawl: Crawl
    shard: Shard
    courier: CallCourier
    quota: PromisedQuota
    arrivals: Arrivals


class ShardActor:
    """An asynchronous actor. When its process dies Ray starts it anew, and `run` in it."""

    def __init__(self, number: int, terms: Terms) -> None:
        self._number = number
        self._terms = terms
        self._part = shard_part(terms.url, number)
        local = terms.local or os.environ.get(LOCAL) or f"{gettempdir()}/consent-crawler"
        self._folder = shard_folder(Path(local) / terms.name, number)
        self._config: Config | None = None
        self._paused = False
        self._stop = ""
        self._unsaved = False
        self._epoch = 0
        self._open: _Open | None = None
        self._folder_is_read = asyncio.Lock()  # by a snapshot
        self._last = Report(shard=number)

    # --- what is asked of it -------------------------------------------------------------------

    async def report(self, number: int, ended: tuple[int, ...]) -> Report:
        """Say how the shard stands; `ended`: those that take nothing in any more."""
        if self._open is None:
            return replace(self._last, round=number, idle=False, epoch=self._epoch)
        self._open.courier.note_ended(ended)
        return self._told(self._open, self._open.shard.report(number))

    async def deliver(
        self, sender: int, epoch: int, rows: Sequence[Row], owner: int
    ) -> Receipt | None:
        """Take in what another shard sends to the owner of an epoch; None: not now."""
        now = self._open
        if now is None:
            return None
        if not now.arrivals.follow(owner):
            return Receipt(now.arrivals.epoch, 0)
        if rows:
            try:
                await now.shard.take_in(messages_of(rows))
            except StoreError:
                return None  # the crawl ends for it, and says so
        now.arrivals.took(sender, epoch, rows)
        return Receipt(now.arrivals.epoch, now.arrivals.safe(sender, epoch))

    async def end(self) -> None:
        """End: nothing is left to do in any shard."""
        if self._open is not None:
            self._open.shard.end()

    async def stop(self, why: str) -> None:
        """End though something is left to do."""
        self._stop = why
        if self._open is not None:
            self._open.shard.stop(why)

    async def pause(self) -> None:
        """Start no request until `resume`."""
        self._rest(paused=True)

    async def resume(self) -> None:
        self._rest(paused=False)

    def _rest(self, *, paused: bool) -> None:
        self._paused = paused
        if self._open is not None:
            self._open.crawl.engine.pause(paused=paused)

    async def reload(self, config: Config) -> tuple[str, ...]:
        """Take over politeness and limits; return the names of the keys that changed.

        Raises:
            StoreError: What was changed cannot be noted.
        """
        self._config = config
        return await self._open.crawl.reload(config) if self._open is not None else ()

    # --- its life ------------------------------------------------------------------------------

    async def run(self, life: Life, config: Config, crew: Crew) -> Ending:
        """Own the shard and crawl it until it is told to end."""
        self._config = self._config or config
        await asyncio.to_thread(life.prepare, config)
        own = Ownership(crew.coordinator, self._number, life.clock())
        try:
            # What was crawled is brought to the URL whatever is told meanwhile.
            while self._unsaved or not self._stop:
                if not await own.gain():
                    continue
                try:
                    ended = await self._lead(own, life, crew)
                except FencedError as error:
                    _log.warning("%s", error)
                    continue
                if ended:
                    await own.give_back()
                    return Ending(self._last)
        except _EXPECTED as error:
            await own.give_back()
            return Ending(replace(self._last, why="failed"), str(error))
        return Ending(replace(self._last, why=self._stop))

    async def _lead(self, own: Ownership, life: Life, crew: Crew) -> bool:
        """Crawl the shard as its owner until it ends; False: the lease ended first."""
        self._epoch = own.epoch
        share = Share(number=self._number, count=self._terms.count)
        times = (self._terms.longest, self._terms.contact)
        turns = [BucketTurns(share, own.epoch, times, own.clock) for _ in crew.books]
        # From now on others may wait for word of us, however long it takes to open.
        keeping = [
            asyncio.create_task(own.keep(self._lose)),
            *(
                asyncio.create_task(keep_turns(book, self._number, turn))
                for book, turn in zip(crew.books, turns, strict=True)
            ),
        ]
        try:
            await self._leave_folder_to_others(own.epoch)
            async with self._folder_is_read:
                restored = await asyncio.to_thread(
                    restore, self._part, self._folder, own.owner, own.clock()
                )
            if restored.snapshot is not None and not restored.here:
                _log.warning(
                    "shard %d begins with snapshot %s", self._number, restored.snapshot.name
                )
            await asyncio.to_thread(self._share_list)
            return await self._crawl(own, life, crew, Part(share, AddressTurns(turns), own.may_ask))
        finally:
            self._open = None
            own.promised = lambda: -1
            for task in keeping:
                task.cancel()

    async def _leave_folder_to_others(self, epoch: int) -> None:
        """Take another folder if an earlier owner's process, which asks nobody, holds this one."""
        until = asyncio.get_running_loop().time() + _DYING
        while holder(self._folder) is not None:
            if asyncio.get_running_loop().time() > until:
                name = f"{self._folder.name.partition('.')[0]}.{epoch}"
                self._folder = self._folder.with_name(name)
                return
            await asyncio.sleep(_AGAIN)

    async def _crawl(self, own: Ownership, life: Life, crew: Crew, part: Part) -> bool:
        quota, waits = PromisedQuota(own.pages), LongWaits(self._part, own.owner)
        arrivals, couriers = Arrivals(own.epoch), []
        own.promised = lambda: quota.promised

        def courier(crawl: Crawl) -> CallCourier:
            couriers.append(CallCourier(crawl.job.database, self._to(crew.shards, own.epoch)))
            return couriers[0]

        def beside(crawl: Crawl, shard: Shard) -> Iterable[Coroutine[Any, Any, None]]:
            crawl.engine.pause(paused=self._paused)
            crawl.engine.committed = waits.note
            quota.more = crawl.engine.wake
            self._open = _Open(crawl, shard, couriers[0], quota, arrivals)
            self._unsaved = True
            if self._stop or not own.may_ask():
                shard.stop(self._stop or LEASE_LOST)
            yield self._note_epoch(crawl)
            yield quota.keep()
            yield waits.run()
            yield self._keep_snapshots(own, arrivals)

        means = Means(part, courier, quota)
        ended, report = await life.live(self._folder, self._read, means, beside)
        if self._open is not None:
            self._last = self._told(self._open, report)
        self._open = None
        couriers[0].close()
        if ended.why == LEASE_LOST:
            return False
        return await self._keep_last(own, waits, clean=ended.clean)

    async def _note_epoch(self, crawl: Crawl) -> None:
        await crawl.job.database.transaction(lambda c: note_epoch(c, self._epoch))

    def _read(self) -> Config:
        if self._config is None:
            raise RuntimeError("a shard is crawled under a policy")
        return self._config

    def _share_list(self) -> None:
        """Have the suppression list of this node say what it says at the URL, and the reverse."""
        listed = self._read().suppression
        share_list(self._terms.url, listed.path, listed.key)

    def _told(self, now: _Open, report: Report) -> Report:
        """Return the report with what only a shard of a cluster can say."""
        return replace(
            report,
            shard=self._number,
            epoch=self._epoch,
            reached=now.courier.reached,
            given_back=now.quota.given_back,
            denied=now.quota.denied,
        )

    def _lose(self) -> None:
        if self._open is not None:
            self._open.shard.stop(LEASE_LOST)

    def _to(
        self, others: Sequence[Any], epoch: int
    ) -> Deliver:  # fmt: skip
        async def deliver(shard: int, rows: Sequence[Row], owner: int) -> Receipt | None:
            receipt: Receipt | None = await called(
                others[shard].deliver, self._number, epoch, rows, owner, wait=_DELIVERY
            )
            return receipt

        return deliver

    # --- snapshots -----------------------------------------------------------------------------

    async def _keep_snapshots(self, own: Ownership, arrivals: Arrivals) -> None:
        """Take a snapshot every few minutes, until cancelled."""
        every = self._terms.snapshot_every
        wait = every
        while True:
            await asyncio.sleep(wait)
            held = arrivals.stored()
            trouble = await self._take(own, clean=False)
            if trouble:
                _log.warning("shard %d: no snapshot could be taken: %s", self._number, trouble)
                wait = min(every, _RETRY)
            else:
                arrivals.are_safe(held)
                wait = every

    async def _take(self, own: Ownership, *, clean: bool) -> str:
        """Take a snapshot; return why it could not be taken, "" if it was.

        Raises:
            FencedError: Somebody else owns the shard by now.
        """

        async def take_alone() -> None:
            async with self._folder_is_read:
                # First: the job remembers how much of it there was.
                await asyncio.to_thread(self._share_list)
                await asyncio.to_thread(
                    take, self._folder, self._part, own.owner, own.clock(), clean=clean
                )

        try:
            # One that is under way goes on when the crawl ends; the next waits for it.
            await asyncio.shield(take_alone())
        except FencedError:
            raise
        except _EXPECTED as error:
            return str(error)
        # Of what came after another may have been given the shard nothing counts.
        return "" if own.holds else "the lease ended meanwhile"

    async def _keep_last(self, own: Ownership, waits: LongWaits, *, clean: bool) -> bool:
        """Have what was promised, and how the shard stands at its end, reach the URL.

        False: the lease ended first, so it is not known whose snapshot counts.
        """
        until = asyncio.get_running_loop().time() + _LAST
        while own.holds:
            unsaved = "" if await waits.write() else waits.trouble
            unsaved = unsaved or await self._take(own, clean=clean)
            if not own.holds:
                break
            if not unsaved or asyncio.get_running_loop().time() > until:
                self._unsaved = False
                self._last = replace(self._last, unsaved=unsaved)
                if clean and not unsaved:  # a purge at the URL would not reach what is left here
                    await asyncio.to_thread(shutil.rmtree, self._folder, ignore_errors=True)
                return True
            _log.warning("shard %d is not safe at its URL yet: %s", self._number, unsaved)
            await asyncio.sleep(_AGAIN)
        return False
