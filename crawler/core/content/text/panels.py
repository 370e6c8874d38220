"""Panels laid over a page that ask what it may store: their purposes are no text of the page.

Told by what they are named, what they speak of, and the button that answers them.
"""

from __future__ import annotations

from itertools import accumulate
from typing import Final

from crawler.core.content.html import class_words
from crawler.core.content.html.outline import Outline
from crawler.core.content.html.tags import words
from crawler.core.content.text.notices import answers, named_in
from crawler.core.outcome import NEEDS_CONSENT

_NAMED: Final = class_words.CONSENT | class_words.DIALOG
_TITLES: Final = words("h1 h2")
_FEW: Final = 40  # characters
_SPOKEN: Final = 0.1  # of its blocks speak of cookies: of what holds the whole page fewer do


def without_panels(page: Outline, chosen: list[int]) -> list[int]:
    """Return the chosen blocks without those in a panel that asks for consent.

    Where next to nothing else was chosen, or under such a title, the page is about cookies.
    """
    hints, at = page.hints, page.at
    suspect = [block for block in chosen if hints[at[block]] & _NAMED]
    if not named_in([page.texts[block] for block in suspect], NEEDS_CONSENT):
        return chosen
    inside = _in_panels(page)
    left = [block for block in chosen if not inside[at[block]]]
    titles = [page.texts[block] for block in left if page.tags[at[block]] in _TITLES]
    if sum([len(page.texts[block]) for block in left]) < _FEW or named_in(titles, NEEDS_CONSENT):
        return chosen
    return left


def _in_panels(page: Outline) -> list[bool]:
    """Return for each box whether it is in one that speaks of cookies and has a button for it."""
    size = len(page.tags)
    blocks, spoken, buttons = [0] * (size + 1), [0] * (size + 1), [0] * (size + 1)
    for block, (text, box) in enumerate(zip(page.texts, page.at, strict=True)):
        if page.hints[box] & _NAMED:
            blocks[box + 1] += 1
            spoken[box + 1] += named_in((text,), NEEDS_CONSENT)
            control = page.links[block] or page.hints[box] & class_words.BUTTON
            buttons[box + 1] += control != 0 and answers(text, NEEDS_CONSENT)
    blocks, spoken, buttons = [list(accumulate(part)) for part in (blocks, spoken, buttons)]
    inside = [False] * size
    for box in range(1, size):
        end = page.end[box]
        inside[box] = inside[page.parent[box]] or (
            page.own[box] & _NAMED != 0
            and buttons[end] > buttons[box]
            and spoken[end] - spoken[box] >= _SPOKEN * (blocks[end] - blocks[box])
        )
    return inside
