"""Shares of domains and of weight that are closed, by month, for the whole and for its strata.

The head are the heaviest domains, looked at whole; the sample is drawn from the rest by a seed; the
mixture joins them by the head's part of all weight (Longpre et al. 2024, section 3).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from random import Random

import numpy as np
import numpy.typing as npt

from crawler.audit.collected import COMBINED_UNIT, Collected, History, Month
from crawler.audit.earlier import Standing
from crawler.audit.rule_sets import Status
from crawler.display.proportion import Mixture, Proportion, Share, WeightedShare

HEAD = 2_000  # domains, as the study took
_TENTH = 10  # ... or so many parts of a smaller list
SAMPLE = 10_000
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Strata:
    """Which domains belong to what; `f_head` is the head's part of all weight."""

    head: npt.NDArray[np.bool_]
    sample: npt.NDArray[np.bool_]
    f_head: float
    seed: int


def strata(
    weights: Numbers, head: int | None = None, sample: int | None = None, seed: int = 0
) -> Strata:
    """Return head and sample of domains in the order of their names.

    Of equal weights the first names are the head. Without weights that differ there is none.
    """
    count = len(weights)
    most = HEAD if count >= HEAD * _TENTH else count // _TENTH
    differ = count > 0 and float(weights.max()) > float(weights.min())
    size = min(count, most if head is None else head) if differ or head else 0
    order = np.argsort(-weights, kind="stable")
    in_head = np.zeros(count, dtype=np.bool_)
    in_head[order[:size]] = True
    rest = np.flatnonzero(~in_head)
    wanted = min(len(rest), SAMPLE if sample is None else sample)
    drawn = Random(seed).sample(range(len(rest)), wanted)  # noqa: S311 - a sample, no secret
    in_sample = np.zeros(count, dtype=np.bool_)
    in_sample[rest[drawn]] = True
    whole = float(weights.sum())
    return Strata(in_head, in_sample, float(weights[in_head].sum()) / whole if whole else 0.0, seed)


@dataclass(frozen=True, slots=True)
class Counted:
    """Domains and weight by row of statuses (down) and month (across)."""

    domains: Numbers
    weight: Numbers
    squares: Numbers  # by month: of the weights of all domains that are counted

    def share(self, closed: npt.NDArray[np.bool_], at: int) -> Share:
        """Return the share of domains whose row is one of `closed` in the month at place `at`."""
        column = self.domains[:, at]
        return Share(round(float(column[closed].sum())), round(float(column.sum())))

    def weighted(self, closed: npt.NDArray[np.bool_], at: int) -> WeightedShare:
        column = self.weight[:, at]
        part, whole = float(column[closed].sum()), float(column.sum())
        return WeightedShare(part, whole, float(self.squares[at]))


@dataclass(frozen=True, slots=True)
class Tables:
    """The numbers of one rule set: everything, the head, the sample."""

    name: str
    statuses: npt.NDArray[np.int8]  # by row and unit
    whole: Counted
    head: Counted
    sample: Counted
    f_head: float

    def closed(self, unit: int, status: Status = Status.ALL) -> npt.NDArray[np.bool_]:
        return np.equal(self.statuses[:, unit], int(status))

    def mixture(self, unit: int, at: int) -> Proportion | None:
        """Return the study's estimate for everything, None without a head."""
        if not 0 < self.f_head <= 1:
            return None
        closed = self.closed(unit)
        # The head is weighed as it is; of the rest a random domain stands for the others.
        head, rest = self.head.weighted(closed, at), self.sample.weighted(closed, at)
        return Mixture(head, rest, self.f_head)


def tables(collected: Collected, past: History, parts: Strata) -> dict[str, Tables]:
    """Return the numbers of each rule set."""
    found = {}
    for place, (name, rows) in enumerate(collected.rules.items()):
        of_text = np.array([text.rows[place] for text in collected.texts], dtype=np.int64)
        statuses = rows.table(collected.units)
        everything = np.ones(len(past.names), dtype=np.bool_)
        whole, head, sample = (
            _count(past, of_text, len(statuses), chosen)
            for chosen in (everything, parts.head, parts.sample)
        )
        found[name] = Tables(name, statuses, whole, head, sample, parts.f_head)
    return found


