"""The paragraphs, lists, tables and notes of a DOCX, written out as HTML."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from crawler.core.content.documents.as_page import escape
from crawler.core.content.documents.docx_styles import PLAIN, Style, level_of
from crawler.core.content.documents.office_math import mathml
from crawler.core.content.documents.xml_tree import DEEPEST, attribute, child, tag, text

# What is no text of the document: deleted, instructions to the program, other people's remarks.
_LEFT_OUT = frozenset(
    (  # noqa: SIM905 - names, to be read
        "del moveFrom instrText delText delInstrText commentRangeStart commentRangeEnd"
        " commentReference annotationRef pPr rPr sectPr tblPr tblGrid trPr tcPr sdtPr sdtEndPr"
        " footnoteRef endnoteRef separator continuationSeparator proofErr bookmarkStart"
        " bookmarkEnd fldData pict object"
    ).split()
)
_CODED = {
    "noBreakHyphen": "\u2011",
    "softHyphen": "",
    "tab": " ",
    "ptab": " ",
    "br": "<br>",
    "cr": "<br>",
}
_OFF = frozenset({"0", "false", "off"})
_CONTENTS = "Table of Contents"


class Body:
    """One walk over the body; `links` are where its hyperlinks lead."""

    def __init__(
        self, styles: dict[str, Style], relations: dict[str, str], notes: dict[str, Element]
    ) -> None:
        self.links: list[str] = []
        self.full = False
        self._styles = styles
        self._relations = relations
        self._notes = {
            (kind, attribute(note, "id")): note
            for kind, root in notes.items()
            for note in root
            if attribute(note, "type") in ("", "normal")
        }
        self._named: dict[tuple[str, str], None] = {}  # notes referred to, in order
        self._out: list[str] = []
        self._lists = 0  # open ones
        self._code: list[str] = []  # lines of a listing
        self._field = 0  # of a field's instruction, which is no text

    def html(self, root: Element) -> str:
        """Return the document as HTML."""
        self._blocks(root, 0)
        self._close(0)
        for key in list(self._named):
            note = self._notes.get(key)
            if note is not None:
                self._blocks(note, 0)
                self._close(0)
        return "<!doctype html><body>" + "".join(self._out)

    def _blocks(self, parent: Element, depth: int) -> None:
        if depth > DEEPEST:
            self.full = True
            return
        for one in parent:
            kind = tag(one)
            if kind == "p":
                self._paragraph(one, depth)
            elif kind == "tbl":
                self._table(one, depth)
            elif kind == "AlternateContent":
                self._blocks(_chosen(one), depth + 1)
            elif kind == "sdt" and _is_contents(one):
                continue
            elif kind not in _LEFT_OUT:
                self._blocks(one, depth + 1)

    def _table(self, table: Element, depth: int) -> None:
        self._close(0)
        self._out.append("<table>")
        for row in _rows(table):
            self._out.append("<tr>")
            for cell in _cells(row):
                span = child(child(cell, "tcPr"), "gridSpan")
                wide = attribute(span, "val") if span is not None else ""
                self._out.append(f'<td colspan="{wide}">' if wide.isdecimal() else "<td>")
                self._blocks(cell, depth + 2)
                self._close(0)
                self._out.append("</td>")
            self._out.append("</tr>")
        self._out.append("</table>")

    def _paragraph(self, paragraph: Element, depth: int) -> None:
        properties = child(paragraph, "pPr")
        named = child(properties, "pStyle")
        style = self._styles.get(attribute(named, "val"), PLAIN) if named is not None else PLAIN
        if style.contents:
            return
        inner: list[str] = []
        boxes: list[Element] = []
        self._inline(paragraph, inner, boxes, depth)
        said = "".join(inner)
        numbered = child(properties, "numPr")
        level = level_of(numbered) if numbered is not None else style.item
        if style.code and not style.heading:
            self._close(0, code=False)
            self._code.append(said)
        elif style.heading:
            self._close(0)
            self._out.append(f"<h{style.heading}>{said}</h{style.heading}>")
        elif level >= 0 and said.strip():
            self._close(level + 1)
            while self._lists <= level:
                self._out.append("<ul>")
                self._lists += 1
            self._out.append(f"<li>{said}</li>")
        elif said.strip():
            self._close(0)
            self._out.append(f"<p>{said}</p>")
        for box in boxes:
            self._close(0)
            self._blocks(box, depth + 1)

    def _close(self, lists: int, *, code: bool = True) -> None:
        """Close the lists beyond so many, and the listing."""
        if code and self._code:
            self._out.append("<pre>" + "\n".join(self._code) + "</pre>")
            self._code = []
        while self._lists > lists:
            self._out.append("</ul>")
            self._lists -= 1

    def _inline(self, parent: Element, out: list[str], boxes: list[Element], depth: int) -> None:
        if depth > DEEPEST:
            self.full = True
            return
        for one in parent:
            kind = tag(one)
            if kind == "r":
                self._run(one, out, boxes, depth)
            elif kind == "hyperlink":
                target = self._relations.get(attribute(one, "id"), "")
                if target:
                    self.links.append(target)
                self._inline(one, out, boxes, depth + 1)
            elif kind == "t":
                out.append(escape(one.text or "", quote=False))
            elif kind == "txbxContent":
                boxes.append(one)
            elif kind in ("oMath", "oMathPara"):
                out.append(mathml(one))
            elif kind not in _LEFT_OUT:
                inner = _chosen(one) if kind == "AlternateContent" else one
                self._inline(inner, out, boxes, depth + 1)

    def _run(self, run: Element, out: list[str], boxes: list[Element], depth: int) -> None:
        properties = child(run, "rPr")
        if _is_on(properties, "vanish") or _is_on(properties, "webHidden"):
            return
        where = _raised(properties)
        said: list[str] = []
        for one in run:
            kind = tag(one)
            if kind == "fldChar":
                change = {"begin": 1, "separate": -1}.get(attribute(one, "fldCharType"), 0)
                self._field = max(0, self._field + change)
            elif kind == "t":
                said.append(escape(one.text or "", quote=False))
            elif kind in _CODED:
                said.append(_CODED[kind])
            elif kind in ("footnoteReference", "endnoteReference"):
                self._named[kind.removesuffix("Reference"), attribute(one, "id")] = None
            elif kind == "AlternateContent":
                self._inline(_chosen(one), out, boxes, depth + 1)
            elif kind not in _LEFT_OUT:
                self._inline(one, out, boxes, depth + 1)
        words = "".join(said)
        if words:
            out.append(f"<{where}>{words}</{where}>" if where else words)


def _chosen(alternatives: Element) -> Element:
    """Return one of the contents that stand for one another."""
    for name in ("Choice", "Fallback"):
        found = child(alternatives, name)
        if found is not None and text(found):
            return found
    return Element("none")


def _is_contents(block: Element) -> bool:
    """Tell whether a block is a table of contents that the program made of the headings."""
    gallery = child(child(child(block, "sdtPr"), "docPartObj"), "docPartGallery")
    return gallery is not None and attribute(gallery, "val") == _CONTENTS


def _is_on(properties: Element | None, name: str) -> bool:
    found = child(properties, name)
    return found is not None and attribute(found, "val").lower() not in _OFF


def _raised(properties: Element | None) -> str:
    """Return "sup" or "sub" for a run off the line; a shift alone is one if it is smaller, too."""
    aligned = child(properties, "vertAlign")
    if aligned is not None:
        return {"superscript": "sup", "subscript": "sub"}.get(attribute(aligned, "val"), "")
    shifted = child(properties, "position")
    if shifted is None or child(properties, "sz") is None:
        return ""
    by = attribute(shifted, "val")
    return "sub" if by.startswith("-") else "sup" if by.strip("0") else ""


def _rows(table: Element) -> Iterable[Element]:
    return _within(table, "tr")


def _cells(row: Element) -> Iterable[Element]:
    return _within(row, "tc")


def _within(parent: Element, name: str) -> Iterable[Element]:
    """Yield the parts of that name, also where a control stands around them."""
    for one in parent:
        kind = tag(one)
        if kind == name:
            yield one
        elif kind in ("sdt", "sdtContent", "customXml", "ins", "smartTag"):
            yield from _within(one, name)
