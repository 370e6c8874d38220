"""Another policy over the evidence a job holds: what would leave, enter, or need a fetch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler.core.consent.protocols import current
from crawler.core.policy import ConsentPolicy
from crawler.store.damaged_reads import Spared
from crawler.store.database import Connection
from crawler.store.deciding_again import Stands, how_it_stands
from crawler.store.job import read_job
from crawler.store.site_evidence import Judged, judge

_EXAMPLES = 20
_HELD = frozenset({"active", "held"})  # states of a page whose text is there


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
    spared: Spared = field(default_factory=Spared)

    def as_json(self) -> dict[str, Any]:
        return {
            "decided": self.decided,
            "same": self.same,
            "leave": dict(self.leave),
            "enter": dict(self.enter),
            "fetch": dict(self.fetch),
            "reason_only": dict(self.reason_only),
            "examples": self.examples,
            "damaged": self.spared.found,
        }

    def _note(self, counts: Counter[str], name: str, reason: str, url: str) -> None:
        counts[reason] += 1
        shown = self.examples.setdefault(name, [])
        if len(shown) < _EXAMPLES:
            shown.append(url)

    def compare(self, row: Stands, judged: Judged) -> None:
        """Count what changes for one URL that was decided again."""
        decision = judged.decision
        held = row.state in _HELD
        waits = judged.waits if held else decision.awaiting  # to be fetched, and sought with it
        yes = decision.included and not waits
        waited = row.included and (row.state, row.state_reason) == ("held", "awaiting")
        reason = "awaiting" if decision.included and waits else decision.reason
        before = "awaiting" if waited else current(row.reason)
        self.decided += 1
        if yes == (bool(row.included) and not waited and row.awaiting == "[]"):
            if reason == before:
                self.same += 1
            else:
                change = f"{before} -> {reason}"
                self._note(self.reason_only, "reason_only", change, row.url)
        elif not yes:
            # What is retired or purged has left already, for whatever reason.
            if held:
                self._note(self.leave, "leave", reason, row.url)
            else:
                self.same += 1
        elif held:
            self._note(self.enter, "enter", before, row.url)
        else:
            self._note(self.fetch, "fetch", before, row.url)


def redecide(folders: Iterable[Path], policy: ConsentPolicy, now: float | None) -> Difference:
    """Apply `policy` to all evidence, each URL at its own `decided_at` unless `now` is given.

    What speaks for a URL is what was known at that time; with `now` all that is known.

    Nothing is written and nothing is asked for.
    """
    difference = Difference()
    for folder in folders:
        with read_job(folder) as connection:
            for (number,) in connection.execute("SELECT url_id FROM decision ORDER BY url_id"):
                with difference.spared.row(f"decision {number}"):
                    _compare(connection, number, (policy, now), difference)
    return difference


def policy_of(folder: Path) -> ConsentPolicy | None:
    """Return the policy the job in `folder` was last run under, or None if it never was."""
    with read_job(folder) as connection:
        row = connection.execute(
            "SELECT consent FROM policy JOIN meta ON value = sha256 WHERE key = 'policy'"
        ).fetchone()
    return ConsentPolicy.model_validate_json(row[0]) if row else None


def _compare(
    connection: Connection,
    number: int,
    under: tuple[ConsentPolicy, float | None],
    difference: Difference,
) -> None:
    policy, now = under
    row = how_it_stands(connection, number)
    if row is None:
        return
    known = row.decided_at if now is None else None  # later answers came after it
    evidence = row.evidence(connection, known)
    if evidence is not None:
        at = row.decided_at if now is None else now
        difference.compare(row, judge(connection, evidence, policy, at, at=known))
