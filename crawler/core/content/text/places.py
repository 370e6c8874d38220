"""Which boxes of a page are alike: the same place of items that repeat.

A place is told by the tags of all boxes around and by how each names itself first. What numbers a
thing (`post-123`), and the further names it bears for what it is about, make no other place.
"""

# ruff: noqa: SIM113 - a native index counts faster
from __future__ import annotations

from typing import Final, final

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
        of: list[int] = []
        counts: list[int] = []
        known: dict[tuple[int, str, str], int] = {}
        last = [-1] * len(parent)  # box right in each: mostly the next one is like it
        groups: list[int] = []
        sizes: list[int] = []
        grouped: dict[tuple[int, int], int] = {}
        names: list[str] = []
        box: i64 = 0
        for look in looks:
            up: i64 = parent[box]
            tag, name = tags[box], name_of(look)
            names.append(name)
            before: i64 = last[up]
            last[up] = box
            if before > 0 and tags[before] == tag and names[before] == name:
                place, group = of[before], groups[before]
            else:
                around = of[up] if box else -1
                place = known.setdefault((around, tag, name), len(counts))
                if place == len(counts):
                    counts.append(0)
                group = grouped.setdefault((up, place), len(sizes))
                if group == len(sizes):
                    sizes.append(0)
            counts[place] += 1
            sizes[group] += 1
            of.append(place)
            groups.append(group)
            box += 1
        self.of, self.counts = of, counts
        self.beside = [sizes[group] for group in groups]


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
