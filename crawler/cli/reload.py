"""`crawler reload`: let a running crawl take over its policy's politeness and limits."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Annotated

import typer

from crawler.cli.errors import UsageError
from crawler.cluster.layout import shard_folders
from crawler.store.job import holder


def command(job: Annotated[Path, typer.Argument(help="Folder of the job.")]) -> None:
    """Have the crawl that works on JOB read its policy file again.

    Politeness, limits, budgets, admission, discovery and retries take effect at once, and the
    change is recorded. What pages are kept for changes only with the next run.

    Example: crawler reload jobs/example
    """
    processes = [process for folder in shard_folders(job) if (process := holder(folder))]
    if not processes:
        raise UsageError(f"nobody is crawling {job}: the policy is read when the job is run")
    for process in processes:
        os.kill(process, signal.SIGHUP)
    print(f"told {len(processes)} process(es) to read the policy again")
