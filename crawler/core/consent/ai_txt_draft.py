"""ai.txt and ai.json of draft-car-ai-txt-wellknown-00: keys and values, by agent and path."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from crawler.core import lenient_json
from crawler.core.consent.agent_list import agents_of
from crawler.core.consent.path_patterns import pattern_of
from crawler.core.consent.protocol import TRAIN_DENY, Case, Says, signal
from crawler.core.consent.refusing_words import is_negative
from crawler.core.consent.site_file_text import text_of
from crawler.core.decision import Signal, Usage, Value
from crawler.core.evidence import Snapshot
from crawler.core.late_expressions import late
from crawler.core.lenient_text import fold

_CONDITIONAL: Says = {Usage.AI_TRAIN: Value.CONDITIONAL}
_CRAWL_DENY: Says = {Usage.CRAWL: Value.DENY}
_NO_LETTER = late(r"[^a-z]")
_PERMITS = frozenset({"allow", "allowed", "yes", "true", "permit", "permitted", "on", "1", "all"})
_LINE_END = late(r"\r\n|[\r\n\u2028\u2029\x85]")
_PATHS = late(r"[\s,;|]+")
_KEYS = frozenset(
    {"training", "trainingallow", "trainingdeny", "trainingfee", "traininglicense", "scraping"}
)


@dataclass(slots=True)
class _Block:
    """What is said to one agent, or to all."""

    said: dict[str, list[str]] = field(default_factory=dict)  # by key, its letters alone


@dataclass(slots=True)
class _Terms:
    """A file: what holds for everybody, and by agent (lower case) what holds instead."""

    site: _Block = field(default_factory=_Block)
    agents: dict[str, _Block] = field(default_factory=dict)
    valid: bool = False  # it says which version of the draft it follows


def lines_of(text: str) -> list[str]:
    return _LINE_END.split(text)


def read(snapshot: Snapshot, case: Case, *, own_place: bool) -> Iterator[Signal]:
    """Yield what such a file refuses; the draft's default, deny, counts at the draft's places."""
    terms = _terms(snapshot.body)
    if not terms.valid and not terms.site.said and not terms.agents:
        return
    said = _said_to_us(terms, case)
    place = "ai.txt" if snapshot.url.endswith("ai.txt") else "ai.json"
    place = f"ai.txt {snapshot.url.rpartition('/')[2]}" if place == "ai.json" else place
    for word in said.get("scraping", ()):
        if is_negative(word):
            yield signal("ai_txt.scraping", place, f"Scraping: {word}", _CRAWL_DENY)
    raw, says = _training(said, case, default_deny=own_place and terms.valid)
    if says:
        yield signal("ai_txt.training", place, raw, says)


def _said_to_us(terms: _Terms, case: Case) -> dict[str, list[str]]:
    """Return what holds for us: a block that names us instead of the rest, other agents' never.

    Tolerant, a block for another training agent refuses us too, as robots.txt does.
    """
    said = {key: list(words) for key, words in terms.site.said.items()}
    listed = agents_of(case.policy).entries
    for name, block in terms.agents.items():
        others = not case.spec and name in listed and Usage.AI_TRAIN in listed[name].refuses
        if name == "*" or others:
            for key, words in block.said.items():
                said.setdefault(key, []).extend(words)
    for name in case.names:
        if name in terms.agents:
            said |= terms.agents[name].said
    return said


def _training(said: dict[str, list[str]], case: Case, *, default_deny: bool) -> tuple[str, Says]:
    deny, allow = (
        _longest(said.get("trainingdeny", ()), case),
        _longest(said.get("trainingallow", ()), case),
    )
    if deny[0] >= 0 and deny[0] >= allow[0]:
        return f"Training-Deny: {deny[1]}", TRAIN_DENY
    if allow[0] >= 0:
        return "", {}
    words = said.get("training", [])
    if refusing := next((word for word in words if is_negative(word)), ""):
        return f"Training: {refusing}", TRAIN_DENY
    if odd := next((word for word in words if word.strip().lower() not in _PERMITS), ""):
        return f"Training: {odd}", _CONDITIONAL
    if fee := next(iter(said.get("trainingfee", ())), ""):
        return f"Training-Fee: {fee}", _CONDITIONAL
    if not words and default_deny:
        return "no Training line: the default is deny", TRAIN_DENY
    return "", {}


def _longest(paths: list[str] | tuple[str, ...], case: Case) -> tuple[int, str]:
    best = (-1, "")
    for text in paths:
        for path in _PATHS.split(text):
            pattern = pattern_of(path)
            if pattern is not None and any(pattern.matches(p) for p in case.paths):
                best = max(best, (pattern.length, path))
    return best


@lru_cache(maxsize=128)
def _terms(body: bytes) -> _Terms:
    text = lenient_json.text_of(body)
    if text.lstrip()[:1] in {"{", "["}:
        return _of_json(text)
    return _of_lines(text_of(body))


def _of_lines(text: str) -> _Terms:
    terms = _Terms()
    block = terms.site
    for line in lines_of(text):
        content = fold(line).partition("#")[0]
        label, colon, value = content.partition(":")
        if not colon:
            continue
        key, value = _NO_LETTER.sub("", label.lower()), value.strip().strip("\"'")
        if not content[:1].isspace():
            block = terms.site
        if key == "specversion":
            terms.valid = True
        elif key == "agent":
            block = terms.agents.setdefault(value.lower(), _Block())
        elif key in _KEYS:
            block.said.setdefault(key, []).append(value)
    return terms


def _of_json(text: str) -> _Terms:
    held = lenient_json.read(text)
    terms = _Terms()
    for data in (*held.values, *held.pairs):
        if not isinstance(data, dict):
            continue
        known = {_NO_LETTER.sub("", key.lower()): value for key, value in data.items()}
        terms.valid |= "specversion" in known
        _fill(terms.site, known)
        _fill(terms.site, known.get("policies"))
        agents = known.get("agents")
        for name, inner in agents.items() if isinstance(agents, dict) else ():
            block = terms.agents.setdefault(name.lower(), _Block())
            _fill(block, inner)
            if isinstance(inner, dict):
                _fill(block, inner.get("policies"))
    return terms


def _fill(block: _Block, data: object) -> None:
    """Take over the keys of an object; a policy may be a word or an object of its own."""
    for name, value in data.items() if isinstance(data, dict) else ():
        key = _NO_LETTER.sub("", name.lower())
        if key == "training" and isinstance(value, dict):
            for inner, word in value.items():
                sub = _NO_LETTER.sub("", inner.lower())
                _fill(block, {key + sub if sub in {"allow", "deny", "fee"} else key: word})
        elif key in _KEYS:
            words = value if isinstance(value, list) else [value]
            block.said.setdefault(key, []).extend(_word(word) for word in words)


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
