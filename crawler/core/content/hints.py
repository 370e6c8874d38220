"""What tags, roles and class names say of the text in an element.

Words that page authors and their systems use everywhere; nothing here knows a site.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

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
BITS = 26  # bits that describe; NOSNIPPET forbids

TAG_HINTS = {
    "nav": NAV,
    "menu": NAV,
    "header": HEADER,
    "footer": FOOTER,
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
    "address": BYLINE,
    "search": FORM,
}
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
_WORDS = {
    NAV: "nav|menu|toolbar|topbar|pagination|pager|paging|tabs?list|skip|toc|index-?links",
    HEADER: "header|masthead|banner|site-?title|logo|branding",
    FOOTER: "foot|bottom|colophon",
    SIDE: "side|aside|rail|widget|col(?:umn)?-?(?:left|right)",
    SHARE: "share|sharing|social|follow|facebook|twitter|reaction|like-?b",
    ADVERT: r"\bads?\b|\bad-|advert|sponsor|promo|banner|dfp|outbrain|taboola|affiliate",
    CONSENT: "cookie|consent|gdpr|privacy|onetrust|cmp-",
    RELATED: "related|recommend|recirc|similar|read-?more|read-?next|more-|see-?also|also-|popular|"
    "trending|latest|upsell|cross-?sell|suggest|teaser|you-?may",
    COMMENTS: "comment|disqus|replies|respond|discussion",
    BYLINE: r"byline|author|\bmeta\b|-meta|meta-|date|time|tags?\b|categor|posted|credit|breadcrumb"
    "|bio",
    FORM: "form|search|login|signin|sign-?up|register|input|filter|facet|sort",
    HIDDEN: r"hidden|hide\b|sr-only|screen-?reader|visually|offscreen|collapse",
    LEGAL: "legal|copy-?right|copyleft|disclaimer|terms|rights|licen|impr(?:int|essum)|mentions|aviso|tdm",
    BUTTON: r"btn|button|\bcta|action|cart|buy|price-",
    CONTENT: r"content|article|body|entry|\bpost\b|post-?(?:text|content|body)|story|prose|markdown|"
    r"main|text|rich|description|detail|document|wysiwyg|message|answer|question|review",
    PRODUCT: "product|item|spec|feature|attribute",
    DIALOG: "modal|popup|pop-up|overlay|lightbox|dialog|toast|notice|alert|drawer|tooltip",
    SUBSCRIBE: "subscri|newsletter|signup|sign-up|mailing|paywall|donat",
    BREADCRUMB: "breadcrumb|crumbs?",
    CARD: "card|tile|grid|carousel|slide|swiper|thumb|gallery",
}
_PATTERN = re.compile("|".join(f"(?P<b{bit}>{words})" for bit, words in _WORDS.items()))
_GROUP_BIT = {f"b{bit}": bit for bit in _WORDS}
_LOOK = 300  # characters of class and id that are read
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def hints_of(tag: str, attributes: Mapping[str, str | None]) -> int:
    """Return the bits that an element's tag and attributes set."""
    bits = TAG_HINTS.get(tag, 0)
    if not attributes:
        return bits
    look = look_of(attributes)
    if look:
        bits |= _of_look(look)
    role = attributes.get("role")
    if role:
        bits |= _ROLES.get(role.lower(), 0)
    if (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or ("style" in attributes and _HIDING.search(attributes["style"] or ""))
    ):
        bits |= HIDDEN
    if "data-nosnippet" in attributes:
        bits |= NOSNIPPET
    if attributes.get("itemprop") in ("articleBody", "description", "text", "reviewBody"):
        bits |= CONTENT
    return bits


def look_of(attributes: Mapping[str, str | None]) -> str:
    """Return the class and id words of an element."""
    look, name = attributes.get("class"), attributes.get("id")
    if look and name:
        return f"{look} {name}"[:_LOOK]
    return (look or name or "")[:_LOOK]


@lru_cache(maxsize=16_384)
def _of_look(look: str) -> int:
    bits = 0
    for match in _PATTERN.finditer(look.lower()):
        bits |= _GROUP_BIT[match.lastgroup or ""]
    return bits
