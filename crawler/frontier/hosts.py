"""A host in memory, and how its row and its tasks are read from the store."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from ipaddress import ip_address
from typing import Any

from crawler.core.pace import Pace
from crawler.core.task import Task
from crawler.core.urls import Url, parse
from crawler.frontier.gates import GateRule
from crawler.frontier.settings import Network

FOREVER = 1e18
OUTSIDE_HOURS = "parked: outside its visit-time"
NUMBER_BITS = 32  # of a URL's id: its number within the host
Row = tuple[Any, ...]


class Kind(IntEnum):
    """`url.kind` in the store."""

    PAGE = 0
    FILE = 1
    SITEMAP = 2


class State(IntEnum):
    """`url.state` in the store."""

    WAITING = 0
    LATER = 1
    DONE = 2


class Place(IntEnum):
    """Where a host in memory is; it is in exactly one place."""

    CALENDAR = 0  # waiting for its time
    GATE = 2  # due, waiting for a gate
    LEASED = 3
    SETTLING = 4  # due, but its last visit must be committed before its queue is read again
    IDLE = 5  # nothing to do


@dataclass(slots=True, eq=False)
class Host:
    """An active host: its clock, and a short queue that mirrors the front of its URLs."""

    id: int
    name: str
    site: str
    seed: bool
    due: float
    delay: float
    reason: str
    pace: Pace
    hours: tuple[tuple[int, int], ...]
    addresses: tuple[str, ...]
    resolved_until: float
    pages: int
    waiting: int  # URLs waiting in the store, those queued and leased included
    later_at: float
    evidence: bool = False
    free: bool = False
    gates: tuple[GateRule, ...] = ()  # () until a lease needs them
    address: tuple[str, ...] = ()  # the one the next lease is for
    queue: list[Task] = field(default_factory=list)  # the next task is the last
    length: int = 0  # of the queue when it was read
    fresh_until: float = 0.0  # the evidence behind the queue holds until then
    stale: bool = False  # the queue must be read again
    held_until: float = 0.0  # nothing may be asked before, for `reason`
    place: Place = Place.IDLE
    wakes: float = -1.0  # due time of its entry among active hosts, if it has one
    pending: int = 0  # finished visits not yet committed


HOST_COLUMNS = (
    "id, name, site, seed, due, delay, reason, failures, crawl_delay, hours, usual, recent,"
    " addresses, resolved_until, pages, waiting, later_at, evidence"
)


def host_from(row: Row) -> Host:
    """Make a host of its row (`HOST_COLUMNS`)."""
    (number, name, site, seed, due, delay, reason, failures, crawl_delay, hours, usual, recent,
     addresses, resolved_until, pages, waiting, later_at, evidence) = row  # fmt: skip
    return Host(
        id=number,
        name=name,
        site=site,
        seed=bool(seed),
        due=due,
        delay=delay,
        reason=reason,
        pace=Pace(crawl_delay, failures, usual, recent),
        hours=hours_from(hours),
        addresses=tuple(addresses.split()),
        resolved_until=resolved_until,
        pages=pages,
        waiting=waiting,
        later_at=later_at,
        evidence=bool(evidence),
    )


def hours_from(text: str) -> tuple[tuple[int, int], ...]:
    return tuple((int(start), int(end)) for start, end in json.loads(text)) if text else ()


def url_from(text: str, host: str) -> Url:
    """Rebuild a stored URL, which is in normal form, without parsing it again."""
    scheme, _, rest = text.partition("://")
    start = len(scheme) + 3 + len(host)
    if rest.startswith(host) and text[start : start + 1] == "/":
        return Url(text, scheme, host, 443 if scheme == "https" else 80, text[start:])
    parsed = parse(text)
    if parsed is None:
        msg = f"a stored URL does not parse: {text!r}"
        raise ValueError(msg)
    return parsed


@lru_cache(maxsize=4_096)
def is_free(addresses: tuple[str, ...], free: tuple[Network, ...]) -> bool:
    """Say if every address lies in a range the operator opened."""
    if not free or not addresses:
        return False
    try:
        parsed = [ip_address(address.partition("%")[0]) for address in addresses]
    except ValueError:
        return False
    return all(any(ip in network for network in free) for ip in parsed)


def chosen(addresses: tuple[str, ...], failures: int) -> str:
    """Return the one address a lease is for; after each failure the next is tried.

    IPv4 goes first: hosts without working IPv6 are many, and a failure costs a long rest.
    """
    if len(addresses) == 1:
        return addresses[0]
    ordered = sorted(addresses, key=lambda address: ":" in address)
    return ordered[failures % len(ordered)]
