"""The elements of a page that may carry a signal, as they stand there.

What the consent engine may rely on:

The elements of a page that the HTML step hands over as `Carrier`s, in document order, head and
body alike. Never from comments, script text other than the two types below, `textarea`,
`template`, or `title`. Attribute names and the `name` field are lower case and trimmed; text is
as in the document (character references resolved). Nothing that may refuse is cut: of a page
with more than is kept (`content.carriers`) the last carrier has the kind "excess", and such a
page is refused.

kind "meta"       One for each <meta> that has content (or value, as some write) and one of the
                  attributes name, property, http-equiv (several attributes: one carrier for
                  each). name: that attribute's value, lower case. text: content. place: "name" |
                  "property" | "http-equiv".
                  All metas, also those with names nobody knows: any bot's name is a meta name.
kind "link"       One for each <link> (head or body) whose rel contains one of: license, copyright,
                  terms-of-service, ai-policy, tdm-policy. name: the rel value, lower case, tokens
                  split by one space. text: href as written. type: type attribute, lower case,
                  without parameters. place: "head" | "body".
kind "script"     <script type="application/ld+json"> and <script type="application/rsl+xml">.
                  name: the type, lower case, without parameters. text: the script's text as it
                  stands (no unescaping). Rights said in microdata and RDFa stand here too, written
                  as JSON-LD, so that they are read alike; place: "microdata".
kind "prose"      Text of elements that speak legally, one carrier each, a line for each block:
                  footer, small, address; any element with an id or class word that is or contains
                  copyright, copy-right, legal, licen, terms, imprint, impressum, disclaimer,
                  colophon, rights, footer, tdm, mentions, aviso, copyleft. An element
                  within one already taken is not taken again. Text inside blockquote, q, cite,
                  article (unless the article holds the footer), pre and code does not count, nor
                  do blocks that are lists of links.
                  Also, in pieces of 8,000 characters, what is terms as a whole: the body of a page
                  that is terms by its path, title or own link (name "body", place "terms"), a plain
                  text that is (name "text", place "terms" | "llms.txt"), and what a feed says of
                  rights (name "copyright", place "feed").
                  name: the tag. place: "footer" | "small" | "legal".
kind "base"       The first <base> with an address, on pages with links: text: the address.
kind "challenge"  The page is a bot challenge. name: whose, text: how it was told.
kind "attribute"  name "data-nosnippet", text: how many elements carried it (their text is left out
                  of the extract by the content step). One carrier, only if there was one.

Of a document that is no HTML by one of its Content-Type lines or by its first bytes only, the
elements stand here too, in places from which only refusals are taken ("part", "label"). Another
document without html has no carriers; `read` is still True.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache

from ahocorasick_rs import BytesAhoCorasick, MatchKind

from crawler.core.content.html.class_words import LEGAL_PLACE, LEGAL_STEMS, hints_of
from crawler.core.content.html.markup import HREF, REL, TYPE, Markup, opening_of
from crawler.core.content.html.outline import Outline
from crawler.core.content.html.tags import NUMBER
from crawler.core.content.html.terms import lines_in
from crawler.core.evidence import EXCESS, Carrier
from crawler.core.lenient_json import local
from crawler.core.lenient_text import words_of

# Nothing that may refuse is cut. What goes beyond these makes the page one that cannot be read to
# its end, and such a page is refused.
MOST_ELEMENTS = 5_000  # of one kind
MOST_TEXT = 1 << 20  # characters of all carriers of a kind
MOST_SCRIPT_TEXT = 4 << 20
MANY_METAS = 500  # of these the ones that only cite are left out: some pages have thousands
BLURB = 4_000  # characters kept of what describes the page
PIECE = 8_000  # characters of legal text in one carrier
_OVERLAP = 500  # of which each repeats the last: no sentence is parted
_BLURBS = frozenset(
    {
        "description",
        "og:description",
        "twitter:description",
        "dc.description",
        "dcterms.description",
        "dcterms.abstract",
        "dc.description.abstract",
        "citation_abstract",
        "abstract",
        "keywords",
        "news_keywords",
        "og:title",
        "title",
    }
)

MAX_URL = 8_192  # characters
JSON_LD = "application/ld+json"
RSL = "application/rsl+xml"
_RELS = frozenset(
    {"license", "licence", "copyright", "terms-of-service", "ai-policy", "tdm-policy"}
)
_META_KEYS = ("name", "property", "http-equiv")
_LEGAL_TAGS = frozenset({"footer", "address"})
_QUOTED = frozenset({"blockquote", "q", "cite", "pre", "code"})
_PARTS = frozenset({"article", "section", "blockquote", "aside", "figure", "figcaption"})
_RIGHTS = {
    name.lower(): name
    for name in ("isAccessibleForFree", "usageInfo", "copyrightNotice", "conditionsOfAccess")
} | dict.fromkeys(("tdm_reservation", "tdm-reservation", "tdmreservation"), "tdm_reservation")
# What a carrier begins with, and the words by which a place for rights is known.
_SPEAKING = (
    b"<meta", b"<link", b"<script", b"<footer", b"<small", b"<address", b"itemprop=", b"property=",
    b"copyright", b"legal", b"terms", b"rights", b"licen", b"tdm", b"notice",
)  # fmt: skip
_META, _LINK, _SCRIPT, _SMALL, _BASE, _FOOTER, _ADDRESS = (
    NUMBER[tag] for tag in ("meta", "link", "script", "small", "base", "footer", "address")
)
_ITEMPROP, _PROPERTY, _ITEMTYPE, _TYPEOF = map(
    opening_of, ("itemprop", "property", "itemtype", "typeof")
)
_HEAD = frozenset({"head"})
_BIG_SHARE = 0.6  # a "legal" box holding more of the page than this is only a wrapper
_BIG_TEXT = 2_000


def has_legal_place(markup: Markup) -> bool:
    """Whether an element is one where a publisher speaks of rights: else nobody need look there.

    Told from the bytes of the page, for whoever needs its outline for nothing else.
    """
    if markup.has(_FOOTER) or markup.has(_ADDRESS):
        return True
    for _, at, _ in _legal_stems().find_matches_as_indexes(markup.source.lower()):
        element = int(markup.element_at(at))
        if (
            element >= 0
            and at < markup.ends[element]  # else it is text
            and hints_of(markup.head(element), markup.tag(element))[0] & LEGAL_PLACE
        ):
            return True
    return False


@cache
def _legal_stems() -> BytesAhoCorasick:
    return BytesAhoCorasick(LEGAL_STEMS.encode().split(), MatchKind.LeftmostFirst)


def find_carriers(markup: Markup, page: Outline | None) -> tuple[Carrier, ...]:
    """Return metas, links, scripts, attributes and legal prose; last, if any, what is too much.

    Of a page without a legal place its outline is not asked for: None.
    """
    kinds = (
        _metas(markup),
        _links(markup),
        [*scripts(markup), *_marked(markup)],
        _attributes(markup),
        _prose(markup, page),
    )
    found: list[Carrier] = []
    excess = _beyond(markup)
    for carriers in kinds:
        size = 0
        for count, carrier in enumerate(carriers):
            size += len(carrier.text)
            most = MOST_SCRIPT_TEXT if carrier.kind == "script" else MOST_TEXT
            if count >= MOST_ELEMENTS or size > most:
                excess = excess or f"more {carrier.kind} elements or text than are read"
                break
            found.append(carrier)
    if excess:
        found.append(Carrier(EXCESS, "", excess))
    return tuple(found)


def _beyond(markup: Markup) -> str:
    """Say what may speak past the last element that is read, "" if nothing does."""
    if not markup.full:
        return ""
    rest = markup.source[markup.ends[len(markup.ends) - 1] :].lower()
    speaking = next((mark for mark in _SPEAKING if mark in rest), None)
    return "" if speaking is None else f"{speaking.decode()} after the last element that is read"


def _metas(markup: Markup) -> Iterator[Carrier]:
    count = 0
    for element in markup.of(_META):
        attributes = markup.attributes(element)
        text = attributes.get("content", attributes.get("value"))  # as some take it for an input
        if text is None:
            continue
        text = text.strip()
        for key in _META_KEYS:
            name = attributes.get(key)
            if name and (name := name.strip().lower()):
                count += 1
                if name in _BLURBS and len(text) > BLURB:
                    yield Carrier("meta", name, text[:BLURB], key)
                elif count <= MANY_METAS or not name.startswith("citation_"):
                    yield Carrier("meta", name[:200], text, key)


def _links(markup: Markup) -> Iterator[Carrier]:
    found = False
    for element in markup.of(_LINK):
        rels = words_of(markup.attribute(element, REL) or "")
        if _RELS.isdisjoint(rels):
            continue
        attributes = markup.attributes(element)
        place = "head" if markup.is_inside(element, _HEAD) else "body"
        kind = attributes.get("type", "").partition(";")[0].strip().lower()[:200]
        href = attributes.get("href", "").strip()
        yield Carrier("link", " ".join(rels)[:200], href, place, kind)
        found = True
    if found:
        stated = [markup.attribute(element, HREF) for element in markup.of(_BASE)]
        base = next((href for href in stated if href is not None), "").strip()
        if base and len(base) <= MAX_URL:
            yield Carrier("base", "base", base)


def scripts(markup: Markup) -> Iterator[Carrier]:
    """Yield the JSON-LD and RSL scripts."""
    for element in markup.of(_SCRIPT):
        kind = (markup.attribute(element, TYPE) or "").partition(";")[0].strip().lower()
        if kind in (JSON_LD, RSL):
            part = kind == RSL and markup.is_inside(element, _PARTS)
            yield Carrier("script", kind, markup.text(element), "part" if part else "script")


def _marked(markup: Markup) -> Iterator[Carrier]:
    """Yield what microdata and RDFa say of rights, as the JSON-LD that would say the same."""
    for element in markup.marked:
        for opening in (_ITEMPROP, _PROPERTY):
            for word in (markup.attribute(element, opening) or "").split():
                key = _RIGHTS.get(local(word))
                if key is not None:
                    node = {"@type": _type_of(markup, element), key: _said(markup, element)}
                    text = json.dumps(node, ensure_ascii=False)
                    yield Carrier("script", JSON_LD, text, "microdata")


def _type_of(markup: Markup, element: int) -> str:
    """Return the type of the thing that a property is said of, without its vocabulary."""
    around = int(markup.parents[element])
    while around >= 0:
        kind = markup.attribute(around, _ITEMTYPE) or markup.attribute(around, _TYPEOF)
        if kind:
            return kind.split()[-1].rpartition("/")[2].rpartition(":")[2]
        around = int(markup.parents[around])
    return ""


def _said(markup: Markup, element: int) -> str:
    attributes = markup.attributes(element)
    for key in ("content", "href", "resource", "value"):
        if key in attributes:
            return attributes[key].strip()
    return " ".join(markup.text(element, " ").split())


def _attributes(markup: Markup) -> Iterator[Carrier]:
    if marked := markup.unquoted():
        yield Carrier("attribute", "data-nosnippet", str(len(marked)), "body")


def _prose(markup: Markup, page: Outline | None) -> Iterator[Carrier]:
    """Yield legal boxes, the outermost once, and the small print elsewhere."""
    if page is None:
        pass
    elif page.full:  # the outline lacks the rest of the page
        yield from _legal_elements(markup)
    else:
        for box in _legal_boxes(page):
            tag = page.tags[box]
            yield from _pieces(tag, "\n".join(lines_in(page, box)))
    for element in markup.of(_SMALL):
        if not markup.is_inside(element, _QUOTED):
            yield from _pieces("small", " ".join(markup.text(element).split()))


def _pieces(tag: str, text: str) -> Iterator[Carrier]:
    place = tag if tag in ("footer", "small") else "legal"
    text = "\n".join(" ".join(line.split()) for line in text.split("\n"))
    for start in range(0, len(text), PIECE - _OVERLAP):
        if start == 0 or start + _OVERLAP < len(text):
            yield Carrier("prose", tag, text[start : start + PIECE], place)


def _legal_elements(markup: Markup) -> Iterator[Carrier]:
    """Yield the text of the outermost legal elements of a page too large for its outline."""
    end = 0
    for element in range(len(markup.kinds)):
        if element < end:
            continue
        tag = markup.tag(element)
        if hints_of(markup.head(element), tag)[0] & LEGAL_PLACE and tag not in ("html", "body"):
            text = markup.text(element, " ")
            if len(text) <= MOST_TEXT and not markup.is_inside(element, _QUOTED):
                end = int(markup.last[element])
                yield from _pieces(tag, text)


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
