"""What consent left of a job, counted for people who were not there: `crawler report`.

Shares of hosts are over hosts whose robots.txt was read; hosts that were never asked, or gave
no answer, are counted apart as unknown. Words are words of kept texts: what was refused was
never read or not stored, so how long it was is unknown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler.core.consent import robotstxt
from crawler.core.consent.agent_list import BUILT_IN
from crawler.core.consent.grounds import Ground, ground_of, of_ground
from crawler.core.consent.protocols import current
from crawler.core.content.licence.spdx_ids import OPEN
from crawler.core.decision import Found, Usage
from crawler.core.evidence import PageEvidence
from crawler.core.urls import parse
from crawler.report.proportion import Share
from crawler.store.database import Connection
from crawler.store.evidence import unpack_evidence
from crawler.store.job import read_job

EVERYBODY = "*"
OTHERS = "others"  # the kind of those whom no group names
_NOTHING = Share(0, 0)
# The least confidence at which a licence of a refused page counts as open.
_BELIEVED = 0.8
_SIZES = ((1, 1), (2, 9), (10, 99), (100, 999), (1_000, None))
_TOP_SITES = 20
_GATES = {1: "before the request", 2: "at the headers", 3: "at the document"}
_LEFT = ("held", "retired", "purged")


@dataclass(slots=True)
class Amount:
    """Pages and the words of their texts."""

    pages: int = 0
    words: int = 0

    def add(self, pages: int, words: int) -> None:
        self.pages += pages
        self.words += words


@dataclass(frozen=True, slots=True)
class AgentFigures:
    """How robots.txt files speak of one agent."""

    token: str
    kind: str
    named: Share  # a group names it
    refused: Share  # it may not have `/`, by its own groups or else those for everybody
    refused_by_name: Share
    words_refused: Share  # words of kept pages on hosts that refuse it; no sample, so no interval

    def as_json(self) -> dict[str, Any]:
        return {
            "token": self.token,
            "kind": self.kind,
            "named": self.named.as_json(),
            "refused": self.refused.as_json(),
            "refused_by_name": self.refused_by_name.as_json(),
            "words_refused": {
                "part": self.words_refused.part,
                "whole": self.words_refused.whole,
            },
        }


@dataclass(slots=True)
class ConsentReport:
    """One job, its shards taken together. Counters count URLs of pages unless they say else."""

    states: dict[str, Amount] = field(default_factory=dict)  # of stored pages
    refused: Counter[str] = field(default_factory=Counter)  # by their owners: by reason
    filtered: Counter[str] = field(default_factory=Counter)  # by the operator's own wish
    unproven: Counter[str] = field(default_factory=Counter)  # consent could not be established
    refused_at: Counter[str] = field(default_factory=Counter)  # by gate
    retired: Counter[str] = field(default_factory=Counter)  # kept once, taken out: by reason
    failed: Counter[str] = field(default_factory=Counter)  # by code
    others: Counter[str] = field(default_factory=Counter)  # moved, missing, ...
    waiting: int = 0
    hosts: int = 0
    unknown_hosts: int = 0  # no robots.txt was asked for
    robots: Counter[str] = field(default_factory=Counter)  # hosts by answer
    agents: list[AgentFigures] = field(default_factory=list)
    any_training: Share = _NOTHING  # hosts that refuse `/` to a training agent or more
    any_training_by_name: Share = _NOTHING
    licences: dict[str, Amount] = field(default_factory=dict)  # by class
    languages: dict[str, Amount] = field(default_factory=dict)
    sizes: dict[str, tuple[int, int]] = field(default_factory=dict)  # pages: sites, words
    sites: dict[str, Amount] = field(default_factory=dict)  # the largest by words
    site_count: int = 0
    open_but_refused: Counter[str] = field(default_factory=Counter)  # by reason
    refused_and_read: int = 0  # refused pages whose document was read
    open_where_training_refused: Share = _NOTHING  # of kept pages with an open licence

    @property
    def kept(self) -> Amount:
        return self.states.get("active", Amount())

    @property
    def consent(self) -> Share:
        """Pages kept, of those on which their owners' consent was decided."""
        left = sum(self.states[state].pages for state in _LEFT if state in self.states)
        left -= of_ground(self.retired, Ground.FILTERED).total()
        return Share(self.kept.pages, self.kept.pages + left + self.refused.total())

    def as_json(self) -> dict[str, Any]:
        """Return plain values for programs."""
        return {
            "yield": {
                "consent": self.consent.as_json(),
                "pages": _amounts(self.states),
                "refused": dict(self.refused.most_common()),
                "filtered": dict(self.filtered.most_common()),
                "unproven": dict(self.unproven.most_common()),
                "refused_at": dict(self.refused_at),
                "retired": dict(self.retired.most_common()),
                "failed": dict(self.failed.most_common()),
                "others": dict(self.others.most_common()),
                "waiting": self.waiting,
                "words_refused": None,  # unknown: never read, or not stored
            },
            "robots": {
                "hosts": self.hosts,
                "unknown_hosts": self.unknown_hosts,
                "answers": dict(self.robots.most_common()),
                "any_training_agent_refused": self.any_training.as_json(),
                "any_training_agent_refused_by_name": self.any_training_by_name.as_json(),
                "agents": [agent.as_json() for agent in self.agents],
            },
            "licences": _amounts(self.licences),
            "languages": _amounts(self.languages),
            "sites": {
                "count": self.site_count,
                "by_pages": {
                    pages: {"sites": sites, "words": words}
                    for pages, (sites, words) in self.sizes.items()
                },
                "largest": _amounts(self.sites),
            },
            "contradictions": {
                "open_licence_but_refused": dict(self.open_but_refused.most_common()),
                "refused_pages_read": self.refused_and_read,
                "open_licence_where_training_refused": self.open_where_training_refused.as_json(),
            },
        }


