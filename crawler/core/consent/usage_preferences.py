"""Usage preferences in robots.txt groups: what AIPREF and Content Signals share.

Agents are selected as for access. The longest matching path speaks first; a shorter one, and the
`*` group behind a group naming us, still refuse what it leaves open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from crawler.core.consent import robots_access, robotstxt
from crawler.core.consent.path_patterns import pattern_of
from crawler.core.consent.protocol import Case, Says, only_refusals, signal
from crawler.core.consent.robotstxt import Record, View
from crawler.core.decision import Signal, Usage, Value

Parse = Callable[[str, bool], Says]  # (value without path, spec) -> what it says


@dataclass(frozen=True, slots=True)
class Syntax:
    """How one protocol writes its preference lines."""

    label: str  # of the robots.txt record, lower case
    shown: str  # the label as publishers write it
    rule: str
    parse: Parse
    closes: bool  # its own specification lets the line end a run of user-agent lines


@dataclass(frozen=True, slots=True)
class _Statement:
    record: Record
    length: int  # octets of the path that matched
    says: Says


def read(case: Case, syntax: Syntax) -> tuple[Signal, ...]:
    """Return the signals of every such line that concerns us for the case's URL."""
    body = case.robots
    if body is None:
        return ()
    robots = robotstxt.parse(body)
    if len(robots.views) == 1 and not robots.mentions(syntax.label):
        return ()
    if case.spec:
        view = View(spec=True, usage_closes=syntax.closes)
        selection = robotstxt.select(body, case.token, view)
        return tuple(_resolve(selection.of(syntax.label), case, syntax))
    results = [
        list(_honoured(body, view, case, syntax)) for view in robots_access.views(body, spec=False)
    ]
    return tuple(_combine(results))


def named_grants(case: Case, signals: Iterable[Signal]) -> frozenset[Usage]:
    """Return the usages that `signals` grant in a robots.txt group naming us."""
    if case.robots is None or not robotstxt.select(case.robots, case.token).named:
        return frozenset()
    return frozenset(
        usage
        for item in signals
        if item.counts and item.place.startswith("robots.txt:")
        for usage, value in item.says.items()
        if value is Value.ALLOW
    )


def _honoured(body: bytes, view: View, case: Case, syntax: Syntax) -> Iterator[Signal]:
    selection = robotstxt.select(body, case.token, view)
    own = list(_resolve(selection.of(syntax.label), case, syntax))
    yield from own
    said = {usage for item in own if item.counts for usage in item.says}
    for inherited in _background(body, syntax.label, case.token, view):
        for item in _resolve(inherited, case, syntax):
            says = {
                usage: value
                for usage, value in only_refusals(item.says).items()
                if usage not in said or not selection.named
            }
            if says:
                yield replace(item, says=says)
    for token in case.names[1:]:  # our usage-control tokens
        other = robotstxt.select(body, token, view)
        if other.named:
            for item in _resolve(other.of(syntax.label), case, syntax):
                yield replace(item, says=only_refusals(item.says))


@lru_cache(maxsize=1024)
def _background(body: bytes, label: str, token: str, view: View) -> tuple[tuple[Record, ...], ...]:
    """Return the lines that refuse without being in our group.

    Lines before any group, or set apart by a blank line after some group's rules, were meant
    for everybody; and `*` still refuses what a group naming us is silent about.
    """
    robots = robotstxt.parse(body, view)
    selection = robotstxt.select(body, token, view)
    ours = {item.line for item in selection.records}
    found = [
        tuple(item for item in robots.loose if item.label == label),
        tuple(item for item in robots.records(label) if item.apart and item.line not in ours),
    ]
    if selection.named:
        found.append(robotstxt.select(body, "*", view).of(label))
    return tuple(item for item in found if item)


def _combine(results: list[list[Signal]]) -> list[Signal]:
    """Join the readings of an ambiguous file: any refusal stands, a grant must be in all."""
    if len(results) == 1:
        return results[0]
    granted = [
        {usage for item in result for usage, value in item.says.items() if value is Value.ALLOW}
        for result in results
    ]
    common = frozenset.intersection(*(frozenset(item) for item in granted))
    found: dict[tuple[str, tuple[tuple[Usage, Value], ...]], Signal] = {}
    for result in results:
        for item in result:
            says = {
                usage: value
                for usage, value in item.says.items()
                if value is not Value.ALLOW or usage in common
            }
            key = (item.place, tuple(sorted(says.items())))
            found.setdefault(key, replace(item, says=says))
    return list(found.values())


def _resolve(records: Iterable[Record], case: Case, syntax: Syntax) -> Iterator[Signal]:
    """Apply longest match: the longest path speaks, shorter ones refuse what it leaves open.

    By the letter of AIPREF the longest statement replaces the shorter ones as a whole.
    """
    statements = sorted(
        (item for item in (_match(record, case, syntax) for record in records) if item),
        key=lambda item: -item.length,
    )
    settled: set[Usage] = set()
    longest = statements[0].length if statements else 0
    level, spoken = longest, set[Usage]()
    for item in statements:
        if item.length != level:
            settled |= spoken
            level, spoken = item.length, set()
        says = {usage: value for usage, value in item.says.items() if usage not in settled}
        if item.length != longest:
            says = {} if case.spec and syntax.closes else dict(only_refusals(says))
        spoken |= set(says)
        raw = f"{syntax.shown}: {item.record.value}"
        counts = bool(says) or not item.says
        yield signal(syntax.rule, item.record.place, raw, says or item.says, counts=counts)


def _match(record: Record, case: Case, syntax: Syntax) -> _Statement | None:
    value = record.value
    if not value.startswith("/"):
        return _Statement(record, 1, syntax.parse(value, case.spec))  # as if for "/"
    words = value.split(maxsplit=1)
    pattern = pattern_of(words[0])
    if pattern is None or not any(pattern.matches(path) for path in case.paths):
        return None
    return _Statement(
        record, pattern.length, syntax.parse(words[1] if len(words) > 1 else "", case.spec)
    )
