"""A host in memory, and how its row and its tasks are read from the store."""

from __future__ import annotations

import json
from functools import lru_cache
from ipaddress import ip_address
from typing import Any, Final

from crawler.core.evidence import Snapshot
from crawler.core.pace import Pace
from crawler.core.task import Task
from crawler.core.urls import Url, parse
from crawler.frontier.settings import Network
from crawler.frontier.shared_limits import Limit

FOREVER = 1e18
ASKED_TO_WAIT = "waits as its Retry-After asks"
OUTSIDE_HOURS = "parked: outside its visit-time"
NUMBER_BITS = 32  # of a URL's id: its number within the host
Row = tuple[Any, ...]


# Plain numbers, not enumerations: they are compared at every visit and bound in statements.
class Kind:
    """`url.kind` in the store."""

    PAGE: Final = 0
    FILE: Final = 1
    SITEMAP: Final = 2
    ORIGIN: Final = 3  # no page: its origin's site files alone are wanted


class State:
    """`url.state` in the store."""

    WAITING: Final = 0
    LATER: Final = 1
    DONE: Final = 2


class Place:
    """Where a host in memory is; it is in exactly one place."""

    CALENDAR: Final = 0  # waiting for its time
    LIMIT: Final = 2  # due, waiting for a limit
    LEASED: Final = 3
    SETTLING: Final = 4  # due, but its last visit must be committed before its queue is read again
    IDLE: Final = 5  # nothing to do


HOST_COLUMNS = (
    "id, name, due, delay, reason, failures, crawl_delay, hours, usual, recent,"
    " addresses, resolved_until, pages, waiting, later_at, evidence"
)


class Host:
    """An active host: its clock, and a short queue that mirrors the front of its URLs.

    A plain class: it is made of a row (`HOST_COLUMNS`) whenever a host is read.
    """

    __slots__ = (  # noqa: RUF023 - in the order of what they are about
        "id", "name", "due", "delay", "reason", "pace", "hours", "known_as", "addresses",
        "resolved_until", "pages", "waiting", "later_at", "evidence", "free", "limits", "address",
        "queue", "length", "fresh_until", "stale", "held_until", "place", "wakes", "entry",
        "pending", "lent", "owes_nothing",
    )  # fmt: skip

    def __init__(self, row: Row) -> None:
        (number, name, due, delay, reason, failures, crawl_delay, hours, usual, recent,
         addresses, resolved_until, pages, waiting, later_at, evidence) = row  # fmt: skip
        self.id: int = number
        self.name: str = name
        self.due: float = due
        self.delay: float = delay
        self.reason: str = reason
        self.pace = Pace(crawl_delay, failures, usual, recent)
        self.hours = hours_from(hours)
        self.known_as: str = addresses  # as they are stored, separated by spaces
        self.addresses: tuple[str, ...] = tuple(addresses.split())
        self.resolved_until: float = resolved_until
        self.pages: int = pages
        self.waiting: int = waiting  # URLs waiting in the store, those queued and leased included
        self.later_at: float = later_at
        self.evidence = bool(evidence)
        self.free = False
        self.limits: tuple[Limit, ...] = ()  # () until a lease needs them
        self.address: tuple[str, ...] = ()  # the one the next lease is for
        self.queue: list[Task] = []  # the next task is the last
        self.length = 0  # of the queue when it was read
        self.fresh_until = 0.0  # the evidence behind the queue holds until then
        self.stale = False  # the queue must be read again
        self.held_until = 0.0  # nothing may be asked before, for `reason`
        self.place: int = Place.IDLE
        self.wakes = -1.0  # when it comes again, if it waits among active hosts
        self.entry = 0  # ... and its entry there
        self.pending = 0  # finished visits not yet committed
        self.lent = False  # leased towards other commands as well
        # What speaks for an origin of which every file was asked for.
        self.owes_nothing: tuple[Snapshot, ...] | None = None


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
