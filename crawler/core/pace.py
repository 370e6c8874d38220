"""How long a host is left alone: delays, back-off, visiting hours."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from crawler.core.politeness import Politeness

DAY = 86_400.0
# Towards addresses the operator did not open, nothing goes faster than this.
FLOOR = 1.0
# How much slower than usual a host must answer before we slow down with it, and the most we do.
_SLOWED, _SLOWEST = 2.0, 8.0
# Answers that come sooner (seconds) are all alike: what varies is mostly our own lateness.
_QUICK = 0.1


@dataclass(frozen=True, slots=True)
class Timing:
    """When a request was sent, its answer began and ended (seconds since the epoch)."""

    started_at: float
    first_byte_at: float
    ended_at: float
    retry_after: float = 0.0  # seconds that the answer asks to be left alone, whatever its status


class Pace(NamedTuple):
    """What is remembered of a host to choose its delay. Times are seconds."""

    crawl_delay: float = 0.0  # as its robots.txt asks
    failures: int = 0  # host faults in a row
    usual: float = 0.0  # slow average of the time to the first byte; 0 if unknown
    recent: float = 0.0  # fast average of the same


def watch(pace: Pace, timing: Timing) -> Pace:
    """Return the pace after an answer: failures forgotten, response times averaged."""
    taken = max(0.0, timing.first_byte_at - timing.started_at)
    if pace.usual == 0.0:
        return Pace(pace.crawl_delay, 0, taken, taken)
    usual = pace.usual + 0.05 * (taken - pace.usual)
    recent = pace.recent + 0.5 * (taken - pace.recent)
    return Pace(pace.crawl_delay, 0, usual, recent)


def floor_delay(rules: Politeness, *, free: bool) -> float:
    """Return the delay no host goes below. `free`: the operator opened its addresses."""
    return rules.min_delay if free else max(FLOOR, rules.min_delay)


def unhurried(rules: Politeness, *, free: bool) -> bool:
    """Say if our own delays are off: `min_delay = "0s"` towards an opened address."""
    return free and rules.min_delay == 0.0


def delay_after(
    rules: Politeness, pace: Pace, timing: Timing | None, *, free: bool, jitter: float = 0.0
) -> float:
    """Return the seconds between the end of an answer and the next request to the host.

    The largest of our minimum, the fetch time times a factor and what robots.txt asks,
    then up to `rules.jitter` more (`jitter` is a random number in [0, 1)).
    """
    if unhurried(rules, free=free):
        return pace.crawl_delay
    own = floor_delay(rules, free=free)
    if timing is not None:
        taken = max(0.0, timing.ended_at - timing.started_at)
        own = max(own, min(rules.slow_cap, rules.fetch_factor * taken))
    usual = max(_QUICK, pace.usual)
    if pace.recent > _SLOWED * usual:
        own *= min(_SLOWEST, pace.recent / usual)
    return max(own, pace.crawl_delay) * (1.0 + rules.jitter * jitter)


def back_off(rules: Politeness, failures: int, asked: float | None = None) -> float:
    """Return how long a host rests after its `failures`-th fault in a row (from 1).

    `asked` is its Retry-After in seconds; it lengthens the rest and never shortens it.
    """
    doubled = rules.back_off * 2.0 ** min(max(failures, 1) - 1, 40)
    own = min(rules.back_off_cap, doubled)
    if asked is None or not asked > 0:
        return own
    return max(own, min(asked, rules.retry_after_cap))


def next_hour(hours: tuple[tuple[int, int], ...], at: float) -> float:
    """Return the first moment from `at` on within the visiting hours.

    `hours` are pairs of minutes of the day (UTC); a pair may wrap midnight.
    """
    midnight = at - at % DAY
    best = math.inf
    for start, end in hours:
        for day in (midnight - DAY, midnight, midnight + DAY):
            opens = day + start * 60.0
            closes = day + end * 60.0 + (DAY if end <= start else 0.0)
            if at < closes:
                best = min(best, max(at, opens))
                break
    return best if best < math.inf else at
