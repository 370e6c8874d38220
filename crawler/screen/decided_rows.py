"""An input's rows decided origin by origin, whatever their order, and stored in theirs.

Rows of one origin are brought together: its evidence is read and its rules are compiled once.
Origins are taken in the order of their robots.txt, so that those with the same file share it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from crawler.core.content.licence.confidence import believe
from crawler.core.decision import Usage
from crawler.core.document import Metadata
from crawler.core.evidence import PageEvidence
from crawler.core.given import Read
from crawler.core.urls import Url, parse
from crawler.frontier.hosts import url_from
from crawler.screen.answers import SITE_FILE, Outcome, labels
from crawler.screen.deciding import A_SITE_FILE, NO_ROW_URL, Decider, Origin, Terms
from crawler.screen.row_store import DECIDED, OUTCOME, Columns
from crawler.store.database import Connection
from crawler.store.evidence import unpack_evidence

# Rows that are brought together at once, and octets of their own evidence: 200 MB hold them.
_WINDOW, _WINDOW_OCTETS = 3_000_000, 256 * 2**20
_ORIGINS = 400  # whose evidence is read with one statement
_KEPT = [name for name in DECIDED.names if name not in {item[0] for item in OUTCOME}]
_ROBOTS = (
    "SELECT origin, sha256 FROM snapshot WHERE kind = 'robots'"
    " AND origin IN (SELECT value FROM json_each(?)) ORDER BY fetched_at"
)
_ROWS = (
    "SELECT origin, sum(rows) FROM screened_origin"
    " WHERE origin IN (SELECT value FROM json_each(?)) GROUP BY origin"
)
HOSTS = pa.schema(
    [
        ("origin", pa.string()),
        *((name, kind) for name, kind in OUTCOME if name.startswith("verdict")),
        ("evidence", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class Original:
    """What a record that others refer to says."""

    page: bytes | None
    body: str


class _Outcomes:
    """The different outcomes of an input: a row has the number of its own."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[Outcome, str], int] = {}

    def number(self, outcome: Outcome, licence: str) -> int:
        return self.numbers.setdefault((outcome, licence), len(self.numbers))

    def columns(self, numbers: np.ndarray[Any, Any]) -> dict[str, pa.Array]:
        """Return the columns of outcomes for the rows that have those numbers."""
        values: list[tuple[Any, ...]] = [
            (item.included, item.reason, item.rule, *labels(item.verdict), licence)
            for item, licence in self.numbers
        ]
        indices = pa.array(numbers, pa.int32())
        return {
            name: pa.array([value[place] for value in values], kind).take(indices)
            for place, (name, kind) in enumerate(OUTCOME)
        }


