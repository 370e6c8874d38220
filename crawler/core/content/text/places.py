"""Which boxes of a page are alike: the same place of items that repeat.

A place is told by the tags of all boxes around and by how each names itself first. What numbers a
thing (`post-123`), and the further names it bears for what it is about, make no other place.
"""

# ruff: noqa: SIM113 - a native index counts faster
from __future__ import annotations

from typing import Final, final

from librt.vecs import append, vec
from mypy_extensions import i64, mypyc_attr

from crawler.core.content.html.outline import Outline

_MOST_KNOWN: Final = 65_536  # names
_DIGITS: Final = str.maketrans("", "", "0123456789")
_known: dict[str, str] = {}  # the pages of a site repeat their names


@final
@mypyc_attr(acyclic=True)
class Places:
    """The place of each box, and how often it occurs.

    `of`: number of the place a box stands in; `counts`: boxes by place;
    `beside`: for each box, how many of its place stand right in the same box, itself included.
    """

    __slots__ = ("beside", "counts", "of")

    def __init__(self, page: Outline) -> None:
        parent, tags, looks = page.parent, page.tags, page.look
        count: i64 = len(parent)
        of = vec[i64]([0] * count)
        counts = vec[i64]()
        known: dict[tuple[int, str, str], int] = {}
        last = vec[i64]([0] * count)  # box right in each: mostly the next one is like it
        # All boxes of a place within one box follow each other: no other box of it is between.
        around = vec[i64]()  # by place: the box in which it was counted last
        group = vec[i64]()  # by place: ... and as which group
        groups = vec[i64]([0] * count)  # by box
        sizes = vec[i64]([0] * count)  # by group
        next_group: i64 = 0
        box: i64 = 0
        for look in looks:
            up: i64 = parent[box]
            before = last[up]
            last[up] = box
            if before and looks[before] == look and tags[before] == tags[box]:
                place = of[before]
            else:
                outer = int(of[up]) if box else -1
                place = known.setdefault((outer, tags[box], name_of(look)), len(counts))
                if place == len(counts):
                    counts = append(counts, 0)
                    around = append(around, -1)
                    group = append(group, 0)
            if around[place] != up or not box:
                around[place] = up
                group[place] = next_group
                next_group += 1
            counts[place] += 1
            sizes[group[place]] += 1
            of[box] = place
            groups[box] = group[place]
            box += 1
        self.of, self.counts = of, counts
        box = 0
        while box < count:
            groups[box] = sizes[groups[box]]
            box += 1
        self.beside = groups


def name_of(look: str) -> str:
    """Return how a box names itself first, without numbers, "" if it has no name."""
    if not look:
        return look
    name = _known.get(look)
    if name is None:
        name = look.partition(" ")[0].translate(_DIGITS)
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        _known[look] = name
    return name
