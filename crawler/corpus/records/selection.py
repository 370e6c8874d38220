"""Gate 4: which kept pages may leave the job now, and why the others may not.

Today's policy is applied to the stored evidence. A page whose evidence is too old, or has
changed since it was decided, is decided again here or held back until `recheck` has been.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from crawler.config.corpus_tables import Export, Recheck
from crawler.core.consent import FileRequest
from crawler.core.consent.freshness import too_old
from crawler.core.decision import Found
from crawler.core.evidence import Evidence, FileKind, Snapshot
from crawler.core.policy import ConsentPolicy
from crawler.core.urls import Url, is_within, parse
from crawler.corpus.errors import CorpusError
from crawler.corpus.records.quality_figures import figures
from crawler.corpus.records.record import PAGE_COLUMNS, Page, stamp
from crawler.frontier.sharding import Share
from crawler.store.database import Connection
from crawler.store.evidence import load_snapshots, unpack_evidence
from crawler.store.site_evidence import (
    Decide,
    Judged,
    given,
    judge,
    owed,
    says_otherwise,
    speaks_for,
)
from crawler.store.suppression import Suppression

Filter: TypeAlias = tuple[str, Callable[[Page], bool]]

PAGES_FROM = (
    " FROM page JOIN decision USING (url_id) LEFT JOIN subject USING (url_id)"
    " LEFT JOIN annotation USING (url_id) LEFT JOIN cluster USING (url_id)"
)


@dataclass(frozen=True, slots=True)
class Gate:
    """What export asks of a page. `now` says how old evidence is, in seconds."""

    consent: ConsentPolicy
    rules_version: str
    decide: Decide
    ages: Recheck
    now: float
    suppression: Suppression | None = None


@dataclass(slots=True)
class SiteFiles:
    """What speaks for the pages of one origin now, and how fresh it is."""

    sites: Sites
    listed: list[dict[str, str]]
    snapshots: tuple[Snapshot, ...]
    fetched_at: float  # of the oldest that is sought; 0 if there is none
    changed: bool  # it says otherwise than what the decision rests on
    owed: str  # a file of it that is due and that nobody asked for, or ""

    root: Url | None = None
    pages: int = 0  # the origin has given, counted as far as matters
    _old: dict[float, tuple[FileRequest, ...]] = field(default_factory=dict)

    def too_old(self, before: float, now: float) -> tuple[FileRequest, ...]:
        """Return the files that are to be asked for again, their answers being from `before`."""
        if self.root is None:
            return ()
        found = self._old.get(before)
        if found is None:
            found = self._old[before] = too_old(
                self.root, self.snapshots, self.sites.policy, before, now, self.pages
            )
        return found


@dataclass(slots=True)
class Sites:
    """Looks up once what speaks for all the pages of an origin that were decided alike.

    The policy says which files are sought: another one is evidence at any age.
    """

    connection: Connection
    policy: ConsentPolicy
    _known: dict[tuple[str, str], SiteFiles] = field(default_factory=dict)

    def of(self, url: str, numbers: str) -> SiteFiles:
        """Return what speaks for a page decided on the snapshots with these ids (JSON)."""
        parsed = parse(url)
        key = (parsed.origin if parsed is not None else "", numbers)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _MOST_SITES:
                self._known.clear()
            found = self._known[key] = self._look(*key)
        return found

    def _look(self, origin: str, numbers: str) -> SiteFiles:
        used = load_snapshots(self.connection, json.loads(numbers))
        latest = speaks_for(self.connection, origin, None, [item.id for item in used])
        listed = [
            {
                "kind": item.kind.value,
                "url": item.url,
                "found": item.found.value,
                "sha256": item.sha256,
                "fetched_at": stamp(item.fetched_at),
            }
            for item in latest
            if item.found is not Found.NOT_SOUGHT
        ]
        sought = (item.fetched_at for item in latest if self._is_sought(item.kind))
        oldest = min(sought, default=0.0)
        root = parse(f"{origin}/")
        if root is None:
            return SiteFiles(self, listed, latest, oldest, says_otherwise(used, latest), "")
        due = owed(self.connection, Evidence(root, latest), self.policy)
        pages = len(given(self.connection, root, self.policy.probes.after_pages))
        differs = says_otherwise(used, latest)
        return SiteFiles(self, listed, latest, oldest, differs, due, root, pages)

    def _is_sought(self, kind: FileKind) -> bool:
        return kind in {FileKind.ROBOTS, FileKind.RSL} or kind.value in self.policy.probes.all


_MOST_SITES = 50_000


def read_pages(
    connection: Connection,
    after: int = 0,
    damaged: Callable[[int], None] | None = None,
    share: Share | None = None,
) -> Iterator[Page]:
    """Yield the pages that are held or active, in the order of their ids; with `share` its own.

    A row that cannot be read is told to `damaged`, and the next one is read.
    """
    where = " WHERE page.url_id > ? AND page.state IN ('active', 'held') ORDER BY page.url_id"
    if share is not None:
        connection.create_function("is_ours", 1, share.owns, deterministic=True)
        where = where.replace("ORDER", "AND is_ours(page.site) ORDER")
    last = after
    while True:
        try:
            for row in connection.execute(f"SELECT {PAGE_COLUMNS}{PAGES_FROM}{where}", (last,)):
                page = Page(*row)
                yield page
                last = page.url_id
        except sqlite3.OperationalError:  # bytes that are no text; a broken file is another
            if damaged is None:
                raise
            query = f"SELECT url_id FROM page{where} LIMIT 1"  # noqa: S608 - fixed text
            (last,) = connection.execute(query, (last,)).fetchone()
            damaged(last)
        else:
            return


def why_not_fresh(page: Page, site: SiteFiles, gate: Gate) -> str:
    """Return why consent for the page is not proven now, or ""."""
    if page.state != "active":
        return "awaiting" if page.state_reason == "awaiting" else "held"
    if not page.salt:
        return "no-ledger-entry"
    if not site.fetched_at:
        return "no-site-evidence"
    if site.too_old(gate.now - gate.ages.site_age, gate.now):
        return "stale-site"
    if gate.now - (page.evidence_at or 0) > gate.ages.page_age:
        return "stale-page"
    # A licence document out of reach refuses the pages that name it, by a rule of its own.
    own = [item for item in site.snapshots if item.kind is not FileKind.RSL]
    if any(item.found is Found.UNREACHABLE for item in own) and site.changed:
        return "site-unreachable"
    return ""


def why_refused(page: Page, site: SiteFiles, gate: Gate) -> str:
    """Return the reason for which today's policy refuses the page, or ""."""
    if is_current(page, site, gate):
        return "" if page.included else page.reason
    judged = decide_again(page, site, gate)
    if judged is None:
        return "no-evidence"
    if judged.waits and not judged.decision.refused:
        return "awaiting"
    return "" if judged.keeps else judged.decision.reason


