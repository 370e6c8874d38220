"""What a page says of itself, and which carrier said it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from html import unescape
from itertools import islice

from crawler.core.content.html import json_ld
from crawler.core.content.html.markup import REL, Attributes, Markup, opening_of
from crawler.core.content.html.spaces import squeezed
from crawler.core.content.html.tags import NUMBER
from crawler.core.content.metadata.dates import iso
from crawler.core.content.metadata.language import primary
from crawler.core.document import Metadata
from crawler.core.evidence import Carrier
from crawler.core.response import Response
from crawler.core.urls import Url

MAX_TEXT = 1_000  # characters of a field
MAX_AUTHORS = 50
_ARTICLE = re.compile(r"Article|Posting|Report|Page|Recipe|HowTo|Book|Product|Course|CreativeWork")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*\Z")

_DATETIME = opening_of("datetime")
_ITEMTYPE, _TYPEOF = opening_of("itemtype"), opening_of("typeof")
_TITLE = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "title")
_AUTHOR = (
    "author", "article:author", "dc.creator", "dcterms.creator", "citation_author", "byl",
    "parsely-author", "sailthru.author", "twitter:creator",
)  # fmt: skip
_PUBLISHER = (
    "og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher", "application-name",
    "publisher", "copyright-holder",
)  # fmt: skip
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "dc.date.issued",
    "dcterms.issued", "dcterms.date", "dc.date", "date", "pubdate", "publishdate",
    "citation_publication_date", "citation_date", "parsely-pub-date", "sailthru.date",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
    "dc.date.modified", "last-modified", "revised",
)  # fmt: skip
_LANGUAGE = ("dc.language", "dcterms.language", "content-language", "language", "og:locale")

_PROPS = frozenset({"headline", "datepublished", "datemodified", "author", "publisher", "creator"})
_DUBLIN_CORE = frozenset({"title", "issued"})
_DC_PREFIXES = frozenset({"dc", "dct", "dcterms"})
_SVG = frozenset({"svg"})
_TIMED = frozenset({"article", "header"})

_Found = tuple[str, str]  # value, source


def read_metadata(
    response: Response, markup: Markup, carriers: tuple[Carrier, ...], canonical: Url | None
) -> Metadata:
    """Return the page's metadata: JSON-LD first, then OpenGraph, metas, microdata, elements."""
    address = canonical.text if canonical is not None else ""
    every = json_ld.page_nodes(carriers)
    nodes = [node for node in every if any(map(_ARTICLE.search, json_ld.types(node)))]
    own = [node for node in nodes if json_ld.is_of(node, (response.url, canonical or response.url))]
    nodes = [json_ld.joined(node, every) for node in own or nodes]
    metas = _metas(carriers)
    props = _itemprops(markup)
    title = _first(
        _from_nodes(nodes, "headline"),
        _from(metas, _TITLE),
        _from(props, ("headline",)),
        _element(markup, "title", "title"),
        _element(markup, "h1", "h1"),
        _from(props, ("title",)),
        _from_nodes(nodes, "name"),
    )
    publisher = _first(
        _from_nodes(nodes, "publisher"), _from(metas, _PUBLISHER), _from(props, ("publisher",))
    )
    published = _first(
        _date(_from_nodes(nodes, "datePublished")),
        _date(_from(metas, _PUBLISHED, iso)),
        _date(_from(props, ("datepublished", "issued"), iso)),
        _date(_time_element(markup)),
    )
    modified = _first(
        _date(_from_nodes(nodes, "dateModified")),
        _date(_from(metas, _MODIFIED, iso)),
        _date(_from(props, ("datemodified",), iso)),
    )
    language = _language(response, markup, metas, nodes)
    authors, author_source = _authors(nodes, metas, props, markup)
    sources = {
        name: found[1]
        for name, found in (
            ("title", title),
            ("publisher", publisher),
            ("published", published),
            ("modified", modified),
            ("language", language),
            ("authors", (" ", author_source) if authors else ("", "")),
            ("canonical", (address, "link canonical")),
        )
        if found and found[0]
    }
    return Metadata(
        title=title[0],
        authors=authors,
        publisher=publisher[0],
        published=published[0],
        modified=modified[0],
        canonical=address,
        language=language[0],
        sources=sources,
    )


