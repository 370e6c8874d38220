"""AI agent tokens in robots.txt: refusals addressed to others for our purpose.

By the letter a group for another agent says nothing to us. Honoured, a publisher who disallows a
URL to training crawlers by name has refused the purpose to everyone it knew: it cannot know us.
The same holds for shared training-policy tokens (draft-kelley-aipref-training-preference-signal),
whose exact spelling is not settled, so patterns stand in for it. Tokens are whole words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from crawler.core.consent import (
    aipref,
    content_signals,
    robots_access,
    robotstxt,
    usage_preferences,
)
from crawler.core.consent.agent_list import Agents, agents_of
from crawler.core.consent.path_patterns import PathRules, Rule
from crawler.core.consent.protocol import (
    NOTHING,
    TRAIN_DENY,
    Case,
    Protocol,
    Reading,
    Says,
    WayOut,
    join,
    reading_of,
    signal,
)
from crawler.core.decision import Signal, Usage, Value
from crawler.core.evidence import FileKind
from crawler.core.late_expressions import late
from crawler.core.policy import AgentToken

_POLICY_TOKEN = late(
    r"(?:no-?)?(?:ai|ml|llm|genai)[-_]?train(?:ing)?"
    r"|train(?:ing)?[-_](?:ai|genai)"
    r"|ai[-_]training[-_]\w+"
)
# Any name that speaks of training (lower case): as a word of its own, or before "bot" and the like.
_TRAINS = late(r"(?:^|[^a-z])train(?:ing)?(?:$|[^a-z])|(?<!s)training")
_SHOWN = 12  # tokens of one group that a signal lists


@dataclass(frozen=True, slots=True)
class _Bloc:
    """The listed tokens that one set of groups names, and the rules of those groups."""

    names: tuple[str, ...]  # lower case
    rules: PathRules
    says: Says  # what a Disallow for them refuses


# What of a policy decides which agents count: the list, brokers too, policy tokens, our names.
_Facet = tuple[Agents, bool, tuple[str, ...], tuple[str, ...]]


def read(case: Case) -> Reading:
    """Resolve what refusals addressed to other agents say of the case's URL."""
    body = case.robots
    if body is None:
        return NOTHING
    host = case.url.host if robotstxt.parse(body).absolute else ""
    signals = list(_own(body, host, case))
    if not case.spec and case.policy.agents != "off":
        proxies = list(_proxies(body, host, case))
        if proxies:
            granted = _named_grants(case)
            signals += [_without(item, granted) for item in proxies] if granted else proxies
    return reading_of(signals)


def _own(body: bytes, host: str, case: Case) -> Iterator[Signal]:
    """Read our usage-control tokens: they fetch nothing, a Disallow refuses training."""
    for token in case.names[1:]:
        for view in robots_access.views(body, spec=case.spec):
            selection = robotstxt.select(body, token, view, host)
            rule = selection.rules.match(case.paths) if selection.named else None
            if rule is not None and not rule.allow:
                raw = f"User-agent: {token} / {rule.raw}"
                yield signal("tokens.own", f"robots.txt:{rule.line}", raw, TRAIN_DENY)
                break


def _proxies(body: bytes, host: str, case: Case) -> Iterator[Signal]:
    policy = case.policy
    agents = agents_of(policy)
    facet = (agents, policy.proxy_tier2, policy.policy_tokens, case.names)
    seen: set[tuple[int, tuple[str, ...]]] = set()
    named: set[str] = set()
    refused: list[tuple[Rule, _Bloc]] = []
    for view in robots_access.views(body, spec=False):
        if view.spec:
            continue  # its agent names are cut at the first digit
        for bloc in _blocs(body, facet, view, host):
            named.update(bloc.names)
            rule = bloc.rules.match(case.paths)
            if rule is not None and not rule.allow and (rule.line, bloc.names) not in seen:
                seen.add((rule.line, bloc.names))
                refused.append((rule, bloc))
    hit = {name for _, bloc in refused for name in bloc.names}
    if policy.agents == "majority" and 2 * len(hit) <= len(named):
        return
    for rule, bloc in refused:
        yield _signal(rule, bloc, agents.entries)


