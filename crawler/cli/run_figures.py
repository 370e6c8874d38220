"""How the crawl stands, noted every second for those who watch it from outside."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from dataclasses import dataclass

from crawler import __version__
from crawler.crawl import Crawl
from crawler.store.run_state import RunState, resident_memory, write_run_state

_EVERY = 1.0  # seconds


@dataclass(frozen=True, slots=True)
class RunFigures:
    """Reads the figures of a crawl that began at `started_at` (seconds since the epoch)."""

    crawl: Crawl
    started_at: float

    def state(self, ended: str = "") -> RunState:
        progress, hosts = self.crawl.engine.progress, self.crawl.hosts()
        late = self.crawl.frontier.late
        return RunState(
            process=os.getpid(),
            version=__version__,
            started_at=self.started_at,
            at=self.crawl.clock(),
            ended=ended,
            paused=progress.paused,
            visits=progress.visits,
            bytes=progress.bytes,
            kept=progress.kept,
            kept_before=progress.kept_before,
            held=progress.held,
            active=progress.active,
            uncommitted=progress.uncommitted,
            outcomes=dict(progress.outcomes),
            answered=dict(progress.answered),
            unasked=dict(progress.unasked),
            failures=dict(progress.failures),
            hosts={"ready": hosts.ready, "waiting": hosts.waiting, "parked": hosts.parked},
            queued=hosts.queued,
            memory=resident_memory(),
            commits=tuple(progress.commits.counts),
            commit_seconds=progress.commits.total,
            late=tuple(late.counts),
            late_seconds=late.total,
        )

    async def keep_noting(self) -> None:
        """Note the state again and again, until cancelled."""
        while True:
            await self.note()
            await asyncio.sleep(_EVERY)

    async def note(self, ended: str = "") -> None:
        """Note the state now; a full disk is for those to say who lose something by it."""
        with suppress(OSError):
            await asyncio.to_thread(write_run_state, self.crawl.job.folder, self.state(ended))
