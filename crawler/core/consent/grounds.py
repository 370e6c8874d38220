"""Whose no it was: an owner's refusal, the operator's filter, or consent that was not proven.

The one place that tells them apart; every count that is shown to people is split here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum

from crawler.core.consent.protocols import current


class Ground(StrEnum):
    """Why a page is not in the corpus."""

    REFUSED = "refused"  # an owner said no
    FILTERED = "filtered"  # the operator does not want it
    UNPROVEN = "unproven"  # consent could not be established: out of reach, unread or too old


# What an export's own filters are called: "filter-language".
_FILTER = "filter-"
_FILTERED = frozenset(
    {
        "licence.class",  # [licences] wanted
        "policy.never",
        "policy.unset",  # the policy wants a grant where the owner said nothing
        "scope",
        "excluded",
        "not-included",
        "moved",  # these three are no documents
        "empty",
        "type",
        "no-text-layer",  # and these are documents that no text comes of
        "garbled",
        "encrypted",
        "document-too-large",
        "document-bomb",
        "site-file",
        "unchanged-since",  # `export --since`: it is in the version before
    }
)
_UNPROVEN = frozenset(
    {
        "awaiting",
        "damaged",
        "held",
        "host-gone",
        "http.error",
        "http.gone",
        "http.overload",
        "no-evidence",
        "no-ledger-entry",
        "no-site-evidence",
        "no-url",
        "policy.unreachable",
        "robots.given-up",
        "robots.not-sought",
        "robots.unreachable",
        "site-unreachable",
        "stale-page",
        "stale-site",
        "terms.not-available",
        "unreachable",
        "unread",
    }
)
_UNREAD = (".awaiting", ".too-much-to-read")  # ends of the rules' names
_NO_ANSWER = ("status-", "parse-", "bug")  # beginnings of outcomes' codes


def ground_of(code: str) -> Ground:
    """Return whose no a rule code, or an export's reason, stands for."""
    code = current(code)
    if code in _FILTERED or code.startswith(_FILTER):
        return Ground.FILTERED
    if code in _UNPROVEN or code.endswith(_UNREAD) or code.startswith(_NO_ANSWER):
        return Ground.UNPROVEN
    return Ground.REFUSED


def by_ground(counts: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Return counts by reason parted by whose no each was, all three always there."""
    found: dict[str, Counter[str]] = {ground.value: Counter() for ground in Ground}
    for code, count in counts.items():
        found[ground_of(code)][current(code)] += count
    return {ground: dict(sorted(parts.items())) for ground, parts in found.items()}


def of_ground(counts: Mapping[str, int], ground: Ground) -> Counter[str]:
    """Return those of the counts that are of one ground."""
    return Counter({code: n for code, n in counts.items() if n and ground_of(code) is ground})