def consent_report(folders: Iterable[Path]) -> ConsentReport:
    """Return the figures of the job whose shards lie in `folders` (itself, if it has none).

    Raises:
        StoreError: One of them holds no job, or cannot be read.
    """
    report, robots, pages = ConsentReport(), _RobotsOfHosts(), _PagesOfHosts()
    for folder in folders:
        with read_job(folder) as connection:
            _count_urls(connection, report)
            _count_pages(connection, report, pages)
            _count_contradictions(connection, report)
            robots.take(connection)
    robots.count(report, pages)
    _count_sites(report, pages.sites)
    return report


def _count_urls(connection: Connection, report: ConsentReport) -> None:
    # A page refused at a later visit is stored, without its text: it counts as retired.
    query = (
        "SELECT outcome, code, count(*) FROM url WHERE kind = 0 AND NOT (outcome = 'refused'"
        " AND EXISTS (SELECT 1 FROM page WHERE url_id = url.id)) GROUP BY 1, 2"
    )
    against = {
        Ground.REFUSED: report.refused,
        Ground.FILTERED: report.filtered,
        Ground.UNPROVEN: report.unproven,
    }
    for outcome, code, count in connection.execute(query):
        if outcome == "refused":
            against[ground_of(code)][current(code)] += count
        elif outcome == "failed":
            report.failed[current(code)] += count
        elif outcome not in ("kept", "unchanged", ""):  # those are counted as pages
            report.others[outcome] += count
    (waiting,) = connection.execute(
        "SELECT count(*) FROM url WHERE kind = 0 AND state < 2 AND outcome = ''"
    ).fetchone()
    report.waiting += waiting
    query = (
        "SELECT gate, reason, count(*) FROM decision JOIN url ON url.id = url_id"
        " WHERE outcome = 'refused' AND kind = 0 GROUP BY 1, 2"
    )
    for gate, reason, count in connection.execute(query):
        if ground_of(reason) is Ground.REFUSED:
            report.refused_at[_GATES.get(gate, str(gate))] += count


