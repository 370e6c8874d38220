"""Texts that stand beside the data, such as lists of credits: no line may name what is to go."""

from __future__ import annotations

import re
from pathlib import Path
from typing import IO

from crawler.inputs.columns import Columns
from crawler.removals.json_lines import reading, writing
from crawler.removals.wanted import Counts, Wanted

# Lines of these stand for themselves: one that goes takes nothing with it.
_BY_LINE = re.compile(r"(\.txt|\.csv|\.tsv|\.jsonl|\.list|ATTRIBUTION\.html)(\.gz|\.zst)?\Z")
# Ids of removed records are what these are there to say.
SAYS_IDS = re.compile(r"(\A\W*tombstones\.jsonl|\A\W*removals.*\.jsonl|\.atom)(\.gz|\.zst)?\Z")


def sift(path: Path, out: IO[bytes] | None, wanted: Wanted, columns: Columns) -> Counts:  # noqa: ARG001
    """Count the lines that name what is to go; with `out` write the others there."""
    counts = Counts()
    says_ids = bool(SAYS_IDS.search(path.name))
    by_line = bool(_BY_LINE.search(path.name)) and not says_ids
    with reading(path) as (packing, lines), writing(out, packing) as target:
        for number, line in enumerate(lines, 1):
            named = wanted.named_in(line.decode("utf-8", "replace"), ids=not says_ids)
            if named and by_line:
                counts.removed += 1
                counts.rows += 1
                continue
            if named:
                counts.notes.append(f"STILL NAMED in {path.name}, line {number}: {named}")
            if target is not None:
                target.write(line)
    return counts
