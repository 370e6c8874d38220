"""A page as a row of text blocks, each knowing where it stands.

A box is a block element, a block a run of text without a block boundary in it.
"""

# ruff: noqa: SIM113 - a native index counts faster
from __future__ import annotations

from librt.vecs import append, vec
from mypy_extensions import i64


class Outline:
    """All blocks of a page in document order and the boxes they stand in, column by column.

    The boxes stand in document order too: those inside box `i` are `i + 1` to `end[i]`. What
    stands in vectors is no object, neither here nor where it is read.
    """

    def __init__(self) -> None:
        self.tags: list[str] = []  # of the boxes
        self.parent = vec[i64]()  # box around it; 0 for the outermost
        self.hints = vec[i64]()  # own and inherited
        self.own = vec[i64]()  # hints of this element alone
        self.look: list[str] = []  # class and id: equal for repeated items
        self.end = vec[i64]()
        self.depth = vec[i64]()  # of lists
        self.place = vec[i64]()  # of the boxes among all elements

        self.texts: list[str] = []  # of the blocks
        self.at = vec[i64]()  # box each stands in
        self.link_chars: list[int] = []
        self.links: list[int] = []
        self.full = False  # a cap was reached, the rest is missing
        self.tables: object = None  # once they were asked for
        self.formulas = False  # some were put in place of what shows them

    def open(self, tag: str, look: str, own: i64, around: i64) -> int:
        """Begin a box in the one around it, -1 for none; return it."""
        box = len(self.tags)
        inherited: i64 = 0
        depth: i64 = 1 if tag in ("ul", "ol") else 0
        if around >= 0:
            inherited = self.hints[around]
            depth += self.depth[around]
        else:
            around = 0
        self.tags.append(tag)
        self.look.append(look)
        self.own = append(self.own, own)
        self.hints = append(self.hints, own | inherited)
        self.depth = append(self.depth, depth)
        self.parent = append(self.parent, around)
        self.end = append(self.end, box + 1)
        return box

    def add(self, text: str, box: i64, link_chars: int, links: int) -> None:
        """Add a block: its text, the box it stands in, how much of it are links."""
        self.texts.append(text)
        self.at = append(self.at, box)
        self.link_chars.append(link_chars)
        self.links.append(links)

    def inside(self, box: int) -> list[str]:
        """Return the texts in a box and in the boxes within it."""
        end = self.end[box]
        return [text for text, at in zip(self.texts, self.at, strict=True) if box <= at < end]

    def holders(self, names: frozenset[str], end: str) -> vec[i64]:
        """Return for each box the innermost of these names around it or itself, 0 if none.

        Nothing within a box called `end` is held by one around that.
        """
        found = vec[i64]([0] * len(self.tags))
        box: i64 = 0
        for tag in self.tags:
            if tag in names:
                found[box] = box
            elif box and tag != end:
                found[box] = found[self.parent[box]]
            box += 1
        return found
