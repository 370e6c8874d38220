"""`crawler crawl --shards N`: one process a shard, and the supervisor over them."""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from collections import Counter
from pathlib import Path

from crawler.cli import live
from crawler.cluster.addresses import SharedAddresses
from crawler.cluster.layout import lay_out, shard_folder
from crawler.cluster.report import Report
from crawler.cluster.shard import Shard
from crawler.cluster.supervise import Supervisor
from crawler.config import Config
from crawler.core.urls import Url
from crawler.crawl import Hosts, open_crawl
from crawler.engine import Progress
from crawler.frontier.sharding import Share

INTERRUPTED = 130


def supervise(job: Path, count: int, arguments: list[str]) -> int:
    """Run `count` shards of the crawl that `arguments` describe; return the exit code."""
    lay_out(job, count)
    program = [sys.executable, "-m", "crawler", "crawl", *arguments]
    supervisor = Supervisor(lambda shard: [*program, "--shard", f"{shard}/{count}"], count)
    return asyncio.run(_watched(supervisor))


async def run_shard(
    job: Path, share: Share, config: Config, seeds: list[Url], *, revisit: bool
) -> int:
    """Run one shard under its supervisor; return its exit code."""
    addresses = SharedAddresses(job)
    folder = shard_folder(job, share.number)
    async with open_crawl(folder, config, time.time, share=share, shared=addresses) as crawl:
        await crawl.add_seeds(seeds)
        if revisit:
            await crawl.frontier.revisit(time.time())
        shard = Shard(crawl, job, share.number)
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGINT, _leave_to_supervisor)
        loop.add_signal_handler(signal.SIGTERM, crawl.engine.stop, "interrupted")
        others = [asyncio.create_task(work()) for work in (shard.carry, shard.answer)]
        others.append(asyncio.create_task(crawl.count_hosts()))
        try:
            ended = await crawl.engine.run()
        finally:
            for other in others:
                other.cancel()
        await crawl.close(ended)
    addresses.close()
    return INTERRUPTED if ended.why == "interrupted" else 0


def _leave_to_supervisor() -> None:
    """Ctrl-C reaches every process of the terminal; the supervisor tells us what to do."""


async def _watched(supervisor: Supervisor) -> int:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, _interrupt, supervisor)
    started = time.monotonic()
    if live.on_terminal():
        with live.terminal(
            lambda: live.table(*_joined(supervisor.reports), time.monotonic() - started)
        ):
            code = await supervisor.run()
    else:
        lines = asyncio.create_task(_plain_lines(supervisor, started))
        code = await supervisor.run()
        lines.cancel()
    ran = time.monotonic() - started
    print(live.plain_line(*_joined(supervisor.reports), ran), file=sys.stderr)
    return code


async def _plain_lines(supervisor: Supervisor, started: float) -> None:
    while True:
        await asyncio.sleep(live.PLAIN_EVERY)
        ran = time.monotonic() - started
        print(live.plain_line(*_joined(supervisor.reports), ran), file=sys.stderr)


def _interrupt(supervisor: Supervisor) -> None:
    if supervisor.stopping:
        supervisor.kill()
    else:
        print("stopping all shards; press Ctrl-C again to stop at once", file=sys.stderr)
        supervisor.stop()


def _joined(reports: list[Report]) -> tuple[Progress, Hosts]:
    """Return the reports of all shards as those of one crawl."""
    progress = Progress(
        kept=sum(one.kept for one in reports),
        kept_before=sum(one.kept_before for one in reports),
        held=sum(one.held for one in reports),
        refused=sum(one.refused for one in reports),
        failed=sum(one.failed for one in reports),
        visits=sum(one.visits for one in reports),
        bytes=sum(one.received_bytes for one in reports),
        active=sum(one.active for one in reports),
        reasons=sum((Counter(one.reasons) for one in reports), Counter()),
        failures=sum((Counter(one.failures) for one in reports), Counter()),
    )
    hosts = Hosts(
        sum(one.ready for one in reports),
        sum(one.waiting for one in reports),
        sum(one.parked for one in reports),
        sum(one.queued for one in reports),
    )
    return progress, hosts
