"""The text that a page drawn by scripts states for search engines: `articleBody` in JSON-LD."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from crawler.core.content.html import json_ld
from crawler.core.content.html.markup import Markup
from crawler.core.content.html.outlining import outline
from crawler.core.content.html.parsing import cut
from crawler.core.content.html.signal_elements import scripts
from crawler.core.content.text.render import render
from crawler.core.urls import Url

_REFERENCE: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG: Final = re.compile(
    r"</?(?:p|br|div|span|a|b|i|u|em|strong|h[1-6]|ul|ol|li|img|figure|blockquote|table|t[rdh]|hr"
    r"|section|article|script|style|sup|sub|small|code|pre|q|font|center)(?:[ /][^<>]*)?>",
    re.IGNORECASE,
)
_MOST_WRAPPINGS: Final = 3  # times a text may have been escaped


def stated_body(markup: Markup, pages: Iterable[Url]) -> str:
    """Return the longest body stated of one of `pages`, "" if none is, as its readers see it."""
    pages = tuple(pages)
    nodes = [
        node
        for node in json_ld.page_nodes(scripts(markup))
        if isinstance(node.get("articleBody"), str) and (not pages or json_ld.is_of(node, pages))
    ]
    return plain(max((node["articleBody"] for node in nodes), key=len, default=""))


def plain(text: str) -> str:
    """Return a text without the markup and character references it was written with."""
    text = text.strip().removeprefix("<![CDATA[").removesuffix("]]>")
    for _ in range(_MOST_WRAPPINGS):
        if _TAG.search(text):
            page = outline(cut((LexborHTMLParser(text).html or "").encode("utf-8", "replace")))
            return render(page, range(len(page.texts)))
        if not _REFERENCE.search(text):
            break
        text = _REFERENCE.sub(_meant, text)
    return text.strip()


def _meant(match: re.Match[str]) -> str:
    return unescape(match[0])
