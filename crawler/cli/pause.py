"""`crawler pause`: no request of a job starts until it is resumed."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from crawler.cli.verdicts import moment
from crawler.cluster.cluster_job import url_of_folder
from crawler.cluster.layout import holders, require_job
from crawler.storage import shown
from crawler.store.orders import order


def command(job: Annotated[Path, typer.Argument(help="Folder of the job.")]) -> None:
    """Pause JOB: no request starts until `crawler resume`, also after a restart.

    Visits under way may end; hosts' clocks and the limit of time run on.

    Example: crawler pause jobs/example
    """
    require_job(job)
    now = time.time()
    orders = order(job, lambda before: replace(before, paused_since=before.paused_since or now))
    if orders.paused_since != now:
        print(f"paused already, since {moment(orders.paused_since)}")
        return
    if url := url_of_folder(job):
        print(f"paused: the order stands at {shown(url)}; a cluster that crawls it starts nothing")
        return
    at_work = holders(job)
    print(
        f"paused: {len(at_work)} process(es) start no request; visits under way may end"
        if at_work
        else "paused: nobody is crawling it now, and the next run will start no request"
    )
