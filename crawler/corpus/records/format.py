"""What a format of data files declares: all that anybody else needs to know of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from crawler.corpus.records.data_files import HashedFile
from crawler.corpus.records.export_plan import Options, Plan
from crawler.corpus.records.record import Page, Record
from crawler.corpus.records.selection import Sites


class RecordFile(Protocol):
    """One file being written."""

    def write(self, record: Record, page: Page) -> int:
        """Write one record; return about how many bytes it took."""

    def close(self) -> None:
        """Finish the file's content; the raw file stays open."""


@dataclass(frozen=True, slots=True)
class Source:
    """What data files are written from, beside their records."""

    archive: Path  # the job's raw answers
    sites: Sites  # the site files that spoke for its pages
    plan: Plan
    as_of: float  # seconds since the epoch
    damaged: list[str] = field(default_factory=list)  # URLs whose raw answer does not unpack


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format of data files; `export.formats` lists them."""

    name: str  # as `--format` takes it
    media_type: str
    suffix: Callable[[Options], str]  # of its files, such as "jsonl.zst"
    open: Callable[[HashedFile, str, Source], RecordFile]  # a file, at a path of the export
    # The records of a finished file, as they were written; ValueError: it is no such file.
    records: Callable[[Path], Iterator[Record]]
    # The raw answers in it, as URL and SHA-256 of each body; ValueError as above.
    answers: Callable[[Path], Iterator[tuple[str, str]]] | None = None
    tabular: bool = True  # readers of data sets find the columns of a record in it
    by_class: bool = False  # a folder, and a config, for each licence class
