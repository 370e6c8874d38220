"""What can be told of each block of an outline in numbers, in any language.

Shape and place only: lengths, links, punctuation, tags, class words, where the block stands
in the page and beside what. No word of the text itself counts. The numbers of a block are
written one after another, as bytes: compiled, that is several times cheaper than columns of
a few hundred numbers each are in numpy. What blocks have in common is written once.
"""

# ruff: noqa: PLR2004 - each number is a feature of its own
from __future__ import annotations

from math import log
from typing import Any, Final, TypeAlias, final

import numpy as np
from librt.strings import BytesWriter, write_f32_le
from librt.vecs import vec
from mypy_extensions import i64, mypyc_attr
from numpy.typing import NDArray

from crawler.core.content.html import class_words
from crawler.core.content.html.outline import Outline
from crawler.core.content.text.block_numbers import (
    BAR,
    CAPITAL,
    COLON,
    DIGIT,
    HEADING,
    KINDS,
    LAST_HEADING,
    RIGHTS,
    STOP,
    Blocks,
)
from crawler.core.content.text.places import Places

Array: TypeAlias = NDArray[Any]

_CORE_SHARE: Final = 0.6  # of the page's prose: the smallest box with that much is its core
_NEGATIVE: Final = (
    class_words.NAV | class_words.HEADER | class_words.FOOTER | class_words.SIDE
    | class_words.SHARE | class_words.ADVERT | class_words.CONSENT | class_words.RELATED
    | class_words.FORM | class_words.HIDDEN | class_words.LEGAL | class_words.BUTTON
    | class_words.DIALOG | class_words.SUBSCRIBE | class_words.BREADCRUMB | class_words.BYLINE
    | class_words.COMMENTS
)  # fmt: skip
_WRAPPER_SHARE: Final = 0.7  # of the page's text: a hint over so much is about the layout
_LONG: Final = 4.4  # log of the characters of a long text
_BITS: Final = class_words.BITS
_SHAPE: Final = 8  # numbers of a box
_OF_ANCESTORS: Final = 6  # of them what counts for what stands deeper in it
_AROUND: Final = 4  # blocks on either side that are averaged


def features(page: Outline, places: Places) -> Array:
    """Return one row of numbers a feature, one column a block. The page must have blocks."""
    blocks = Blocks(page)
    out = BytesWriter()
    _Rows(page, places, blocks).write(out)
    rows: Array = np.frombuffer(out.getvalue(), "<f4").reshape(len(page.texts), -1)
    return rows.T


