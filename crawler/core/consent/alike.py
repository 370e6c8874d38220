"""One decision for all URLs of which the same rules of the same site files say the same.

A decision on site evidence alone depends on the URL only by which path patterns match it. So the
first URL of a kind is decided on with paths that note every pattern they are compared with; the
next one is compared with those alone, and if each says the same, so does the decision. There is
one implementation of deciding, and this only remembers what it asked.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import TypeAlias

from crawler.core.consent.decide import decide
from crawler.core.consent.path_patterns import Asked, NotedPath, PathRules, Pattern, comparable
from crawler.core.consent.protego_check import CrossCheck
from crawler.core.decision import Decision
from crawler.core.evidence import Evidence
from crawler.core.policy import ConsentPolicy

_LEAVES = 512  # decisions of one set; with more ways to be matched the others are decided alone


@dataclass(slots=True)
class _Node:
    """A question that was asked next, and by its answer what came of it."""

    question: object
    form: int  # which of the path's forms it was asked about; -1: all
    answers: dict[Hashable, _Node | Decision] = field(default_factory=dict)


_Tree: TypeAlias = "_Node | Decision | None"


@dataclass(slots=True)
class Alike:
    """What was decided on one set of site files, under one policy and at one time.

    `alone`: nothing is shared, as where a licence document, which is asked of a path elsewhere,
    is among the files.
    """

    alone: bool
    _trees: dict[int, _Node | Decision] = field(default_factory=dict)  # by number of paths
    _leaves: int = 0

    def find(self, target: str) -> Decision | None:
        """Return what was decided on a path like this one, None if nothing was.

        What only names the first URL's host, such as the address of a file that was looked at,
        is that of the first URL.
        """
        if self.alone or target == "/robots.txt":
            return None
        paths = comparable(target)
        found = _follow(self._trees.get(len(paths)), paths, target)
        return found if isinstance(found, Decision) else None

    def decide(self, evidence: Evidence, policy: ConsentPolicy, now: float) -> Decision:
        """Decide, and remember it for those that `find` is asked about."""
        target = evidence.url.target
        if self.alone or target == "/robots.txt":
            return decide(evidence, policy, now)
        asked: list[Asked] = []
        paths = comparable(target)
        noted = tuple(NotedPath(path, number, asked) for number, path in enumerate(paths))
        decision = decide(evidence, policy, now, paths=noted)
        if self._leaves < _LEAVES:
            self._leaves += 1
            _remember(self._trees, len(paths), asked, decision)
        return decision


def _follow(tree: _Tree, paths: tuple[str, ...], target: str) -> _Tree:
    while isinstance(tree, _Node):
        question = tree.question
        if isinstance(question, PathRules):
            answer: Hashable = question.line(paths)
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
