"""What was chosen and is no text: what follows its end, copies, notices, unrendered placeholders.

Each is told as a class, from where it stands and what it repeats.
"""

from __future__ import annotations

import re
from typing import Final

from librt.vecs import vec
from mypy_extensions import i64

from crawler.core.content.html import class_words
from crawler.core.content.html.outline import Outline
from crawler.core.content.html.tags import words
from crawler.core.content.text.asides import asides
from crawler.core.content.text.discussion import is_discussion
from crawler.core.content.text.notices import notice_of
from crawler.core.content.text.places import Places
from crawler.core.outcome import NEEDS_BROWSER, NEEDS_CONSENT, NEEDS_LOGIN, NEEDS_SCRIPT

_ARTICLE: Final = 500  # characters of prose that make an article
_SAID: Final = 500  # ... beside which a notice elsewhere is none of the text
_SENTENCE: Final = 80  # characters of a block that counts as prose
_LINKED: Final = 0.3
_CORE_SHARE: Final = 0.8  # of the prose: the smallest box with so much holds the article
_MOST_AFTER: Final = 0.4  # of the text: more after the core is no end but a second half
_LEADING: Final = 0.8  # of a headline in a link
_HEADLINE: Final = 15  # characters
_FEWEST_CARDS: Final = 3
_CARD: Final = 6  # blocks
_UP: Final = 4  # boxes between what a card says and the card
_COPIED: Final = 25  # characters of a block that is not said twice by chance
_NESTED: Final = 20  # boxes of a quotation within each other
_FEWEST_COPIED: Final = 2  # different blocks: one may be a refrain
_WHOLE: Final = 500  # characters of a block that holds a whole article again
_WHOLE_SHARE: Final = 0.25  # of the text
_SAME: Final = 0.6  # of such a block that stands in others
_PART: Final = 30  # characters of these
_STRAY: Final = 120  # characters of a notice between paragraphs
_LOGIN: Final = 160
_NOTICE: Final = 30  # characters of a notice that would be missed by its words alone
_PANELS: Final = class_words.CONSENT | class_words.DIALOG
_REPEATED: Final = class_words.QUOTE | class_words.CODE | class_words.TABLE
_ENTRIES: Final = words("dt dd td th")
_HEADINGS: Final = words("h1 h2 h3 h4 h5 h6")
_FIRST: Final = frozenset("[{%<$u")  # signs that a block of nothing else begins with
_PLACEHOLDER: Final = (
    r"\[/?[a-z]\w*(?:[ ][^\[\]=]{0,200}=[^\[\]]{0,400}|[_-][^\[\]]{0,400})?/?\]"
    r"|\{\{[^{}]{0,200}\}\}|\{%[^{}]{0,200}%\}|%%\w{1,60}%%|\$\{[\w. ()]{1,100}\}|<%[^<>]{0,200}%>"
    r"|\{(?:loadposition|loadmodule|module|gallery|youtube)\b[^{}]{0,200}\}"
    r"|\{[a-z]\w{0,40}\}[^{}\n]{0,200}\{/[a-z]\w{0,40}\}"
)
_ONLY_PLACEHOLDERS: Final = re.compile(rf"(?:\s*+(?:{_PLACEHOLDER})[.,:;|!]?)++\s*+")
_A_SHORTCODE: Final = re.compile(r"\[/|[=_-]|[{%$<]")
_CLOSING: Final = re.compile(r"\[/([a-z]\w{0,60})\]", re.IGNORECASE)
_SHORTCODE: Final = re.compile(r"\[/?([a-z]\w{0,60})(?:[ =][^\[\]\n]{0,600})?\]", re.IGNORECASE)
_EMPTY: Final = re.compile(r"\[object Object\]|\bundefined\b \bundefined\b")
_DUMMY: Final = "Lorem ipsum dolor"  # what designers fill a layout with
_VALUE: Final = r"(?:\"[^\"\]]{0,300}\"|'[^'\]]{0,300}'|[^\s\"'\]]{1,100})"
_UNFILLED: Final = (
    r"(?:\{\{\{?\s?[a-z$_][\w.$ |:'\"(),-]{0,120}\}\}\}?|\{%-?\s?\w[^{}%]{0,200}%\}"
    r"|\{[a-z]\w{0,40}\}[^{}\n]{0,200}\{/[a-z]\w{0,40}\}|\{load(?:position|module)\b[^{}]{0,200}\}"
    r"|%%[a-z_]\w{0,60}%%|\$\{[a-z_$][\w.$()]{0,100}\}|<%[=-]?[^<>%]{0,200}%>"
    rf"|\[[a-z][\w-]{{1,60}}(?: [\w-]{{1,40}}={_VALUE}){{1,20}} ?/?\])"
)
_WITHIN: Final = re.compile(rf"^{_UNFILLED} ?| ?{_UNFILLED}", re.IGNORECASE | re.MULTILINE)
_BRACES: Final = ("{{", "{%", "{/", "{load", "${")  # that such begin with


