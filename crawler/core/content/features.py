"""What can be told of each block of an outline in numbers, in any language.

Shape and place only: lengths, links, punctuation, tags, class words, where the block stands
in the page and beside what. No word of the text itself counts.
"""

# ruff: noqa: PLR2004, RUF001 - each number is a feature of its own
from __future__ import annotations

import re
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from crawler.core.content import hints
from crawler.core.content.outline import Block, Outline

Array: TypeAlias = NDArray[np.float64]
_Index: TypeAlias = NDArray[np.int64]

_KINDS = ("p", "li", "td", "pre", "div", "dt", "dd", "h1", "h2", "h3", "blockquote", "a", "section")
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
_WRAPPER_SHARE = 0.7  # of the page's text: a hint over so much is about the layout
_DIGIT = re.compile("[0-9]")
_SHORT = 100  # characters: in longer texts a digit says nothing
_BITS = np.arange(hints.BITS)
_UP = 4  # ancestors looked at


def features(page: Outline) -> Array:
    """Return one row of numbers a block."""
    blocks = page.blocks
    text, kinds = _text_numbers(blocks)
    chars, links = text[:, 0], text[:, 1]
    at = np.array([block.box for block in blocks], dtype=np.int64)
    boxes = page.boxes
    parent = np.array([box.parent for box in boxes], dtype=np.int64)
    sums = np.array([(box.chars, box.link_chars, box.blocks) for box in boxes], dtype=float)
    bits = _hint_columns(blocks, chars)
    density = links / np.maximum(chars, 1)
    good = np.where((chars >= _GOOD_TEXT) & (density < 0.4), chars, 0.0)
    good *= 1 - 0.7 * (bits[:, [0, 2, 3, 6, 7, 21]].max(axis=1))
    columns = [
        np.eye(_OTHER + 1)[kinds],
        bits,
        _local(text, density),
        _around(np.log1p(chars), density, kinds),
        _ancestors(at, parent, sums),
        _core(page, at, parent, good),
        _place(blocks, chars, kinds),
        _repeats(page, at),
        _whole(chars, density, good, len(boxes)),
    ]
    return np.concatenate(columns, axis=1)


def _text_numbers(blocks: list[Block]) -> tuple[Array, _Index]:
    rows = []
    kinds = []
    for block in blocks:
        text = block.text
        size = len(text)
        if text.isascii():
            words = float(text.count(" ") + 1)
            stops = text.count(". ") + text.count("? ") + text.count("! ")
            commas = text.count(",")
            weighted = float(size)
        else:
            wide = len(text.encode("utf-8", "replace")) - size
            # Three-byte letters add 2, two-byte ones 1: the former are mostly wide scripts.
            cjk = text.count("。") + text.count("、") + text.count("，") + text.count("的")
            dense = text.count(" ") * 12 < size and wide > size
            weighted = size * _WIDE if dense else float(size)
            words = size / 2 if dense else text.count(" ") + 1
            stops = text.count(". ") + text.count("。") + text.count("？") + text.count("！")
            commas = text.count(",") + cjk
        last = text[-1]
        rows.append(
            (
                weighted,
                block.link_chars * weighted / size,
                words,
                stops,
                commas,
                block.links,
                last in '.!?。！？…"”»」',
                last in ":：",
                block.marks,
                block.level,
                block.row >= 0,
                text[0].isupper(),
                text.count("\n"),
                size < _SHORT and _DIGIT.search(text) is not None,
                "|" in text or "›" in text or "»" in text or "·" in text,
                "©" in text,
            )
        )
        kinds.append(_KIND_CODE.get(block.kind, _OTHER))
    return np.array(rows, dtype=float), np.array(kinds, dtype=np.int64)


def _hint_columns(blocks: list[Block], chars: Array) -> Array:
    """Return the hint bits, without the negative ones that cover nearly the whole page."""
    held = np.array([block.hints for block in blocks], dtype=np.int64)
    bits = ((held[:, None] >> _BITS) & 1).astype(float)
    share = (bits * chars[:, None]).sum(axis=0) / max(1.0, chars.sum())
    negative = ((_NEGATIVE >> _BITS) & 1).astype(bool)
    bits[:, negative & (share > _WRAPPER_SHARE)] = 0.0
    return bits


def _local(text: Array, density: Array) -> Array:
    chars, words = text[:, 0], np.maximum(text[:, 2], 1)
    return np.column_stack(
        (
            np.log1p(chars), np.log1p(words), density, density > 0.5, np.log1p(text[:, 3]),
            text[:, 4] / words, np.log1p(text[:, 5]), text[:, 6:8], np.minimum(text[:, 8], 8) / 4,
            np.minimum(text[:, 9], 6) / 3, text[:, 10:12], np.log1p(text[:, 12]), text[:, 13:16],
            np.clip(chars / words / 10, 0, 2), chars > _GOOD_TEXT,
        )
    )  # fmt: skip


