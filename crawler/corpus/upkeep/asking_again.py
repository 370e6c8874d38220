"""Seeking old evidence again: exactly what an export would call stale, robots.txt first.

Site files are asked for by themselves; a page only if its own headers and metas are too old, or
if evidence holds it. What is still waiting to be crawled is left waiting.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from crawler.config.corpus_tables import Recheck
from crawler.core.consent import FileRequest
from crawler.core.consent.freshness import never_asked
from crawler.core.decision import Found
from crawler.core.evidence import FileKind
from crawler.core.policy import ConsentPolicy
from crawler.core.urls import Url, is_within, parse
from crawler.corpus.records.selection import SiteFiles, Sites
from crawler.crawl import Crawl
from crawler.engine import Ended
from crawler.store.database import Connection
from crawler.store.deciding_again import held_by_evidence

# What would become stale while all this is asked, or soon after, is asked for as well.
_SOON, _SOON_MOST = 0.1, 3_600.0  # of the age; seconds
# Of one origin: more means that each answer names new documents.
_MOST_ROUNDS = 50


@dataclass(frozen=True, slots=True)
class Scope:
    """What is asked again: what is too old by `ages`, or all of it; of one domain, or of all."""

    ages: Recheck
    policy: ConsentPolicy
    domain: str = ""
    everything: bool = False

    def before(self, age: float, now: float) -> float:
        """Return from when on an answer is new enough, `age` being the most it may have."""
        return now if self.everything else now - age + min(age * _SOON, _SOON_MOST)

    def holds(self, url: Url | None) -> bool:
        return url is not None and (not self.domain or is_within(url.host, self.domain))


@dataclass(slots=True)
class Due:
    """What is to be asked again, or was: site files with whom they speak for, and pages."""

    files: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)


async def ask_again(crawl: Crawl, scope: Scope, now: float) -> tuple[Due, Ended]:
    """Ask until nothing is too old as of `now`, and return what was asked for.

    Each answer may open or name more: they are asked for in rounds, and none twice.
    """
    due, known = Due(), set[tuple[FileKind, str]]()
    idle, over = asyncio.Event(), False

    def may_end() -> bool:
        idle.set()
        return over

    async def more(number: int) -> bool:
        read = crawl.job.database.read
        found = await read(partial(files_due, scope=scope, now=now))
        new = [file for file in found if (file.kind, file.url.text) not in known]
        if new:
            known.update((file.kind, file.url.text) for file in new)
            due.files += [file.url.text for file in new]
            await crawl.frontier.ask_for(new, crawl.clock())
            return True
        if due.pages:
            return False
        pages = await read(partial(pages_due, scope=scope, now=now))
        due.pages += [url for _, url in pages]
        note = partial(_note_pages, pages=[page for page, _ in pages], scope=scope, now=now)
        await crawl.job.database.transaction(note)
        await crawl.frontier.ask_again([page for page, _ in pages])
        return bool(pages) and number < _MOST_ROUNDS

    async def rounds() -> None:
        nonlocal over
        number = 0
        while await more(number := number + 1):
            idle.clear()
            crawl.engine.wake()
            await idle.wait()
        over = True
        crawl.engine.wake()

    crawl.engine.may_end = may_end
    crawl.frontier.ask_nothing_new()
    asking = asyncio.create_task(rounds())
    try:
        ended = await crawl.engine.run()
        if over:
            await asking
    finally:
        asking.cancel()
        with suppress(asyncio.CancelledError):
            await asking
    return due, ended


def files_due(connection: Connection, scope: Scope, now: float) -> list[FileRequest]:
    """Return the site files that are to be asked for next, those of an origin in their order."""
    before = scope.before(scope.ages.site_age, now)
    found: dict[tuple[FileKind, str], FileRequest] = {}
    for site, _ in _origins(connection, scope):
        for file in (*site.too_old(before, now), *_open(site, scope.policy, now)):
            found.setdefault((file.kind, file.url.text), file)
    return list(found.values())


def _open(site: SiteFiles, policy: ConsentPolicy, now: float) -> Iterator[FileRequest]:
    """Yield the files that are due and were never asked for, and those to be tried again."""
    if site.root is None:
        return
    yield from never_asked(site.root, site.snapshots, policy, now, site.pages)
    for item in site.snapshots:
        url = parse(item.url)
        if item.found is Found.UNREACHABLE and item.expires_at <= now and url is not None:
            named = item.kind in (FileKind.RSL, FileKind.TERMS)
            yield FileRequest(item.kind, url, "" if named else url.origin)


def pages_due(connection: Connection, scope: Scope, now: float) -> list[tuple[int, str]]:
    """Return the pages that are to be asked for: ids and URLs.

    Those whose own evidence is too old, and one of each origin whose pages evidence holds: what
    holds them may be named by pages alone.
    """
    found = {
        number: text
        for number, text in connection.execute(
            "SELECT url_id, page.url FROM page JOIN decision USING (url_id)"
            " WHERE state IN ('active', 'held') AND coalesce(decision.fetched_at, 0) < ?",
            (scope.before(scope.ages.page_age, now),),
        )
        if scope.holds(parse(text))
    }
    for site, (number, text, reason) in _origins(connection, scope):
        if held_by_evidence(reason) and site.root is not None:
            found.setdefault(number, text)
    return sorted(found.items())


def _origins(
    connection: Connection, scope: Scope
) -> Iterator[tuple[SiteFiles, tuple[int, str, str]]]:
    """Yield what speaks for each group of pages that were decided alike, and one of them."""
    sites = Sites(connection, scope.policy)
    seen: set[tuple[str, str, bool]] = set()
    for number, text, snapshots, reason in connection.execute(
        "SELECT min(url_id), page.url, snapshots, state_reason FROM page"
        " JOIN decision USING (url_id) WHERE state IN ('active', 'held')"
        " GROUP BY host, snapshots, state_reason"
    ).fetchall():
        url = parse(text)
        if url is None or not scope.holds(url):
            continue
        key = (url.origin, snapshots, held_by_evidence(reason))
        if key not in seen:
            seen.add(key)
            yield sites.of(text, snapshots), (number, text, reason)


def _note_pages(connection: Connection, pages: list[int], scope: Scope, now: float) -> None:
    """Remember by what a page is asked for conditionally, and when it was."""
    for number in pages:
        connection.execute(
            "INSERT INTO revisit SELECT url_id, page.fetched_at, ?, ?, etag, last_modified,"
            " text_sha256 FROM page WHERE url_id = ?"
            " ON CONFLICT (url_id) DO UPDATE SET due = excluded.due",
            (now, scope.ages.page_age, number),
        )