def without_leftovers(
    page: Outline, places: Places, chosen: list[int], readers: set[int]
) -> list[int]:
    """Return the chosen blocks without those that are no text, in order.

    `readers` are the boxes that hold comments.
    """
    prose = _prose(page, chosen)
    teasers = _teasers(page, places, prose)
    if strange := asides(page, places, chosen, prose, teasers):
        chosen = [block for block in chosen if block not in strange]
        prose = [block for block in prose if block not in strange]
    core, total = _core(page, [block for block in prose if block not in teasers])
    if core and total >= _ARTICLE:
        chosen = _to_the_end(page, chosen, page.end[core], teasers, readers)
    chosen = _once(page, places, chosen)
    strange = _strange_notices(page, chosen, core, page.end[core] if total >= _SAID else 0)
    rest = [block for block in chosen if block not in strange] if strange else chosen
    if any(page.tags[page.at[block]] not in _HEADINGS for block in rest):  # else it is the text
        chosen = rest
    for block in chosen:
        if page.hints[page.at[block]] & class_words.CODE:
            return chosen
    chosen = [block for block in chosen if not is_unrendered(page.texts[block])]
    dummies = [block for block in chosen if page.texts[block].startswith(_DUMMY)]
    if not dummies or 2 * _size(page, dummies) > _size(page, chosen):
        return chosen
    return [block for block in chosen if block not in dummies]


def _size(page: Outline, blocks: list[int]) -> int:
    return sum([len(page.texts[block]) for block in blocks])


def _prose(page: Outline, blocks: list[int]) -> list[int]:
    return [
        block
        for block in blocks
        if len(page.texts[block]) >= _SENTENCE
        and page.link_chars[block] < _LINKED * len(page.texts[block])
    ]


def _core(page: Outline, prose: list[int]) -> tuple[int, int]:
    """Return the smallest box with most of the prose, and how many characters that all has."""
    sizes = vec[i64]([0] * len(page.parent))
    total = 0
    for block in prose:
        size = len(page.texts[block])
        total += size
        sizes[page.at[block]] += size
    if not total:
        return 0, 0
    enough = _CORE_SHARE * total
    box = len(sizes) - 1
    while box > 0:  # boxes that hold more than half lie in each other
        if float(sizes[box]) >= enough:
            break
        sizes[page.parent[box]] += sizes[box]
        box -= 1
    return int(box), total


def _teasers(page: Outline, places: Places, prose: list[int]) -> set[int]:
    """Return what is said of other pages, in cards that are alike and begin with a link.

    Where most is said so, the page is a list of such and they are its text.
    """
    at, parent = page.at, page.parent
    near = _near_headlines(page)
    known: dict[int, set[int]] = {}  # by box: those right in it that have others like them
    found: set[int] = set()
    for block in prose:
        if not near[block]:
            continue
        box = at[block]
        for _ in range(_UP):
            if not box:
                break
            around = parent[box]
            cards = known.get(around)
            if cards is None:
                cards = known[around] = _cards(page, places, around)
            if box in cards and _is_card(page, box, block):
                found.add(block)
                break
            box = around
    said = sum([len(page.texts[block]) for block in found])
    return found if 2 * said < sum([len(page.texts[block]) for block in prose]) else set()


