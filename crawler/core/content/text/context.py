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


def context(page: Outline, places: Places, likely: list[float], blocks: list[int]) -> Array:
    """Return one row of numbers a feature, one column for each of `blocks`.

    `likely` are the first likelihoods of all blocks of the page.
    """
    out = BytesWriter()
    _Context(page, places, vec[float](likely)).write(out, vec[i64](blocks))
    rows: Array = np.frombuffer(out.getvalue(), "<f4").reshape(len(blocks), NUMBERS)
    return rows.T


@final
@mypyc_attr(acyclic=True)
class _Group:
    """Blocks that belong together, by number: their likelihood in the mean, by weight."""

    __slots__ = ("likely", "weight")

    def __init__(self, count: i64) -> None:
        self.likely = vec[float]([0.0] * count)
        self.weight = vec[float]([0.0] * count)

    def add(self, number: i64, likely: float, weight: float) -> None:
        self.likely[number] += likely * weight
        self.weight[number] += weight

    def mean(self, number: i64) -> float:
        weight = self.weight[number]
        return self.likely[number] / weight if weight > 0.0 else 0.0


@final
class _Context:
    def __init__(self, page: Outline, places: Places, likely: vec[float]) -> None:
        self.likely = likely
        self.of, self.at, self.parent = places.of, page.at, page.parent
        count: i64 = len(likely)
        self.sizes = vec[float]([0.0] * count)
        self.weights = vec[float]([0.0] * count)
        index: i64 = 0
        for text in page.texts:
            size = float(len(text))
            self.sizes[index] = size
            self.weights[index] = log(1.0 + size)
            index += 1
        self.counts = vec[float]([0.0] * len(places.counts))  # of the blocks in a place
        # By how far up: the groups of the blocks in alike boxes, and of those in one box.
        self.alike: list[_Group] = []
        self.inside: list[_Group] = []
        self.above: list[bytes] = [b""] * len(page.parent)  # by box: what stands in it hears
        for up in range(_UP + 1):
            self._group(up, len(places.counts))

    def _group(self, up: int, places: i64) -> None:
        at, of, parent = self.at, self.of, self.parent
        alike, inside = _Group(places), _Group(len(of))
        index: i64 = 0
        while index < len(at):
            box = at[index]
            for _ in range(up):
                box = parent[box]
            place = of[box]
            if not up:
                self.counts[place] += 1.0
            alike.add(place, self.likely[index], self.weights[index])
            inside.add(box, self.likely[index], self.sizes[index])
            index += 1
        self.alike.append(alike)
        self.inside.append(inside)

    def write(self, out: BytesWriter, blocks: vec[i64]) -> None:
        likely, sizes = self.likely, self.sizes
        count: i64 = len(likely)
        total = 1.0
        every = 0.0
        strong: i64 = 0
        chosen: i64 = 0
        last = vec[i64]([0] * count)  # surely text at or before each block
        passed = vec[float]([0.0] * count)  # characters that are text before each block
        at: i64 = -1
        index: i64 = 0
        while index < count:
            chance, size = likely[index], sizes[index]
            every += size
            passed[index] = total - 1.0
            total += chance * size
            if chance > _STRONG and size > _LONG:
                strong += 1
                at = index
            if chance > _CHOSEN:
                chosen += 1
            last[index] = at
            index += 1
        following = self._following()
        near, far = self._means(_NEAR), self._means(_FAR)
        for index in blocks:
            self._write_groups(out, index)
            self._write_beside(out, index)
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

    def _write_beside(self, out: BytesWriter, index: i64) -> None:
        likely, count = self.likely, len(self.likely)
        step: i64 = 1
        while step < 4:
            write_f32_le(out, likely[index - step] if index >= step else 0.0)
            write_f32_le(out, likely[index + step] if index + step < count else 0.0)
            step += 1

    def _write_groups(self, out: BytesWriter, index: i64) -> None:
        chance = self.likely[index]
        write_f32_le(out, log((chance + 0.001) / (1.001 - chance)) / 3)
        write_f32_le(out, chance)
        box = self.at[index]
        place = self.of[box]
        write_f32_le(out, self.alike[0].mean(place))
        write_f32_le(out, log(self.counts[place]) / 3)
        write_f32_le(out, self.inside[0].mean(box))
        around = self.parent[box]
        above = self.above[around]
        if not above:
            above = self.above[around] = self._of_above(around)
        out.write(above)

    def _of_above(self, box: i64) -> bytes:
        """Return what the blocks right below a box hear of it and the boxes around it."""
        out = BytesWriter()
        for up in range(1, _UP + 1):
            write_f32_le(out, self.alike[up].mean(self.of[box]))
            write_f32_le(out, self.inside[up].mean(box))
            box = self.parent[box]
        return out.getvalue()

    def _following(self) -> vec[i64]:
        """Return for each block the next that is surely text, itself included, -1 if none is."""
        index: i64 = len(self.likely)
        found = vec[i64]([0] * index)
        at: i64 = -1
        while index > 0:
            index -= 1
            if self.likely[index] > _STRONG and self.sizes[index] > _LONG:
                at = index
            found[index] = at
        return found

    def _means(self, reach: i64) -> vec[float]:
        """Return the likelihoods averaged over the blocks within reach, by weight."""
        likely, weights = self.likely, self.weights
        count: i64 = len(likely)
        found = vec[float]([0.0] * count)
        said = weight = 0.0
        index = -reach
        while index < count:
            if index + reach < count:
                said += likely[index + reach] * weights[index + reach]
                weight += weights[index + reach]
            if index > reach:
                said -= likely[index - reach - 1] * weights[index - reach - 1]
                weight -= weights[index - reach - 1]
            if index >= 0:
                found[index] = said / weight if weight > 0.001 else 0.0
            index += 1
        return found
