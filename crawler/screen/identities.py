"""Marks of records' identities: eight octets each, so that those of a large crawl fit in memory."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

import numpy as np

from crawler.screen.decided_reading import tables


def mark_of(identity: str) -> int:
    """Return the mark of an identity or an address."""
    data = identity.strip("<>").encode("utf-8", "replace")
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "little")


def write_gone(decided: Iterable[Path], path: Path) -> None:
    """Write the marks of the records that were refused, and of those they say they belong to."""
    marks: set[int] = set()
    for rows_file in decided:
        for table in tables(rows_file, ["identity", "included"]):
            rows = zip(table["identity"].to_pylist(), table["included"].to_pylist(), strict=True)
            for identity, included in rows:
                if identity and not included:
                    own, _, _, concurrent, _ = identity.split(" ")
                    marks.update(mark_of(item) for item in (own, concurrent) if item != "-")
    draft = path.with_name(f".{path.name}.draft")
    with draft.open("wb") as file:
        np.save(file, np.array(sorted(marks), np.uint64))
    draft.replace(path)
