"""Licences in the elements of a page: links, buttons, microdata, RDFa."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from crawler.core import urls
from crawler.core.content.html.json_ld import same_page
from crawler.core.content.html.markup import Attributes, Markup, Pointer, attributes_of, opening_of
from crawler.core.content.html.tags import NUMBER
from crawler.core.content.licence.spdx_ids import from_text, from_url
from crawler.core.content.licence.weights import (
    LEAST,
    MAX_CLAIMS,
    RAW,
    RSL,
    Around,
    claim,
    typed_scope,
    weigh_words,
)
from crawler.core.content.licence.wording import read_words, statements
from crawler.core.evidence import LicenceClaim
from crawler.core.late_expressions import late
from crawler.core.urls import Url

_ITEMPROP, _PROPERTY = opening_of("itemprop"), opening_of("property")
_SENTENCE = 60  # characters of surroundings that make a sentence
_BLOCK = 20_000  # characters of a block that are looked at
_MORE = 25  # characters beside a long label
_MEDIA_TAGS = frozenset({"figure", "figcaption", "picture", "video", "audio", "object"})
_QUOTE_TAGS = frozenset({"blockquote", "q", "cite", "pre", "code", "textarea"})
_MEDIA_LOOK = late(
    r"caption|credit|image|photo|picture|gallery|figure|media|thumb|wp-block-image|map|leaflet|video|slide",
    re.IGNORECASE,
)
_PART_LOOK = late(
    r"comment|sidebar|widget|related|card|teaser|reply|quote|reference|bibliograph|citation|download|dataset|search-result|listing",
    re.IGNORECASE,
)
_FOOT_LOOK = late(r"footer|copyright|colophon|licen|legal|rights", re.IGNORECASE)
_LICENCE_PLACES = (
    "creativecommons.org", "open-government-licen", "/fdl", "licence-ouverte",
    "/nlod/", "dl-de/",
)  # fmt: skip
# Parts of them, so that fewer are looked for.
_LICENCE_SIGNS = ("licen", "creativecommons.org", "/fdl", "/nlod/", "dl-de/")
_LINK = NUMBER["link"]
_OWN_TITLE = "dct:title"
_OWN_RELS = frozenset({"cc:attributionURL", "dct:source"})
_ANCESTORS = 500  # of a licence link that are looked at; real ones have less than 100
_OWN_MOST = 10  # statements of one notice that are looked at


def _candidates(markup: Markup) -> Iterator[int]:
    for element, href, rel in _worth_a_look(markup.pointers()):
        if markup.kinds[element] != _LINK and (
            (rel is not None and "license" in rel.lower()) or _is_licence_place(href.lower())
        ):
            yield element
    for element in markup.marked:
        attributes = markup.attributes(element)
        names = f"{attributes.get('itemprop', '')} {attributes.get('property', '')}"
        if "license" in names.lower() and (
            markup.tag(element) != "meta" or "itemprop" in attributes
        ):
            yield element


def _worth_a_look(pointers: list[Pointer]) -> list[Pointer]:
    """Return the links of a page, none if no address among them can be a licence's."""
    said = "\n".join([f"{href}\n{rel}" if rel else href for _, href, rel in pointers]).lower()
    for sign in _LICENCE_SIGNS:
        if sign in said:
            return pointers
    return []


def _is_licence_place(low: str) -> bool:
    return any(place in low for place in _LICENCE_PLACES)


def from_elements(markup: Markup, page: Url) -> Iterator[LicenceClaim]:
    seen: set[int] = set()
    own: dict[int, bool | None] = {}  # by block: what _names_this_page says
    for element in islice(_candidates(markup), MAX_CLAIMS):
        if element in seen:
            continue
        seen.add(element)
        attributes = markup.attributes(element)
        target = attributes.get("href") or attributes.get("content") or attributes.get("resource")
        named = from_url(target) if target else from_text(markup.text(element)[:300])
        if named is None:
            continue
        rels = attributes.get("rel", "").lower().split()
        declared = any(rel == "license" or rel.endswith(":license") for rel in rels)
        marked = "license" in attributes.get("itemprop", "").lower() or (
            attributes.get("property", "").lower().rpartition(":")[2] == "license"
        )
        if attributes.get("type", "").lower() == RSL:
            continue
        place = "microdata" if attributes.get("itemprop") else "rdfa" if marked else "a"
        scope, confidence, raw = (
            _weigh(markup, element, page, own, declared=declared or marked)
            if _has_few_ancestors(markup, element)
            else ("other", LEAST, "")
        )
        yield claim(named, place, scope, confidence, raw or target or "")


