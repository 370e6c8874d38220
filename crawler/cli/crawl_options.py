"""The options of `crawler crawl` that `crawler cluster crawl` has, too."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, TypeAlias

import typer

from crawler.cli.event_log import Level

Seeds: TypeAlias = Annotated[list[str] | None, typer.Argument(help="URLs to start from.")]
SeedsFile: TypeAlias = Annotated[
    Path | None, typer.Option(metavar="FILE|-", help="File with one URL a line, gzipped or not.")
]
SkipBadSeeds: TypeAlias = Annotated[
    bool,
    typer.Option("--skip-bad-seeds", help="Go on without seeds that are no URLs, and list them."),
]
PolicyName: TypeAlias = Annotated[str, typer.Option(help="Policy file, or a preset's name.")]
MaxPages: TypeAlias = Annotated[int | None, typer.Option(min=1, help="Stop at so many pages kept.")]
MaxDepth: TypeAlias = Annotated[int | None, typer.Option(min=0, help="Follow links so many steps.")]
Scope: TypeAlias = Annotated[
    Literal["host", "site", "any"] | None, typer.Option(help="Where links may lead.")
]
MaxTime: TypeAlias = Annotated[str | None, typer.Option(help='Stop after so long, such as "2h".')]
MaxBytes: TypeAlias = Annotated[
    str | None, typer.Option(help='Stop after so many bytes received, such as "5GB".')
]
Revisit: TypeAlias = Annotated[
    bool, typer.Option("--revisit", help="Ask again for kept pages that are due.")
]
LogLevel: TypeAlias = Annotated[
    Level | None, typer.Option(help="Tell on standard error what happens, from this level on.")
]
ToJson: TypeAlias = Annotated[bool, typer.Option("--json", help="Print a summary at the end.")]
