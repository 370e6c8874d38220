"""What can be told of each block of an outline in numbers, in any language.

Shape and place only: lengths, links, punctuation, tags, class words, where the block stands
in the page and beside what. No word of the text itself counts. A row is a feature, a column
a block, so that each feature is one operation over all blocks.
"""

# ruff: noqa: PLR2004, RUF001 - each number is a feature of its own
from __future__ import annotations

import re
from collections import Counter
from math import log1p
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from crawler.core.content import hints
from crawler.core.content.outline import Outline

Array: TypeAlias = NDArray[Any]
_Index: TypeAlias = NDArray[np.int64]

_KINDS = ("p", "li", "td", "pre", "div", "dt", "dd", "h1", "h2", "h3", "blockquote", "section")
_KIND_CODE = {kind: code for code, kind in enumerate(_KINDS)} | {
    "th": 2, "textarea": 3, "h4": 9, "h5": 9, "h6": 9, "span": 4, "summary": 8,
}  # fmt: skip
_OTHER = len(_KINDS)
_GOOD_TEXT = 80.0  # weighted characters from which a block looks like prose
_CORE_SHARE = 0.6  # of the page's prose: the smallest box with that much is its core
_WIDE = 2.5  # Latin letters that one letter of a script without spaces stands for
_NEGATIVE = (
    hints.NAV | hints.HEADER | hints.FOOTER | hints.SIDE | hints.SHARE | hints.ADVERT
    | hints.CONSENT | hints.RELATED | hints.FORM | hints.HIDDEN | hints.LEGAL | hints.BUTTON
    | hints.DIALOG | hints.SUBSCRIBE | hints.BREADCRUMB | hints.BYLINE | hints.COMMENTS
)  # fmt: skip
_FRAME = hints.NAV | hints.FOOTER | hints.SIDE | hints.CONSENT | hints.RELATED | hints.DIALOG
_WRAPPER_SHARE = 0.7  # of the page's text: a hint over so much is about the layout
_DIGIT = re.compile("[0-9]")
_LONG = 4.4  # log of the characters of a long text
_SHORT = 100  # characters: in longer texts a digit says nothing
_MASKS = (1 << np.arange(hints.BITS, dtype=np.int64))[:, None]
_NEGATIVE_MASK = (_MASKS[:, 0] & _NEGATIVE) != 0
_EYE = np.eye(_OTHER + 1, dtype=np.float32)
_UP = 4  # a block's box and the boxes around it that are looked at
_OF_ANCESTORS = 6  # rows of a box's shape that count for what stands deeper in it
_STOPS = frozenset('.!?。！？…"”»」')


def features(page: Outline) -> Array:
    """Return one row of numbers a feature, one column a block. The page must have blocks."""
    text = _text_numbers(page)
    chars, link_chars = text[0], text[1]
    at = np.array(page.at)
    parent, end = np.array(page.parent), np.array(page.end)
    kinds = np.array([_KIND_CODE.get(tag, _OTHER) for tag in page.tags])
    held = np.array(page.hints)[at]
    size = np.log1p(chars)
    density = link_chars / np.maximum(chars, 1)
    good = np.where((chars >= _GOOD_TEXT) & (density < 0.4), chars, 0)
    good = np.where(held & _FRAME, good * 0.3, good)
    sums = _sums((chars, link_chars, np.ones(len(at)), good), at, end)
    shape = _shape(page, sums)
    up = [at]
    for _ in range(_UP - 1):
        up.append(parent[up[-1]])
    kind = kinds[at]
    rows = (
        _EYE[:, kind],
        _hint_rows(held, chars),
        _local(text, size, density),
        shape[:, at],
        *(shape[:_OF_ANCESTORS, box] for box in up[1:]),
        _around(size / 4, density, kind),
        _core(sums[3], at, parent, end),
        _place(page.texts, chars, kind),
        _whole(chars, density, good, len(parent)),
    )
    return np.concatenate(rows, dtype=np.float32, casting="same_kind")


def _text_numbers(page: Outline) -> Array:
    rows = [_of_ascii(text) if text.isascii() else _of_any(text) for text in page.texts]
    numbers = np.array(rows, dtype=np.float32).T
    links = np.array((page.link_chars, page.links), dtype=np.float32)
    links[0] *= numbers[0]
    numbers[0] *= numbers[1]
    return np.concatenate((numbers[:1], links[:1], numbers[2:5], links[1:], numbers[5:]))


def _of_ascii(text: str) -> tuple[float, ...]:
    """Return weight of a letter, size, words, stops, commas, and six signs."""
    size = len(text)
    last = text[-1]
    short = size < _SHORT
    return (
        1,
        size,
        text.count(" ") + 1,
        0 if short else text.count(". ") + text.count("? "),
        text.count(","),
        last in _STOPS,
        last == ":",
        text[0].isupper(),
        short and _DIGIT.search(text) is not None,
        "|" in text,
        False,
    )


def _of_any(text: str) -> tuple[float, ...]:
    size = len(text)
    last = text[-1]
    spaces = text.count(" ") + 1.0
    stops = text.count(". ") + text.count("。") + text.count("？") + text.count("؟")
    commas = text.count(",") + text.count("。") + text.count("、") + text.count("，")
    weight = 1.0
    # Three-byte letters add 2, two-byte ones 1: the former are mostly wide scripts.
    if spaces * 12 < size and len(text.encode("utf-8", "replace")) > 2 * size:
        weight, spaces = _WIDE, size / 2
    return (
        weight,
        size,
        spaces,
        stops,
        commas + text.count("،"),
        last in _STOPS,
        last in ":：",
        text[0].isupper(),
        size < _SHORT and _DIGIT.search(text) is not None,
        "|" in text or "·" in text or "»" in text or "›" in text,
        "©" in text,
    )


