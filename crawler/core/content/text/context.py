"""What the likelihoods of blocks say of each other: in what is alike, around, before and after.

A block is judged again by what was thought of those that stand in the same place of other items,
in the same boxes, beside it and in the rest of the page. Lists and cards are then chosen as wholes,
and what comes after the end of a text is seen to come after it.
"""

# ruff: noqa: PLR2004, SIM113 - each number is a feature of its own; a native index counts faster
from __future__ import annotations

from math import log
from typing import Final, final

import numpy as np
from librt.strings import BytesWriter, write_f32_le
from librt.vecs import vec
from mypy_extensions import i64, mypyc_attr

from crawler.core.content.html.outline import Outline
from crawler.core.content.text.features import Array
from crawler.core.content.text.places import Places

NUMBERS: Final = 27  # of a block
_UP: Final = 3  # boxes around its own that are looked at
_STRONG: Final = 0.6  # likelihood of a block that is surely text
_LONG: Final = 80  # characters of such a block
_CHOSEN: Final = 0.45
_NONE: Final = 3.0  # instead of a distance where there is nothing
_NEAR: Final = 5  # blocks on either side that are averaged
_FAR: Final = 15


@final
@mypyc_attr(acyclic=True)
class _Group:
    """Blocks that belong together: their likelihood in the mean, by weight."""

    __slots__ = ("count", "likely", "weight")

    def __init__(self) -> None:
        self.likely = 0.0
        self.weight = 0.0
        self.count = 0.0

    def add(self, likely: float, weight: float) -> None:
        self.likely += likely * weight
        self.weight += weight
        self.count += 1.0

    def mean(self) -> float:
        return self.likely / self.weight if self.weight > 0.0 else 0.0


def context(page: Outline, places: Places, likely: list[float], blocks: list[int]) -> Array:
    """Return one row of numbers a feature, one column for each of `blocks`.

    `likely` are the first likelihoods of all blocks of the page.
    """
    out = BytesWriter()
    _Context(page, places, likely).write(out, blocks)
    rows: Array = np.frombuffer(out.getvalue(), "<f4").reshape(len(blocks), NUMBERS)
    return rows.T


@final
class _Context:
    def __init__(self, page: Outline, places: Places, likely: list[float]) -> None:
        self.page, self.likely = page, likely
        self.sizes = [float(len(text)) for text in page.texts]
        self.weights = [log(1.0 + size) for size in self.sizes]
        self.places = places.of
        self.count = len(places.counts)
        # By how far up: the groups of the blocks in alike boxes, and of those in one box.
        self.alike: list[list[_Group | None]] = []
        self.inside: list[list[_Group | None]] = []
        self.above: list[bytes] = [b""] * len(page.parent)  # by box: what stands in it hears
        boxes = page.at
        for _ in range(_UP + 1):
            self._group(boxes)
            boxes = vec[i64]([page.parent[box] for box in boxes])

    def _group(self, boxes: vec[i64]) -> None:
        places, likely, weights, sizes = self.places, self.likely, self.weights, self.sizes
        alike: list[_Group | None] = [None] * self.count
        inside: list[_Group | None] = [None] * len(places)
        index: i64 = 0
        for box in boxes:
            place = places[box]
            chance = likely[index]
            group = alike[place]
            if group is None:
                group = alike[place] = _Group()
            group.add(chance, weights[index])
            group = inside[box]
            if group is None:
                group = inside[box] = _Group()
            group.add(chance, sizes[index])
            index += 1
        self.alike.append(alike)
        self.inside.append(inside)

    def write(self, out: BytesWriter, blocks: list[int]) -> None:
        likely, sizes = self.likely, self.sizes
        count = len(likely)
        total = 1.0
        every = 0.0
        strong: i64 = 0
        chosen: i64 = 0
        last: list[i64] = []  # surely text at or before each block
        passed: list[float] = []  # characters that are text before each block
        at: i64 = -1
        index: i64 = 0
        for chance in likely:
            size = sizes[index]
            every += size
            passed.append(total - 1.0)
            total += chance * size
            if chance > _STRONG and size > _LONG:
                strong += 1
                at = index
            if chance > _CHOSEN:
                chosen += 1
            last.append(at)
            index += 1
        following = self._following()
        near, far = self._means(_NEAR), self._means(_FAR)
        for block in blocks:
            index = block
            self._write_groups(out, index)
            for step in range(1, 4):
                write_f32_le(out, likely[index - step] if index >= step else 0.0)
                write_f32_le(out, likely[index + step] if index + step < count else 0.0)
            before = passed[index]
            write_f32_le(out, before / total)
            write_f32_le(out, (total - before - likely[index] * sizes[index]) / total)
            write_f32_le(out, near[index])
            write_f32_le(out, far[index])
            at = last[index]
            write_f32_le(out, _NONE if at < 0 else log(1.0 + float(index - at)) / 2)
            at = following[index]
            write_f32_le(out, _NONE if at < 0 else log(1.0 + float(at - index)) / 2)
            write_f32_le(out, log(1.0 + total) / 4)
            write_f32_le(out, total / (every + 1.0))
            write_f32_le(out, 1.0 if strong > 3 else 0.0)
            write_f32_le(out, float(chosen) / float(count))

    def _write_groups(self, out: BytesWriter, index: i64) -> None:
        chance = self.likely[index]
        write_f32_le(out, log((chance + 0.001) / (1.001 - chance)) / 3)
        write_f32_le(out, chance)
        box = self.page.at[index]
        group = self.alike[0][self.places[box]]
        assert group is not None  # noqa: S101 - for the compiler: each block is in a group
        write_f32_le(out, group.mean())
        write_f32_le(out, log(group.count) / 3)
        write_f32_le(out, _mean(self.inside[0][box]))
        around = self.page.parent[box]
        above = self.above[around]
        if not above:
            above = self.above[around] = self._of_above(around)
        out.write(above)

    def _of_above(self, box: int) -> bytes:
        """Return what the blocks right below a box hear of it and the boxes around it."""
        out = BytesWriter()
        for up in range(1, _UP + 1):
            write_f32_le(out, _mean(self.alike[up][self.places[box]]))
            write_f32_le(out, _mean(self.inside[up][box]))
            box = self.page.parent[box]
        return out.getvalue()

    def _following(self) -> list[i64]:
        """Return for each block the next that is surely text, itself included, -1 if none is."""
        found: list[i64] = []
        at: i64 = -1
        for index in range(len(self.likely) - 1, -1, -1):
            if self.likely[index] > _STRONG and self.sizes[index] > _LONG:
                at = index
            found.append(at)
        found.reverse()
        return found

    def _means(self, reach: i64) -> list[float]:
        """Return the likelihoods averaged over the blocks within reach, by weight."""
        likely, weights = self.likely, self.weights
        count = len(likely)
        found: list[float] = []
        said = weight = 0.0
        for index in range(-reach, count):
            if index + reach < count:
                said += likely[index + reach] * weights[index + reach]
                weight += weights[index + reach]
            if index > reach:
                said -= likely[index - reach - 1] * weights[index - reach - 1]
                weight -= weights[index - reach - 1]
            if index >= 0:
                found.append(said / weight if weight > 0.001 else 0.0)
        return found


def _mean(group: _Group | None) -> float:
    return 0.0 if group is None else group.mean()
