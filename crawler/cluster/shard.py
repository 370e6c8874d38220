"""One shard's side: answers the supervisor, sends and takes in URLs, waits when idle."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from pathlib import Path

from crawler.cluster.page_quota import Quota
from crawler.cluster.shard_report import Report
from crawler.cluster.url_exchange import Courier, read_batch
from crawler.crawl import Crawl
from crawler.frontier.sharding import Share

# How often (seconds) the boxes are looked at, by a shard without work and by one that has some.
_LOOK = 0.05
_LOOK_AT_WORK = 0.25


class Shard:
    """A running crawl as one of several: it ends when the supervisor says so."""

    def __init__(self, crawl: Crawl, parent: Path, share: Share, quota: Quota) -> None:
        self._crawl = crawl
        self._courier = Courier(parent, share.number, crawl.job.database)
        self._quota = quota
        self._received = 0
        self._told_to_end = False
        self._outbox = 0  # URLs found in the outbox when it was looked at
        # Visits that had ended, and messages that had been written, when the outbox was looked at.
        self._outbox_at = (-1, 0)
        crawl.engine.may_end = lambda: self._told_to_end
        crawl.engine.permit = self._permit

    def _permit(self, pages: int) -> bool:
        self._quota.most = self._crawl.engine.limits.max_pages
        return self._quota.most is None or self._quota.take(pages)

    async def carry(self) -> None:
        """Carry URLs out and in until cancelled.

        Raises:
            StoreError: The store failed.
        """
        engine, frontier = self._crawl.engine, self._crawl.frontier
        while True:
            for path in self._courier.arrived():
                await self._crawl.take_in(await asyncio.to_thread(read_batch, path))
                path.unlink()
                self._received += 1
                engine.wake()
            at = (-1 if engine.progress.uncommitted else engine.progress.visits, frontier.sent)
            sent = await self._courier.send()
            self._outbox, self._outbox_at = sent, at
            if not engine.progress.active:
                self._permit(engine.pages)  # what ended without a page is others' to keep
            if not sent:
                await asyncio.sleep(_LOOK_AT_WORK if engine.progress.active else _LOOK)

    async def answer(self) -> None:
        """Answer the supervisor's questions until it says "end" or goes away."""
        reader = asyncio.StreamReader()
        loop = asyncio.get_running_loop()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
        while line := await reader.readline():
            word, _, number = line.decode().strip().partition(" ")
            if word == "end":
                self._told_to_end = True
                self._crawl.engine.wake()
            elif word == "report":
                sys.stdout.buffer.write(self._report(int(number)).line())
                sys.stdout.buffer.flush()
        if not self._told_to_end:
            self._crawl.engine.stop("interrupted")  # the supervisor died

    def tell_end(self, why: str) -> None:
        """Tell the supervisor why this shard ended."""
        sys.stdout.buffer.write(replace(self._report(0), why=why).line())
        sys.stdout.buffer.flush()

    def _report(self, number: int) -> Report:
        progress, hosts = self._crawl.engine.progress, self._crawl.hosts()
        return Report(
            round=number,
            # Idle, and nothing was written to the outbox since it was looked at.
            idle=self._crawl.engine.idle
            and self._outbox_at == (progress.visits, self._crawl.frontier.sent),
            outbox=self._outbox,
            inbox=len(self._courier.arrived()),
            received=self._received,
            kept=progress.kept,
            kept_before=progress.kept_before,
            held=progress.held,
            refused=progress.refused,
            failed=progress.failed,
            visits=progress.visits,
            received_bytes=progress.bytes,
            active=progress.active,
            paused=progress.paused,
            ready=hosts.ready,
            waiting=hosts.waiting,
            parked=hosts.parked,
            queued=hosts.queued,
            reasons=dict(progress.reasons),
            failures=dict(progress.failures),
        )
