"""What a job holds and what it waits for, over all its shards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from heapq import nlargest, nsmallest
from operator import attrgetter
from pathlib import Path
from typing import Any

from crawler.core.consent.grounds import Ground, of_ground
from crawler.core.consent.protocols import current
from crawler.frontier import FrontierStatus, describe
from crawler.frontier.status import HostFact
from crawler.report import shells
from crawler.report.losses import Loss, joined, losses
from crawler.store.database import Connection
from crawler.store.job import holder, read_job

_SOME = 10


@dataclass(frozen=True, slots=True)
class JobStatus:
    """One job, or several shards as one."""

    pages: Counter[str] = field(default_factory=Counter)  # by state
    refused: Counter[str] = field(default_factory=Counter)  # URLs by reason, by their owners
    filtered: Counter[str] = field(default_factory=Counter)  # ... by the operator's own wish
    unproven: Counter[str] = field(default_factory=Counter)  # ... for want of proven consent
    failed: Counter[str] = field(default_factory=Counter)  # URLs by code
    frontier: FrontierStatus = field(default_factory=FrontierStatus)
    processes: tuple[int, ...] = ()  # that are crawling now
    policy: str = ""  # hash of the consent part in force
    ledger: int = 0  # entries
    losses: tuple[Loss, ...] = ()
    shells: shells.Shells = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return plain values; hosts named by more than one list are repeated."""
        return {
            "pages": dict(self.pages),
            "refused": dict(self.refused),
            "filtered": dict(self.filtered),
            "unproven": dict(self.unproven),
            "failed": dict(self.failed),
            "frontier": asdict(self.frontier),
            "processes": list(self.processes),
            "policy": self.policy,
            "ledger": self.ledger,
            "losses": [asdict(loss) for loss in self.losses],
            "shells": self.shells,
        }


def job_status(folders: Iterable[Path], now: float) -> JobStatus:
    """Return the status of the job whose shards lie in `folders` (itself, if it has none).

    Raises:
        StoreError: One of them holds no job, or cannot be read.
    """
    parts = [_one(folder, now) for folder in folders]
    if len(parts) == 1:
        return parts[0]
    return JobStatus(
        sum((part.pages for part in parts), Counter()),
        sum((part.refused for part in parts), Counter()),
        sum((part.filtered for part in parts), Counter()),
        sum((part.unproven for part in parts), Counter()),
        sum((part.failed for part in parts), Counter()),
        _joined([part.frontier for part in parts]),
        tuple(process for part in parts for process in part.processes),
        next((part.policy for part in parts if part.policy), ""),
        sum(part.ledger for part in parts),
        tuple(joined([list(part.losses) for part in parts])),
        shells.joined(part.shells for part in parts),
    )


def _one(folder: Path, now: float) -> JobStatus:
    process = holder(folder)
    with read_job(folder) as connection:
        against, failed = _by_code(connection)
        return JobStatus(
            _counts(connection, "SELECT state, count(*) FROM page GROUP BY 1"),
            of_ground(against, Ground.REFUSED),
            of_ground(against, Ground.FILTERED),
            of_ground(against, Ground.UNPROVEN),
            failed,
            describe(connection, now),
            (process,) if process else (),
            _value(connection, "SELECT value FROM meta WHERE key = 'policy'", ""),
            _value(connection, "SELECT coalesce(max(seq), 0) FROM ledger", 0),
            tuple(losses(connection)),
            shells.shells(connection),
        )


def _by_code(connection: Connection) -> tuple[Counter[str], Counter[str]]:
    """Count the pages that were refused and those that failed, in one pass over all."""
    refused, failed = Counter[str](), Counter[str]()
    query = (
        "SELECT outcome, code, count(*) FROM url"
        " WHERE outcome IN ('refused', 'failed') AND kind = 0 GROUP BY 1, 2"
    )
    for outcome, code, count in connection.execute(query):
        (refused if outcome == "refused" else failed)[current(code)] += count
    return refused, failed


def _counts(connection: Connection, query: str) -> Counter[str]:
    counted: Counter[str] = Counter()
    for name, count in connection.execute(query):
        counted[current(name)] += count
    return counted


def _value(connection: Connection, query: str, default: Any) -> Any:  # noqa: ANN401
    row = connection.execute(query).fetchone()
    return row[0] if row else default


def _joined(parts: list[FrontierStatus]) -> FrontierStatus:
    due = [part.next_due for part in parts if part.next_due is not None]
    return FrontierStatus(
        _summed(part.hosts for part in parts),
        _summed(part.urls for part in parts),
        _summed(part.turned_away for part in parts),
        _summed(part.reasons for part in parts),
        min(due, default=None),
        _first(nsmallest, "due", (part.waiting_longest for part in parts)),
        _first(nlargest, "response_time", (part.slowest for part in parts)),
        _first(nsmallest, "due", (part.parked for part in parts)),
        _first(nsmallest, "due", (part.held for part in parts)),
        _first(nsmallest, "due", (part.resting for part in parts)),
    )


def _summed(parts: Iterable[dict[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for part in parts:
        total.update(part)
    return dict(total.most_common())


def _first(pick: Any, key: str, parts: Iterable[tuple[HostFact, ...]]) -> tuple[HostFact, ...]:  # noqa: ANN401
    return tuple(pick(_SOME, (fact for part in parts for fact in part), key=attrgetter(key)))
