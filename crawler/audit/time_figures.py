"""What is shown of an audit over time, and of two audits: series by month, and changes."""

from __future__ import annotations

from collections import Counter

from crawler.audit.agents import CLASSES
from crawler.audit.collected import name_of
from crawler.audit.earlier import Standing
from crawler.audit.now_figures import CIC, SAID
from crawler.audit.rule_sets import Status
from crawler.audit.shares import Audit, changes, standing
from crawler.display import charts
from crawler.display.figure import Column, Figure, Row
from crawler.display.proportion import Proportion, Share


def series(audit: Audit) -> tuple[Figure, ...]:
    """Return the shares by month: both rule sets, the classes, and the strata."""
    if not audit.past.months:
        return ()
    units = audit.collected.units
    study = audit.tables[CIC]
    months = range(len(audit.past.months))
    rules = {
        name: [table.whole.share(table.closed(audit.combined), at) for at in months]
        for name, table in audit.tables.items()
    }
    kinds = {
        name: [study.whole.share(study.closed(units.at(name, "class")), at) for at in months]
        for name in CLASSES
    }
    found = [
        _series(audit, "series", "Closed to the combined agents",
                "Share of domains, by both rule sets.", rules),
        _series(audit, "class_series", "Closed, by class",
                "Share of domains closed to at least one agent of the class (cic).", kinds),
    ]  # fmt: skip
    if audit.is_weighed:
        parts: dict[str, list[Proportion | None]] = {
            "weight": [study.whole.weighted(study.closed(audit.combined), at) for at in months],
            "head": [study.head.weighted(study.closed(audit.combined), at) for at in months],
            "sample": [study.sample.weighted(study.closed(audit.combined), at) for at in months],
            "mixture": [study.mixture(audit.combined, at) for at in months],
        }
        about = "Share of weight (cic): of everything, the head, the sample, and their mixture."
        found.append(_series(audit, "weight_series", "Closed, by weight", about, parts))
    return tuple(found)


def _series(
    audit: Audit,
    name: str,
    title: str,
    about: str,
    lines: dict[str, list[Share]] | dict[str, list[Proportion | None]],
) -> Figure:
    names = [name_of(month) for month in audit.past.months]
    ends = []
    for line, points in lines.items():
        last = points[-1]
        value = last.value if last is not None else None
        ends.append(f"{line} {value:.1%}" if value is not None else f"{line} unknown")
    says = f"{title}, {names[0]} to {names[-1]}. At the end: {', '.join(ends)}."
    drawn = [charts.Line(line, points) for line, points in lines.items()]
    counted = audit.tables[CIC].whole.domains.sum(axis=0)
    return Figure(
        name=name,
        title=title,
        about=f"{about} A month has each domain's newest answer until then.",
        columns=(
            Column("month", "text"),
            Column("domains"),
            *(Column(line, "share") for line in lines),
        ),
        rows=tuple(
            (month, round(float(counted[at])), *(points[at] for points in lines.values()))
            for at, month in reversed(list(enumerate(names)))
        ),
        picture=charts.lines(names, drawn, says),
        queries=("series", "combined"),
        shown=12,
    )


def changed(audit: Audit) -> tuple[Figure, ...]:
    """Return how many domains closed and opened in each month."""
    if len(audit.past.months) < 2:  # noqa: PLR2004 - nothing can have changed
        return ()
    found = changes(audit.collected, audit.past, CIC, audit.combined)
    names = [name_of(month) for month in audit.past.months]
    closing = [_sum(found[month], closer=True) for month in audit.past.months]
    opening = [_sum(found[month], closer=False) for month in audit.past.months]
    says = f"{sum(closing):,} steps towards closed, {sum(opening):,} towards open."
    picture = charts.columns(
        names, {"stricter": ("refused", closing), "opener": ("kept", opening)}, says
    )
    totals: Counter[tuple[Status, Status]] = Counter()
    for counts in found.values():
        totals.update(counts)
    by_month: tuple[Row, ...] = tuple(
        (name, closing[at], opening[at], closing[at] - opening[at])
        for at, name in reversed(list(enumerate(names)))
    )
    return (
        Figure(
            name="changes",
            title="Changes by month",
            about="Domains whose status for the combined agents (cic) became stricter, or opener.",
            columns=(
                Column("month", "text"),
                Column("stricter"),
                Column("opener"),
                Column("balance"),
            ),
            rows=by_month,
            picture=picture,
            queries=("series",),
            shown=12,
        ),
        _transitions("transitions", "What changed into what", totals),
    )


def _sum(counts: Counter[tuple[Status, Status]], *, closer: bool) -> int:
    return sum(count for (old, new), count in counts.items() if (new > old) is closer)


def _transitions(name: str, title: str, totals: Counter[tuple[Status, Status]]) -> Figure:
    return Figure(
        name=name,
        title=title,
        about="Steps from one status to another, all months together.",
        columns=(Column("from", "text"), Column("to", "text"), Column("domains")),
        rows=tuple(
            (SAID[old], SAID[new], count)
            for (old, new), count in sorted(totals.items(), key=lambda item: -item[1])
        ),
        bar="domains",
        tones=tuple(
            "refused" if new > old else "kept"
            for (old, new), _ in sorted(totals.items(), key=lambda item: -item[1])
        ),
        queries=("series",),
    )


def compared(before: Standing, after: Audit) -> tuple[Figure, ...]:
    """Return how two audits differ on the domains that both know."""
    now = standing(after)
    found = []
    moves: Counter[tuple[Status, Status]] = Counter()
    rows: list[Row] = []
    for rules in after.tables:
        pairs = [
            (old, now[rules][domain])
            for domain, old in before[rules].items()
            if domain in now[rules]
        ]
        was, is_now = (sum(pair[side] is Status.ALL for pair in pairs) for side in (0, 1))
        closed = sum(new is Status.ALL is not old for old, new in pairs)
        opened = sum(old is Status.ALL is not new for old, new in pairs)
        both = len(pairs)
        rows.append((rules, both, Share(was, both), Share(is_now, both), closed, opened))
        if rules == CIC:
            moves.update(pair for pair in pairs if pair[0] is not pair[1])
    found.append(
        Figure(
            name="compared",
            title="Before and after",
            about="Domains that both audits know, closed to the combined agents.",
            columns=(
                Column("rules", "code"),
                Column("domains"),
                Column("before", "share"),
                Column("after", "share"),
                Column("closed_since"),
                Column("opened_since"),
            ),
            rows=tuple(rows),
            bar="after",
            tone="refused",
            queries=("compared",),
            wide=True,
        )
    )
    found.append(_transitions("compared_transitions", "What changed between them", moves))
    return tuple(found)
