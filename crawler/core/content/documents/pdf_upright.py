"""Text of East Asia set from top to bottom, laid down: its columns become lines, from the right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from crawler.core.content.documents.pdf_words import Word

_WIDE: Final = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]")
_TALL: Final = 1.5  # times as high as wide: a column of several letters
_SAME: Final = 0.35  # of a letter's width, by which those of a column stand apart
_ABOVE: Final = -0.5
_BELOW: Final = 3.2  # of a letter's width, from one to the next: one may be unknown
_NEXT: Final = 8.0  # of a letter's width, from column to column
_SIZES: Final = 3.0  # times as wide: a heading
_LEAST: Final = 4  # letters
_STEP: Final = 1.4  # of a letter's height, from line to line
_LOOSE: Final = 1.3  # of the usual distance of columns: a new paragraph
_ENDED: Final = 2.0  # letters' heights by which a column ends before the longest


@dataclass(slots=True)
class _Column:
    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    place: int

    @property
    def wide(self) -> float:
        return self.x1 - self.x0


def laid_down(words: list[Word]) -> list[Word]:
    """Return words with those set from top to bottom as lines, in the place of their block."""
    if not any(_WIDE.match(word[0]) and _stands(word) for word in words):
        return words
    found: list[Word] = []
    block: list[_Column] = []
    held: list[Word] = []  # what the block is made of
    for word in words:
        if not _WIDE.match(word[0]) or not _stands(word):
            found += _lines(block, held)
            block, held = [], []
            found.append(word)
            continue
        if not _joins(block, word):
            found += _lines(block, held)
            block, held = [], []
        held.append(word)
        text, x0, y0, x1, y1, place, *_ = word
        if block and _is_below(block[-1], word):
            last = block[-1]
            last.text, last.y0 = last.text + text, y0
        else:
            block.append(_Column(text, x0, y0, x1, y1, place))
    return found + _lines(block, held)


def _stands(word: Word) -> bool:
    """Tell whether a word is a column of letters, or one letter, of which one may be made."""
    text, x0, y0, x1, y1, *_ = word
    return len(text) == 1 or y1 - y0 > _TALL * (x1 - x0)


def _is_below(column: _Column, word: Word) -> bool:
    text, x0, _, x1, y1, *_ = word
    near = abs(x0 - column.x0) < _SAME * max(column.wide, x1 - x0)
    return near and len(text) == 1 and _ABOVE < (column.y0 - y1) / column.wide < _BELOW


def _joins(block: list[_Column], word: Word) -> bool:
    """Tell whether a word belongs to a block: below its last column, or left of it."""
    if not block:
        return True
    last = block[-1]
    _, x0, y0, x1, y1, *_ = word
    if _is_below(last, word):
        return True
    alike = last.wide / _SIZES < x1 - x0 < last.wide * _SIZES
    left = 0 < last.x0 - x0 < _NEXT * last.wide
    return alike and left and min(y1, last.y1) > max(y0, last.y0)


def _lines(block: list[_Column], words: list[Word]) -> list[Word]:
    """Return the columns as lines; letters that form none stay where they are."""
    if sum(len(column.text) for column in block) < _LEAST or not any(
        len(column.text) > 1 for column in block
    ):
        return words
    left, right = min(column.x0 for column in block), max(column.x1 for column in block)
    top, bottom = max(column.y1 for column in block), min(column.y0 for column in block)
    right = max(right, left + top - bottom)  # as long as they were high
    steps = sorted(one.x0 - other.x0 for one, other in pairwise(block))
    usual = steps[len(steps) // 2] if steps else 0.0
    found: list[Word] = []
    y = top
    for number, column in enumerate(block):
        high = column.wide
        if number and block[number - 1].x0 - column.x0 > _LOOSE * usual:
            y -= high * _STEP
        short = column.y0 - bottom > _ENDED * high
        end = left + column.y1 - column.y0 if short else right
        found.append((column.text, left, y - high, end, y, column.place, True, 0))
        y -= high * _STEP
    return found
