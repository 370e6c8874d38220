"""Shares with their sample sizes and how far they can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Any, Protocol

_Z = 1.959963984540054  # of the normal distribution: two-sided 95 %


class Proportion(Protocol):
    """A share between 0 and 1 and its 95 % interval."""

    @property
    def value(self) -> float | None: ...
    @property
    def interval(self) -> tuple[float, float]: ...
    def as_json(self) -> dict[str, Any]: ...


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
        return wilson(self.value or 0.0, self.whole)

    def as_json(self) -> dict[str, Any]:
        return {"part": self.part, "whole": self.whole, **_numbers(self)}

    def __str__(self) -> str:
        if self.value is None:
            return "none of 0"
        low, high = self.interval
        return f"{self.value:.1%} ({low:.1%} to {high:.1%}), n = {self.whole}"


@dataclass(frozen=True, slots=True)
class WeightedShare:
    """`part` of `whole` where each thing has a weight; `squares` is the sum of squared weights.

    Few heavy things are a small sample however much they weigh: the interval is Wilson's for
    Kish's effective number of them, whole^2 / squares (Survey Sampling, 1965).
    """

    part: float
    whole: float
    squares: float

    @property
    def value(self) -> float | None:
        return min(1.0, self.part / self.whole) if self.whole > 0 else None

    @property
    def effective(self) -> float:
        return self.whole * self.whole / self.squares if self.squares > 0 else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.value or 0.0, self.effective)

    def as_json(self) -> dict[str, Any]:
        sizes = {"part": tidy(self.part), "whole": tidy(self.whole)}
        return {**sizes, "effective": round(self.effective, 3), **_numbers(self)}


@dataclass(frozen=True, slots=True)
class Mixture:
    """A head that was looked at whole and a sample of the rest, joined by the head's part.

    Longpre et al. 2024: `f * head + (1 - f) * rest`. The interval joins those of the parts
    (MOVER: Zou and Donner 2008).
    """

    head: Proportion
    rest: Proportion
    f: float  # the head's part of all weight

    @property
    def value(self) -> float | None:
        head, rest = self.head.value, self.rest.value
        if (head is None and self.f > 0) or (rest is None and self.f < 1):
            return None
        return self.f * (head or 0.0) + (1 - self.f) * (rest or 0.0)

    @property
    def interval(self) -> tuple[float, float]:
        value = self.value
        if value is None:
            return 0.0, 1.0
        below = above = 0.0
        for part, f in ((self.head, self.f), (self.rest, 1 - self.f)):
            low, high = part.interval
            middle = part.value or 0.0
            below += (f * (middle - low)) ** 2
            above += (f * (high - middle)) ** 2
        return max(0.0, value - sqrt(below)), min(1.0, value + sqrt(above))

    def as_json(self) -> dict[str, Any]:
        return {"head_part": round(self.f, 6), **_numbers(self)}


def wilson(p: float, n: float) -> tuple[float, float]:
    """Return Wilson's 95 % interval of the share `p` of `n`; `n` may be an effective size."""
    if n <= 0:
        return 0.0, 1.0
    middle = p + _Z * _Z / (2 * n)
    spread = _Z * sqrt(p * (1 - p) / n + _Z * _Z / (4 * n * n))
    base = 1 + _Z * _Z / n
    low = 0.0 if p <= 0 else max(0.0, (middle - spread) / base)
    high = 1.0 if p >= 1 else min(1.0, (middle + spread) / base)
    return low, high


def tidy(number: float) -> int | float:
    """Return a whole number as one, others with six digits."""
    return int(number) if number == int(number) else round(number, 6)


def _numbers(share: Proportion) -> dict[str, float | None]:
    low, high = share.interval
    value = None if share.value is None else round(share.value, 6)
    return {"share": value, "low": round(low, 6), "high": round(high, 6)}
