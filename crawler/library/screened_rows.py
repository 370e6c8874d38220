"""What a screening decided on rows that others collected, out of its job."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crawler.library.verdict import Decision
from crawler.store.connection import StoreError

_FOLDER, _PLAN, _ROWS = "screen", "plan.json", "*.decided.parquet"
_USAGES = ("crawl", "index", "ai_input", "ai_train", "tdm")
_COLUMNS = (
    "url",
    "included",
    "reason",
    "rule",
    "licence",
    *(f"verdict_{name}" for name in _USAGES),
)


def screened_rows(folder: Path) -> Iterator[Decision]:
    """Yield the decision on each row that a screening in the job decided on, in their order.

    Raises:
        StoreError: pyarrow is not installed, or a file is damaged.
    """
    files = sorted((folder / _FOLDER).glob(_ROWS))
    if not files:
        return
    try:
        from crawler.screen.decided_reading import tables  # noqa: PLC0415 - pyarrow, an extra
        from crawler.screen.plan import read_json  # noqa: PLC0415
    except ImportError as error:
        raise StoreError(
            f"{folder} holds a screening, which is read with pyarrow ({error}):"
            ' pip install "consent-crawler[parquet]"'
        ) from error
    plan = read_json(folder / _FOLDER / _PLAN) or {}
    policy = str(plan.get("told", {}).get("asked", {}).get("policy_sha256", ""))
    at = float(plan.get("at", 0.0))
    for path in files:
        try:
            for table in tables(path, _COLUMNS):
                for row in table.to_pylist():
                    yield _decision(row, policy, at)
        except (OSError, ValueError) as error:  # as pyarrow's errors are
            raise StoreError(f"{path} is damaged ({error}): screen again") from error


def _decision(row: dict[str, Any], policy: str, at: float) -> Decision:
    return Decision(
        url=row["url"] or "",
        included=bool(row["included"]),
        reason=row["reason"] or "",
        rule=row["rule"] or "",
        verdict={name: row[f"verdict_{name}"] or "unset" for name in _USAGES},
        licence=row["licence"] or "",
        decided_at=at,
        policy_sha256=policy,
    )
