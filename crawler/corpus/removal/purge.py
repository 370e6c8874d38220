"""Taking pages out so that nothing of them remains, and proving it.

In this order, so that a run that was killed can be done again: what must be gone is remembered,
the suppression list, the raw copies, the rows, the files' free pages, the search.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import NamedTuple, Protocol

from crawler.core.urls import parse
from crawler.corpus.errors import CorpusError
from crawler.corpus.records.similar_pages import alike
from crawler.corpus.removal.byte_spellings import needles
from crawler.corpus.removal.emptied_rows import empty, erase_addresses, forget_requests
from crawler.corpus.removal.leftovers import Searched, Sought, search
from crawler.corpus.removal.mirrored_copies import Mirrored, Why, take_out_mirrored
from crawler.corpus.removal.needles import Needles
from crawler.corpus.removal.own_logs import Named, Scrubbed, scrub_logs
from crawler.corpus.removal.own_pieces import own_pieces
from crawler.corpus.removal.raw_copies import Drop, Member, cut_orphans, drop_drafts, take_out
from crawler.corpus.removal.selector import Selector, Target, choose, is_known, target
from crawler.corpus.removal.still_sought import open_memory
from crawler.store.connection import SQL_ERRORS
from crawler.store.database import Connection, StoreError, commit, explain
from crawler.store.job import DATABASE, hold, open_for_writing
from crawler.store.job_logs import known_key, places
from crawler.store.ledger import append
from crawler.store.loss_examples import forget_examples
from crawler.store.row_seals import forget_secret
from crawler.store.suppression import Line, Suppression

__all__ = ["Order", "Purged", "Selector", "purge"]


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
    sought: int  # byte strings that were searched for; 0 proves nothing
    files_searched: int
    bytes_searched: int
    remaining: tuple[str, ...]
    unread: tuple[str, ...]  # files that could not be searched
    verified: bool
    log_lines: int = 0  # of logs in the job that named a page, and do not any more
    logs_elsewhere: tuple[str, ...] = ()  # they may name pages, and are not the job's to change


class Elsewhere(Protocol):
    """Where copies of the job's folders are kept that it could be restored from."""

    def promise(
        self, lines: Sequence[Line], reason: str, listed: Suppression | None
    ) -> tuple[str, ...]:
        """Keep there what is taken out, before it is; return the places that did not answer."""

    def clear(self, wanted: Sequence[Sought], *, verify: bool) -> Searched:
        """Put what the folders are now in place of all older copies, and search that."""


class _Part(NamedTuple):
    """One folder of the job, and what is to be taken out of it."""

    folder: Path
    connection: Connection
    targets: list[Target]
    copies: list[Target]

    @property
    def every(self) -> list[Target]:
        return [*self.targets, *self.copies]


def purge(
    job: Path,
    selector: Selector,
    order: Order,
    suppression: Suppression | None,
    now: float,
    folders: Sequence[Path] = (),
    elsewhere: Elsewhere | None = None,
) -> Purged:
    """Purge the pages that `selector` names; purging again is harmless.

    `folders` are those of a job of several, all in `job`, which is searched as a whole. What is
    kept `elsewhere` could bring it back: it is replaced, and searched as well.

    Raises:
        CorpusError: An erasure without a suppression list: the text would come back.
        StoreError: Another process holds the job, or the disk is full.
    """
    if order.erase and suppression is None:
        raise CorpusError(
            "nothing was purged",
            "an erasure needs a suppression list to keep the text from coming back",
            "name one in the policy: [suppression] path",
        )
    try:
        with ExitStack() as stack:
            parts = []
            for folder in folders or (job,):
                if not (folder / DATABASE).is_file():  # a shard that nothing was found for yet
                    continue
                stack.enter_context(hold(folder))
                connection = open_for_writing(folder)
                stack.callback(connection.close)
                # One row whose bytes are no text must not keep another from being taken out.
                connection.text_factory = _lenient
                parts.append(_part(folder, connection, selector, order))
            if not parts:
                raise StoreError(f"{job} holds no job (there is no {DATABASE} in it)")
            return _purge(job, parts, (selector, order), (suppression, elsewhere), now)
    except SQL_ERRORS as error:
        raise explain(error) from error


