"""What tags, roles and class names say of the text in an element.

Words that page authors and their systems use everywhere; nothing here knows a site.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from mypy_extensions import i64

from crawler.core.content.html.markup import Attributes, Markup, attributes_of
from crawler.core.content.html.tags import NAMES

NAV = 1
HEADER = 1 << 1
FOOTER = 1 << 2
SIDE = 1 << 3
SHARE = 1 << 4
ADVERT = 1 << 5
CONSENT = 1 << 6
RELATED = 1 << 7
COMMENTS = 1 << 8
BYLINE = 1 << 9
FORM = 1 << 10
HIDDEN = 1 << 11
LEGAL = 1 << 12
BUTTON = 1 << 13
MAIN = 1 << 14  # the element says it holds the main content
CONTENT = 1 << 15  # a class that usually does
PRODUCT = 1 << 16
FIGURE = 1 << 17
TABLE = 1 << 18
LIST = 1 << 19
QUOTE = 1 << 20
DIALOG = 1 << 21
SUBSCRIBE = 1 << 22
BREADCRUMB = 1 << 23
ARTICLE = 1 << 24
CARD = 1 << 25
NOSNIPPET = 1 << 26  # data-nosnippet: never part of the extract
LEGAL_PLACE = 1 << 27  # where a publisher speaks of rights: only there may prose reserve them
CODE: Final = 1 << 28  # white space counts
GUTTER: Final = 1 << 29  # numbers of lines, or what else stands beside code
POINTER: Final = 1 << 30  # a permalink or a link to edit, by its class
WRAPPED: Final = 1 << 31  # white space counts, by a style that also texts have
LINES: Final = CODE | GUTTER | CONTENT | LIST | TABLE | PRODUCT | CARD  # no more than a row of code
BITS = 26  # bits that describe; the others are no features

TAG_HINTS = {
    "nav": NAV,
    "menu": NAV,
    "header": HEADER,
    "footer": FOOTER | LEGAL_PLACE,
    "aside": SIDE,
    "form": FORM,
    "fieldset": FORM,
    "button": BUTTON,
    "label": FORM,
    "dialog": DIALOG,
    "main": MAIN,
    "article": ARTICLE,
    "figure": FIGURE,
    "figcaption": FIGURE,
    "table": TABLE,
    "ul": LIST,
    "ol": LIST,
    "dl": LIST,
    "blockquote": QUOTE,
    "address": BYLINE | LEGAL_PLACE,
    "search": FORM,
    **dict.fromkeys(("pre", "textarea", "listing", "xmp", "plaintext"), CODE),
}
LEGAL_STEMS: Final = (
    "copyright copyleft legal licen terms imprint impressum disclaimer colophon "
    "rights footer tdm mentions aviso"
)
_ROLES = {
    "navigation": NAV,
    "menu": NAV,
    "menubar": NAV,
    "banner": HEADER,
    "contentinfo": FOOTER,
    "complementary": SIDE,
    "search": FORM,
    "dialog": DIALOG,
    "alertdialog": DIALOG,
    "button": BUTTON,
    "main": MAIN,
    "article": ARTICLE,
}
# Stems looked for in each word of a class or id; "=" before one asks for the whole word.
_STEMS = {
    NAV: "nav menu toolbar topbar paginat =pager =paging tablist =skip =toc",
    HEADER: "header masthead banner =logo branding sitetitle",
    FOOTER: "foot bottom colophon",
    SIDE: "side =rail widget",
    SHARE: "share sharing social follow facebook twitter reaction",
    ADVERT: "=ad =ads advert sponsor promo banner =dfp outbrain taboola affiliate",
    CONSENT: "cookie consent gdpr privacy onetrust cmpbox cmplz =qc",
    RELATED: "related recommend recirc similar readmore =more =also popular trending latest upsell "
    "crosssell suggest teaser",
    COMMENTS: "comment disqus replies =reply respond discussion",
    BYLINE: "byline author =meta =date =time =tag =tags categor posted credit =bio timestamp",
    FORM: "=form search login signin signup register =input filter facet =sort",
    HIDDEN: "hidden =hide =sr screenreader visually offscreen collapse",
    LEGAL: "legal copyright copyleft disclaimer =terms rights licen imprint impressum mentions "
    "aviso =tdm",
    BUTTON: "=btn button =cta action =cart =buy =price",
    CONTENT: "content article =body entry =post posttext postbody story prose markdown =main =text "
    "richtext description detail document wysiwyg message answer question review",
    PRODUCT: "product =item =spec =specs feature attribute",
    DIALOG: "modal popup overlay lightbox dialog toast notice =alert drawer tooltip",
    SUBSCRIBE: "subscri newsletter mailing paywall donat",
    BREADCRUMB: "breadcrumb crumb",
    LEGAL_PLACE: LEGAL_STEMS,
    CARD: "card =tile =grid carousel =slide slider swiper thumb gallery",
}
_WORD = re.compile(r"[a-z]+")
_PARTS = [(stem, bit) for bit, stems in _STEMS.items() for stem in stems.split() if stem[0] != "="]
# By first letters: a search then tries few branches at each letter.
_ANY_STEM = re.compile(
    "|".join(
        f"{first}(?:{'|'.join(stem[1:] for stem, _ in _PARTS if stem[0] == first)})"
        for first in sorted({stem[0] for stem, _ in _PARTS})
    )
)
_WHOLE_WORDS: dict[str, int] = {}
for _bit, _stems in _STEMS.items():
    for _stem in _stems.split():
        if _stem[0] == "=":
            _WHOLE_WORDS[_stem[1:]] = _WHOLE_WORDS.get(_stem[1:], 0) | _bit
_CONTENT_PROPS = ("articleBody", "description", "text", "reviewBody")
_TELLING = frozenset(
    {
        "role", "hidden", "aria-hidden", "style", "data-nosnippet", "itemprop", "data-line-number",
    }
)  # fmt: skip
_MOST_KNOWN = 16_384  # start tags
_LONG_HEAD = 400  # bytes of a start tag that is not worth remembering
_LOOK = 300  # characters of class and id that are read
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_AS_WRITTEN = re.compile(
    r"white-space\s*:\s*(?:pre-wrap|break-spaces)\s*(?:[;!]|\Z)", re.IGNORECASE
)
_AS_IT_IS = re.compile(r"white-space\s*:\s*pre\s*(?:[;!]|\Z)", re.IGNORECASE)
_UNSELECTED = re.compile(r"user-select\s*:\s*none", re.IGNORECASE)
# Words that say it alone, and pairs of words that say it beside each other.
_GUTTER_WORDS = "lineno linenos linenr linenum linenums linenumber linenumbers gutter ln lnt lntd"
_POINTER_WORDS = "anchor anchorlink anchorjs permalink headerlink hashlink selflink editsection"
_GUTTER_PAIR = re.compile(r"(?:lines?|blob|crayon)[-_](?:nos?|nums?|numbers?|numbering)(?![a-z])")
_POINTER_PAIR = re.compile(
    r"(?<![a-z])(?:(?:hash|header|heading|perma|self|direct|copy|edit)[-_]link|edit[-_]section)(?![a-z])"
)
_NUMBER, _OF_LINE, _LINK, _TO_ITSELF = 1 << 32, 1 << 33, 1 << 34, 1 << 35
_PAIRED = {
    _NUMBER: "no nos num nums number numbers numbering",
    _OF_LINE: "line lines blob crayon",
    _LINK: "link section",
    _TO_ITSELF: "hash header heading perma self direct copy edit",
}
for _bit, _stems in ((GUTTER, _GUTTER_WORDS), (POINTER, _POINTER_WORDS), *_PAIRED.items()):
    for _stem in _stems.split():
        _WHOLE_WORDS[_stem] = _WHOLE_WORDS.get(_stem, 0) | _bit


# By the number of a tag.
_BARE: Final = [(TAG_HINTS.get(name, 0), "") for name in NAMES]

# The pages of a site repeat their start tags.
_known: dict[bytes, tuple[int, str]] = {}


def hints_of(head: bytes, tag: str) -> tuple[int, str]:
    """Return the bits that a start tag itself sets, and its class and id words."""
    found = _known.get(head)
    if found is None:
        found = _read(head, tag)
        if len(head) < _LONG_HEAD:
            if len(_known) >= _MOST_KNOWN:
                _known.clear()
            _known[head] = found
    return found


def hints_at(markup: Markup, element: i64) -> tuple[int, str]:
    """Return the same of an element; of one without attributes it is known."""
    if markup.is_bare(element):
        return _BARE[markup.kinds[element]]
    head = markup.head(int(element))
    found = _known.get(head)
    return found if found is not None else hints_of(head, markup.tag(int(element)))


def _read(head: bytes, tag: str) -> tuple[int, str]:
    bits = TAG_HINTS.get(tag, 0)
    if len(head) == len(tag):
        return bits, ""
    attributes = attributes_of(head)
    look = attributes.get("class", "")
    if name := attributes.get("id"):
        look = f"{look} {name}" if look else name
    if look:
        if len(look) > _LOOK:  # where rights may stand is looked for to the end
            bits |= _of_look(look[_LOOK:]) & LEGAL_PLACE
            look = look[:_LOOK]
        bits |= _of_look(look)
    if not _TELLING.isdisjoint(attributes):
        bits |= _of_others(attributes)
    return bits, look


def _of_others(attributes: Attributes) -> int:
    bits = 0
    for key, value in attributes.items():
        if key == "role":
            bits |= _ROLES.get(value.lower(), 0)
        elif (
            key == "hidden"
            or (key == "aria-hidden" and value == "true")
            or (key == "style" and _HIDING.search(value))
        ):
            bits |= HIDDEN
        elif key == "style":
            bits |= _of_style(value)
        elif key == "data-line-number":
            bits |= GUTTER
        elif key == "data-nosnippet":
            bits |= NOSNIPPET
        elif key == "itemprop" and value in _CONTENT_PROPS:
            bits |= CONTENT
    return bits


def _of_style(style: str) -> int:
    bits = 0
    if "pre" in style and _AS_IT_IS.search(style):
        bits = CODE
    elif ("pre-wrap" in style or "break-" in style) and _AS_WRITTEN.search(style):
        bits = WRAPPED
    if "select" in style and _UNSELECTED.search(style):
        bits |= GUTTER
    return bits


@lru_cache(maxsize=16_384)
def _of_look(look: str) -> int:
    bits = 0
    look = look.lower()
    for word in _WORD.findall(look):
        bits |= _of_word(word)
    if bits >= _NUMBER:
        if bits & _NUMBER and bits & _OF_LINE and _GUTTER_PAIR.search(look):
            bits |= GUTTER
        if bits & _LINK and bits & _TO_ITSELF and _POINTER_PAIR.search(look):
            bits |= POINTER
        bits &= _NUMBER - 1
    return bits


@lru_cache(maxsize=65_536)
def _of_word(word: str) -> int:
    bits = _WHOLE_WORDS.get(word, 0)
    if _ANY_STEM.search(word):  # few words hold one, and every new word comes here
        for stem, bit in _PARTS:
            if stem in word:
                bits |= bit
    return bits
