"""Which licence, if any, is believed of a page's text."""

from __future__ import annotations

from crawler.core.content.licence.spdx_ids import ARR, KINDS, UNKNOWN
from crawler.core.content.settings import ConfirmedDomain, ContentSettings
from crawler.core.document import Licence, Metadata
from crawler.core.evidence import LicenceClaim
from crawler.core.late_expressions import late
from crawler.core.urls import Url, is_within

_OURS = frozenset({"page", "document", "site"})
_SPEAKS = 0.25  # confidence from which a claim of the page can contradict another
_CONFIRMED = 0.95
_VERSION = late(r"-(?:\d.*|unversioned)\Z")


def believe(
    claims: tuple[LicenceClaim, ...], url: Url, metadata: Metadata, settings: ContentSettings
) -> Licence:
    """Return the licence believed of the page's own text, or why none is (`spdx` is "").

    Claims that contradict each other halve the confidence and leave no licence. Claims of
    media, code, parts and other works are kept but never count.
    """
    ours = [claim for claim in claims if claim.scope in _OURS and claim.kind != ARR]
    confirmed = _confirmed(url, settings)
    if confirmed is not None and confirmed.licence:
        ours.append(_by_person(confirmed))
    if not ours:
        reserved = any(claim.kind == ARR for claim in claims)
        return Licence(kind=ARR if reserved else UNKNOWN, claims=claims)
    best = max(ours, key=lambda claim: claim.confidence)
    disagreement = any(
        not _agree(best, claim)
        for claim in claims
        if claim.confidence >= _SPEAKS
        and claim.kind != ARR
        and (claim.scope in _OURS or claim.scope == "unknown")
    )
    confidence = best.confidence
    # Whoever names the version says more, or the port.
    alike = [claim for claim in ours if _agree(best, claim)]
    best = max(alike, key=lambda claim: (*_detail(claim), claim is best))
    if disagreement:
        confidence *= 0.5
    elif confirmed is not None:
        confidence = max(confidence, _CONFIRMED)
    confidence = round(confidence, 3)
    if disagreement or confidence < settings.min_confidence:
        return Licence(
            scope=best.scope, confidence=confidence, disagreement=disagreement, claims=claims
        )
    return Licence(
        spdx=best.spdx,
        url=best.url,
        kind=best.kind,
        scope=best.scope,
        confidence=confidence,
        claims=claims,
        attribution=_attribution(best, url, metadata),
    )


def _agree(one: LicenceClaim, other: LicenceClaim) -> bool:
    """Whether two claims are of one licence: a port and its family agree, a missing version too."""
    if one.family == other.family:
        return True
    return "unversioned" in one.spdx + other.spdx and _stem(one) == _stem(other)


def _detail(claim: LicenceClaim) -> tuple[bool, bool]:
    return "unversioned" not in claim.spdx, not claim.spdx.endswith(claim.family)


def _stem(claim: LicenceClaim) -> str:
    return _VERSION.sub("", claim.family.removeprefix("LicenseRef-"))


def _confirmed(url: Url, settings: ContentSettings) -> ConfirmedDomain | None:
    for entry in settings.confirmed:
        if is_within(url.host, entry.domain):
            return entry
    return None


def _by_person(entry: ConfirmedDomain) -> LicenceClaim:
    kind = KINDS.get(entry.licence, UNKNOWN)
    raw = f"confirmed {entry.date}: {entry.source}"[:500]
    return LicenceClaim(
        entry.licence, entry.licence, kind, "", "confirmed", "site", _CONFIRMED, raw
    )


def _attribution(claim: LicenceClaim, url: Url, metadata: Metadata) -> dict[str, str]:
    """Return title, author, source and licence, as CC BY 4.0 section 3(a) asks to keep."""
    return {
        "title": metadata.title,
        "author": "; ".join(metadata.authors) or metadata.publisher,
        "source": metadata.canonical or url.text,
        "licence": f"{claim.spdx} {claim.url}".strip(),
    }
