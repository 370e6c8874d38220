"""Gate 4's other half: when old evidence was sought again, every page follows what it says.

What is asked is in `asking_again`; `decide_pages_again` decides again what new site files, another
policy, other rules or a date can alter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from crawler.core.urls import host_name, parse
from crawler.corpus.errors import CorpusError
from crawler.corpus.records.record import PAGE_COLUMNS, Page
from crawler.corpus.records.selection import PAGES_FROM, Gate, Sites, decide_again, is_current
from crawler.store.damaged_reads import Spared
from crawler.store.database import Connection
from crawler.store.deciding_again import as_before, follow, how_it_stands
from crawler.store.ledger import append, name, record_id
from crawler.store.pages import Context, seal_page, unbury
from crawler.store.row_seals import seal_alone
from crawler.store.suppression import Suppression

# Pages settled in one transaction: about a tenth of a second.
BATCH = 500


@dataclass(slots=True)
class Rechecked:
    """What came of a recheck, by reason."""

    looked_at: int = 0
    decided_again: int = 0
    retired: Counter[str] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    released: int = 0
    spared: Spared = field(default_factory=Spared)  # pages that could not be read


def pages_to_decide_again(connection: Connection) -> list[int]:
    """Return the pages that are held or active, for `decide_pages_again` in batches."""
    return [
        row[0]
        for row in connection.execute(
            "SELECT url_id FROM page WHERE state IN ('active', 'held') ORDER BY url_id"
        )
    ]


def decide_pages_again(
    connection: Connection, numbers: Iterable[int], gate: Gate, context: Context, into: Rechecked
) -> None:
    """Decide again what may have changed, and let state follow; run inside a transaction."""
    sites = Sites(connection, gate.consent)
    for number in numbers:
        with into.spared.row(f"page {number}", connection):
            _decide_again(sites, number, gate, context, into)


def _decide_again(sites: Sites, number: int, gate: Gate, context: Context, into: Rechecked) -> None:
    connection = sites.connection
    row = connection.execute(
        f"SELECT {PAGE_COLUMNS}{PAGES_FROM} WHERE url_id = ?",
        (number,),
    ).fetchone()
    if row is None:
        return
    page = Page(*row)
    into.looked_at += 1
    site = sites.of(page.url, page.snapshots)
    if page.state == "active" and is_current(page, site, gate):
        return
    stands = how_it_stands(connection, number)
    if stands is None or (page.state == "held" and not stands.held_by_evidence):
        return  # its own answer is missing; only a visit brings it back
    judged = decide_again(page, site, gate)
    if judged is None or (page.state == "held" and as_before(stands, judged, context)):
        return
    into.decided_again += 1
    became = follow(connection, stands, judged, context)
    reason = "awaiting" if judged.waits else judged.decision.reason
    if became == "released":
        into.released += 1
    elif became:
        (into.held if became == "held" else into.retired)[reason] += 1


def reconsent(connection: Connection, numbers: Iterable[int], source: str, now: float) -> int:
    """Record that the owner agrees again: what was retired may be kept at the next visit.

    `source` says where the agreement stands. A purged page has no row to come back to; its
    suppression is lifted and it is met as a new one. Return how many pages it concerns.
    """
    count = 0
    for number in numbers:
        row = connection.execute("SELECT state FROM page WHERE url_id = ?", (number,)).fetchone()
        if row is None or row[0] not in ("retired", "purged"):
            continue
        count += 1
        if row[0] == "retired":
            connection.execute(
                "UPDATE page SET state = 'held', state_reason = 'reconsent' WHERE url_id = ?",
                (number,),
            )
            seal_page(connection, number, "reconsent", {"from": "retired", "source": source}, now)
            _unbury(connection, number, now)
        else:
            _unbury_purged(connection, number, now)
            connection.execute("DELETE FROM page WHERE url_id = ?", (number,))
        connection.execute(
            "UPDATE url SET state = 2, outcome = 'reconsent' WHERE id = ?", (number,)
        )
        connection.execute(
            "INSERT OR REPLACE INTO revisit VALUES (?, 0, ?, 86400, '', '', '')", (number, now)
        )
    seal_alone(connection)
    return count


def agree(
    connection: Connection, subject: str, suppression: Suppression | None, source: str, now: float
) -> int:
    """Record an owner's re-consent for a URL (with scheme) or a domain; return the pages.

    What the operator's list says of it is lifted, so that it can be met again. Run inside a
    transaction.
    """
    url = parse(subject) if "://" in subject else None
    domain = host_name(subject)
    if url is None and domain is None:
        raise CorpusError(
            "nothing was recorded", f"{subject!r} is no domain", 'write it as "example.org"'
        )
    if url is not None:
        rows = connection.execute(
            "SELECT url.id FROM url JOIN host ON host.id = host_id WHERE name = ? AND key = ?",
            (url.host, url.key),
        ).fetchall()
    else:
        rows = connection.execute(
            "SELECT url.id FROM url JOIN host ON host.id = host_id"
            " WHERE name = ? OR site = ? OR name LIKE '%.' || ?",
            (domain, domain, domain),
        ).fetchall()
    if suppression is not None:
        suppression.lift("url" if url is not None else "domain", subject, now, source)
    append(connection, "reconsent", {"pages": len(rows), "source": source}, now)
    return reconsent(connection, (number for (number,) in rows), source, now)


def _unbury(connection: Connection, number: int, now: float) -> None:
    row = connection.execute(
        f"SELECT {PAGE_COLUMNS}{PAGES_FROM} WHERE url_id = ?",
        (number,),
    ).fetchone()
    if row is not None:
        unbury(connection, Page(*row).doc_id, now)


def _unbury_purged(connection: Connection, number: int, now: float) -> None:
    # Its row names nobody; the frontier knows its URL, unless it was an erasure.
    row = connection.execute(
        "SELECT salt, url FROM subject JOIN url ON url.id = url_id WHERE url_id = ?", (number,)
    ).fetchone()
    if row is not None:
        unbury(connection, record_id(name(row[0], row[1])), now)
