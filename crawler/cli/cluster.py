"""`crawler cluster`: a crawl whose shards are spread over the machines of a Ray cluster."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from crawler.cli.cluster_crawl import Settings, crawl_on_cluster
from crawler.cli.crawl import quantity, with_options
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
from crawler.cli.errors import UsageError
from crawler.cli.event_log import LogOptions
from crawler.cli.grammar import Command, Commands
from crawler.cli.seeds import read_seeds
from crawler.cli.shard_life import Order
from crawler.cluster.layout import LAYOUT
from crawler.cluster.on_ray.stopping import stop_at
from crawler.cluster.url_state import count_shards_at
from crawler.config import Config, load
from crawler.core.units import seconds, size
from crawler.storage import is_url, shown
from crawler.store.job import DATABASE

app = typer.Typer(
    cls=Commands, no_args_is_help=True, help="Crawl over the machines of a Ray cluster."
)


@app.command(cls=Command)
def crawl(  # noqa: PLR0913, PLR0917 - one parameter an option
    job: Annotated[
        str, typer.Option(metavar="URL", help="Where the job is kept: s3://..., a path.")
    ],
    seeds: Seeds = None,
    seeds_file: SeedsFile = None,
    skip_bad_seeds: SkipBadSeeds = False,
    policy: PolicyName = "default",
    shards: Annotated[
        int | None, typer.Option(min=1, max=10_000, help="Actors to share the sites among.")
    ] = None,
    address: Annotated[
        str, typer.Option(help="Of the Ray cluster; without one, a cluster on this machine.")
    ] = "",
    max_pages: MaxPages = None,
    max_depth: MaxDepth = None,
    scope: Scope = None,
    max_time: MaxTime = None,
    max_bytes: MaxBytes = None,
    revisit: Revisit = False,
    local_dir: Annotated[
        str,
        typer.Option(metavar="PATH", help="Folder for the shards on each node's own disk."),
    ] = "",
    snapshot_every: Annotated[
        str, typer.Option(help="How often each shard is copied to the job's URL.")
    ] = "5m",
    lease: Annotated[
        str, typer.Option(help="How long a shard may be asked for without word of its owner.")
    ] = "30s",
    cpus: Annotated[float, typer.Option(min=0.0, help="Processors reserved for a shard.")] = 1.0,
    log_level: LogLevel = None,
    to_json: ToJson = False,
) -> None:
    """Crawl from SEEDS into the job at --job, on the actors of a Ray cluster.

    Each shard lies on its node's own disk and is copied to the URL every few minutes and at every
    stop; the same command goes on with what lies there. Exit codes are those of `crawler crawl`.

    Example: crawler cluster crawl https://example.org/ --job s3://bucket/job --shards 8
    """
    limits = {
        "max_pages": max_pages,
        "max_time": quantity("--max-time", max_time, seconds),
        "max_bytes": quantity("--max-bytes", max_bytes, size),
    }

    def read() -> Config:
        return with_options(load(policy), limits, {"max_depth": max_depth, "scope": scope})

    config = read()
    config.require_identity()
    found = read_seeds(seeds or [], seeds_file, skip_bad=skip_bad_seeds)
    for bad in found.bad:
        print(f"skipped: {bad.line()}", file=sys.stderr)
    url = place_of(job)
    if not is_url(url) and ((Path(url) / DATABASE).exists() or (Path(url) / LAYOUT).exists()):
        raise UsageError(f"{url} is a job of one machine: `crawler crawl --job` goes on with it")
    count = count_shards_at(url)
    if count is None and not (found.urls or config.discovery.sitemap_urls):
        raise UsageError("there is nothing to crawl: give seed URLs, or --seeds-file FILE")
    if shards is not None and count is not None and shards != count:
        raise UsageError(f"{shown(url)} has {count} shards: go on with --shards {count}")
    settings = Settings(
        url=url,
        count=count or shards or 1,
        address=address,
        local=local_dir,
        snapshot_every=_duration("--snapshot-every", snapshot_every, least=1.0),
        lease=_duration("--lease", lease, least=3.0),
        cpus=cpus,
    )
    crawl_on_cluster(
        settings, read, Order(found.urls, LogOptions(log_level), revisit), to_json=to_json
    )


@app.command(cls=Command)
def stop(
    job: Annotated[str, typer.Argument(metavar="JOB", help="The job's URL.")],
    wait: Annotated[str, typer.Option(help="How long to wait until every shard has ended.")] = "5m",
) -> None:
    """End the crawl of JOB, wherever it runs, with a snapshot of every shard.

    Example: crawler cluster stop s3://bucket/job
    """
    url = place_of(job)
    if count_shards_at(url) is None:
        raise UsageError(f"{shown(url)} is no job of a cluster: `crawler cluster crawl` makes one")
    print(stop_at(url, _duration("--wait", wait, least=0.0), time.monotonic, time.sleep))


def place_of(job: str) -> str:
    """Return the job's place: a path as every process would find it, a URL as it is."""
    return job.rstrip("/") if is_url(job) else str(Path(job.removeprefix("file://")).resolve())


def _duration(option: str, text: str, least: float) -> float:
    value = quantity(option, text, seconds) or 0.0
    if value < least:
        raise UsageError(f"{option} {text}: give at least {least:g}s")
    return value