def _near_headlines(page: Outline) -> vec[bool]:
    """Return whether each block may stand in one card with a headline in a link."""
    count = len(page.at)
    near = vec[bool]([False] * count)
    for block, linked in enumerate(page.link_chars):
        if linked and _is_headline(page, block):
            for other in range(max(0, block - _CARD), min(count, block + _CARD + 1)):
                near[other] = True
    return near


def _is_headline(page: Outline, block: int) -> bool:
    size = len(page.texts[block])
    return size >= _HEADLINE and page.link_chars[block] >= _LEADING * size


def _cards(page: Outline, places: Places, around: int) -> set[int]:
    """Return the boxes right in one that have at least two others like them beside them."""
    found: set[int] = set()
    box, end = around + 1, page.end[around]
    while box < end:
        if places.beside[box] >= _FEWEST_CARDS:
            found.add(box)
        box = page.end[box]
    return found


def _is_card(page: Outline, box: int, block: int) -> bool:
    """Whether a box is of a few blocks around this one, with a headline in a link."""
    end = page.end[box]
    inside = 0
    leads = False
    for other in range(max(0, block - _CARD), min(len(page.at), block + _CARD + 1)):
        if box <= page.at[other] < end:
            inside += 1
            leads = leads or _is_headline(page, other)
    return leads and inside <= _CARD


def _to_the_end(
    page: Outline, chosen: list[int], end: int, teasers: set[int], readers: set[int]
) -> list[int]:
    """Return the blocks up to the end of the article: after it stand teasers of others."""
    after = [block for block in chosen if page.at[block] >= end]
    size = sum([len(page.texts[block]) for block in after if block not in teasers])
    if not after or size > _MOST_AFTER * sum([len(page.texts[block]) for block in chosen]):
        return chosen
    if is_discussion(page, readers, chosen):
        return chosen
    return [block for block in chosen if page.at[block] < end]


# --- copies -------------------------------------------------------------------------------


def _once(page: Outline, places: Places, chosen: list[int]) -> list[int]:
    """Return the blocks without those that say again what stands in another, word for word."""
    texts, at = page.texts, page.at
    first: dict[str, int] = {}
    copies: set[int] = set()
    for block in chosen:
        text = texts[block]
        box = at[block]
        if len(text) < _COPIED or page.hints[box] & _REPEATED or page.tags[box] in _ENTRIES:
            continue
        other = first.setdefault(text, block)
        # Side by side, or in the same place of two items, it is said twice; a copy stands apart.
        if page.parent[at[other]] != page.parent[box] and places.of[at[other]] != places.of[box]:
            hidden = page.hints[at[other]] & class_words.HIDDEN and not (
                page.hints[box] & class_words.HIDDEN
            )
            copies.add(other if hidden else block)
            first[text] = block if hidden else other
    if len({texts[block] for block in copies}) < _FEWEST_COPIED:
        copies = {block for block in copies if page.hints[at[block]] & class_words.HIDDEN}
    copies |= _whole_copies(page, chosen) | _quoted(page, chosen)
    return [block for block in chosen if block not in copies] if copies else chosen


def _quoted(page: Outline, chosen: list[int]) -> set[int]:
    """Return the blocks of quotations that mostly say again what stands in the page.

    A discussion quotes each of its posts before the answers to it.
    """
    hints, at, parent = page.hints, page.at, page.parent
    quotes: dict[int, list[int]] = {}  # by outermost box
    said: set[str] = set()
    for block in chosen:
        box = at[block]
        if not hints[box] & class_words.QUOTE:
            said.add(page.texts[block])
            continue
        for _ in range(_NESTED):
            if not hints[parent[box]] & class_words.QUOTE:
                break
            box = parent[box]
        quotes.setdefault(int(box), []).append(block)
    found: set[int] = set()
    for blocks in quotes.values():
        size = copied = 0
        for block in blocks:
            text = page.texts[block]
            size += len(text)
            copied += len(text) if len(text) >= _COPIED and text in said else 0
        if 2 * copied > size:
            found.update(blocks)
    return found


