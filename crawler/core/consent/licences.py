"""Licence grants: what a believed licence allows. Never a refusal."""

from __future__ import annotations

from crawler.core.consent.protocol import (
    NOTHING,
    Case,
    Protocol,
    Reading,
    Says,
    is_redirect,
    signal,
)
from crawler.core.decision import Signal, Usage, Value
from crawler.core.evidence import LicenceClaim

# A claim is believed from here on: structured page-level statements (JSON-LD, Link, head link,
# a footer link that speaks of content) score 0.85 and more, everything looser less.
BELIEF = 0.8
# A claim this sure contradicts another one, even if it is not believed itself.
_DOUBT = 0.3
_SCOPES = frozenset({"page", "document", "site"})
_OPEN = frozenset({"PD", "ATTR", "SA"})
_RESTRICTED = frozenset({"NC", "ND"})
_ALLOW: Says = {Usage.AI_TRAIN: Value.ALLOW, Usage.TDM: Value.ALLOW}
_CONDITIONAL: Says = {Usage.AI_TRAIN: Value.CONDITIONAL, Usage.TDM: Value.CONDITIONAL}


def read(case: Case) -> Reading:
    """Resolve the page's licence claims, which the content step has weighed."""
    page = case.page
    if page is None or not page.licences or is_redirect(page.status):
        return NOTHING
    candidates = _candidates(page.licences)
    if not candidates:
        return NOTHING
    if _disagree(candidates):
        return Reading(tuple(_signal("licence.disagreement", item, {}) for item in candidates))
    believed = [item for item in candidates if item.confidence >= BELIEF]
    if not believed:
        return Reading(tuple(_signal("licence.unsure", item, {}) for item in candidates))
    return Reading(tuple(_resolve(item, case) for item in believed))


def believed_kind(case: Case) -> str:
    """Return the class of the believed licence, or "UNKNOWN"."""
    if case.page is None:
        return "UNKNOWN"
    candidates = _candidates(case.page.licences)
    believed = [item for item in candidates if item.confidence >= BELIEF]
    return believed[0].kind if believed and not _disagree(candidates) else "UNKNOWN"


def _candidates(claims: tuple[LicenceClaim, ...]) -> list[LicenceClaim]:
    return [item for item in claims if item.scope in _SCOPES and item.confidence >= _DOUBT]


def _disagree(claims: list[LicenceClaim]) -> bool:
    return len({item.spdx or item.url for item in claims}) > 1


def _resolve(claim: LicenceClaim, case: Case) -> Signal:
    if claim.kind in _OPEN:
        return _signal("licence.open", claim, _ALLOW)
    if claim.kind in _RESTRICTED:
        if claim.kind in case.policy.licences:
            return _signal("licence.wanted", claim, _ALLOW)
        # Where silence is enough, a stricter licence must not fare worse than none at all.
        if case.policy.unset == "exclude":
            return _signal("licence.restricted", claim, _CONDITIONAL)
        return _signal("licence.restricted", claim, {})
    return _signal("licence.other", claim, {})


def _signal(rule: str, claim: LicenceClaim, says: Says) -> Signal:
    raw = f"{claim.spdx or claim.url or 'no identifier'} ({claim.confidence:.2f}): {claim.raw}"
    place = "header link" if claim.place == "header" else f"licence {claim.place}"
    return signal(rule, place, raw, says)


PROTOCOL: Protocol = Protocol(
    name="licence",
    read=read,
    places=("headers", "document"),
    headers=("link",),
    rules={
        "licence.open": "The page's text is under an open licence.",
        "licence.wanted": "The page's text is under a licence of a class the policy wants.",
        "licence.restricted": "The page's text is under a licence with restrictions.",
        "licence.other": "The page's text is under a licence of another kind.",
        "licence.unsure": "A licence is named, but it is not sure that it is the text's.",
        "licence.disagreement": "The page names licences that contradict each other.",
        "licence.class": "The licence is of no class that the policy wants.",
    },
    where="`rel=license`, JSON-LD, headers, metas: weighed by the content step",
    grants="an open licence of the page at confidence 0.8 or more: `ai_train`, `tdm`; NC and ND"
    " only where the policy wants them",
    former_prefix="lic",
)
