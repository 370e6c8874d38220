"""How a shard lives on a node of a cluster: the same life as on one machine, and Ray's metrics."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler.cli.clock import SteadyClock
from crawler.cli.run_figures import RunFigures
from crawler.cli.shard_life import Order, Read, live, tune_interpreter
from crawler.cluster.on_ray.gauges import Gauges
from crawler.cluster.shard import Means, Shard
from crawler.cluster.shard_report import Report
from crawler.config import Config
from crawler.crawl import Crawl
from crawler.engine import Ended
from crawler.report.metrics import families

_SHOWN = 5.0  # seconds between numbers for Ray


@dataclass(slots=True)
class ClusterLife:
    """Is made by the command line and travels to the node."""

    order: Order
    _clock: SteadyClock | None = field(default=None, init=False)

    def clock(self) -> SteadyClock:
        """Return the clock of this node."""
        if self._clock is None:
            self._clock = SteadyClock()
        return self._clock

    def prepare(self, config: Config) -> None:
        """Load what a crawl needs, which takes seconds: no lease waits for it."""
        import crawler.fetch.client
        import crawler.fetch.workers  # noqa: F401
        from crawler.kept_model import warm_up

        warm_up(config.content)

    async def live(
        self,
        folder: Path,
        read: Callable[[], Config],
        means: Means,
        beside: Callable[[Crawl, Shard], Iterable[Coroutine[Any, Any, None]]],
    ) -> tuple[Ended, Report]:
        """Crawl the shard in `folder` until it is told to end.

        Raises:
            StoreError: The store cannot be opened, or failed.
        """
        self.order.log.begin()
        tune_interpreter()

        def with_metrics(
            crawl: Crawl, shard: Shard, _: Read
        ) -> Iterable[Coroutine[Any, Any, None]]:
            yield from beside(crawl, shard)
            yield _show(crawl, means.part.share.number)

        return await live(folder, self.order, read, self.clock(), means, with_metrics)


async def _show(crawl: Crawl, shard: int) -> None:
    """Show Ray the numbers that Prometheus is shown of a crawl on one machine, until cancelled."""
    gauges, figures = Gauges(), RunFigures(crawl, crawl.clock())
    while True:
        gauges.show(
            (
                (f"{one.name}{suffix}", one.about, labels, value)
                for one in families(figures.state())
                for suffix, labels, value in one.samples
            ),
            shard,
        )
        await asyncio.sleep(_SHOWN)
