"""The text of a document by way of HTML: what pages are read by reads its chapters, too."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from crawler.core.content.documents.contents import MOST_LINKS
from crawler.core.content.html.markup import Markup, opening_of
from crawler.core.content.html.outlining import outline
from crawler.core.content.html.parsing import cut, serialised
from crawler.core.content.html.tags import NUMBER
from crawler.core.content.settings import ContentSettings
from crawler.core.content.text.render import render

_HREF = opening_of("href")
_A = NUMBER["a"]

__all__ = ["escape", "links_in", "parsed", "text_of"]


def parsed(html: str | bytes) -> Markup:
    """Return the markup of a chapter."""
    return cut(serialised(html))


def text_of(markup: Markup, settings: ContentSettings) -> tuple[str, bool]:
    """Return all the text of a chapter, and whether there was more than is read."""
    page = outline(markup, keep_formulas=settings.formulas != "drop")
    return render(page, range(len(page.texts)), markdown=settings.markdown), page.full


def links_in(markup: Markup) -> Iterator[str]:
    """Yield the addresses on the web that a chapter links."""
    for element in markup.of(_A)[:MOST_LINKS]:
        href = (markup.attribute(element, _HREF) or "").strip()[:2_048]
        if href.lower().startswith(("http://", "https://")):
            yield href
