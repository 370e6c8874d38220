"""Requests of owners and their clock: what is due next, by when, and what is overdue."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.corpus.removal import takedown
from crawler.serve.watched import Watched, reading


@dataclass(frozen=True, slots=True)
class Shown:
    """One request as it stands at `now`, seconds since the epoch."""

    request: takedown.Request
    now: float

    @property
    def steps(self) -> list[tuple[str, float | None]]:
        return [(step, getattr(self.request, step)) for step in takedown.STEPS]

    @property
    def due(self) -> tuple[str, float] | None:
        """What is due next and when, as `crawler takedown list` has it; None once it is closed."""
        return self.request.due

    @property
    def is_overdue(self) -> bool:
        return self.due is not None and self.due[1] < self.now


def listed(job: Watched, now: float) -> list[Shown]:
    """Return all requests: open ones, what is due first, then the closed, the newest first."""
    with reading(job.parts()[0]) as connection:  # the first shard keeps them
        requests = takedown.listed(connection)
    closed = [item for item in requests if item.closed is not None]
    closed.sort(key=lambda item: -(item.closed or 0.0))
    waiting = [item for item in requests if item.closed is None]
    return [Shown(item, now) for item in (*waiting, *closed)]
