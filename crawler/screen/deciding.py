"""Rows decided: what their site said at two times and what they carry, joined to one outcome."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from crawler.config.corpus_tables import Screening
from crawler.core.consent import decide, unasked
from crawler.core.decision import Decision, Found
from crawler.core.evidence import Evidence, FileKind, Snapshot
from crawler.core.given import Read, judge_read
from crawler.core.judge import Rules
from crawler.core.urls import Url
from crawler.frontier.gate_one import suppressed
from crawler.screen.answers import (
    NO_URL,
    NOTHING_SAID,
    SITE_FILE,
    AsOf,
    Outcome,
    Said,
    Standing,
    outcome_of,
)
from crawler.screen.shared_decisions import Remembered, SharedDecisions, key_of
from crawler.store.database import Connection
from crawler.store.dated_evidence import Timeline, late_answer, timelines
from crawler.store.evidence import load_snapshots
from crawler.store.suppression import Suppression

_GONE = "dns-no-such-name"
_SILENT = frozenset({"robots.unreachable", "robots.given-up", "policy.unreachable"})
_NOT_TO_BE_HAD = frozenset({Standing.GONE, Standing.SILENT})
_MOST = 4_096  # results that are remembered: those of some origins, which come one by one
_NAMED = frozenset({FileKind.RSL, FileKind.TERMS})
NO_ROW_URL = Outcome(False, NO_URL, "", NOTHING_SAID.verdict)  # noqa: FBT003
A_SITE_FILE = Outcome(False, SITE_FILE, "", NOTHING_SAID.verdict)  # noqa: FBT003


@dataclass(frozen=True, slots=True)
class Terms:
    """Under what is decided: the policy, which times count, and the screening's own time."""

    rules: Rules
    screening: Screening
    as_of: AsOf
    at: float  # reference time, seconds since the epoch
    collect_terms: bool = False


@dataclass(slots=True)
class Site:
    """What speaks for an origin at one time."""

    files: tuple[Snapshot, ...]  # with a robots.txt supposed not to be there, if none is known
    key: Hashable
    time: float | None  # None: now
    at: float
    missing: bool  # no robots.txt is known: a refusal is heard all the same, a yes is not
    owes: bool | None = None  # None: not known yet
    remembered: Remembered | None = None


class Origin:
    """One origin's evidence, of both times."""

    def __init__(
        self, url: Url, timeline: Timeline, files: dict[int, Snapshot], rows: int, terms: Terms
    ) -> None:
        self.url = url
        self._timeline = timeline
        self._files = files
        self._terms = terms
        self._sites: dict[tuple[int, ...], Site] = {}
        self.rows = rows
        self.now = self._site(timeline.now(), None)

    def then(self, date: float | None) -> Site | None:
        """Return what spoke at a time, None where there is no date or no evidence."""
        numbers = self._timeline.at(date) if date is not None else ()
        if not numbers:
            return None
        known = self._sites.get(numbers)
        if known is None:
            known = self._sites[numbers] = self._site(numbers, date)
        return known

    @property
    def used(self) -> Iterable[Site]:
        return (self.now, *self._sites.values())

    def _site(self, numbers: tuple[int, ...], date: float | None) -> Site:
        files = tuple(self._files[number] for number in numbers)
        policy = self._terms.rules.policy
        at = self._terms.at
        if date is not None:  # what was out of reach then had been so only until then
            at = max((item.fetched_at for item in files), default=at)
        missing = all(item.kind is not FileKind.ROBOTS for item in files)
        if missing:
            files = (_no_robots(self.url), *files)
        return Site(files, key_of(self.url, files, policy), date, at, missing)


