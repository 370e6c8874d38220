"""What can be told of each block of an outline in numbers, in any language.

Shape and place only: lengths, links, punctuation, tags, class words, where the block stands
in the page and beside what. No word of the text itself counts. The numbers of a block are
written one after another, as bytes: compiled, that is several times cheaper than columns of
a few hundred numbers each are in numpy. What blocks have in common is written once.
"""

# ruff: noqa: PLR2004, SIM113 - each number is a feature of its own; a native index counts faster
from __future__ import annotations

from math import log
from typing import Any, Final, TypeAlias, final

import numpy as np
from librt.strings import BytesWriter, write_f32_le
from mypy_extensions import i64, mypyc_attr
from numpy.typing import NDArray

from crawler.core.content.html import class_words
from crawler.core.content.html.outline import Outline
from crawler.core.content.text.block_numbers import HEADING, KINDS, LAST_HEADING, Block
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
_SHAPE: Final = 32  # bytes of a box's shape: eight numbers
_OF_ANCESTORS: Final = 24  # of them what counts for what stands deeper in it
_NEAR: Final = 12  # bytes of what a block tells those beside it: three numbers
_AROUND: Final = 4  # blocks on either side that are averaged


@final
@mypyc_attr(acyclic=True)
class _Box:
    """What the blocks in a box come to, and how far up from the core of the page it is."""

    __slots__ = ("alike", "blocks", "chars", "good", "link_chars", "steps")

    def __init__(self, alike: i64) -> None:
        self.alike = alike
        self.blocks = 0.0
        self.chars = 0.0
        self.link_chars = 0.0
        self.good = 0.0
        self.steps: i64 = 0

    def add(self, chars: float, link_chars: float, blocks: float, good: float) -> None:
        self.chars += chars
        self.link_chars += link_chars
        self.blocks += blocks
        self.good += good


@final
@mypyc_attr(acyclic=True)
class _Place:
    """What the blocks come to that stand in one place of many boxes."""

    __slots__ = ("around", "chars", "count", "further", "link_chars", "said")

    def __init__(self, around: int, further: int) -> None:
        self.count = self.chars = self.link_chars = 0.0
        self.around, self.further = around, further  # boxes like the two around
        self.said = b""

    def add(self, chars: float, link_chars: float) -> None:
        self.count += 1.0
        self.chars += chars
        self.link_chars += link_chars

    def told(self, total: float) -> bytes:
        """Return the numbers of the place in a page of so many characters."""
        if not self.said:
            out = BytesWriter()
            write_f32_le(out, log(self.count))
            write_f32_le(out, log(1.0 + self.chars / self.count) / 2)
            write_f32_le(out, self.link_chars / max(self.chars, 1.0))
            write_f32_le(out, self.chars / total)
            write_f32_le(out, log(float(self.around)))
            write_f32_le(out, log(float(self.further)))
            self.said = out.getvalue()
        return self.said


def features(page: Outline, places: Places) -> Array:
    """Return one row of numbers a feature, one column a block. The page must have blocks."""
    blocks = [Block(page, index) for index in range(len(page.texts))]
    boxes = _boxes(page, blocks, places)
    core = _core(page, boxes)
    out = BytesWriter()
    _write_rows(out, page, blocks, boxes, core, _in_places(page, blocks, places))
    rows: Array = np.frombuffer(out.getvalue(), "<f4").reshape(len(blocks), -1)
    return rows.T


def _boxes(page: Outline, blocks: list[Block], places: Places) -> list[_Box]:
    """Return the boxes with the sums of all that is in them."""
    parent = page.parent
    boxes = [_Box(alike) for alike in places.beside]
    for block in blocks:
        boxes[block.box].add(block.chars, block.link_chars, 1.0, block.good)
    for index in range(len(boxes) - 1, 0, -1):
        box = boxes[index]
        if box.blocks:
            boxes[parent[index]].add(box.chars, box.link_chars, box.blocks, box.good)
    return boxes


def _core(page: Outline, boxes: list[_Box]) -> i64:
    """Return the smallest box with most of the page's prose, and count the way up to it.

    The way of a box is how far up from the core the box is that holds both.
    """
    parent = page.parent
    core: i64 = 0
    enough = _CORE_SHARE * boxes[0].good
    if enough:
        # Boxes that hold more than half lie within each other: the last is the smallest.
        core = len(boxes) - 1
        while boxes[core].good < enough:
            core -= 1
    chain = [core]
    while chain[-1]:
        chain.append(parent[chain[-1]])
    up = {box: steps for steps, box in enumerate(chain)}
    for index, box in enumerate(boxes):
        found = up.get(index)
        box.steps = boxes[parent[index]].steps if found is None else found
    return core


