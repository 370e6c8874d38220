"""What is shown of an audit as things stand: shares by weight, class, company and agent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from crawler.audit.agents import ANALYSED, CLASSES, OTHER
from crawler.audit.collected import name_of
from crawler.audit.rule_sets import Status
from crawler.audit.shares import Audit, named_now, statuses_now
from crawler.display import charts
from crawler.display.figure import Cell, Column, Figure, Row, Tile, Tone
from crawler.display.proportion import Share

_TONES: dict[Status, Tone] = {
    Status.ALL: "refused",
    Status.SOME: "filtered",
    Status.NONE: "kept",
    Status.NO_ROBOTS: "unknown",
}
SAID = {
    Status.ALL: "closed",
    Status.SOME: "partly closed",
    Status.NONE: "open",
    Status.NO_ROBOTS: "no robots.txt",
}
CIC, _RFC = "cic", "rfc9309"


def tiles(audit: Audit) -> tuple[Tile, ...]:
    """Return the first screen: what the combined agents may have, by the study's rules."""
    table = audit.tables[CIC]
    found = []
    for status in (Status.ALL, Status.SOME, Status.NONE, Status.NO_ROBOTS):
        share = table.whole.share(table.closed(audit.combined, status), audit.last)
        label = f"{SAID[status].capitalize()}"
        value = share.value or 0.0
        says = f"{label}: {share.part:,} of {share.whole:,} domains, {value:.1%}."
        parts: tuple[tuple[str, int], ...] = ()
        if status is Status.ALL:
            parts = _companies(audit)
        found.append(
            Tile(
                name=status.label,
                label=label,
                tone=_TONES[status],
                number=share.part,
                share=share,
                picture=charts.waffle(share, _TONES[status], says),
                parts=parts,
                query="combined",
            )
        )
    return tuple(found)


def _companies(audit: Audit) -> tuple[tuple[str, int], ...]:
    table, units = audit.tables[CIC], audit.collected.units
    counts = {
        name: table.whole.share(table.closed(units.at(name, "company")), audit.last).part
        for name in ANALYSED
    }
    return tuple(sorted(counts.items(), key=lambda item: -item[1])[:3])


def beside(audit: Audit) -> str:
    known = int((audit.past.last >= 0).sum())
    silent = int(audit.past.ever_silent.sum())
    rest = len(audit.past.names) - known - silent
    when = f" in {name_of(audit.past.months[-1])}" if audit.past.months else ""
    return (
        f"What robots.txt says to the combined agents of {', '.join(ANALYSED)}{when}, by the"
        f" rules of Longpre et al. 2024, of {known:,} domains whose answer is known. Of {silent:,}"
        f" more the server could not say, and {rest:,} were never asked; they are in no share."
    )


def strata_now(audit: Audit) -> Figure:
    """Return the restricted share of everything, the head, the sample, and the mixture."""
    unit, at = audit.combined, audit.last
    rows: list[Row] = []

    def add(name: str, count: int | None, find: object) -> None:
        shares = [find(table) for table in audit.tables.values()]  # type: ignore[operator]
        if any(share is not None for share in shares):
            rows.append((name, count, *shares))

    known = int((audit.past.last >= 0).sum())
    add("domains", known, lambda table: table.whole.share(table.closed(unit), at))
    if audit.is_weighed:
        table = audit.tables[CIC]
        head, sample = (round(float(p.domains[:, at].sum())) for p in (table.head, table.sample))
        add("weight", known, lambda table: table.whole.weighted(table.closed(unit), at))
        add("head, domains", head, lambda table: table.head.share(table.closed(unit), at))
        add("head, weight", head, lambda table: table.head.weighted(table.closed(unit), at))
        add("sample, domains", sample, lambda table: table.sample.share(table.closed(unit), at))
        add("sample, weight", sample, lambda table: table.sample.weighted(table.closed(unit), at))
        add("mixture, weight", head + sample, lambda table: table.mixture(unit, at))
    part = f"{audit.parts.f_head:.1%}"
    return Figure(
        name="restricted",
        title="Restricted share",
        about="Domains, and weight, that are closed to at least one of the combined agents. Head:"
        f" the heaviest domains ({part} of all weight). Sample: drawn from the rest by seed"
        f" {audit.parts.seed}. Mixture: both joined by the head's part of all weight."
        if audit.is_weighed
        else "Domains that are closed to at least one of the combined agents; no weights given.",
        columns=(
            Column("of", "text"),
            Column("count"),
            *(Column(name, "share") for name in audit.tables),
        ),
        rows=tuple(rows),
        bar=CIC,
        tone="refused",
        queries=("combined", "weights"),
        wide=audit.is_weighed,
    )


def classes(audit: Audit) -> Figure:
    return _joined(
        audit,
        "classes",
        "By class of agents",
        "Closed to at least one agent of the class, by its own group or everybody's.",
        "class",
        CLASSES,
    )


def companies(audit: Audit) -> Figure:
    names = [
        name
        for name, kind in zip(audit.collected.units.names, audit.collected.units.kinds, strict=True)
        if kind == "company"
    ]
    return _joined(
        audit,
        "companies",
        "By company",
        "Closed to at least one of its agents, training and retrieval together, as the study joined"
        f" them. Combined are {', '.join(ANALYSED)}.",
        "company",
        names,
    )


