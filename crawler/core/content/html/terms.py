"""Texts that are terms as a whole: a site's conditions, its imprint, its llms.txt, a feed's rights.

Elsewhere only footers and legal boxes speak of rights; here the body does. A page is one by its
address, by its title or first heading, or because it names itself as its terms of service.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from crawler.core import urls
from crawler.core.content.html.markup import REL, Markup
from crawler.core.content.html.outline import Outline
from crawler.core.content.html.tags import NUMBER
from crawler.core.content.html.terms_names import SLUGS, TITLES
from crawler.core.evidence import Carrier
from crawler.core.urls import Url

PIECE: Final = 8_000  # characters of one carrier
MOST: Final = 1_000  # carriers: more text than any page may have
_QUOTED: Final = frozenset({"blockquote", "q", "cite", "pre", "code"})
_LLMS: Final = {"/llms.txt": MOST, "/llms-full.txt": 1}  # the latter holds the site's own pages
_RELS: Final = frozenset({"terms-of-service", "copyright", "license"})
_LINK, _TITLE, _H1 = (NUMBER[tag] for tag in ("link", "title", "h1"))
_PARTS: Final = re.compile(r"\s[-–—|·:»«/]\s|[|»«:]")
_LANGUAGE: Final = re.compile(r"[a-z]{2}(?:[-_][a-z]{2})?")
_TAIL: Final = 32  # characters that may follow in a title: "Terms of use of Example"
_LINKED: Final = 0.7  # of a block's characters, from which several links make it a list
_LONG: Final = 12  # characters of a title that something may follow


def are_terms(markup: Markup, url: Url) -> bool:
    """Whether a page is terms as a whole."""
    return _by_path(url) or _by_title(markup) or _by_link(markup, url)


def body_of(page: Outline) -> Iterator[Carrier]:
    """Yield the text of a page that is terms, without what it quotes."""
    lines = lines_in(page, 0) if page.tags else []
    yield from _pieces("body", "\n".join(lines), "terms", MOST)


def text_of(text: str, url: Url) -> Iterator[Carrier]:
    """Yield a plain text that is terms, or an llms.txt."""
    most = _LLMS.get(url.path)
    if most:
        yield from _pieces("text", text, "llms.txt", most)
    elif _by_path(url):
        yield from _pieces("text", text, "terms", MOST)


def rights_of(rights: str) -> Iterator[Carrier]:
    """Yield what a feed says of rights (RSS `copyright`, Atom `rights`)."""
    yield from _pieces("copyright", rights, "feed", 1)


def ends_of(text: str) -> Iterator[Carrier]:
    """Yield the first and last pages of a document, where its rights are stated."""
    yield from _pieces("text", text, "document", MOST)


def lines_in(page: Outline, box: int) -> list[str]:
    """Return the texts in a box without those that are quoted there, one a line."""
    lines = []
    end = page.end[box]
    skipped = 0  # boxes before this index are quoted
    quoted = set()
    for inner in range(box + 1, end):
        if inner >= skipped and page.tags[inner] in _QUOTED:
            skipped = page.end[inner]
        if inner < skipped:
            quoted.add(inner)
    for index, (text, at) in enumerate(zip(page.texts, page.at, strict=True)):
        if box <= at < end and at not in quoted and not _is_list_of_links(page, index):
            lines.append(" ".join(text.split()))
    return lines


def _is_list_of_links(page: Outline, index: int) -> bool:
    """Tell whether a block is headlines or a menu: they name texts and reserve nothing."""
    share = _LINKED * len(page.texts[index])
    return page.links[index] > 1 and page.link_chars[index] >= share


def _pieces(name: str, text: str, place: str, most: int) -> Iterator[Carrier]:
    """Yield `text` in carriers, parted at line ends where there are some."""
    start = 0
    for _ in range(most):
        end = start + PIECE
        if end < len(text):
            line = text.rfind("\n", start + PIECE // 2, end)
            end = line + 1 if line > 0 else end
        if piece := text[start:end].strip():
            yield Carrier("prose", name, piece, place)
        start = end
        if start >= len(text):
            return


def _by_path(url: Url) -> bool:
    parts = [part for part in url.path.lower().split("/") if part]
    if len(parts) > 1 and _LANGUAGE.fullmatch(parts[-1]):
        parts.pop()
    if not parts:
        return False
    last = parts[-1].partition(".")[0].replace("_", "-")
    return last in SLUGS


def _by_title(markup: Markup) -> bool:
    for kind in (_TITLE, _H1):
        for element in markup.of(kind)[:1]:
            text = " ".join(markup.text(element).split())[:200]
            if any(_is_title(part) for part in _PARTS.split(text)):
                return True
    return False


def _is_title(text: str) -> bool:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).replace("’", "'")
    text = text.strip(" .-–—").lower()
    if text in TITLES:
        return True
    for end in (index for index, character in enumerate(text) if character == " "):
        if end >= _LONG and len(text) - end <= _TAIL and text[:end] in TITLES:
            return True
    return False


def _by_link(markup: Markup, url: Url) -> bool:
    for element in markup.of(_LINK):
        rel = markup.attribute(element, REL)
        rels = rel.lower().split() if rel else []
        if not _RELS.isdisjoint(rels):
            href = markup.attributes(element).get("href", "").strip()[:2_048]
            target = urls.parse(href, url) if href else None
            if target is not None and target.origin == url.origin and target.path == url.path:
                return "terms-of-service" in rels
    return False
