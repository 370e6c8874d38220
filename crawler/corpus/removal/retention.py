"""Raw copies are kept as long as the policy says, and not after their page has left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crawler.corpus.removal.mirrored_copies import Why, take_out_mirrored
from crawler.corpus.removal.raw_copies import Member, cut_orphans, take_out
from crawler.store.database import Connection, commit
from crawler.store.job import hold, open_for_writing
from crawler.store.ledger import append
from crawler.store.pages import seal_page


@dataclass(frozen=True, slots=True)
class Retained:
    """What a run of retention removed: pages whose raw answer went, and WARC records."""

    pages: int
    records: int
    unreached: tuple[str, ...] = ()  # copies on the mirror out of which nothing could be taken


def retain(job: Path, keep_for: float | None, now: float) -> Retained:
    """Remove raw answers older than `keep_for` seconds, and those of pages that left.

    None keeps the answers of pages that are held or active as long as the job.

    Raises:
        StoreError: Another process holds the job.
    """
    with hold(job):
        connection = open_for_writing(job)
        try:
            return _retain(job, connection, keep_for, now)
        finally:
            connection.close()


def _retain(job: Path, connection: Connection, keep_for: float | None, now: float) -> Retained:
    cut_orphans(job, connection)
    oldest = now - keep_for if keep_for is not None else 0.0
    kept = {
        row[0]
        for row in connection.execute(
            "SELECT record_id FROM page WHERE record_id != '' AND state IN ('active', 'held')"
            " AND fetched_at >= ?",
            (oldest,),
        )
    }
    pages = {
        row[0] for row in connection.execute("SELECT url FROM page WHERE url != ''").fetchall()
    }

    def drop(member: Member) -> bool:
        if member.kind not in ("response", "revisit") or member.record_id in kept:
            return False
        # Site files are proof, not content: they stay unless they are of no page's address.
        return member.url in pages or (keep_for is not None and _at(member.date) < oldest)

    records = take_out(job, drop, "retention", now, name_urls=True)
    rows = connection.execute("SELECT record_id FROM page WHERE record_id != ''").fetchall()
    gone = frozenset(name for (name,) in rows if name not in kept)
    mirrored = take_out_mirrored(job, drop, Why("retention", now, True, gone))  # noqa: FBT003
    records += mirrored.records
    connection.execute("BEGIN IMMEDIATE")
    numbers = [
        number
        for number, name in connection.execute(
            "SELECT url_id, record_id FROM page WHERE record_id != ''"
        ).fetchall()
        if name not in kept
    ]
    for number in numbers:
        connection.execute(
            "UPDATE page SET archive_file = '', archive_offset = 0, record_id = ''"
            " WHERE url_id = ?",
            (number,),
        )
        seal_page(connection, number, "retention", {}, now)
    append(connection, "retain", {"pages": len(numbers), "records": records}, now)
    commit(connection)
    return Retained(len(numbers), records, mirrored.unreached)


def _at(date: str) -> float:
    try:
        return datetime.fromisoformat(date).timestamp()
    except ValueError:
        return 0.0
