"""`crawler resume`: let a paused job go on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from crawler.cluster.cluster_job import url_of_folder
from crawler.cluster.layout import holders, require_job
from crawler.storage import shown
from crawler.store.connection import StoreError
from crawler.store.orders import order, read_orders


def command(job: Annotated[Path, typer.Argument(help="Folder of the job.")]) -> None:
    """Let JOB go on where it was paused.

    Example: crawler resume jobs/example
    """
    require_job(job)
    if not _stands(job):
        print("it was not paused")
        return
    order(job, lambda before: replace(before, paused_since=0.0))
    if url := url_of_folder(job):
        print(f"resumed: the order stands at {shown(url)}; a cluster that crawls it goes on")
        return
    at_work = holders(job)
    print(
        f"resumed: {len(at_work)} process(es) go on"
        if at_work
        else "resumed: nobody is crawling it now; `crawler crawl` goes on with it"
    )


def _stands(job: Path) -> bool:
    try:
        return read_orders(job).paused
    except StoreError:  # nobody starts a request on orders that cannot be read
        return True
