"""Consent as a step of the pipelines people run: Ray Data, `datasets`, what maps batches."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any

from crawler.core.given import Absent
from crawler.library.consent import Consent
from crawler.library.job import Job
from crawler.library.policy import Policy
from crawler.library.rows import Column, Columns, RowScreen, row_screen
from crawler.library.verdict import Decision

# What a row of many libraries is made of; a column of them is none of these.
_ONE = (str, bytes, int, float, bool, Mapping, type(None), Absent)


class ConsentStep:
    """Takes a batch and returns it without the rows that may not be used, `consent_*` added.

    A batch is a mapping of columns (lists or arrays), a pandas DataFrame or a pyarrow Table, and
    comes back as what it was. A single row, a mapping of values, comes back with its columns,
    whatever they say: `keeps` tells which to take. It can be pickled; every process reads the
    job for itself, and nothing of it is written.

        ray.data.read_parquet("pages").map_batches(ConsentStep(job="jobs/example"))
        dataset.filter(ConsentStep(job="jobs/example").keeps)
    """

    def __init__(  # noqa: PLR0913 - one parameter a column
        self,
        consent: Consent | Policy | str | os.PathLike[str] = "default",
        *,
        job: Job | str | os.PathLike[str] | None = None,
        url: str = "url",
        robots_txt: Column = None,
        files: Column = None,
        headers: Column = None,
        html: Column = None,
        status: Column = None,
        annotate: bool = False,
        at: float | None = None,
    ) -> None:
        """Take what `screen_rows` takes. `annotate`: keep all rows, and only add the columns.

        Raises:
            TypeError: Nothing tells what the sites said.
            JobError: The job cannot be read.
        """
        columns = Columns(
            url=url, robots_txt=robots_txt, files=files, headers=headers, html=html, status=status
        )
        self._screen: RowScreen = row_screen(consent, columns, job, at)
        self._annotate = annotate

    def __call__(self, batch: Any) -> Any:  # noqa: ANN401 - as the pipeline has it
        """Return the batch as it was, without the rows that may not be used.

        Raises:
            TypeError: It is no batch of a kind that is known.
        """
        if isinstance(batch, Mapping):
            if self._is_row(batch):
                return {**batch, **self._screen.decide(batch).columns()}
            return self._of_columns(batch)
        module = type(batch).__module__.partition(".")[0]
        if module == "pandas":
            return self._of_frame(batch)
        if module == "pyarrow":
            return self._of_table(batch)
        raise TypeError(f"a batch must be columns, a DataFrame or a Table: {type(batch).__name__}")

    def keeps(self, batch: Any) -> bool | list[bool]:  # noqa: ANN401
        """Return whether a row may be used; of a mapping of columns, that of each row.

        For `datasets.Dataset.filter`, with or without `batched=True`.
        """
        if self._is_row(batch):
            return bool(self._screen.decide(batch))
        return [bool(decision) for decision in self._decisions(batch)]

    def _is_row(self, batch: Mapping[str, Any]) -> bool:
        """Tell a row from a batch: what lies at the address of a row is one thing."""
        top = self._screen.columns.url
        value = batch.get(top, batch.get(top.partition(".")[0]))
        if value is None and batch:
            value = next(iter(batch.values()))
        return isinstance(value, _ONE) or not hasattr(value, "__len__")

    def _decisions(self, columns: Mapping[str, Any]) -> list[Decision]:
        return [self._screen.decide(row) for row in _rows(columns, self._screen.columns)]

    def _of_columns(self, batch: Mapping[str, Any]) -> dict[str, Any]:
        decisions = self._decisions(batch)
        keep = [bool(item) or self._annotate for item in decisions]
        kept = {name: _selected(values, keep) for name, values in batch.items()}
        arrays = any(type(values).__module__ == "numpy" for values in batch.values())
        return kept | _columns(decisions, keep, arrays=arrays)

    def _of_frame(self, frame: Any) -> Any:  # noqa: ANN401 - pandas is not ours
        read = {name: frame[name].tolist() for name in frame.columns if name in self._tops()}
        decisions = self._decisions(read or {"": [None] * len(frame)})
        keep = [bool(item) or self._annotate for item in decisions]
        return frame[keep].assign(**_columns(decisions, keep, arrays=False))

    def _of_table(self, table: Any) -> Any:  # noqa: ANN401 - pyarrow is not ours
        import pyarrow as pa  # noqa: PLC0415 - whoever has a Table has it

        read = {
            name: table[name].to_pylist() for name in table.column_names if name in self._tops()
        }
        decisions = self._decisions(read or {"": [None] * table.num_rows})
        keep = [bool(item) or self._annotate for item in decisions]
        table = table.filter(pa.array(keep, pa.bool_()))
        kinds = {"consent_included": pa.bool_(), "consent_decided_at": pa.float64()}
        for name, values in _columns(decisions, keep, arrays=False).items():
            table = table.append_column(name, pa.array(values, kinds.get(name, pa.string())))
        return table

    def _tops(self) -> set[str]:
        return _tops(self._screen.columns)


def _tops(columns: Columns) -> set[str]:
    """Return the columns that are read: the outermost of each, and under its whole name."""
    named = (columns.url, columns.robots_txt, columns.files, columns.headers, columns.html,
             columns.status)  # fmt: skip
    texts = [name for name in named if isinstance(name, str)]
    return {*texts, *(name.partition(".")[0] for name in texts)}


def _rows(batch: Mapping[str, Any], columns: Columns) -> Iterator[dict[str, Any]]:
    tops = _tops(columns)
    read = {name: values for name, values in batch.items() if name in tops}
    count = len(next(iter(batch.values()))) if batch else 0
    for number in range(count):
        yield {name: _plain(values[number]) for name, values in read.items()}


def _plain(value: Any) -> Any:  # noqa: ANN401
    """Return a number or text of numpy as Python's own."""
    return value.item() if type(value).__module__ == "numpy" and hasattr(value, "item") else value


def _selected(values: Any, keep: list[bool]) -> Any:  # noqa: ANN401
    if type(values).__module__ == "numpy":
        import numpy as np  # noqa: PLC0415 - whoever has an array has it

        return values[np.array(keep, dtype=bool)]
    return [value for value, kept in zip(values, keep, strict=True) if kept]


def _columns(decisions: list[Decision], keep: list[bool], *, arrays: bool) -> dict[str, Any]:
    rows = [item.columns() for item, kept in zip(decisions, keep, strict=True) if kept]
    names = _NOBODY.columns()
    found: dict[str, Any] = {name: [row[name] for row in rows] for name in names}
    if arrays:
        import numpy as np  # noqa: PLC0415

        kinds = {"consent_included": bool, "consent_decided_at": float}
        return {
            name: np.array(values, dtype=kinds.get(name, object)) for name, values in found.items()
        }
    return found


_USES = ("crawl", "index", "ai_input", "ai_train", "tdm")
_NOBODY = Decision("", False, "", "", dict.fromkeys(_USES, ""))  # noqa: FBT003 - for its columns
