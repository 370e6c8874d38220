"""The join across protocols and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.core.consent.protocol import join
from crawler.core.decision import Signal, Usage, Value, Verdict


def verdict_of(signals: Iterable[Signal]) -> Verdict:
    """Return the maximum per usage over the signals that count, with its implications.

    A refused or deferred crawl refuses every other use, a conditional one makes every other
    use conditional at least. Nothing else spreads from one usage to another.
    """
    joined = join(*(item.says for item in signals if item.counts))
    crawl = joined.get(Usage.CRAWL, Value.UNSET)
    floor = Value.UNSET
    if crawl >= Value.DEFER:
        floor = Value.DENY
    elif crawl is Value.CONDITIONAL:
        floor = Value.CONDITIONAL
    return Verdict(
        crawl,
        max(floor, joined.get(Usage.INDEX, Value.UNSET)),
        max(floor, joined.get(Usage.AI_INPUT, Value.UNSET)),
        max(floor, joined.get(Usage.AI_TRAIN, Value.UNSET)),
        max(floor, joined.get(Usage.TDM, Value.UNSET)),
    )
