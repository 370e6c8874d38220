"""`crawler report`: what consent left of jobs, as one page, a table, JSON or CSV."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from crawler.cli.errors import UsageError
from crawler.cli.showing import check_out, show
from crawler.cluster.layout import shard_folders
from crawler.report.document import SAMPLE, Job, report
from crawler.report.screening import is_screening, screening_report


def command(
    jobs: Annotated[
        list[Path],
        typer.Argument(metavar="JOB...", help="Folders of jobs, or of screenings' outputs."),
    ],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="File for the page, such as report.html.")
    ] = None,
    to_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    to_csv: Annotated[bool, typer.Option("--csv", help="Print CSV, a row a number.")] = False,
    sample: Annotated[
        int, typer.Option(min=1, help="Decisions read again, for what they say at once.")
    ] = SAMPLE,
) -> None:
    """Count what consent left: kept, refused, filtered, failed; signals, agents, licences.

    Example: crawler report jobs/example -o report.html
    """
    check_out(out, to_json=to_json, to_csv=to_csv)
    screened = [job for job in jobs if is_screening(job)]
    if screened:
        if len(screened) < len(jobs):
            raise UsageError("jobs and screenings count different things: report on them apart")
        shown = screening_report(screened, time.time())
        show(shown, out, to_json=to_json, to_csv=to_csv)
        return
    found = [Job(_name(job), tuple(shard_folders(job))) for job in jobs]
    show(report(found, time.time(), sample), out, to_json=to_json, to_csv=to_csv)


def _name(job: Path) -> str:
    return job.resolve().name or str(job)
