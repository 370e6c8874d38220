"""One host's turn at being read: what is known of it so far, and what it changes."""

from __future__ import annotations

from typing import Final

from crawler.core.decision import Decision
from crawler.core.evidence import Snapshot
from crawler.core.task import TaskKind
from crawler.core.urls import Url
from crawler.frontier.gate_one import Decide
from crawler.frontier.hosts import Host
from crawler.frontier.in_force import InForce
from crawler.frontier.url_rows import Changes
from crawler.store.database import Connection
from crawler.store.site_evidence import speaks_for

_FILE: Final = TaskKind.FILE


class Turn:
    """One host being read."""

    __slots__ = (  # noqa: RUF023
        "connection", "host", "in_force", "now", "changes", "sites", "complete", "held", "given",
        "spent", "_decide",
    )  # fmt: skip

    def __init__(
        self, connection: Connection, host: Host, in_force: InForce, now: float, changes: Changes
    ) -> None:
        self.connection = connection
        self.host = host
        self.in_force = in_force
        self.now = now
        self.changes = changes
        self.sites: dict[str, tuple[Snapshot, ...]] = {}
        self.complete: dict[str, tuple[Snapshot, ...]] = {}  # ... if there is nothing to ask for
        self.held: dict[str, tuple[float, str]] = {}  # origin: until, why
        self.given: dict[str, int] = {}  # origin: pages, as many as matter
        self.spent = ""  # why no more pages may be asked for; site files may
        self._decide: Decide | None = None

    def decide(self, url: Url, site: tuple[Snapshot, ...]) -> Decision:
        """Pass a URL of the host through gate 1."""
        if self._decide is None:
            self._decide = self.in_force.consent.deciding(self.in_force.policy, self.now)
        return self._decide(url, site)

    def asks_file(self) -> bool:
        queue = self.host.queue
        return bool(queue) and queue[0].kind is _FILE

    def store_counts(self) -> None:
        self.connection.execute(
            "UPDATE host SET waiting = ?, later_at = ? WHERE id = ?",
            (self.host.waiting, self.host.later_at, self.host.id),
        )

    def site_files(self, origin: str) -> tuple[Snapshot, ...]:
        """Return what speaks for an origin, read once a turn."""
        site = self.sites.get(origin)
        if site is None:
            site = speaks_for(self.connection, origin) if self.host.evidence else ()
            self.sites[origin] = site
        return site