def _joined(
    audit: Audit, name: str, title: str, about: str, kind: str, names: Sequence[str]
) -> Figure:
    units = audit.collected.units
    rows: list[Row] = []
    for unit_name in names:
        unit = units.at(unit_name, kind)
        cells: list[Cell] = [unit_name]
        for table in audit.tables.values():
            cells.append(table.whole.share(table.closed(unit), audit.last))
            if audit.is_weighed:
                cells.append(table.whole.weighted(table.closed(unit), audit.last))
        rows.append(tuple(cells))
    columns = [Column(kind, "text")]
    for rules in audit.tables:
        columns.append(Column(rules, "share"))
        if audit.is_weighed:
            columns.append(Column(f"{rules}_weight", "share"))
    return Figure(
        name=name,
        title=title,
        about=about,
        columns=tuple(columns),
        rows=tuple(rows),
        bar=CIC,
        tone="refused",
        queries=("rules", "weights"),
        wide=audit.is_weighed,
    )


def agents(audit: Audit) -> Figure:
    """Return each agent that is named anywhere, and everybody."""
    units, at = audit.collected.units, audit.last
    named = named_now(audit.collected, audit.past)
    study, strict = audit.tables[CIC], audit.tables[_RFC]
    rows: list[tuple[Cell, ...]] = []
    for place in [0, *units.of_kind("agent")]:
        if place and not named[place]:
            continue
        spelt = units.names[place]
        cells: list[Cell] = [
            spelt if place else "* (all others)",
            audit.collected.agents.classes.get(spelt.lower(), OTHER) if place else "",
            study.whole.share(study.closed(place), at),
            study.whole.share(study.closed(place, Status.SOME), at).part,
            study.whole.share(study.closed(place, Status.NONE), at).part,
            strict.whole.share(strict.closed(place), at),
            named[place] if place else None,
        ]
        if audit.is_weighed:
            cells.append(study.whole.weighted(study.closed(place), at))
            cells.append(strict.whole.weighted(strict.closed(place), at))
        rows.append(tuple(cells))
    rows.sort(key=_most_closed)
    weight = (Column("cic_weight", "share"), Column("rfc9309_weight", "share"))
    return Figure(
        name="agents",
        title="By agent",
        about="Named: a group names the agent. Closed by both rule sets, partly closed and open by"
        " the study's. Agents that no file names are treated as everybody, and left out here.",
        columns=(
            Column("agent", "code"),
            Column("class", "text"),
            Column("cic", "share"),
            Column("some"),
            Column("none"),
            Column("rfc9309", "share"),
            Column("named"),
            *(weight if audit.is_weighed else ()),
        ),
        rows=tuple(rows) if audit.past.names else (),
        bar="cic",
        tone="refused",
        queries=("rules",),
        wide=True,
        shown=30,
    )


def _most_closed(row: tuple[Cell, ...]) -> tuple[int, int, str]:
    closed, named = row[2], row[6]
    part = closed.part if isinstance(closed, Share) else 0
    return -part, -(named if isinstance(named, int) else 0), str(row[0]).lower()


def top_levels(audit: Audit) -> Figure:
    """Return what is closed by the last label of the domain's name."""
    known: dict[str, list[Counter[str]]] = {}
    for place, rules in enumerate((CIC, _RFC)):
        said = statuses_now(audit.collected, audit.past, rules, audit.combined)
        for name, status in zip(audit.past.names, said, strict=True):
            if status != "unknown":
                counts = known.setdefault(name.rpartition(".")[2], [Counter(), Counter()])
                counts[place][status] += 1
    shut = Status.ALL.label
    rows: list[Row] = [
        (name, study.total(), Share(study[shut], study.total()), Share(strict[shut], study.total()))
        for name, (study, strict) in known.items()
    ]
    rows.sort(key=lambda row: (-known[str(row[0])][0].total(), str(row[0])))
    return Figure(
        name="top_levels",
        title="By top-level domain",
        about="Domains closed to the combined agents, by the last label of their name.",
        columns=(
            Column("top_level", "code"),
            Column("domains"),
            Column(CIC, "share"),
            Column(_RFC, "share"),
        ),
        rows=tuple(rows),
        bar=CIC,
        tone="refused",
        queries=("combined",),
        shown=15,
    )


def domains(audit: Audit) -> Figure:
    """Return every domain and what it says now."""
    study = statuses_now(audit.collected, audit.past, CIC, audit.combined)
    strict = statuses_now(audit.collected, audit.past, _RFC, audit.combined)
    rows = [
        (name, float(audit.past.weights[at]), study[at], strict[at])
        for at, name in enumerate(audit.past.names)
    ]
    rows.sort(key=lambda row: (-row[1], row[0]))
    return Figure(
        name="domains",
        title="Domains",
        about="The heaviest domains, and what they say to the combined agents now.",
        columns=(
            Column("domain", "text"),
            Column("weight"),
            Column("cic", "code"),
            Column("rfc9309", "code"),
        ),
        rows=tuple(rows),
        queries=("combined",),
    )
