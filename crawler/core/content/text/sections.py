"""Headings that belong to a text, and sections of code, found by the sections around them.

A page in sections is one text: where most are chosen, a heading above chosen text is its own, and
a section that shows code, in few words, is no less a part of it than those in many.
"""

from __future__ import annotations

from typing import Final

from crawler.core.content.html.outline import Outline
from crawler.core.content.html.tags import words

_HEADINGS: Final = words("h1 h2 h3 h4 h5 h6")
_TITLES: Final = words("h1 h2")
_ENTRIES: Final = words("li dt")
_ALIKE: Final = 2  # headings of a level that were chosen
_LONGEST: Final = 40  # blocks of a section
_CONTENTS: Final = 12  # entries of a table of contents below a title
_LINKED: Final = 0.5  # of a text in links: it leads elsewhere


def add_sections(page: Outline, kept: set[int], frame: int) -> None:
    """Add to the chosen blocks their headings, their title, and sections of code beside them.

    `frame` are the hints by which a part of the page is none of the text.
    """
    tags, at = page.tags, page.at
    headings = [block for block, box in enumerate(at) if tags[box] in _HEADINGS]
    if not headings:
        return
    known: dict[tuple[str, int], int] = {}  # headings chosen, by tag and hints
    for block in headings:
        if block in kept:
            key = (tags[at[block]], page.hints[at[block]])
            known[key] = known.get(key, 0) + 1
    if max(known.values(), default=0) >= _ALIKE:
        for place, block in enumerate(headings):
            if known.get((tags[at[block]], page.hints[at[block]]), 0) >= _ALIKE:
                _add_section(page, kept, headings, place, frame)
    _add_title(page, kept, headings[0], frame)


def _add_section(
    page: Outline, kept: set[int], headings: list[int], place: int, frame: int
) -> None:
    """Add a heading to its text, or with it the section below, if that shows code."""
    tags, at = page.tags, page.at
    heading = headings[place]
    own = tags[at[heading]]
    end = len(at)
    for following in range(place + 1, len(headings)):
        if tags[at[headings[following]]] <= own:
            end = headings[following]
            break
    section = range(heading + 1, min(end, heading + 1 + _LONGEST))
    if not section or _differs(page, section[0], heading, frame):
        return
    if section[0] in kept:
        kept.add(heading)
        return
    if end > section[-1] + 1 or end == len(at) or not any(tags[at[b]] == "pre" for b in section):
        return
    if not any(_differs(page, block, heading, frame) for block in section):
        kept.update(section)
        kept.add(heading)


def _add_title(page: Outline, kept: set[int], first: int, frame: int) -> None:
    """Add a title that only a table of contents parts from the text."""
    if first in kept or page.tags[page.at[first]] not in _TITLES:
        return
    block = first + 1
    while block < len(page.at) and block not in kept and block - first <= _CONTENTS:
        leads = page.link_chars[block] > _LINKED * len(page.texts[block])
        if not leads or page.tags[page.at[block]] not in _ENTRIES:
            return
        block += 1
    if block > first + 1 and block in kept and not _differs(page, first, block, frame):
        kept.add(first)


def _differs(page: Outline, block: int, other: int, frame: int) -> bool:
    return page.hints[page.at[block]] & frame & ~page.hints[page.at[other]] != 0
