"""`crawler status`: what a job holds, and why it is idle."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawler.cli.verdicts import moment
from crawler.cluster.layout import shard_folders
from crawler.report.losses import lines
from crawler.report.shells import line as shells_line
from crawler.report.status import JobStatus, job_status
from crawler.store.orders import read_orders


def command(
    job: Annotated[Path, typer.Argument(help="Folder of the job.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show what the job holds, what it refused and why, and what it waits for.

    Example: crawler status jobs/example --json
    """
    now = time.time()
    status = job_status(shard_folders(job), now)
    orders = read_orders(job)
    if as_json:
        about = {"job": str(job), "paused_since": orders.paused_since or None}
        print(json.dumps({**about, **status.as_json()}, indent=2))
    else:
        if orders.paused:
            print(f"paused since {moment(orders.paused_since)}: go on with `crawler resume {job}`")
        _show(Console(), status, now)


def _show(console: Console, status: JobStatus, now: float) -> None:
    running = ", ".join(str(process) for process in status.processes)
    console.print(f"running (process {running})" if running else "not running")
    console.print(Text(status.frontier.sentence(now)))
    _counts(console, "pages by state", status.pages)
    _counts(console, "URLs", status.frontier.urls)
    _counts(console, "refused by their owners", status.refused)
    _counts(console, "filtered by the policy", status.filtered)
    _counts(console, "consent not proven", status.unproven)
    _counts(console, "links not admitted", status.frontier.turned_away)
    for line in lines(list(status.losses)):
        console.print(Text(f"lost: {line}"))
    if told := shells_line(status.shells):
        console.print(Text(f"only a shell: {told}"))
    _counts(console, "hosts", status.frontier.hosts)
    _counts(console, "hosts wait for", status.frontier.reasons)
    for title, facts in (
        ("waiting longest", status.frontier.waiting_longest),
        ("slowest", status.frontier.slowest),
        ("parked", status.frontier.parked),
        ("held", status.frontier.held),
    ):
        if facts:
            table = Table("host", "next try", "why", "URLs", "answers in", title=title,
                          title_justify="left", box=None)  # fmt: skip
            for fact in facts:
                due = "now" if fact.due <= now else moment(fact.due)
                answers = f"{fact.response_time:.3f} s" if fact.response_time else ""
                table.add_row(Text(fact.host), due, Text(fact.reason), str(fact.waiting), answers)
            console.print(table)


def _counts(console: Console, title: str, counts: dict[str, int]) -> None:
    found = {name: count for name, count in counts.items() if count}
    if found:
        console.print(Text(f"{title}: " + ", ".join(f"{name} {n}" for name, n in found.items())))
