"""When a crawl ends by itself, and how much it does at once: what an operator can set of it."""

from __future__ import annotations

from crawler.core.units import Duration, Settings, Size


class Limits(Settings):
    """Policy table `[limits]`: when a crawl ends by itself, and how much it does at once."""

    patience: Duration = "10m"  # type: ignore[assignment] # validated like the operator's own
    max_pages: int | None = None  # pages kept, over all runs of the job
    max_time: Duration | None = None
    max_bytes: Size | None = None  # body bytes received in this run
    max_disk: Size | None = None  # size of the job folder
    workers: int = 64  # visits at once, slow ones not counted
