"""Rows decided: what their site said at two times and what they carry, joined to one outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import NamedTuple

from crawler.config.corpus_tables import Screening
from crawler.config.corpus_tables import Suppression as SuppressionList
from crawler.core.consent import decide, unasked
from crawler.core.consent.protocols import probes
from crawler.core.decision import Decision, Found
from crawler.core.evidence import Evidence, FileKind, PageEvidence, Snapshot
from crawler.core.given import Read, judge_read
from crawler.core.judge import Rules
from crawler.core.urls import Url
from crawler.frontier.gate_one import suppressed
from crawler.screen.answers import (
    NO_EVIDENCE,
    NO_URL,
    NOTHING_SAID,
    SITE_FILE,
    AsOf,
    Outcome,
    Said,
    Standing,
    outcome_of,
)
from crawler.screen.shared_decisions import NO_BODY, SharedDecisions
from crawler.store.database import Connection
from crawler.store.dated_evidence import Known, Timeline, late_answer, timelines
from crawler.store.evidence import load_snapshots
from crawler.store.suppression import Suppression, open_suppression

_GONE = "dns-no-such-name"
_SILENT = frozenset({"robots.unreachable", "robots.given-up", "policy.unreachable"})
_NOT_TO_BE_HAD = frozenset({Standing.GONE, Standing.SILENT})
_MOST = 4_096  # results that are remembered: those of some origins, which come one by one
_NAMED = frozenset({FileKind.RSL, FileKind.TERMS})
NO_ROW_URL = Outcome(False, NO_URL, "", NOTHING_SAID.verdict)  # noqa: FBT003
# Of a record that only says it is the same as one that is not there: what that said is not known.
UNRESOLVED = Read(PageEvidence(0), NO_EVIDENCE)
A_SITE_FILE = Outcome(False, SITE_FILE, "", NOTHING_SAID.verdict)  # noqa: FBT003


@dataclass(frozen=True, slots=True)
class Terms:
    """Under what is decided: the policy, which times count, and the screening's own time."""

    rules: Rules
    screening: Screening
    as_of: AsOf
    at: float  # reference time, seconds since the epoch
    collect_terms: bool = False


def suppression_of(listed: SuppressionList) -> Suppression | None:
    """Open the operator's suppression list, with the feeds that are obeyed as lists.

    Raises:
        SuppressionError: It is not there, or something of it cannot be believed.
    """
    if listed.path is None:
        return None
    found = open_suppression(listed.path, listed.key, make=False)
    found.follow(listed.trusted_feeds())
    return found


class Site:
    """What speaks for an origin at one time; the files are read when they are looked at."""

    __slots__ = ("_files", "answers", "at", "load", "missing", "owes", "remembered", "time", "url")

    def __init__(
        self, url: Url, answers: tuple[Known, ...], when: tuple[float | None, float], by: By
    ) -> None:
        self.url = url  # of its root
        # No robots.txt is known: a refusal is heard all the same, a yes is not. None is supposed.
        self.missing = all(item.kind != FileKind.ROBOTS for item in answers)
        self.answers = (_no_robots(url), *answers) if self.missing else answers
        self.time, self.at = when  # since when, None: now; the time to decide at
        self.owes: bool | None = None  # None: not known yet
        self.load = by.load
        self._files: tuple[Snapshot, ...] | None = None
        self.remembered = by.shared.of(url, self.answers, lambda: self.files)

    @property
    def files(self) -> tuple[Snapshot, ...]:
        if self._files is None:
            found = self.load([item.id for item in self.answers if item.id])
            supposed = [_supposed(item) for item in self.answers if not item.id]
            self._files = (*supposed, *found)
        return self._files

    def address(self, target: str) -> Url:
        """Return the URL of a path."""
        root = self.url
        return Url(root.origin + target, root.scheme, root.host, root.port, target)


class By(NamedTuple):
    """By what sites are decided on."""

    load: Callable[[list[int]], tuple[Snapshot, ...]]
    shared: SharedDecisions
    terms: Terms


class Origin:
    """One origin's evidence, of both times."""

    def __init__(self, url: Url, timeline: Timeline, rows: int, by: By) -> None:
        self.url = url
        self.rows = rows
        self._timeline = timeline
        self._by = by
        self._turns: dict[int, Site | None] = {}
        self._sites: dict[tuple[int, ...], Site] = {}
        self.now = Site(url, timeline.now(), (None, by.terms.at), by)

    def then(self, date: float | None) -> Site | None:
        """Return what spoke at a time, None where there is no date or no evidence."""
        if date is None:
            return None
        turn = self._timeline.turn(date)
        if turn not in self._turns:
            self._turns[turn] = self._site(self._timeline.at(date), date)
        return self._turns[turn]

    def _site(self, answers: tuple[Known, ...], date: float) -> Site | None:
        if not answers:
            return None
        numbers = tuple([item.id for item in answers])
        known = self._sites.get(numbers)
        if known is None:
            # What was out of reach then had been so only until then.
            at = max(item.fetched_at for item in answers)
            known = self._sites[numbers] = Site(self.url, answers, (date, at), self._by)
        return known

    @property
    def used(self) -> Iterable[Site]:
        return (self.now, *self._sites.values())