def is_current(page: Page, site: SiteFiles, gate: Gate) -> bool:
    """Say whether nothing changed that the decision rests on, and no file is due beside."""
    return (
        page.policy_sha256 == gate.consent.sha256
        and page.rules_version == gate.rules_version
        and not site.changed
        and not site.owed
        and not _dated(page)
    )


def decide_again(page: Page, site: SiteFiles, gate: Gate) -> Judged | None:
    """Return what the policy makes today of all that speaks for the page; None if nothing does."""
    url = parse(page.url)
    if url is None or page.evidence is None:
        return None
    evidence = Evidence(url, site.snapshots, unpack_evidence(page.evidence))
    return judge(site.sites.connection, evidence, gate.consent, gate.now, decide=gate.decide)


def filters(settings: Export) -> tuple[Filter, ...]:
    """Return the policy's filters as (reason, test); a page that passes a test is left out."""
    since, until = _day(settings.fetched_from), _day(settings.fetched_until, days=1)
    table: tuple[tuple[object, str, Callable[[Page], bool]], ...] = (
        (settings.licences, "licence", lambda page: not _licensed(page, settings.licences)),
        (
            settings.min_confidence,
            "licence-confidence",
            lambda page: _confidence(page) < settings.min_confidence,
        ),
        (settings.languages, "language", lambda page: page.language not in settings.languages),
        (settings.min_words, "words", lambda page: page.words < settings.min_words),
        (settings.duplicates == "drop", "duplicate", lambda page: page.kept_copy == 0),
        (
            settings.without_domains,
            "domain",
            lambda page: _within(page.host, settings.without_domains),
        ),
        (
            settings.only_domains,
            "domain",
            lambda page: not _within(page.host, settings.only_domains),
        ),
        (settings.fetched_from, "date", lambda page: page.fetched_at < since),
        (settings.fetched_until, "date", lambda page: page.fetched_at >= until),
        (settings.quality, "quality", lambda page: not _passes(page, settings.quality)),
    )
    return tuple((f"filter-{name}", test) for wanted, name, test in table if wanted)


def _dated(page: Page) -> bool:
    # An end of availability stands in the evidence: the same evidence may say no by now.
    return page.evidence is not None and b"unavailable" in zlib.decompress(page.evidence)


def _within(host: str, domains: tuple[str, ...]) -> bool:
    # A job of an earlier version may hold pages of a host by its name with a root dot.
    host = host.rstrip(".")
    return any(is_within(host, name) for name in domains)


def _confidence(page: Page) -> float:
    return float(json.loads(page.licence).get("confidence", 0.0)) if page.licence_spdx else 0.0


def _day(text: str, days: int = 0) -> float:
    if not text:
        return 0.0
    try:
        day = datetime.fromisoformat(text)
    except ValueError as error:
        raise CorpusError(
            "the export was not begun", f"{text!r} is no date", 'write it as "2026-01-31"'
        ) from error
    if day.tzinfo is None:
        day = day.replace(tzinfo=UTC)
    return (day + timedelta(days=days)).timestamp()


def _licensed(page: Page, wanted: tuple[str, ...]) -> bool:
    """Say whether the licence is wanted, and no restriction the page claims is unwanted.

    A claim too weak to be believed as a grant is still believed as a restriction.
    """
    claims = json.loads(page.licence).get("claims", ())
    return page.licence_class in wanted and not any(
        claim["class"] in _RESTRICTED and claim["class"] not in wanted
        for claim in claims
        if claim["scope"] != "media"
    )


_RESTRICTED = frozenset({"NC", "ND"})


def _passes(page: Page, rules: tuple[str, ...]) -> bool:
    found = json.loads(page.quality) if page.quality else figures(page.text, page.language)
    return all(found.get(f"{rule}_pass", 0) for rule in rules)
