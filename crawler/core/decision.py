"""How the crawler says yes or no: usages, values, verdicts, decisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


class Usage(StrEnum):
    """What a text may be used for."""

    __hash__ = str.__hash__  # an enum's own is written in Python, and these are keys everywhere

    CRAWL = "crawl"
    INDEX = "index"
    AI_INPUT = "ai_input"
    AI_TRAIN = "ai_train"
    TDM = "tdm"


class Value(IntEnum):
    """What a publisher says of one usage. Joined by `max`; DEFER is for crawl only."""

    __hash__ = int.__hash__

    UNSET = 0
    ALLOW = 1
    CONDITIONAL = 2
    DEFER = 3  # ask again later; nothing may be used meanwhile
    DENY = 4

    @property
    def label(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The joined value of each usage."""

    crawl: Value = Value.UNSET
    index: Value = Value.UNSET
    ai_input: Value = Value.UNSET
    ai_train: Value = Value.UNSET
    tdm: Value = Value.UNSET

    def __getitem__(self, usage: Usage) -> Value:
        value: Value = getattr(self, usage)
        return value

    def labels(self) -> dict[str, str]:
        """Return `{usage: value}` in words, for storage and display."""
        return {usage.value: self[usage].label for usage in Usage}


@dataclass(frozen=True, slots=True)
class Signal:
    """One statement found somewhere, with its raw text and what it says."""

    protocol: str  # name of the protocol that read it, "policy" for the operator's own
    rule: str  # code of the rule that read it, such as "robots_meta.noai"
    place: str  # "robots.txt:12", "header x-robots-tag", "meta robots", "ledger ..."
    raw: str  # the literal, cut at 500 characters
    says: Mapping[Usage, Value] = field(default_factory=dict)
    counts: bool = True  # False: superseded within its protocol, set aside, or only logged


class Found(StrEnum):
    """What became of looking for something."""

    __hash__ = str.__hash__

    FOUND = "found"
    ABSENT = "absent"
    REFUSED = "refused"  # 401, 402, 403, 407, 451: access itself was refused
    CHALLENGED = "challenged"  # a bot challenge stood in the way
    UNREACHABLE = "unreachable"  # 5xx, 429, DNS, TLS, timeout, endless redirects
    NOT_SOUGHT = "not sought"


@dataclass(frozen=True, slots=True)
class Sought:
    """One place that was looked at for signals, whether or not any was there."""

    protocol: str
    place: str
    found: Found


@dataclass(frozen=True, slots=True)
class Decision:
    """Policy applied to a verdict: yes or no, why, and everything it rests on.

    `included` is the answer for the policy's purpose. `awaiting` lists URLs of late
    evidence (an RSL document or terms a page names): until they are known the page is held.
    """

    included: bool
    reason: str  # rule code of what decided ("robots.disallow"), or "ok"
    verdict: Verdict
    decided_at: float  # seconds since the epoch
    signals: tuple[Signal, ...] = ()
    sought: tuple[Sought, ...] = ()
    deciding: Signal | None = None
    awaiting: tuple[str, ...] = ()
    nofollow: bool = False
    wanted: tuple[str, ...] = ()  # terms pages of the site that nobody has asked for

    def __bool__(self) -> bool:
        return self.included

    @property
    def refused(self) -> bool:
        """A no that no late evidence can turn into a yes."""
        return not self.included and not (self.awaiting and self.reason == "policy.unset")

    @property
    def deferred(self) -> bool:
        return self.verdict.crawl is Value.DEFER
