"""The elements of a page that may carry a signal, as they stand there.

What the consent engine may rely on:

The elements of a page that the HTML step hands over as `Carrier`s, in document order, head and
body alike. Never from comments, script text other than the two types below, `textarea`,
`template`, or `title`. Attribute names and the `name` field are lower case and trimmed; text is
as in the document (character references resolved), cut at 4,000 characters for metas and links,
8,000 for prose, 1 MiB for scripts. At most 2,000 carriers a page, metas first.

kind "meta"       One for each <meta> that has content and one of the attributes name, property,
                  http-equiv (several attributes: one carrier for each). name: that attribute's
                  value, lower case. text: content. place: "name" | "property" | "http-equiv".
                  All metas, also those with names nobody knows: any bot's name is a meta name.
kind "link"       One for each <link> (head or body) whose rel contains one of: license, copyright,
                  terms-of-service, ai-policy, tdm-policy. name: the rel value, lower case, tokens
                  split by one space. text: href as written. type: type attribute, lower case,
                  without parameters. place: "head" | "body".
kind "script"     <script type="application/ld+json"> and <script type="application/rsl+xml">.
                  name: the type, lower case, without parameters. text: the script's text as it
                  stands (no unescaping).
kind "prose"      Text of elements that speak legally, one carrier each, whitespace collapsed:
                  footer, small, address; any element with an id or class word that is or contains
                  copyright, copy-right, legal, licen, terms, imprint, impressum, disclaimer,
                  colophon, rights, notice, footer, tdm, mentions, aviso, copyleft. An element
                  within one already taken is not taken again. Text inside blockquote, q, cite,
                  article (unless the article holds the footer), pre and code does not count.
                  name: the tag. place: "footer" | "small" | "legal".
kind "attribute"  name "data-nosnippet", text: how many elements carried it (their text is left out
                  of the extract by the content step). One carrier, only if there was one.

A document without html (text/plain, application/json) has no carriers; `read` is still True.
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler.core.content.html.class_words import LEGAL_PLACE
from crawler.core.content.html.markup import REL, TYPE, Markup
from crawler.core.content.html.outline import Outline
from crawler.core.content.html.tags import NUMBER
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
_META, _LINK, _SCRIPT, _SMALL = (NUMBER[tag] for tag in ("meta", "link", "script", "small"))
_HEAD = frozenset({"head"})
_BIG_SHARE = 0.6  # a "legal" box holding more of the page than this is only a wrapper
_BIG_TEXT = 2_000


def find_carriers(markup: Markup, page: Outline) -> tuple[Carrier, ...]:
    """Return metas, links, scripts, attributes and legal prose, within the module's caps."""
    return (
        *_metas(markup),
        *_links(markup),
        *scripts(markup),
        *_attributes(markup),
        *_prose(markup, page),
    )


def _metas(markup: Markup) -> Iterator[Carrier]:
    count = 0
    for element in markup.of(_META):
        attributes = markup.attributes(element)
        if "content" not in attributes:
            continue
        text = attributes["content"].strip()[:META_TEXT]
        for key in _META_KEYS:
            name = attributes.get(key)
            if name and (name := name.strip().lower()):
                yield Carrier("meta", name[:200], text, key)
                count += 1
        if count >= MAX_METAS:
            return


def _links(markup: Markup) -> Iterator[Carrier]:
    count = 0
    for element in markup.of(_LINK):
        rels = (markup.attribute(element, REL) or "").lower().split()
        if _RELS.isdisjoint(rels):
            continue
        attributes = markup.attributes(element)
        place = "head" if markup.is_inside(element, _HEAD) else "body"
        kind = attributes.get("type", "").partition(";")[0].strip().lower()[:200]
        href = attributes.get("href", "").strip()[:META_TEXT]
        yield Carrier("link", " ".join(rels)[:200], href, place, kind)
        count += 1
        if count >= MAX_LINKS:
            return


def scripts(markup: Markup) -> Iterator[Carrier]:
    """Yield the JSON-LD and RSL scripts."""
    left = ALL_SCRIPTS
    count = 0
    for element in markup.of(_SCRIPT):
        kind = (markup.attribute(element, TYPE) or "").partition(";")[0].strip().lower()
        if kind not in (JSON_LD, RSL):
            continue
        text = markup.text(element)[: min(SCRIPT_TEXT, left)]
        left -= len(text)
        yield Carrier("script", kind, text, "script")
        count += 1
        if count >= MAX_SCRIPTS or left <= 0:
            return


def _attributes(markup: Markup) -> Iterator[Carrier]:
    if marked := markup.unquoted():
        yield Carrier("attribute", "data-nosnippet", str(len(marked)), "body")


def _prose(markup: Markup, page: Outline) -> Iterator[Carrier]:
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
    for element in markup.of(_SMALL)[:MAX_PROSE]:
        text = " ".join(markup.text(element)[:PROSE_TEXT].split())
        if text and not markup.is_inside(element, _QUOTED):
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