def _shapes(page: Outline, boxes: list[_Box]) -> bytes:
    """Return what is told of each box: the first numbers count for its ancestors too."""
    out = BytesWriter()
    all_chars, all_good = max(1.0, boxes[0].chars), max(1.0, boxes[0].good)
    place, depth = page.place, page.depth
    last: i64 = len(boxes) - 1
    index: i64 = 0
    for box in boxes:
        # How many other elements stand between the start of a box and the next.
        inline = place[index + 1] - place[index] if index < last else 1
        write_f32_le(out, log(1.0 + box.chars) / 4)
        write_f32_le(out, box.link_chars / max(box.chars, 1.0))
        write_f32_le(out, log(1.0 + box.blocks) / 3)
        write_f32_le(out, box.chars / all_chars)
        write_f32_le(out, box.good / all_good)
        write_f32_le(out, log(float(box.alike)))
        write_f32_le(out, min(depth[index], 6) / 3)
        write_f32_le(out, min(inline, 8) / 4)
        index += 1
    return out.getvalue()


def _around(page: Outline, shapes: bytes, box: i64) -> bytes:
    """Return of a box and the two around it what counts for what stands in them."""
    parts = []
    for _ in range(3):
        parts.append(shapes[_SHAPE * box : _SHAPE * box + _OF_ANCESTORS])
        box = page.parent[box]
    return b"".join(parts)


def _in_places(page: Outline, blocks: list[Block], places: Places) -> list[bytes]:
    """Return for each block what is told of all that stand in the same place of other boxes."""
    of, parent = places.of, page.parent
    groups: list[_Place | None] = [None] * len(places.counts)
    found: list[_Place] = []
    total = 1.0
    for block in blocks:
        number = of[block.box]
        group = groups[number]
        if group is None:
            around = parent[block.box]
            group = groups[number] = _Place(
                places.counts[of[around]], places.counts[of[parent[around]]]
            )
        group.add(block.chars, block.link_chars)
        total += block.chars
        found.append(group)
    return [group.told(total) for group in found]


def _labels(blocks: list[Block]) -> dict[int, bytes]:
    """Return the kind and hint bits as numbers for each label there is.

    A negative hint that covers nearly the whole page is left out.
    """
    chars: dict[int, float] = {}
    total = run = 0.0
    label = blocks[0].label
    for block in blocks:
        if block.label != label:
            chars[label] = chars.get(label, 0.0) + run
            label, run = block.label, 0.0
        run += block.chars
        total += block.chars
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


def _near(blocks: list[Block]) -> bytes:
    """Return what each block tells those beside it, with room for two at either end."""
    out = BytesWriter()
    out.write(bytes(2 * _NEAR))
    for block in blocks:
        write_f32_le(out, block.size / 4)
        write_f32_le(out, block.density)
        write_f32_le(out, 1.0 if HEADING <= block.kind <= LAST_HEADING else 0.0)
    out.write(bytes(2 * _NEAR))
    return out.getvalue()


def _whole(blocks: list[Block], boxes: int) -> bytes:
    """Return what is told of the page."""
    out = BytesWriter()
    count = len(blocks)
    chars = good = linked = 0.0
    full = 0
    for block in blocks:
        chars += block.chars
        linked += block.link_chars
        good += block.good
        if block.good:
            full += 1
    total = max(1.0, chars)
    for number in (
        log(1.0 + total) / 4, log(1.0 + count) / 3, good / total,
        linked / total, min(total / count / 100, 3.0), full / count,
        log(1.0 + boxes) / 3, log(1.0 + full) / 3,
    ):  # fmt: skip
        write_f32_le(out, number)
    return out.getvalue()