def _signal(rule: Rule, bloc: _Bloc, entries: Mapping[str, AgentToken]) -> Signal:
    names = bloc.names
    shown = ", ".join(entries[n].token if n in entries else n for n in names[:_SHOWN])
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    code = "tokens.agent" if any(name in entries for name in names) else "tokens.policy-token"
    raw = f"User-agent: {shown}{more} / {rule.raw}"
    return signal(code, f"robots.txt:{rule.line}", raw, bloc.says)


def _refuses(name: str, facet: _Facet) -> Says:
    """Return what a Disallow for `name` refuses, {} if it is no word for our purposes."""
    agents, tier2, policy_tokens, ours = facet
    if name in ours or name == "*":
        return {}
    entry = agents.entries.get(name)
    if entry is not None:
        if entry.kind == "broker" and not tier2:
            return {}
        return dict.fromkeys(entry.refuses, Value.DENY)
    listed = any(name == token.lower() for token in policy_tokens)
    spoken = listed or _POLICY_TOKEN.fullmatch(name) or _TRAINS.search(name)
    return TRAIN_DENY if spoken else {}


@lru_cache(maxsize=256)
def _blocs(body: bytes, facet: _Facet, view: robotstxt.View, host: str) -> tuple[_Bloc, ...]:
    """Return the agents of `body` that speak for our purposes, by the groups they share."""
    robots = robotstxt.parse(body, view)
    blocs: dict[tuple[int, ...], tuple[list[str], list[robotstxt.Group]]] = {}
    for name, groups in robotstxt.groups_by_name(robots).items():
        if _refuses(name, facet) and any(group.rules for group in groups.values()):
            blocs.setdefault(tuple(groups), ([], list(groups.values())))[0].append(name)
    return tuple(
        _Bloc(
            tuple(names),
            PathRules(robotstxt.rules_here(groups, host)),
            join(*(_refuses(name, facet) for name in names)),
        )
        for names, groups in blocs.values()
    )


def _named_grants(case: Case) -> frozenset[Usage]:
    """Return the usages granted by name: the one grant that lifts an inference."""
    granted: frozenset[Usage] = frozenset()
    for name, module in (("aipref", aipref), ("content_signals", content_signals)):
        if case.policy.readings.of(name) != "log-only":
            signals = usage_preferences.read(case, module.SYNTAX)
            granted |= usage_preferences.named_grants(case, signals)
    return granted


def _without(item: Signal, granted: frozenset[Usage]) -> Signal:
    says = {usage: value for usage, value in item.says.items() if usage not in granted}
    return signal(item.rule, item.place, item.raw, says or item.says, counts=bool(says))


PROTOCOL: Protocol = Protocol(
    name="tokens",
    read=read,
    places=(FileKind.ROBOTS,),
    rules={
        "tokens.agent": "robots.txt disallows this address to a crawler that trains.",
        "tokens.policy-token": "robots.txt disallows this address to a name that stands for a use.",
        "tokens.own": "robots.txt disallows this address to our token for training.",
    },
    ways=(
        WayOut(
            "robots.txt, training only",
            "User-agent: {train}\nDisallow: /",
            "Your texts enter no training corpus.",
        ),
        WayOut(
            "robots.txt, other crawlers",
            "User-agent: GPTBot\nDisallow: /",
            "Who refuses one training crawler refuses training by us too.",
        ),
    ),
    where="robots.txt groups naming training crawlers, control tokens, brokers, shared"
    " training-policy tokens and any other name that speaks of training, our own control"
    " token",
    refuses="`ai_train` for the paths disallowed to them; `Google-Extended` also `ai_input`",
    former_prefix="tok",
)
