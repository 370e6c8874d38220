"""Am I in it? What a job or an export holds of somebody, or of a text, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.core.content.figures.hashes import normalised
from crawler.core.urls import Url, host_name, is_within, parse
from crawler.corpus.errors import CorpusError
from crawler.corpus.export.opened_export import OpenedExport
from crawler.corpus.records.record import Record, stamp
from crawler.corpus.removal.selector import authors, folded
from crawler.store.damaged_reads import Spared
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
    damaged: tuple[str, ...] = ()  # rows of which not all could be read


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: one of a URL, a domain, an author and a passage of the text."""

    url: Url | None = None
    domain: str = ""
    author: str = ""
    passage: str = ""

    @property
    def subject(self) -> str:
        return self.url.text if self.url is not None else self.domain or self.author or self.passage


def query_of(subject: str = "", author: str = "", passage: str = "") -> Query:
    """Return what to look for: `subject` is a URL (with its scheme) or a domain.

    Raises:
        CorpusError: Not exactly one is given, or it is none of its kind.
    """
    if sum(map(bool, (subject, author.strip(), passage))) != 1:
        raise CorpusError(
            _NOTHING,
            "not exactly one thing is named",
            "name a URL, a domain, an author or a text",
        )
    if passage:
        words = _seen(passage).strip()
        if len(words) < _SHORTEST:
            raise CorpusError(
                _NOTHING,
                f"{passage!r} is too short to tell a text by",
                f"give at least {_SHORTEST} characters of it",
            )
        return Query(passage=words)
    if author:
        return Query(author=folded(author))
    url = parse(subject) if "://" in subject else None
    domain = host_name(subject) if url is None else url.host
    if domain is None:
        raise CorpusError(_NOTHING, f"{subject!r} is no URL and no domain", 'write "example.org"')
    return Query(url=url) if url is not None else Query(domain=domain)


def find(
    connection: Connection, subject: Query | str, suppression: Suppression | None = None
) -> Answer:
    """Return what the job holds of whom or what is meant."""
    query = query_of(subject) if isinstance(subject, str) else subject
    connection.text_factory = _lenient  # one row whose bytes are no text hides no other
    rows, spared = _rows(connection, query), Spared()
    counts: dict[str, int] = {}
    for row in rows:
        state = _state(row)
        counts[state] = counts.get(state, 0) + 1
    asked = query.url or (parse(f"https://{query.domain}/") if query.domain else None)
    suppressed = ""
    if suppression is not None and asked is not None:
        suppressed = suppression.refuses_url(asked)
    pages = []
    for row in rows[:_MOST]:
        with spared.row(f"page {row[0]}"):
            pages.append(_held(connection, row))
    return Answer(
        query.subject,
        dict(sorted(counts.items())),
        tuple(pages),
        suppressed,
        tuple(spared.found),
    )


def _lenient(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def find_in_export(export: OpenedExport, query: Query) -> Answer:
    """Return the records of an export that are meant.

    Raises:
        CorpusError: A data file cannot be read.
    """
    pages: list[Held] = []
    count = 0
    version = () if export.version == "0.0.0" else (export.version,)
    for _, record in export.read():
        if not _is_meant(record, query):
            continue
        count += 1
        about = record["metadata"]
        if len(pages) < _MOST:
            decided = about["consent"]["decided_at"]
            pages.append(Held(about["url"], EXPORTED, "", decided, record["id"], version))
    return Answer(query.subject, {EXPORTED: count} if count else {}, tuple(pages), "")


# Soft hyphens, joiners, marks of order: what is copied from a page may hold them, or not.
_UNSEEN = ("\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff")


def _seen(text: str) -> str:
    """Return the normalised text without the characters that no reader sees."""
    if not text.isascii():
        for character in _UNSEEN:
            text = text.replace(character, "")
    return normalised(text)


def _is_meant(record: Record, query: Query) -> bool:
    about = record["metadata"]
    if query.url is not None:
        known = parse(about["url"])
        return known is not None and known.key == query.url.key and known.host == query.url.host
    if query.domain:
        return is_within(about["host"].rstrip("."), query.domain)
    if query.author:
        named = (*about["creator"], about["attribution"]["author"])
        return query.author in map(folded, named)
    return query.passage in _seen(record["text"])


def _rows(connection: Connection, query: Query) -> list[_Row]:
    if query.url is not None:
        return _by_url(connection, query.url)
    if query.domain:
        return _by_domain(connection, query.domain)
    numbers = [
        number
        for number, text in connection.execute(
            "SELECT url_id, text FROM page WHERE text != ''"
            if query.passage
            else "SELECT url_id, metadata FROM page WHERE metadata NOT IN ('', '{}')"
        )
        if (query.passage in _seen(text) if query.passage else query.author in authors(text))
    ]
    return [
        row
        for number in numbers
        for row in connection.execute(f"{_SELECT} WHERE url.id = ?", (number,))
    ]


EXPORTED = "in this export"
_NOTHING = "nothing was looked for"
_SHORTEST = 12  # characters of a passage
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
