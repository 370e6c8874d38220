"""What became of each origin's rows: its table, and what was lost to which signal by weight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from crawler.core.consent.grounds import ground_of
from crawler.screen.decided_reading import tables
from crawler.screen.plan import Plan
from crawler.screen.row_store import DECIDED, Columns
from crawler.screen.sorted_hosts import HOSTS, sorted_hosts

_WEIGHED = ("documents", "words", "bytes")
_KEPT = tuple(f"kept_{name}" for name in _WEIGHED)
_TABLE = pa.schema(
    [
        *list(HOSTS)[:-1],
        *((name, pa.int64()) for name in (*_WEIGHED, *_KEPT)),
        ("reason", pa.string()),
        HOSTS.field("evidence"),
    ]
)
_READ = 1 << 16  # rows that are weighed at once
_PARTS = 8  # of them, until they are summed
_WRITTEN = 1 << 14  # origins that are written at once
_COLUMNS = ["origin", "reason", "included", "words", "bytes"]
_KEYS = ["origin", "reason", "included"]


def write_hosts(plan: Plan, path: Path) -> dict[str, Any]:
    """Write what became of every origin; return what was lost to which signal."""
    pa.default_memory_pool().release_unused()  # what deciding took
    reasons = _reasons(plan)
    hosts = _hosts(reasons)
    files = [plan.file(item.number, "hosts.parquet") for item in plan.inputs]
    known = sorted_hosts(files, plan.folder / "hosts")
    with Columns(path, _TABLE) as out:
        if not hosts.num_rows:
            out.write(_TABLE.empty_table())
        for part in _joined(hosts, known):
            out.write(part)
    return _lost(reasons, hosts)


def _reasons(plan: Plan) -> pa.Table:
    """Return the rows counted and weighed by origin and by what became of them, in order."""
    # An input may have no rows at all.
    parts = [_sums(_weighed(DECIDED.empty_table().select(_COLUMNS)), _KEYS)]
    for item in plan.inputs:
        for table in tables(plan.file(item.number, "decided.parquet"), _COLUMNS, _READ):
            parts.append(_sums(_weighed(table), _KEYS))
            if len(parts) > _PARTS:
                parts = [_sums(pa.concat_tables(parts), _KEYS)]
    whole = _sums(pa.concat_tables(parts), _KEYS)
    return whole.sort_by([(key, "ascending") for key in _KEYS])


def _weighed(table: pa.Table) -> pa.Table:
    documents = pa.array(np.ones(table.num_rows, np.int64))
    words = pc.fill_null(table["words"], 0)
    columns = [*(table[name] for name in _KEYS), documents, words, table["bytes"]]
    return pa.table(columns, [*_KEYS, *_WEIGHED])


def _sums(table: pa.Table, keys: list[str]) -> pa.Table:
    weights = [name for name in table.column_names if name in {*_WEIGHED, *_KEPT}]
    grouped = table.group_by(keys, use_threads=False).aggregate([(name, "sum") for name in weights])
    plain = [name.removesuffix("_sum") for name in grouped.column_names]
    return grouped.rename_columns(plain).select([*keys, *weights])


def _hosts(reasons: pa.Table) -> pa.Table:
    """Return the origins in order, each with its weights and what left out most of its rows."""
    rows = reasons.filter(pc.not_equal(reasons["origin"], ""))
    kept = [pc.if_else(rows["included"], rows[name], 0) for name in _WEIGHED]
    columns = [rows["origin"], *(rows[name] for name in _WEIGHED), *kept]
    table = pa.table(columns, ["origin", *_WEIGHED, *_KEPT])
    hosts = _sums(table, ["origin"]).sort_by("origin")
    left = rows.filter(pc.invert(rows["included"])).sort_by(
        [("origin", "ascending"), ("documents", "descending"), ("reason", "ascending")]
    )
    first = pc.index_in(hosts["origin"], left["origin"].combine_chunks())
    why = pc.fill_null(left["reason"].take(first), "")
    return hosts.append_column("reason", why)


def _joined(hosts: pa.Table, known: Iterator[tuple[Any, ...]]) -> Iterator[pa.Table]:
    """Yield the table of origins, with what is known of each; both are in order."""
    nothing = (*([None] * (len(HOSTS) - 2)), "[]")
    ahead = next(known, None)
    rows = _tuples(hosts)
    while part := list(islice(rows, _WRITTEN)):
        lines = []
        for name, *rest in part:
            while ahead is not None and ahead[0] < name:
                ahead = next(known, None)
            *verdicts, evidence = ahead[1:] if ahead is not None and ahead[0] == name else nothing
            lines.append((name, *verdicts, *rest, evidence))
        columns = zip(*lines, strict=True)
        arrays = [pa.array(list(c), f.type) for c, f in zip(columns, _TABLE, strict=True)]
        yield pa.table(arrays, schema=_TABLE)


def _tuples(table: pa.Table) -> Iterator[tuple[Any, ...]]:
    for batch in table.to_batches(_WRITTEN):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _lost(reasons: pa.Table, hosts: pa.Table) -> dict[str, Any]:
    """Return what was lost to which signal, of the largest hosts and the rest apart."""
    head = _head(hosts)
    is_head = pc.is_in(reasons["origin"], head)
    part = pc.if_else(is_head, "head", "tail")
    rows = _sums(reasons.append_column("part", part), ["part", "reason", "included"])
    found: dict[str, dict[str, Counter[str]]] = {}
    total: dict[str, Counter[str]] = {}
    for where, reason, included, *weights in _tuples(rows):
        for place in ("all", where):
            for name, weight in zip(_WEIGHED, weights, strict=True):
                total.setdefault(place, Counter())[name] += weight
                if included:
                    total[place][f"kept_{name}"] += weight
                key = f"kept: {reason}" if included else reason
                if not included or reason != "ok":
                    found.setdefault(place, {}).setdefault(key, Counter())[name] += weight
    return {
        place: {
            **{key: total.get(place, Counter())[key] for key in (*_WEIGHED, *_KEPT)},
            "lost": {
                reason: {**weights, "ground": _ground(reason)}
                for reason, weights in sorted(found.get(place, {}).items())
            },
        }
        for place in ("all", "head", "tail")
    } | {"head_hosts": len(head), "hosts": hosts.num_rows}


def _ground(reason: str) -> str:
    return "kept" if reason.startswith("kept: ") else ground_of(reason).value


def _head(hosts: pa.Table) -> pa.Array:
    """Return the largest hosts that together have half of the documents."""
    largest = hosts.select(["documents", "origin"]).sort_by(
        [("documents", "descending"), ("origin", "ascending")]
    )
    before = np.cumsum(largest["documents"].to_numpy()) - largest["documents"].to_numpy()
    half = sum(hosts["documents"].to_pylist()) / 2
    return largest["origin"].combine_chunks().slice(0, int(np.searchsorted(before, half)))