@dataclass(slots=True)
class _PagesOfHosts:
    """Kept pages by host and by site, with words; those of an open licence by host."""

    hosts: dict[str, Amount] = field(default_factory=dict)
    open: Counter[str] = field(default_factory=Counter)
    sites: dict[str, Amount] = field(default_factory=dict)


def _count_pages(connection: Connection, report: ConsentReport, into: _PagesOfHosts) -> None:
    query = "SELECT state, count(*), sum(words) FROM page GROUP BY 1"
    _fill(report.states, connection.execute(query))
    query = "SELECT state_reason, count(*) FROM page WHERE state = 'retired' GROUP BY 1"
    for reason, count in connection.execute(query):
        report.retired[current(reason)] += count
    kept = "count(*), sum(words) FROM page WHERE state = 'active' GROUP BY 1"
    classes = connection.execute(f"SELECT licence_class, {kept}")
    _fill(report.licences, ((name or "UNKNOWN", *rest) for name, *rest in classes))
    languages = connection.execute(f"SELECT language, {kept}")
    _fill(report.languages, ((name or "not recognised", *rest) for name, *rest in languages))
    _fill(into.hosts, connection.execute(f"SELECT host, {kept}"))
    _fill(into.sites, connection.execute(f"SELECT site, {kept}"))
    query = "SELECT host, licence_class, count(*) FROM page WHERE state = 'active' GROUP BY 1, 2"
    for host, kind, count in connection.execute(query):
        if kind in OPEN:
            into.open[host] += count


def _fill(into: dict[str, Amount], rows: Iterable[Iterable[Any]]) -> None:
    for name, pages, words in rows:
        into.setdefault(name, Amount()).add(pages, words or 0)


def _count_contradictions(connection: Connection, report: ConsentReport) -> None:
    """Count refused pages that were read and say they are under an open licence."""
    query = "SELECT reason, page FROM decision WHERE included = 0 AND page IS NOT NULL"
    for reason, packed in connection.execute(query):
        if ground_of(reason) is not Ground.REFUSED:
            continue
        evidence = unpack_evidence(packed)
        report.refused_and_read += evidence.read
        report.open_but_refused[current(reason)] += evidence.read and _is_open(evidence)
    report.open_but_refused += Counter()  # drops zeros


def _is_open(evidence: PageEvidence) -> bool:
    return any(
        claim.kind in OPEN and claim.scope in ("page", "site") and claim.confidence >= _BELIEVED
        for claim in evidence.licences
    )


_Said = dict[str, tuple[bool, bool]]  # by agent: a group names it, `/` is refused to it
_Read = Mapping[str, _Said]  # by host


class _RobotsOfHosts:
    """The last robots.txt of each host, each text read once."""

    def __init__(self) -> None:
        self.known: dict[str, tuple[float, str, str]] = {}  # host: fetched at, answer, hash
        self.bodies: dict[str, _Said] = {}  # by hash
        self.hosts = 0
        self.unknown = 0

    def take(self, connection: Connection) -> None:
        query = (
            "SELECT origin, found, status, sha256, max(fetched_at) FROM snapshot"
            " WHERE kind = 'robots' AND origin <> '' GROUP BY origin"
        )
        for origin, found, status, sha256, at in connection.execute(query).fetchall():
            url = parse(f"{origin}/")
            if url is None or self.known.get(url.host, (0.0,))[0] > at:
                continue
            readable = found == Found.FOUND.value
            answer = f"{found} ({status})" if status else found
            self.known[url.host] = (at, answer, sha256 if readable else "")
            if readable and sha256 not in self.bodies:
                (body,) = connection.execute(
                    "SELECT body FROM blob WHERE sha256 = ?", (sha256,)
                ).fetchone()
                self.bodies[sha256] = _agents_in(body)
        for (name,) in connection.execute("SELECT name FROM host"):
            self.hosts += 1
            self.unknown += name not in self.known

    def count(self, report: ConsentReport, pages: _PagesOfHosts) -> None:
        report.hosts, report.unknown_hosts = self.hosts, self.unknown
        report.robots.update(answer for _, answer, _ in self.known.values())
        read = {host: self.bodies[sha256] for host, (_, _, sha256) in self.known.items() if sha256}
        trains = {item.token.lower() for item in BUILT_IN if Usage.AI_TRAIN in item.refuses}
        by_name = {
            host
            for host, agents in read.items()
            if any(refused and name in trains for name, (_, refused) in agents.items())
        }
        refusing = by_name | {host for host, agents in read.items() if agents[EVERYBODY][1]}
        report.any_training = Share(len(refusing), len(read))
        report.any_training_by_name = Share(len(by_name), len(read))
        report.open_where_training_refused = Share(
            sum(count for host, count in pages.open.items() if host in refusing),
            sum(count for host, count in pages.open.items() if host in self.known),
        )
        report.agents = _figures(read, pages.hosts)


