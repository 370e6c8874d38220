"""A decision as the library tells it: yes or no, why, by whose word, and what was not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from crawler.core.consent.protocols import sentence
from crawler.core.content.documents.contents import SENTENCES
from crawler.core.decision import Decision as CoreDecision
from crawler.core.decision import Signal as CoreSignal
from crawler.core.decision import Usage, Value
from crawler.core.given import NO_EVIDENCE

# Why nothing is kept of an answer that nobody refused: reasons that are no rule of a protocol.
_OTHERWISE = SENTENCES | {
    "moved": "The answer only points elsewhere: the address it names is to be decided on.",
    "type": "The answer is no text of a kind that is read.",
    "empty": "The answer is empty.",
    "parse-timeout": "The page could not be read in time.",
    "parse-memory": "The page could not be read in the memory that one may take.",
    "parse-crashed": "The page could not be read.",
    "bug": "The page could not be read.",
    "too-large": "The page is larger than any that is read.",
}


@dataclass(frozen=True, slots=True)
class Signal:
    """One statement that was found: where, its literal, and what it says of which use."""

    rule: str  # code of the rule that read it, such as "robots.disallow"; docs/signals.md
    place: str  # "robots.txt:12", "header x-robots-tag", "meta robots"
    raw: str  # the literal, cut at 500 characters
    says: Mapping[str, str]  # {"ai_train": "deny"}
    counts: bool  # False: superseded, set aside, or only shown
    meaning: str = ""  # the rule in a sentence


@dataclass(frozen=True, slots=True)
class Decision:
    """What a policy makes of a URL's evidence. True in an `if` where the page may be used."""

    url: str
    included: bool
    reason: str  # "ok", "no-evidence", "no-url", "moved", ... or the code of the rule that refuses
    rule: str  # code of the signal that decided, "" if none did
    verdict: Mapping[str, str]  # {"crawl": "allow", "index": "unset", ...}
    signals: tuple[Signal, ...] = ()
    missing: tuple[str, ...] = ()  # what may refuse and is not known
    licence: str = ""  # SPDX id believed of the page's text, "" for none
    decided_at: float = 0.0  # seconds since the epoch
    policy_sha256: str = ""
    looked_at: Mapping[str, str] = field(default_factory=dict)  # each place, and what was there

    def __bool__(self) -> bool:
        return self.included

    @property
    def meaning(self) -> str:
        """The reason in a sentence."""
        return sentence(self.reason) or _OTHERWISE.get(self.reason, self.reason)

    def explain(self) -> str:
        """Return the decision as text: the answer, why, what was found, what was not known."""
        said = "May be used" if self.included else "May not be used"
        if self.reason == NO_EVIDENCE:
            said = "Not known whether it may be used, so it may not be"
        lines = [f"{said}: {self.url}", f"Reason: {self.reason}. {self.meaning}".rstrip()]
        deciding = next((item for item in self.signals if item.rule == self.rule), None)
        if deciding is not None and not self.included:
            lines.append(f"By {deciding.place}: {_line(deciding.raw)}")
        if self.missing:
            lines.append(f"Not known: {', '.join(self.missing)}.")
        values = ", ".join(f"{usage} {value}" for usage, value in self.verdict.items())
        lines.append(f"What was said: {values}.")
        if self.licence:
            lines.append(f"Licence of the text: {self.licence}.")
        for item in self.signals:
            says = ", ".join(f"{usage}={value}" for usage, value in item.says.items()) or "nothing"
            aside = "" if item.counts else ", does not count"
            raw = f": {_line(item.raw)}" if item.raw else ""
            lines.append(f"  {item.rule} in {item.place}{raw} [{says}{aside}]")
        if not self.signals:
            lines.append("  no signal found")
        return "\n".join(lines)

    def columns(self) -> dict[str, Any]:
        """Return the columns that stand beside a row which was decided on."""
        return {
            "consent_included": self.included,
            "consent_reason": self.reason,
            "consent_rule": self.rule,
            **{f"consent_verdict_{usage.value}": self.verdict[usage.value] for usage in Usage},
            "consent_decided_at": self.decided_at,
            "consent_licence": self.licence,
        }


def told(
    url: str,
    decision: CoreDecision,
    missing: tuple[str, ...] = (),
    licence: str = "",
    policy_sha256: str = "",
) -> Decision:
    """Return a decision of the engine as the library tells it."""
    looked: dict[str, str] = {}
    for item in decision.sought:
        looked.setdefault(item.place, item.found.value)
    return Decision(
        url=url,
        included=decision.included,
        reason=decision.reason,
        rule=decision.deciding.rule if decision.deciding is not None else "",
        verdict=decision.verdict.labels(),
        signals=tuple(map(_signal, decision.signals)),
        missing=missing,
        licence=licence,
        decided_at=decision.decided_at,
        policy_sha256=policy_sha256,
        looked_at=looked,
    )


def undecided(url: str, reason: str, now: float, policy_sha256: str) -> Decision:
    """Return the no of something on which nothing could be decided."""
    verdict = {usage.value: Value.UNSET.label for usage in Usage}
    return Decision(url, False, reason, "", verdict, decided_at=now, policy_sha256=policy_sha256)  # noqa: FBT003


def _signal(item: CoreSignal) -> Signal:
    says = {usage.value: value.label for usage, value in item.says.items()}
    return Signal(item.rule, item.place, item.raw, says, item.counts, sentence(item.rule))


def _line(text: str) -> str:
    """Return text of a stranger on one line, without what a terminal would obey."""
    return " ".join("".join(x if x.isprintable() else " " for x in text).split())
