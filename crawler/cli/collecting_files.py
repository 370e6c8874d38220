"""What `screen` does to collect the site files of now, and shows meanwhile."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

from crawler.cli import progress_lines
from crawler.cli.clock import SteadyClock, host_leases
from crawler.cli.during_crawl import run_beside
from crawler.cli.ending import STOPPED_BY_LIMIT
from crawler.cli.errors import INTERRUPTED
from crawler.config import Config
from crawler.crawl import Crawl
from crawler.screen.collecting import note_what_failed, open_collecting
from crawler.screen.run import Say


def collect_files(job: Path, config: Config, say: Say) -> int:
    """Ask for the site files of now; return 0, 130 if it was interrupted, 10 for a limit."""

    async def work() -> int:
        clock = SteadyClock()
        with host_leases(job, config, clock) as leases:
            async with open_collecting(job, config, clock, leases) as crawl:
                loop = asyncio.get_running_loop()
                for number in (signal.SIGINT, signal.SIGTERM):
                    loop.add_signal_handler(number, crawl.engine.stop, "interrupted")
                ended = await run_beside(
                    crawl.engine.run(), _lines(crawl, say), crawl.count_hosts()
                )
                await crawl.close(ended)
                if ended.why == "interrupted":
                    say(f"stopped: saved in {job}; the same command goes on")
                    return INTERRUPTED
                if ended.why.startswith("max-"):
                    say(f"stopped: {progress_lines.why(ended.why)}; the same command goes on")
                    return STOPPED_BY_LIMIT
                now = clock()
                await crawl.job.database.transaction(lambda c: note_what_failed(c, now))
                say(f"evidence collected: {crawl.engine.progress.visits} requests")
        return 0

    return asyncio.run(work())


async def _lines(crawl: Crawl, say: Say) -> None:
    while True:
        await asyncio.sleep(progress_lines.PLAIN_EVERY)
        hosts = crawl.hosts()
        visits = crawl.engine.progress.visits
        say(f"collecting: {visits} requests, {hosts.ready} hosts due, {hosts.waiting} wait")
