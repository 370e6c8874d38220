"""Requests of owners and their clock, those that are open first."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.corpus.removal import takedown
from crawler.serve.watched import Watched, reading

STEPS = takedown.STEPS


@dataclass(frozen=True, slots=True)
class Shown:
    """One request and how long it has been open, in seconds."""

    request: takedown.Request
    open_for: float | None  # None: it is closed

    @property
    def steps(self) -> list[tuple[str, float | None]]:
        return [(step, getattr(self.request, step)) for step in STEPS]


def listed(job: Watched, now: float) -> list[Shown]:
    """Return all requests: open ones, the oldest first, then the closed, the newest first."""
    with reading(job.parts()[0]) as connection:  # the first shard keeps them
        requests = takedown.listed(connection)
    shown = [
        Shown(item, None if item.closed is not None else now - item.received) for item in requests
    ]
    waiting = [item for item in shown if item.open_for is not None]
    closed = [item for item in shown if item.open_for is None]
    return sorted(waiting, key=lambda item: item.request.received) + sorted(
        closed, key=lambda item: -(item.request.closed or 0.0)
    )
