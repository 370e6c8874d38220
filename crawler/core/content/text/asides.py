"""What stands within an article and is none of it, by its shape and what it is named.

Lines that are one link between paragraphs, embedded posts, boxes to subscribe, notes on rights,
buttons of every item, forms kept ready, and the next article of a page that goes on.
"""

from __future__ import annotations

from itertools import accumulate
from typing import Final

from crawler.core.content.html import class_words
from crawler.core.content.html.outline import Outline
from crawler.core.content.html.tags import words
from crawler.core.content.text.places import Places

_HEADINGS: Final = words("h1 h2 h3 h4 h5 h6")
_TITLES: Final = words("h1 h2")
_ARTICLE: Final = 250  # characters of prose that make an article
_LONG: Final = 1_500  # ... of which the links below are no text
_LINES: Final = words("li p")
_LINKED: Final = 0.8  # of a line: it is a link
_LINE: Final = 15  # characters
_PARAGRAPHS: Final = 3  # beside such a line
_ENTRIES: Final = words("h1 h2 h3 h4 h5 h6 li dt dd")
_ALL: Final = 0.9  # of a line in links
_ENTRY: Final = 60  # characters of a link in it, in the mean
_BUTTONS: Final = 4  # that say the same
_BUTTON: Final = 40  # characters
_SMALL: Final = 0.2  # of the page's text: a class name on more is about the layout
_HALF: Final = 0.5  # ... what says so of all it holds may be longer
_BOX: Final = 800  # characters of a box to subscribe, with its form
_NOTE: Final = 300  # ... with only a link
_CONTROLS: Final = class_words.FORM | class_words.BUTTON
_NAMED: Final = class_words.SUBSCRIBE | class_words.LEGAL | class_words.RELATED


def asides(
    page: Outline, places: Places, chosen: list[int], prose: list[int], teasers: set[int]
) -> set[int]:
    """Return the chosen blocks that are none of the text.

    `prose` are those of its sentences, `teasers` those of them that speak of other pages.
    """
    size = sum([len(page.texts[block]) for block in prose])
    last = max([block for block in prose if block not in teasers], default=-1)
    long = size >= _LONG
    found = _links(page, chosen, prose, last if long else len(page.texts))
    found |= _controls(page, chosen, links=long)
    if size >= _ARTICLE:
        hints, at = page.hints, page.at
        if named := [block for block in chosen if hints[at[block]] & _NAMED]:
            found |= _in_named(page, named, {block for block in teasers if block > last})
        found |= _next_articles(page, places, chosen)
    return found


def _links(page: Outline, chosen: list[int], prose: list[int], last: int) -> set[int]:
    """Return the lines that are a link: between paragraphs, as an embedded post, at the end.

    `last` is the last block of a text whose end is known.
    """
    tags, at, parent = page.tags, page.at, page.parent
    found: set[int] = set()
    between: list[int] = []
    for block in chosen:
        if not page.links[block] or not _is_link(page, block):
            continue
        tag = tags[at[block]]
        embedded = page.hints[at[block]] & class_words.QUOTE
        if embedded or (block > last and tag in _LINES) or (prose and _is_menu(page, block)):
            found.add(block)
        elif tag == "p" and len(page.texts[block]) >= _LINE:
            between.append(block)
    if between:
        paragraphs: dict[int, int] = {}  # less the lines that are links, by the box around
        for block in prose:
            around = parent[at[block]]
            paragraphs[around] = paragraphs.get(around, 0) + 1
        for block in between:
            around = parent[at[block]]
            paragraphs[around] = paragraphs.get(around, 0) - 1
        found.update(block for block in between if paragraphs[parent[at[block]]] >= _PARAGRAPHS)
    return found


def _is_menu(page: Outline, block: int) -> bool:
    """Whether a line is of several short links and nothing else, and no item or heading."""
    size = len(page.texts[block])
    return (
        page.links[block] > 1
        and page.tags[page.at[block]] not in _ENTRIES
        and page.link_chars[block] >= _ALL * size
        and size < _ENTRY * page.links[block]
    )


def _controls(page: Outline, chosen: list[int], *, links: bool) -> set[int]:
    """Return the buttons, and links if told so, of every item, and what a form keeps ready."""
    found: set[int] = set()
    buttons: dict[str, list[int]] = {}
    for block in chosen:
        box = page.at[block]
        if page.tags[box] == "button" or (
            links and len(page.texts[block]) <= _BUTTON and _is_link(page, block)
        ):
            buttons.setdefault(page.texts[block], []).append(block)
        elif page.tags[box] == "textarea" and page.hints[box] & class_words.HIDDEN:
            found.add(block)
    for alike in buttons.values():
        if len(alike) >= _BUTTONS:
            found.update(alike)
    return found