@final
@mypyc_attr(acyclic=True)
class _Boxes:
    """What the blocks in each box come to, and how far up from the core of the page it is.

    `shapes` are the numbers told of it: the first count for what stands in it, too.
    """

    __slots__ = ("blocks", "chars", "core", "good", "link_chars", "parent", "shapes", "steps")

    def __init__(self, page: Outline, places: Places, blocks: Blocks) -> None:
        self.parent = page.parent
        count: i64 = len(self.parent)
        self.blocks = vec[float]([0.0] * count)
        self.chars = vec[float]([0.0] * count)
        self.link_chars = vec[float]([0.0] * count)
        self.good = vec[float]([0.0] * count)
        self._add_up(blocks)
        self.steps = vec[i64]([0] * count)
        self.core: i64 = 0
        self._find_core()
        self.shapes = vec[float]([0.0] * (count * _SHAPE))
        self._shape(page, places)

    def _add_up(self, blocks: Blocks) -> None:
        index: i64 = 0
        while index < blocks.count:
            box = blocks.box[index]
            self.blocks[box] += 1.0
            self.chars[box] += blocks.chars[index]
            self.link_chars[box] += blocks.link_chars[index]
            self.good[box] += blocks.good[index]
            index += 1
        box = len(self.parent) - 1
        while box > 0:
            if self.blocks[box]:
                around = self.parent[box]
                self.blocks[around] += self.blocks[box]
                self.chars[around] += self.chars[box]
                self.link_chars[around] += self.link_chars[box]
                self.good[around] += self.good[box]
            box -= 1

    def _find_core(self) -> None:
        """Find the smallest box with most of the page's prose, and count the way up to it.

        The way of a box is how far up from the core the box is that holds both.
        """
        steps, parent = self.steps, self.parent
        core: i64 = 0
        enough = _CORE_SHARE * self.good[0]
        if enough:
            # Boxes that hold more than half lie within each other: the last is the smallest.
            core = len(parent) - 1
            while self.good[core] < enough:
                core -= 1
        self.core = core
        around: i64 = core
        up: i64 = 0
        while around:
            around = parent[around]
            up += 1
            steps[around] = up
        box: i64 = 1
        while box < len(parent):
            # Those around the core know their way, and all others stand in one that does.
            if box != core and not steps[box]:
                steps[box] = steps[parent[box]]
            box += 1

    def _shape(self, page: Outline, places: Places) -> None:
        place, depth, shapes = page.place, page.depth, self.shapes
        all_chars, all_good = max(1.0, self.chars[0]), max(1.0, self.good[0])
        last: i64 = len(self.parent) - 1
        box: i64 = 0
        at: i64 = 0
        while box <= last:
            # How many other elements stand between the start of a box and the next.
            inline = place[box + 1] - place[box] if box < last else 1
            chars = self.chars[box]
            shapes[at] = log(1.0 + chars) / 4
            shapes[at + 1] = self.link_chars[box] / max(chars, 1.0)
            shapes[at + 2] = log(1.0 + self.blocks[box]) / 3
            shapes[at + 3] = chars / all_chars
            shapes[at + 4] = self.good[box] / all_good
            shapes[at + 5] = log(float(places.beside[box]))
            shapes[at + 6] = min(depth[box], 6) / 3
            shapes[at + 7] = min(inline, 8) / 4
            at += _SHAPE
            box += 1

    def write(self, out: BytesWriter, box: i64, count: i64) -> None:
        """Write the first numbers of a box."""
        at = _SHAPE * box
        end = at + count
        while at < end:
            write_f32_le(out, self.shapes[at])
            at += 1


@final
@mypyc_attr(acyclic=True)
class _InPlaces:
    """What the blocks come to that stand in one place of many boxes."""

    __slots__ = ("chars", "count", "link_chars", "told", "total")

    def __init__(self, parent: vec[i64], places: Places, blocks: Blocks) -> None:
        of, counts = places.of, places.counts
        size: i64 = len(counts)
        self.total = 1.0
        self.count = vec[float]([0.0] * size)
        self.chars = vec[float]([0.0] * size)
        self.link_chars = vec[float]([0.0] * size)
        index: i64 = 0
        while index < blocks.count:
            place = of[blocks.box[index]]
            self.count[place] += 1.0
            self.chars[place] += blocks.chars[index]
            self.link_chars[place] += blocks.link_chars[index]
            self.total += blocks.chars[index]
            index += 1
        self.told: list[bytes] = [b""] * size
        index = 0
        while index < blocks.count:
            place = of[blocks.box[index]]
            if not self.told[place]:
                around = parent[blocks.box[index]]
                further = parent[around]
                self.told[place] = self._told(place, counts[of[around]], counts[of[further]])
            index += 1

    def _told(self, place: i64, around: i64, further: i64) -> bytes:
        """Return the numbers of a place, with how many boxes are like the two around it."""
        out = BytesWriter()
        count, chars = self.count[place], self.chars[place]
        write_f32_le(out, log(count))
        write_f32_le(out, log(1.0 + chars / count) / 2)
        write_f32_le(out, self.link_chars[place] / max(chars, 1.0))
        write_f32_le(out, chars / self.total)
        write_f32_le(out, log(float(around)))
        write_f32_le(out, log(float(further)))
        return out.getvalue()


