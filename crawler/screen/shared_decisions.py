"""One decision for all rows that match the same rules of the same site files.

A decision on site evidence alone depends on the URL only by which path patterns match it. So the
first row of a kind is decided on with paths that note every pattern they are compared with; the
next one is compared with those alone, and if each says the same, so does the decision. There is
one implementation of deciding, and this only remembers what it asked.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol, TypeAlias

from crawler.core.consent import decide, robotstxt
from crawler.core.consent.path_patterns import Asked, NotedPath, PathRules, Pattern, comparable
from crawler.core.consent.protego_check import CrossCheck
from crawler.core.decision import Decision, Found
from crawler.core.evidence import Evidence, FileKind, Snapshot
from crawler.core.policy import ConsentPolicy
from crawler.core.urls import Url, is_within
from crawler.store.dated_evidence import Known

_SITES = 512  # sets of site files that are remembered
_LEAVES = 512  # decisions of one; a site with more ways to be matched is decided on row by row
_FILES = 1 << 16  # of which it is remembered whether they speak of hosts by name
NO_BODY = sha256(b"").hexdigest()
Files: TypeAlias = "Callable[[], tuple[Snapshot, ...]]"
_SPEAKS_ELSEWHERE = ("license", "content-license")


class Site(Protocol):
    """What speaks for an origin."""

    remembered: Remembered

    @property
    def files(self) -> tuple[Snapshot, ...]: ...

    def address(self, target: str) -> Url: ...


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
    owes: dict[Hashable, bool] = field(default_factory=dict)  # whether a file is still due


class SharedDecisions:
    """Decides on site evidence, remembering a bounded number of sites. One policy, one time."""

    def __init__(self, policy: ConsentPolicy) -> None:
        self._policy = policy
        self._sites: OrderedDict[Hashable, Remembered] = OrderedDict()
        self._speaks_of_hosts: dict[str, bool] = {}  # by hash of a file
        named = [item.domain for item in policy.never] + [item.domain for item in policy.grants]
        self._named = tuple(named)
        self.decided = 0  # how often it was really decided

    def of(self, url: Url, answers: Sequence[Known], files: Files) -> Remembered:
        """Return what was decided on the site files of an origin; ask once a site.

        `files`: gives them with their bodies, where they are looked at for the first time.
        """
        key = self._key(url, answers, files)
        known = self._sites.get(key)
        if known is None:
            # What a licence document says of a path is asked elsewhere.
            alone = any(item.kind == FileKind.RSL for item in answers)
            known = self._sites[key] = Remembered(alone)
            if len(self._sites) > _SITES:
                self._sites.popitem(last=False)
        else:
            self._sites.move_to_end(key)
        return known

    def _key(self, url: Url, answers: Sequence[Known], files: Files) -> Hashable:
        """Return what makes two sets of site files say the same, of one host or of several.

        Only plain ones are shared between hosts: a robots.txt without addresses of its own, and
        files that are not there. Whatever may speak of a host by name keeps its host in the key.
        """
        origin = url.origin
        size = len(origin)
        told: list[Hashable] = []
        shared = True
        for item in answers:
            _, _, _, kind, place, found, status, error, headers, sha256, _ = item
            tail = place[size:] if place.startswith(origin) else place
            told.append((kind, tail, found, sha256, status, error))
            if '":' in headers:  # our own notes among them
                notes = [line for line in json.loads(headers) if line[0].startswith(":")]
                told.append(tuple(map(tuple, notes)))
            if found == Found.FOUND and kind != FileKind.ROBOTS:
                shared = False
            if shared and sha256 != NO_BODY:
                shared = not self._names_hosts(sha256, files)
        if shared and not any(is_within(url.host, domain) for domain in self._named):
            return tuple(told)
        return (origin, *told)

    def _names_hosts(self, sha256: str, files: Files) -> bool:
        known = self._speaks_of_hosts.get(sha256)
        if known is None:
            if len(self._speaks_of_hosts) >= _FILES:
                self._speaks_of_hosts.clear()
            for item in files():
                if item.body:
                    self._speaks_of_hosts[item.sha256] = _names_hosts(item.body)
            known = self._speaks_of_hosts[sha256]
        return known

    def decide(self, target: str, site: Site, now: float) -> Decision:
        """Return what `decide` says of a path of a site.

        What only names the first row's host, such as the address of a file that was looked at,
        is that of the first row.
        """
        known = site.remembered
        if known.alone or target == "/robots.txt":
            return decide(Evidence(site.address(target), site.files), self._policy, now)
        paths = comparable(target)
        found = _follow(known.trees.get(len(paths)), paths, target)
        if isinstance(found, Decision):
            return found
        asked: list[Asked] = []
        noted = tuple(NotedPath(path, number, asked) for number, path in enumerate(paths))
        self.decided += 1
        evidence = Evidence(site.address(target), site.files)
        decision = decide(evidence, self._policy, now, paths=noted)
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


def _names_hosts(body: bytes) -> bool:
    parsed = robotstxt.parse(body)
    return parsed.absolute or any(parsed.mentions(label) for label in _SPEAKS_ELSEWHERE)
