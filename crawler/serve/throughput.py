"""The last minutes of a crawl as numbers and as a line, from what it notes every second."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from crawler.store.run_state import RunState

_KEPT = 300  # samples: five minutes
_LEAST = 60  # ... that the line is drawn for; more are drawn closer
_WIDE, _HIGH = 600, 80


@dataclass(frozen=True, slots=True)
class Sample:
    """Where a crawl stood at a time (seconds since the epoch), summed over its shards."""

    at: float
    visits: int
    bytes: int
    run: tuple[tuple[int, float], ...]  # which processes, and since when


@dataclass(frozen=True, slots=True)
class Rate:
    """What happened in a second, at that time."""

    at: float
    visits: float
    bytes: float


class Throughput:
    """Samples of one job, the oldest forgotten."""

    def __init__(self) -> None:
        self._last: Sample | None = None
        self.rates: deque[Rate] = deque(maxlen=_KEPT)

    def add(self, states: Iterable[RunState], now: float, *, running: bool) -> None:
        """Take in what the shards note now."""
        states = tuple(states)
        sample = Sample(
            max((state.at for state in states), default=now),
            sum(state.visits for state in states),
            sum(state.bytes for state in states),
            tuple((state.process, state.started_at) for state in states),
        )
        last, self._last = self._last, sample
        if not running:
            self.rates.append(Rate(now, 0.0, 0.0))
        elif last is not None and last.run == sample.run and sample.at > last.at:
            took = sample.at - last.at
            self.rates.append(
                Rate(now, (sample.visits - last.visits) / took, (sample.bytes - last.bytes) / took)
            )

    def current(self, over: int = 5) -> Rate | None:
        """Return the mean of the last samples; None if there are none."""
        some = list(self.rates)[-over:]
        if not some:
            return None
        return Rate(
            some[-1].at,
            sum(rate.visits for rate in some) / len(some),
            sum(rate.bytes for rate in some) / len(some),
        )

    def most(self) -> float:
        return max((rate.visits for rate in self.rates), default=0.0)

    def points(self) -> str:
        """Return the line of visits a second as the points of an SVG polyline, newest right."""
        top = self.most() or 1.0
        step = _WIDE / (max(_LEAST, len(self.rates)) - 1)
        first = _WIDE - step * (len(self.rates) - 1)
        return " ".join(
            f"{first + step * number:.1f},{_HIGH - (_HIGH - 4) * max(0.0, rate.visits) / top:.1f}"
            for number, rate in enumerate(self.rates)
        )

    def area(self) -> str:
        """Return the same line closed along the bottom."""
        line = self.points()
        if not line:
            return ""
        return f"{line.partition(',')[0]},{_HIGH} {line} {_WIDE},{_HIGH}"
