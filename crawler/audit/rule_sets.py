"""What one robots.txt says to each agent, by two rule sets.

`cic` is the classifier of "Consent in Crisis" (Longpre et al. 2024, arXiv 2407.14933), so that
numbers can be held against theirs. `rfc9309` is what an agent that keeps the standard may fetch.
They differ: one `Allow:` line makes a refusal partial for the first, and no path counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

from crawler.audit.agents import EVERYBODY
from crawler.core.consent import robotstxt
from crawler.core.consent.path_patterns import PathRules
from crawler.core.consent.site_file_text import text_of


class Status(IntEnum):
    """How much of a site is closed to an agent; the strictest of several is the largest."""

    NO_ROBOTS = 0
    NONE = 1
    SOME = 2
    ALL = 3

    @property
    def label(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Said:
    """What a file says to everybody, and to each agent (lower case) that it names."""

    everybody: Status
    named: Mapping[str, Status]

    def to(self, agent: str) -> Status:
        """Return what it says to `agent` (lower case)."""
        return self.named.get(agent, self.everybody)


# A pattern with more than `/` before its first wildcard, which `/` cannot match.
_BELOW = re.compile(r"/[^*$]")
NOTHING = Said(Status.NO_ROBOTS, {})
RuleSet: TypeAlias = Callable[[bytes], Said]


def cic(body: bytes) -> Said:
    """Classify by the study's rules, which know no paths.

    An agent's group is the one named exactly so, in any case, else that of `*`, else none. Groups
    of one name add up. Lines with `?` do not count; "all" takes a `Disallow: /` and no Allow line.
    Detailed labels ("some_pattern_restrictions" and their like) are parts of "some" and "none".
    """
    groups: dict[str, tuple[list[str], list[str]]] = {}
    current: list[str] = []
    open_ = True  # the next user-agent line joins the group
    # Lines and blanks as the study's program took them: Python's, with U+2028 and its like.
    for raw in text_of(body).splitlines():
        line = raw.split("#", 1)[0].strip()
        label, colon, value = line.partition(":")
        label = label.lower()
        if not colon:
            continue
        if label == "user-agent":
            if not open_:
                current, open_ = [], True
            name = value.strip().lower()
            groups.setdefault(name, ([], []))
            current.append(name)
        elif label in {"disallow", "allow", "crawl-delay", "sitemap"}:
            open_ = False
            if label in {"disallow", "allow"}:
                for name in current:
                    groups[name][label == "allow"].append(value.strip())
    found = {name: _strictness(*lines) for name, lines in groups.items()}
    return Said(found.pop(EVERYBODY, Status.NONE), found)


def _strictness(disallow: list[str], allow: list[str]) -> Status:
    refused = [path for path in disallow if "?" not in path]
    opened = [path for path in allow if "?" not in path]
    if not refused or refused in ([""], opened):
        return Status.NONE
    return Status.ALL if "/" in refused and not opened else Status.SOME


def rfc9309(body: bytes) -> Said:
    """Classify by RFC 9309 section 2.2: "all" if the agent may not have `/`.

    "some" if it may, but a rule refuses something. Names are found as whole words, so that
    `img2dataset` and `GPTBot/1.1` are; groups of one name are one.
    """
    robots = robotstxt.parse_letter(body)
    groups: dict[str, dict[int, robotstxt.Group]] = {}
    for value, group in zip(robots.agents, robots.owners, strict=True):
        for name in robotstxt.names(value, spec=False):
            groups.setdefault(name, {})[id(group)] = group
    answers: dict[tuple[int, ...], Status] = {}
    found: dict[str, Status] = {}
    for name, own in groups.items():
        key = tuple(own)
        if key not in answers:
            answers[key] = _reach(list(own.values()))
        found[name] = answers[key]
    return Said(found.pop(EVERYBODY, Status.NONE), found)


def _reach(groups: list[robotstxt.Group]) -> Status:
    refusing = any(path for group in groups for allow, path, _ in group.rules if not allow)
    if not refusing:
        return Status.NONE
    rules = [rule for group in groups for rule in group.rules if not _BELOW.match(rule[1])]
    rule = PathRules(rules, spec=True).match(("/",)) if rules else None
    return Status.ALL if rule is not None and not rule.allow else Status.SOME


RULE_SETS: dict[str, RuleSet] = {"cic": cic, "rfc9309": rfc9309}
