"""Decisions read again from their evidence: who says what at once, and what presets would change.

Reading one takes milliseconds, so of a large job a sample is read: drawn by a fixed seed, of all
decisions alike, so that the same job gives the same numbers. How many were read is said with them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from crawler.core.consent import decide
from crawler.core.content.licence.spdx_ids import OPEN
from crawler.core.decision import Signal, Usage, Value
from crawler.core.evidence import PageEvidence
from crawler.core.policy import ConsentPolicy
from crawler.corpus.upkeep.redecide import Difference
from crawler.report.job_rows import JobRows
from crawler.store.damaged_reads import DAMAGE, said
from crawler.store.deciding_again import Stands, how_it_stands
from crawler.store.site_evidence import judge

_BELIEVED = 0.8  # the least confidence at which a licence counts
_SEED = 0
_USAGES = (Usage.AI_TRAIN, Usage.TDM, Usage.CRAWL)

ROBOTS = ("robots.txt refuses", "robots.txt does not")
WRITTEN = ("refused in words", "refused by a sign", "nothing written")
LICENCES = ("open", "NC or ND", "other or none", "not read")
_IN_WORDS = frozenset({"prose", "terms"})
# What a server does is no statement, and what grants refuses nothing.
_NO_WORD = frozenset({"http", "licences", "policy", "paywall"})


@dataclass(slots=True)
class Sampled:
    """What the decisions of the sample say."""

    whole: int = 0  # decisions there are
    read: int = 0
    matrix: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    protocols: dict[str, Counter[str]] = field(default_factory=dict)  # pages it spoke of, by value
    presets: dict[str, Difference] = field(default_factory=dict)


def add_sample(
    sampled: Sampled,
    rows: JobRows,
    most: int,
    own: ConsentPolicy | None,
    presets: Mapping[str, ConsentPolicy],
) -> None:
    """Read `most` decisions of one database again."""
    numbers = [number for (number,) in rows.of("decisions")]
    sampled.whole += len(numbers)
    if own is None:
        return
    if len(numbers) > most:
        numbers = sorted(Random(_SEED).sample(numbers, most))  # noqa: S311 - no secret
    damaged: dict[str, list[str]] = {}
    for number in numbers:
        try:
            stands = how_it_stands(rows.connection, number)
            if stands is not None:
                _read(sampled, rows, stands, own, presets)
        except DAMAGE as error:
            damaged.setdefault(said(error), []).append(str(number))
    for what, names in damaged.items():
        rows.note("decision", f"its evidence cannot be read ({what})", names)


def _read(
    sampled: Sampled,
    rows: JobRows,
    stands: Stands,
    own: ConsentPolicy,
    presets: Mapping[str, ConsentPolicy],
) -> None:
    at = stands.decided_at
    evidence = stands.evidence(rows.connection, at)
    if evidence is None:
        return
    decision = decide(evidence, own, at)
    judged = {
        name: judge(rows.connection, evidence, policy, at, at=at)
        for name, policy in presets.items()
    }
    # Nothing is counted of a row that cannot be read to its end.
    for name, found in judged.items():
        sampled.presets.setdefault(name, Difference()).compare(stands, found)
    robots, written = _says(decision.signals)
    sampled.matrix[robots, written, _licence(evidence.page)] += 1
    for protocol, value in _strongest(decision.signals).items():
        sampled.protocols.setdefault(protocol, Counter())[value.label] += 1
    sampled.read += 1


def _says(signals: tuple[Signal, ...]) -> tuple[str, str]:
    refusing = [signal for signal in signals if _value(signal) >= Value.CONDITIONAL]
    in_robots = any(signal.place.startswith("robots.txt") for signal in refusing)
    others = {
        signal.protocol
        for signal in refusing
        if not signal.place.startswith("robots.txt") and signal.protocol not in _NO_WORD
    }
    words = 0 if others & _IN_WORDS else 1 if others else 2
    return ROBOTS[0 if in_robots else 1], WRITTEN[words]


def _value(signal: Signal) -> Value:
    """Return the most that a signal says against training on the text, or having it at all."""
    if not signal.counts:
        return Value.UNSET
    return max((signal.says.get(usage, Value.UNSET) for usage in _USAGES), default=Value.UNSET)


def _strongest(signals: tuple[Signal, ...]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for signal in signals:
        value = _value(signal)
        if value is not Value.UNSET:
            found[signal.protocol] = max(value, found.get(signal.protocol, Value.UNSET))
    return found


def _licence(page: PageEvidence | None) -> str:
    if page is None or not page.read:
        return LICENCES[3]
    kinds = {
        claim.kind
        for claim in page.licences
        if claim.scope in ("page", "document", "site") and claim.confidence >= _BELIEVED
    }
    if kinds & OPEN:
        return LICENCES[0]
    return LICENCES[1] if kinds & {"NC", "ND"} else LICENCES[2]