class Decider:
    """Decides on rows, origin by origin."""

    def __init__(
        self, connection: Connection, terms: Terms, suppression: Suppression | None = None
    ) -> None:
        self._connection = connection
        self._terms = terms
        self._suppression = suppression
        self._shared = SharedDecisions(terms.rules.policy)
        self._by = By(partial(load_snapshots, connection), self._shared, terms)
        self._said: dict[tuple[int, bool], tuple[Decision, Said]] = {}
        self._joined: dict[tuple[int, int], tuple[Said, Said, Outcome]] = {}
        self.unread_terms = 0  # rows that name terms pages nobody has read

    @property
    def decided(self) -> int:
        """How often it was really decided on site evidence; the other rows share these."""
        return self._shared.decided

    def origins(self, urls: list[Url], rows: dict[str, int]) -> Iterator[Origin]:
        """Yield the evidence of the origins of `urls`, one each.

        An origin's files are read when it is its turn, so that they are parsed once.
        """
        lines = timelines(self._connection, [(url.origin, url.host) for url in urls])
        for url in urls:
            yield Origin(url, lines[url.origin], rows[url.origin], self._by)

    def outcome(
        self, target: str, origin: Origin, date: float | None, read: Read | None, text_hash: str
    ) -> tuple[Outcome, bool]:
        """Return what becomes of a row, and whether the record's own word spoke against it.

        `target`: path and query of its address, in normal form.
        """
        if self._suppression is not None:
            reason = self._suppression.refuses(origin.now.address(target), text_hash)
            if reason:
                decision = suppressed(reason, self._terms.at)
                return Outcome(False, decision.reason, decision.reason, decision.verdict), False  # noqa: FBT003
        as_of = self._terms.as_of
        then = now = NOTHING_SAID
        by_page = False
        if as_of != "capture":
            now, by_page = self._at(target, origin.now, origin.rows, read)
        if as_of != "now" or now.standing in _NOT_TO_BE_HAD:
            site = origin.then(date)
            if site is not None:
                then, by_then = self._at(target, site, origin.rows, read)
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

    def verdict(self, origin: Origin, date: float | None) -> Decision | None:
        """Return what a site says of its root, now or else then; None if nothing is known."""
        site = origin.now
        if site.missing and (then := origin.then(date)) is not None:
            site = then
        if site.missing:
            return None
        return self._shared.decide(origin.url.target, site, site.at)

    def _at(self, target: str, site: Site, rows: int, read: Read | None) -> tuple[Said, bool]:
        """Return what one time says of a row, and whether the record's own word decided."""
        decision = self._shared.decide(target, site, site.at)
        if read is not None and read is not UNRESOLVED:
            url, files = site.address(target), site.files
            decision, page = judge_read(url, files, read, self._terms.rules, site.at, decision)
            if decision.included or page is not None:
                said = self._full(url, site, (rows, read), decision)
                return said, not decision.included
        if decision.awaiting and not decision.refused:
            return self._full(site.address(target), site, (rows, None), decision), False
        owes = site.missing or read is UNRESOLVED or self._owes(site, rows)
        mark = (id(decision), owes)
        known = self._said.get(mark)
        if known is None or known[0] is not decision:
            known = (decision, _standing(decision, site, owes=owes))
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
        owes = bool(waits) or site.missing or self._owes(site, rows)
        return _standing(decision, site, owes=owes)

    def _owes(self, site: Site, rows: int) -> bool:
        """Say if a file is due that nobody asked for. Of the past, robots.txt alone is asked."""
        if site.time is not None:
            return False
        if site.owes is None:  # an origin's rows are counted once
            site.owes = self._is_due(site, rows)
        return site.owes

    def _is_due(self, site: Site, rows: int) -> bool:
        policy, known = self._terms.rules.policy, site.remembered.owes
        old = any(item.fetched_at < _newest_place() for item in site.answers if item.id)
        mark = None if old else policy.probes.due(rows)
        due = known.get(mark) if mark is not None else None
        if due is None:
            due = unasked(site.url, site.files, policy, rows) is not None
            if mark is not None:
                known[mark] = due
        return due


@cache
def _newest_place() -> float:
    """Return when the last of the places came to be asked."""
    return max((file.since for files in probes().values() for file in files), default=0.0)


def _no_robots(url: Url) -> Known:
    place = f"{url.origin}/robots.txt"
    return Known(0.0, 0, False, "robots", place, "absent", 0, "", "[]", NO_BODY, url.origin)  # noqa: FBT003


def _supposed(item: Known) -> Snapshot:
    return Snapshot(FileKind(item.kind), item.url, Found(item.found), item.fetched_at)


def _standing(decision: Decision, site: Site, *, owes: bool) -> Said:
    rule = decision.deciding.rule if decision.deciding is not None else ""
    if decision.included or (decision.reason == "policy.unset" and decision.awaiting):
        standing = Standing.NOTHING if owes or not decision.included else Standing.YES
        return Said(standing, decision.reason, "", decision.verdict)
    if decision.reason in _SILENT:
        errors = {item.error for item in site.answers if item.kind == FileKind.ROBOTS}
        gone = _GONE in errors
        return Said(Standing.GONE if gone else Standing.SILENT, "", rule, decision.verdict)
    return Said(Standing.NO, decision.reason, rule, decision.verdict)
