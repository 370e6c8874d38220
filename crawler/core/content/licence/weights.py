"""What a licence claim weighs: its place, the words around it, the kind of thing it is said of."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.core.content.licence.spdx_ids import Named
from crawler.core.content.licence.wording import (
    goes_on,
    grants_alone,
    hedged,
    names_text,
    of_part,
    quoted,
    read_words,
    reserves_text,
    without_origin,
)
from crawler.core.evidence import LicenceClaim
from crawler.core.late_expressions import late

MAX_CLAIMS = 50
RSL = "application/rsl+xml"
RAW = 500  # characters
LEAST = 0.05  # said of media, code or other works
FOOTER = 0.6  # a link in the footer, without rel or words
_UNVERSIONED = 0.8
_RESERVED = 0.6  # "all rights reserved" near
_PAGE_TYPES = late(
    r"(?:(?:Scholarly|News|Tech|Medical\w*|Social\w*|Satirical|Advertiser\w*|OpinionNews|Analysis\w*"
    r"|Background\w*|Reportage\w*|Review\w*)?Article|\w*Posting|Report|\w*Page|Book|Chapter|Thesis"
    r"|Course|LearningResource|HowTo|Recipe|CreativeWork|DigitalDocument|TextDigitalDocument|Guide"
    r"|Question|Quiz|DefinedTerm|Legislation|Poem|ShortStory|Manuscript)\Z"
)
_SITE_TYPES = frozenset({"WebSite", "Blog", "Periodical"})
_CODE_TYPES = frozenset(
    {"SoftwareSourceCode", "SoftwareApplication", "WebApplication", "MobileApplication"}
)
_LISTS = frozenset({"CollectionPage", "SearchResultsPage", "ItemList"})


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of a licence's surroundings beside their words."""

    clause: str = ""  # the sentence that grants it, if one does
    declared: bool = False  # rel=license or its like
    at_foot: bool = False  # in the footer of the page
    own: bool = False  # the notice names an address of this host as its work's


def claim(named: Named, place: str, scope: str, confidence: float, raw: str) -> LicenceClaim:
    if not named.certain:
        confidence *= _UNVERSIONED
    if named.spdx == "CC-PDM-1.0":  # a label that others put on a work
        confidence = min(confidence, 0.8)
    raw = " ".join(raw[: 4 * RAW].split())[:RAW]
    return LicenceClaim(
        named.spdx, named.family, named.kind, named.url, place, scope, round(confidence, 3), raw
    )


def weigh_words(sentence: str, around: Around, *, footer: bool) -> tuple[str, float, str]:
    declared = around.declared
    context = read_words(without_origin(sentence) if around.own else sentence)
    whole, media, code, other = context.whole, context.media, context.code, context.other
    if around.clause:  # the sentence that grants knows best what
        clause = read_words(around.clause)
        code = clause.code
        whole = clause.whole or (whole and goes_on(around.clause))
        if clause.whole and names_text(around.clause):
            media, other = clause.media, clause.other
    granting = around.clause or sentence
    if quoted(granting):
        return "other", LEAST, sentence
    whole = (whole and not of_part(granting)) or around.own
    if media or code or other:
        scope = "media" if media else "code" if code else "other"
        return scope, LEAST if not whole else 0.4, sentence
    if context.states and whole:
        confidence = 0.85 if declared else 0.82
        scope = "site" if context.site else "page"
    elif declared and around.at_foot and grants_alone(sentence):
        scope, confidence = "site", 0.82
    elif declared:
        confidence = 0.75 if footer else 0.7
        scope = "site" if footer else "page"
    else:
        confidence = FOOTER if footer else 0.3
        scope = "site" if footer else "unknown"
    confidence *= hedged(sentence)
    if reserves_text(sentence):
        confidence *= _RESERVED
    return scope, confidence, sentence


def is_site(types: tuple[str, ...]) -> bool:
    return any(kind in _SITE_TYPES for kind in types)


def typed_scope(types: tuple[str, ...], ours: bool) -> tuple[str, float]:  # noqa: FBT001
    if any(kind in _CODE_TYPES for kind in types):
        return "code", LEAST
    if not ours:
        return "other", LEAST
    if any(kind in _LISTS for kind in types):
        return "part", 0.5
    if is_site(types):
        return "site", 0.85
    if types and all(_PAGE_TYPES.match(kind) for kind in types):
        return "page", 0.95
    return ("media" if types else "unknown"), (LEAST if types else 0.3)
