"""The life of one shard, on this machine or on a node of a cluster: opened, crawled, closed."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from crawler.cli.clock import SteadyClock, host_leases
from crawler.cli.during_crawl import run_beside
from crawler.cli.event_log import LogOptions, logged, tell_end
from crawler.cli.run_figures import RunFigures
from crawler.cli.seeds import warn_of_seeds_turned_away
from crawler.cluster.shard import Means, Shard
from crawler.cluster.shard_report import Report
from crawler.config import Config
from crawler.core.urls import Url
from crawler.crawl import Crawl, open_crawl
from crawler.engine import Ended

Read = Callable[[], Config]  # the policy as the command line and its file give it now
# What goes on beside the crawl once it is open.
Beside: TypeAlias = Callable[[Crawl, Shard, Read], Iterable[Coroutine[Any, Any, None]]]


@dataclass(frozen=True, slots=True)
class Order:
    """What the shards are to do, beside what the policy says."""

    seeds: Sequence[Url] = ()  # those of all shards
    log: LogOptions = field(default_factory=LogOptions)
    revisit: bool = False


async def live(
    folder: Path, order: Order, read: Read, clock: SteadyClock, means: Means, beside: Beside
) -> tuple[Ended, Report]:
    """Crawl the shard in `folder` until it is told to end; return how it ended.

    Raises:
        StoreError: The store cannot be opened, or failed.
    """
    share = means.part.share

    def read_part() -> Config:
        return _part(read(), share.count)

    job, config = folder.parent, read_part()
    with host_leases(job, config, clock) as leases:
        async with (
            open_crawl(folder, config, clock, part=means.part, leases=leases) as crawl,
            logged(crawl, job, order.log),
        ):
            admitted = await crawl.add_seeds(order.seeds)
            if share.number == 0:  # every shard is given them all
                warn_of_seeds_turned_away(admitted)
            if order.revisit:
                await crawl.frontier.revisit(clock())
            shard, figures = Shard(crawl, means), RunFigures(crawl, clock())
            work = (figures.keep_noting(), shard.carry(), crawl.count_hosts(), crawl.watch())
            ended = await run_beside(crawl.engine.run(), *work, *beside(crawl, shard, read_part))
            why = await crawl.why_ended(ended)
            await figures.note(why)
            tell_end(crawl, ended, why)
            await crawl.close(ended)
    return ended, shard.report(why=why)


def tune_interpreter() -> None:
    """Set the interpreter up for a crawl: what it does by itself is meant for other programs."""
    # SQLite gives the GIL up at every statement, and beside a busy loop it waited Python's 5 ms
    # to have it back each time: 200 hosts at 1 s were asked 115 times a second, now 153.
    sys.setswitchinterval(0.0005)
    # Hosts, tasks and results live for a while and form no cycles: looking for some at every
    # 700th object cost an eighth of the frontier's time.
    gc.set_threshold(50_000, 20, 100)


def _part(config: Config, count: int) -> Config:
    """Return `config` with a shard's part of the limits that are not counted together."""
    limits = config.limits
    parts = {
        name: value // count
        for name in ("max_bytes", "max_disk")
        if (value := getattr(limits, name)) is not None
    }
    return config.model_copy(update={"limits": limits.model_copy(update=parts)})
