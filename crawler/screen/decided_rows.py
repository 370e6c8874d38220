"""An input's rows decided origin by origin, whatever their order, and stored in theirs.

Rows of one origin are brought together: its evidence is read and its rules are compiled once.
Origins are taken in the order of their robots.txt, so that those with the same file share it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from crawler.core.content.licence.confidence import believe
from crawler.core.decision import Usage
from crawler.core.document import Metadata
from crawler.core.evidence import PageEvidence
from crawler.core.given import Read
from crawler.core.urls import Url, parse
from crawler.screen.answers import SITE_FILE, Outcome, labels
from crawler.screen.deciding import (
    A_SITE_FILE,
    NO_ROW_URL,
    UNRESOLVED,
    Decider,
    Origin,
    Terms,
)
from crawler.screen.row_store import DECIDED, OUTCOME, Columns
from crawler.screen.shared_decisions import NO_BODY
from crawler.screen.sorted_hosts import host_rows
from crawler.store.database import Connection
from crawler.store.evidence import unpack_evidence

# Rows that are brought together at once, and octets of what is read of them.
_WINDOW, _WINDOW_OCTETS = 3_000_000, 192 * 2**20
_BATCH = 65_536
_Places: TypeAlias = "np.ndarray[Any, Any]"
# Kinds of records of which nothing is known but by the one they refer to.
WHOLLY_OF_ANOTHER = ("revisit", "continuation")
_REMEMBERED = 4_096  # outcomes that are known again at sight
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
_READ = ("origin", "url", "text", "date", "body", "page", "kind", "identity", "text_hash")


@dataclass(frozen=True, slots=True)
class Original:
    """What a record that others refer to says."""

    page: bytes | None
    body: str


class _Outcomes:
    """The different outcomes of an input: a row has the number of its own."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[Outcome, str], int] = {}
        # The same few objects come again and again. They are held, so no other has their id.
        self._known: dict[int, tuple[Outcome, int]] = {}

    def number(self, outcome: Outcome, licence: str) -> int:
        known = None if licence else self._known.get(id(outcome))
        if known is not None:
            return known[1]
        number = self.numbers.setdefault((outcome, licence), len(self.numbers))
        if not licence:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[id(outcome)] = (outcome, number)
        return number

    def columns(self, numbers: _Places) -> dict[str, pa.Array]:
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
        with (
            host_rows(hosts) as origins,
            Columns(decided, DECIDED) as rows,
            pq.ParquetFile(surveyed) as file,
        ):
            # Read a second time to be written: what decides is all that is held of a window.
            batches = file.iter_batches(_BATCH, columns=_KEPT)
            rest = pa.table([[]] * len(_KEPT), _KEPT)
            for window in _windows(surveyed):
                numbers, drop = self._window(window, origins)
                window.clear()
                done = 0
                while done < len(numbers):
                    if not rest.num_rows:
                        rest = pa.Table.from_batches([next(batches)])
                    part = rest.slice(0, len(numbers) - done)
                    rows.write(self._written(part, numbers[done:], drop[done:]))
                    done += part.num_rows
                    rest = rest.slice(part.num_rows)

    def _written(self, batch: pa.Table, numbers: _Places, drop: _Places) -> pa.Table:
        """Return rows with the outcomes that have those numbers, as they are kept."""
        size = batch.num_rows
        columns = {name: batch[name] for name in _KEPT}
        if not self._store:
            columns["page"] = _without(batch["page"], drop[:size])
        columns |= self._outcomes.columns(numbers[:size])
        return pa.table(columns, schema=DECIDED)

    def _window(self, window: dict[str, pa.Array], hosts: Columns) -> tuple[_Places, _Places]:
        """Return each row's number of outcome, and whose own evidence need not be kept."""
        coded = window.pop("origin")
        size = len(coded)
        window["address"] = _addresses(window.pop("text"), window.pop("url"))
        refers = pc.any(pc.is_in(window["kind"], pa.array(WHOLLY_OF_ANOTHER))).as_py()
        if not self._originals and window["page"].null_count == size and not refers:
            for name in ("page", "kind", "identity"):
                del window[name]
            if not _any(window["body"]):
                del window["body"]
        if window["date"].null_count == size:
            del window["date"]
        if not _any(window["text_hash"]):
            del window["text_hash"]
        pa.default_memory_pool().release_unused()
        numbers = np.zeros(size, np.int32)
        drop = np.ones(size, np.bool_)
        names: list[str] = coded.dictionary.to_pylist()
        rank = np.empty(len(names), np.int32)
        order = self._order(names)
        rank[order] = np.arange(len(names), dtype=np.int32)
        ranks = rank[coded.indices.to_numpy()]
        del coded
        rows = np.argsort(ranks, kind="stable").astype(np.int32)
        starts = np.zeros(len(names) + 1, np.int64)
        np.cumsum(np.bincount(ranks, minlength=len(names)), out=starts[1:])
        del ranks
        for first in range(0, len(names), _ORIGINS):
            group = [names[number] for number in order[first : first + _ORIGINS]]
            low, high = starts[first], starts[min(first + _ORIGINS, len(names))]
            chosen = rows[low:high]
            places = pa.array(chosen)
            part = {name: values(column.take(places)) for name, column in window.items()}
            self._group(group, starts[first:] - low, part, chosen, (numbers, drop, hosts))
        return numbers, drop

    def _order(self, names: list[str]) -> list[int]:
        """Return the origins by their robots.txt, so that the same one is compiled once."""
        files: dict[str, str] = {}
        hashes: dict[str, str] = {}
        for first in range(0, len(names), 5_000):
            rows = self._connection.execute(_ROBOTS, (json.dumps(names[first : first + 5_000]),))
            files.update((origin, hashes.setdefault(sha256, sha256)) for origin, sha256 in rows)
        return sorted(range(len(names)), key=lambda number: (files.get(names[number], ""), number))

    def _group(
        self,
        group: list[str],
        starts: _Places,
        part: dict[str, Sequence[Any]],
        chosen: _Places,
        into: tuple[_Places, _Places, Columns],
    ) -> None:
        numbers, drop, hosts = into
        roots = [parse(f"{name}/") if name else None for name in group]
        counted = dict(self._connection.execute(_ROWS, (json.dumps(group),)).fetchall())
        for name in group:
            counted.setdefault(name, 1)
        known = self._decider.origins([url for url in roots if url is not None], counted)
        addresses, dates = part["address"], part.get("date")
        found: list[int] = []
        for place, (name, root) in enumerate(zip(group, roots, strict=True)):
            rows = range(int(starts[place]), int(starts[place + 1]))
            if root is None:
                found += [self._outcomes.number(NO_ROW_URL, "")] * len(rows)
                continue
            origin = next(known)
            size, last = len(name), None
            for at in rows:
                target = addresses[at][size:]
                date = dates[at] if dates is not None else None
                number, is_page = self._row(target, origin, date, (part, at, drop, chosen))
                found.append(number)
                if is_page:
                    last = date
            self._host(name, origin, last, hosts)
        numbers[chosen] = found

    def _row(
        self,
        target: str,
        origin: Origin,
        date: float | None,
        row: tuple[dict[str, Sequence[Any]], int, _Places, _Places],
    ) -> tuple[int, bool]:
        """Return a row's number of outcome, and whether it is a page."""
        part, at, drop, chosen = row
        bodies, pages, hashes = part.get("body"), part.get("page"), part.get("text_hash")
        if bodies is not None and bodies[at] == SITE_FILE:
            return self._outcomes.number(A_SITE_FILE, ""), False
        read = self._read(part, at) if pages is not None else None
        text_hash = hashes[at] if hashes is not None else ""
        outcome, by_page = self._decider.outcome(target, origin, date, read, text_hash)
        licence = ""
        if read is not None:
            drop[chosen[at]] = not by_page
            licence = self._licence(origin.now.address(target), read.page)
        return self._outcomes.number(outcome, licence), True

    def _read(self, part: dict[str, Sequence[Any]], at: int) -> Read | None:
        row = (part["page"][at], part["body"][at], part["kind"][at], part["identity"][at])
        return read_stored(row, self._originals)

    def _licence(self, url: Url, page: PageEvidence) -> str:
        if not page.licences and not self._terms.rules.content.confirmed:
            return ""
        return believe(page.licences, url, Metadata(), self._terms.rules.content).spdx

    def _host(self, name: str, origin: Origin, last: float | None, hosts: Columns) -> None:
        decision = self._decider.verdict(origin, last)
        told = (None,) * len(Usage) if decision is None else labels(decision.verdict)
        seen = {item.id: item for site in origin.used for item in site.answers}
        evidence = [
            {
                "kind": item.kind,
                "url": item.url,
                "found": item.found,
                "sha256": "" if item.sha256 == NO_BODY else item.sha256,
                "fetched_at": item.fetched_at,
            }
            for _, item in sorted(seen.items())
        ]
        hosts.add((name, *told, orjson.dumps(evidence).decode()))


