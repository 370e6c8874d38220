"""The figures of hosts: their robots.txt, their defence against bots, the pauses we kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise
from math import inf, log10
from statistics import median

from crawler.audit.agents import CLASSES, COMBINED, EVERYBODY, TRAINING, Agents
from crawler.audit.rule_sets import Said, Status
from crawler.core.consent.protocols import sentence
from crawler.display import charts
from crawler.display.figure import Column, Figure, Picture, Row, Tone
from crawler.display.proportion import Share, WeightedShare
from crawler.display.scales import spell
from crawler.report.numbers import Amount, Numbers, Pauses

_HOSTS, _SHARE = Column("hosts"), Column("share", "share")
# Codes of hosts that tell bots apart, whatever robots.txt says.
_DEFENCE = {
    "http.refused": "refused (401, 403)",
    "status-403": "refused (401, 403)",
    "http.challenge": "bot test in place of the page",
    "status-429": "too many requests (429)",
    "http.overload": "too many requests (429)",
    "http.legal": "withheld for legal reasons (451)",
    "robots.refused": "robots.txt itself refused",
    "robots.challenged": "bot test before robots.txt",
}
_KEEPS = 0.995  # of what was asked still keeps it: no clock is exact
_TIMES = (0.0, _KEEPS, 1.1, 1.5, 2.0, 5.0, 10.0, inf)
_PARTS = (
    ("shortest", 0.0),
    ("lower quarter", 0.25),
    ("median", 0.5),
    ("upper quarter", 0.75),
    ("longest", 1.0),
)


def robots_answers(numbers: Numbers) -> Figure:
    counts = Counter(host.answer for host in numbers.robots.values())
    whole = counts.total()
    rows: list[Row] = [
        (answer, count, Share(count, whole)) for answer, count in counts.most_common()
    ]
    unknown = sum(name not in numbers.robots for name in numbers.hosts)
    if numbers.hosts:
        rows.append(("not asked", unknown, None))
    return Figure(
        name="robots_answers",
        title="Answers for robots.txt",
        about="The last answer of each host. Hosts that were never asked are in no share.",
        columns=(Column("answer", "text"), _HOSTS, _SHARE),
        rows=tuple(rows),
        bar="share",
        queries=("robots", "hosts"),
    )


def read_hosts(numbers: Numbers, rules: str) -> dict[str, Said]:
    """Return what the robots.txt of each host says, of hosts whose file was read."""
    said = numbers.said.get(rules, {})
    return {
        name: said[host.sha256]
        for name, host in numbers.robots.items()
        if host.sha256 and host.sha256 in said
    }


def refusing_training(numbers: Numbers, agents: Agents) -> list[str]:
    """Return the hosts that refuse `/` to an agent that trains, or to everybody."""
    trains = agents.of(TRAINING)
    return [
        host
        for host, said in read_hosts(numbers, "rfc9309").items()
        if said.everybody is Status.ALL
        or any(said.named[name] is Status.ALL for name in said.named if name in trains)
    ]


def agents_refused(numbers: Numbers, agents: Agents) -> Figure:
    """Return how robots.txt speaks of each agent, by hosts and by kept words."""
    strict, study = read_hosts(numbers, "rfc9309"), read_hosts(numbers, "cic")
    named = Counter(name for said in strict.values() for name in said.named)
    rows: list[tuple[str, str, Share, int, int, Share, WeightedShare]] = []
    for token, spelt in {EVERYBODY: "* (all others)", **agents.spelt}.items():
        if not named[token] and token != EVERYBODY:
            continue
        closed = [host for host, said in strict.items() if said.to(token) is Status.ALL]
        by_name = sum(said.named.get(token) is Status.ALL for said in strict.values())
        rows.append(
            (
                spelt,
                agents.classes.get(token, ""),
                Share(len(closed), len(strict)),
                named[token],
                by_name,
                Share(sum(said.to(token) is Status.ALL for said in study.values()), len(study)),
                _words(numbers.hosts, closed, strict),
            )
        )
    rows.sort(key=lambda row: (-row[4], -row[3], row[0]))
    return Figure(
        name="agents",
        title="AI agents in robots.txt",
        about=f"Of {len(strict):,} hosts whose robots.txt was read. Refused: the agent may not have"
        " \"/\" (RFC 9309), by its own group or else everybody's; cic: the same by the study's"
        " classifier. Words: of kept texts, those on hosts that refuse it.",
        columns=(
            Column("agent", "code"),
            Column("class", "text"),
            Column("refused", "share"),
            Column("named"),
            Column("refused_by_name"),
            Column("refused_cic", "share"),
            Column("words_refused", "share"),
        ),
        rows=tuple(rows) if strict else (),
        bar="refused",
        tone="refused",
        queries=("robots", "robots_texts", "hosts"),
        wide=True,
    )


def _words(
    hosts: Mapping[str, Amount], closed: Iterable[str], read: Iterable[str]
) -> WeightedShare:
    def total(names: Iterable[str]) -> int:
        return sum(hosts[name].words for name in names if name in hosts)

    squares = sum(hosts[name].words ** 2 for name in read if name in hosts)
    return WeightedShare(total(closed), total(read), squares)


def classes_refused(numbers: Numbers, agents: Agents) -> Figure:
    """Return how many hosts refuse at least one agent of each class, by both rule sets."""
    wanted = {name: agents.of(name) for name in CLASSES}
    wanted["combined"] = frozenset(name.lower() for name in COMBINED)
    rows: list[Row] = []
    for name, tokens in wanted.items():
        shares = []
        for rules in ("rfc9309", "cic"):
            hosts = read_hosts(numbers, rules)
            closed = sum(
                any(said.to(token) is Status.ALL for token in tokens) for said in hosts.values()
            )
            shares.append(Share(closed, len(hosts)))
        rows.append((name, *shares))
    return Figure(
        name="classes",
        title="Classes of agents",
        about="Hosts that refuse at least one agent of the class, by its own group or everybody's."
        " Combined: the agents of Google, OpenAI, Anthropic, Cohere, Common Crawl and Meta that"
        " Longpre et al. 2024 analysed.",
        columns=(Column("class", "text"), Column("rfc9309", "share"), Column("cic", "share")),
        rows=tuple(rows) if numbers.said else (),
        bar="rfc9309",
        tone="refused",
        queries=("robots", "robots_texts"),
    )


def bot_defence(numbers: Numbers) -> Figure:
    """Return what servers do to bots, apart from what owners write."""
    hosts: dict[str, set[str]] = {}
    pages: Counter[str] = Counter()
    for host, codes in numbers.defence.items():
        for code, count in codes.items():
            kind = _DEFENCE.get(code, code)
            hosts.setdefault(kind, set()).add(host)
            pages[kind] += count
    for host, robots in numbers.robots.items():
        answer = robots.answer.partition(" ")[0]
        if answer in ("refused", "challenged"):
            hosts.setdefault(_DEFENCE[f"robots.{answer}"], set()).add(host)
        elif "(429)" in robots.answer:
            hosts.setdefault(_DEFENCE["status-429"], set()).add(host)
    met = sum(host in numbers.robots or amount.pages > 0 for host, amount in numbers.hosts.items())
    met = max(met, len(set().union(*hosts.values()) if hosts else ()))
    either = set().union(*hosts.values()) if hosts else set()
    closed = [
        host
        for host, said in read_hosts(numbers, "rfc9309").items()
        if said.everybody is Status.ALL
    ]
    rows: list[Row] = [
        (kind, pages[kind], len(found), Share(len(found), met))
        for kind, found in sorted(hosts.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    rows.append(("any of these", pages.total(), len(either), Share(len(either), met)))
    rows.append(
        ("beside it: robots.txt refuses everybody", 0, len(closed), Share(len(closed), met))
    )
    return Figure(
        name="bot_defence",
        title="Bot defence",
        about=f"Servers that turn bots away, of {met:,} hosts that were asked. That is no statement"
        " of an owner about texts, and it is heard as a no all the same.",
        columns=(Column("answer", "text"), Column("pages"), _HOSTS, _SHARE),
        rows=tuple(rows) if met else (),
        bar="share",
        tone="failed",
        queries=("defence", "robots", "hosts"),
    )


def needs_browser(numbers: Numbers) -> Figure:
    whole = numbers.settled
    return Figure(
        name="needs_browser",
        title="Pages that need a browser",
        about="Shells that show their text to a browser, after a login, or after consent to"
        " cookies. They are kept out: what they hold is not the text.",
        columns=(
            Column("code", "code"),
            Column("pages"),
            _HOSTS,
            Column("share", "share"),
            Column("meaning", "text"),
        ),
        rows=tuple(
            (code, pages, hosts, Share(pages, whole), sentence(code) or _SHELLS.get(code, ""))
            for code, (pages, hosts) in sorted(
                numbers.browser.items(), key=lambda item: -item[1][0]
            )
        ),
        bar="share",
        tone="filtered",
        queries=("browser",),
    )


_SHELLS = {
    "needs-script": "The page is empty until a script fills it.",
    "needs-login": "The page asks for a login.",
    "needs-consent": "The page asks for consent before it shows anything.",
    "needs-browser": "The page asks for a browser.",
}


def pauses(numbers: Numbers) -> tuple[Figure, ...]:
    """Return the pauses kept against those asked for: each host, quantiles, and how much longer."""
    found = numbers.pauses
    return (_margins(found), _quantiles(found))


def _margins(found: list[Pauses]) -> Figure:
    """Return how many times the pause that was asked for the shortest one was."""
    rows: list[Row] = []
    asked = [item for item in found if item.asked > 0]
    for least, most in pairwise(_TIMES):
        count = sum(least <= item.shortest / item.asked < most for item in asked)
        rows.append((_times(least, most), count, Share(count, len(asked))))
    tones: list[Tone] = ["refused"]
    tones += ["kept"] * len(rows)
    silent = len(found) - len(asked)
    if silent:
        rows.append(("nothing was asked", silent, None))
    return Figure(
        name="pause_margins",
        title="Pauses kept, in times of what was asked",
        about="Hosts by the shortest pause between two requests, against the Crawl-delay of their"
        " robots.txt or the policy's own least delay, whichever is longer.",
        columns=(Column("shortest_pause", "text"), _HOSTS, _SHARE),
        rows=tuple(rows) if found else (),
        bar="share",
        tones=tuple(tones),
        queries=("pauses", "settings"),
        picture=_scatter(asked),
    )


def _times(least: float, most: float) -> str:
    if not least:
        return "shorter than asked"
    least = max(1.0, least)
    return f"{least:g} to {most:g} times" if most < inf else f"{least:g} times and more"


def _scatter(asked: list[Pauses]) -> Picture | None:
    if not asked:
        return None
    below = sum(item.shortest < item.asked * _KEEPS for item in asked)
    says = (
        f"{len(asked):,} hosts. Asked in the median {spell(median(i.asked for i in asked))},"
        f" shortest pause kept in the median {spell(median(i.shortest for i in asked))};"
        f" {below:,} hosts below what was asked."
    )
    return charts.against(_binned(asked), says)


def _quantiles(found: list[Pauses]) -> Figure:
    rows: list[Row] = []
    for name, part in _PARTS if found else ():
        sides = ([i.asked for i in found], [i.shortest for i in found], [i.mean for i in found])
        rows.append((name, *(_quantile(values, part) for values in sides)))
    return Figure(
        name="pauses",
        title="Delay asked and kept",
        about=f"Of {len(found):,} hosts with two requests or more whose times are stored: pages,"
        " refusals at headers or document, site files. Answers that left no page (missing, moved,"
        " failed) are not among them, so that true pauses may be shorter than these.",
        columns=(
            Column("hosts", "text"),
            Column("asked", "seconds"),
            Column("shortest_kept", "seconds"),
            Column("mean_kept", "seconds"),
        ),
        rows=tuple(rows),
        queries=("pauses", "settings"),
    )


def _binned(found: list[Pauses]) -> list[tuple[float, float, int]]:
    """Return hosts that lie together on the picture as one point; those below stay apart."""
    bins: dict[tuple[int, int, bool], list[Pauses]] = {}
    for item in found:
        place = (
            round(log10(max(item.asked, 1e-3)) * 6),
            round(log10(max(item.shortest, 1e-3)) * 6),
            item.shortest < item.asked * _KEEPS,
        )
        bins.setdefault(place, []).append(item)
    return [
        (median(i.asked for i in items), median(i.shortest for i in items), len(items))
        for items in bins.values()
    ]


def _quantile(values: list[float], part: float) -> float:
    ordered = sorted(values)
    return float(ordered[round(part * (len(ordered) - 1))])
