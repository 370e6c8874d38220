"""The paragraphs, lists, tables and notes of an ODT, written out as HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.etree.ElementTree import Element

from crawler.core.content.documents.as_page import escape
from crawler.core.content.documents.xml_tree import DEEPEST, attribute, child, every, tag

# What is no text of the document: deleted, remarks, made of the headings by the program.
_LEFT_OUT = frozenset(
    (  # noqa: SIM905 - names, to be read
        "tracked-changes annotation annotation-end table-of-content sequence-decls variable-decls"
        " user-field-decls forms alphabetical-index illustration-index table-index object-index"
        " user-index hidden-text note-citation bookmark soft-page-break desc event-listeners shapes"
        " script placeholder ruby-text"
    ).split()
)
_SVG = "svg-compatible"  # in the namespace of what describes a picture
_CODED = {"tab": " ", "line-break": "<br>"}
_MOST_SPACES = 100
_MOST_REPEATED = 50
_LEVELS = 6


class Body:
    """One walk over the text; `links` are where its hyperlinks lead."""

    def __init__(self, styles: Iterable[Element], formula: Callable[[str], str]) -> None:
        self._formula = formula  # the MathML of an embedded object, by its address
        self.links: list[str] = []
        self.full = False
        self._out: list[str] = []
        self._notes: list[Element] = []
        self._code: list[str] = []
        self._raised: dict[str, str] = {}
        self._listings: set[str] = set()
        self._hidden: set[str] = set()
        self._heads: dict[str, int] = {}
        for root in styles:
            for kind in ("styles", "automatic-styles"):
                self._note_styles(child(root, kind))

    def html(self, whole: Element) -> str:
        """Return the document as HTML."""
        self._blocks(whole, 0)
        self._close()
        for note in self._notes:
            self._blocks(note, 0)
            self._close()
        return "<!doctype html><body>" + "".join(self._out)

    def _note_styles(self, styles: Element | None) -> None:
        for style in every(styles, "style") if styles is not None else ():
            name, parent = attribute(style, "name"), attribute(style, "parent-style-name")
            properties = child(style, "text-properties")
            position = attribute(properties, "text-position") if properties is not None else ""
            if position.startswith(("super", "sub")):
                self._raised[name] = "sup" if position.startswith("super") else "sub"
            elif parent in self._raised and not position:
                self._raised[name] = self._raised[parent]
            level = attribute(style, "default-outline-level") or _level_in(name)
            if level.isdecimal() or parent in self._heads:
                self._heads[name] = int(level[:2]) if level.isdecimal() else self._heads[parent]
            if _is_listing(parent):
                self._listings.add(name)
            shown = attribute(properties, "display") if properties is not None else ""
            if shown == "none" or (parent in self._hidden and not shown):
                self._hidden.add(name)

    def _blocks(self, parent: Element, depth: int) -> None:
        if depth > DEEPEST:
            self.full = True
            return
        for one in parent:
            kind = tag(one)
            if kind in ("p", "h"):
                self._paragraph(one, kind, depth)
            elif kind == "list":
                self._wrapped(one, "ul", depth)
            elif kind in ("list-item", "list-header"):
                self._wrapped(one, "li", depth)
            elif kind == "table":
                self._wrapped(one, "table", depth)
            elif kind == "table-row":
                self._wrapped(one, "tr", depth)
            elif kind == "table-cell":
                self._cell(one, depth)
            elif kind not in _LEFT_OUT and attribute(one, "display") != "none":
                self._blocks(one, depth + 1)

    def _wrapped(self, one: Element, name: str, depth: int) -> None:
        self._close()
        self._out.append(f"<{name}>")
        self._blocks(one, depth + 1)
        self._close()
        self._out.append(f"</{name}>")

    def _cell(self, one: Element, depth: int) -> None:
        times = attribute(one, "number-columns-repeated")
        for _ in range(min(int(times[:4]), _MOST_REPEATED) if times.isdecimal() else 1):
            self._wrapped(one, "td", depth)

    def _paragraph(self, one: Element, kind: str, depth: int) -> None:
        inner: list[str] = []
        boxes: list[Element] = []
        self._inline(one, inner, boxes, depth)
        said = "".join(inner)
        style = attribute(one, "style-name")
        if style in self._hidden:
            return
        if kind == "h" or (style in self._heads and said.strip()):
            self._close()
            level = attribute(one, "outline-level")
            number = int(level[:2]) if level.isdecimal() else self._heads.get(style, 1)
            number = min(max(number, 1), _LEVELS)
            self._out.append(f"<h{number}>{said}</h{number}>")
        elif style in self._listings or _is_listing(style):
            self._code.append(said)
        elif style == "Title" and said.strip():
            self._close()
            self._out.append(f"<h1>{said}</h1>")
        elif said.strip():
            self._close()
            item = self._out[-1] == "<li>" if self._out else False
            self._out.append(said if item else f"<p>{said}</p>")
        for box in boxes:
            self._close()
            self._blocks(box, depth + 1)

    def _close(self) -> None:
        if self._code:
            self._out.append("<pre>" + "\n".join(self._code) + "</pre>")
            self._code = []

    def _inline(self, parent: Element, out: list[str], boxes: list[Element], depth: int) -> None:
        """Write what stands within a paragraph (section 6.1: white space is squeezed)."""
        if depth > DEEPEST:
            self.full = True
            return
        out.append(escape(parent.text or "", quote=False))
        for one in parent:
            self._part(one, out, boxes, depth)
            out.append(escape(one.tail or "", quote=False))

    def _part(self, one: Element, out: list[str], boxes: list[Element], depth: int) -> None:
        kind = tag(one)
        if kind == "s":
            times = attribute(one, "c")
            out.append("\u00a0" * (min(int(times[:4]), _MOST_SPACES) if times.isdecimal() else 1))
        elif kind in _CODED:
            out.append(_CODED[kind])
        elif kind == "note":
            body = child(one, "note-body")
            if body is not None:
                self._notes.append(body)
        elif kind == "object":
            out.append(self._formula(attribute(one, "href")))
        elif kind == "text-box":
            boxes.append(one)
        elif kind == "a":
            self.links.append(attribute(one, "href").strip())
            self._inline(one, out, boxes, depth + 1)
        elif kind == "span" and attribute(one, "style-name") in self._raised:
            name = self._raised[attribute(one, "style-name")]
            out.append(f"<{name}>")
            self._inline(one, out, boxes, depth + 1)
            out.append(f"</{name}>")
        elif self._is_text(one, kind):
            self._inline(one, out, boxes, depth + 1)

    def _is_text(self, one: Element, kind: str) -> bool:
        if kind == "title" and _SVG in one.tag:
            return False  # of a picture
        return kind not in _LEFT_OUT and attribute(one, "style-name") not in self._hidden


def _level_in(style: str) -> str:
    """Return the level in the name of a heading's style (20.175: a space is written _20_)."""
    return style.removeprefix("Heading_20_") if style.startswith("Heading_20_") else ""


def _is_listing(style: str) -> bool:
    return style.startswith(("Preformatted", "Source_20_Code", "Code", "Listing"))
