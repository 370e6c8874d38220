"""What revisits, conversions and later pieces refer to, wherever in the inputs it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from crawler.screen.decided_rows import WHOLLY_OF_ANOTHER, Original
from crawler.screen.plan import Plan

# Conversions whose response is looked for; the copies leave out those of refused ones in any case.
_MOST = 5_000_000
_FILE = "originals.parquet"


def gathered(plan: Plan) -> bool:
    """Say if what records refer to was gathered: then all evidence is there, too."""
    return plan.done(_FILE)


def gather_originals(plan: Plan) -> None:
    """Keep what revisit records refer to, wherever in the inputs it stands."""
    if gathered(plan):
        return
    path = plan.folder / _FILE
    files = [plan.file(item.number, "rows.parquet") for item in plan.inputs]
    files = [file for file in files if file.exists()]
    wanted = _wanted(files)
    found: dict[str, tuple[bytes | None, str]] = {}
    for file in files if wanted else ():
        with pq.ParquetFile(file) as rows:
            for batch in rows.iter_batches(8_192, columns=["kind", "identity", "page", "body"]):
                for row in batch.to_pylist():
                    if row["kind"] in {"response", "resource"}:
                        own, digest, *_ = row["identity"].split(" ")
                        for name in {own, digest} & wanted:
                            found.setdefault(name, (row["page"], row["body"]))
    table = pa.table(
        {
            "identity": pa.array(list(found), pa.string()),
            "page": pa.array([page for page, _ in found.values()], pa.binary()),
            "body": pa.array([body for _, body in found.values()], pa.string()),
        }
    )
    draft = path.with_name(".originals.draft")
    pq.write_table(table, draft)
    draft.replace(path)


def _wanted(files: Sequence[Path]) -> set[str]:
    """Return the identities that records refer to."""
    wanted: set[str] = set()
    for file in files:
        table = pq.read_table(file, columns=["kind", "identity"])
        for kind, identity in _referring(table):
            _, digest, refers, _, _ = identity.split(" ")
            if kind in WHOLLY_OF_ANOTHER:
                wanted.update(item for item in (digest, refers) if item != "-")
            elif refers != "-" and len(wanted) < _MOST:
                wanted.add(refers)
    return wanted


def _referring(table: pa.Table) -> Iterator[tuple[str, str]]:
    kinds = pa.array([*WHOLLY_OF_ANOTHER, "conversion"])
    rows = table.filter(pc.is_in(table["kind"], kinds))
    yield from zip(rows["kind"].to_pylist(), rows["identity"].to_pylist(), strict=True)


def originals(folder: Path) -> dict[str, Original]:
    """Return what records refer to in a screening's folder, by identity."""
    path = folder / _FILE
    rows = pq.read_table(path).to_pylist() if path.exists() else []
    return {row["identity"]: Original(row["page"], row["body"]) for row in rows}
