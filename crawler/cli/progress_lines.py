"""What `crawl` shows while it runs: a `live_table` on a terminal, else a line every 10 s."""

from __future__ import annotations

import sys

from crawler.crawl import Hosts
from crawler.engine import Progress

PLAIN_EVERY = 10.0  # seconds
_WHY = {
    "done": "nothing is left to do",
    "spent": "nothing is left to do within the page budgets; what waits beyond them is stored",
    "patience": "nothing else is due within the policy's patience; what waits is stored",
    "max-pages": "the limit of pages is reached",
    "max-time": "the limit of time is reached",
    "max-bytes": "the limit of bytes is reached",
    "max-disk": "the limit of disk space is reached",
    "interrupted": "interrupted",
}


def on_terminal() -> bool:
    return sys.stderr.isatty()


def why(code: str) -> str:
    """Return in words why a crawl ended."""
    return _WHY.get(code, code)


def plain_line(progress: Progress, hosts: Hosts, ran: float) -> str:
    """Return the state in one line, for logs and pipes."""
    rate = progress.visits / ran if ran else 0.0
    reasons = ", ".join(f"{code} {count}" for code, count in progress.reasons.most_common(3))
    paused = "paused; " if progress.paused else ""
    line = (
        f"{ran:.0f} s: {paused}kept {progress.kept}, refused {progress.refused}, "
        f"filtered {progress.filtered}, "
        f"failed {progress.failed}, {rate:.1f} visits/s, {readable(progress.bytes)}, "
        f"hosts {hosts.ready} ready {hosts.waiting} waiting {hosts.parked} parked, "
        f"{hosts.queued} URLs queued"
    )
    return f"{line}; turned down by {reasons}" if reasons else line


def readable(count: float) -> str:
    """Return a number of bytes with its unit."""
    for unit in ("B", "kB", "MB"):
        if count < 1_000:  # noqa: PLR2004 - SI prefixes
            return f"{count:.0f} {unit}" if unit == "B" else f"{count:.1f} {unit}"
        count /= 1_000
    return f"{count:.1f} GB"
