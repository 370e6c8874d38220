"""What a group of visits leaves behind: most are to URLs of which nothing is held yet.

Synchronous, inside a transaction.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from crawler.core.outcome import Failed, Kept, Missing, Moved, Outcome, Skipped
from crawler.core.response import Response
from crawler.core.task import Task
from crawler.store.archive import Archive
from crawler.store.database import Connection
from crawler.store.kept_page import Context, is_suppressed, keep
from crawler.store.ledger import append_all, new_subjects
from crawler.store.page_rows import write_pages
from crawler.store.pages import record_visit

# What changes nothing where no copy is held.
_NO_PAGE = (Failed, Missing, Moved, Skipped)
_KNOWN = (
    "SELECT url_id FROM page WHERE url_id IN (SELECT value FROM json_each(?1))"
    " UNION ALL SELECT url_id FROM subject WHERE url_id IN (SELECT value FROM json_each(?1))"
)


class Done(NamedTuple):
    """A visit that has ended, as `record_visit` is given it."""

    task: Task
    outcome: Outcome
    response: Response | None
    now: float  # seconds since the epoch


def record_visits(
    connection: Connection, group: Sequence[Done], context: Context, archive: Archive | None = None
) -> None:
    """Record what came of a group of visits, as `record_visit` does for one.

    New pages are written first, a table at a time: that takes half the time, and the thread
    lets go of the interpreter less often, which the event loop is waiting for.
    """
    known = _known(connection, group)
    new = [done for done in group if done.task.id not in known and _is_page(done)]
    if new:
        _keep_new(connection, new, context, archive)
    for done in group:
        if done.task.id in known or not (_is_page(done) or isinstance(done.outcome, _NO_PAGE)):
            record_visit(connection, *done[:3], context, done.now, archive)


def _is_page(done: Done) -> bool:
    return isinstance(done.outcome, Kept) and done.response is not None


def _known(connection: Connection, group: Sequence[Done]) -> set[int]:
    """Return the URLs of which something is held, or that were visited twice."""
    times = Counter(done.task.id for done in group)
    found = connection.execute(_KNOWN, (json.dumps(list(times)),)).fetchall()
    return {number for (number,) in found} | {number for number in times if times[number] > 1}


def _keep_new(
    connection: Connection, group: Sequence[Done], context: Context, archive: Archive | None
) -> None:
    urls, pages = [], []
    for task, outcome, response, now in group:
        if not isinstance(outcome, Kept) or response is None:
            continue
        if not is_suppressed(task, outcome.document, context):
            urls.append((task.id, task.url.text))
            pages.append((keep(task, (outcome, response), context, archive), now))
    write_pages(connection, [page.rows for page, _ in pages])
    subjects = new_subjects(connection, urls)
    append_all(
        connection,
        [
            (
                page.kind,
                {**page.payload, "said": subject.said(page.rows.said)},
                now,
                subject.name,
            )
            for (page, now), subject in zip(pages, subjects, strict=True)
        ],
    )
