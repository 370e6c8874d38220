"""A page as a row of text blocks, each knowing where it stands.

A box is a block element, a block a run of text without a block boundary in it. Most boxes
hold one run and nothing else: their text is taken in one call. Only boxes that mix text with
other boxes are walked child by child.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from crawler.core.content.elements import LEFT_OUT, NUMBER, Elements
from crawler.core.content.hints import CODE, own_hints

MAX_BLOCKS = 20_000
MAX_TEXT = 4_000_000  # characters taken from one page

_LISTS = frozenset({"ul", "ol"})
# Between their parts stands nothing but space.
_BARE = frozenset({"ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "tr"})
_LITTLE = 500  # characters of text below which a page shows nothing without scripts
_BREAK = "\ue000"  # stands for a br until white space is collapsed
_BREAKS = re.compile(f" *{_BREAK}[ {_BREAK}]*")
_TEXT, _BR, _A = NUMBER["-text"], NUMBER["br"], NUMBER["a"]
_OUT = -1  # in place of a box: not part of the text
_Children = Iterator[LexborNode]


@dataclass(slots=True)
class Outline:
    """All blocks of a page in document order and the boxes they stand in, column by column.

    The boxes stand in document order too: those inside box `i` are `i + 1` to `end[i]`.
    """

    tags: list[str] = field(default_factory=list)  # of the boxes
    parent: list[int] = field(default_factory=list)  # box around it; 0 for the outermost
    hints: list[int] = field(default_factory=list)  # own and inherited
    own: list[int] = field(default_factory=list)  # hints of this element alone
    look: list[str] = field(default_factory=list)  # class and id: equal for repeated items
    end: list[int] = field(default_factory=list)
    depth: list[int] = field(default_factory=list)  # of lists
    place: list[int] = field(default_factory=list)  # of the boxes among all elements

    texts: list[str] = field(default_factory=list)  # of the blocks
    at: list[int] = field(default_factory=list)  # box each stands in
    link_chars: list[int] = field(default_factory=list)
    links: list[int] = field(default_factory=list)
    full: bool = False  # a cap was reached, the rest is missing

    def inside(self, box: int) -> list[str]:
        """Return the texts in a box and in the boxes within it."""
        end = self.end[box]
        return [text for text, at in zip(self.texts, self.at, strict=True) if box <= at < end]


def outline(elements: Elements) -> Outline:
    """Return the blocks of the body."""
    page = _Walk(elements, LEFT_OUT).run()
    if sum(map(len, page.texts)) < _LITTLE and elements.of("noscript"):
        # A page drawn by scripts that tells readers without them the same in noscript.
        return _Walk(elements, LEFT_OUT - {"noscript"}).run()
    return page


class _Walk:
    """Finds the boxes of a page, then fills in its blocks."""

    __slots__ = (
        "box_at", "left_out", "link_chars", "links", "mixed", "nodes", "owner", "page", "parts",
        "run_chars", "run_links", "size",
    )  # fmt: skip

    def __init__(self, elements: Elements, left_out: frozenset[str]) -> None:
        self.left_out = left_out
        self.page = Outline(full=elements.full)
        self.nodes: list[LexborNode] = []  # of the boxes
        self.box_at: dict[int, int] = {}  # box of an element
        # Box around an inline element that must be walked, _OUT for one that is left out.
        self.owner: dict[int, int] = {}
        most = len(elements.boxes) + 1  # one for what stands in no box
        self.mixed = [False] * most  # boxes that must be walked
        self.link_chars = [0] * most  # of the boxes
        self.links = [0] * most
        self.parts: list[str] = []  # of the block being filled
        self.run_chars = self.run_links = self.size = 0
        # Known before the boxes, so that none is found within.
        self.owner.update((node.mem_id, _OUT) for tag, node in elements.left_out if tag in left_out)
        self._find_boxes(elements)
        if self.nodes:
            self._find_mixed(elements)
            self._close()

    def run(self) -> Outline:
        if self.nodes:
            self._fill()
        return self.page

    # --- boxes ------------------------------------------------------------------------

    def _find_boxes(self, elements: Elements) -> None:
        boxes, owner, mixed, nodes = self.box_at, self.owner, self.mixed, self.nodes
        page = self.page
        hints, depths = page.hints, page.depth
        for tag, node, place in elements.boxes:
            up = node.parent
            box = boxes.get(up.mem_id) if up is not None else _OUT
            if box is None:
                box = self._box_around(node) if nodes else 0
            key = node.mem_id
            if box == _OUT:
                owner[key] = _OUT
                continue
            mixed[box] = True
            depth = tag in _LISTS
            own, look = own_hints(tag, node.attributes)
            if nodes:
                hints.append(own | hints[box])
                depths.append(depths[box] + depth)
            else:
                mixed[0] = False
                hints.append(own)
                depths.append(depth)
            boxes[key] = len(nodes)
            nodes.append(node)
            page.tags.append(tag)
            page.parent.append(box)
            page.own.append(own)
            page.look.append(look)
            page.place.append(place)

    def _find_mixed(self, elements: Elements) -> None:
        """Find what is left out, breaks and links: which boxes must be walked for them."""
        for tag, node in elements.left_out:
            if tag in self.left_out:
                box = self._box_around(node)
                if box != _OUT:
                    self.mixed[box] = True
        for node in elements.breaks:
            self.mixed[self._box_around(node)] = True  # the last one is nobody's
        for tag, node, _ in elements.hrefs:
            if tag == "a":
                box = self._box_around(node)
                self.links[box] += 1
                if not self.mixed[box]:
                    self.link_chars[box] += len(node.text())

    def _box_around(self, node: LexborNode) -> int:
        """Return the box an element stands in; what lies between must be walked."""
        owner, boxes = self.owner, self.box_at
        between = []
        box = None
        up = node.parent
        while up is not None:
            key = up.mem_id
            box = boxes.get(key)
            if box is None:
                box = owner.get(key)
            if box is not None:
                break
            between.append(key)
            up = up.parent
        box = _OUT if box is None else box
        for key in between:
            owner[key] = box
        return box

    def _close(self) -> None:
        """Tell the page where each box ends."""
        parents = self.page.parent
        self.page.end = end = list(range(1, len(parents) + 1))
        for index in range(len(parents) - 1, 0, -1):
            parent = parents[index]
            end[parent] = max(end[parent], end[index])

    # --- blocks -----------------------------------------------------------------------

    def _fill(self) -> None:  # noqa: C901, PLR0912 - one loop, for speed
        """Walk the mixed boxes in document order, without recursion."""
        boxes, owner, mixed = self.box_at, self.owner, self.mixed
        stack: list[tuple[_Children, int, int]] = []  # what to go on with: box, open links
        box, link = 0, 0
        children: _Children = self._children(self.nodes[0], 0)
        if not mixed[0]:
            self._leaf(0, self.nodes[0], link)
            return
        while True:
            for child in children:
                tag = child.tag_id
                if tag == _TEXT:
                    self._text(child.text_content or "", box, link)
                    continue
                key = child.mem_id
                inner = boxes.get(key)
                if inner is not None:
                    if self.parts:
                        self._flush(box, link)
                    if not mixed[inner]:
                        self._leaf(inner, child, link)
                        continue
                    stack.append((children, box, link))
                    children, box = self._children(child, inner), inner
                    break
                if key not in owner:
                    self._inline(child, tag, link)
                elif owner[key] != _OUT:
                    stack.append((children, box, link))
                    children = child.iter(include_text=True)
                    if tag == _A:
                        link += 1
                        self.run_links += 1
                    break
            else:
                if not stack:
                    break
                children, outer, link = stack.pop()
                if outer != box and self.parts:
                    self._flush(box, link)
                box = outer
        if self.parts:
            self._flush(box, link)

    def _children(self, node: LexborNode, box: int) -> _Children:
        return node.iter(include_text=True, skip_empty=self.page.tags[box] in _BARE)

    def _text(self, text: str, box: int, link: int) -> None:
        if not self.parts and text.isspace() and not self.page.hints[box] & CODE:
            return
        self.parts.append(text)
        if link:
            self.run_chars += len(text)

    def _inline(self, node: LexborNode, tag: int, link: int) -> None:
        """Take a break or an element that holds nothing but text."""
        if tag == _BR:
            self.parts.append(_BREAK)
            return
        text = node.text()
        self.parts.append(text)
        if tag == _A:
            self.run_links += 1
        if link or tag == _A:
            self.run_chars += len(text)

    def _leaf(self, box: int, node: LexborNode, link: int) -> None:
        """Add the one block of a box that holds nothing but text and inline elements."""
        text = node.text()
        if not text:
            return
        if link:
            self._add(box, text, len(text), link)
        else:
            self._add(box, text, self.link_chars[box], self.links[box])

    def _flush(self, box: int, link: int) -> None:
        """End the block being filled, unless it holds only space."""
        text = "".join(self.parts)
        self.parts.clear()
        if text:
            self._add(box, text, self.run_chars, self.run_links)
        self.run_chars, self.run_links = 0, link

    def _add(self, box: int, text: str, link_chars: int, links: int) -> None:
        page = self.page
        if len(page.texts) >= MAX_BLOCKS or self.size > MAX_TEXT:
            page.full = True
            return
        if page.hints[box] & CODE:
            text = "" if text.isspace() else text.replace(_BREAK, "\n").strip("\r\n")
        else:
            text = " ".join(text.split())
            if _BREAK in text:
                text = _BREAKS.sub(_line_break, text).strip()
        if not text:
            return
        self.size += len(text)
        page.texts.append(text)
        page.at.append(box)
        page.link_chars.append(min(link_chars, len(text)))
        page.links.append(links)


def _line_break(match: re.Match[str]) -> str:
    return "\n\n" if match[0].count(_BREAK) > 1 else "\n"
