"""The text of a page and what it says of itself, as a crawl would keep it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from crawler.core.content import document_kind
from crawler.core.content.decoding.hostile import heavy
from crawler.core.content.page import HeavyPage, parse
from crawler.core.content.reading import read
from crawler.core.content.settings import ContentSettings
from crawler.core.document import Document, Link
from crawler.core.given import Absent
from crawler.core.response import Response
from crawler.core.urls import parse as parse_url
from crawler.library.forms import body_of, headers_of


@dataclass(frozen=True, slots=True)
class Page:
    """What is in a page. `problem` says why `text` is empty where the page could not be read."""

    url: str
    text: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)  # publisher, published, modified ...
    licence: str = ""  # SPDX id that is believed of the text, "" for none
    licence_url: str = ""
    licence_class: str = "UNKNOWN"  # PD ATTR SA NC ND ARR UNKNOWN
    licence_confidence: float = 0.0  # 0 to 1
    language: str = "und"  # ISO 639-1 where there is one, else 639-3
    language_score: float = 0.0  # 0 to 1
    encoding: str = ""
    words: int = 0
    text_sha256: str = ""  # of the text normalised
    links: tuple[str, ...] = ()  # addresses it points to, in order, each once
    problem: str = ""  # "", "type", "empty", "parse-timeout", ...: docs/outcomes.md


def read_page(html: object, url: object, headers: object = None) -> Page:
    """Return the text, metadata, licence, language and links of a page.

    This says what is there, not that it may be used: that is `Consent.decide`.

    Args:
        html: Bytes as they came (content codings undone), or a text.
        url: The address it came from; links are resolved against it.
        headers: Field lines of its answer, in any form that `Consent.decide` takes. Without a
            Content-Type it is read as HTML.

    Raises:
        TypeError: Something is given in a form that has no meaning.
        ValueError: `url` is no address of a page.
    """
    body = body_of(html, "html")
    target = parse_url(str(url))
    if target is None:
        raise ValueError(f"url: {str(url)[:200]!r} is no address of a page: give it whole")
    if body is None:
        raise TypeError("html: give bytes or a text")
    lines = headers_of(headers) or ()
    if not any(name == "content-type" for name, _ in lines):
        lines = (*lines, ("content-type", "text/html"))
    data = b"" if isinstance(body, Absent) else body
    return read_response(Response(target, 200, lines, data), ContentSettings())


def read_response(response: Response, settings: ContentSettings) -> Page:
    """Read an answer; one that may hang the parser is read in a process that can be ended."""
    if not response.body:
        return Page(response.url.text, problem="empty")
    if not heavy(response):
        try:
            return page_of(response, settings)
        except HeavyPage:
            pass
    from crawler.library import apart  # noqa: PLC0415 - it loads what talks to processes

    arguments = (response, settings, False)
    bounds = settings.documents if document_kind(response) else None
    try:
        return cast("Page", apart.run("crawler.library.page:page_of", arguments, bounds))
    except apart.Disposed as disposed:
        return Page(response.url.text, problem=disposed.code)


def page_of(response: Response, settings: ContentSettings, bounded: bool = True) -> Page:  # noqa: FBT001, FBT002
    """Return what is in an answer.

    Raises:
        HeavyPage: Where `bounded`, for one that is seen to be heavy once it is parsed.
    """
    page = parse(response, bounded=bounded, settings=settings)
    if page.kind is None:
        return Page(response.url.text, problem="type")
    if page.contents is not None and page.contents.problem:
        return Page(response.url.text, problem=page.contents.problem)
    return _page(read(page, settings), response.url.text, page.links())


def loaded() -> None:
    """Do nothing: what this module needs is loaded by then."""


def _page(document: Document, url: str, links: tuple[Link, ...]) -> Page:
    about, licence = document.metadata, document.licence
    fields = {
        "publisher": about.publisher,
        "published": about.published,
        "modified": about.modified,
        "canonical": about.canonical,
        "language": about.language,
        **{f"attribution_{name}": text for name, text in licence.attribution.items()},
    }
    return Page(
        url=url,
        text=document.text,
        title=about.title,
        authors=about.authors,
        metadata={name: text for name, text in fields.items() if text},
        licence=licence.spdx,
        licence_url=licence.url,
        licence_class=licence.kind,
        licence_confidence=licence.confidence,
        language=document.language,
        language_score=document.language_score,
        encoding=document.encoding,
        words=document.words,
        text_sha256=document.text_sha256,
        links=tuple(dict.fromkeys(link.url.text for link in links)),
        problem="" if document.text else "empty",
    )