def markdown_metadata(response: Response, carriers: tuple[Carrier, ...], heading: str) -> Metadata:
    """Return what the front matter of a Markdown text and its first heading say."""
    stated = {carrier.name: carrier.text.strip("\"' ") for carrier in carriers}

    def first(*names: str) -> _Found:
        return next(((stated[name], "front-matter") for name in names if stated.get(name)), _NONE)

    title = _first(first("title"), (heading[:MAX_TEXT], "heading"))
    authors = first("author", "authors")
    published, modified = _date(first("date", "published")), _date(first("updated", "lastmod"))
    language = _tagged([first("lang", "language"), _header_language(response)])
    named = {"title": title, "published": published, "modified": modified, "language": language}
    return Metadata(
        title=title[0],
        authors=_names(part.strip("\"' ") for part in authors[0].strip("[]").split(",")),
        published=published[0],
        modified=modified[0],
        language=language[0],
        sources={
            name: source
            for name, (value, source) in (named | {"authors": authors}).items()
            if value
        },
    )


def plain_metadata(response: Response, title: str, language: str) -> Metadata:
    """Return what a feed says of itself, or the header of a plain text."""
    spoken = _tagged([(language, "feed"), _header_language(response)])
    named = {"title": (title, "feed"), "language": spoken}
    sources = {name: source for name, (value, source) in named.items() if value}
    return Metadata(title=title[:MAX_TEXT], language=spoken[0], sources=sources)


def document_metadata(response: Response, own: Metadata) -> Metadata:
    """Return what a document says of itself, in the bounds of a page's; else the header."""
    spoken = _tagged([(own.language, own.sources.get("language", "")), _header_language(response)])
    sources = {**own.sources, "language": spoken[1]}
    kept = replace(
        own,
        title=_clean(own.title),
        authors=tuple(dict.fromkeys(filter(None, map(_clean, own.authors))))[:MAX_AUTHORS],
        publisher=_clean(own.publisher),
        language=spoken[0],
    )
    stated = {name: source for name, source in sources.items() if getattr(kept, name)}
    return replace(kept, sources=stated)


_NONE: _Found = ("", "")


def _first(*found: _Found) -> _Found:
    return next((item for item in found if item[0]), _NONE)


def _clean(text: str) -> str:
    return squeezed(text[: 4 * MAX_TEXT])[:MAX_TEXT]


def _metas(carriers: Iterable[Carrier]) -> dict[str, list[_Found]]:
    found: dict[str, list[_Found]] = {}
    for carrier in carriers:
        if carrier.kind == "meta" and carrier.text:
            name = carrier.name.replace("dcterms:", "dcterms.").replace("dc:", "dc.")
            kind = "opengraph" if name.startswith(("og:", "article:")) else "meta"
            found.setdefault(name, []).append((carrier.text, f"{kind} {carrier.name}"))
    return found


def _itemprops(markup: Markup) -> dict[str, list[_Found]]:
    """Return microdata and RDFa properties that describe the page."""
    found: dict[str, list[_Found]] = {}
    for element in markup.marked[:500]:
        attributes = markup.attributes(element)
        for key, kind in (("itemprop", "microdata"), ("property", "rdfa")):
            prefix, _, name = attributes.get(key, "").strip().lower().rpartition(":")
            if name not in _PROPS and not (name in _DUBLIN_CORE and prefix in _DC_PREFIXES):
                continue
            is_meta = key == "property" and markup.tag(element) == "meta"
            if is_meta or not _of_article(markup, element):
                continue
            text = _value(markup, element, attributes)
            if text.strip():
                found.setdefault(name, []).append((text, f"{kind} {name}"))
    return found


def _of_article(markup: Markup, element: int) -> bool:
    """Whether a property is said of the page or an article, not of a comment or picture."""
    up = int(markup.parents[element])
    while up >= 0:
        kind = markup.attribute(up, _ITEMTYPE) or markup.attribute(up, _TYPEOF)
        if kind:
            return _ARTICLE.search(kind) is not None
        up = int(markup.parents[up])
    return True


