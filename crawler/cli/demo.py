"""`crawler demo`: see it work on a small web of this machine's own."""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from crawler.cli.errors import UsageError
from crawler.cli.export import export_job
from crawler.cli.grammar import old_form, written_to
from crawler.cli.job_policy import last_config
from crawler.demo.run import FolderTaken, demo, serve_only


def command(
    job: Annotated[Path, typer.Argument(help="Folder of the demo's job.")] = Path("demo-job"),
    serve: Annotated[
        bool, typer.Option("--serve", help="Only serve the web, and print a policy for it.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="With --serve: write policy and seeds to this folder."),
    ] = None,
    old_job: Annotated[Path | None, typer.Option("--job", hidden=True)] = None,
    into: Annotated[Path | None, typer.Option(hidden=True)] = None,
) -> None:
    """Serve a loopback web of many hosts, crawl it, export it, and show what was refused and why.

    Exit code 1 if a host came out otherwise than its story says.

    Example: crawler demo demo-job
    """
    if into is not None:
        out = written_to(out, into, "demo --serve", "--into")
    if old_job is not None:
        old_form("demo --job DIR", "demo DIR")
        job = old_job
    console = Console()
    try:
        if serve:
            asyncio.run(serve_only(out, console))
            return
        right = asyncio.run(demo(job, clock=time.time, export=_export, console=console))
    except FolderTaken as error:
        raise UsageError(str(error)) from error
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(0 if right else 1)


def _export(job: Path, out: Path) -> None:
    export_job(job, out, last_config(job))
