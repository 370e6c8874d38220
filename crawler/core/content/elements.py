"""The elements of a page that anything is read from, found in one search of the tree.

Making a Python object of each element is most of the cost, so it is done once.
"""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

MAX_ELEMENTS = 400_000

_NAMES = """
address article aside blockquote body button caption center dd details dialog dir div dl dt
fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing main
menu nav ol p plaintext pre search section summary table tbody td textarea tfoot th thead tr ul xmp
"""
BLOCKS = frozenset(_NAMES.split())
_NAMES = """
audio base canvas datalist embed frameset head iframe link map meta noframes noscript object param
script select source style svg template title track video
"""
LEFT_OUT = frozenset(_NAMES.split())
_READ = frozenset({"meta", "base", "script", "small", "title", "time", "h1", "noscript"})
_POINTING = frozenset({"a", "area", "link"})
_MARKED = "[itemprop],[property],[data-nosnippet]"
_UNQUOTED = "data-nosnippet"
Attributes = dict[str, str | None]


def _numbers() -> dict[str, int]:
    # Lexbor's number of a tag is quicker to get than its name, and differs by version.
    tree = LexborHTMLParser("<body>x")
    names = {*BLOCKS, *LEFT_OUT, *_READ, *_POINTING, "br"}
    numbers = {name: tree.create_node(name).tag_id for name in names}
    text = tree.body.first_child if tree.body is not None else None
    return numbers | ({"-text": text.tag_id} if text is not None else {})


NUMBER = _numbers()
# What becomes of a tag: name, whether it is read for what it says, whether it points
# somewhere, what it means for the text.
_BOX, _OUT, _BREAK, _NOTHING = range(4)
_USES = {
    NUMBER[name]: (
        name,
        name in _READ,
        name in _POINTING,
        _BOX
        if name in BLOCKS
        else _OUT
        if name in LEFT_OUT
        else _BREAK
        if name == "br"
        else _NOTHING,
    )
    for name in NUMBER
    if name != "-text"
}


class Elements:
    """A tree with its interesting elements, in document order."""

    __slots__ = ("_by_tag", "boxes", "breaks", "full", "hrefs", "left_out", "marked", "tree")

    def __init__(self, tree: LexborHTMLParser) -> None:
        self.tree = tree
        self.hrefs: list[tuple[str, LexborNode, Attributes]] = []  # a, area and link
        # Block elements with their place among all elements.
        self.boxes: list[tuple[str, LexborNode, int]] = []
        self.left_out: list[tuple[str, LexborNode]] = []  # whatever is in them is no text
        self.breaks: list[LexborNode] = []
        # With itemprop, property or data-nosnippet.
        self.marked: list[tuple[LexborNode, Attributes]] = []
        self._by_tag: dict[str, list[LexborNode]] = {}
        unquoted = self._find_marked()
        self.full = False
        uses = _USES
        for place, node in enumerate(tree.root.traverse() if tree.root is not None else ()):
            use = uses.get(node.tag_id)
            if use is None:
                if unquoted and node.mem_id in unquoted:
                    self.boxes.append(("span", node, place))
                continue
            if place > MAX_ELEMENTS:
                self.full = True
                break
            tag, is_read, points, shape = use
            if shape == _BOX:
                self.boxes.append((tag, node, place))
            elif shape == _OUT:
                self.left_out.append((tag, node))
            elif shape == _BREAK:
                self.breaks.append(node)
            if points:
                self.hrefs.append((tag, node, node.attributes))
            if is_read:
                self._by_tag.setdefault(tag, []).append(node)

    def of(self, tag: str) -> list[LexborNode]:
        """Return the meta, base, script, small, title, time, h1 or noscript elements."""
        return self._by_tag.get(tag, [])

    def links(self) -> Iterator[tuple[LexborNode, Attributes]]:
        """Yield the link elements with their attributes."""
        return ((node, found) for tag, node, found in self.hrefs if tag == "link")

    def _find_marked(self) -> set[int]:
        """Return the spans that must not be quoted: each becomes a block."""
        found = {node.mem_id: node for node in self.tree.css(_MARKED)}
        self.marked = [(node, node.attributes) for node in found.values()]
        return {
            node.mem_id
            for node, attributes in self.marked
            if _UNQUOTED in attributes and node.tag == "span"
        }
