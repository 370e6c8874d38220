"""The live table of `crawl`. Loaded for a terminal only: its library is not small."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from crawler.cli.progress_lines import readable
from crawler.crawl import Hosts
from crawler.engine import Progress

_REASONS = 8


@contextmanager
def terminal(render: Callable[[], Group]) -> Iterator[None]:
    """Show `render()` live on standard error, four times a second."""
    console = Console(stderr=True)
    with Live(console=console, refresh_per_second=4, get_renderable=render, transient=False):
        yield


def table(progress: Progress, hosts: Hosts, ran: float) -> Group:
    """Return the live picture."""
    rate = progress.visits / ran if ran else 0.0
    grid = Table.grid(padding=(0, 3))
    grid.add_row(
        "pages",
        f"[green]{progress.kept}[/] kept",
        f"[yellow]{progress.refused}[/] refused",
        f"{progress.filtered} filtered",
        f"[red]{progress.failed}[/] failed",
        f"{progress.held} held",
    )
    grid.add_row(
        "speed",
        f"{rate:.1f} visits/s",
        readable(progress.bytes),
        f"{progress.active} under way" + (" [bold magenta]paused[/]" if progress.paused else ""),
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
