"""What revisit records refer to: the record they are copies of, wherever in the inputs it is."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from crawler.screen.decided_rows import Original
from crawler.screen.plan import Plan


def gather_originals(plan: Plan) -> None:
    """Keep what revisit records refer to, wherever in the inputs it stands."""
    path = plan.folder / "originals.parquet"
    if path.exists():
        return
    files = [plan.file(item.number, "rows.parquet") for item in plan.inputs]
    files = [file for file in files if file.exists()]
    wanted: set[str] = set()
    for file in files:
        table = pq.read_table(file, columns=["kind", "identity"])
        revisits = table.filter(pc.equal(table["kind"], "revisit"))
        for identity in revisits["identity"].to_pylist():
            _, digest, refers, _, _ = identity.split(" ")
            wanted.update(item for item in (digest, refers) if item != "-")
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


def originals(plan: Plan) -> dict[str, Original]:
    """Return what was kept, by identity."""
    rows = pq.read_table(plan.folder / "originals.parquet").to_pylist()
    return {row["identity"]: Original(row["page"], row["body"]) for row in rows}