def read_stored(
    row: tuple[bytes | None, str, str, str], known: Mapping[str, Original]
) -> Read | None:
    """Return what a record says, or the one it refers to; None if it holds no answer.

    `UNRESOLVED` if it refers to one that is not there.

    `row`: its page, body, kind and identity as they are stored.
    """
    page, body, kind, identity = row
    if page is None and kind in {*WHOLLY_OF_ANOTHER, "conversion"}:
        _, digest, refers, _, _ = identity.split(" ")
        original = (known.get(refers) or known.get(digest)) if known else None
        if original is not None:
            page, body = original.page, original.body
        elif kind in WHOLLY_OF_ANOTHER:
            return UNRESOLVED
    return Read(unpack_evidence(page), body) if page is not None else None


def _windows(path: Path) -> Iterator[dict[str, pa.Array]]:
    """Yield what decides of the rows of a file, in as few windows as memory allows."""
    with pq.ParquetFile(path, read_dictionary=["origin"]) as file:
        parts: defaultdict[str, list[pa.Array]] = defaultdict(list)
        rows = octets = 0
        for batch in file.iter_batches(_BATCH, columns=list(_READ)):
            for name in _READ:
                parts[name].append(batch.column(name))
            rows += batch.num_rows
            octets += batch.nbytes
            if rows >= _WINDOW or octets >= _WINDOW_OCTETS:
                yield _joined(parts)
                rows = octets = 0
        if rows:
            yield _joined(parts)


def _joined(parts: defaultdict[str, list[pa.Array]]) -> dict[str, pa.Array]:
    """Return columns that were read in parts, and forget the parts one after the other."""
    window = {}
    for name in _READ:
        column = pa.chunked_array(parts.pop(name))
        if name == "origin":
            column = column.unify_dictionaries()
        window[name] = column.combine_chunks()
    return window


def _addresses(normal: pa.Array, urls: pa.Array) -> pa.Array:
    """Return addresses in normal form; where all stand in it, as mostly, without a copy."""
    return urls if normal.null_count == len(urls) else pc.coalesce(normal, urls)


def _any(texts: pa.Array) -> bool:
    """Say if one of them is not empty."""
    return bool(pc.any(pc.not_equal(texts, "")).as_py())


def values(column: pa.Array) -> Sequence[Any]:
    """Return what is in a column; texts many times faster than as a list."""
    if pa.types.is_string(column.type):
        return column.to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]
    return column.to_pylist()  # type: ignore[no-any-return]


def _without(pages: pa.ChunkedArray, drop: _Places) -> pa.Array:
    if pages.null_count == len(pages):
        return pages
    return pc.if_else(pa.array(drop), pa.scalar(None, pa.binary()), pages)