def _lenient(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _part(folder: Path, connection: Connection, selector: Selector, order: Order) -> _Part:
    targets = choose(connection, selector, erase=order.erase)
    numbers = {item.url_id for item in targets if item.text}
    same = alike(connection, numbers) if order.with_duplicates else []
    return _Part(folder, connection, targets, [target(connection, number) for number in same])


def _purge(
    job: Path,
    parts: list[_Part],
    asked: tuple[Selector, Order],
    told: tuple[Suppression | None, Elsewhere | None],
    now: float,
) -> Purged:
    (selector, order), (suppression, elsewhere) = asked, told
    memory = open_memory(job)
    key = suppression.key if order.erase and suppression is not None else b""
    name = memory.name([selector.subject, order.erase], key)
    fresh, wanted = _wanted(parts, selector, order), memory.recall(name)
    if len(fresh):
        memory.remember(name, fresh)
        wanted.append(fresh)
    elif not wanted:
        wanted = [found] if len(found := _by_name(parts, selector)) else []
    lines = _lines(asked, [item for part in parts for item in part.every], now)
    if suppression is not None:
        suppression.add(*lines)
    silent: tuple[str, ...] = ()
    if elsewhere is not None:
        silent = elsewhere.promise(lines, order.reason, suppression)
    # Drafts of exports are noted where the export read: in the job, or in what merged its shards.
    noted = dict.fromkeys((job, *(part.folder for part in parts)))
    unread = tuple(chain.from_iterable(map(drop_drafts, noted)))
    raw, mirrored = _take_raw(parts, order, wanted, now)
    ids = [one for part in parts for one in _empty(part, asked, suppression, now)]
    logs = _take_from_logs(job, parts, selector)
    result = _sought(job, wanted) if order.verify and wanted else Searched(0, 0, ())
    copies = Searched(0, 0, ())
    if elsewhere is not None:
        copies = elsewhere.clear(wanted, verify=order.verify)
    unread = (*unread, *mirrored.unreached, *silent, *result.unread, *copies.unread)
    remaining = (*result.found, *mirrored.found, *copies.found)
    count = sum(map(len, wanted))
    gone = order.verify and bool(count) and not (remaining or unread)
    if gone:
        memory.forget(name)
    if order.verify:
        files = result.files + copies.files
        entry = {"of": "purge", "files": files, "found": len(remaining), "sought": count}
        append(parts[-1].connection, "verify", entry, now)
    return Purged(
        pages=len(ids),
        duplicates=sum(len(part.copies) for part in parts),
        records=tuple(ids),
        raw_records=raw,
        sought=count,
        files_searched=result.files + copies.files,
        bytes_searched=result.bytes + copies.bytes,
        remaining=remaining,
        unread=unread,
        verified=gone,
        log_lines=logs.lines,
        logs_elsewhere=logs.elsewhere,
    )


def _take_from_logs(job: Path, parts: list[_Part], selector: Selector) -> Scrubbed:
    urls = {item.url for part in parts for item in part.every if item.url} | {*selector.urls}
    urls |= {url.text for url in map(parse, selector.urls) if url is not None}
    keys = [key for part in parts if (key := known_key(part.connection))]
    at = [place for part in parts for place in places(part.connection)]
    return scrub_logs(job, at, Named(urls, selector.domain, keys))


def _sought(job: Path, wanted: list[Sought]) -> Searched:
    """Search for all that is sought; what earlier runs sought has keys of its own."""
    done = [search(job, item) for item in wanted]
    return Searched(
        max(item.files for item in done),
        sum(item.bytes for item in done),
        tuple(dict.fromkeys(path for item in done for path in item.found)),
        tuple(dict.fromkeys(path for item in done for path in item.unread)),
    )


def _wanted(parts: list[_Part], selector: Selector, order: Order) -> Sought:
    """Return what the search must not find.

    Pieces of the texts that no page which stays holds, in no folder of the job. Where nothing
    is a page's own, what is left to tell a copy by is the page's address.
    """
    texts = {
        (at, item.url_id): item.text
        for at, part in enumerate(parts)
        for item in part.every
        if item.text
    }

    def others() -> Iterator[str]:
        for at, part in enumerate(parts):
            rows = part.connection.execute("SELECT url_id, title, text FROM page WHERE text != ''")
            yield from (
                f"{title}\n{text}" for number, title, text in rows if (at, number) not in texts
            )

    pieces = own_pieces(texts, others)
    addresses, outside = [], []
    for at, part in enumerate(parts):
        for item in part.every:
            if order.erase:
                addresses.append(item.url)
            elif not needles(pieces.get((at, item.url_id), ())):  # none, or too short to be told
                outside.append(item.url)
    own = needles(piece for some in pieces.values() for piece in some)
    if order.erase and addresses:
        addresses += selector.urls  # as it was spelled by whoever asked
    return Sought(Needles(own, needles(addresses)), Needles((), needles(outside)))


def _by_name(parts: list[_Part], selector: Selector) -> Sought:
    """Return what copies of a domain are told by when all of its pages left before."""
    known = any(is_known(part.connection, selector) for part in parts)
    named = [f"//{selector.domain}/"] if known else []
    return Sought(Needles(), Needles(needles(named)))


def _empty(
    part: _Part, asked: tuple[Selector, Order], suppression: Suppression | None, now: float
) -> list[str]:
    selector, order = asked
    connection = part.connection
    why = (selector, order.reason)
    connection.execute("BEGIN IMMEDIATE")
    ids = [empty(connection, item, why, now, erase=order.erase) for item in part.every]
    if order.erase and selector.domain:
        erase_addresses(connection, selector.domain)
    if order.erase:
        urls = (*selector.urls, *(item.url for item in part.every))
        forget_examples(connection, urls, selector.domain)
    if order.erase and suppression is not None:
        forget_requests(connection, suppression, selector)
        forget_secret(connection)
    if not any(ids):
        append(connection, "purge", {"reason": order.reason, "pages": 0}, now)
    commit(connection)
    scrub(connection)
    return [one for one in ids if one]


def scrub(connection: Connection) -> None:
    """Leave no deleted byte in the database file or its log."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _lines(
    asked: tuple[Selector, Order], targets: Iterable[Target], now: float
) -> tuple[Line, ...]:
    """Return what a suppression list is to say, each once."""
    selector, order = asked

    def line(scope: str, value: str, *, hashed: bool) -> Line:
        return Line(scope, value, order.reason, now, hashed, order.request)

    lines = [line("url", url, hashed=order.erase) for url in selector.urls]
    if selector.domain:
        lines.append(line("domain", selector.domain, hashed=order.erase))
    if selector.author:
        lines.append(line("author", selector.author, hashed=order.erase))
    for item in targets:
        if selector.scope != "domain" and item.url:
            lines.append(line("url", item.url, hashed=order.erase))
        if item.text_sha256:
            # Always keyed: the hash of a short text can be guessed.
            lines.append(line("text", item.text_sha256, hashed=True))
    return tuple(dict.fromkeys(lines))


def _take_raw(
    parts: list[_Part], order: Order, wanted: list[Sought], now: float
) -> tuple[int, Mirrored]:
    """Take raw answers out of the files here, then out of those on the mirror."""
    done, there = 0, []
    for part in parts:
        cut_orphans(part.folder, part.connection)
        urls = frozenset(item.url for item in part.every if item.url)
        gone = frozenset(item.record_id for item in part.every if item.record_id)
        drop = _dropping(part, urls, gone, wanted)
        done += take_out(part.folder, drop, order.reason, now, name_urls=not order.erase)
        why = Why(order.reason, now, not order.erase, gone, urls)
        there.append(take_out_mirrored(part.folder, drop, why, wanted))
    mirrored = Mirrored(
        sum(item.records for item in there),
        tuple(place for item in there for place in item.unreached),
        tuple(place for item in there for place in item.found),
    )
    return done + mirrored.records, mirrored


def _dropping(
    part: _Part, urls: frozenset[str], gone: frozenset[str], wanted: list[Sought]
) -> Drop:
    rows = part.connection.execute("SELECT record_id FROM page WHERE record_id != ''")
    kept = {row[0] for row in rows} - gone

    def drop(member: Member) -> bool:
        if member.kind not in ("response", "revisit"):
            return False
        if member.url in urls or member.record_id in gone or member.near in gone:
            return True
        if member.record_id in kept:
            return False
        # An older copy of another page, to which nothing refers any more.
        return any(item.anywhere.within(member.content()) for item in wanted if item.anywhere)

    return drop
