"""Links that a page calls its site's terms, legal notice or imprint.

By `rel=terms-of-service` anywhere, else by the whole text of the link or the last part of its
path, where a site speaks of itself: in footers, navigation, forms and what stands at the end, never
in an article. What is found is handed over as carriers of the kind "terms": `name` says how it was
told ("rel", "text", "path"), `text` is the address, `type` what the link says.
"""

from __future__ import annotations

from itertools import product
from string import ascii_lowercase
from typing import Final
from urllib.parse import unquote

from mypy_extensions import i64

from crawler.core.content.html.class_words import (
    ARTICLE,
    CONSENT,
    DIALOG,
    FOOTER,
    FORM,
    HEADER,
    LEGAL,
    LEGAL_PLACE,
    MAIN,
    NAV,
    SIDE,
    SUBSCRIBE,
    hints_of,
)
from crawler.core.content.html.links import Joiner
from crawler.core.content.html.markup import Markup
from crawler.core.content.html.terms_link_names import AROUND, HEADS, LONGEST, NAMES, PATHS, folded
from crawler.core.evidence import Carrier
from crawler.core.urls import Url

MOST = 4  # of a page that are handed over
# Links looked at: where a page begins and ends the site speaks of itself.
_FIRST: Final = 60
_LAST: Final = 120
_REL: Final = "terms-of-service"
_NO, _BY_PATH, _BY_TEXT, _BY_REL = 0, 1, 2, 3
_HOW: Final = ("", "path", "text", "rel")
_ITS_OWN: Final = (
    NAV | HEADER | FOOTER | SIDE | CONSENT | FORM | LEGAL | LEGAL_PLACE | DIALOG | SUBSCRIBE
)
_WORK: Final = MAIN | ARTICLE
_OUTER: Final = frozenset({"footer", "small", "address"})
_ENDING: Final = 25  # links at the end of a page that need no footer around them
_LONG_PATH: Final = 3 * LONGEST  # characters of a path's last part, escapes among them
_MOST_TEXTS: Final = 8  # pieces of text in a link that is a name
_LETTERS: Final = 3
# 1 at three letters of ASCII, as a number to the base of 26, with which a name begins.
_BEGINS: Final = bytes(
    "".join(letters) in HEADS for letters in product(ascii_lowercase, repeat=_LETTERS)
)


def find_terms(markup: Markup, joiner: Joiner, page: Url) -> tuple[Carrier, ...]:
    """Return the links to terms pages, the surest first, each address once."""
    found: list[tuple[int, int, int, str]] = []
    pointers = markup.pointers()
    count = len(pointers)
    ending, last = count - _ENDING, count - _LAST
    for number in range(count):
        element, href, rel = pointers[number]
        if rel is None and _FIRST <= number < last:
            continue
        how = _how(markup, element, href, rel)
        if how != _NO and (how == _BY_REL or _is_its_own(markup, element, number >= ending)):
            found.append((-how, number, element, href))
    return _carriers(markup, found, joiner, page) if found else ()


def _carriers(
    markup: Markup, found: list[tuple[int, int, int, str]], joiner: Joiner, page: Url
) -> tuple[Carrier, ...]:
    carriers: dict[str, Carrier] = {}
    for how, _, element, href in sorted(found):
        url = joiner.join(href)
        if url is None or url.path == "/" or url.text == page.text:
            continue
        text = " ".join(markup.text(element, " ").split())[:LONGEST]
        carriers.setdefault(url.text, Carrier("terms", _HOW[-how], url.text, "body", text))
    # A link to another site's terms binds nothing: it takes no place from one of the site's own.
    own = sorted(carriers.values(), key=lambda item: not _is_near(item, joiner, page))
    return tuple(own[:MOST])


def _is_near(item: Carrier, joiner: Joiner, page: Url) -> bool:
    url = joiner.join(item.text)
    return url is not None and url.site == page.site


def _how(markup: Markup, element: int, href: str, rel: str | None) -> int:
    """Say by what a link is told for one to terms; of most three letters say that it is none."""
    if rel is not None and _REL in rel.lower():
        return _BY_REL
    first, last = int(markup.first_text[element]), int(markup.last_text[element])
    if first < last and not _begins_otherwise(markup, first):
        text = markup.one_text(first).strip(AROUND)
        if (text[:3].lower() in HEADS or not text) and _is_name(markup, element, last - first):
            return _BY_TEXT
    if "?" in href or "#" in href:
        href = href.partition("#")[0].partition("?")[0]
    at = href.rfind("/", 0, len(href) - 1) + 1
    head = href[at : at + _LETTERS].lower()
    if (head in HEADS or head[:1] == "%") and len(href) - at <= _LONG_PATH:
        path = href[at:]
        name = unquote(path) if "%" in path else path
        return _BY_PATH if folded(name.rstrip("/").partition(".")[0]) in PATHS else _NO
    return _NO


def _begins_otherwise(markup: Markup, text: int) -> bool:
    """Whether three letters of ASCII stand first in a text that no name begins with."""
    start = markup.text_starts[text]
    if start < 0 or start + _LETTERS > markup.text_ends[text]:
        return False
    code: i64 = 0
    for at in range(start, start + _LETTERS):
        letter: i64 = markup.source[at] | 0x20
        if letter < ord("a") or letter > ord("z"):
            return False
        code = code * 26 + letter - ord("a")
    return not _BEGINS[code]


def _is_name(markup: Markup, element: int, texts: int) -> bool:
    """Say if all that a link says is such a name."""
    if texts > _MOST_TEXTS:
        return False
    text = markup.text(element, " ")
    return len(text) <= LONGEST and folded(text) in NAMES


def _is_its_own(markup: Markup, element: int, ends: bool) -> bool:  # noqa: FBT001 - a plain fact
    """Say if a link stands where a site speaks of itself, not in what it publishes."""
    own = ends
    around = int(markup.parents[element])
    while around >= 0:
        tag = markup.tag(around)
        if tag in _OUTER:
            return True
        bits = hints_of(markup.head(around), tag)[0]
        if tag not in ("html", "body"):
            if bits & _WORK:
                return False
            own = own or bool(bits & _ITS_OWN)
        around = int(markup.parents[around])
    return own
