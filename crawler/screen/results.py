"""What a screening leaves beside the copies: who was refused, the annotation, the report."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from crawler.core.consent.grounds import by_ground
from crawler.screen.decided_reading import tables
from crawler.screen.plan import Plan, read_json
from crawler.screen.row_store import OUTCOME, Columns
from crawler.screen.surt_keys import surt_keys

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
    wanted = ["url", "date", "included", "reason", *_VERDICTS]
    with Columns(path, _ANNOTATION) as out:
        for item in plan.inputs:
            decided = plan.file(item.number, "decided.parquet")
            for whole in tables(decided, [*wanted, "text", "origin"]):
                table = whole.filter(pc.not_equal(whole["origin"], ""))
                urls = pc.coalesce(table["text"], table["url"]).combine_chunks()
                keys = surt_keys(urls, table["origin"].combine_chunks())
                dates = pc.cast(pc.round(pc.multiply(table["date"], 1_000)), pa.int64()).cast(
                    pa.timestamp("ms", tz="UTC")
                )
                columns = [keys, table["url"], dates]
                columns += [table[name] for name in wanted[2:]]
                out.write(pa.table(columns, schema=_ANNOTATION))


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
