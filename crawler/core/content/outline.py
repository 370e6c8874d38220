"""A page as a row of text blocks, each knowing where it stands.

One iterative walk over the tree; what the text is taken for is decided later.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.core.content.hints import TAG_HINTS, hints_of, look_of

MAX_BLOCKS = 20_000
MAX_NODES = 400_000
MAX_TEXT = 4_000_000  # characters taken from one page

_SKIPPED = frozenset(
    [
        "script",
        "style",
        "template",
        "svg",
        "noscript",
        "iframe",
        "object",
        "embed",
        "canvas",
        "audio",
        "video",
        "select",
        "datalist",
        "map",
        "head",
        "title",
        "meta",
        "link",
        "param",
        "source",
        "track",
        "noframes",
        "frameset",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
        "listing",
        "xmp",
        "plaintext",
        "search",
        "textarea",
    ]
)
_PREFORMATTED = frozenset({"pre", "textarea", "listing", "xmp", "plaintext"})
_LISTS = frozenset({"ul", "ol"})
_CELLS = frozenset({"td", "th"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
# What keeps code from being taken as one text.
_NOT_PLAIN = "br,script,style,template,[data-nosnippet]"
_LITTLE = 500  # characters of text below which a page shows nothing without scripts
_BREAK = "\ue000"  # stands for a br until white space is collapsed
_BREAKS = re.compile(f" *{_BREAK}[ {_BREAK}]*")


@dataclass(slots=True)
class Box:
    """A block element and the sums of the text in it."""

    tag: str
    parent: int  # index of the box around it, -1 for the outermost
    hints: int  # its own and all inherited ones
    own: int  # hints of this element alone
    look: str  # class and id: equal for repeated items
    end: int = 0  # index after the last box inside
    chars: int = 0
    link_chars: int = 0
    blocks: int = 0


@dataclass(slots=True)
class Block:
    """A run of text without a block boundary in it."""

    text: str
    kind: str  # tag of the box around it
    level: int  # of a heading; depth of a list; 0
    box: int  # index of the box it stands in
    hints: int
    link_chars: int
    links: int
    row: int  # box of the table row for a cell, else -1
    marks: int  # inline elements other than links


@dataclass(slots=True)
class Outline:
    """All blocks of a page in order, and the boxes they stand in."""

    blocks: list[Block] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    full: bool = False  # a cap was reached, the rest is missing


def outline(tree: LexborHTMLParser) -> Outline:
    """Return the blocks of the body."""
    walk = _Walk()
    if tree.body is None:
        return walk.result
    walk.run(tree.body)
    if walk.size < _LITTLE and tree.css_first("noscript") is not None:
        # A page drawn by scripts that tells readers without them the same in noscript.
        walk = _Walk(_SKIPPED - {"noscript"})
        walk.run(tree.body)
    return walk.result


class _Walk:
    """The state of one walk: where it is, and the block being filled."""

    __slots__ = (
        "box", "boxes", "breaks", "link", "link_chars", "links", "lists", "marks", "parts", "pre",
        "result", "row", "size", "skipped",
    )  # fmt: skip

    def __init__(self, skipped: frozenset[str] = _SKIPPED) -> None:
        self.skipped = skipped
        self.result = Outline()
        self.boxes = self.result.boxes
        self.parts: list[str] = []
        self.box = -1
        self.row = -1
        self.link = self.lists = self.pre = 0  # nesting depths
        self.link_chars = self.links = self.marks = self.size = 0
        self.breaks = False

    def run(self, top: LexborNode) -> None:  # noqa: C901 - one loop, for speed
        """Walk `top` in document order, without recursion."""
        self._enter("body", {})
        stack: list[tuple[LexborNode | None, str, int]] = [(None, "body", -1)]
        node = top.first_child
        budget = MAX_NODES
        while stack:
            if node is None:
                node, tag, before = stack.pop()
                self._leave(tag, before)
                continue
            budget -= 1
            if budget < 0 or len(self.result.blocks) >= MAX_BLOCKS or self.size > MAX_TEXT:
                self.result.full = True
                break
            tag = node.tag or "-"
            if tag == "-text":
                self._text(node.text_content or "")
            elif tag == "br":
                self.parts.append(_BREAK)
                self.breaks = True
            elif tag not in self.skipped and tag[0] not in "-!":
                before = self.box
                child = node.first_child
                if child is None:
                    if self.parts and tag in _BLOCKS:
                        self._flush()
                elif self._whole(node, child, tag):
                    pass
                else:
                    self._enter_any(node, tag)
                    stack.append((node.next, tag, before))
                    node = child
                    continue
            node = node.next
        while stack:  # only after a cap: close what is open
            _, tag, before = stack.pop()
            self._leave(tag, before)

    def _text(self, text: str) -> None:
        if text.isspace() and not self.pre:
            if self.parts:
                self.parts.append(" ")
            return
        self.parts.append(text)
        self.size += len(text)
        if self.link:
            self.link_chars += len(text)

    def _whole(self, node: LexborNode, child: LexborNode, tag: str) -> bool:
        """Take an inline element that holds only text at once, or code; whether it was one."""
        if tag in _BLOCKS:
            if tag != "pre" or node.css_first(_NOT_PLAIN) is not None:
                return False
            self._enter_any(node, tag)
            self._text(node.text())
            self._leave(tag, self.boxes[self.box].parent)
            return True
        if child.next is not None or child.tag != "-text":
            return False
        if tag == "span" and "data-nosnippet" in node.attributes:
            return False
        text = child.text_content or ""
        if tag == "a":
            self.links += 1
            self.link += 1
            self._text(text)
            self.link -= 1
        else:
            self.marks += 1
            self._text(text)
        return True

    def _enter_any(self, node: LexborNode, tag: str) -> None:
        if tag in _BLOCKS or (tag == "span" and "data-nosnippet" in node.attributes):
            if self.parts:
                self._flush()
            self._enter(tag, node.attributes)
        elif tag == "a":
            self.link += 1
            self.links += 1
        else:
            self.marks += 1

    def _enter(self, tag: str, attributes: dict[str, str | None]) -> None:
        look = ""
        own = TAG_HINTS.get(tag, 0)
        if attributes:
            look = look_of(attributes)
            own |= hints_of(attributes, look)
        inherited = self.boxes[self.box].hints if self.box >= 0 else 0
        self.boxes.append(Box(tag, self.box, inherited | own, own, look))
        self.box = len(self.boxes) - 1
        if tag in _PREFORMATTED:
            self.pre += 1
        elif tag in _LISTS:
            self.lists += 1
        elif tag == "tr":
            self.row = self.box

    def _leave(self, tag: str, box_before: int) -> None:
        if self.box != box_before:
            if self.parts:
                self._flush()
            box = self.boxes[self.box]
            box.end = len(self.boxes)
            if box.parent >= 0:
                around = self.boxes[box.parent]
                around.chars += box.chars
                around.link_chars += box.link_chars
                around.blocks += box.blocks
            self.box = box.parent
            if tag in _PREFORMATTED:
                self.pre -= 1
            elif tag in _LISTS:
                self.lists -= 1
            elif tag == "tr":
                self.row = -1
        elif tag == "a":
            self.link -= 1

    def _flush(self) -> None:
        """End the block being filled, unless it holds only space."""
        text = self._joined()
        if text:
            box = self.boxes[self.box]
            kind = box.tag
            level = _HEADINGS.get(kind, 0) or self.lists
            link_chars = min(self.link_chars, len(text))
            row = self.row if kind in _CELLS else -1
            self.result.blocks.append(
                Block(
                    text, kind, level, self.box, box.hints, link_chars, self.links, row, self.marks
                )
            )
            box.chars += len(text)
            box.link_chars += link_chars
            box.blocks += 1
        self.parts.clear()
        self.link_chars = self.marks = 0
        self.links = self.link
        self.breaks = False

    def _joined(self) -> str:
        parts = self.parts
        text = parts[0] if len(parts) == 1 else "".join(parts)
        if self.pre:
            return text.replace(_BREAK, "\n").strip("\r\n") if not text.isspace() else ""
        text = " ".join(text.split())
        if self.breaks:
            text = _BREAKS.sub(_line_break, text).strip()
        return text


def _line_break(match: re.Match[str]) -> str:
    return "\n\n" if match[0].count(_BREAK) > 1 else "\n"
