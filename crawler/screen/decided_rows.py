"""An input's rows decided origin by origin, whatever their order, and stored in theirs.

Rows of one origin are brought together: its evidence is read and its rules are compiled once.
Origins are taken in the order of their robots.txt, so that those with the same file share it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
from crawler.frontier.hosts import url_from
from crawler.screen.answers import SITE_FILE, Outcome, labels
from crawler.screen.deciding import A_SITE_FILE, NO_ROW_URL, Decider, Origin, Terms
from crawler.screen.row_store import DECIDED, OUTCOME, Columns
from crawler.screen.shared_decisions import digest_of
from crawler.screen.sorted_hosts import host_rows
from crawler.store.database import Connection
from crawler.store.evidence import unpack_evidence

# Rows that are brought together at once, and octets of what is read of them.
_WINDOW, _WINDOW_OCTETS = 3_000_000, 192 * 2**20
_BATCH = 65_536
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

    def _written(
        self, batch: pa.Table, numbers: np.ndarray[Any, Any], drop: np.ndarray[Any, Any]
    ) -> pa.Table:
        """Return rows with the outcomes that have those numbers, as they are kept."""
        size = batch.num_rows
        columns = {name: batch[name] for name in _KEPT}
        if not self._store:
            columns["page"] = _without(batch["page"], drop[:size])
        columns |= self._outcomes.columns(numbers[:size])
        return pa.table(columns, schema=DECIDED)

    def _window(
        self, window: dict[str, pa.Array], hosts: Columns
    ) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """Return each row's number of outcome, and whose own evidence need not be kept."""
        coded = window.pop("origin")
        size = len(coded)
        if not self._originals and window["page"].null_count == size:
            for name in ("page", "kind", "identity"):
                del window[name]
        if not pc.any(pc.not_equal(window["text_hash"], "")).as_py():
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
            part = {name: column.take(places).to_pylist() for name, column in window.items()}
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
                "sha256": digest_of(item.body),
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


def _without(pages: pa.ChunkedArray, drop: np.ndarray[Any, Any]) -> pa.Array:
    if pages.null_count == len(pages):
        return pages
    return pc.if_else(pa.array(drop), pa.scalar(None, pa.binary()), pages)
