"""A share with its sample size and how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Any

_Z = 1.959963984540054  # of the normal distribution: two-sided 95 %


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole`; the interval is Wilson's at 95 %, right for small samples too."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        return self.part / self.whole if self.whole else None

    @property
    def interval(self) -> tuple[float, float]:
        """Return the bounds, 0 and 1 where nothing was observed (Wilson 1927)."""
        if not self.whole:
            return 0.0, 1.0
        n, p = self.whole, self.part / self.whole
        middle = p + _Z * _Z / (2 * n)
        spread = _Z * sqrt(p * (1 - p) / n + _Z * _Z / (4 * n * n))
        base = 1 + _Z * _Z / n
        low = 0.0 if not self.part else max(0.0, (middle - spread) / base)
        high = 1.0 if self.part == n else min(1.0, (middle + spread) / base)
        return low, high

    def as_json(self) -> dict[str, Any]:
        low, high = self.interval
        share = None if self.value is None else round(self.value, 6)
        return {
            "part": self.part,
            "whole": self.whole,
            "share": share,
            "low": round(low, 6),
            "high": round(high, 6),
        }

    def __str__(self) -> str:
        if self.value is None:
            return "none of 0"
        low, high = self.interval
        return f"{self.value:.1%} ({low:.1%} to {high:.1%}), n = {self.whole}"
