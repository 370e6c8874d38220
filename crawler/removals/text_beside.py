"""Texts that stand beside the data, such as lists of credits: no line may name what is to go."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import IO

from crawler.inputs.columns import Columns
from crawler.removals.json_lines import reading, writing
from crawler.removals.wanted import Counts, Wanted

_URL = re.compile(r"https?://[^\s\"'<>\\`]{1,4000}")
_ENDS = ".,;:!?)]}"
_ID = re.compile(r"(?<![0-9A-Fa-f])[0-9a-f]{32}(?![0-9A-Fa-f])")
# Lines of these stand for themselves: one that goes takes nothing with it.
_BY_LINE = re.compile(r"(\.txt|\.csv|\.tsv|\.jsonl|\.list|ATTRIBUTION\.html)(\.gz|\.zst)?\Z")
# Ids of removed records are what these are there to say.
_SAY_IDS = re.compile(r"(tombstones\.jsonl|removals.*\.jsonl|\.atom)(\.gz|\.zst)?\Z")


def sift(path: Path, out: IO[bytes] | None, wanted: Wanted, columns: Columns) -> Counts:  # noqa: ARG001
    """Count the lines that name what is to go; with `out` write the others there."""
    counts = Counts()
    by_line = bool(_BY_LINE.search(path.name))
    with reading(path) as (packing, lines), writing(out, packing) as target:
        for number, line in enumerate(lines, 1):
            named = _names(line.decode("utf-8", "replace"), path.name, wanted)
            if named and by_line:
                counts.removed += 1
                counts.rows += 1
                continue
            if named:
                counts.notes.append(f"STILL NAMED in {path.name}, line {number}: {named}")
            if target is not None:
                target.write(line)
    return counts


def _names(line: str, name: str, wanted: Wanted) -> str:
    """Return what a line names that is to go, "" if nothing."""
    if not _SAY_IDS.search(name):
        found = next((match[0] for match in _ID.finditer(line) if match[0] in wanted.ids), "")
        if found:
            return found
    for match in _URL.finditer(line):
        for spelled in {match[0], unescape(match[0])}:
            if any(wanted.names_url(url) for url in (spelled, spelled.rstrip(_ENDS))):
                return spelled
    return ""