def _labels(blocks: Blocks) -> dict[int, bytes]:
    """Return the kind and hint bits as numbers for each label there is.

    A negative hint that covers nearly the whole page is left out.
    """
    chars: dict[int, float] = {}
    total = run = 0.0
    label: i64 = blocks.label[0]
    index: i64 = 0
    while index < blocks.count:
        if blocks.label[index] != label:
            chars[label] = chars.get(label, 0.0) + run
            label, run = blocks.label[index], 0.0
        run += blocks.chars[index]
        total += blocks.chars[index]
        index += 1
    chars[label] = chars.get(label, 0.0) + run
    left_out = 0
    for place in range(_BITS):
        bit = 1 << place
        if bit & _NEGATIVE:
            share = 0.0
            for number, size in chars.items():
                if number >> 4 & bit:
                    share += size
            if share > _WRAPPER_SHARE * total:
                left_out |= bit
    return {number: _label(number & 15, number >> 4 & ~left_out) for number in chars}


def _label(kind: i64, held: i64) -> bytes:
    out = BytesWriter()
    for code in range(KINDS):
        write_f32_le(out, 1.0 if code == kind else 0.0)
    for place in range(_BITS):
        write_f32_le(out, 1.0 if held >> place & 1 else 0.0)
    return out.getvalue()


def _whole(blocks: Blocks, boxes: int) -> bytes:
    """Return what is told of the page."""
    out = BytesWriter()
    chars = good = linked = 0.0
    full: i64 = 0
    index: i64 = 0
    while index < blocks.count:
        chars += blocks.chars[index]
        linked += blocks.link_chars[index]
        good += blocks.good[index]
        if blocks.good[index]:
            full += 1
        index += 1
    count = float(blocks.count)
    total = max(1.0, chars)
    for number in (
        log(1.0 + total) / 4, log(1.0 + count) / 3, good / total,
        linked / total, min(total / count / 100, 3.0), float(full) / count,
        log(1.0 + boxes) / 3, log(1.0 + float(full)) / 3,
    ):  # fmt: skip
        write_f32_le(out, number)
    return out.getvalue()