def _sums(values: tuple[Array, ...], at: _Index, end: _Index) -> Array:
    """Return for each value its sum over the blocks in each box."""
    count = len(end)
    out = np.zeros((len(values), count + 1))
    for row, value in zip(out, values, strict=True):
        np.cumsum(np.bincount(at, value, count), out=row[1:])
    return out[:, end] - out[:, :-1]


def _shape(page: Outline, sums: Array) -> Array:
    """Return what is told of each box: the first rows count for its ancestors too."""
    chars = sums[0]
    rows = (
        np.log1p(chars) / 4,
        sums[1] / np.maximum(chars, 1),
        np.log1p(sums[2]) / 3,
        chars / max(1.0, chars[0]),
        sums[3] / max(1.0, sums[3, 0]),
        _alike(page),
        np.minimum(page.depth, 6) / 3,
        _within(page.place),
    )
    return np.stack(rows).astype(np.float32)


def _within(places: list[int]) -> Array:
    """Return how many other elements stand between the start of a box and the next."""
    inline = np.ones(len(places))
    inline[:-1] = np.diff(places)
    return np.minimum(inline, 8) / 4


def _alike(page: Outline) -> Array:
    """Return how many boxes of the same tag and class stand in the same box."""
    keys = list(zip(page.parent, page.tags, page.look, strict=True))
    counts = Counter(keys)
    return np.log([counts[key] for key in keys])


def _hint_rows(held: _Index, chars: Array) -> Array:
    """Return the hint bits, without the negative ones that cover nearly the whole page."""
    bits = ((held & _MASKS) != 0).astype(np.float32)
    share = bits @ chars / max(1.0, float(chars.sum()))
    bits[_NEGATIVE_MASK & (share > _WRAPPER_SHARE)] = 0
    rows: Array = bits
    return rows


def _local(text: Array, size: Array, density: Array) -> Array:
    words = text[2]
    logs = np.log1p(text[2:6])
    logs[2] = np.minimum(text[4] / words, 1) * 4
    return np.concatenate(
        (
            [size / 2, density, density > 0.5, size > _LONG, np.minimum(text[0] / words / 10, 2)],
            logs / 2,
            text[6:],
        )
    )


def _around(size: Array, density: Array, kinds: _Index) -> Array:
    heading = (kinds >= 7) & (kinds <= 9)
    count = len(size)
    padded = np.zeros((4, count + 9), np.float32)
    padded[0, 5:-4], padded[1, 5:-4], padded[2, 5:-4] = size, density, heading
    padded[3, 6:-4] = kinds[1:] == kinds[:-1]
    sums = padded[:2].cumsum(axis=1)
    windows = (sums[:, 9:] - sums[:, :count]) / 9
    near = [padded[:3, 5 + step : 5 + step + count] for step in (-2, -1, 1, 2)]
    return np.concatenate((*near, windows, padded[3:, 5:-4], padded[3:, 6 : 6 + count]))


def _core(good: Array, at: _Index, parent: _Index, end: _Index) -> Array:
    """Return where each block stands to the smallest box with most of the page's prose."""
    core = 0
    if good[0]:
        # Boxes that hold more than half lie within each other: the last is the smallest.
        core = int(np.flatnonzero(good >= _CORE_SHARE * good[0])[-1])
    chain = [core]
    while chain[-1]:
        chain.append(int(parent[chain[-1]]))
    around = np.array(chain)
    # How far up from the core the box is that it shares with a block.
    before = np.searchsorted(-around, -at)
    after = np.searchsorted(end[around], at, side="right")
    steps = np.maximum(before, after)
    return np.stack(
        (steps == 0, before > 0, after > 0, np.log1p(steps), np.full(len(at), core > 0))
    ).astype(np.float32)


def _place(texts: list[str], chars: Array, kinds: _Index) -> Array:
    count = len(chars)
    sums = np.cumsum(chars)
    index = np.arange(count) / count
    first = np.flatnonzero(kinds == 7)
    after = np.zeros(count)
    if len(first):
        after = np.where(np.arange(count) >= first[0], 1.0, -1.0)
    again = np.zeros(count)
    if len(set(texts)) < count:
        seen = Counter(texts)
        again[:] = [seen[text] > 1 for text in texts]
    return np.stack(
        ((sums - chars) / max(1.0, sums[-1]), index, np.abs(index - 0.5), after, again)
    ).astype(np.float32)


def _whole(chars: Array, density: Array, good: Array, boxes: int) -> Array:
    count = len(chars)
    total = max(1.0, float(chars.sum()))
    full = int(np.count_nonzero(good))
    row = (
        log1p(total) / 4, log1p(count) / 3, float(good.sum()) / total,
        float(chars @ density) / total, min(total / count / 100, 3.0), full / count,
        log1p(boxes) / 3, log1p(full) / 3,
    )  # fmt: skip
    rows = np.empty((len(row), count), np.float32)
    rows[:] = np.array(row)[:, None]
    return rows