def _is_link(page: Outline, block: int) -> bool:
    return page.link_chars[block] >= _LINKED * len(page.texts[block])


def _in_named(page: Outline, named: list[int], teasers: set[int]) -> set[int]:
    """Return those of the blocks `named` that stand in small boxes that are no part of a text."""
    sums = _Sums(page, teasers)
    known: dict[int, bool] = {0: False}
    found: set[int] = set()
    for block in named:
        way: list[int] = []
        box = page.at[block]
        while box not in known:
            way.append(box)
            box = page.parent[box]
        inside = known[box]
        for box in reversed(way):
            inside = inside or (page.own[box] & _NAMED != 0 and sums.is_aside(page, box))
            known[box] = inside
        if inside:
            found.add(block)
    return found


class _Sums:
    """What the blocks before each box come to."""

    __slots__ = ("chars", "controls", "headings", "linked", "links", "teasers")

    def __init__(self, page: Outline, teasers: set[int]) -> None:
        size = len(page.tags) + 1
        chars, linked, links, controls, headings, told = [[0] * size for _ in range(6)]
        for block, box in enumerate(page.at):
            chars[box + 1] += len(page.texts[block])
            linked[box + 1] += page.link_chars[block]
            links[box + 1] += page.links[block]
            controls[box + 1] += page.hints[box] & _CONTROLS != 0
            headings[box + 1] += page.tags[box] in _HEADINGS
            told[box + 1] += block in teasers
        self.chars, self.links = list(accumulate(chars)), list(accumulate(links))
        self.controls, self.headings = list(accumulate(controls)), list(accumulate(headings))
        self.teasers, self.linked = list(accumulate(told)), list(accumulate(linked))

    def is_aside(self, page: Outline, box: int) -> bool:
        """Whether a box is small, and has a form, no heading, or teasers, as its name says."""
        end, own = page.end[box], page.own[box]
        size = self.chars[end] - self.chars[box]
        if size > (_SMALL if own & class_words.LEGAL else _HALF) * self.chars[-1]:
            return False
        if own & class_words.SUBSCRIBE and (
            (size <= _BOX and self.controls[end] > self.controls[box])
            or (size <= _NOTE and self.links[end] > self.links[box])
        ):
            return True
        if own & class_words.LEGAL and self.headings[end] == self.headings[box]:
            return True
        return own & class_words.RELATED != 0 and (
            self.teasers[end] > self.teasers[box]
            or self.linked[end] - self.linked[box] >= _LINKED * size
        )


def _next_articles(page: Outline, places: Places, chosen: list[int]) -> set[int]:
    """Return the blocks of further articles beside the first, whose titles are links to them."""
    tags, parent = page.tags, page.parent
    titles = _titles(page, set(chosen))
    if len(titles) <= 1:
        return set()
    around: dict[int, int] = {}  # by box: the one right in it that the title stands in
    box = int(page.at[titles[0]])
    while box:
        around[int(parent[box])] = box
        box = int(parent[box])
    known: dict[int, int] = {}  # by box: that around it, or itself, right in one of those
    begun = [0] * (len(tags) + 1)  # articles that begin at a box, less those that end
    for title in titles[1:]:
        if not _is_link(page, title):
            continue
        box = _right_in(page, int(page.at[title]), around, known)
        first = around[int(parent[box])]
        one_kind = tags[box] == "article" or tags[page.at[title]] == "h1"
        if one_kind and first != box and places.of[first] == places.of[box]:
            begun[box] += 1
            begun[page.end[box]] -= 1
    inside = list(accumulate(begun))
    return {block for block in chosen if inside[page.at[block]]}


def _titles(page: Outline, chosen: set[int]) -> list[int]:
    """Return the titles from the first that is an article's own, no link; none if that is not."""
    titles = [block for block, box in enumerate(page.at) if page.tags[box] in _TITLES]
    for place, title in enumerate(titles):
        if page.tags[page.at[title]] == "h1" and not _is_link(page, title):
            return titles[place:]
        if title in chosen:
            break
    return []


def _right_in(page: Outline, box: int, around: dict[int, int], known: dict[int, int]) -> int:
    """Return the box that stands right in one of `around` and holds this one, or is it."""
    way: list[int] = []
    while box not in known and int(page.parent[box]) not in around:
        way.append(box)
        box = int(page.parent[box])
    found = known.setdefault(box, box)
    known.update(dict.fromkeys(way, found))
    return found
