"""How long things took, counted in buckets: enough for quantiles, and of constant size."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

# Upper bounds in seconds; the last bucket has none.
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)


class Timings:
    """Durations in seconds: how many fell into each bucket, and their sum."""

    __slots__ = ("counts", "total")

    def __init__(self, counts: Sequence[int] = (), total: float = 0.0) -> None:
        rest = len(BOUNDS) + 1 - len(counts)
        self.counts: list[int] = [*counts, *[0] * rest]
        self.total = total

    def add(self, duration: float) -> None:
        self.counts[bisect_left(BOUNDS, duration)] += 1
        self.total += duration

    @property
    def count(self) -> int:
        return sum(self.counts)
