"""The paragraphs, lists, tables and notes of a DOCX, written out as HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.etree.ElementTree import Element

from crawler.core.content.documents import symbol_font
from crawler.core.content.documents.as_page import escape
from crawler.core.content.documents.docx_fields import Fields, link_of
from crawler.core.content.documents.docx_styles import OFF, PLAIN, RAISED, Style, level_of
from crawler.core.content.documents.office_math import mathml
from crawler.core.content.documents.xml_tree import DEEPEST, attribute, child, tag, text

# What is no text of the document: deleted, instructions to the program, other people's remarks.
_LEFT_OUT = frozenset(
    (  # noqa: SIM905 - names, to be read
        "del moveFrom delText delInstrText commentRangeStart commentRangeEnd"
        " commentReference annotationRef pPr rPr sectPr tblPr tblGrid trPr tcPr sdtPr sdtEndPr"
        " footnoteRef endnoteRef separator continuationSeparator proofErr bookmarkStart"
        " bookmarkEnd fldData rt"
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
_MOST_JOINED = 100_000  # characters
_CONTENTS = "Table of Contents"


class Body:
    """One walk over the body; `links` are where its hyperlinks lead.

    `chunk` returns the HTML of a part that is put in where an id stands, "" for another kind.
    """

    def __init__(
        self,
        styles: dict[str, Style],
        relations: dict[str, str],
        notes: dict[str, Element],
        chunk: Callable[[str], str],
    ) -> None:
        self.links: list[str] = []
        self.full = False
        self._styles = styles
        self._relations = relations
        self._chunk = chunk
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
        self._fields = Fields()
        self._joined = ""  # what goes before the next paragraph: its end was deleted
        self._style = PLAIN  # of the paragraph

    def html(self, root: Element) -> str:
        """Return the document as HTML."""
        self._blocks(root, 0)
        self._end_joined()
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
            elif kind == "altChunk":
                self._put_in(self._chunk(attribute(one, "id")))
            elif kind == "sdt" and _is_no_text(one):
                continue
            elif kind not in _LEFT_OUT:
                self._blocks(one, depth + 1)

    def _put_in(self, html: str) -> None:
        self._close(0)
        self._out.append(f"<div>{html}</div>")

    def _end_joined(self) -> None:
        """Write what was to be joined to a paragraph that does not come."""
        if self._joined.strip():
            self._close(0)
            self._out.append(f"<p>{self._joined}</p>")
        self._joined = ""

    def _table(self, table: Element, depth: int) -> None:
        self._end_joined()
        self._close(0)
        self._out.append("<table>")
        for row in _rows(table):
            self._out.append("<tr>")
            for cell in _cells(row):
                span = child(child(cell, "tcPr"), "gridSpan")
                wide = attribute(span, "val") if span is not None else ""
                self._out.append(f'<td colspan="{wide}">' if wide.isdecimal() else "<td>")
                self._blocks(cell, depth + 2)
                self._end_joined()
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
        self._style = style
        inner: list[str] = []
        boxes: list[Element] = []
        self._inline(paragraph, inner, boxes, depth)
        self._fields.end_paragraph()
        said = self._joined + "".join(inner)
        self._joined = ""
        merged = child(child(properties, "rPr"), "del") is not None
        if merged and not boxes and len(said) < _MOST_JOINED:
            self._joined = said
            return
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
                self._link(self._relations.get(attribute(one, "id"), ""))
                self._inline(one, out, boxes, depth + 1)
            elif kind == "fldSimple":
                self._link(link_of(attribute(one, "instr")))
                self._inline(one, out, boxes, depth + 1)
            elif kind == "t":
                out.append(escape(one.text or "", quote=False))
            elif kind == "txbxContent":
                boxes.append(one)
            elif kind in ("oMath", "oMathPara"):
                out.append(mathml(one))
            elif kind not in _LEFT_OUT and not (kind == "sdt" and _is_no_text(one)):
                inner = _chosen(one) if kind == "AlternateContent" else one
                self._inline(inner, out, boxes, depth + 1)

    def _run(self, run: Element, out: list[str], boxes: list[Element], depth: int) -> None:
        properties = child(run, "rPr")
        style = self._styles.get(_value(properties, "rStyle"), PLAIN)
        if self._is_hidden(properties, style):
            return
        fonts = child(properties, "rFonts")
        font = attribute(fonts, "ascii") if fonts is not None else ""
        said: list[str] = []
        marked = False  # the text is the mark of a note
        for one in run:
            kind = tag(one)
            if kind in ("fldChar", "instrText"):
                self._of_field(one, kind)
            elif self._fields.hide or (kind == "t" and marked):
                continue
            elif kind in ("footnoteReference", "endnoteReference"):
                self._named[kind.removesuffix("Reference"), attribute(one, "id")] = None
                marked = attribute(one, "customMarkFollows").lower() not in ("", *OFF)
            elif (shown := _shown(one, kind, font)) is not None:
                said.append(shown)
            elif kind not in _LEFT_OUT:
                inner = _chosen(one) if kind == "AlternateContent" else one
                self._inline(inner, out, boxes, depth + 1)
        words = "".join(said)
        where = _raised(properties) or style.raised
        if words:
            out.append(f"<{where}>{words}</{where}>" if where else words)

    def _of_field(self, one: Element, kind: str) -> None:
        if kind == "instrText":
            self._fields.instruct(one.text or "")
        else:
            self._link(self._fields.mark(attribute(one, "fldCharType")))

    def _is_hidden(self, properties: Element | None, style: Style) -> bool:
        if _is_on(properties, "webHidden"):
            return True
        if child(properties, "vanish") is not None:
            return _is_on(properties, "vanish")
        return style.hidden or self._style.hidden

    def _link(self, target: str) -> None:
        if target:
            self.links.append(target)


def _shown(one: Element, kind: str, font: str) -> str | None:
    """Return what a part of a run shows, None if it is no letters."""
    if kind == "t":
        return escape(symbol_font.read(one.text or "", font), quote=False)
    if kind == "sym":
        shown = symbol_font.sign(attribute(one, "char"), attribute(one, "font"))
        return escape(shown, quote=False)
    return _CODED.get(kind)


def _chosen(alternatives: Element) -> Element:
    """Return one of the contents that stand for one another."""
    for name in ("Choice", "Fallback"):
        found = child(alternatives, name)
        if found is not None and text(found):
            return found
    return Element("none")


def _is_no_text(block: Element) -> bool:
    """Tell whether a control holds what the program made: a table of contents, "Click here"."""
    properties = child(block, "sdtPr")
    gallery = child(child(properties, "docPartObj"), "docPartGallery")
    if gallery is not None and attribute(gallery, "val") == _CONTENTS:
        return True
    return _is_on(properties, "showingPlcHdr")


def _value(properties: Element | None, name: str) -> str:
    found = child(properties, name)
    return attribute(found, "val") if found is not None else ""


def _is_on(properties: Element | None, name: str) -> bool:
    found = child(properties, name)
    return found is not None and attribute(found, "val").lower() not in OFF


def _raised(properties: Element | None) -> str:
    """Return "sup" or "sub" for a run off the line; a shift alone is one if it is smaller, too."""
    if child(properties, "vertAlign") is not None:
        return RAISED.get(_value(properties, "vertAlign"), "")
    shifted = child(properties, "position")
    if shifted is None or child(properties, "sz") is None:
        return ""
    by = attribute(shifted, "val")
    return "sub" if by.startswith("-") else "sup" if by.strip("0") else ""


def _rows(table: Element) -> Iterable[Element]:
    return (row for row in _within(table, "tr") if child(child(row, "trPr"), "del") is None)


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
