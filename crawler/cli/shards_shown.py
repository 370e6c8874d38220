"""What is shown of shards while they crawl: all of them as one crawl."""

from __future__ import annotations

import asyncio
import sys
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar

from crawler.cli import progress_lines
from crawler.cluster.shard_report import Report
from crawler.crawl import Hosts
from crawler.engine import Progress

T = TypeVar("T")


async def shown(
    reports: Callable[[], Sequence[Report]], main: Coroutine[Any, Any, T]
) -> tuple[T, float]:
    """Return what `main` returns and the seconds it took; until then its shards are shown."""
    started = time.monotonic()

    def line() -> None:
        ran = time.monotonic() - started
        print(progress_lines.plain_line(*joined(reports()), ran), file=sys.stderr)

    async def lines() -> None:
        while True:
            await asyncio.sleep(progress_lines.PLAIN_EVERY)
            line()

    if progress_lines.on_terminal():
        from crawler.cli.progress_table import table, terminal

        with terminal(lambda: table(*joined(reports()), time.monotonic() - started)):
            result = await main
    else:
        telling = asyncio.create_task(lines())
        try:
            result = await main
        finally:
            telling.cancel()
    line()
    return result, time.monotonic() - started


def joined(reports: Sequence[Report]) -> tuple[Progress, Hosts]:
    """Return the reports of all shards as those of one crawl."""
    progress = Progress(
        kept=sum(one.kept for one in reports),
        kept_before=sum(one.kept_before for one in reports),
        held=sum(one.held for one in reports),
        failed=sum(one.failed for one in reports),
        visits=sum(one.visits for one in reports),
        bytes=sum(one.received_bytes for one in reports),
        active=sum(one.active for one in reports),
        paused=any(one.paused for one in reports),
        answered=sum((Counter(one.reasons) for one in reports), Counter()),
        failures=sum((Counter(one.failures) for one in reports), Counter()),
    )
    hosts = Hosts(
        sum(one.ready for one in reports),
        sum(one.waiting for one in reports),
        sum(one.parked for one in reports),
        sum(one.queued for one in reports),
    )
    return progress, hosts