def _figures(read: _Read, pages: Mapping[str, Amount]) -> list[AgentFigures]:
    """Return the figures of all agents, those refused by name most often first."""
    named, by_name = Counter[str](), Counter[str]()
    # Whom no group names follows the groups for everybody: what refuses `*`, and by agent how
    # far those that name it differ from that, in hosts and in words.
    everybody = words_everybody = words = 0
    differ, words_differ = Counter[str](), Counter[str]()
    for host, agents in read.items():
        weight = pages[host].words if host in pages else 0
        others = agents[EVERYBODY][1]
        words += weight
        everybody += others
        words_everybody += others * weight
        for name, (is_named, refused) in agents.items():
            named[name] += is_named
            by_name[name] += refused
            differ[name] += refused - others
            words_differ[name] += (refused - others) * weight
    kinds = {EVERYBODY: (EVERYBODY, OTHERS)}
    kinds.update((item.token.lower(), (item.token, item.kind)) for item in BUILT_IN)
    figures = [
        AgentFigures(
            *about,
            named=Share(named[name], len(read)),
            refused=Share(everybody + differ[name], len(read)),
            refused_by_name=Share(by_name[name], len(read)),
            words_refused=Share(words_everybody + words_differ[name], words),
        )
        for name, about in kinds.items()
    ]
    return sorted(figures, key=lambda one: (-one.refused_by_name.part, -one.named.part))


def _agents_in(body: bytes) -> _Said:
    """Return for `*` and each listed agent that is named: if so, and if `/` is refused to it.

    Rules by RFC 9309 section 2.2; names as whole words, so that `img2dataset` is found.
    """
    robots = robotstxt.parse(body, robotstxt.SPEC)
    groups: dict[str, dict[int, robotstxt.Group]] = {}
    for value, group in zip(robots.agents, robots.owners, strict=True):
        for name in robotstxt.names(value, spec=False):
            groups.setdefault(name, {})[id(group)] = group
    found: _Said = {EVERYBODY: (False, False)}
    answers: dict[tuple[int, ...], bool] = {}
    for name in (EVERYBODY, *(item.token.lower() for item in BUILT_IN)):
        if own := groups.get(name):
            key = tuple(own)
            if key not in answers:
                rule = robotstxt.rules_of(list(own.values()), spec=True).match(("/",))
                answers[key] = rule is not None and not rule.allow
            found[name] = (True, answers[key])
    return found


def _count_sites(report: ConsentReport, sites: dict[str, Amount]) -> None:
    report.site_count = len(sites)
    for least, most in _SIZES:
        label = f"{least}" if least == most else f"{least}-{most}" if most else f"{least} or more"
        within = [
            amount
            for amount in sites.values()
            if amount.pages >= least and (most is None or amount.pages <= most)
        ]
        if within:
            report.sizes[label] = (len(within), sum(amount.words for amount in within))
    largest = sorted(sites.items(), key=lambda item: (-item[1].words, item[0]))
    report.sites = dict(largest[:_TOP_SITES])


def _amounts(amounts: dict[str, Amount]) -> dict[str, dict[str, int]]:
    return {name: {"pages": item.pages, "words": item.words} for name, item in amounts.items()}