def _value(markup: Markup, element: int, attributes: Attributes) -> str:
    """Return what a property says: its attribute, the name of the thing it is, or its text."""
    if text := attributes.get("content") or attributes.get("datetime"):
        return text
    if "itemscope" in attributes or "typeof" in attributes:
        for inner in markup.marked:
            if element < inner < markup.last[element]:
                own = markup.attributes(inner)
                names = f"{own.get('itemprop', '')} {own.get('property', '')}".split()
                if any(name.rpartition(":")[2] == "name" for name in names):
                    return own.get("content") or markup.text(inner)[:500]
    return markup.text(element)[:500]


def _from(
    found: dict[str, list[_Found]],
    names: tuple[str, ...],
    accepts: Callable[[str], object] = bool,
) -> _Found:
    for name in names:
        for text, source in found.get(name, ()):
            if (value := _clean(text)) and accepts(value):
                return value, source
    return _NONE


def _from_nodes(nodes: list[json_ld.Node], key: str) -> _Found:
    for node in nodes:
        for text in json_ld.texts(node.get(key)):
            return _clean(unescape(text)), f"jsonld {key}"
    return _NONE


def _date(found: _Found) -> _Found:
    """Return the date in ISO 8601, none if it is in another form."""
    day = iso(found[0])
    return (day, found[1]) if day else _NONE


def _element(markup: Markup, selector: str, source: str) -> _Found:
    found = markup.of(NUMBER[selector])[:20]
    for element in [element for element in found if not markup.is_inside(element, _SVG)][:3]:
        if text := _clean(markup.text(element)[: 4 * MAX_TEXT]):
            return text, source
    return _NONE


def _time_element(markup: Markup) -> _Found:
    for element in markup.of(NUMBER["time"])[:20]:
        text = _clean(markup.attribute(element, _DATETIME) or "")
        if iso(text) and markup.is_inside(element, _TIMED):
            return text, "time"
    return _NONE


def _authors(
    nodes: list[json_ld.Node],
    metas: dict[str, list[_Found]],
    props: dict[str, list[_Found]],
    markup: Markup,
) -> tuple[tuple[str, ...], str]:
    for node in nodes:
        names = json_ld.texts(node.get("author")) or json_ld.texts(node.get("creator"))
        if kept := _names(map(unescape, names)):
            return kept, "jsonld author"
    for found in (metas, props):
        for name in (*_AUTHOR, "creator"):
            if name in found and (kept := _names([text for text, _ in found[name]])):
                return kept, found[name][0][1]
    links = (
        markup.text(element)[:200]
        for element in markup.of(NUMBER["a"])
        if (rel := markup.attribute(element, REL)) and "author" in rel.lower().split()
    )
    return _names(islice(links, 5)), "rel author"


def _names(found: Iterable[str]) -> tuple[str, ...]:
    """Return each name once; an address is no name."""
    cleaned = (_clean(name) for name in found)
    kept = dict.fromkeys(
        name for name in cleaned if name and not name.startswith(("http://", "https://", "@"))
    )
    return tuple(kept)[:MAX_AUTHORS]


def _language(
    response: Response,
    markup: Markup,
    metas: dict[str, list[_Found]],
    nodes: list[json_ld.Node],
) -> _Found:
    attributes = markup.attributes(0) if len(markup.kinds) else {}
    candidates = [
        (attributes.get("lang", ""), "html lang"),
        (attributes.get("xml:lang", ""), "html xml:lang"),
        *metas.get("content-language", ()),
        _header_language(response),
        *(found for name in _LANGUAGE for found in metas.get(name, ())),
        _from_nodes(nodes, "inLanguage"),
    ]
    return _tagged(candidates)


def _header_language(response: Response) -> _Found:
    return response.header("content-language").partition(",")[0], "header content-language"


def _tagged(candidates: Iterable[_Found]) -> _Found:
    """Return the first that is a language tag."""
    for text, source in candidates:
        tag = text.strip().replace("_", "-")[:35]
        if _TAG.match(tag) and primary(tag):
            return tag, source
    return _NONE
