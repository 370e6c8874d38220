"""What a screening leaves beside the copies: who was refused, hosts, the annotation, the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from crawler.core.consent.grounds import by_ground, ground_of
from crawler.screen.decided_reading import tables
from crawler.screen.plan import Plan, read_json
from crawler.screen.row_store import DECIDED, OUTCOME, Columns

_VERDICTS = [name for name, _ in OUTCOME if name.startswith("verdict")]
_REFUSED = pa.schema(
    [
        ("url", pa.string()),
        ("reason", pa.string()),
        ("rule", pa.string()),
        ("file", pa.string()),
        ("row", pa.int64()),
    ]
)
_ANNOTATION = pa.schema(
    [
        ("surt_key", pa.string()),
        ("url", pa.string()),
        ("date", pa.timestamp("ms", tz="UTC")),
        ("included", pa.bool_()),
        ("reason", pa.string()),
        *((name, pa.string()) for name in _VERDICTS),
    ]
)
_HOSTS = pa.schema(
    [
        ("origin", pa.string()),
        *((name, pa.string()) for name in _VERDICTS),
        *((name, pa.int64()) for name in ("documents", "words", "bytes")),
        *((name, pa.int64()) for name in ("kept_documents", "kept_words", "kept_bytes")),
        ("reason", pa.string()),
        ("evidence", pa.string()),
    ]
)
_WEIGHED = ("documents", "words", "bytes")


def write_refused(plan: Plan, path: Path) -> None:
    """Write which rows were left out, and why; no text."""
    with Columns(path, _REFUSED) as out:
        for item in plan.inputs:
            for table in tables(
                plan.file(item.number, "decided.parquet"),
                ["url", "reason", "rule", "row", "included"],
            ):
                left = table.filter(pc.invert(table["included"]))
                names = pa.array([item.name] * left.num_rows, pa.string())
                columns = [left["url"], left["reason"], left["rule"], names, left["row"]]
                if left.num_rows:
                    out.write(pa.table(columns, schema=_REFUSED))


def write_annotation(plan: Plan, path: Path) -> None:
    """Write the verdict of every row that has a URL, keyed as Common Crawl's index is."""
    wanted = ["surt", "url", "date", "included", "reason", *_VERDICTS]
    with Columns(path, _ANNOTATION) as out:
        for item in plan.inputs:
            for table in tables(plan.file(item.number, "decided.parquet"), wanted):
                dates = pc.cast(pc.round(pc.multiply(table["date"], 1_000)), pa.int64()).cast(
                    pa.timestamp("ms", tz="UTC")
                )
                columns = [table["surt"], table["url"], dates]
                columns += [table[name] for name in wanted[3:]]
                whole = pa.table(columns, schema=_ANNOTATION)
                out.write(whole.filter(pc.is_valid(whole["surt_key"])))


def write_hosts(plan: Plan, path: Path) -> tuple[pa.Table, dict[str, Any]]:
    """Write what became of every origin; return its table, and the counts by reason."""
    # An input may have no rows at all.
    nothing = DECIDED.empty_table().select(["origin", "reason", "included", "words", "bytes"])
    parts = [_weighed(nothing, ["origin", "included"])]
    by_reason = [_weighed(nothing, ["origin", "reason", "included"])]
    for item in plan.inputs:
        for table in tables(
            plan.file(item.number, "decided.parquet"),
            ["origin", "reason", "included", "words", "bytes"],
            1 << 20,
        ):
            parts.append(_weighed(table, ["origin", "included"]))
            by_reason.append(_weighed(table, ["origin", "reason", "included"]))
    whole = _again(parts, ["origin", "included"])
    reasons = _again(by_reason, ["origin", "reason", "included"])
    hosts = _joined(whole, reasons, plan)
    with Columns(path, _HOSTS) as out:
        out.write(hosts)
    return hosts, _lost(reasons, hosts)


def _weighed(table: pa.Table, keys: list[str]) -> pa.Table:
    table = table.append_column("documents", pa.array([1] * table.num_rows, pa.int64()))
    table = table.set_column(
        table.column_names.index("words"), "words", pc.fill_null(table["words"], 0)
    )
    return _sums(table, keys)


def _sums(table: pa.Table, keys: list[str]) -> pa.Table:
    grouped = table.group_by(keys, use_threads=False).aggregate(
        [(name, "sum") for name in _WEIGHED]
    )
    names = [name.removesuffix("_sum") for name in grouped.column_names]
    return grouped.rename_columns(names).select([*keys, *_WEIGHED])


def _again(parts: list[pa.Table], keys: list[str]) -> pa.Table:
    table = _sums(pa.concat_tables(parts), keys)
    return table.sort_by([(key, "ascending") for key in keys])


