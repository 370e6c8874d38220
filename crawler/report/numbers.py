"""The numbers of one job or of several, added up from the rows of the queries."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from crawler.audit.agents import Agents
from crawler.audit.rule_sets import RULE_SETS, Said
from crawler.core.consent.grounds import Ground, ground_of
from crawler.core.consent.protocols import current
from crawler.core.decision import Found
from crawler.core.units import seconds
from crawler.core.urls import parse
from crawler.report.job_rows import Damage, JobRows

KEPT, REFUSED, FILTERED, UNPROVEN, FAILED, GONE, WAITING = (
    "kept",
    "refused",
    "filtered",
    "not proven",
    "failed",
    "moved or gone",
    "not yet decided",
)
# What is settled one way or the other; the rest is counted beside it.
SETTLED = (KEPT, REFUSED, FILTERED, UNPROVEN, FAILED)
_OF_GROUND = {Ground.REFUSED: REFUSED, Ground.FILTERED: FILTERED, Ground.UNPROVEN: UNPROVEN}
# Pages that left for no owner's word.
_GONE = frozenset({"missing", "gone", "duplicate", "http.gone"})


@dataclass(slots=True)
class Amount:
    """Pages and the words of their texts; `squares` is the sum of the squares of the words."""

    pages: int = 0
    words: int = 0
    squares: float = 0.0

    def add(self, pages: int, words: float = 0, squares: float = 0.0) -> None:
        self.pages += pages
        self.words += int(words)
        self.squares += squares


@dataclass(slots=True)
class HostRobots:
    """What one host answered when it was asked for its robots.txt."""

    at: float
    answer: str
    sha256: str  # "" if there is nothing to read


@dataclass(slots=True)
class Pauses:
    """Seconds between requests to one host: asked by its robots.txt or by us, and kept."""

    host: str
    asked: float
    count: int
    shortest: float
    mean: float


@dataclass(slots=True)
class Numbers:
    """Everything that is counted by the queries; several databases are added up."""

    amounts: dict[str, Amount] = field(default_factory=dict)  # by what became of the page
    reasons: dict[str, Counter[str]] = field(default_factory=dict)  # ... and why
    left_refused: int = 0  # pages refused after they were kept: how long they were is known
    gates: Counter[int] = field(default_factory=Counter)
    links: Counter[str] = field(default_factory=Counter)
    licences: dict[tuple[str, str], Amount] = field(default_factory=dict)
    languages: dict[str, Amount] = field(default_factory=dict)
    domains: dict[str, Amount] = field(default_factory=dict)
    domains_without: dict[str, Counter[str]] = field(default_factory=dict)
    minutes: dict[str, Counter[int]] = field(default_factory=dict)
    hosts: dict[str, Amount] = field(default_factory=dict)
    robots: dict[str, HostRobots] = field(default_factory=dict)
    said: dict[str, dict[str, Said]] = field(default_factory=dict)  # by rule set, by hash
    open_pages: Counter[str] = field(default_factory=Counter)  # by host
    defence: dict[str, Counter[str]] = field(default_factory=dict)  # by host, by code
    browser: dict[str, tuple[int, int]] = field(default_factory=dict)  # pages, hosts
    pauses: list[Pauses] = field(default_factory=list)
    damage: list[Damage] = field(default_factory=list)

    def pages(self, what: str) -> int:
        return self.amounts[what].pages if what in self.amounts else 0

    @property
    def settled(self) -> int:
        return sum(self.pages(what) for what in SETTLED)

    def note(self, what: str, code: str, pages: int, words: float = 0, squares: float = 0) -> None:
        self.amounts.setdefault(what, Amount()).add(pages, words, squares)
        if code:
            self.reasons.setdefault(what, Counter())[code] += pages


def what_became(outcome: str, code: str) -> str:
    """Return where a URL without a stored page is counted."""
    if outcome == "refused":
        return _OF_GROUND[ground_of(code)]
    if outcome in ("skipped", "filtered"):
        return FILTERED
    if outcome == "failed":
        return FAILED
    # `kept` without a page is one whose page was purged to the last trace.
    return WAITING if outcome == "" else GONE


def _what_state(state: str, reason: str) -> str:
    if state == "active":
        return KEPT
    if reason in _GONE:
        return GONE
    return UNPROVEN if state == "held" else _OF_GROUND[ground_of(reason)]


def add(numbers: Numbers, rows: JobRows, agents: Agents) -> None:
    """Add what one database holds."""
    rows.check()
    _add_pages(numbers, rows)
    _add_corpus(numbers, rows)
    _add_minutes(numbers, rows)
    _add_hosts(numbers, rows, agents)
    numbers.damage += rows.damage


def _add_pages(numbers: Numbers, rows: JobRows) -> None:
    for state, reason, pages, words, squares in rows.of("pages"):
        what = _what_state(state, reason)
        numbers.note(what, "" if what == KEPT else current(reason) or state, pages, words, squares)
        if what == REFUSED:
            numbers.left_refused += pages
    for outcome, code, pages in rows.of("urls"):
        what = what_became(outcome, code)
        numbers.note(what, current(code) or outcome, pages)
    for gate, reason, pages in rows.of("gates"):
        if ground_of(reason) is Ground.REFUSED:
            numbers.gates[gate] += pages
    for reason, links in rows.of("links"):
        numbers.links[reason] += links
    for code, pages, hosts in rows.of("browser"):
        before = numbers.browser.get(code, (0, 0))
        numbers.browser[code] = (before[0] + pages, before[1] + hosts)


def _add_corpus(numbers: Numbers, rows: JobRows) -> None:
    for kind, spdx, pages, words in rows.of("licences"):
        _to(numbers.licences, (kind or "UNKNOWN", spdx or "none found"), pages, words)
    for language, pages, words in rows.of("languages"):
        _to(numbers.languages, language or "not recognised", pages, words)
    for site, pages, words in rows.of("domains"):
        _to(numbers.domains, site, pages, words)
    for site, outcome, code, pages in rows.of("domains_without"):
        found = numbers.domains_without.setdefault(site, Counter())
        found[what_became(outcome, code)] += pages


def _to(into: dict[Any, Amount], name: object, pages: int, words: float) -> None:
    into.setdefault(name, Amount()).add(pages, words)


def _add_minutes(numbers: Numbers, rows: JobRows) -> None:
    for minute, pages in rows.of("kept_minutes"):
        numbers.minutes.setdefault(KEPT, Counter())[minute] += pages
    for minute, reason, pages in rows.of("decided_minutes"):
        what = _OF_GROUND[ground_of(reason)]
        numbers.minutes.setdefault(what, Counter())[minute] += pages


def _add_hosts(numbers: Numbers, rows: JobRows, agents: Agents) -> None:
    for name, pages, words in rows.of("hosts"):
        numbers.hosts.setdefault(name, Amount()).add(pages, words or 0)
    for origin, found, status, sha256, at in rows.of("robots"):
        url = parse(f"{origin}/")
        if url is None:
            rows.note("snapshot", "its origin is none", [str(origin)[:80]])
        elif url.host not in numbers.robots or numbers.robots[url.host].at <= at:
            answer = f"{found} ({status})" if status else found
            text = sha256 if found == Found.FOUND.value else ""
            numbers.robots[url.host] = HostRobots(at, answer, text)
    _add_texts(numbers, rows, agents)
    for host, pages in rows.of("open_pages"):
        numbers.open_pages[host] += pages
    for host, code, pages in rows.of("defence"):
        numbers.defence.setdefault(host, Counter())[current(code)] += pages
    least = _least_delay(rows)
    numbers.pauses += [
        Pauses(host, max(least, asked), count, shortest, mean)
        for host, asked, count, shortest, mean in rows.of("pauses")
    ]


def _add_texts(numbers: Numbers, rows: JobRows, agents: Agents) -> None:
    """Read each text once, and keep what it says of the agents that are counted."""
    for sha256, body in rows.of("robots_texts"):
        if not isinstance(body, bytes):
            rows.note("blob", "is no bytes", [str(sha256)[:80]])
            continue
        for name, read in RULE_SETS.items():
            said = read(body)
            named = {token: how for token, how in said.named.items() if token in agents.spelt}
            numbers.said.setdefault(name, {})[sha256] = Said(said.everybody, named)


def _least_delay(rows: JobRows) -> float:
    """Return the delay of the operator's own policy, 0 if it is not known."""
    for key, value in rows.of("settings"):
        if key != "settings":
            continue
        try:
            return seconds(json.loads(value)["politeness"]["min_delay"])
        except (ValueError, KeyError, TypeError):
            rows.note("meta", "the settings cannot be read", [key])
    return 0.0


def joined(parts: Iterable[Mapping[str, int]]) -> Counter[str]:
    """Return counts added up."""
    total: Counter[str] = Counter()
    for part in parts:
        total.update(part)
    return total
