"""Readers' comments: where they stand, and whether the page is a discussion made of such.

The posts of a forum, the answers to a question are what the page is for; below an article the
same elements hold what its readers say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate
from typing import Final

from crawler.core.content.html import class_words
from crawler.core.content.html.outline import Outline

_WRAPPER_SHARE: Final = 0.7  # of the page's text: a class name on so much is about the layout
# What systems for forums, and for questions and answers, call their parts.
_PARTS: Final = re.compile(r"forum|thread|topic|discussion|question|answer|\bbbs|messageboard")
_NO_PARTS: Final = re.compile(r"faq|accordion|schema|quiz|topics\b")  # what articles hold too
_FEWEST: Final = 4  # boxes named so
_POST: Final = 200  # characters outside the comments: with less, they are the text
_SENTENCE: Final = 60  # characters of a block that counts
_LINKED: Final = 0.5
_SPOKEN: Final = 40  # characters of a block that says something


def boxes_of_readers(page: Outline) -> set[int]:
    """Return the boxes that hold readers' comments: a wrapper of the page is none of them."""
    lengths = [0] * (len(page.tags) + 1)
    for text, box in zip(page.texts, page.at, strict=True):
        lengths[box + 1] += len(text)
    before = list(accumulate(lengths))
    found: set[int] = set()
    for box, own in enumerate(page.own):
        end = page.end[box]
        if own & class_words.COMMENTS and before[end] - before[box] <= _WRAPPER_SHARE * before[-1]:
            found.update(range(box, end))
    return found


def is_discussion(page: Outline, readers: set[int], blocks: Iterable[int]) -> bool:
    """Whether a page is a discussion, not an article with comments in the boxes `readers`.

    `blocks` are those that may be its text.
    """
    outside = sum(
        [
            len(page.texts[block])
            for block in blocks
            if page.at[block] not in readers
            and len(page.texts[block]) >= _SENTENCE
            and page.link_chars[block] < _LINKED * len(page.texts[block])
        ]
    )
    if outside < _POST:
        return True
    known: dict[str, bool] = {"": False}
    found = 0
    for box, look in enumerate(page.look):
        if not look or box in readers:
            continue
        named = known.get(look)
        if named is None:
            named = known[look] = _is_part(look)
        if named:
            found += 1
            if found == _FEWEST:
                return True
    return False


def _is_part(look: str) -> bool:
    low = look.lower()
    return _PARTS.search(low) is not None and _NO_PARTS.search(low) is None


def speaks(page: Outline, block: int) -> bool:
    """Whether a block among posts says something, and is no button, name or date."""
    return (
        len(page.texts[block]) >= _SPOKEN
        and page.link_chars[block] < _LINKED * len(page.texts[block])
        and not page.hints[page.at[block]] & (class_words.FORM | class_words.BUTTON)
    )


def keeps_comments(page: Outline) -> bool:
    """Whether a page is a discussion, for an extractor that is only told yes or no."""
    return is_discussion(page, boxes_of_readers(page), range(len(page.texts)))
