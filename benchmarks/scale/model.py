"""The arithmetic: a web of any size over any number of shards, and how long a crawl of it takes.

A fluid model. Hosts are of sizes by a power law and lie on addresses by another; each gives a page
a delay at most, all on one address one an `ip_delay`, and a shard no more than its cores judge.
What of a host is asked is known from the start. Nothing fails.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from crawler.core.pace import Pace, Timing, delay_after
from crawler.core.politeness import Politeness
from crawler.frontier.sharding import shard_of

DAY = 86_400.0
_STEPS = 60  # of a bisection
_GROWTH = 1.1  # of ranks in a bin, each a tenth larger than the one before


@dataclass(frozen=True, slots=True)
class Bin:
    """So many that are alike: hosts of a size (URLs), or addresses of a crowd (hosts)."""

    count: float
    size: float


def by_power_law(count: int, total: float, exponent: float, least: float = 1.0) -> list[Bin]:
    """Return `count` things in bins; of all there are `total`, of each at least `least`.

    The thing of rank r has a share of r ** -exponent.
    """
    edges = [1]
    while edges[-1] <= count:
        edges.append(max(edges[-1] + 1, math.ceil(edges[-1] * _GROWTH)))
    edges[-1] = count + 1
    weights = [_ranks(start, end, exponent) for start, end in pairwise(edges)]
    spare = max(0.0, total - least * count) / sum(weights)
    return [
        Bin(end - start, least + spare * weight / (end - start))
        for (start, end), weight in zip(pairwise(edges), weights, strict=True)
    ]


def _ranks(start: int, end: int, exponent: float) -> float:
    """Return the sum of r ** -exponent for start <= r < end."""
    if end - start < 50:
        return math.fsum(rank**-exponent for rank in range(start, end))
    if exponent == 1.0:
        return math.log((end - 0.5) / (start - 0.5))
    power = 1.0 - exponent
    return float(((end - 0.5) ** power - (start - 0.5) ** power) / power)


@dataclass(frozen=True)
class World:
    """A web, and those who crawl it."""

    hosts: int
    urls: int
    shards: int
    politeness: Politeness = field(default_factory=Politeness)
    fetch: float = 0.5  # seconds a request takes
    size_exponent: float = 0.8
    host_sizes: tuple[Bin, ...] = ()  # instead of the power law
    addresses: int = 0  # 0: ten hosts an address
    crowd_exponent: float = 0.8
    crowds: tuple[Bin, ...] = ()
    cores: float = 1.0  # of a shard
    cpu_ms: float = 8.0  # of a core, a page
    site_files: float = 1.0  # requests a host beside its pages

    @cached_property
    def sizes(self) -> tuple[Bin, ...]:
        return self.host_sizes or tuple(by_power_law(self.hosts, self.urls, self.size_exponent))

    @cached_property
    def crowded(self) -> tuple[Bin, ...]:
        number = self.addresses or max(1, self.hosts // 10)
        return self.crowds or tuple(by_power_law(number, self.hosts, self.crowd_exponent))

    @cached_property
    def delay(self) -> float:
        """Seconds from the start of a request to the next of a host, by the crawler's own rule."""
        rest = delay_after(
            self.politeness, Pace(), Timing(0.0, self.fetch, self.fetch), free=True, jitter=0.5
        )
        return rest + self.fetch

    @property
    def capacity(self) -> float:
        """Pages a second that a shard can judge."""
        return self.cores * 1_000.0 / self.cpu_ms

    def of_a_host(self, seconds: float) -> float:
        """Return how many pages a host has given by then, on average."""
        given = max(0.0, seconds / self.delay - self.site_files)
        pages = math.fsum(item.count * min(item.size, given) for item in self.sizes)
        return pages / math.fsum(item.count for item in self.sizes)

    def polite(self, seconds: float) -> float:
        """Return how many pages all hosts have given by then, addresses permitting."""
        a_host = self.of_a_host(seconds)
        through = seconds / (self.politeness.ip_delay + self.fetch)
        return math.fsum(
            item.count * min(item.size * a_host, max(0.0, through - item.size * self.site_files))
            for item in self.crowded
        )

    def pages(self, seconds: float) -> float:
        """Return how many pages there are by then."""
        return min(self.polite(seconds), self.shards * self.capacity * seconds)

    def seconds_to(self, pages: float) -> float:
        """Return when there are so many pages; infinity if there never are."""
        low, high = 0.0, DAY
        while self.pages(high) < pages:
            high *= 2
            if high > 1e6 * DAY:
                return math.inf
        for _ in range(_STEPS):
            middle = (low + high) / 2
            low, high = (middle, high) if self.pages(middle) < pages else (low, middle)
        return high

    def held_back(self, seconds: float) -> dict[str, float]:
        """Return what share of the URLs is still to be asked then, and for whose sake."""
        a_host = self.of_a_host(seconds)
        through = seconds / (self.politeness.ip_delay + self.fetch)
        by_address = math.fsum(
            item.count * max(0.0, item.size * (a_host + self.site_files) - through)
            for item in self.crowded
        )
        return {
            "large hosts": 1.0 - a_host * self.hosts / self.urls,
            "crowded addresses": min(by_address, a_host * self.hosts) / self.urls,
        }


