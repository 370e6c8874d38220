"""One shard's side: answers the supervisor, sends and takes in URLs, waits when idle."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from crawler.cluster.courier import Courier, count_outbox, read_batch
from crawler.cluster.report import Report
from crawler.crawl import Crawl

# How often (seconds) the boxes are looked at.
_LOOK = 0.05


class Shard:
    """A running crawl as one of several. `may_end` is asked when nothing is due."""

    def __init__(self, crawl: Crawl, parent: Path, number: int) -> None:
        self._crawl = crawl
        self._courier = Courier(parent, number, crawl.job.database)
        self._received = 0
        self._idle = False
        self._told_to_end = False
        self._outbox = 1  # unknown until looked at
        crawl.engine.may_end = self._may_end

    def _may_end(self) -> bool:
        self._idle = True
        return self._told_to_end

    async def carry(self) -> None:
        """Carry URLs out and in until cancelled."""
        engine, frontier = self._crawl.engine, self._crawl.frontier
        while True:
            for path in self._courier.arrived():
                self._idle = False
                await frontier.take_in(await asyncio.to_thread(read_batch, path))
                path.unlink()
                self._received += 1
                engine.wake()
            sent = await self._courier.send()
            self._outbox = await self._crawl.job.database.read(count_outbox)
            if engine.progress.active or engine.progress.uncommitted:
                self._idle = False
            if not sent:
                await asyncio.sleep(_LOOK)

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

    def _report(self, number: int) -> Report:
        progress, hosts = self._crawl.engine.progress, self._crawl.hosts()
        busy = progress.active or progress.uncommitted
        return Report(
            round=number,
            idle=self._idle and not busy,
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
            ready=hosts.ready,
            waiting=hosts.waiting,
            parked=hosts.parked,
            queued=hosts.queued,
            reasons=dict(progress.reasons),
            failures=dict(progress.failures),
        )
