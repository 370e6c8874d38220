"""Asking for the robots.txt of domains during `crawler audit`: it can be stopped, and goes on."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path
from typing import NamedTuple

from crawler.audit.collected import Collected
from crawler.audit.fetching import answered, chosen, open_asking, rounds
from crawler.audit.inputs import Seen
from crawler.audit.job_input import read_jobs
from crawler.cli import progress_lines
from crawler.cli.clock import SteadyClock, host_leases
from crawler.cli.during_crawl import run_beside
from crawler.cli.errors import INTERRUPTED
from crawler.config import Config
from crawler.core.urls import Url
from crawler.crawl import Crawl
from crawler.store.job import DATABASE


class Sizes(NamedTuple):
    """How large head and sample are (None: the usual), and the seed of the sample."""

    head: int | None
    sample: int | None
    seed: int


def ask(collected: Collected, job: Path, config: Config, sizes: Sizes) -> None:
    """Ask for the robots.txt of head and sample where it is not known, and take the answers in.

    Ends the command with 130 if it is interrupted: what was answered is in the job.
    """
    wanted = chosen(collected, *sizes)
    known = answered(job) if (job / DATABASE).is_file() else set()
    for number, places in enumerate(rounds(collected, wanted), 1):
        left = [url for name, url in places if name not in known]
        if not left:
            continue
        _say(f"asking {len(left):,} places for robots.txt (round {number})")
        if asyncio.run(_run(job, config, left)) == INTERRUPTED:
            _say(f"stopped: saved in {job}; the same command goes on")
            sys.exit(INTERRUPTED)
        known = answered(job)
    if (job / DATABASE).is_file():
        items = read_jobs([job], collected.troubles)
        collected.take(
            item for item in items if isinstance(item, Seen) and item.domain in collected.domains
        )


async def _run(job: Path, config: Config, urls: list[Url]) -> int:
    clock = SteadyClock()
    with host_leases(job, config, clock) as leases:
        async with open_asking(job, config, clock, leases, urls) as crawl:
            loop = asyncio.get_running_loop()
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(number, crawl.engine.stop, "interrupted")
            ended = await run_beside(crawl.engine.run(), _lines(crawl), crawl.count_hosts())
            await crawl.close(ended)
            return INTERRUPTED if ended.why == "interrupted" else 0


async def _lines(crawl: Crawl) -> None:
    while True:
        await asyncio.sleep(progress_lines.PLAIN_EVERY)
        hosts, visits = crawl.hosts(), crawl.engine.progress.visits
        _say(f"{visits:,} requests, {hosts.ready:,} hosts due, {hosts.waiting:,} wait")


def _say(text: str) -> None:
    print(text, file=sys.stderr)