@final
class _Rows:
    """Walks along the blocks of a page: what is around each, and how much came before."""

    def __init__(self, page: Outline, places: Places, blocks: Blocks) -> None:
        self.page, self.blocks, self.of = page, blocks, places.of
        self.boxes = _Boxes(page, places, blocks)
        self.in_places = _InPlaces(self.boxes.parent, places, blocks)
        self.again = _repeated(page.texts)
        self.total = 0.0
        self.before = 0.0  # characters of the blocks before
        self.first = 0.0  # after the first h1: 1, before it: -1; 0 if there is none
        self.size = self.density = 0.0  # sums over the blocks around
        index: i64 = 0
        while index < blocks.count:
            self.total += blocks.chars[index]
            if blocks.kind[index] == HEADING:
                self.first = -1.0
            if index < _AROUND:
                self.size += blocks.size[index]
                self.density += blocks.density[index]
            index += 1

    def write(self, out: BytesWriter) -> None:
        blocks, boxes = self.blocks, self.boxes
        labels, whole = _labels(blocks), _whole(blocks, len(boxes.parent))
        label = b""
        last: i64 = -1
        index: i64 = 0
        while index < blocks.count:
            box = blocks.box[index]
            if blocks.label[index] != last:
                last = blocks.label[index]
                label = labels[last]
            out.write(label)
            self._write_own(out, index)
            boxes.write(out, box, _SHAPE)
            for _ in range(3):
                box = boxes.parent[box]
                boxes.write(out, box, _OF_ANCESTORS)
            self._write_near(out, index - 2)
            self._write_near(out, index - 1)
            self._write_near(out, index + 1)
            self._write_near(out, index + 2)
            self._write_beside(out, index)
            self._write_steps(out, blocks.box[index])
            self._write_before(out, index)
            out.write(whole)
            out.write(self.in_places.told[self.of[blocks.box[index]]])
            index += 1

    def _write_own(self, out: BytesWriter, index: i64) -> None:
        blocks = self.blocks
        size, density, words = blocks.size[index], blocks.density[index], blocks.words[index]
        write_f32_le(out, size / 2)
        write_f32_le(out, density)
        write_f32_le(out, 1.0 if density > 0.5 else 0.0)
        write_f32_le(out, 1.0 if size > _LONG else 0.0)
        write_f32_le(out, min(blocks.chars[index] / words / 10, 2.0))
        write_f32_le(out, log(1.0 + words) / 2)
        write_f32_le(out, log(1.0 + blocks.stops[index]) / 2)
        write_f32_le(out, min(blocks.commas[index] / words, 1.0) * 2)
        write_f32_le(out, log(1.0 + blocks.links[index]) / 2)
        flags = blocks.flags[index]
        write_f32_le(out, 1.0 if flags & STOP else 0.0)
        write_f32_le(out, 1.0 if flags & COLON else 0.0)
        write_f32_le(out, 1.0 if flags & CAPITAL else 0.0)
        write_f32_le(out, 1.0 if flags & DIGIT else 0.0)
        write_f32_le(out, 1.0 if flags & BAR else 0.0)
        write_f32_le(out, 1.0 if flags & RIGHTS else 0.0)

    def _write_near(self, out: BytesWriter, index: i64) -> None:
        """Write what a block tells those beside it."""
        blocks = self.blocks
        if index < 0 or index >= blocks.count:
            for _ in range(3):
                write_f32_le(out, 0.0)
            return
        write_f32_le(out, blocks.size[index] / 4)
        write_f32_le(out, blocks.density[index])
        write_f32_le(out, 1.0 if HEADING <= blocks.kind[index] <= LAST_HEADING else 0.0)

    def _write_beside(self, out: BytesWriter, index: i64) -> None:
        blocks, count = self.blocks, self.blocks.count
        if index + _AROUND < count:
            self.size += blocks.size[index + _AROUND]
            self.density += blocks.density[index + _AROUND]
        if index > _AROUND:
            self.size -= blocks.size[index - _AROUND - 1]
            self.density -= blocks.density[index - _AROUND - 1]
        write_f32_le(out, self.size / 36)
        write_f32_le(out, self.density / 9)
        kind = blocks.kind[index]
        write_f32_le(out, 1.0 if index and blocks.kind[index - 1] == kind else 0.0)
        write_f32_le(out, 1.0 if index + 1 < count and blocks.kind[index + 1] == kind else 0.0)

    def _write_steps(self, out: BytesWriter, box: i64) -> None:
        """Write how far a box is from the core of the page, and on which side."""
        core, steps = self.boxes.core, self.boxes.steps[box]
        write_f32_le(out, 0.0 if steps else 1.0)
        write_f32_le(out, 1.0 if steps and box < core else 0.0)
        write_f32_le(out, 1.0 if steps and box > core else 0.0)
        write_f32_le(out, log(1.0 + float(steps)))
        write_f32_le(out, 1.0 if core else 0.0)

    def _write_before(self, out: BytesWriter, index: i64) -> None:
        blocks = self.blocks
        if blocks.kind[index] == HEADING and self.first:
            self.first = 1.0
        share = float(index) / float(blocks.count)
        repeated = bool(self.again) and self.page.texts[index] in self.again
        write_f32_le(out, self.before / self.total)
        write_f32_le(out, share)
        write_f32_le(out, abs(share - 0.5))
        write_f32_le(out, self.first)
        write_f32_le(out, 1.0 if repeated else 0.0)
        self.before += blocks.chars[index]


def _repeated(texts: list[str]) -> set[str]:
    """Return the texts that stand in more than one block."""
    seen: set[str] = set()
    again: set[str] = set()
    if len(set(texts)) < len(texts):
        for text in texts:
            if text in seen:
                again.add(text)
            seen.add(text)
    return again
