"""Am I in it? What a job holds of a URL or a domain, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.core.urls import Url, host_name, parse
from crawler.corpus.errors import CorpusError
from crawler.corpus.records.record import stamp
from crawler.store.database import Connection
from crawler.store.ledger import name, record_id
from crawler.store.suppression import Suppression

_MOST = 10_000  # pages listed; the counts are of all


@dataclass(frozen=True, slots=True)
class Held:
    """One page the job knows. `versions`: the published ones that carry it."""

    url: str
    state: str  # of the page, or "refused", "known"
    reason: str
    decided_at: str
    record_id: str
    versions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is held of the subject. `suppressed`: why it will not be taken again, or ""."""

    subject: str
    counts: dict[str, int]
    pages: tuple[Held, ...]
    suppressed: str


def find(connection: Connection, subject: str, suppression: Suppression | None = None) -> Answer:
    """Return what the job holds of a URL (with scheme) or a domain."""
    url = parse(subject) if "://" in subject else None
    domain = host_name(subject) if url is None else url.host
    if domain is None:
        raise CorpusError(
            "nothing was looked for", f"{subject!r} is no URL and no domain", 'write "example.org"'
        )
    rows = _by_url(connection, url) if url is not None else _by_domain(connection, domain)
    counts: dict[str, int] = {}
    for row in rows:
        state = _state(row)
        counts[state] = counts.get(state, 0) + 1
    suppressed = ""
    if suppression is not None:
        asked = url or parse(f"https://{domain}/")
        suppressed = suppression.refuses_url(asked) if asked is not None else ""
    pages = tuple(_held(connection, row) for row in rows[:_MOST])
    return Answer(subject, dict(sorted(counts.items())), pages, suppressed)


_SELECT = (
    "SELECT url.id, url.url, page.state, page.state_reason, decision.included, decision.reason,"
    " decision.decided_at, subject.salt, url.outcome, url.code FROM url"
    " LEFT JOIN page ON page.url_id = url.id LEFT JOIN decision ON decision.url_id = url.id"
    " LEFT JOIN subject ON subject.url_id = url.id"
)
_Row = tuple[int, str, str | None, str, int | None, str, float | None, bytes | None, str, str]


def _by_url(connection: Connection, url: Url) -> list[_Row]:
    return connection.execute(
        f"{_SELECT} WHERE url.host_id IN (SELECT id FROM host WHERE name = ?) AND key = ?"  # noqa: S608
        f" UNION {_SELECT} WHERE page.url = ?",
        (url.host, url.key, url.text),
    ).fetchall()


def _by_domain(connection: Connection, domain: str) -> list[_Row]:
    return connection.execute(
        f"{_SELECT} WHERE url.kind = 0 AND url.host_id IN (SELECT id FROM host WHERE name = ?"  # noqa: S608
        " OR site = ? OR name LIKE '%.' || ?)"
        f" UNION {_SELECT} WHERE page.host = ? OR page.site = ? OR page.host LIKE '%.' || ?",
        (domain,) * 6,
    ).fetchall()


def _state(row: _Row) -> str:
    if row[2]:
        return row[2]
    if row[4] == 0:
        return "refused"
    return row[8] or "known"


def _held(connection: Connection, row: _Row) -> Held:
    doc_id = record_id(name(row[7], row[1])) if row[7] else ""
    versions = connection.execute(
        "SELECT version FROM released JOIN release USING (version) WHERE doc_id = ? ORDER BY seq",
        (doc_id,),
    )
    reason = row[3] if row[2] else row[5] or row[9]
    return Held(
        row[1],
        _state(row),
        reason or "",
        stamp(row[6]),
        doc_id,
        tuple(version for (version,) in versions) if doc_id else (),
    )
