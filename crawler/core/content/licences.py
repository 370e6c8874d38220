"""Every statement about a licence on a page, read and weighed but not yet believed.

A claim's confidence says how surely the licence covers the page's own text. It starts from
the place (head and header high, a link in the body low) and is lowered by hedges, by "all
rights reserved", and by anything that says the licence is of another work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from selectolax.lexbor import LexborNode

from crawler.core import urls
from crawler.core.content import jsonld
from crawler.core.content.elements import Elements
from crawler.core.content.licence_ids import ARR, Named, from_text, from_url, reserves_all
from crawler.core.content.licence_words import (
    Context,
    hedged,
    read_words,
    statements,
)
from crawler.core.content.links import canonical_of
from crawler.core.content.plain import Feed
from crawler.core.evidence import Carrier, LicenceClaim
from crawler.core.response import Response
from crawler.core.urls import Url

MAX_CLAIMS = 50
RAW = 500  # characters
_RSL = "application/rsl+xml"
_MEDIA_CONFIDENCE = 0.05
_FOOTER = 0.6  # a link in the footer, without rel or words
_SENTENCE = 60  # characters of surroundings that make a sentence
_UNVERSIONED = 0.8
_RESERVED = 0.6  # "all rights reserved" near
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
_HEADER_LINK = re.compile(
    r"<([^<>]{1,500})>((?:\s*;\s*[^\s=;,]+(?:\s*=\s*(?:\"[^\"]*\"|[^\s;,\"]*))?)*)"
)
_REL = re.compile(r"rel\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]+))", re.IGNORECASE)
_PAGE_TYPES = re.compile(
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
_COMMENTS = 20  # looked at
_COMMENT_TEXT = 8_000  # characters of one
_WORK = re.compile(r'<(?:cc:)?Work\s+rdf:about="([^"<>]{0,500})"')
_RESOURCE = re.compile(r'<(?:cc:)?license\s+rdf:resource="([^"<>]{1,500})"')
_TRIGGERS = (
    "creativecommons", "creative commons", "cc by", "cc-by", "cc0", "cc 0", "public domain",
    "government licen", "free documentation", "gfdl", "licence ouverte", "etalab", "dl-de", "nlod",
    "rights reserved", "rechte vorbehalten", "droits réservés", "derechos reservados",
    "parliament licen", "datenlizenz", "版权所有", "apache licen", "license", "licence",
)  # fmt: skip


def find_claims(
    response: Response,
    elements: Elements | None,
    carriers: tuple[Carrier, ...],
    feed: Feed | None = None,
) -> tuple[LicenceClaim, ...]:
    """Return the claims in the order header, head, JSON-LD, elements, text, comments."""
    found = list(_from_header(response))
    if feed is not None:
        found.extend(_from_feed(feed))
    if elements is not None:
        found.extend(_from_head(carriers))
        canonical = canonical_of(elements, response.url) or response.url
        found.extend(_from_jsonld(carriers, response.url, canonical))
        found.extend(_from_elements(elements, response.url))
        found.extend(_from_text(carriers))
        found.extend(_from_comments(elements, response))
    if any(claim.spdx == "LicenseRef-ARR" for claim in found):
        found = [_less(claim) for claim in found]
    return tuple(found[:MAX_CLAIMS])


def _less(claim: LicenceClaim) -> LicenceClaim:
    if claim.kind == ARR:
        return claim
    return replace(claim, confidence=round(claim.confidence * _RESERVED_PAGE, 3))


def _claim(named: Named, place: str, scope: str, confidence: float, raw: str) -> LicenceClaim:
    if not named.certain:
        confidence *= _UNVERSIONED
    if named.spdx == "CC-PDM-1.0":  # a label that others put on a work
        confidence = min(confidence, 0.8)
    raw = " ".join(raw[: 4 * RAW].split())[:RAW]
    return LicenceClaim(
        named.spdx, named.family, named.kind, named.url, place, scope, round(confidence, 3), raw
    )


# --- header, head, feed -------------------------------------------------------------


def _from_header(response: Response) -> Iterator[LicenceClaim]:
    for line in response.header_lines("link")[:20]:
        for match in _HEADER_LINK.finditer(line[:8_192]):
            rel = _REL.search(match[2])
            rels = (rel[1] or rel[2] or "").lower().split() if rel else []
            if "license" not in rels or _RSL in match[2].lower() or "anchor=" in match[2].lower():
                continue
            if named := from_url(match[1]):
                yield _claim(named, "header", "page", 0.95, match[0])


def _from_head(carriers: Iterable[Carrier]) -> Iterator[LicenceClaim]:
    for carrier in carriers:
        if carrier.kind == "link" and "license" in carrier.name.split():
            if carrier.type != _RSL and (named := from_url(carrier.text)):
                yield _claim(named, "link", "page", 0.9, carrier.text)
        elif carrier.kind == "meta" and carrier.name in _METAS:
            yield from _from_meta(carrier)


def _from_meta(carrier: Carrier) -> Iterator[LicenceClaim]:
    text = carrier.text
    if named := from_url(text):
        yield _claim(named, "meta", "page", 0.9, text)
        return
    if reserves_all(text):
        yield _reserved("meta", text)
    elif (named := from_text(text)) is not None:
        context = read_words(text)
        scope = "media" if context.media else "code" if context.code else "page"
        confidence = 0.85 if scope == "page" else _MEDIA_CONFIDENCE
        yield _claim(named, "meta", scope, confidence * hedged(text), text)


def _from_feed(feed: Feed) -> Iterator[LicenceClaim]:
    if named := from_url(feed.licence):
        yield _claim(named, "feed", "page", 0.9, feed.licence)
    if feed.rights and reserves_all(feed.rights):
        yield _reserved("feed", feed.rights)
    for entry in feed.entries[:MAX_CLAIMS]:
        if named := from_url(entry.licence):
            yield _claim(named, "feed", "part", 0.5, entry.licence)


def _reserved(place: str, text: str) -> LicenceClaim:
    return LicenceClaim("LicenseRef-ARR", "ARR", ARR, "", place, "page", 0.5, text[:RAW])


# --- JSON-LD ------------------------------------------------------------------------


def _from_jsonld(carriers: Iterable[Carrier], page: Url, canonical: Url) -> Iterator[LicenceClaim]:
    for node in jsonld.page_nodes(carriers):
        for key in ("license", "schema:license", "cc:license", "dcterms:license"):
            if key not in node:
                continue
            for text in _licence_texts(node[key]):
                if named := (from_url(text) or from_text(text)):
                    scope, confidence = _node_scope(node, page, canonical)
                    raw = f"{'/'.join(jsonld.types(node))} {key}: {text}"
                    yield _claim(named, "jsonld", scope, confidence, raw)


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


def _node_scope(node: jsonld.Node, page: Url, canonical: Url) -> tuple[str, float]:
    types = jsonld.types(node)
    return _typed_scope(types, _is_page(node, page, canonical))


def _typed_scope(types: tuple[str, ...], ours: bool) -> tuple[str, float]:  # noqa: FBT001
    if any(kind in _CODE_TYPES for kind in types):
        return "code", _MEDIA_CONFIDENCE
    if not ours:
        return "other", _MEDIA_CONFIDENCE
    if any(kind in _LISTS for kind in types):
        return "part", 0.5
    if any(kind in _SITE_TYPES for kind in types):
        return "site", 0.85
    if types and all(_PAGE_TYPES.match(kind) for kind in types):
        return "page", 0.95
    return ("media" if types else "unknown"), (_MEDIA_CONFIDENCE if types else 0.3)


def _is_page(node: jsonld.Node, page: Url, canonical: Url) -> bool:
    """Whether the addresses a node gives for itself are the page's, or it gives none."""
    stated = []
    for key in ("mainEntityOfPage", "url"):
        value = node.get(key)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str) and value.strip():
            stated.append(value.strip())
    if not stated:
        own = node.get("@id")
        if isinstance(own, str) and own.startswith("http"):
            stated.append(own)
    return not stated or any(_same(text, page) or _same(text, canonical) for text in stated)