def _has_few_ancestors(markup: Markup, element: int) -> bool:
    for _ in range(_ANCESTORS):
        element = int(markup.parents[element])
        if element < 0:
            return True
    return False


def _weigh(
    markup: Markup, element: int, page: Url, blocks: dict[int, bool | None], *, declared: bool
) -> tuple[str, float, str]:
    """Return scope, confidence and surroundings of a licence link."""
    footer, sentence, block, at_foot = False, "", element, False
    label = " ".join(markup.text(element, " ")[:RAW].split())
    enough = max(_SENTENCE, len(label) + _MORE)
    current = element
    typed: tuple[str, ...] | None = None
    while current >= 0:
        tag = markup.tag(current)
        attributes = markup.attributes(current)
        if typed is None and ("itemscope" in attributes or "typeof" in attributes):
            kind = attributes.get("itemtype") or attributes.get("typeof") or ""
            typed = (re.split(r"[/:]", kind.strip().rstrip("/"))[-1],)
        if tag in ("body", "html"):  # their classes speak of the layout
            current = int(markup.parents[current])
            continue
        look = f"{attributes.get('class', '')} {attributes.get('id', '')}"
        if tag in _MEDIA_TAGS or (current != element and _MEDIA_LOOK.search(look)):
            return "media", LEAST, markup.text(element)[:RAW]
        if tag in _QUOTE_TAGS or tag == "aside" or _PART_LOOK.search(look):
            return "part", 0.2, markup.text(element)[:RAW]
        about = attributes.get("about")
        if about and current != element and not same_page(about, page):
            return "other", LEAST, markup.text(element)[:RAW]
        at_foot = at_foot or tag == "footer" or "footer" in look.lower()
        footer = footer or at_foot or bool(_FOOT_LOOK.search(look))
        if len(sentence) < enough:
            sentence, block = _around(markup.text(current, " "), label), current
        current = int(markup.parents[current])
    if typed is not None and (
        markup.attribute(element, _ITEMPROP) or markup.attribute(element, _PROPERTY)
    ):
        scope, confidence = typed_scope(typed, ours=True)
        return scope, min(confidence, 0.9), sentence
    own = declared and _is_own(markup, block, page, blocks)
    if own is None:
        return "other", LEAST, sentence
    around = Around(_clause_of(label, sentence), declared=declared, at_foot=at_foot, own=own)
    return weigh_words(sentence, around, footer=footer)


def _around(text: str, label: str) -> str:
    """Return the text of a block, cut to what stands around a label in it."""
    text = " ".join(text[:_BLOCK].split())
    start = max(0, text.find(label) - RAW) if len(text) > 2 * RAW else 0
    return text[start : start + 2 * RAW]


def _clause_of(label: str, sentence: str) -> str:
    """Return the sentence in which a link stands, if it states a grant."""
    for clause in statements(sentence) if label else ():
        if label in clause:
            return clause if read_words(clause).states else ""
    return ""


def _is_own(markup: Markup, block: int, page: Url, known: dict[int, bool | None]) -> bool | None:
    """Ask `_names_this_page` once a block: many links may stand in one that is large."""
    if block not in known:
        known[block] = _names_this_page(markup, block, page)
    return known[block]


def _names_this_page(markup: Markup, block: int, page: Url) -> bool | None:
    """Whether a notice names the page's host as home of its work; None if another.

    The notices of the Creative Commons chooser name work and author in ccREL attributes.
    """
    found = False
    for attributes in islice(_statements_of_work(markup, block), _OWN_MOST):
        url = urls.parse(attributes.get("href", "")[:2_048], page)
        if url is None or url.host.removeprefix("www.") != page.host.removeprefix("www."):
            return None if "title" in attributes.get("property", "") else False
        found = True
    return found


def _statements_of_work(markup: Markup, block: int) -> Iterator[Attributes]:
    for element in range(block, int(markup.last[block])):
        head = markup.head(element)
        if b"dct:" not in head and b"cc:" not in head:
            continue
        attributes = attributes_of(head)
        titled = "href" in attributes and _OWN_TITLE in attributes.get("property", "").split()
        if titled or not _OWN_RELS.isdisjoint(attributes.get("rel", "").split()):
            yield attributes
