"""The extractors by name. Each gives the main text of a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from selectolax.lexbor import LexborHTMLParser

from crawler.core.content.html.markup import Markup
from crawler.core.content.html.outline import Outline
from crawler.core.content.text import fast_extractor
from crawler.core.content.text.article_body import stated_body
from crawler.core.content.text.render import render
from crawler.core.urls import Url

_SHORT = 250  # characters


@dataclass(frozen=True, slots=True)
class Source:
    """What an extractor may read of a page."""

    html: str
    markup: Markup
    outline: Outline
    pages: tuple[Url, ...] = ()  # addresses the page goes by; none: what it states is its own


class MissingExtra(RuntimeError):  # noqa: N818 - it says what is missing
    """The extractor chosen needs a package that is not installed."""


def extract(name: str, source: Source, *, markdown: bool, comments: bool | str) -> str:
    """Return the main text as the extractor called `name` sees it.

    Raises:
        MissingExtra: Its package is not installed; the message names the extra.
    """
    return _EXTRACTORS[name](source, markdown, comments)


def version_of(name: str) -> str:
    """Return the version stored beside a text."""
    if name == fast_extractor.NAME:
        return fast_extractor.VERSION
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _fast(source: Source, markdown: bool, comments: bool | str) -> str:  # noqa: FBT001 - one face
    page = source.outline
    text = render(page, fast_extractor.main_blocks(page, comments=comments), markdown=markdown)
    if len(text) < _SHORT and not source.markup.unquoted():
        # A page drawn by scripts may still carry its article for search engines.
        stated = stated_body(source.markup, source.pages)
        return stated if len(stated) > max(_SHORT, len(text)) else text
    return text


def _resiliparse(source: Source, markdown: bool, comments: bool | str) -> str:  # noqa: ARG001, FBT001
    try:
        from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415 - optional
    except ImportError as error:
        raise MissingExtra('extractor "resiliparse" needs the package resiliparse') from error
    return str(
        extract_plain_text(
            _without_nosnippet(source),
            main_content=True,
            alt_texts=False,
            comments=bool(comments),
            preserve_formatting=True,
        )
    )


def _trafilatura(source: Source, markdown: bool, comments: bool | str) -> str:  # noqa: FBT001
    try:
        from trafilatura import extract as trafilatura_extract  # noqa: PLC0415 - 0.5 s to load
    except ImportError as error:
        raise MissingExtra(
            'extractor "trafilatura" needs an extra: pip install "consent-crawler[extract]"'
        ) from error
    text = trafilatura_extract(
        _without_nosnippet(source),
        output_format="markdown" if markdown else "txt",
        include_comments=bool(comments),
        include_tables=True,
    )
    return text or ""


def _without_nosnippet(source: Source) -> str:
    """Return the page without the elements that must not be quoted."""
    if not source.markup.unquoted():
        return source.html
    copy = LexborHTMLParser(source.html)
    for node in copy.css("[data-nosnippet]"):
        node.remove()
    return copy.html or ""


_EXTRACTORS: dict[str, Callable[[Source, bool, bool | str], str]] = {
    "fast": _fast,
    "resiliparse": _resiliparse,
    "trafilatura": _trafilatura,
}
