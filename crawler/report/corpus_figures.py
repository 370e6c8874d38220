"""The figures of what was kept: licences, languages, domains, and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from crawler.display import charts
from crawler.display.figure import Column, Figure, Row
from crawler.display.proportion import Share
from crawler.report.consent_figures import TONES
from crawler.report.numbers import FAILED, FILTERED, KEPT, REFUSED, UNPROVEN, Amount, Numbers

_PAGES, _WORDS, _SHARE = Column("pages"), Column("words"), Column("share", "share")
_SIZES = ((1, 1), (2, 9), (10, 99), (100, 999), (1_000, None))
# Minutes a column may stand for, and how its time is written.
_STEPS = (
    (1, "%H:%M"),
    (5, "%H:%M"),
    (15, "%d %b %H:%M"),
    (60, "%d %b %H:%M"),
    (360, "%d %b %H:%M"),
    (1_440, "%d %b"),
    (10_080, "%d %b %Y"),
    (40_320, "%b %Y"),
)
_COLUMNS = 40


def licence_classes(numbers: Numbers) -> Figure:
    found: dict[str, Amount] = {}
    for (kind, _), amount in numbers.licences.items():
        found.setdefault(kind, Amount()).add(amount.pages, amount.words)
    return _kept(
        "licence_classes",
        "By licence class",
        "Kept pages by the class of the licence believed of their text (docs/licences.md).",
        Column("class", "code"),
        found,
        numbers.pages(KEPT),
        "licences",
    )


def licences(numbers: Numbers) -> Figure:
    found = {spdx: Amount() for _, spdx in numbers.licences}
    for (_, spdx), amount in numbers.licences.items():
        found[spdx].add(amount.pages, amount.words)
    return _kept(
        "licences",
        "By licence",
        "Kept pages by the licence itself, as SPDX names it.",
        Column("licence", "code"),
        found,
        numbers.pages(KEPT),
        "licences",
    )


def languages(numbers: Numbers) -> Figure:
    return _kept(
        "languages",
        "By language",
        "Kept pages by the language recognised in their text.",
        Column("language", "code"),
        numbers.languages,
        numbers.pages(KEPT),
        "languages",
    )


def _kept(
    name: str,
    title: str,
    about: str,
    column: Column,
    found: Mapping[str, Amount],
    whole: int,
    query: str,
) -> Figure:
    return Figure(
        name=name,
        title=title,
        about=about,
        columns=(column, _PAGES, _WORDS, _SHARE),
        rows=tuple(
            (key, amount.pages, amount.words, Share(amount.pages, whole))
            for key, amount in _largest(found.items())
        ),
        bar="share",
        tone="kept",
        queries=(query,),
        shown=15,
    )


def _largest(items: Iterable[tuple[str, Amount]]) -> list[tuple[str, Amount]]:
    return sorted(items, key=lambda item: (-item[1].pages, -item[1].words, item[0]))


def domains(numbers: Numbers) -> Figure:
    """Return the domains with most words kept or most pages seen, and what became of them."""
    nothing = Counter[str]()
    rows = []
    for site in numbers.domains.keys() | numbers.domains_without.keys():
        amount = numbers.domains.get(site, Amount())
        without = numbers.domains_without.get(site, nothing)
        refused = without[REFUSED]
        rows.append(
            (
                site,
                amount.words,
                amount.pages,
                refused,
                without[FILTERED],
                without[UNPROVEN] + without[FAILED],
                Share(amount.pages, amount.pages + refused),
            )
        )
    rows.sort(key=lambda row: (-row[1], -row[3], row[0]))
    return Figure(
        name="domains",
        title="Top domains",
        about=f"Of {len(rows):,} registrable domains, those with most words kept. Share: pages kept"
        " of those that were kept or refused.",
        columns=(
            Column("domain", "text"),
            _WORDS,
            Column("kept"),
            Column("refused"),
            Column("filtered"),
            Column("failed"),
            Column("share", "share"),
        ),
        rows=tuple(rows),
        bar="share",
        tone="kept",
        queries=("domains", "domains_without"),
        wide=True,
    )


def sizes(numbers: Numbers) -> Figure:
    """Return domains by how many of their pages were kept."""
    rows = []
    for least, most in _SIZES:
        label = f"{least:,}" if least == most else f"{least:,} to {most:,}" if most else "1,000 on"
        within = [
            amount
            for amount in numbers.domains.values()
            if amount.pages >= least and (most is None or amount.pages <= most)
        ]
        if within:
            words = sum(amount.words for amount in within)
            rows.append((label, len(within), words, Share(len(within), len(numbers.domains))))
    return Figure(
        name="sizes",
        title="Domains by size",
        about="Registrable domains by how many of their pages were kept.",
        columns=(Column("pages_kept", "text"), Column("domains"), _WORDS, _SHARE),
        rows=tuple(rows),
        bar="share",
        queries=("domains",),
    )


def over_time(numbers: Numbers) -> Figure:
    """Return what was kept and what was decided against, by the time of it."""
    layers = {
        what: numbers.minutes.get(what, Counter()) for what in (KEPT, REFUSED, FILTERED, UNPROVEN)
    }
    layers = {what: counts for what, counts in layers.items() if counts}
    minutes = sorted({minute for counts in layers.values() for minute in counts})
    step, written = _step(minutes)
    slots = sorted({minute // step for minute in minutes})
    # A crawl that rested for months has no column for each of its silent hours.
    span = range(slots[0], slots[-1] + 1) if slots else range(0)
    names = [_moment(slot * step, written) for slot in span]
    stacks = {what: (TONES[what], _in_slots(counts, span, step)) for what, counts in layers.items()}
    picture = charts.columns(names, stacks, _said(names, layers)) if slots else None
    rows: tuple[Row, ...] = tuple(
        (
            datetime.fromtimestamp(slot * step * 60, UTC).strftime("%Y-%m-%d %H:%M"),
            *(stacks[what][1][at] if what in stacks else 0 for what in _LAYERS),
        )
        for at, slot in enumerate(span)
        if any(stack[at] for _, stack in stacks.values())
    )
    return Figure(
        name="over_time",
        title="Over time",
        about="Pages kept by the time of their request, and decisions against pages by the time"
        " they were made (UTC). What was missing or failed has no stored time.",
        columns=(Column("from", "text"), *(Column(what.replace(" ", "_")) for what in _LAYERS)),
        rows=rows,
        picture=picture,
        queries=("kept_minutes", "decided_minutes"),
        shown=12,
    )


_LAYERS = (KEPT, REFUSED, FILTERED, UNPROVEN)


def _step(minutes: list[int]) -> tuple[int, str]:
    for step, written in _STEPS:
        if not minutes or minutes[-1] // step - minutes[0] // step < _COLUMNS:
            return step, written
    wide = (minutes[-1] - minutes[0]) // _COLUMNS + 1
    return wide, "%Y"


def _in_slots(counts: Counter[int], span: range, step: int) -> list[int]:
    found: Counter[int] = Counter()
    for minute, number in counts.items():
        found[minute // step] += number
    return [found[slot] for slot in span]


def _moment(minute: int, written: str) -> str:
    return datetime.fromtimestamp(minute * 60, UTC).strftime(written)


def _said(names: list[str], layers: Mapping[str, Counter[int]]) -> str:
    parts = ", ".join(f"{counts.total():,} {what}" for what, counts in layers.items())
    return f"Columns from {names[0]} to {names[-1]}: {parts}."
