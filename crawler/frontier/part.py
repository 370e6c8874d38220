"""A crawl that is one of several: its own sites, and what it has in common with the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from crawler.frontier.sharding import Share
from crawler.frontier.shared_limits import SharedLimits


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Part:
    """What one crawl of several is given."""

    share: Share
    limits: SharedLimits  # of addresses and groups
    may_ask: Callable[[], bool] = _always  # whether it is its own to ask anybody, at this moment
