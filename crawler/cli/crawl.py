"""`crawler crawl`: seeds in, a job folder of evidence and text out."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Literal

import typer

from crawler.cli import progress_lines
from crawler.cli.clock import SteadyClock, host_leases
from crawler.cli.crawl_options import (
    LogLevel,
    MaxBytes,
    MaxDepth,
    MaxPages,
    MaxTime,
    PolicyName,
    Revisit,
    Scope,
    Seeds,
    SeedsFile,
    SkipBadSeeds,
    ToJson,
)
from crawler.cli.during_crawl import (
    begin_as_ordered,
    heed_orders,
    note_hangups,
    reload_on_hangup,
    run_beside,
    run_to_exit,
    with_orders,
)
from crawler.cli.ending import Run, end
from crawler.cli.errors import INTERRUPTED, UsageError
from crawler.cli.event_log import LogOptions, logged, tell_end
from crawler.cli.metrics_port import listen, serve_metrics
from crawler.cli.run_figures import RunFigures
from crawler.cli.seeds import (
    note_bad_seeds,
    read_seeds,
    warn_of_seeds_turned_away,
)
from crawler.cli.shard import supervise
from crawler.cli.shard_life import Order, tune_interpreter
from crawler.cluster.layout import LAYOUT, count_shards, shard_folders
from crawler.cluster.processors import count_processors
from crawler.cluster.url_exchange import take_in_own
from crawler.config import Config, load
from crawler.core.units import seconds, size
from crawler.crawl import Crawl, open_crawl
from crawler.fetch.workers import fork_early
from crawler.kept_model import WARM_UP_APART, warm_up
from crawler.store.job import DATABASE
from crawler.store.job_logs import STANDARD_OUTPUT

_MOST_SHARDS = 256


def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    job: Annotated[Path, typer.Option(help="Folder of the job; made if it is not there.")],
    seeds: Seeds = None,
    seeds_file: SeedsFile = None,
    skip_bad_seeds: SkipBadSeeds = False,
    policy: PolicyName = "default",
    max_pages: MaxPages = None,
    max_depth: MaxDepth = None,
    scope: Scope = None,
    max_time: MaxTime = None,
    max_bytes: MaxBytes = None,
    max_disk: Annotated[
        str | None, typer.Option(help="Stop when the job folder is so large.")
    ] = None,
    revisit: Revisit = False,
    shards: Annotated[
        str,
        typer.Option(
            metavar="N|auto",
            help="Processes to share the sites among; auto: one for each processor we may use.",
        ),
    ] = "1",
    log_level: LogLevel = None,
    log_json: Annotated[
        str, typer.Option(metavar="FILE|-", help="Append every event to FILE, a line of JSON each.")
    ] = "",
    log_urls: Annotated[
        Literal["full", "hash"], typer.Option(help="hash: the JSON log names no page's address.")
    ] = "full",
    to_json: ToJson = False,
    metrics_port: Annotated[
        str, typer.Option(metavar="PORT", help="Tell Prometheus at this port, or ADDRESS:PORT.")
    ] = "",
) -> None:
    """Crawl from SEEDS into the folder --job, hearing every opt-out.

    The same command goes on with a job that was stopped. Exit code 10 if a limit (pages, time,
    bytes, disk) stopped it, 1 if nothing at all was had.

    Example: crawler crawl https://example.org/ --policy policy.toml --job jobs/example
    """
    limits = {
        "max_pages": max_pages,
        "max_time": quantity("--max-time", max_time, seconds),
        "max_bytes": quantity("--max-bytes", max_bytes, size),
        "max_disk": quantity("--max-disk", max_disk, size),
    }

    def read() -> Config:
        config = with_options(load(policy), limits, {"max_depth": max_depth, "scope": scope})
        return with_orders(config, job)

    config = read()
    config.require_identity()
    found = read_seeds(seeds or [], seeds_file, skip_bad=skip_bad_seeds)
    urls = found.urls
    if not (urls or config.discovery.sitemap_urls or (shard_folders(job)[0] / DATABASE).exists()):
        raise UsageError("there is nothing to crawl: give seed URLs, or --seeds-file FILE")
    if to_json and log_json == STANDARD_OUTPUT:
        raise UsageError("--json and --log-json - both want standard output: log to a file")
    options = LogOptions(log_level, log_json, log_urls)
    options.begin()
    tune_interpreter()
    note_hangups()
    note_bad_seeds(found.bad, job)
    if (count := count_asked_for(shards, job)) > 1 or count_shards(job) > 1:
        order = Order(urls, options, revisit)
        sys.exit(supervise(job, count, order, read, metrics_port, to_json=to_json))
    warm_up()
    fork_early(WARM_UP_APART)
    asked = listen(metrics_port)

    async def run() -> Run:
        clock = SteadyClock()
        with host_leases(job, config, clock) as leases:
            async with (
                open_crawl(job, config, clock, leases=leases) as crawl,
                logged(crawl, job, options),
            ):
                warn_of_seeds_turned_away(await crawl.add_seeds(urls))
                await take_in_own(crawl)
                if revisit:
                    await crawl.frontier.revisit(clock())
                begin_as_ordered(crawl, job)
                made = await run_beside(_watched(crawl, read), serve_metrics(job, asked))
        return made

    sys.exit(run_to_exit(run(), lambda made: end(job, made, to_json=to_json)))


def with_options(
    config: Config, limits: Mapping[str, object], scope: Mapping[str, object]
) -> Config:
    """Return `config` with what the command line says in place of the policy's."""
    return config.model_copy(
        update={
            "limits": config.limits.model_copy(update=_given(limits)),
            "scope": config.scope.model_copy(update=_given(scope)),
        }
    )


