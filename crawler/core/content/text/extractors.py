"""The extractors by name. Each gives the main text of a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from selectolax.lexbor import LexborHTMLParser

from crawler.core.content.html import class_words
from crawler.core.content.html.markup import Markup
from crawler.core.content.html.outline import Outline
from crawler.core.content.html.tags import NUMBER
from crawler.core.content.text import fast_extractor
from crawler.core.content.text.discussion import keeps_comments
from crawler.core.content.text.leftovers import filled, may_be_unfilled
from crawler.core.content.text.recovered import LEAST, recovered
from crawler.core.content.text.render import render
from crawler.core.content.text.shells import shell_of
from crawler.core.outcome import NEEDS_LOGIN
from crawler.core.urls import Url

_CODE = NUMBER["code"]
_SHORT = 80  # characters: with more the page has a text, and its state may be about others


@dataclass(frozen=True, slots=True)
class Source:
    """What an extractor may read of a page."""

    utf8: bytes
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
    return shown_or_carried(name, source, markdown=markdown, comments=comments)[0]


def shown_or_carried(
    name: str, source: Source, *, markdown: bool, comments: bool | str
) -> tuple[str, str]:
    """Return the main text, and where in the page's own state it stood, "" if it is shown.

    A page drawn by scripts may still carry its text. Behind a login nothing is looked for.

    Raises:
        MissingExtra: The package of the extractor is not installed; the message names the extra.
    """
    needs = shell_of(source.markup, source.outline)
    text = "" if needs else _EXTRACTORS[name](source, markdown, comments)
    if len(text) < LEAST and needs != NEEDS_LOGIN and not source.markup.unquoted():
        carried, where = recovered(source.markup, source.pages, stated_only=len(text) > _SHORT)
        if len(carried) > max(LEAST, len(text)):
            return carried, where
    return text, ""


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
    if not may_be_unfilled(text) or page.formulas or _shows_code(source):
        return text
    return filled(text)


def _shows_code(source: Source) -> bool:
    return source.markup.has(_CODE) or class_words.CODE in source.outline.own


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
            comments=_yes_or_no(source, comments),
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
        include_comments=_yes_or_no(source, comments),
        include_tables=True,
    )
    return text or ""


def _yes_or_no(source: Source, comments: bool | str) -> bool:  # noqa: FBT001
    """Return whether to keep comments: "auto" is what the page is, a discussion or not."""
    return keeps_comments(source.outline) if comments == "auto" else bool(comments)


def _without_nosnippet(source: Source) -> str:
    """Return the page without the elements that must not be quoted."""
    if not source.markup.unquoted():
        return source.utf8.decode()
    copy = LexborHTMLParser(source.utf8)
    for node in copy.css("[data-nosnippet]"):
        node.remove()
    return copy.html or ""


_EXTRACTORS: dict[str, Callable[[Source, bool, bool | str], str]] = {
    "fast": _fast,
    "resiliparse": _resiliparse,
    "trafilatura": _trafilatura,
}
