"""What a job holds in all, counted in the background: a large one takes a while."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crawler.report.status import JobStatus, job_status
from crawler.serve.watched import Watched

if TYPE_CHECKING:  # all of a crawl hangs on it, which takes a quarter of the start
    from crawler.visit import Clock

_SOON = 3.0  # seconds between two counts at least
_SHARE = 100  # counting takes no more than one part in so many of the time
_PATIENCE = 0.15  # seconds a page waits for the first count


@dataclass(frozen=True, slots=True)
class Total:
    """What was counted, when (seconds since the epoch), or why it was not."""

    status: JobStatus = field(default_factory=JobStatus)
    at: float = 0.0
    problem: str = ""

    @property
    def known(self) -> bool:
        return self.at > 0.0

    @property
    def kept(self) -> int:
        return self.status.pages["active"] + self.status.pages["held"]

    def turned_down(self) -> list[tuple[str, int]]:
        """Return every reason with its count, most first."""
        parts = (self.status.refused, self.status.unproven, self.status.filtered)
        return sum(parts, Counter[str]()).most_common()


class Totals:
    """Counts one job again when somebody asks and the last count is old."""

    def __init__(self, job: Watched, clock: Clock) -> None:
        self._job = job
        self._clock = clock
        self._latest = Total()
        self._not_before = 0.0
        self._counting: asyncio.Task[None] | None = None

    async def latest(self) -> Total:
        """Return the last count; the first is waited for a moment."""
        self.refresh()
        if not self._latest.known and self._counting is not None:
            await asyncio.wait([self._counting], timeout=_PATIENCE)
        return self._latest

    def hurry(self) -> None:
        """Count as soon as it is asked for: something has come to an end."""
        self._not_before = 0.0

    def refresh(self) -> Total:
        """Begin a count if it is time for one, and return the last."""
        if self._counting is None and time.monotonic() >= self._not_before:
            self._counting = asyncio.create_task(self._count())
        return self._latest

    async def _count(self) -> None:
        began = time.monotonic()
        try:
            now = self._clock()
            status = await asyncio.to_thread(job_status, self._job.parts(), now)
            self._latest = Total(status, now)
        except Exception as error:  # noqa: BLE001 - a damaged job is shown as that
            self._latest = Total(problem=str(error) or type(error).__name__, at=self._clock())
        finally:
            took = time.monotonic() - began
            self._not_before = time.monotonic() + max(_SOON, _SHARE * took)
            self._counting = None
