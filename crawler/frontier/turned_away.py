"""Links that were not admitted: counted by reason, with an example for each host."""

from __future__ import annotations

from crawler.store.database import Connection

_EXAMPLE = 300  # characters
_COUNT = (
    "INSERT INTO turned_away VALUES (?, ?)"
    " ON CONFLICT (reason) DO UPDATE SET count = count + excluded.count"
)
_LOSS = (
    "INSERT INTO loss VALUES (?, ?, ?, ?)"
    " ON CONFLICT (host, reason) DO UPDATE SET count = count + excluded.count"
)


class Away:
    """Links that were not admitted: how many by reason, and for each host one of them.

    What is known is counted only: nothing is lost with it.
    """

    __slots__ = ("counts", "losses")

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}  # a visit makes one of these: a Counter takes 1 us
        self.losses: dict[tuple[str, str], tuple[int, str]] = {}  # host, reason: how many, one

    def count(self, reason: str, count: int = 1) -> None:
        self.counts[reason] = self.counts.get(reason, 0) + count

    def add(self, reason: str, host: str, url: str, count: int = 1) -> None:
        """Count links to `host`, "" for one that may not be in the job, and remember the first."""
        self.count(reason, count)
        key = (host, reason)
        before = self.losses.get(key)
        if before is None:
            self.losses[key] = (count, url[:_EXAMPLE])
        else:
            self.losses[key] = (before[0] + count, before[1])

    def update(self, other: Away) -> None:
        """Add what another has counted."""
        for reason, count in other.counts.items():
            self.count(reason, count)
        for key, (count, url) in other.losses.items():
            before = self.losses.get(key)
            self.losses[key] = (count, url) if before is None else (before[0] + count, before[1])

    def store(self, connection: Connection) -> None:
        """Add it to what the store has counted."""
        if self.counts:
            connection.executemany(_COUNT, list(self.counts.items()))
        if self.losses:
            connection.executemany(_LOSS, [(*key, *one) for key, one in self.losses.items()])
