"""Documents of figures on the command line: as a page, tables, JSON or CSV."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawler.cli.errors import UsageError
from crawler.cli.terminal_text import harmless
from crawler.display.figure import Document
from crawler.display.in_rows import as_csv, as_json
from crawler.display.page import cell, render


def check_out(out: Path | None, *, to_json: bool, to_csv: bool) -> None:
    """Make sure, before anything is read, that what was asked for can be written.

    Raises:
        UsageError: Two forms are to be printed, or `out` cannot be a file.
    """
    if to_json and to_csv:
        raise UsageError("--json and --csv both print to standard output: choose one")
    if out is not None and (out.is_dir() or not out.absolute().parent.is_dir()):
        raise UsageError(f"--out {out}: name a file in a folder that is there, such as page.html")


def show(document: Document, out: Path | None, *, to_json: bool, to_csv: bool) -> None:
    """Write the page to `out`, and print the numbers as asked for."""
    if out is not None:
        draft = out.with_name(f"{out.name}.partial")
        draft.write_text(render(document), encoding="utf-8")
        draft.replace(out)
    if to_json:
        print(json.dumps(as_json(document), indent=2))
    elif to_csv:
        sys.stdout.write(as_csv(document))
    elif out is None:
        _print(document, Console())
    else:
        print(f"written to {out}")


def _print(document: Document, console: Console) -> None:
    console.print(Text(harmless(document.title), "bold"))
    for tile in document.tiles:
        console.print(Text(f"{tile.label}: {tile.number:,}  {tile.share}"))
    console.print(Text(document.beside, "dim"))
    for note in document.notes:
        console.print(Text(f"not counted: {harmless(note)}", "red"))
    for figure in document.figures:
        if not figure.rows:
            continue
        console.print()
        console.print(Text(figure.title, "bold"))
        console.print(Text(figure.about, "dim"))
        table = Table(box=None, padding=(0, 2, 0, 0))
        for column in figure.columns:
            left = column.kind in ("text", "code")
            table.add_column(column.title, justify="left" if left else "right")
        for row in figure.rows[: figure.shown]:
            texts = [cell(column, value) for column, value in zip(figure.columns, row, strict=True)]
            table.add_row(*(Text(harmless(text)) for text in texts))
        console.print(table)
