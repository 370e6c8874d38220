"""What `crawl` shows while it runs: a live table on a terminal, else a line every 10 s."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from crawler.crawl import Hosts
from crawler.engine import Progress

PLAIN_EVERY = 10.0  # seconds
_REASONS = 8


@contextmanager
def terminal(render: Callable[[], Group]) -> Iterator[None]:
    """Show `render()` live on standard error, four times a second."""
    console = Console(stderr=True)
    with Live(console=console, refresh_per_second=4, get_renderable=render, transient=False):
        yield


def on_terminal() -> bool:
    return sys.stderr.isatty()


def plain_line(progress: Progress, hosts: Hosts, ran: float) -> str:
    """Return the state in one line, for logs and pipes."""
    rate = progress.visits / ran if ran else 0.0
    reasons = ", ".join(f"{code} {count}" for code, count in progress.reasons.most_common(3))
    line = (
        f"{ran:.0f} s: kept {progress.kept}, refused {progress.refused}, "
        f"failed {progress.failed}, {rate:.1f} visits/s, {_bytes(progress.bytes)}, "
        f"hosts {hosts.ready} ready {hosts.waiting} waiting {hosts.parked} parked, "
        f"{hosts.queued} URLs queued"
    )
    return f"{line}; refused by {reasons}" if reasons else line


def table(progress: Progress, hosts: Hosts, ran: float) -> Group:
    """Return the live picture."""
    rate = progress.visits / ran if ran else 0.0
    grid = Table.grid(padding=(0, 3))
    grid.add_row(
        "pages",
        f"[green]{progress.kept}[/] kept",
        f"[yellow]{progress.refused}[/] refused",
        f"[red]{progress.failed}[/] failed",
        f"{progress.held} held",
    )
    grid.add_row(
        "speed",
        f"{rate:.1f} visits/s",
        _bytes(progress.bytes),
        f"{progress.active} under way",
        f"{ran:.0f} s",
    )
    grid.add_row(
        "hosts",
        f"{hosts.ready} ready",
        f"{hosts.waiting} waiting",
        f"{hosts.parked} parked",
        f"{hosts.queued} URLs queued",
    )
    parts: list[Table | Text] = [grid]
    if progress.reasons or progress.failures:
        why = Table(title="why not kept", title_justify="left", box=None, show_header=False)
        rows = progress.reasons + progress.failures
        for code, count in rows.most_common(_REASONS):
            why.add_row(f"  {count}", code)
        parts.append(why)
    return Group(*parts)


def _bytes(count: float) -> str:
    for unit in ("B", "kB", "MB"):
        if count < 1_000:  # noqa: PLR2004 - SI prefixes
            return f"{count:.0f} {unit}" if unit == "B" else f"{count:.1f} {unit}"
        count /= 1_000
    return f"{count:.1f} GB"