def _same(text: str, page: Url) -> bool:
    url = urls.parse(text[:2_048], page)
    return url is not None and _bare(url) == _bare(page)


def _bare(url: Url) -> str:
    return url.host.removeprefix("www.") + url.target.rstrip("/")


# --- elements -----------------------------------------------------------------------


def _candidates(elements: Elements) -> Iterator[LexborNode]:
    for tag, node in elements.hrefs:
        if tag == "link":
            continue
        attributes = node.attributes
        if "license" in (attributes.get("rel") or "").lower() or _LICENCE_HREF.search(
            attributes.get("href") or ""
        ):
            yield node
    for node, attributes in elements.marked:
        names = f"{attributes.get('itemprop') or ''} {attributes.get('property') or ''}"
        if "license" in names.lower() and (node.tag != "meta" or "itemprop" in attributes):
            yield node


def _from_elements(elements: Elements, page: Url) -> Iterator[LicenceClaim]:
    seen: set[int] = set()
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
        if (attributes.get("type") or "").lower() == _RSL:
            continue
        place = "microdata" if attributes.get("itemprop") else "rdfa" if marked else "a"
        scope, confidence, raw = _weigh(node, page, declared=declared or marked)
        yield _claim(named, place, scope, confidence, raw or target or "")


def _weigh(node: LexborNode, page: Url, *, declared: bool) -> tuple[str, float, str]:
    """Return scope, confidence and surroundings of a licence link."""
    footer, sentence = False, ""
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
            return "media", _MEDIA_CONFIDENCE, node.text()[:RAW]
        if tag in _QUOTE_TAGS or tag == "aside" or _PART_LOOK.search(look):
            return "part", 0.2, node.text()[:RAW]
        about = attributes.get("about")
        if about and current is not node and not _same(about, page):
            return "other", _MEDIA_CONFIDENCE, node.text()[:RAW]
        footer = footer or tag == "footer" or bool(_FOOT_LOOK.search(look))
        if len(sentence) < _SENTENCE:
            sentence = " ".join(current.text(separator=" ")[: 2 * RAW].split())
        current = current.parent
    if typed is not None and declared and node.attributes.get("itemprop"):
        scope, confidence = _typed_scope(typed, ours=True)
        return scope, min(confidence, 0.9), sentence
    return _weigh_words(sentence, declared=declared, footer=footer)


