"""Licences in the elements of a page: links, buttons, microdata, RDFa."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

from crawler.core import urls
from crawler.core.content.elements import Elements
from crawler.core.content.licence_ids import from_text, from_url
from crawler.core.content.licence_weights import (
    LEAST,
    MAX_CLAIMS,
    RAW,
    RSL,
    Around,
    claim,
    same_page,
    typed_scope,
    weigh_words,
)
from crawler.core.content.licence_words import read_words, statements
from crawler.core.evidence import LicenceClaim
from crawler.core.urls import Url

_SENTENCE = 60  # characters of surroundings that make a sentence
_MEDIA_TAGS = frozenset({"figure", "figcaption", "picture", "video", "audio", "object"})
_QUOTE_TAGS = frozenset({"blockquote", "q", "cite", "pre", "code", "textarea"})
_MEDIA_LOOK = re.compile(
    r"caption|credit|image|photo|picture|gallery|figure|media|thumb|wp-block-image|map|leaflet|video|slide",
    re.IGNORECASE,
)
_PART_LOOK = re.compile(
    r"comment|sidebar|widget|related|card|teaser|reply|quote|reference|bibliograph|citation|download|dataset|search-result|listing",
    re.IGNORECASE,
)
_FOOT_LOOK = re.compile(r"footer|copyright|colophon|licen|legal|rights", re.IGNORECASE)
_LICENCE_HREF = re.compile(
    r"creativecommons\.org|open-government-licen|/fdl|licence-ouverte|/nlod/|dl-de/", re.IGNORECASE
)
_OWN_WORK = '[property~="dct:title"][href], [rel~="cc:attributionURL"], [rel~="dct:source"]'


def _candidates(elements: Elements) -> Iterator[LexborNode]:
    for tag, node, attributes in elements.hrefs:
        if tag != "link" and (
            "license" in (attributes.get("rel") or "").lower()
            or _LICENCE_HREF.search(attributes.get("href") or "")
        ):
            yield node
    for node, attributes in elements.marked:
        names = f"{attributes.get('itemprop') or ''} {attributes.get('property') or ''}"
        if "license" in names.lower() and (node.tag != "meta" or "itemprop" in attributes):
            yield node


def from_elements(elements: Elements, page: Url) -> Iterator[LicenceClaim]:
    seen: set[int] = set()
    own: dict[int, bool | None] = {}  # by block: what _names_this_page says
    for node in islice(_candidates(elements), MAX_CLAIMS):
        if node.mem_id in seen:
            continue
        seen.add(node.mem_id)
        attributes = node.attributes
        target = attributes.get("href") or attributes.get("content") or attributes.get("resource")
        named = from_url(target) if target else from_text(node.text()[:300])
        if named is None:
            continue
        rels = (attributes.get("rel") or "").lower().split()
        declared = any(rel == "license" or rel.endswith(":license") for rel in rels)
        marked = "license" in (attributes.get("itemprop") or "").lower() or (
            (attributes.get("property") or "").lower().rpartition(":")[2] == "license"
        )
        if (attributes.get("type") or "").lower() == RSL:
            continue
        place = "microdata" if attributes.get("itemprop") else "rdfa" if marked else "a"
        scope, confidence, raw = _weigh(node, page, own, declared=declared or marked)
        yield claim(named, place, scope, confidence, raw or target or "")


def _weigh(
    node: LexborNode, page: Url, blocks: dict[int, bool | None], *, declared: bool
) -> tuple[str, float, str]:
    """Return scope, confidence and surroundings of a licence link."""
    footer, sentence, block, at_foot = False, "", node, False
    current: LexborNode | None = node
    typed: tuple[str, ...] | None = None
    while current is not None and current.tag != "-document":
        tag = current.tag or ""
        attributes = current.attributes
        if typed is None and "itemscope" in attributes:
            typed = ((attributes.get("itemtype") or "").rstrip("/").rpartition("/")[2],)
        if tag in ("body", "html"):  # their classes speak of the layout
            current = current.parent
            continue
        look = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        if tag in _MEDIA_TAGS or (current is not node and _MEDIA_LOOK.search(look)):
            return "media", LEAST, node.text()[:RAW]
        if tag in _QUOTE_TAGS or tag == "aside" or _PART_LOOK.search(look):
            return "part", 0.2, node.text()[:RAW]
        about = attributes.get("about")
        if about and current is not node and not same_page(about, page):
            return "other", LEAST, node.text()[:RAW]
        at_foot = at_foot or tag == "footer" or "footer" in look.lower()
        footer = footer or at_foot or bool(_FOOT_LOOK.search(look))
        if len(sentence) < _SENTENCE:
            sentence, block = " ".join(current.text(separator=" ")[: 2 * RAW].split()), current
        current = current.parent
    if typed is not None and declared and node.attributes.get("itemprop"):
        scope, confidence = typed_scope(typed, ours=True)
        return scope, min(confidence, 0.9), sentence
    own = declared and _is_own(block, page, blocks)
    if own is None:
        return "other", LEAST, sentence
    around = Around(_clause_of(node, sentence), declared=declared, at_foot=at_foot, own=own)
    return weigh_words(sentence, around, footer=footer)


def _clause_of(node: LexborNode, sentence: str) -> str:
    """Return the part of the sentence in which a link stands, if it states a grant by itself."""
    label = " ".join(node.text(separator=" ")[:RAW].split())
    for clause in statements(sentence) if label else ():
        if label in clause:
            context = read_words(clause)
            return clause if context.whole and context.states else ""
    return ""


def _is_own(block: LexborNode, page: Url, known: dict[int, bool | None]) -> bool | None:
    """Ask `_names_this_page` once a block: many links may stand in one that is large."""
    if block.mem_id not in known:
        known[block.mem_id] = _names_this_page(block, page)
    return known[block.mem_id]


def _names_this_page(block: LexborNode, page: Url) -> bool | None:
    """Whether a notice names the page's host as home of its work; None if another.

    The notices of the Creative Commons chooser name work and author in ccREL attributes.
    """
    found = False
    for node in block.css(_OWN_WORK)[:10]:
        url = urls.parse((node.attributes.get("href") or "")[:2_048], page)
        if url is None or url.host.removeprefix("www.") != page.host.removeprefix("www."):
            titled = "title" in (node.attributes.get("property") or "")
            return None if titled else False
        found = True
    return found