def hot_shards(world: World, largest: int) -> dict[str, float]:
    """Deal the largest sites out by the crawler's own hash, the others evenly; in URLs a shard."""
    loads = [0.0] * world.shards
    ranked = _largest(world.sizes, largest)
    for number, size in enumerate(ranked):
        loads[shard_of(f"h{number}.example", world.shards)] += size
    rest = (world.urls - math.fsum(loads)) / world.shards
    # What is dealt evenly still varies: the square root of the sum of squares a shard.
    squares = math.fsum(item.count * item.size**2 for item in world.sizes)
    known = math.fsum(size**2 for size in ranked)
    spread = math.sqrt(max(0.0, squares - known) / world.shards)
    loads = sorted(load + rest for load in loads)
    mean = math.fsum(loads) / len(loads)
    return {
        "mean_urls": mean,
        "largest": loads[-1] / mean,
        "p99": loads[min(len(loads) - 1, int(len(loads) * 0.99))] / mean,
        "least": loads[0] / mean,
        "spread_of_small_sites": spread / mean,
        "largest_site_share_of_a_shard": (ranked[0] if ranked else 0.0) / mean,
    }


def _largest(sizes: tuple[Bin, ...], count: int) -> list[float]:
    found: list[float] = []
    for item in sizes:  # from the largest on
        found += [item.size] * min(int(item.count), count - len(found))
        if len(found) >= count:
            break
    return found


def hot_addresses(world: World, at_most: float) -> dict[str, float]:
    """Return what the most crowded addresses hold, and how long they take for all of it."""
    each = world.urls / world.hosts + world.site_files
    pace = world.politeness.ip_delay + world.fetch
    top = world.crowded[0]
    late = [item for item in world.crowded if item.size * each * pace > at_most]
    return {
        "hosts_on_the_largest": top.size,
        "days_for_the_largest": top.size * each * pace / DAY,
        "addresses_not_done_by_then": math.fsum(item.count for item in late),
        "hosts_on_them": math.fsum(item.count * item.size for item in late),
    }


def shared_addresses(world: World) -> float:
    """Return the share of requests through addresses with hosts of more than one shard."""
    return (
        math.fsum(
            item.count * item.size * (1.0 - (1.0 / world.shards) ** max(0.0, item.size - 1.0))
            for item in world.crowded
        )
        / world.hosts
    )


def changed_pieces(pieces: float, places: float) -> float:
    """Return how many of so many pieces at least one of `places` at random lies in."""
    return pieces * -math.expm1(-places / pieces) if pieces else 0.0
