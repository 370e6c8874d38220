"""Which form a file of a copy has, told by its first octets; what is no data is read as text."""

from __future__ import annotations

import re
import sqlite3
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO

import zstandard

from crawler.inputs.columns import Columns, NoColumnError
from crawler.inputs.compressed import open_unpacked
from crawler.inputs.row import UnknownInputError
from crawler.removals import (
    arrow,
    delimited,
    json_array,
    json_lines,
    parquet,
    sqlite_tables,
    text_beside,
    warc_records,
)
from crawler.removals.wanted import Counts, Wanted

_HEAD = 1 << 16
_TABLE = re.compile(r"\.(csv|tsv)(\.gz|\.zst)?\Z", re.IGNORECASE)
_TEXT = re.compile(rb"\"(text|content|raw_content)\"\s*:")  # feeds and tombstones have none
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8")  # a logo beside the data holds no rows
# What reading a damaged file raises. A file that cannot be read is not clean.
DAMAGED = (
    OSError,
    EOFError,
    ValueError,
    zlib.error,
    zstandard.ZstdError,
    sqlite3.Error,
    NoColumnError,
    UnknownInputError,
    # Arrow's: of a type that cannot be written, of a name that is not there.
    NotImplementedError,
    LookupError,
    TypeError,
    MemoryError,
    OverflowError,
)
Sift = Callable[[Path, "IO[bytes] | None", Wanted, Columns], Counts]
_FORMS: dict[str, Sift] = {
    "parquet": parquet.sift,
    "arrow": arrow.sift,
    "warc": warc_records.sift,
    "jsonl": json_lines.sift,
    "json": json_array.sift,
    "csv": delimited.sift,
    "text": text_beside.sift,
}
SQLITE = "sqlite"


def tell(path: Path) -> str:
    """Return the form of a file: one of those above, "sqlite", "binary", or "empty" of rows.

    Raises:
        one of DAMAGED: Its first octets cannot be unpacked.
    """
    with path.open("rb") as file:
        raw = file.read(16)
    if not raw:
        return "empty"
    if raw.startswith(b"PAR1"):
        return "parquet"
    if raw.startswith((arrow.MAGIC, arrow.STREAM)):
        return "arrow"
    if raw.startswith(sqlite_tables.MAGIC):
        return SQLITE
    with open_unpacked(str(path)) as unpacked:
        head = unpacked.read(_HEAD).removeprefix(b"\xef\xbb\xbf").lstrip()
        if not head and unpacked.damage:
            raise json_lines.DamagedError(unpacked.damage.sentence())
    if raw.startswith(_PICTURES):
        return "empty"
    return _of_lines(head, path.name)


def _of_lines(head: bytes, name: str) -> str:
    """Return the form of a file of lines by the first of them, and by its name."""
    first, end, _ = head.partition(b"\n")
    if text_beside.SAYS_IDS.search(name) and not _TEXT.search(first):
        return "text"
    if json_array.BEGINS.match(head):
        return "json"
    if first.startswith(b"WARC/"):
        return "warc"
    if first.startswith(b"{") and (first.rstrip().endswith(b"}") or not end):
        return "jsonl"  # a document of one object over many lines is none
    if _TABLE.search(name):
        return "csv"
    return "binary" if b"\0" in head else "text"


def sift_file(path: Path, target: Path | None, wanted: Wanted, columns: Columns) -> Counts:
    """Count what of a file is to go; with `target` write the file without it there.

    Raises:
        one of DAMAGED: It cannot be read to its end.
    """
    form = tell(path)
    if form in {"empty", "binary"}:
        note = [] if form == "empty" else [f"NOT READ: {path.name} has no form that is known"]
        return Counts(notes=note)
    if form == SQLITE:
        return sqlite_tables.sift(path, target, wanted, columns)
    if target is None:
        return _FORMS[form](path, None, wanted, columns)
    with target.open("wb") as out:
        return _FORMS[form](path, out, wanted, columns)