def _weigh_words(sentence: str, *, declared: bool, footer: bool) -> tuple[str, float, str]:
    context: Context = read_words(sentence)
    if context.media or context.code or context.other:
        scope = "media" if context.media else "code" if context.code else "other"
        return scope, _MEDIA_CONFIDENCE if not context.whole else 0.4, sentence
    if context.states and context.whole:
        confidence = 0.85 if declared else 0.82
        scope = "site" if context.site else "page"
    elif declared:
        confidence = 0.75 if footer else 0.7
        scope = "site" if footer else "page"
    else:
        confidence = _FOOTER if footer else 0.3
        scope = "site" if footer else "unknown"
    confidence *= hedged(sentence)
    if reserves_all(sentence):
        confidence *= _RESERVED
    return scope, confidence, sentence


# --- text and comments ---------------------------------------------------------------


def _from_text(carriers: Iterable[Carrier]) -> Iterator[LicenceClaim]:
    """Yield what legal prose says in words; the body of an article says nothing here."""
    for carrier in carriers:
        if carrier.kind != "prose":
            continue
        lowered = carrier.text.lower()
        if not any(trigger in lowered for trigger in _TRIGGERS):
            continue
        if reserves_all(carrier.text):
            yield _reserved("text", carrier.text)
        for sentence in statements(carrier.text):
            named = from_text(sentence)
            if named is None:
                continue
            scope, confidence, raw = _weigh_words(sentence, declared=False, footer=True)
            # Words alone: a badge or list entry names a licence without granting it.
            if confidence == _FOOTER:
                confidence = 0.5
            yield _claim(named, "text", scope, confidence, raw)


def _from_comments(elements: Elements, response: Response) -> Iterator[LicenceClaim]:
    """Yield the RDF that old Creative Commons badges put in a comment."""
    if b"rdf:resource" not in response.body:
        return
    html = elements.tree.html or ""
    end = 0
    for _ in range(_COMMENTS):
        start = html.find("<!--", end)
        end = html.find("-->", start)
        if start < 0 or end < 0:
            return
        comment = html[start : min(end, start + _COMMENT_TEXT)]
        work, resource = _WORK.search(comment), _RESOURCE.search(comment)
        if work and resource and (named := from_url(resource[1])):
            ours = not work[1] or _same(work[1], response.url)
            scope, confidence = ("page", 0.5) if ours else ("other", _MEDIA_CONFIDENCE)
            yield _claim(named, "comment", scope, confidence, resource[1])
