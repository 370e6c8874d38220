"""`crawler report`: what consent left of a job, in numbers, as files and pictures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawler.cli.errors import UsageError
from crawler.cluster.layout import shard_folders
from crawler.core.content import MissingExtra
from crawler.report.consent_counts import ConsentReport, consent_report
from crawler.report.consent_text import markdown, sections
from crawler.report.plots import check_drawing, draw


def command(
    job: Annotated[Path, typer.Argument(help="Folder of the job.")],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", help="Folder for report.json, report.md and pictures (extra `report`)."
        ),
    ] = None,
    to_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Count what consent left: yield, AI agents in robots.txt, licences, contradictions.

    Example: crawler report jobs/example --out figures
    """
    folders = shard_folders(job)
    if out is not None:
        _check(out)
    report = consent_report(folders)
    if out is not None:
        _write(report, job, out)
    if to_json:
        print(json.dumps({"job": str(job), **report.as_json()}, indent=2))
    else:
        _show(report, Console())
        if out is not None:
            print(f"written to {out}")


def _check(out: Path) -> None:
    try:
        check_drawing()
    except MissingExtra as error:
        raise UsageError(str(error)) from error
    if out.exists() and not out.is_dir():
        raise UsageError(f"--out {out}: is a file; name a folder")


def _write(report: ConsentReport, job: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    figures = {"job": job.name, **report.as_json()}
    (out / "report.json").write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    pictures = draw(report, out)
    (out / "report.md").write_text(markdown(report, job.name, pictures), encoding="utf-8")


def _show(report: ConsentReport, console: Console) -> None:
    for section in sections(report):
        console.print(Text(section.title, "bold"))
        console.print(Text(section.about, "dim"))
        table = Table(*section.columns, box=None, padding=(0, 2, 0, 0))
        for row in section.rows:
            table.add_row(*(Text(cell) for cell in row))
        console.print(table)
        console.print()