def _joined(whole: pa.Table, reasons: pa.Table, plan: Plan) -> pa.Table:
    rows: dict[str, list[int]] = {}
    for origin, included, *weights in _tuples(whole):
        row = rows.setdefault(origin, [0] * 6)
        for at, weight in enumerate(weights):
            row[at] += weight
            row[at + 3] += weight if included else 0
    why: dict[str, tuple[int, str]] = {}
    for origin, reason, included, documents, _, _ in _tuples(reasons):
        if not included and documents > why.get(origin, (0, ""))[0]:
            why[origin] = (documents, reason)
    sites: dict[str, tuple[Any, ...]] = {}
    for item in plan.inputs:
        for table in tables(
            plan.file(item.number, "hosts.parquet"), ["origin", *_VERDICTS, "evidence"]
        ):
            for origin, *told in _tuples(table):
                sites[origin] = tuple(told)
    names = sorted(name for name in rows if name)
    if not names:
        return _HOSTS.empty_table()
    unknown: tuple[Any, ...] = (*([None] * len(_VERDICTS)), "[]")
    columns = zip(
        *(
            (
                name,
                *sites.get(name, unknown)[:-1],
                *rows[name],
                why.get(name, (0, ""))[1],
                sites.get(name, unknown)[-1],
            )
            for name in names
        ),
        strict=True,
    )
    arrays = [pa.array(values, field.type) for values, field in zip(columns, _HOSTS, strict=True)]
    return pa.table(arrays, schema=_HOSTS)


def _tuples(table: pa.Table) -> Iterator[tuple[Any, ...]]:
    yield from zip(*(column.to_pylist() for column in table.columns), strict=True)


def _lost(reasons: pa.Table, hosts: pa.Table) -> dict[str, Any]:
    """Return what was lost to which signal, of the largest hosts and the rest apart."""
    head = _head(hosts)
    found: dict[str, dict[str, Counter[str]]] = {}
    total: dict[str, Counter[str]] = {}
    for origin, reason, included, *weights in _tuples(reasons):
        part = "head" if origin in head else "tail"
        for place in ("all", part):
            for name, weight in zip(_WEIGHED, weights, strict=True):
                total.setdefault(place, Counter())[name] += weight
                if included:
                    total[place][f"kept_{name}"] += weight
                key = f"kept: {reason}" if included else reason
                if not included or reason != "ok":
                    found.setdefault(place, {}).setdefault(key, Counter())[name] += weight
    return {
        place: {
            **{
                key: total.get(place, Counter())[key]
                for key in (*_WEIGHED, *(f"kept_{name}" for name in _WEIGHED))
            },
            "lost": {
                reason: {**weights, "ground": _ground(reason)}
                for reason, weights in sorted(found.get(place, {}).items())
            },
        }
        for place in ("all", "head", "tail")
    } | {"head_hosts": len(head), "hosts": hosts.num_rows}


def _ground(reason: str) -> str:
    return "kept" if reason.startswith("kept: ") else ground_of(reason).value


def _head(hosts: pa.Table) -> set[str]:
    """Return the largest hosts that together have half of the documents."""
    rows = sorted(
        zip(hosts["documents"].to_pylist(), hosts["origin"].to_pylist(), strict=True),
        key=lambda row: (-row[0], row[1]),
    )
    half, found, seen = sum(row[0] for row in rows) / 2, set(), 0
    for documents, origin in rows:
        if seen >= half:
            break
        found.add(origin)
        seen += documents
    return found


def report(plan: Plan, lost: dict[str, Any]) -> dict[str, Any]:
    """Return the report of a screening."""
    surveys = [read_json(plan.file(item.number, "survey.json")) for item in plan.inputs]
    decided = [read_json(plan.file(item.number, "decided.json")) for item in plan.inputs]
    counts: Counter[str] = Counter()
    for reason, weights in lost["all"]["lost"].items():
        if weights["ground"] != "kept":
            counts[reason] += weights["documents"]
    evidence = [read_json(plan.file(item.number, "evidence.json")) for item in plan.evidence]
    return {
        "as_of": plan.asked.as_of,
        "documents": lost["all"]["documents"],
        "kept": lost["all"]["kept_documents"],
        "left": by_ground(counts),
        "weighed": lost,
        "inputs": [
            {
                "file": item.name,
                "read_as": survey["said"].removeprefix(f"{item.path}: "),
                "rows": survey["rows"],
                "damage": survey["damage"],
                "rows_with_terms_nobody_read": told["unread_terms"],
            }
            for item, survey, told in zip(plan.inputs, surveys, decided, strict=True)
        ],
        "evidence": [
            {"file": item.name, **told} for item, told in zip(plan.evidence, evidence, strict=True)
        ],
        "passed_over": list(plan.beside),
    }
