"""Another policy over the evidence a job holds: what would leave, enter, or need a fetch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler.core.consent import decide
from crawler.core.consent.protocols import current
from crawler.core.evidence import Evidence
from crawler.core.policy import ConsentPolicy
from crawler.store.database import Connection
from crawler.store.job import read_job
from crawler.store.pages import load_evidence

_EXAMPLES = 20
_HELD = frozenset({"active", "held"})  # states of a page whose text is there
_READ = (
    "SELECT url_id, included AND awaiting = '[]', reason, decided_at,"
    " coalesce(page.state, '') FROM decision"
    " LEFT JOIN page USING (url_id) ORDER BY url_id"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A stored decision with what it rests on."""

    evidence: Evidence
    included: bool  # and nothing awaited
    reason: str
    decided_at: float
    state: str  # of the page, "" if no text was ever kept


@dataclass(slots=True)
class Difference:
    """URLs that another policy decides otherwise, counted by reason, with some examples."""

    decided: int = 0
    same: int = 0
    leave: Counter[str] = field(default_factory=Counter)  # by the new reason
    enter: Counter[str] = field(default_factory=Counter)  # by the old reason; the text is kept
    fetch: Counter[str] = field(default_factory=Counter)  # by the old reason; no text was kept
    reason_only: Counter[str] = field(default_factory=Counter)  # still refused: "old -> new"
    examples: dict[str, list[str]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "decided": self.decided,
            "same": self.same,
            "leave": dict(self.leave),
            "enter": dict(self.enter),
            "fetch": dict(self.fetch),
            "reason_only": dict(self.reason_only),
            "examples": self.examples,
        }

    def _note(self, counts: Counter[str], name: str, reason: str, url: str) -> None:
        counts[reason] += 1
        shown = self.examples.setdefault(name, [])
        if len(shown) < _EXAMPLES:
            shown.append(url)

    def compare(self, row: Row, policy: ConsentPolicy, now: float | None) -> None:
        """Decide one URL again, at its own time or at `now`, and count what changes."""
        decision = decide(row.evidence, policy, row.decided_at if now is None else now)
        url = row.evidence.url.text
        self.decided += 1
        yes = decision.included and not decision.awaiting
        if yes == row.included:
            if decision.reason == row.reason:
                self.same += 1
            else:
                change = f"{row.reason} -> {decision.reason}"
                self._note(self.reason_only, "reason_only", change, url)
        elif not yes:
            # What is retired or purged has left already, for whatever reason.
            if row.state in _HELD:
                self._note(self.leave, "leave", decision.reason, url)
            else:
                self.same += 1
        elif row.state in _HELD:
            self._note(self.enter, "enter", row.reason, url)
        else:
            self._note(self.fetch, "fetch", row.reason, url)


def redecide(folders: Iterable[Path], policy: ConsentPolicy, now: float | None) -> Difference:
    """Apply `policy` to all evidence, each URL at its own `decided_at` unless `now` is given.

    Nothing is written and nothing is asked for.
    """
    difference = Difference()
    for folder in folders:
        with read_job(folder) as connection:
            for row in _rows(connection):
                difference.compare(row, policy, now)
    return difference


def policy_of(folder: Path) -> ConsentPolicy | None:
    """Return the policy the job in `folder` was last run under, or None if it never was."""
    with read_job(folder) as connection:
        row = connection.execute(
            "SELECT consent FROM policy JOIN meta ON value = sha256 WHERE key = 'policy'"
        ).fetchone()
    return ConsentPolicy.model_validate_json(row[0]) if row else None


def _rows(connection: Connection) -> Iterator[Row]:
    for number, included, reason, decided_at, state in connection.execute(_READ):
        evidence = load_evidence(connection, number)
        if evidence is not None:
            yield Row(evidence, bool(included), current(reason), decided_at, state)
