"""The elements of a page that may carry a signal, as they stand there."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from crawler.core.content.elements import Elements
from crawler.core.content.hints import LEGAL_PLACE
from crawler.core.content.outline import Outline
from crawler.core.evidence import Carrier

MAX_METAS = 500
MAX_LINKS = 100
MAX_SCRIPTS = 50
MAX_PROSE = 50
META_TEXT = 4_000  # characters
PROSE_TEXT = 8_000
SCRIPT_TEXT = 1 << 20
ALL_SCRIPTS = 4 << 20  # characters of all scripts of a page

JSON_LD = "application/ld+json"
RSL = "application/rsl+xml"
_RELS = frozenset({"license", "copyright", "terms-of-service", "ai-policy", "tdm-policy"})
_META_KEYS = ("name", "property", "http-equiv")
_LEGAL_TAGS = frozenset({"footer", "address"})
_QUOTED = frozenset({"blockquote", "q", "cite", "pre", "code"})
_HEAD = frozenset({"head"})
_BIG_SHARE = 0.6  # a "legal" box holding more of the page than this is only a wrapper
_BIG_TEXT = 2_000


def find_carriers(elements: Elements, page: Outline) -> tuple[Carrier, ...]:
    """Return metas, links, scripts, attributes and legal prose, within the module's caps."""
    return (
        *_metas(elements),
        *_links(elements),
        *scripts(elements),
        *_attributes(elements),
        *_prose(elements, page),
    )


def inside(node: LexborNode, tags: frozenset[str]) -> bool:
    """Whether an ancestor of `node` is one of `tags`."""
    parent = node.parent
    while parent is not None:
        if parent.tag in tags:
            return True
        parent = parent.parent
    return False


def _metas(elements: Elements) -> Iterator[Carrier]:
    count = 0
    for node in elements.of("meta"):
        attributes = node.attributes
        if "content" not in attributes:
            continue
        text = (attributes["content"] or "").strip()[:META_TEXT]
        for key in _META_KEYS:
            name = attributes.get(key)
            if name and (name := name.strip().lower()):
                yield Carrier("meta", name[:200], text, key)
                count += 1
        if count >= MAX_METAS:
            return


def _links(elements: Elements) -> Iterator[Carrier]:
    count = 0
    for node, attributes in elements.links():
        rels = (attributes.get("rel") or "").lower().split()
        if _RELS.isdisjoint(rels):
            continue
        place = "head" if inside(node, _HEAD) else "body"
        kind = (attributes.get("type") or "").partition(";")[0].strip().lower()[:200]
        href = (attributes.get("href") or "").strip()[:META_TEXT]
        yield Carrier("link", " ".join(rels)[:200], href, place, kind)
        count += 1
        if count >= MAX_LINKS:
            return


def scripts(elements: Elements) -> Iterator[Carrier]:
    """Yield the JSON-LD and RSL scripts."""
    left = ALL_SCRIPTS
    count = 0
    for node in elements.of("script"):
        kind = (node.attributes.get("type") or "").partition(";")[0].strip().lower()
        if kind not in (JSON_LD, RSL):
            continue
        text = node.text()[: min(SCRIPT_TEXT, left)]
        left -= len(text)
        yield Carrier("script", kind, text, "script")
        count += 1
        if count >= MAX_SCRIPTS or left <= 0:
            return


def _attributes(elements: Elements) -> Iterator[Carrier]:
    if marked := sum("data-nosnippet" in found for _, found in elements.marked):
        yield Carrier("attribute", "data-nosnippet", str(marked), "body")


def _prose(elements: Elements, page: Outline) -> Iterator[Carrier]:
    """Yield legal boxes, the outermost once, and the small print elsewhere."""
    count = 0
    for box in _legal_boxes(page):
        text = " ".join(page.inside(box))
        if text:
            tag = page.tags[box]
            place = "footer" if tag == "footer" else "legal"
            yield Carrier("prose", tag, " ".join(text[:PROSE_TEXT].split()), place)
            count += 1
            if count >= MAX_PROSE:
                return
    for node in elements.of("small")[:MAX_PROSE]:
        text = " ".join(node.text()[:PROSE_TEXT].split())
        if text and not inside(node, _QUOTED):
            yield Carrier("prose", "small", text, "small")


def _legal_boxes(page: Outline) -> Iterator[int]:
    legal = [box for box, own in enumerate(page.own) if own & LEGAL_PLACE]
    if not legal:
        return
    whole = sum(map(len, page.texts))
    taken = 0  # boxes before this index lie within one already taken
    for box in legal:
        if box < taken:
            continue
        tag = page.tags[box]
        if tag not in _LEGAL_TAGS and whole > _BIG_TEXT:
            held = sum(map(len, page.inside(box)))
            if held > _BIG_SHARE * whole:
                continue
        if tag in _QUOTED or _quoted(page, box, footer=tag == "footer"):
            continue
        taken = page.end[box]
        yield box


def _quoted(page: Outline, box: int, *, footer: bool) -> bool:
    while box:
        box = page.parent[box]
        tag = page.tags[box]
        if tag in _QUOTED or (tag == "article" and not footer):
            return True
    return False
