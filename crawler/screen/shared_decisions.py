"""One decision for all rows that match the same rules of the same site files.

A decision on site evidence alone depends on the URL only by which path patterns match it. So the
first row of a kind is decided on with paths that note every pattern they are compared with; the
next one is compared with those alone, and if each says the same, so does the decision. There is
one implementation of deciding, and this only remembers what it asked.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import TypeAlias

from crawler.core.consent import decide, robotstxt
from crawler.core.consent.path_patterns import Asked, NotedPath, PathRules, Pattern, comparable
from crawler.core.consent.protego_check import CrossCheck
from crawler.core.decision import Decision, Found
from crawler.core.evidence import Evidence, FileKind, Snapshot
from crawler.core.policy import ConsentPolicy
from crawler.core.urls import Url, is_within

_SITES = 512  # sets of site files that are remembered
_LEAVES = 512  # decisions of one; a site with more ways to be matched is decided on row by row
_PLAIN = frozenset({FileKind.ROBOTS})
_SPEAKS_ELSEWHERE = ("license", "content-license")


@dataclass(slots=True)
class _Node:
    """A question that was asked next, and by its answer what came of it."""

    question: object
    form: int  # which of the path's forms it was asked about; -1: all
    answers: dict[Hashable, _Node | Decision] = field(default_factory=dict)


_Tree: TypeAlias = "_Node | Decision | None"


@dataclass(slots=True)
class Remembered:
    """What was decided on one set of site files."""

    alone: bool  # nothing is shared
    trees: dict[int, _Node | Decision] = field(default_factory=dict)  # by number of paths
    leaves: int = 0


class SharedDecisions:
    """Decides on site evidence, remembering a bounded number of sites. One policy, one time."""

    def __init__(self, policy: ConsentPolicy) -> None:
        self._policy = policy
        self._sites: OrderedDict[Hashable, Remembered] = OrderedDict()
        self.decided = 0  # how often it was really decided

    def of(self, site: tuple[Snapshot, ...], key: Hashable) -> Remembered:
        """Return what was decided on site files known by `key`; ask once a site."""
        known = self._sites.get(key)
        if known is None:
            # What a licence document says of a path is asked elsewhere.
            alone = any(item.kind is FileKind.RSL for item in site)
            known = self._sites[key] = Remembered(alone)
            if len(self._sites) > _SITES:
                self._sites.popitem(last=False)
        else:
            self._sites.move_to_end(key)
        return known

    def decide(
        self, url: Url, site: tuple[Snapshot, ...], known: Remembered, now: float
    ) -> Decision:
        """Return what `decide` says of a URL whose site files are those of `known`.

        What only names the first row's host, such as the address of a file that was looked at,
        is that of the first row.
        """
        if known.alone or url.target == "/robots.txt":
            return decide(Evidence(url, site), self._policy, now)
        paths = comparable(url.target)
        found = _follow(known.trees.get(len(paths)), paths, url.target)
        if isinstance(found, Decision):
            return found
        asked: list[Asked] = []
        noted = tuple(NotedPath(path, number, asked) for number, path in enumerate(paths))
        self.decided += 1
        decision = decide(Evidence(url, site), self._policy, now, paths=noted)
        if known.leaves < _LEAVES:
            known.leaves += 1
            _remember(known.trees, len(paths), asked, decision)
        return decision


def _follow(tree: _Tree, paths: tuple[str, ...], target: str) -> _Tree:
    while isinstance(tree, _Node):
        question = tree.question
        if isinstance(question, PathRules):
            answer: Hashable = question.match(paths)
        elif isinstance(question, Pattern):
            answer = question.matches(paths[tree.form])
        elif isinstance(question, CrossCheck):
            answer = question.refuses(target)
        else:
            return None
        tree = tree.answers.get(answer)
    return tree


def _remember(
    trees: dict[int, _Node | Decision], size: int, asked: list[Asked], decision: Decision
) -> None:
    """Add what was asked, each question once, and the decision it led to."""
    seen: set[tuple[int, int]] = set()
    steps = []
    for item in asked:
        mark = (id(item.question), item.form)
        if mark not in seen:
            seen.add(mark)
            steps.append(item)
    if not steps:
        trees[size] = decision
        return
    node = trees.get(size)
    if node is None:
        node = trees[size] = _Node(steps[0].question, steps[0].form)
    for step, following in zip(steps, [*steps[1:], None], strict=True):
        if not isinstance(node, _Node):
            return
        if following is None:
            node.answers[step.answer] = decision
            return
        below = node.answers.get(step.answer)
        if below is None:
            below = node.answers[step.answer] = _Node(following.question, following.form)
        node = below


def key_of(url: Url, site: tuple[Snapshot, ...], policy: ConsentPolicy) -> Hashable:
    """Return what makes two sets of site files say the same, of one host or of several.

    Only plain ones are shared between hosts: a robots.txt without addresses of its own, and files
    that are not there. Whatever may speak of a host by name keeps its host in the key.
    """
    told = tuple(_told(item, len(url.origin)) for item in site)
    notes = tuple(line for item in site for line in item.headers if line[0].startswith(":"))
    shared = all(item.found is not Found.FOUND or item.kind in _PLAIN for item in site) and not any(
        _names_hosts(item.body) for item in site if item.body
    )
    named = [never.domain for never in policy.never] + [grant.domain for grant in policy.grants]
    if shared and not any(is_within(url.host, domain) for domain in named):
        return (told, notes)
    return (told, notes, url.origin)


def _told(item: Snapshot, origin: int) -> tuple[object, ...]:
    digest = digest_of(item.body)
    return (item.kind, item.url[origin:], item.found, digest, item.status, item.error)


@lru_cache(maxsize=64)
def digest_of(body: bytes) -> str:
    """Return the hash of a file, "" if there is nothing in it; those of one group share theirs."""
    return sha256(body).hexdigest() if body else ""


def _names_hosts(body: bytes) -> bool:
    parsed = robotstxt.parse(body)
    return parsed.absolute or any(parsed.mentions(label) for label in _SPEAKS_ELSEWHERE)
