"""The columns that a screening adds, as each form of output has them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import pyarrow as pa

from crawler.core.decision import Usage

NAMES = (
    "consent_included",
    "consent_reason",
    "consent_rule",
    *(f"consent_verdict_{usage.value}" for usage in Usage),
    "consent_decided_at",
    "consent_licence",
)
FIELDS = [
    pa.field(
        name,
        pa.bool_()
        if name == "consent_included"
        else pa.timestamp("ms", tz="UTC")
        if name == "consent_decided_at"
        else pa.string(),
    )
    for name in NAMES
]
# How a row of decisions is called there, in the order of the columns; the time is the screening's.
_OF_DECISION = ("included", "reason", "rule", *(f"verdict_{usage.value}" for usage in Usage))


def arrays(decided: pa.Table, at: float) -> list[pa.Array]:
    """Return the columns for decided rows."""
    stamp = pa.scalar(round(at * 1_000), pa.int64()).cast(pa.timestamp("ms", tz="UTC"))
    time = pa.array([stamp.as_py()], pa.timestamp("ms", tz="UTC")).take(
        pa.array([0] * decided.num_rows, pa.int32())
    )
    found = [decided[name].combine_chunks() for name in _OF_DECISION]
    return [*found, time, decided["licence"].combine_chunks()]


def values(decided: Mapping[str, Sequence[Any]], at: int) -> tuple[Any, ...]:
    """Return the values for one of some decided rows, but for the time."""
    return (*(decided[name][at] for name in _OF_DECISION), decided["licence"][at])


def moment(at: float) -> str:
    """Return the screening's time as text."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@lru_cache(maxsize=4_096)
def as_json(row: tuple[Any, ...], at: float) -> bytes:
    """Return the columns as the inside of a JSON object; `row` as `values` gives it."""
    *rest, licence = row
    pairs = dict(zip(NAMES, [*rest, moment(at), licence], strict=True))
    return json.dumps(pairs, separators=(", ", ": ")).encode()[1:-1]


@lru_cache(maxsize=4_096)
def as_fields(row: tuple[Any, ...], at: float) -> tuple[str, ...]:
    """Return the columns as the fields of a line."""
    *rest, licence = row
    told = ("true" if value is True else "false" if value is False else value for value in rest)
    return (*told, moment(at), licence)