class Decider:
    """Decides on rows, origin by origin."""

    def __init__(
        self, connection: Connection, terms: Terms, suppression: Suppression | None = None
    ) -> None:
        self._connection = connection
        self._terms = terms
        self._suppression = suppression
        self._shared = SharedDecisions(terms.rules.policy)
        self._said: dict[tuple[int, bool], tuple[Decision, Said]] = {}
        self._joined: dict[tuple[int, int], tuple[Said, Said, Outcome]] = {}
        self.unread_terms = 0  # rows that name terms pages nobody has read

    @property
    def decided(self) -> int:
        """How often it was really decided on site evidence; the other rows share these."""
        return self._shared.decided

    def origins(self, urls: list[Url], rows: dict[str, int]) -> dict[str, Origin]:
        """Return the evidence of the origins of `urls`, one each."""
        lines = timelines(self._connection, [(url.origin, url.host) for url in urls])
        numbers = {
            known.id for line in lines.values() for item in line.places.values() for known in item
        }
        files = {item.id: item for item in load_snapshots(self._connection, numbers)}
        return {
            url.origin: Origin(url, lines[url.origin], files, rows[url.origin], self._terms)
            for url in urls
        }

    def outcome(
        self, url: Url, origin: Origin, date: float | None, read: Read | None, text_hash: str
    ) -> tuple[Outcome, bool]:
        """Return what becomes of a row, and whether the record's own word spoke against it."""
        if self._suppression is not None:
            reason = self._suppression.refuses(url, text_hash)
            if reason:
                decision = suppressed(reason, self._terms.at)
                return Outcome(False, decision.reason, decision.reason, decision.verdict), False  # noqa: FBT003
        as_of = self._terms.as_of
        then = now = NOTHING_SAID
        by_page = False
        if as_of != "capture":
            now, by_page = self._at(url, origin.now, origin.rows, read)
        if as_of != "now" or now.standing in _NOT_TO_BE_HAD:
            site = origin.then(date)
            if site is not None:
                then, by_then = self._at(url, site, origin.rows, read)
                by_page = by_page or by_then
        return self._join(then, now), by_page

    def _join(self, then: Said, now: Said) -> Outcome:
        """Return the outcome of what both times say; mostly the same few things are said."""
        mark = (id(then), id(now))
        known = self._joined.get(mark)
        if known is not None and known[0] is then and known[1] is now:
            return known[2]
        joined = outcome_of(self._terms.as_of, then, now, self._terms.screening)
        if len(self._joined) >= _MOST:
            self._joined.clear()
        self._joined[mark] = (then, now, joined)
        return joined

    def verdict(self, url: Url, origin: Origin, date: float | None) -> Decision | None:
        """Return what a site says of its root, now or else then; None if nothing is known."""
        site = origin.now
        if site.missing and (then := origin.then(date)) is not None:
            site = then
        if site.missing:
            return None
        return self._decided(url, site)

    def _decided(self, url: Url, site: Site) -> Decision:
        """Return what the site files say of a row."""
        known = site.remembered
        if known is None:
            known = site.remembered = self._shared.of(site.files, site.key)
        return self._shared.decide(url, site.files, known, site.at)

    def _at(self, url: Url, site: Site, rows: int, read: Read | None) -> tuple[Said, bool]:
        """Return what one time says of a row, and whether the record's own word decided."""
        files = site.files
        decision = self._decided(url, site)
        if read is not None:
            decision, page = judge_read(url, files, read, self._terms.rules, site.at, decision)
            if decision.included or page is not None:
                said = self._full(url, site, (rows, read), decision)
                return said, not decision.included
        if decision.awaiting and not decision.refused:
            return self._full(url, site, (rows, None), decision), False
        owes = site.missing or self._owes(url, site, rows)
        mark = (id(decision), owes)
        known = self._said.get(mark)
        if known is None or known[0] is not decision:
            known = (decision, _standing(decision, files, owes=owes))
            if len(self._said) > _MOST:
                self._said.clear()
            self._said[mark] = known
        return known[1], False

    def _full(
        self,
        url: Url,
        site: Site,
        row: tuple[int, Read | None],
        decision: Decision,
    ) -> Said:
        """Return what everything says, documents included that something names."""
        rows, read = row
        files = site.files
        held = {item.url for item in files if item.kind in _NAMED}
        while not decision.refused and (named := [x for x in decision.awaiting if x not in held]):
            held.update(named)
            wanted = set(decision.wanted)
            found = [
                late_answer(
                    self._connection,
                    FileKind.TERMS if text in wanted else FileKind.RSL,
                    text,
                    site.time,
                )
                for text in named
            ]
            known = tuple(item for item in found if item is not None)
            if not known:
                break
            files = (*files, *known)
            decision = (
                decide(Evidence(url, files), self._terms.rules.policy, site.at)
                if read is None
                else judge_read(url, files, read, self._terms.rules, site.at)[0]
            )
        terms = {*decision.wanted, *(item.url for item in files if item.kind is FileKind.TERMS)}
        waits = set(decision.awaiting)
        if waits & terms and not self._terms.collect_terms:
            self.unread_terms += 1
            waits -= terms
        owes = bool(waits) or site.missing or self._owes(url, site, rows)
        return _standing(decision, files, owes=owes)

    def _owes(self, url: Url, site: Site, rows: int) -> bool:
        """Say if a file is due that nobody asked for. Of the past, robots.txt alone is asked."""
        if site.time is not None:
            return False
        if site.owes is None:  # an origin's rows are counted once
            policy = self._terms.rules.policy
            site.owes = unasked(url, site.files, policy, rows) is not None
        return site.owes


def _no_robots(url: Url) -> Snapshot:
    return Snapshot(FileKind.ROBOTS, f"{url.origin}/robots.txt", Found.ABSENT, 0.0)


def _standing(decision: Decision, files: tuple[Snapshot, ...], *, owes: bool) -> Said:
    rule = decision.deciding.rule if decision.deciding is not None else ""
    if decision.included or (decision.reason == "policy.unset" and decision.awaiting):
        standing = Standing.NOTHING if owes or not decision.included else Standing.YES
        return Said(standing, decision.reason, "", decision.verdict)
    if decision.reason in _SILENT:
        errors = {item.error for item in files if item.kind is FileKind.ROBOTS}
        gone = _GONE in errors
        return Said(Standing.GONE if gone else Standing.SILENT, "", rule, decision.verdict)
    return Said(Standing.NO, decision.reason, rule, decision.verdict)
