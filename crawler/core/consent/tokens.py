"""AI agent tokens in robots.txt (prefix tok): refusals addressed to others for our purpose.

By the letter a group for another agent says nothing to us. Honoured, a publisher who disallows a
URL to training crawlers by name has refused the purpose to everyone it knew: it cannot know us.
The same holds for shared training-policy tokens (draft-kelley-aipref-training-preference-signal),
whose exact spelling is not settled, so a pattern stands in for it. Tokens are whole words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from crawler.core.consent import access, aipref, content_signals, preferences, robotstxt
from crawler.core.consent.agents import agents_of
from crawler.core.consent.case import TRAIN_DENY, Case, Protocol, Reading, Says, join, signal
from crawler.core.consent.paths import PathRules, Rule, comparable
from crawler.core.decision import Found, Signal, Usage, Value
from crawler.core.evidence import FileKind
from crawler.core.policy import AgentToken

_POLICY_TOKEN = re.compile(
    r"(?:no-?)?(?:ai|ml|llm|genai)[-_]?train(?:ing)?"
    r"|train(?:ing)?[-_](?:ai|genai)"
    r"|ai[-_]training[-_]\w+"
)
_SHOWN = 12  # tokens of one group that a signal lists


@dataclass(frozen=True, slots=True)
class _Bloc:
    """The listed tokens that one set of groups names, and the rules of those groups."""

    names: tuple[str, ...]  # lower case
    rules: PathRules


def read(case: Case) -> Reading:
    """Resolve what refusals addressed to other agents say of the case's URL."""
    snapshot = case.file(FileKind.ROBOTS)
    if snapshot is None or snapshot.found is not Found.FOUND:
        return Reading()
    body = snapshot.body
    signals = list(_own(body, case))
    if not case.spec and case.policy.agents != "off":
        proxies = list(_proxies(body, case))
        if proxies:
            granted = _named_grants(case)
            signals += [_without(item, granted) for item in proxies] if granted else proxies
    return Reading(tuple(signals))


def _own(body: bytes, case: Case) -> Iterator[Signal]:
    """Read our usage-control tokens: they fetch nothing, a Disallow refuses training."""
    paths = comparable(case.url.target)
    for token in case.policy.tokens[1:]:
        selection = robotstxt.select(body, token.lower(), spec=case.spec)
        rule = selection.rules.match(paths) if selection.named else None
        if rule is not None and not rule.allow:
            raw = f"User-agent: {token} / {rule.raw}"
            yield signal("tok.own", f"robots.txt:{rule.line}", raw, TRAIN_DENY)


def _proxies(body: bytes, case: Case) -> Iterator[Signal]:
    agents = agents_of(case.policy)
    paths = comparable(case.url.target)
    own = frozenset(token.lower() for token in case.policy.tokens)
    seen: set[tuple[int, tuple[str, ...]]] = set()
    refused: list[tuple[Rule, tuple[str, ...]]] = []
    named: set[str] = set()
    for view in access.views(body, spec=False):
        if "spec" in view:
            continue  # its agent names are cut at the first digit
        for bloc in _blocs(body, **view):
            names = tuple(
                name for name in bloc.names if name not in own and _refuses(name, agents, case)
            )
            if not names:
                continue
            named.update(names)
            rule = bloc.rules.match(paths)
            if rule is not None and not rule.allow and (rule.line, names) not in seen:
                seen.add((rule.line, names))
                refused.append((rule, names))
    hit = {name for _, names in refused for name in names}
    if case.policy.agents == "majority" and 2 * len(hit) <= len(named):
        return
    for rule, names in refused:
        says = join(*(_refuses(name, agents, case) for name in names))
        yield _signal(rule, names, says, agents)


def _signal(
    rule: Rule, names: tuple[str, ...], says: Says, agents: Mapping[str, AgentToken]
) -> Signal:
    shown = ", ".join(agents[n].token if n in agents else n for n in names[:_SHOWN])
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    code = "tok.agent" if any(name in agents for name in names) else "tok.policy-token"
    raw = f"User-agent: {shown}{more} / {rule.raw}"
    return signal(code, f"robots.txt:{rule.line}", raw, says)


def _refuses(name: str, agents: Mapping[str, AgentToken], case: Case) -> Says:
    """Return what a Disallow for `name` refuses, {} if it is no word for our purposes."""
    entry = agents.get(name)
    if entry is not None:
        if entry.kind == "broker" and not case.policy.proxy_tier2:
            return {}
        return dict.fromkeys(entry.refuses, Value.DENY)
    listed = any(name == token.lower() for token in case.policy.policy_tokens)
    return TRAIN_DENY if listed or _POLICY_TOKEN.fullmatch(name) else {}


@lru_cache(maxsize=256)
def _blocs(body: bytes, *, usage_closes: bool = False) -> tuple[_Bloc, ...]:
    """Return every named agent of `body`, those with the same groups together."""
    robots = robotstxt.parse(body, usage_closes=usage_closes)
    by_groups: dict[tuple[int, ...], list[str]] = {}
    for name, groups in robots.by_name.items():
        if name != "*" and any(group.rules for group in groups):
            by_groups.setdefault(tuple(dict.fromkeys(map(id, groups))), []).append(name)
    return tuple(
        _Bloc(
            tuple(names),
            robotstxt.rules_of(robotstxt.groups_of(robots, (names[0],)), spec=False),
        )
        for names in by_groups.values()
    )


def _named_grants(case: Case) -> frozenset[Usage]:
    """Return the usages granted by name: the one grant that lifts an inference."""
    granted: frozenset[Usage] = frozenset()
    for name, module in (("aipref", aipref), ("content_signals", content_signals)):
        if getattr(case.policy.readings, name) != "log-only":
            signals = preferences.read(case, module.SYNTAX)
            granted |= preferences.named_grants(case, signals)
    return granted


def _without(item: Signal, granted: frozenset[Usage]) -> Signal:
    says = {usage: value for usage, value in item.says.items() if usage not in granted}
    return signal(item.rule, item.place, item.raw, says or item.says, counts=bool(says))


PROTOCOL = Protocol("tokens", "tok", (FileKind.ROBOTS,), read)