def count_asked_for(asked: str, job: Path) -> int:
    """Return how many shards are asked for; a job keeps the number it has."""
    if asked == "auto":
        made = (job / LAYOUT).exists() or (job / DATABASE).exists()
        return count_shards(job) if made else min(count_processors(), _MOST_SHARDS)
    if asked.isascii() and asked.isdigit() and 1 <= int(asked) <= _MOST_SHARDS:
        return int(asked)
    raise UsageError(f"--shards {asked}: a number from 1 to {_MOST_SHARDS}, or auto")


def _given(options: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in options.items() if value is not None}


def quantity(option: str, text: str | None, read: Callable[[object], float]) -> float | None:
    """Return what an option says as seconds or bytes, None if it is not given.

    Raises:
        UsageError: It is no such quantity.
    """
    try:
        return None if text is None else read(text)
    except ValueError as error:
        raise UsageError(f"{option}: {error}") from error


async def _watched(crawl: Crawl, read: Callable[[], Config]) -> Run:
    """Run the crawl, showing its progress and obeying signals."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, _interrupt, crawl)
    started = time.monotonic()
    progress, figures = crawl.engine.progress, RunFigures(crawl, crawl.clock())
    beside = [
        figures.keep_noting(),
        crawl.count_hosts(),
        crawl.watch(),
        reload_on_hangup(crawl, read),
        heed_orders(crawl, crawl.job.folder, read),
    ]
    if progress_lines.on_terminal():
        from crawler.cli.progress_table import table, terminal

        with terminal(lambda: table(progress, crawl.hosts(), time.monotonic() - started)):
            ended = await run_beside(crawl.engine.run(), *beside)
    else:
        ended = await run_beside(crawl.engine.run(), *beside, _plain_lines(crawl, started))
    ran = time.monotonic() - started
    print(progress_lines.plain_line(progress, crawl.hosts(), ran), file=sys.stderr)
    why = await crawl.why_ended(ended)
    tell_end(crawl, ended, why)
    await figures.note(why)
    await crawl.close(ended)
    return Run(progress, (why,), ran, ended.clean)


async def _plain_lines(crawl: Crawl, started: float) -> None:
    while True:
        await asyncio.sleep(progress_lines.PLAIN_EVERY)
        ran = time.monotonic() - started
        print(progress_lines.plain_line(crawl.engine.progress, crawl.hosts(), ran), file=sys.stderr)


def _interrupt(crawl: Crawl) -> None:
    if crawl.engine.stopping:
        print("stopped at once; what was committed is saved", file=sys.stderr)
        os._exit(INTERRUPTED)
    print("stopping: visits under way may end; press Ctrl-C again to stop at once", file=sys.stderr)
    crawl.engine.stop("interrupted")
