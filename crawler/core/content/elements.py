"""The few elements that evidence, links and metadata are read from, found in one search.

Each search of the tree costs as much as all of them together, so there is one.
"""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode

_TAGS = "a,area,link,meta,base,script,small,title,time,h1"
_MARKED = "[itemprop],[property],[data-nosnippet]"
_MARKS = (b"itemprop", b"property", b"data-nosnippet")


class Elements:
    """A tree with its interesting elements by tag, in document order."""

    __slots__ = ("_by_tag", "hrefs", "lowered", "marked", "tree")

    def __init__(self, tree: LexborHTMLParser, utf8: bytes) -> None:
        self.tree = tree
        self.lowered = utf8.lower()  # to learn quickly that a page lacks something
        self.hrefs: list[LexborNode] = []  # a, area and link
        self.marked: list[LexborNode] = []  # with itemprop, property or data-nosnippet
        self._by_tag: dict[str, list[LexborNode]] = {}
        for node in tree.css(_TAGS):
            tag = node.tag or ""
            if tag in ("a", "area"):
                self.hrefs.append(node)
                continue
            if tag == "link":
                self.hrefs.append(node)
            self._by_tag.setdefault(tag, []).append(node)
        if any(mark in self.lowered for mark in _MARKS):
            found = {node.mem_id: node for node in tree.css(_MARKED)}
            self.marked = list(found.values())

    def of(self, tag: str) -> list[LexborNode]:
        """Return the link, meta, base, script, small, title, time or h1 elements."""
        return self._by_tag.get(tag, [])
