"""`crawler crawl --shards N`: one process a shard, and the supervisor over them."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
import time
from collections import Counter
from collections.abc import Coroutine
from contextlib import closing
from pathlib import Path
from typing import Any

from crawler.cli import progress_lines
from crawler.cli.clock import SteadyClock
from crawler.cli.during_crawl import (
    begin_as_ordered,
    heed_orders,
    reload_on_hangup,
    run_beside,
    run_to_exit,
)
from crawler.cli.ending import Run, end
from crawler.cli.errors import INTERRUPTED, UsageError
from crawler.cli.metrics_port import serve_metrics
from crawler.cli.shard_life import Order, Read, live
from crawler.cluster.layout import WrongShardsError, lay_out, shard_folder, shard_folders
from crawler.cluster.limits_file import LimitsFile
from crawler.cluster.page_quota import FileQuota, note_pages
from crawler.cluster.piped_shard import answer, tell
from crawler.cluster.shard import Means, Shard
from crawler.cluster.shard_report import Report
from crawler.cluster.supervise import Supervisor
from crawler.cluster.url_exchange import FileCourier
from crawler.crawl import Crawl, Hosts, count_pages
from crawler.engine import Progress
from crawler.frontier.part import Part
from crawler.frontier.sharding import Share
from crawler.store.job import DATABASE, hold, holder, read_job

# How long (seconds) shards that lost their supervisor are waited for; they stop in five.
_LEFT_BEHIND = 15.0


def supervise(
    job: Path,
    count: int,
    arguments: list[str],
    asked: socket.socket | None,
    *,
    to_json: bool,
) -> int:
    """Run `count` shards of the crawl that `arguments` describe; return the exit code.

    At `asked` metrics are told.

    Raises:
        StoreError: Another process works on the job.
        UsageError: It has another number of shards.
    """
    try:
        lay_out(job, count)
    except WrongShardsError as error:
        raise UsageError(str(error)) from error
    program = [sys.executable, "-m", "crawler", "crawl", *arguments]
    # Times must mean the same to all shards, also to one that is started again later.
    offset = SteadyClock().offset
    supervisor = Supervisor(
        lambda shard: [*program, "--shard", f"{shard}/{count}/{offset!r}"], count
    )
    with hold(job):
        _wait_for_shards(job)
        note_pages(job, [_pages(folder) for folder in shard_folders(job)])
        return run_to_exit(
            _told(job, supervisor, asked),
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
    started = time.monotonic()
    if progress_lines.on_terminal():
        from crawler.cli.progress_table import table, terminal

        with terminal(lambda: table(*_joined(supervisor.reports), time.monotonic() - started)):
            code = await supervisor.run()
    else:
        lines = asyncio.create_task(_plain_lines(supervisor, started))
        code = await supervisor.run()
        lines.cancel()
    ran = time.monotonic() - started
    print(progress_lines.plain_line(*_joined(supervisor.reports), ran), file=sys.stderr)
    progress, _ = _joined(supervisor.reports)
    why = tuple(dict.fromkeys(one.why for one in supervisor.reports if one.why))
    if code == INTERRUPTED:
        why = ("interrupted", *why)
    return 0 if code == INTERRUPTED else code, Run(progress, why, ran)


async def _plain_lines(supervisor: Supervisor, started: float) -> None:
    while True:
        await asyncio.sleep(progress_lines.PLAIN_EVERY)
        ran = time.monotonic() - started
        print(progress_lines.plain_line(*_joined(supervisor.reports), ran), file=sys.stderr)


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
