"""What is to be copied, how; and the table beside a copy whose form has no columns."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from crawler.inputs import Form
from crawler.screen.consent_columns import FIELDS, values
from crawler.screen.decided_reading import Decided
from crawler.screen.packed_writing import whole_file
from crawler.screen.row_store import Columns

_BESIDE = pa.schema([("row", pa.int64()), ("offset", pa.int64()), ("url", pa.string()), *FIELDS])


@dataclass(frozen=True, slots=True)
class Copy:
    """One input to be written without its refused rows."""

    path: str
    form: Form
    packing: str
    delimiter: str
    decided: Path
    out: Path
    at: float  # the screening's time
    annotate: bool
    gone: Path | None = None  # identities of refused records, for what refers to them


class Sidecar:
    """Writes `FILE.consent.parquet`: of each row of the copy its place there, and the columns."""

    def __init__(self, copy: Copy) -> None:
        self._copy = copy
        self._whole = whole_file(copy.out.with_name(f"{copy.out.name}.consent.parquet"))
        self._columns = Columns(self._whole.__enter__(), _BESIDE)

    def add(self, offset: int, row: int, place: int, decided: Decided) -> None:
        """Add the row that stands at `offset` (-1: within a gzip member) as number `row`."""
        *told, licence = values(decided.columns, place)
        stamp = round(self._copy.at * 1_000)
        self._columns.add((row, offset, decided.columns["url"][place], *told, stamp, licence))

    def close(self) -> None:
        self._columns.__exit__(None, None, None)
        self._whole.__exit__(None, None, None)
