"""Rows out of any file: its form told, its columns chosen and said, its damage counted."""

from __future__ import annotations

from collections.abc import Iterator
from types import TracebackType
from typing import Self

from crawler.inputs import arrow, cdxj, delimited, jsonl, parquet, url_list, warc
from crawler.inputs.columns import Columns, NoColumnError
from crawler.inputs.compressed import Unpacked, open_unpacked
from crawler.inputs.forms import Form, Told, tell
from crawler.inputs.row import Damage, Row, UnknownInputError


class Input:
    """One open file: iterate it for its rows. `said` tells what was taken for what.

    Close it, or use it as a context. `damage` grows while rows are read.

    Raises:
        UnknownInputError: The file cannot be opened, is none of the forms that are read, or has
            no column with URLs. Nothing else raises: damage is counted, and the rest is read.
    """

    def __init__(self, path: str, columns: Columns | None = None) -> None:
        wanted = columns or Columns()
        self.path = path
        self.told: Told = tell(path, wanted)
        self.damage = Damage(path)
        self.said = f"{path}: {self.told.form.value}"
        self._unpacked: Unpacked | None = None
        try:
            self._rows = self._begin(wanted)
        except NoColumnError as error:
            self.close()
            raise UnknownInputError(str(error)) from error

    def __iter__(self) -> Iterator[Row]:
        return self._rows

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        if self._unpacked is not None:
            self._unpacked.__exit__(None, None, None)

    def _begin(self, columns: Columns) -> Iterator[Row]:
        if self.told.form is Form.PARQUET:
            file = parquet.open_parquet(self.path)
            chosen = parquet.columns_of(file, columns, self.path)
            self.said += f" ({chosen.sentence()})"
            return parquet.rows(file, chosen, self.damage)
        if self.told.form is Form.ARROW:
            table = arrow.ArrowFile(self.path)
            table.close()
            chosen = arrow.columns_of(table, columns, self.path)
            self.said += f" ({chosen.sentence()})"
            return arrow.rows(self.path, chosen, self.damage)
        self._unpacked = unpacked = open_unpacked(self.path, self.damage)
        match self.told.form:
            case Form.WARC | Form.ARC:
                return warc.rows(unpacked, is_arc=self.told.form is Form.ARC)
            case Form.URLS:
                return url_list.rows(unpacked)
            case Form.CDXJ:
                chosen, rows = cdxj.rows(unpacked, columns)
            case Form.CSV:
                chosen, rows = delimited.look(unpacked, self.told.delimiter, columns)
            case _:
                chosen, rows = jsonl.look(unpacked, columns)
        self.said += f" ({chosen.sentence()})"
        return rows


def look(path: str, columns: Columns | None = None) -> None:
    """Look at a file as one whose rows are to be read.

    Raises:
        UnknownInputError: As of `Input`.
    """
    Input(path, columns).close()
