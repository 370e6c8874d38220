"""Taking pages out so that nothing of them remains, and proving it.

In this order, so that a run that was killed can be done again: the suppression list, the
raw copies, the rows, the file's free pages, the search.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from crawler.core.urls import host_name, meant_domain, parse
from crawler.corpus.errors import CorpusError
from crawler.corpus.records.similar_pages import alike
from crawler.corpus.removal.leftovers import Needles, needles, search
from crawler.corpus.removal.own_pieces import own_pieces
from crawler.corpus.removal.raw_copies import Member, cut_orphans, take_out
from crawler.store.database import Connection, connect
from crawler.store.job import DATABASE, hold
from crawler.store.ledger import append, subject_of
from crawler.store.losses import forget_examples
from crawler.store.pages import bury, drop_derived
from crawler.store.suppression import Line, Suppression


def _no_subject(given: str, kind: str, example: str) -> CorpusError:
    return CorpusError("nothing was purged", f"{given!r} is no {kind}", f'write it as "{example}"')


@dataclass(frozen=True, slots=True)
class Selector:
    """Which pages: one of these."""

    urls: tuple[str, ...] = ()
    domain: str = ""
    author: str = ""

    def __post_init__(self) -> None:
        """Raise CorpusError for a URL or a domain that is none: it would match nothing."""
        for url in self.urls:
            if parse(url) is None:
                raise _no_subject(url, "URL", "https://example.org/page")
        if self.domain:
            name = host_name(self.domain)
            if name is None:
                raise _no_subject(self.domain, "domain", meant_domain(self.domain) or "example.org")
            object.__setattr__(self, "domain", name)
        if not (self.urls or self.domain or self.author.strip()):
            raise _no_subject(self.author, "author", "Ada Lovelace")

    @property
    def scope(self) -> str:
        return "domain" if self.domain else "author" if self.author else "url"


@dataclass(frozen=True, slots=True)
class Order:
    """What a purge is asked to do. `erase`: leave no personal data, the URL included."""

    reason: str  # optout, takedown, copyright, erasure, licence, ...
    with_duplicates: bool = False
    erase: bool = False
    verify: bool = True
    request: str = ""


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge did. `remaining` names the files in which bytes were found after it."""

    pages: int
    duplicates: int  # of these, chosen for their likeness
    records: tuple[str, ...]  # ids in exports
    raw_records: int
    files_searched: int
    bytes_searched: int
    remaining: tuple[str, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class _Target:
    url_id: int
    url: str
    text: str
    text_sha256: str
    record_id: str
    host: str


def purge(
    job: Path, selector: Selector, order: Order, suppression: Suppression | None, now: float
) -> Purged:
    """Purge the pages that `selector` names; purging again is harmless.

    Raises:
        CorpusError: An erasure without a suppression list: the text would come back.
        StoreError: Another process holds the job.
    """
    if order.erase and suppression is None:
        raise CorpusError(
            "nothing was purged",
            "an erasure needs a suppression list to keep the text from coming back",
            "name one in the policy: [suppression] path",
        )
    with hold(job):
        connection = connect(job / DATABASE)
        try:
            return _purge(job, connection, (selector, order), suppression, now)
        finally:
            connection.close()


def _purge(
    job: Path,
    connection: Connection,
    asked: tuple[Selector, Order],
    suppression: Suppression | None,
    now: float,
) -> Purged:
    selector, order = asked
    chosen = _choose(connection, selector)
    numbers = {target.url_id for target in chosen}
    copies = (
        [_target(connection, number) for number in alike(connection, numbers)]
        if order.with_duplicates
        else []
    )
    targets = [*chosen, *copies]
    wanted = _needles(connection, targets, order)
    if suppression is not None:
        _suppress(suppression, asked, targets, now)
    cut_orphans(job, connection)
    raw = _take_raw(job, connection, targets, (order, wanted), now)
    connection.execute("BEGIN IMMEDIATE")
    ids = tuple(_bury(connection, target, asked, now) for target in targets)
    if order.erase and selector.domain:
        _erase_addresses(connection, selector.domain)
    if order.erase:
        urls = (*selector.urls, *(target.url for target in targets))
        forget_examples(connection, urls, selector.domain)
    if order.erase and suppression is not None:
        _forget(connection, suppression, selector)
    if not targets:
        append(connection, "purge", {"reason": order.reason, "pages": 0}, now)
    connection.execute("COMMIT")
    scrub(connection)
    if not order.verify:
        return Purged(len(targets), len(copies), ids, raw, 0, 0, (), verified=False)
    searched = search(job, wanted)
    append(
        connection,
        "verify",
        {"of": "purge", "files": searched.files, "found": len(searched.found)},
        now,
    )
    return Purged(
        len(targets),
        len(copies),
        ids,
        raw,
        searched.files,
        searched.bytes,
        searched.found,
        verified=not searched.found,
    )


def scrub(connection: Connection) -> None:
    """Leave no deleted byte in the database file or its log."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _choose(connection: Connection, selector: Selector) -> list[_Target]:
    if selector.domain:
        name = selector.domain
        rows = connection.execute(
            "SELECT url_id FROM page WHERE state != 'purged' AND (host = ? OR site = ?"
            " OR host LIKE '%.' || ?)",
            (name, name, name),
        ).fetchall()
    elif selector.author:
        wanted = " ".join(selector.author.casefold().split())
        everyone = connection.execute("SELECT url_id, metadata FROM page WHERE state != 'purged'")
        rows = [(number,) for number, metadata in everyone if wanted in _authors(metadata)]
    else:
        keys = [url.key for url in map(parse, selector.urls) if url is not None]
        marks = ", ".join("?" * len(keys))
        rows = connection.execute(
            f"SELECT url_id FROM page JOIN url ON url.id = url_id"  # noqa: S608 - marks only
            f" WHERE page.state != 'purged' AND key IN ({marks})",
            keys,
        ).fetchall()
    return [_target(connection, number) for (number,) in rows]


def _authors(metadata: str) -> set[str]:
    names = json.loads(metadata).get("authors", ())
    return {" ".join(name.casefold().split()) for name in names}


def _target(connection: Connection, number: int) -> _Target:
    row = connection.execute(
        "SELECT url_id, url, text, text_sha256, record_id, host FROM page WHERE url_id = ?",
        (number,),
    ).fetchone()
    return _Target(*row)


def _needles(connection: Connection, targets: Iterable[_Target], order: Order) -> tuple[bytes, ...]:
    """Return what the search must not find: pieces of the texts that no other page holds."""
    chosen = list(targets)
    wanted = own_pieces(connection, {target.url_id: target.text for target in chosen})
    if order.erase:
        # The root's address is the beginning of every other one of its host.
        wanted += [item.url for item in chosen if not item.url.endswith(f"//{item.host}/")]
    return needles(wanted)


def _suppress(
    suppression: Suppression,
    asked: tuple[Selector, Order],
    targets: Iterable[_Target],
    now: float,
) -> None:
    selector, order = asked
    lines = [
        Line("url", url, order.reason, now, order.erase, order.request) for url in selector.urls
    ]
    if selector.domain:
        lines.append(Line("domain", selector.domain, order.reason, now, order.erase, order.request))
    if selector.author:
        lines.append(Line("author", selector.author, order.reason, now, order.erase, order.request))
    for target in targets:
        if selector.scope != "domain":
            lines.append(Line("url", target.url, order.reason, now, order.erase, order.request))
        if target.text_sha256:
            # Always keyed: the hash of a short text can be guessed.
            lines.append(
                Line(
                    "text",
                    target.text_sha256,
                    order.reason,
                    now,
                    hashed=True,
                    request=order.request,
                )
            )
    suppression.add(*dict.fromkeys(lines))


def _take_raw(
    job: Path,
    connection: Connection,
    targets: Iterable[_Target],
    how: tuple[Order, tuple[bytes, ...]],
    now: float,
) -> int:
    order, sought = how[0], Needles(how[1])
    urls = {target.url for target in targets}
    gone = {target.record_id for target in targets if target.record_id}
    kept = {
        row[0] for row in connection.execute("SELECT record_id FROM page WHERE record_id != ''")
    } - gone

    def drop(member: Member) -> bool:
        if member.kind not in ("response", "revisit"):
            return False
        if member.url in urls or member.record_id in gone or member.near in gone:
            return True
        # An older copy of another page, to which nothing refers any more.
        return member.record_id not in kept and bool(sought) and sought.within(member.content())

    return take_out(job, drop, order.reason, now, name_urls=not order.erase)


def _erase_addresses(connection: Connection, domain: str) -> None:
    """Erase every address of a domain, of pages that were never kept as well.

    Its host name stays with the site files: they say who refused, and when.
    """
    hosts = "SELECT id FROM host WHERE name = :name OR site = :name OR name LIKE '%.' || :name"
    urls = f"SELECT id FROM url WHERE kind = 0 AND host_id IN ({hosts})"  # noqa: S608
    values = {"name": domain}
    connection.execute(f"DELETE FROM decision WHERE url_id IN ({urls})", values)  # noqa: S608
    connection.execute(
        "UPDATE url SET url = '', key = -id, via = '', state = 2, outcome = 'purged'"  # noqa: S608
        f" WHERE id IN ({urls})",
        values,
    )
    connection.execute(f"UPDATE host SET waiting = 0, later_at = 0 WHERE id IN ({hosts})", values)  # noqa: S608


def _forget(connection: Connection, suppression: Suppression, selector: Selector) -> None:
    """Let this request, and earlier ones about the same subject, name nobody any more."""
    for subject in (*selector.urls, selector.domain, selector.author):
        named = hmac.digest(suppression.key, subject.encode(), "sha256").hex()
        connection.execute(
            "UPDATE takedown SET subject = ?, reason = '' WHERE subject = ? AND subject != ''",
            (named, subject),
        )


_BLANK = """
    url canonical_url host site redirects headers content_type etag last_modified address
    body_sha256 title text text_sha256 extractor extractor_version encoding encoding_source
    language language_tool token_method metadata licence_spdx licence_class licence flags
    archive_file record_id
"""
_ZERO = """
    status fetched_at first_byte_at ended_at wire_bytes body_bytes replaced language_score words
    characters size tokens archive_offset gone_since
"""
_EMPTY = ", ".join(
    [*(f"{name} = ''" for name in _BLANK.split()), *(f"{name} = 0" for name in _ZERO.split())]
)


def _bury(
    connection: Connection, target: _Target, asked: tuple[Selector, Order], now: float
) -> str:
    selector, order = asked
    number = target.url_id
    domain = selector.domain if selector.domain and not order.erase else ""
    doc_id = bury(connection, number, ("purged", order.reason, selector.scope), now, domain)
    subject = subject_of(connection, number, target.url)
    payload = {"reason": order.reason, "scope": selector.scope}
    append(connection, "purge", payload, now, subject)
    drop_derived(connection, number)
    for table in ("decision", "revisit", *(("subject",) if order.erase else ())):
        connection.execute(f"DELETE FROM {table} WHERE url_id = ?", (number,))  # noqa: S608
    connection.execute(
        f"UPDATE page SET state = 'purged', state_reason = ?, minhash = x'', marks = x'',"  # noqa: S608
        f" {_EMPTY} WHERE url_id = ?",
        (order.reason, number),
    )
    connection.execute(
        "UPDATE url SET state = 2, outcome = 'purged', code = ?, via = '' WHERE id = ?",
        (order.reason, number),
    )
    if order.erase:
        connection.execute("UPDATE url SET url = '', key = -id WHERE id = ?", (number,))
        connection.execute("UPDATE url SET via = '' WHERE instr(via, ?) > 0", (target.url,))
        # Which version held it is known by its id; the hash of a short text can be guessed.
        connection.execute("UPDATE released SET text = '' WHERE doc_id = ?", (doc_id,))
    return doc_id
