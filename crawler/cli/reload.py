"""`crawler reload`: let a running crawl take over its policy's politeness and limits."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from crawler.cli.errors import UsageError
from crawler.cluster.cluster_job import url_of_folder
from crawler.cluster.layout import shard_folders
from crawler.cluster.reloading import reload_job
from crawler.store.job import read_job


def command(job: Annotated[Path, typer.Argument(help="Folder of the job.")]) -> None:
    """Have the crawl that works on JOB read its policy file again.

    Politeness, limits, budgets, admission, discovery and retries take effect at once, and the
    change is recorded. What pages are kept for changes only with the next run. Waits for the
    answer; exit code 1 if the policy has errors: then the crawl goes on as it did.

    Example: crawler reload jobs/example
    """
    answer = reload_job(job)
    if not answer.working:
        for folder in shard_folders(job) if not url_of_folder(job) else ():
            with read_job(folder):  # says clearly when there is no job
                pass
        raise UsageError(f"nobody is crawling {job}: the policy is read when the job is run")
    for said in answer.said:
        print(said)
    if not answer.done:
        sys.exit(1)
