"""robots.txt as lines and groups (RFC 9309 section 2.1-2.2), before anybody asks it anything.

Three readings of one body: to the letter of the grammar, tolerant of what publishers write (a
missing colon, misspelt labels, several agents on a line), and as it was meant
(`robots_as_meant`). Where they differ all are consulted and the strictest wins, so tolerance
never opens anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from crawler.core.consent import robots_as_meant
from crawler.core.consent.path_patterns import PathRules, host_of, path_rules
from crawler.core.consent.protego_check import CrossCheck, cross_check
from crawler.core.consent.robots_labels import LABELS, MISSPELT
from crawler.core.consent.site_file_text import text_of
from crawler.core.late_expressions import late

BODY_LIMIT = 512_000  # octets that are parsed: 500 KiB (RFC 9309 section 2.5)
_LINE_LIMIT = 16_663  # characters, 8 x 2083 - 1 as in Google's parser; only refusals are cut
_BLANKS = " \t\x0b\x0c"
_PRODUCT = late(r"[a-z_-]+")
_ODD_AGENT = late(r"^(?![a-z_-]+$|\*$)", re.MULTILINE)
_WORD = late(r"[^\s,/]+")
_SPLIT_AGENT = late(r"[/\s]")

# The spellings of nearly every line of a large file, so that it is read in one step.
_RULES = {"Disallow": False, "Allow": True, "disallow": False, "allow": True}
_AGENTS = frozenset({"User-agent", "User-Agent", "user-agent"})


@dataclass(frozen=True, slots=True)
class Record:
    """One line with a meaning: its label in normal form, its value, its number from 1."""

    label: str
    value: str
    line: int
    apart: bool = False  # a blank line stands before it, after rules

    @property
    def place(self) -> str:
        return f"robots.txt:{self.line}"


class Group:
    """Lines for the agents named above them. Filled while parsing, read-only afterwards."""

    __slots__ = ("records", "rules")

    def __init__(self) -> None:
        self.rules: list[tuple[bool, str, int]] = []  # allow, pattern, line
        self.records: list[Record] = []


class View(NamedTuple):
    """A way to read a robots.txt; without any of them, as publishers write it.

    `spec`: to the letter of RFC 9309. `usage_closes` groups as the AIPREF attachment draft does,
    where Content-Usage is a rule and so ends a run of user-agent lines; by RFC 9309 alone it does
    not. `intent` puts right first what was meant otherwise.
    """

    spec: bool = False
    usage_closes: bool = False
    intent: bool = False


TOLERANT = View()
SPEC = View(spec=True)
INTENT = View(intent=True)


@dataclass(frozen=True, slots=True)
class Robots:
    """One reading of one robots.txt."""

    groups: tuple[Group, ...]
    agents: list[str]  # user-agent values, lower case
    owners: list[Group]  # of each of them, the group it opens or joins
    loose: tuple[Record, ...]  # records before any group
    comments: tuple[tuple[int, str], ...]  # line number and text
    relabelled: bool  # a line was read whose label the grammar does not know
    tolerated: bool  # so was anything else: an agent, a pattern
    hazard: bool  # a Content-Usage line stands between user-agent lines
    spec: bool
    labels: frozenset[str]  # of all its records
    absolute: bool = False  # a path is given as a full URL
    views: tuple[View, ...] = (TOLERANT,)  # that must be consulted, this one first

    def mentions(self, label: str) -> bool:
        return label in self.labels

    def records(self, label: str) -> list[Record]:
        """Return every record so labelled, inside groups and outside."""
        found = [item for item in self.loose if item.label == label]
        for group in self.groups:
            found += [item for item in group.records if item.label == label]
        return found


@dataclass(frozen=True, slots=True)
class Selection:
    """What one reading of a file says to one agent."""

    named: bool  # a group names the agent; otherwise these are the `*` groups
    rules: PathRules
    records: tuple[Record, ...]
    exists: bool  # there is such a group
    check: CrossCheck

    def of(self, label: str) -> tuple[Record, ...]:
        return tuple(item for item in self.records if item.label == label)


def decode(body: bytes) -> str:
    """Return the text that is parsed: at most 500 KiB, without a BOM.

    Of a line that the cut went through only a refusal stands: shortened it refuses more, while
    anything else might say what nobody wrote.
    """
    if len(body) >= BODY_LIMIT:
        body = body[:BODY_LIMIT]
        end = max(body.rfind(b"\n"), body.rfind(b"\r")) + 1
        if not body[end:].lstrip().lower().startswith(b"disallow"):
            body = body[:end]
    return text_of(body)


def parse(body: bytes, view: View = TOLERANT) -> Robots:
    """Return one reading of `body`."""
    return _parse(body, view)


def parse_letter(body: bytes) -> Robots:
    """Return the reading to the letter of the grammar alone: for counting, not for deciding."""
    return _Parser(SPEC).parse(_numbered(decode(body)))


@lru_cache(maxsize=128)
def _parse(body: bytes, view: View) -> Robots:
    if view.spec and not view.usage_closes:
        tolerant = _parse(body, TOLERANT)
        if not tolerant.relabelled:  # then only the agents' names read differently
            return replace(tolerant, spec=True)
    text = decode(body)
    lines = robots_as_meant.lines(text) if view.intent else None
    found = _Parser(view).parse(lines or _numbered(text))
    if view != TOLERANT:
        return found
    views = [TOLERANT]
    if found.tolerated:
        views.append(SPEC)
    if found.hazard:
        views.append(View(usage_closes=True))
    lines = robots_as_meant.lines(text)
    if lines is not None:
        other = _Parser(TOLERANT).parse(lines)
        if _gist(other) != _gist(found):
            views.append(INTENT)
    return replace(found, views=tuple(views)) if len(views) > 1 else found


def _numbered(text: str) -> list[tuple[int, str]]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [item for item in enumerate(lines, 1) if item[1]]


def _gist(robots: Robots) -> object:
    """Return what a reading says, whatever the lines it says it on."""
    numbers = {id(group): number for number, group in enumerate(robots.groups)}
    return (
        [
            (number, name)
            for value, group in zip(robots.agents, robots.owners, strict=True)
            for number in [numbers[id(group)]]
            for name in names(value, spec=False)
        ],
        [
            ([rule[:2] for rule in group.rules], [(r.label, r.value) for r in group.records])
            for group in robots.groups
        ],
        [(record.label, record.value) for record in robots.loose],
    )


class _Parser:
    def __init__(self, view: View) -> None:
        self.spec = view.spec
        self.usage_closes = view.usage_closes
        self.groups: list[Group] = []
        self.loose: list[Record] = []
        self.comments: list[tuple[int, str]] = []
        self.relabelled = False
        self.tolerated = False
        self.absolute = False
        self.hazard = False
        self.agents: list[str] = []
        self.owners: list[Group] = []
        self.open = False  # the current group still takes user-agent lines
        self.used = False  # it has a Content-Usage line already
        self.apart = False
        self.known: dict[str, str] = {}  # label as written -> normal form, "" if unknown

    def parse(self, lines: list[tuple[int, str]]) -> Robots:
        before = 0
        for number, line in lines:
            if number > before + 1:
                self.apart = True
            before = number
            key, colon, value = line.partition(":")
            allow = _RULES.get(key)
            if not colon or "#" in value or len(line) > _LINE_LIMIT:
                self._line(number, line)
            elif allow is not None:
                self._rule(number, value.strip(_BLANKS), allow=allow)
                self.apart = False
            elif key in _AGENTS:
                self._agent(value.strip(_BLANKS))
                self.apart = False
            else:
                self._line(number, line)
        odd = self.agents and _ODD_AGENT.search("\n".join(self.agents)) is not None
        return Robots(
            tuple(self.groups),
            self.agents,
            self.owners,
            tuple(self.loose),
            tuple(self.comments),
            self.relabelled,
            bool(self.relabelled or self.tolerated or odd),
            self.hazard,
            self.spec,
            frozenset(label for label in self.known.values() if label),
            absolute=self.absolute,
        )

    def _line(self, number: int, line: str) -> None:
        if "#" in line:
            line, _, comment = line.partition("#")
            self.comments.append((number, comment))
        key, colon, value = line.partition(":")
        if colon:
            label = self.known.get(key)
            label = self._label(key) if label is None else label
        else:
            label, value = self._without_colon(line)
        if label:
            if label == "disallow" and len(line) > _LINE_LIMIT:
                value = line[:_LINE_LIMIT].partition(":")[2]
            self._labelled(number, label, value.strip(_BLANKS))
            self.apart = False
        elif not line.strip():
            self.apart = True

    def _labelled(self, number: int, label: str, value: str) -> None:
        if label in {"allow", "disallow"}:
            self._rule(number, value, allow=label == "allow")
        elif label == "user-agent":
            self._agent(value)
        else:
            self._record(Record(label, value, number, self.apart and not self.open))

    def _label(self, key: str) -> str:
        text = " ".join(key.split()).lower()
        label = LABELS.get(text, "")
        if not label and not self.spec:
            label = MISSPELT.get(text, "")
            self.relabelled |= bool(label)
        if len(self.known) < 10_000:  # noqa: PLR2004 - a file of unknown labels costs no memory
            self.known[key] = label
        return label

    def _without_colon(self, line: str) -> tuple[str, str]:
        words = line.split()
        if self.spec or len(words) != 2:  # noqa: PLR2004 - a label and a value
            return "", ""
        label = LABELS.get(words[0].lower(), "")
        if label:
            self.relabelled = True
            self.known[words[0]] = label
        return label, words[1]

    def _agent(self, value: str) -> None:
        if not self.open:
            self.groups.append(Group())
            self.open = True
            self.used = False
        elif self.used:
            self.hazard = True
        self.agents.append(value.lower())
        self.owners.append(self.groups[-1])

    def _rule(self, number: int, value: str, *, allow: bool) -> None:
        if not self.groups:
            return
        self.open = False
        self.groups[-1].rules.append((allow, value, number))
        if value and value[0] not in "/*":
            self.tolerated = True
            self.absolute = self.absolute or bool(host_of(value))

    def _record(self, record: Record) -> None:
        if not self.groups:
            self.loose.append(record)
            return
        self.groups[-1].records.append(record)
        if record.label == "content-usage":
            self.used = True
            self.open = self.open and not self.usage_closes


def names(value: str, *, spec: bool) -> tuple[str, ...]:
    """Return the agents that a user-agent value (lower case) names.

    By the grammar: its longest prefix of letters, "-" and "_", as Google's parser takes it.
    Tolerant: whole words, so that `img2dataset` and `bot/2.1` are found, and each item of a
    comma list.
    """
    if spec:
        if value.startswith("*") and (len(value) == 1 or value[1].isspace()):
            return ("*",)
        match = _PRODUCT.match(value)
        return (match[0],) if match else ()
    if _WORD.fullmatch(value):
        return (value,)
    items = [item.strip() for item in value.split(",")]
    cut = [_SPLIT_AGENT.split(item, maxsplit=1)[0] for item in items]
    return tuple(name for name in dict.fromkeys((*items, *cut)) if name)


def select(body: bytes, token: str, view: View = TOLERANT, host: str = "") -> Selection:
    """Return what `body` says to `token` (lower case): its own groups merged, else the `*` ones.

    With a `host`, rules that name another one are left out; where no rule names any
    (`Robots.absolute`) it is better not given.
    """
    return _select(body, token, view, host)


@lru_cache(maxsize=512)
def _select(body: bytes, token: str, view: View, host: str) -> Selection:
    robots = _parse(body, view)
    named = groups_of(robots, token)
    chosen = named or groups_of(robots, "*")
    records = tuple(record for group in chosen for record in group.records)
    rules = tuple(rules_here(chosen, host))
    paths = path_rules(rules, spec=view.spec)
    return Selection(bool(named), paths, records, bool(chosen), cross_check(rules))


def rules_here(groups: list[Group], host: str) -> list[tuple[bool, str, int]]:
    """Return the rules of `groups` but those for another host than `host`, if that is given."""
    rules = [rule for group in groups for rule in group.rules]
    return [rule for rule in rules if host_of(rule[1]) in {"", _bare(host)}] if host else rules


def rules_of(groups: list[Group], *, spec: bool) -> PathRules:
    """Return the merged access rules of `groups`."""
    return PathRules([rule for group in groups for rule in group.rules], spec=spec)


def _bare(host: str) -> str:
    return host.removeprefix("www.")


def groups_of(robots: Robots, agent: str) -> list[Group]:
    """Return the groups that name `agent` (lower case), each once, in the file's order."""
    return list(
        {
            id(group): group
            for value, group in zip(robots.agents, robots.owners, strict=True)
            if agent in value and agent in names(value, spec=robots.spec)
        }.values()
    )


def groups_by_name(robots: Robots) -> dict[str, dict[int, Group]]:
    """Return for each agent that is named the groups naming it, by their identity."""
    found: dict[str, dict[int, Group]] = {}
    for value, group in zip(robots.agents, robots.owners, strict=True):
        for name in names(value, spec=robots.spec):
            found.setdefault(name, {})[id(group)] = group
    return found


def forget() -> None:
    """Drop every parsed file (benchmarks: what the first look costs)."""
    for known in (_parse, _select, path_rules, cross_check):
        known.cache_clear()
