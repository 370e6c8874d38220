"""Every statement about a licence on a page, read and weighed but not yet believed.

A claim's confidence says how surely the licence covers the page's own text. It starts from
the place (head and header high, a link in the body low) and is lowered by hedges, by "all
rights reserved", and by anything that says the licence is of another work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from crawler.core import urls
from crawler.core.content.html import json_ld
from crawler.core.content.html.json_ld import same_page
from crawler.core.content.html.links import Joiner, canonical_of
from crawler.core.content.html.markup import Markup
from crawler.core.content.licence.elements import from_elements
from crawler.core.content.licence.spdx_ids import ARR, from_text, from_url, names_in, reserves_all
from crawler.core.content.licence.weights import (
    FOOTER,
    LEAST,
    MAX_CLAIMS,
    RAW,
    RSL,
    Around,
    claim,
    is_site,
    typed_scope,
    weigh_words,
)
from crawler.core.content.licence.wording import hedged, read_words, reserves_text, statements
from crawler.core.evidence import Carrier, LicenceClaim
from crawler.core.late_expressions import late
from crawler.core.response import Response
from crawler.core.urls import Url

if TYPE_CHECKING:
    from crawler.core.content.text.not_html import Feed

_RESERVED_PAGE = 0.8  # the same elsewhere in the page's legal text

_METAS = frozenset(
    [
        "license",
        "licence",
        "dc.rights",
        "dcterms.rights",
        "dcterms.license",
        "dc.rights.license",
        "dc.license",
        "og:license",
        "rights",
        "copyright",
        "dc:rights",
        "dcterms:license",
        "dcterms:rights",
        "cc:license",
        "dct:license",
        "dct:rights",
    ]
)
_PROPERTIES = ("licen", "rights", "usageterms", "webstatement", "copyright")
_HEADER_LINK = late(
    r"<([^<>]{1,500})>((?:\s*+;\s*+[^\s=;,]++(?:\s*+=\s*+(?:\"[^\"]*+\"|[^\s;,\"]*+))?+)*+)"
)
_REL = late(r"rel\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]+))", re.IGNORECASE)
_ANCHOR = late(r"anchor\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]+))", re.IGNORECASE)
_PARAGRAPH = late(r"\n\s*\n")
_WORK = late(r'<(?:cc:)?Work\s+rdf:about="([^"<>]{0,500})"')
_RESOURCE = late(r'<(?:cc:)?license\s+rdf:resource="([^"<>]{1,500})"')
_TRIGGERS = (
    "creativecommons", "creative commons", "cc by", "cc-by", "cc0", "cc 0", "public domain",
    "government licen", "free documentation", "gfdl", "licence ouverte", "etalab", "dl-de", "nlod",
    "rights reserved", "rechte vorbehalten", "droits réservés", "derechos reservados",
    "parliament licen", "datenlizenz", "版权所有", "コモンズ", "知识共享", "知識共享", "創用",
    "커먼즈", "apache licen", "license", "licence",
)  # fmt: skip


def find_claims(
    response: Response,
    markup: Markup | None,
    carriers: tuple[Carrier, ...],
    feed: Feed | None = None,
    ending: str = "",
) -> tuple[LicenceClaim, ...]:
    """Return the claims in the order header, head, JSON-LD, elements, text, comments.

    `ending` is the end of a text that has no elements.
    """
    found = list(_from_header(response))
    if feed is not None:
        found.extend(_from_feed(feed))
    found.extend(_from_head(carriers))
    found.extend(_from_document(carriers))
    for paragraph in _PARAGRAPH.split(ending):
        found.extend(_stated(paragraph))
    if markup is not None:
        found.extend(_from_jsonld(carriers, markup, response.url))
        found.extend(from_elements(markup, response.url))
        found.extend(_from_text(carriers))
        found.extend(_from_comments(markup, response))
    if any(claim.spdx == "LicenseRef-ARR" for claim in found):
        found = [_less(claim) for claim in found]
    return tuple(found[:MAX_CLAIMS])


def _less(claim: LicenceClaim) -> LicenceClaim:
    if claim.kind == ARR:
        return claim
    return replace(claim, confidence=round(claim.confidence * _RESERVED_PAGE, 3))


# --- header, head, feed -------------------------------------------------------------


def _from_header(response: Response) -> Iterator[LicenceClaim]:
    for line in response.header_lines("link")[:20]:
        for match in _HEADER_LINK.finditer(line[:8_192]):
            rel = _REL.search(match[2])
            rels = (rel[1] or rel[2] or "").lower().split() if rel else []
            if "license" not in rels or RSL in match[2].lower():
                continue
            anchor = _ANCHOR.search(match[2])
            if anchor and not same_page(anchor[1] or anchor[2] or "", response.url):
                continue
            if named := from_url(match[1]):
                yield claim(named, "header", "page", 0.95, match[0])


def _from_head(carriers: Iterable[Carrier]) -> Iterator[LicenceClaim]:
    for carrier in carriers:
        if carrier.kind == "link" and "license" in carrier.name.split():
            if carrier.type != RSL and (named := from_url(carrier.text)):
                yield claim(named, "link", "page", 0.9, carrier.text)
        elif carrier.kind == "meta" and carrier.name in _METAS:
            yield from _from_meta(carrier)


def _from_meta(carrier: Carrier) -> Iterator[LicenceClaim]:
    text = carrier.text
    if named := from_url(text):
        yield claim(named, "meta", "page", 0.9, text)
        return
    if reserves_all(text):
        yield _reserved("meta", text)
    elif (named := from_text(text)) is not None:
        context = read_words(text)
        scope = "media" if context.media else "code" if context.code else "page"
        confidence = 0.85 if scope == "page" else LEAST
        yield claim(named, "meta", scope, confidence * hedged(text), text)


def _from_document(carriers: Iterable[Carrier]) -> Iterator[LicenceClaim]:
    """Yield what a document's own properties say (XMP, a package's metadata)."""
    for carrier in carriers:
        name = carrier.name.rpartition(":")[2]
        if carrier.kind != "asset" or not any(word in name for word in _PROPERTIES):
            continue
        for item in _from_meta(carrier):
            yield replace(item, place=carrier.place)


def _from_feed(feed: Feed) -> Iterator[LicenceClaim]:
    if named := from_url(feed.licence):
        yield claim(named, "feed", "page", 0.9, feed.licence)
    if feed.rights and reserves_all(feed.rights):
        yield _reserved("feed", feed.rights)
    for entry in feed.entries[:MAX_CLAIMS]:
        if named := from_url(entry.licence):
            yield claim(named, "feed", "part", 0.5, entry.licence)


def _reserved(place: str, text: str) -> LicenceClaim:
    return LicenceClaim("LicenseRef-ARR", "ARR", ARR, "", place, "page", 0.5, text[:RAW])


# --- JSON-LD ------------------------------------------------------------------------


def _from_jsonld(carriers: Iterable[Carrier], markup: Markup, page: Url) -> Iterator[LicenceClaim]:
    nodes = json_ld.page_nodes(carriers)
    canonical = (canonical_of(markup, Joiner(page)) or page) if nodes else page
    for node in nodes:
        for key in ("license", "schema:license", "cc:license", "dcterms:license"):
            if key not in node:
                continue
            for text in _licence_texts(node[key]):
                if named := (from_url(text) or from_text(text)):
                    scope, confidence = _node_scope(node, page, canonical)
                    raw = f"{'/'.join(json_ld.types(node))} {key}: {text}"
                    yield claim(named, "jsonld", scope, confidence, raw)


def _licence_texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [
            part.strip()
            for key in ("url", "@id", "name")
            if isinstance(part := value.get(key), str)
        ][:1]
    if isinstance(value, list):
        flat = [item for item in value[:10] if not isinstance(item, list)]  # no recursion
        return [text for item in flat for text in _licence_texts(item)]
    return [value.strip()] if isinstance(value, str) else []


def _node_scope(node: json_ld.Node, page: Url, canonical: Url) -> tuple[str, float]:
    types = json_ld.types(node)
    ours = _is_site(node, page) if is_site(types) else json_ld.is_of(node, (page, canonical))
    return typed_scope(types, ours)


def _is_site(node: json_ld.Node, page: Url) -> bool:
    """Whether the address a site gives for itself is one above the page, or it gives none."""
    stated = node.get("url") or node.get("@id")
    if not isinstance(stated, str) or not stated.strip():
        return True
    url = urls.parse(stated.strip()[:2_048], page)
    if url is None or url.host.removeprefix("www.") != page.host.removeprefix("www."):
        return False
    return page.path.startswith(url.path.rpartition("/")[0] + "/")


# --- text and comments ---------------------------------------------------------------


def _from_text(carriers: Iterable[Carrier]) -> Iterator[LicenceClaim]:
    """Yield what legal prose says in words; the body of an article says nothing here."""
    for carrier in carriers:
        if carrier.kind == "prose":
            yield from _stated(carrier.text)


# The pages of a site end with the same words.
@lru_cache(maxsize=512)
def _stated(text: str) -> tuple[LicenceClaim, ...]:
    lowered = text.lower()
    if not any(trigger in lowered for trigger in _TRIGGERS):
        return ()
    found = [_reserved("text", text)] if reserves_text(text) else []
    for sentence in statements(text):
        for named in names_in(sentence):
            scope, confidence, raw = weigh_words(sentence, Around(), footer=True)
            # Words alone: a badge or list entry names a licence without granting it.
            if confidence == FOOTER:
                confidence = 0.5
            found.append(claim(named, "text", scope, confidence, raw))
    return tuple(found)


def _from_comments(markup: Markup, response: Response) -> Iterator[LicenceClaim]:
    """Yield the RDF that old Creative Commons badges put in a comment."""
    if not markup.comments or b"rdf:resource" not in response.body:
        return
    for comment in markup.comments:
        work, resource = _WORK.search(comment), _RESOURCE.search(comment)
        if work and resource and (named := from_url(resource[1])):
            ours = not work[1] or same_page(work[1], response.url)
            scope, confidence = ("page", 0.5) if ours else ("other", LEAST)
            yield claim(named, "comment", scope, confidence, resource[1])
