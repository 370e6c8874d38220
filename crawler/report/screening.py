"""The report of a screening: what it left of others' data, by documents, words and bytes.

Read from what the screening wrote beside its copies: `report.json`, `hosts.parquet` and
`annotation.parquet`. Nothing is decided again.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.core.consent.protocols import PROTOCOLS, sentence
from crawler.display import charts
from crawler.display.figure import Column, Document, Figure, Query, Row, Section, Tile, Tone
from crawler.display.proportion import Proportion, Share, WeightedShare
from crawler.store.connection import StoreError

if TYPE_CHECKING:
    import pyarrow as pa

REPORT, MANIFEST = "report.json", "manifest.json"
_HOSTS, _ANNOTATION = "hosts.parquet", "annotation.parquet"
_UNITS = ("documents", "words", "bytes")
_GROUNDS: dict[str, tuple[str, Tone]] = {
    "kept": ("Kept", "kept"),
    "refused": ("Refused by owners", "refused"),
    "filtered": ("Filtered by us", "filtered"),
    "unproven": ("Not proven", "unknown"),
}
_QUERIES = (
    Query(
        "weighed",
        "What was lost to which reason, of everything, of head and tail of hosts.",
        "jq '.weighed' report.json",
    ),
    Query(
        "reasons",
        "Rows by reason (DuckDB).",
        "SELECT reason, included, count(*) AS documents\n"
        "FROM 'annotation.parquet' GROUP BY ALL ORDER BY documents DESC",
    ),
    Query(
        "hosts",
        "Origins by what became of them (DuckDB).",
        "SELECT origin, documents, kept_documents, words, kept_words, bytes, kept_bytes, reason\n"
        "FROM 'hosts.parquet' ORDER BY documents DESC",
    ),
    Query(
        "years",
        "Rows with a date by its year (DuckDB).",
        "SELECT year(date) AS year, included, count(*) AS documents\n"
        "FROM 'annotation.parquet' WHERE date IS NOT NULL GROUP BY ALL ORDER BY year",
    ),
)


def is_screening(folder: Path) -> bool:
    """Say whether a folder holds what a screening wrote."""
    return (folder / REPORT).is_file() and (folder / MANIFEST).is_file()


@dataclass(slots=True)
class Screened:
    """The numbers of one screening, or of several added up."""

    grounds: dict[str, Counter[str]] = field(default_factory=dict)  # by ground: unit -> amount
    reasons: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)
    parts: dict[str, Counter[str]] = field(default_factory=dict)  # head, tail
    hosts: list[dict[str, Any]] = field(default_factory=list)
    squares: Counter[str] = field(default_factory=Counter)  # of what hosts hold, by unit
    years: dict[int, list[int]] = field(default_factory=dict)  # kept, left out
    as_of: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def screening_report(folders: list[Path], now: float) -> Document:
    """Return the document of screenings; `now` (seconds since the epoch) is only told.

    Raises:
        StoreError: A folder's report cannot be read.
    """
    found = Screened()
    for folder in folders:
        _add(found, folder)
    return Document(
        title=f"What consent left of {', '.join(folder.resolve().name for folder in folders)}",
        facts=(
            ("documents", f"{_whole(found, 'documents'):,}"),
            ("words", f"{_whole(found, 'words'):,}"),
            ("origins", f"{len(found.hosts):,}"),
            ("evidence as of", ", ".join(dict.fromkeys(found.as_of))),
            ("reported", datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%d %H:%M UTC")),
        ),
        tiles=tuple(_tile(found, ground) for ground in _GROUNDS),
        beside="Shares are of all rows that were screened. Not proven: what could say no could not"
        " be had, or is not older than the record.",
        beside_queries=("weighed",),
        sections=(
            Section("yield", "Yield", "", (_outcomes(found), _head_and_tail(found), _time(found))),
            Section("why", "Why rows are not there", "", (_signals(found), *_reasons(found))),
            Section("hosts", "Origins", "", (_origins(found),)),
        ),
        queries=_QUERIES,
        on="Where each number comes from; run in the folder of the screening.",
        notes=tuple(found.notes),
    )


def _add(found: Screened, folder: Path) -> None:
    try:
        told = json.loads((folder / REPORT).read_text(encoding="utf-8"))
        weighed = told["weighed"]
        found.as_of.append(str(told["as_of"]))
        for place in ("head", "tail"):
            found.parts.setdefault(place, Counter()).update(_numbers(weighed[place]))
        whole = weighed["all"]
        kept = {unit: whole[f"kept_{unit}"] for unit in _UNITS}
        found.grounds.setdefault("kept", Counter()).update(kept)
        for reason, weights in whole["lost"].items():
            ground = weights["ground"]
            numbers = {unit: weights.get(unit, 0) for unit in _UNITS}
            found.reasons.setdefault((ground, reason), Counter()).update(numbers)
            if ground != "kept":
                found.grounds.setdefault(ground, Counter()).update(numbers)
        found.notes += [
            f"{item['file']}: {item['damage']}" for item in told["inputs"] if item["damage"]
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(f"{folder / REPORT} cannot be read: {error!r}") from error
    _add_hosts(found, folder)
    _add_years(found, folder)


def _numbers(told: Mapping[str, Any]) -> dict[str, int]:
    return {key: value for key, value in told.items() if isinstance(value, int)}


def _add_hosts(found: Screened, folder: Path) -> None:
    table = _table(found, folder / _HOSTS, None)
    if table is None:
        return
    rows = table.to_pylist()
    found.hosts += rows
    for unit in _UNITS:
        found.squares[unit] += sum((row[unit] or 0) ** 2 for row in rows)


def _add_years(found: Screened, folder: Path) -> None:
    table = _table(found, folder / _ANNOTATION, ["date", "included"])
    if table is None:
        return
    import pyarrow.compute as pc  # noqa: PLC0415 - an extra

    years = pc.year(table["date"])
    counted = table.append_column("year", years).group_by(["year", "included"])
    for row in counted.aggregate([([], "count_all")]).to_pylist():
        if row["year"] is not None:
            cells = found.years.setdefault(row["year"], [0, 0])
            cells[0 if row["included"] else 1] += row["count_all"]


def _table(found: Screened, path: Path, columns: list[str] | None) -> pa.Table | None:
    """Return a table; one that is damaged is noted, and its figures are empty."""
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as error:
        raise StoreError(f"{path} is Parquet: pip install 'consent-crawler[parquet]'") from error
    try:
        return pq.read_table(path, columns=columns)
    except (OSError, pa.ArrowException) as error:
        found.notes.append(f"{path.name} cannot be read: {str(error).splitlines()[0][:200]}")
        return None


def _whole(found: Screened, unit: str) -> int:
    return sum(amounts[unit] for amounts in found.grounds.values())


def _share(found: Screened, part: int, unit: str) -> Proportion:
    """Return a share; origins are what was drawn, so they are its sample (Kish)."""
    return WeightedShare(part, _whole(found, unit), found.squares[unit])


def _tile(found: Screened, ground: str) -> Tile:
    label, tone = _GROUNDS[ground]
    count = found.grounds.get(ground, Counter())["documents"]
    share = Share(count, _whole(found, "documents"))
    says = f"{label}: {count:,} of {share.whole:,} documents, {share.value or 0:.1%}."
    reasons = Counter(
        {reason: n["documents"] for (own, reason), n in found.reasons.items() if own == ground}
    )
    return Tile(
        name=ground,
        label=label,
        tone=tone,
        number=count,
        share=share,
        picture=charts.waffle(share, tone, says),
        parts=tuple((reason.removeprefix("kept: "), n) for reason, n in reasons.most_common(3)),
        query="weighed",
    )


def _outcomes(found: Screened) -> Figure:
    rows: list[Row] = []
    for ground, (label, _) in _GROUNDS.items():
        amounts = found.grounds.get(ground, Counter())
        cells = [(amounts[unit], _share(found, amounts[unit], unit)) for unit in _UNITS]
        rows.append((label, *(cell for pair in cells for cell in pair)))
    columns = [
        column for unit in _UNITS for column in (Column(unit), Column(f"{unit}_share", "share"))
    ]
    return Figure(
        name="outcomes",
        title="What became of the rows",
        about="By documents, words and bytes. The interval is that of so many origins as theirs"
        " are worth, for origins decide.",
        columns=(Column("outcome", "text"), *columns),
        rows=tuple(rows),
        bar="documents_share",
        tones=tuple(tone for _, tone in _GROUNDS.values()),
        queries=("weighed", "hosts"),
        wide=True,
    )


def _head_and_tail(found: Screened) -> Figure:
    rows: list[Row] = []
    for place, amounts in found.parts.items():
        shares = (Share(amounts[f"kept_{unit}"], amounts[unit]) for unit in _UNITS)
        rows.append((place, amounts["documents"], *shares))
    return Figure(
        name="head_and_tail",
        title="Head and tail",
        about="Kept, of the largest origins that together have half of the documents, and of the"
        " rest.",
        columns=(
            Column("origins", "text"),
            Column("documents"),
            *(Column(f"{unit}_kept", "share") for unit in _UNITS),
        ),
        rows=tuple(rows),
        bar="documents_kept",
        tone="kept",
        queries=("weighed",),
        wide=True,
    )


def _time(found: Screened) -> Figure:
    years = sorted(found.years)
    span = list(range(years[0], years[-1] + 1)) if years else []
    kept = [found.years.get(year, [0, 0])[0] for year in span]
    left = [found.years.get(year, [0, 0])[1] for year in span]
    says = f"{sum(kept):,} rows kept and {sum(left):,} left out, by year."
    names = [str(year) for year in span]
    stacks: dict[str, tuple[Tone, list[int]]] = {
        "kept": ("kept", kept),
        "left out": ("refused", left),
    }
    return Figure(
        name="years",
        title="By the date of the record",
        about="Rows that have a date, by its year.",
        columns=(Column("year", "text"), Column("kept"), Column("left_out")),
        rows=tuple(zip(names, kept, left, strict=True)),
        picture=charts.columns(names, stacks, says) if span else None,
        queries=("years",),
    )


def _signals(found: Screened) -> Figure:
    where = {protocol.name: protocol.where.replace("`", "") for protocol in PROTOCOLS}
    counts: Counter[str] = Counter()
    for (ground, reason), amounts in found.reasons.items():
        if ground == "refused":
            counts[reason.partition(".")[0]] += amounts["documents"]
    return Figure(
        name="signals",
        title="By signal",
        about="Rows that owners refused by the kind of statement that decided.",
        columns=(
            Column("signal", "code"),
            Column("documents"),
            Column("share", "share"),
            Column("where", "text"),
        ),
        rows=tuple(
            (name, count, Share(count, counts.total()), where.get(name, ""))
            for name, count in counts.most_common()
        ),
        bar="share",
        tone="refused",
        queries=("weighed", "reasons"),
        wide=True,
    )


def _reasons(found: Screened) -> tuple[Figure, ...]:
    figures = []
    for ground, (label, tone) in _GROUNDS.items():
        own = [(reason, n) for (of, reason), n in found.reasons.items() if of == ground]
        own.sort(key=lambda item: (-item[1]["documents"], item[0]))
        if not own:
            continue
        whole = _whole(found, "documents")
        rows: list[Row] = [
            (
                reason.removeprefix("kept: "),
                *(amounts[unit] for unit in _UNITS),
                Share(amounts["documents"], whole),
                sentence(reason.removeprefix("kept: ")),
            )
            for reason, amounts in own
        ]
        figures.append(
            Figure(
                name=ground,
                title=label if ground != "kept" else "Kept for another reason than silence",
                about="By the code of the reason; shares are of all rows.",
                columns=(
                    Column("code", "code"),
                    *(Column(unit) for unit in _UNITS),
                    Column("share", "share"),
                    Column("meaning", "text"),
                ),
                rows=tuple(rows),
                bar="share",
                tone=tone,
                queries=("weighed", "reasons"),
                wide=True,
            )
        )
    return tuple(figures)


def _origins(found: Screened) -> Figure:
    rows = sorted(found.hosts, key=lambda row: (-(row["documents"] or 0), str(row["origin"])))
    return Figure(
        name="origins",
        title="Top origins",
        about=f"Of {len(rows):,} origins those with most rows, what was kept of them, and the"
        " reason that cost them most.",
        columns=(
            Column("origin", "text"),
            Column("documents"),
            Column("words"),
            Column("kept", "share"),
            Column("reason", "code"),
        ),
        rows=tuple(
            (
                str(row["origin"]),
                row["documents"],
                row["words"],
                Share(row["kept_documents"] or 0, row["documents"] or 0),
                row["reason"] or "",
            )
            for row in rows
        ),
        bar="kept",
        tone="kept",
        queries=("hosts",),
        wide=True,
    )