def _around(size: Array, density: Array, kinds: _Index) -> Array:
    heading = ((kinds >= 7) & (kinds <= 9)).astype(float)
    columns: list[Array] = []
    for values in (size / 4, density, heading):
        columns.extend(_shifted(values, step) for step in (-2, -1, 1, 2))
    window = np.ones(9) / 9
    columns.extend(np.convolve(v, window, "same")[: len(v)] for v in (size / 4, density))
    same = np.concatenate(([0.0], (kinds[1:] == kinds[:-1]).astype(float)))
    columns.extend((same, _shifted(same, 1)))
    return np.column_stack([column[: len(size)] for column in columns])


def _shifted(values: Array, step: int) -> Array:
    out = np.zeros_like(values)
    if abs(step) < len(values):
        if step < 0:
            out[-step:] = values[:step]
        else:
            out[:-step] = values[step:]
    return out


def _ancestors(at: _Index, parent: _Index, sums: Array) -> Array:
    columns: list[Array] = []
    whole = max(1.0, sums[0, 0])
    box = at
    for _ in range(_UP):
        held = sums[box]
        columns.extend(
            (
                np.log1p(held[:, 0]) / 4,
                held[:, 1] / np.maximum(held[:, 0], 1),
                np.log1p(held[:, 2]) / 3,
                held[:, 0] / whole,
            )
        )
        box = np.maximum(parent[box], 0)
    return np.column_stack(columns)


def _core(page: Outline, at: _Index, parent: _Index, good: Array) -> Array:
    """Return where each block stands to the smallest box with most of the page's prose."""
    boxes = page.boxes
    held = np.zeros(len(boxes))
    np.add.at(held, at, good)
    sums = held.tolist()
    for index in range(len(boxes) - 1, 0, -1):
        sums[boxes[index].parent] += sums[index]
    core = 0
    want = _CORE_SHARE * sums[0]
    if want:
        for index in range(1, len(boxes)):
            # Boxes stand in document order: a child follows its parent.
            if boxes[index].parent == core and sums[index] >= want:
                core = index
    first, last = core, boxes[core].end
    inside = (at >= first) & (at < last)
    steps = np.zeros(len(boxes))  # how far up from the core its common box with each box is
    ancestor, distance = core, 0
    end = np.array([box.end for box in boxes])
    order = np.arange(len(boxes))
    seen = (order >= first) & (order < last)
    while ancestor > 0:
        ancestor, distance = int(parent[ancestor]), distance + 1
        within = (order >= ancestor) & (order < end[ancestor]) & ~seen
        steps[within] = distance
        seen |= within
    share = np.array(sums) / max(1.0, sums[0])
    up = np.maximum(parent[at], 0)
    return np.column_stack(
        (
            inside, at < first, at >= last, np.log1p(steps[at]), share[at], share[up],
            share[np.maximum(parent[up], 0)], np.full(len(at), core > 0),
        )
    )  # fmt: skip


def _place(blocks: list[Block], chars: Array, kinds: _Index) -> Array:
    total = max(1.0, chars.sum())
    before = (np.cumsum(chars) - chars) / total
    index = np.arange(len(chars)) / len(chars)
    headings = np.flatnonzero(kinds == 7)
    after = np.zeros(len(chars))
    if len(headings):
        after = np.where(np.arange(len(chars)) >= headings[0], 1.0, -1.0)
    seen: dict[str, int] = {}
    for block in blocks:
        seen[block.text] = seen.get(block.text, 0) + 1
    again = np.array([seen[block.text] > 1 for block in blocks], dtype=float)
    return np.column_stack((before, index, np.abs(index - 0.5), after, again))


def _repeats(page: Outline, at: _Index) -> Array:
    """Return how many boxes like its own, and like those around it, stand in the same box."""
    boxes = page.boxes
    counts: dict[tuple[int, str, str], int] = {}
    for box in boxes:
        key = (box.parent, box.tag, box.look)
        counts[key] = counts.get(key, 0) + 1
    like = np.log1p([counts[box.parent, box.tag, box.look] - 1 for box in boxes])
    parent = np.array([max(box.parent, 0) for box in boxes])
    sizes = np.array([box.chars for box in boxes], dtype=float)
    columns: list[Array] = []
    index = at
    best = np.zeros(len(at))
    best_size = np.zeros(len(at))
    for _ in range(6):
        better = like[index] > best
        best_size = np.where(better, sizes[index], best_size)
        best = np.maximum(best, like[index])
        index = parent[index]
    columns.extend((like[at], like[parent[at]], best, np.log1p(best_size) / 4))
    return np.column_stack(columns)


def _whole(chars: Array, density: Array, good: Array, boxes: int) -> Array:
    total = max(1.0, chars.sum())
    row = (
        np.log1p(total) / 4, np.log1p(len(chars)) / 3, good.sum() / total,
        float((chars * density).sum() / total), total / len(chars) / 100, (good > 0).mean(),
        np.log1p(boxes) / 3, float(np.log1p((good > 0).sum())) / 3,
    )  # fmt: skip
    return np.tile(np.array(row), (len(chars), 1))