def _write_rows(
    out: BytesWriter,
    page: Outline,
    blocks: list[Block],
    boxes: list[_Box],
    core: i64,
    in_places: list[bytes],
) -> None:
    parents = page.parent
    labels, shapes = _labels(blocks), _shapes(page, boxes)
    near, whole = _near(blocks), _whole(blocks, len(boxes))
    around: list[bytes] = [b""] * len(boxes)
    row = _Row(page, blocks)
    label = b""
    last: i64 = -1
    index: i64 = 0
    for block in blocks:
        box = block.box
        if block.label != last:
            last = block.label
            label = labels[last]
        parent: i64 = parents[box]
        up = around[parent]
        if not up:
            up = around[parent] = _around(page, shapes, parent)
        out.write(label)
        _write_own(out, block)
        out.write(shapes[_SHAPE * box : _SHAPE * box + _SHAPE])
        out.write(up)
        out.write(near[_NEAR * index : _NEAR * (index + 2)])
        out.write(near[_NEAR * (index + 3) : _NEAR * (index + 5)])
        row.write_beside(out, index)
        steps = boxes[box].steps
        write_f32_le(out, 0.0 if steps else 1.0)
        write_f32_le(out, 1.0 if steps and box < core else 0.0)
        write_f32_le(out, 1.0 if steps and box > core else 0.0)
        write_f32_le(out, log(1.0 + float(steps)))
        write_f32_le(out, 1.0 if core else 0.0)
        row.write(out, index)
        out.write(whole)
        out.write(in_places[index])
        index += 1


def _write_own(out: BytesWriter, block: Block) -> None:
    write_f32_le(out, block.size / 2)
    write_f32_le(out, block.density)
    write_f32_le(out, 1.0 if block.density > 0.5 else 0.0)
    write_f32_le(out, 1.0 if block.size > _LONG else 0.0)
    write_f32_le(out, min(block.chars / block.words / 10, 2.0))
    write_f32_le(out, log(1.0 + block.words) / 2)
    write_f32_le(out, log(1.0 + block.stops) / 2)
    write_f32_le(out, min(block.commas / block.words, 1.0) * 2)
    write_f32_le(out, log(1.0 + block.links) / 2)
    write_f32_le(out, 1.0 if block.stop else 0.0)
    write_f32_le(out, 1.0 if block.colon else 0.0)
    write_f32_le(out, 1.0 if block.capital else 0.0)
    write_f32_le(out, 1.0 if block.digit else 0.0)
    write_f32_le(out, 1.0 if block.bar else 0.0)
    write_f32_le(out, 1.0 if block.rights else 0.0)


@final
class _Row:
    """Walks along the blocks of a page: what is around each, and how much came before."""

    __slots__ = (
        "again", "before", "blocks", "count", "density", "first", "size", "texts", "total",
    )  # fmt: skip

    def __init__(self, page: Outline, blocks: list[Block]) -> None:
        self.blocks, self.texts = blocks, page.texts
        self.count: i64 = len(blocks)
        self.again = _repeated(page.texts)
        self.total = 0.0
        self.before = 0.0  # characters of the blocks before
        self.first = 0.0  # after the first h1: 1, before it: -1; 0 if there is none
        self.size = self.density = 0.0  # sums over the blocks around
        for block in blocks:
            self.total += block.chars
            if block.kind == HEADING:
                self.first = -1.0
        for block in blocks[:_AROUND]:
            self.size += block.size
            self.density += block.density

    def write_beside(self, out: BytesWriter, index: i64) -> None:
        blocks, count = self.blocks, self.count
        if index + _AROUND < count:
            block = blocks[index + _AROUND]
            self.size += block.size
            self.density += block.density
        if index > _AROUND:
            block = blocks[index - _AROUND - 1]
            self.size -= block.size
            self.density -= block.density
        write_f32_le(out, self.size / 36)
        write_f32_le(out, self.density / 9)
        kind = blocks[index].kind
        write_f32_le(out, 1.0 if index and blocks[index - 1].kind == kind else 0.0)
        write_f32_le(out, 1.0 if index + 1 < count and blocks[index + 1].kind == kind else 0.0)

    def write(self, out: BytesWriter, index: i64) -> None:
        block = self.blocks[index]
        if block.kind == HEADING and self.first:
            self.first = 1.0
        share = float(index) / float(self.count)
        repeated = bool(self.again) and self.texts[index] in self.again
        write_f32_le(out, self.before / self.total)
        write_f32_le(out, share)
        write_f32_le(out, abs(share - 0.5))
        write_f32_le(out, self.first)
        write_f32_le(out, 1.0 if repeated else 0.0)
        self.before += block.chars


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
