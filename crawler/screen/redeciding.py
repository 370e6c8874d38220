"""Another policy over the rows of a screening: what would leave or enter, without the inputs."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from crawler.config import Config
from crawler.config.corpus_tables import Suppression as SuppressionList
from crawler.core.content.settings import SitemapLimits
from crawler.core.judge import Rules
from crawler.core.policy import ConsentPolicy
from crawler.screen.decided_reading import tables
from crawler.screen.decided_rows import RowDecider
from crawler.screen.deciding import Decider, Terms, suppression_of
from crawler.screen.originals import originals
from crawler.screen.plan import read_json
from crawler.screen.screened_jobs import FOLDER
from crawler.store.job import read_job
from crawler.store.policy_changes import load_settings

_COLUMNS = ["url", "included", "reason"]
_EXAMPLES = 5


@dataclass(slots=True)
class Rows:
    """Rows that another policy decides otherwise, counted by reason, with examples."""

    decided: int = 0
    same: int = 0
    leave: Counter[str] = field(default_factory=Counter)  # by the new reason
    enter: Counter[str] = field(default_factory=Counter)  # by the old one
    reason_only: Counter[str] = field(default_factory=Counter)  # "old -> new"
    examples: dict[str, list[str]] = field(default_factory=dict)
    # Without the evidence of silent pages a row is decided by its site, and by what refused it.
    whole: bool = True

    def as_json(self) -> dict[str, Any]:
        return {
            "decided": self.decided,
            "same": self.same,
            "leave": dict(self.leave),
            "enter": dict(self.enter),
            "reason_only": dict(self.reason_only),
            "examples": self.examples,
            "whole": self.whole,
        }

    def compare(self, url: str, before: tuple[bool, str], after: tuple[bool, str]) -> None:
        """Count what changes for one row."""
        self.decided += 1
        if before == after:
            self.same += 1
            return
        name, reason = "reason_only", f"{before[1]} -> {after[1]}"
        if before[0] != after[0]:
            name, reason = ("leave", after[1]) if before[0] else ("enter", before[1])
        counts: Counter[str] = getattr(self, name)
        counts[reason] += 1
        shown = self.examples.setdefault(name, [])
        if len(shown) < _EXAMPLES:
            shown.append(url)


def redecide_rows(folder: Path, policy: ConsentPolicy, listed: SuppressionList) -> Rows:
    """Decide again on every row of a screening, under another policy; nothing is changed.

    `listed`: the suppression list that the policy names; if none, the screening's own counts.

    Raises:
        StoreError: The job cannot be read.
        SuppressionError: The suppression list cannot be used.
    """
    plan = read_json(folder / FOLDER / "plan.json") or {}
    told: dict[str, Any] = plan.get("told", {"asked": {}, "inputs": []})
    found = Rows(whole=bool(told["asked"].get("store_evidence")))
    with read_job(folder) as connection, tempfile.TemporaryDirectory() as scratch:
        text = load_settings(connection)
        config = Config.model_validate_json(text) if text else Config()
        rules = Rules(policy, config.content, SitemapLimits())
        asked = told["asked"]
        terms = Terms(rules, config.screen, asked.get("as_of", "both"), float(plan.get("at", 0)))
        terms = replace(terms, collect_terms=bool(asked.get("collect_terms")))
        known = originals(folder / FOLDER)
        suppression = suppression_of(listed if listed.path is not None else config.suppression)
        for item in told["inputs"]:
            before = folder / FOLDER / f"{item['number']:05}.decided.parquet"
            if not before.exists():
                continue
            after = Path(scratch) / "decided.parquet"
            decider = Decider(connection, terms, suppression)
            rows = RowDecider(connection, decider, terms, known, store_evidence=False)
            rows.run(before, after, Path(scratch) / "hosts.parquet")
            for old, new in zip(_rows(before), _rows(after), strict=True):
                found.compare(old[0], old[1:], new[1:])
    return found


def _rows(path: Path) -> Iterator[tuple[str, bool, str]]:
    for table in tables(path, _COLUMNS):
        yield from zip(*(table[name].to_pylist() for name in _COLUMNS), strict=True)
