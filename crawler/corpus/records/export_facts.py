"""What the documents beside the data are written from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from crawler.core.consent.grounds import by_ground
from crawler.core.consent.protocols import current
from crawler.corpus.records.counts import Counts
from crawler.corpus.records.export_plan import Plan
from crawler.corpus.records.format import Format
from crawler.store.database import Connection
from crawler.store.ledger import Head


@dataclass(frozen=True, slots=True)
class Facts:
    """One finished export, in figures."""

    plan: Plan
    form: Format
    counts: Counts
    head: Head
    decided: Mapping[str, Mapping[str, int]]  # decisions of the job against pages, by ground
    crawl_id: str
    version: str
    fetched: int  # pages ever fetched, kept or not
    removed: tuple[str, ...]  # domains taken out by name
    policies: tuple[tuple[str, str], ...]  # SHA-256 and canonical JSON of each consent policy

    @property
    def left_out(self) -> dict[str, dict[str, int]]:
        """Kept pages that are not in this export, by ground and reason."""
        return by_ground(self.counts.left_out)


def facts_of(connection: Connection, plan: Plan, form: Format, counts: Counts, now: Head) -> Facts:
    """Return the facts of an export that counted `counts` of the job as of `now`."""
    against: Counter[str] = Counter()
    for reason, count in connection.execute(
        "SELECT reason, count(*) FROM decision WHERE included = 0 AND awaiting = '[]' GROUP BY 1"
    ):
        against[current(reason)] += count
    (fetched,) = connection.execute(
        "SELECT count(*) FROM decision WHERE fetched_at IS NOT NULL"
    ).fetchone()
    domains = {
        row[0] for row in connection.execute("SELECT domain FROM tombstone WHERE domain != ''")
    }
    if plan.gate.suppression is not None:
        domains.update(plan.gate.suppression.domains())
    policies = connection.execute("SELECT sha256, consent FROM policy ORDER BY sha256").fetchall()
    return Facts(
        plan=plan,
        form=form,
        counts=counts,
        head=now,
        decided=by_ground(against),
        crawl_id=crawl_id_of(connection),
        version=plan.options.version or "0.0.0",
        fetched=fetched,
        removed=tuple(sorted(domains)),
        policies=tuple(policies),
    )


def crawl_id_of(connection: Connection) -> str:
    # The first entry of the ledger is the job's own, and no other job has it.
    row = connection.execute("SELECT hash FROM ledger WHERE seq = 1").fetchone()
    return row[0][:16] if row else ""
