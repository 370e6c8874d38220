"""Terms pages that pages name: those among the rows themselves are evidence of their time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from crawler.core.consent import terms
from crawler.core.evidence import FileKind
from crawler.core.response import Response
from crawler.core.urls import Url, parse
from crawler.inputs import Input
from crawler.screen.captured_files import read
from crawler.screen.page_reading import response_of
from crawler.screen.plan import Plan, Planned
from crawler.store.database import Connection
from crawler.store.dated_evidence import save_given


def attach_terms(
    connection: Connection, plan: Plan, wanted: Mapping[str, str], *, collect: bool
) -> None:
    """Store the terms pages that lie among the rows; have the others asked for if so wished.

    `wanted`: each page by its URL, and the site it speaks for; of a site the first few.
    """
    few = _few(wanted)
    for item in plan.inputs:
        for url, response, date in _among(plan, item, few):
            snapshot = replace(read(FileKind.TERMS, url, response, date), url=url.text)
            save_given(connection, few[url.text], snapshot, item.path)
            save_given(connection, "", snapshot, item.path)
    if collect:
        connection.executemany(
            "INSERT OR IGNORE INTO licence_file VALUES (?, ?)",
            [(site, url) for url, site in few.items()],
        )


def _few(wanted: Mapping[str, str]) -> dict[str, str]:
    counts: dict[str, int] = {}
    found = {}
    for url, site in wanted.items():
        counts[site] = counts.get(site, 0) + 1
        if counts[site] <= terms.MOST:
            found[url] = site
    return found


def _among(
    plan: Plan, item: Planned, wanted: Mapping[str, str]
) -> Iterator[tuple[Url, Response, float]]:
    """Yield those of the wanted pages that are rows of an input, with their answers."""
    if not wanted:
        return
    path = plan.file(item.number, "rows.parquet")
    table = pq.read_table(path, columns=["row", "url", "page"])
    chosen = pc.and_(pc.is_in(table["url"], pa.array(list(wanted))), pc.is_valid(table["page"]))
    numbers = set(table.filter(chosen)["row"].to_pylist())
    if not numbers:
        return
    with Input(item.path, plan.asked.columns) as rows:
        for row in rows:
            if row.place.row not in numbers:
                continue
            url = parse(row.url.strip())
            response = response_of(row, url) if url is not None else None
            if url is not None and response is not None and row.date is not None:
                yield url, response, row.date