def _count(
    past: History, of_text: npt.NDArray[np.int64], rows: int, chosen: npt.NDArray[np.bool_]
) -> Counted:
    """Count by month: each stretch is added where it begins and taken off where it ends."""
    months = max(1, len(past.months))
    domains = np.zeros((rows, months + 1))
    weight = np.zeros((rows, months + 1))
    squares = np.zeros(months + 1)
    start = past.months.start
    if past.months:
        items = [item for item in past.stretches if chosen[item.domain]]
        texts = of_text[np.array([item.text for item in items], dtype=np.int64)]
        weights = past.weights[np.array([item.domain for item in items], dtype=np.int64)]
        for sign, places in (
            (1.0, [item.first - start for item in items]),
            (-1.0, [item.end - start for item in items]),
        ):
            at = np.array(places, dtype=np.int64)
            np.add.at(domains, (texts, at), sign)
            np.add.at(weight, (texts, at), sign * weights)
            np.add.at(squares, at, sign * weights**2)
    else:
        there = np.flatnonzero((past.last >= 0) & chosen)
        texts = of_text[past.last[there]]
        np.add.at(domains[:, 0], texts, 1.0)
        np.add.at(weight[:, 0], texts, past.weights[there])
        squares[0] = float((past.weights[there] ** 2).sum())
    running = (np.cumsum(table, axis=-1)[..., :months] for table in (domains, weight, squares))
    counted = Counted(*running)
    return Counted(
        counted.domains, np.maximum(counted.weight, 0.0), np.maximum(counted.squares, 0.0)
    )


@dataclass(frozen=True, slots=True)
class Audit:
    """Everything that was counted."""

    collected: Collected
    past: History
    parts: Strata
    tables: dict[str, Tables]

    @property
    def last(self) -> int:
        """Return the place of the last month."""
        return max(1, len(self.past.months)) - 1

    @property
    def combined(self) -> int:
        return self.collected.units.at(COMBINED_UNIT, "combined")

    @property
    def is_weighed(self) -> bool:
        weights = self.past.weights
        return bool(len(weights)) and float(weights.max()) > float(weights.min())


def changes(
    collected: Collected, past: History, rules: str, unit: int
) -> dict[Month, Counter[tuple[Status, Status]]]:
    """Return for each month how many domains went from which status to which."""
    place = list(collected.rules).index(rules)
    rows = collected.rules[rules].rows
    found: dict[Month, Counter[tuple[Status, Status]]] = {month: Counter() for month in past.months}
    before: tuple[int, Status] | None = None
    for item in past.stretches:
        status = Status(int(rows[collected.texts[item.text].rows[place]][unit]))
        if before is not None and before[0] == item.domain and before[1] is not status:
            found[item.first][before[1], status] += 1
        before = (item.domain, status)
    return found


def named_now(collected: Collected, past: History) -> Counter[int]:
    """Return how many domains name each agent now, by its place among the units."""
    texts = Counter(int(text) for text in past.last if text >= 0)
    found: Counter[int] = Counter()
    for text, count in texts.items():
        for at in collected.texts[text].named:
            found[at] += count
    return found


def statuses_now(collected: Collected, past: History, rules: str, unit: int) -> list[str]:
    """Return what each domain says now, in the order of names; "unknown" if nothing was seen."""
    place = list(collected.rules).index(rules)
    rows = collected.rules[rules].rows
    return [
        "unknown" if text < 0 else Status(int(rows[collected.texts[text].rows[place]][unit])).label
        for text in past.last
    ]


def standing(audit: Audit) -> Standing:
    """Return what every domain whose answer is known says now to the combined agents."""
    return {
        rules: {
            name: Status[label.upper()]
            for name, label in zip(
                audit.past.names,
                statuses_now(audit.collected, audit.past, rules, audit.combined),
                strict=True,
            )
            if label != "unknown"
        }
        for rules in audit.tables
    }