class RowDecider:
    """Decides on the surveyed rows of one input."""

    def __init__(
        self,
        connection: Connection,
        decider: Decider,
        terms: Terms,
        originals: Mapping[str, Original],
        *,
        store_evidence: bool,
    ) -> None:
        self._connection = connection
        self._decider = decider
        self._terms = terms
        self._originals = originals
        self._store = store_evidence
        self._outcomes = _Outcomes()

    def run(self, surveyed: Path, decided: Path, hosts: Path) -> None:
        """Decide on the rows in `surveyed` and write them, and their origins, where named."""
        with Columns(hosts, HOSTS) as origins, Columns(decided, DECIDED) as rows:
            for table in _windows(surveyed):
                numbers, drop = self._window(table, origins)
                columns = {name: table[name] for name in _KEPT}
                if not self._store:
                    columns["page"] = _without(table["page"], drop)
                columns |= self._outcomes.columns(numbers)
                rows.write(pa.table(columns, schema=DECIDED))

    def _window(
        self, table: pa.Table, hosts: Columns
    ) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """Return each row's number of outcome, and whose own evidence need not be kept."""
        size = table.num_rows
        numbers = np.zeros(size, np.int32)
        drop = np.ones(size, np.bool_)
        coded = table["origin"].combine_chunks().dictionary_encode()
        if isinstance(coded, pa.ChunkedArray):
            coded = coded.combine_chunks()
        names: list[str] = coded.dictionary.to_pylist()
        codes = coded.indices.to_numpy()
        rank = np.empty(len(names), np.int64)
        order = self._order(names)
        rank[order] = np.arange(len(names))
        rows = np.argsort(rank[codes], kind="stable")
        starts = np.searchsorted(rank[codes][rows], np.arange(len(names) + 1))
        pages = table["page"].null_count != size or bool(self._originals)
        wanted = [
            "url",
            "text",
            "date",
            *(("page", "body", "kind", "identity") if pages else ("body",)),
        ]
        if table["text_hash"].null_count != size:
            wanted.append("text_hash")
        for first in range(0, len(names), _ORIGINS):
            group = [names[number] for number in order[first : first + _ORIGINS]]
            low, high = starts[first], starts[min(first + _ORIGINS, len(names))]
            chosen = rows[low:high]
            part = table.select(wanted).take(pa.array(chosen)).to_pydict()
            self._group(group, starts[first:] - low, part, chosen, (numbers, drop, hosts))
        return numbers, drop

    def _order(self, names: list[str]) -> list[int]:
        """Return the origins by their robots.txt, so that the same one is compiled once."""
        files: dict[str, str] = {}
        for first in range(0, len(names), 5_000):
            rows = self._connection.execute(_ROBOTS, (json.dumps(names[first : first + 5_000]),))
            files.update(rows)
        return sorted(range(len(names)), key=lambda number: (files.get(names[number], ""), number))

    def _group(
        self,
        group: list[str],
        starts: np.ndarray[Any, Any],
        part: dict[str, list[Any]],
        chosen: np.ndarray[Any, Any],
        into: tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], Columns],
    ) -> None:
        numbers, drop, hosts = into
        roots = [url for url in (parse(f"{name}/") for name in group if name) if url is not None]
        counted = dict(self._connection.execute(_ROWS, (json.dumps(group),)).fetchall())
        for name in group:
            counted.setdefault(name, 1)
        origins = self._decider.origins(roots, counted)
        texts, normal, dates, bodies = part["url"], part["text"], part["date"], part["body"]
        pages, hashes = part.get("page"), part.get("text_hash")
        for place, name in enumerate(group):
            origin = origins.get(name)
            last = None
            host = origin.url.host if origin is not None else ""
            for at in range(int(starts[place]), int(starts[place + 1])):
                if origin is None:
                    numbers[chosen[at]] = self._outcomes.number(NO_ROW_URL, "")
                    continue
                url = url_from(normal[at] or texts[at], host)
                if bodies[at] == SITE_FILE:
                    number, by_page = self._outcomes.number(A_SITE_FILE, ""), False
                else:
                    read = self._read(part, at) if pages is not None else None
                    outcome, by_page = self._decider.outcome(
                        url, origin, dates[at], read, hashes[at] if hashes else ""
                    )
                    licence = self._licence(url, read.page) if read is not None else ""
                    number = self._outcomes.number(outcome, licence)
                    last = dates[at]
                numbers[chosen[at]] = number
                drop[chosen[at]] = not by_page
            if origin is not None:
                self._host(name, origin, last, hosts)

    def _read(self, part: dict[str, list[Any]], at: int) -> Read | None:
        row = (part["page"][at], part["body"][at], part["kind"][at], part["identity"][at])
        return read_stored(row, self._originals)

    def _licence(self, url: Url, page: PageEvidence) -> str:
        if not page.licences and not self._terms.rules.content.confirmed:
            return ""
        return believe(page.licences, url, Metadata(), self._terms.rules.content).spdx

    def _host(self, name: str, origin: Origin, last: float | None, hosts: Columns) -> None:
        decision = self._decider.verdict(origin.url, origin, last)
        told = (None,) * len(Usage) if decision is None else labels(decision.verdict)
        seen = {item.id: item for site in origin.used for item in site.files}
        evidence = [
            {
                "kind": item.kind.value,
                "url": item.url,
                "found": item.found.value,
                "sha256": item.sha256 if item.body else "",
                "fetched_at": item.fetched_at,
            }
            for _, item in sorted(seen.items())
        ]
        hosts.add((name, *told, orjson.dumps(evidence).decode()))


def read_stored(
    row: tuple[bytes | None, str, str, str], known: Mapping[str, Original]
) -> Read | None:
    """Return what a record says, or the one it refers to; None if it holds no answer.

    `row`: its page, body, kind and identity as they are stored.
    """
    page, body, kind, identity = row
    if page is None and kind in {"revisit", "conversion"}:
        _, digest, refers, _, _ = identity.split(" ")
        original = (known.get(refers) or known.get(digest)) if known else None
        if original is not None:
            page, body = original.page, original.body
        elif kind == "revisit":
            return Read(PageEvidence(0), "no-evidence")
    return Read(unpack_evidence(page), body) if page is not None else None


def _windows(path: Path) -> Iterator[pa.Table]:
    """Yield the rows of a file in as few tables as memory allows."""
    with pq.ParquetFile(path) as file:
        batches: list[pa.RecordBatch] = []
        rows = octets = 0
        for batch in file.iter_batches(65_536):
            batches.append(batch)
            rows += batch.num_rows
            octets += batch.column(batch.schema.get_field_index("page")).nbytes
            if rows >= _WINDOW or octets >= _WINDOW_OCTETS:
                yield pa.Table.from_batches(batches)
                batches, rows, octets = [], 0, 0
        if batches:
            yield pa.Table.from_batches(batches)


def _without(pages: pa.ChunkedArray, drop: np.ndarray[Any, Any]) -> pa.Array:
    import pyarrow.compute as pc  # noqa: PLC0415

    if pages.null_count == len(pages):
        return pages
    return pc.if_else(pa.array(drop), pa.scalar(None, pa.binary()), pages)
