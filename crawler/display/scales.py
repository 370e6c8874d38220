"""Numbers to places, and the numbers that an axis names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_MINUTE, _HOUR, _DAY, _YEAR = 60.0, 3600.0, 86_400.0, 31_557_600.0


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line from numbers to places; `log` takes their logarithms first."""

    low: float
    high: float
    start: float
    end: float
    log: bool = False

    def __call__(self, value: float) -> float:
        low, high, at = self.low, self.high, value
        if self.log:
            low, high, at = log10(low), log10(high), log10(max(value, 1e-12))
        part = (at - low) / (high - low) if high > low else 0.0
        return round(self.start + part * (self.end - self.start), 2)


def nice(most: float, about: int = 4) -> list[float]:
    """Return round numbers from 0 to at least `most`, some `about` steps apart."""
    if most <= 0:
        return [0.0, 1.0]
    rough = most / about
    power = 10.0 ** floor(log10(rough))
    step = next(power * size for size in _STEPS if power * size >= rough * 0.999)
    return [step * number for number in range(ceil(most / step * 0.9999) + 1)]


def short(number: float) -> str:
    """Return a number as an axis names it: 1,200 is 1.2k."""
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(number) >= size:
            return f"{number / size:g}{letter}" if number % size else f"{number / size:.0f}{letter}"
    return f"{number:g}"


def spell(seconds: float) -> str:
    """Return a duration for people: 0.25 s, 5 s, 2 min, 3 h, 4 d."""
    for size, name in ((_YEAR, "y"), (_DAY, "d"), (_HOUR, "h"), (_MINUTE, "min")):
        if seconds >= size:
            return f"{seconds / size:.3g} {name}"
    return f"{seconds:.3g} s"


def spaced(names: Sequence[str], most: int) -> list[int]:
    """Return which of many labels are written so that at most `most` are, the last one too."""
    if len(names) <= most:
        return list(range(len(names)))
    step = ceil(len(names) / most)
    return [at for at in range(len(names)) if (len(names) - 1 - at) % step == 0]
