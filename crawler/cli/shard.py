"""`crawler crawl --shards N`: one process a shard, and the supervisor over them."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
import time
from collections.abc import Coroutine
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from crawler.cli import told_in_one_line
from crawler.cli.clock import SteadyClock
from crawler.cli.during_crawl import (
    begin_as_ordered,
    heed_orders,
    note_hangups,
    reload_on_hangup,
    run_beside,
    run_to_exit,
)
from crawler.cli.ending import Run, end
from crawler.cli.errors import INTERRUPTED, UsageError
from crawler.cli.metrics_port import listen, serve_metrics
from crawler.cli.shard_life import Order, Read, live
from crawler.cli.shards_shown import joined, shown
from crawler.cluster.layout import WrongShardsError, lay_out, shard_folder, shard_folders
from crawler.cluster.limits_file import LimitsFile
from crawler.cluster.page_quota import FileQuota, note_pages
from crawler.cluster.piped_shard import answer, tell
from crawler.cluster.shard import Means, Shard
from crawler.cluster.shard_nursery import Nursery
from crawler.cluster.supervise import Supervisor
from crawler.cluster.url_exchange import FileCourier
from crawler.crawl import Crawl, count_pages
from crawler.fetch.workers import fork_early
from crawler.frontier.part import Part
from crawler.frontier.sharding import Share
from crawler.kept_model import WARM_UP_APART, warm_up
from crawler.store.job import DATABASE, hold, holder, read_job

# How long (seconds) shards that lost their supervisor are waited for; they stop in five.
_LEFT_BEHIND = 15.0


def supervise(
    job: Path, count: int, order: Order, read: Read, metrics_port: str, *, to_json: bool
) -> int:
    """Crawl in `count` shards as `order` says; return the exit code.

    Raises:
        StoreError: Another process works on the job.
        UsageError: It has another number of shards, or nobody can listen at `metrics_port`.
    """
    try:
        lay_out(job, count)
    except WrongShardsError as error:
        raise UsageError(str(error)) from error
    clock = SteadyClock()  # of all shards, also of one that is started again later

    def work(number: int) -> int:
        fork_early(WARM_UP_APART)
        note_hangups()
        told = replace(order, log=replace(order.log, shard=number))
        share = Share(number=number, count=count)
        shard = run_shard(job, share, told, read, clock)
        return told_in_one_line(lambda: run_to_exit(shard, int))

    warm_up()  # once, for all of them
    with closing(Nursery(work)) as nursery, hold(job):
        asked = listen(metrics_port)
        _wait_for_shards(job)
        note_pages(job, [_pages(folder) for folder in shard_folders(job)])
        return run_to_exit(
            _told(job, Supervisor(nursery.start, count), asked),
            lambda made: made[0] or end(job, made[1], to_json=to_json),
        )


async def run_shard(job: Path, share: Share, order: Order, read: Read, clock: SteadyClock) -> int:
    """Run one shard by the clock of all; return its exit code."""

    def beside(
        crawl: Crawl, shard: Shard, read_part: Read
    ) -> tuple[Coroutine[Any, Any, None], ...]:
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGINT, _leave_to_supervisor)
        loop.add_signal_handler(signal.SIGTERM, crawl.engine.stop, "interrupted")
        begin_as_ordered(crawl, job)
        return (
            answer(shard),
            reload_on_hangup(crawl, read_part),
            heed_orders(crawl, job, read_part),
        )

    with (
        closing(LimitsFile(job)) as addresses,
        closing(FileQuota(job, share.number, share.count)) as quota,
    ):
        means = Means(
            Part(share, addresses),
            lambda crawl: FileCourier(job, share.number, crawl.job.database),
            quota,
        )
        folder = shard_folder(job, share.number)
        ended, report = await live(folder, order, read, clock, means, beside)
    tell(report)
    return INTERRUPTED if ended.why == "interrupted" else 0


def _pages(folder: Path) -> int:
    if not (folder / DATABASE).exists():
        return 0
    with read_job(folder) as connection:
        return count_pages(connection)


def _wait_for_shards(job: Path) -> None:
    """Wait for shards whose supervisor was killed: they are about to stop."""
    until = time.monotonic() + _LEFT_BEHIND
    while any(holder(folder) for folder in shard_folders(job)) and time.monotonic() < until:
        time.sleep(0.1)


def _leave_to_supervisor() -> None:
    """Ctrl-C reaches every process of the terminal; the supervisor tells us what to do."""


async def _told(job: Path, supervisor: Supervisor, asked: socket.socket | None) -> tuple[int, Run]:
    return await run_beside(_watched(supervisor), serve_metrics(job, asked))


async def _watched(supervisor: Supervisor) -> tuple[int, Run]:
    """Run the shards; return the code of one that failed, else 0, and what all of them made."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, _interrupt, supervisor)
    loop.add_signal_handler(signal.SIGHUP, supervisor.reload)
    code, ran = await shown(lambda: supervisor.reports, supervisor.run())
    progress, _ = joined(supervisor.reports)
    why = tuple(dict.fromkeys(one.why for one in supervisor.reports if one.why))
    if code == INTERRUPTED:
        why = ("interrupted", *why)
    return 0 if code == INTERRUPTED else code, Run(progress, why, ran)


def _interrupt(supervisor: Supervisor) -> None:
    if supervisor.stopping:
        supervisor.kill()
    else:
        print("stopping all shards; press Ctrl-C again to stop at once", file=sys.stderr)
        supervisor.stop()