def _whole_copies(page: Outline, chosen: list[int]) -> set[int]:
    """Return the blocks that hold in one piece what other blocks hold in parts."""
    texts = page.texts
    total = sum([len(texts[block]) for block in chosen])
    found: set[int] = set()
    for block in chosen:
        size = len(texts[block])
        if size < _WHOLE or size < _WHOLE_SHARE * total:
            continue
        packed = "".join(texts[block].split())
        said = 0
        for other in chosen:
            if other != block and len(texts[other]) >= _PART and other not in found:
                part = "".join(texts[other].split())
                said += len(part) if part in packed else 0
        if said > _SAME * len(packed):
            found.add(block)
    return found


# --- notices ------------------------------------------------------------------------------


def _strange_notices(page: Outline, chosen: list[int], core: int, end: int) -> set[int]:
    """Return the notices that are none of the text: elsewhere, or alone in what they speak of.

    The text stands in the boxes from `core` to `end`, 0 if there is little of it.
    """
    found: set[int] = set()
    for block in chosen:
        text = page.texts[block]
        if page.tags[page.at[block]] in _HEADINGS:
            continue
        if core <= page.at[block] < end:
            if _is_alone(page, chosen, block, core):
                found.add(block)
        elif (
            len(text) >= _NOTICE
            and (code := notice_of(text))
            and (code != NEEDS_LOGIN or (end and len(text) <= _LOGIN))
            and (code != NEEDS_CONSENT or end or _asks_consent(page, block, core))
        ):
            found.add(block)
    return found


def _asks_consent(page: Outline, block: int, core: int) -> bool:
    """Whether a block stands in a panel about consent, and the text around does not."""
    return page.hints[page.at[block]] & ~page.hints[core] & _PANELS != 0


def _is_alone(page: Outline, chosen: list[int], block: int, core: int) -> bool:
    """Whether a block within a text is a notice, of what is nowhere else spoken of."""
    text = page.texts[block]
    if _asks_consent(page, block, core):
        return notice_of(text) == NEEDS_CONSENT
    if len(text) > _STRAY:
        return False
    low = text.lower()
    name = "javascript" if "javascript" in low else "browser"
    return (
        name in low
        and notice_of(text) in (NEEDS_SCRIPT, NEEDS_BROWSER)
        and sum([name in page.texts[other].lower() for other in chosen]) == 1
    )


# --- placeholders -------------------------------------------------------------------------


def filled(text: str) -> str:
    """Return a text without the placeholders in it, and the shortcodes around its words.

    `{{ name }}`, `%%name%%`, `[name key="..."]`; `[name ...]` with its `[/name]`.
    """
    names = set(_CLOSING.findall(text)) if "[/" in text else set()
    if names:
        text = _SHORTCODE.sub(lambda match: "" if match[1] in names else match[0], text)
    return _WITHIN.sub("", text)


def may_be_unfilled(text: str) -> bool:
    """Whether a text holds a sign that a placeholder or shortcode begins with."""
    # One sign is found quicker than two: most texts have none.
    return (
        ("{" in text and any(sign in text for sign in _BRACES))
        or ("[" in text and ("[/" in text or '="' in text))
        or ("%" in text and ("%%" in text or "<%" in text))
    )


def is_unrendered(text: str) -> bool:
    """Whether a block is nothing but shortcodes and placeholders that were never filled."""
    if text[:1] not in _FIRST:
        return False
    return (
        _ONLY_PLACEHOLDERS.fullmatch(text) is not None and _A_SHORTCODE.search(text) is not None
    ) or _EMPTY.fullmatch(text) is not None
