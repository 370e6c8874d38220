"""What the styles of a DOCX make of a paragraph: a heading, a list item, code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from crawler.core.content.documents.xml_tree import attribute, child, every, tree_of

_HEADING = re.compile(r"(?:heading|überschrift|titre|título|titolo|kop|rubrik) ?([1-9])\Z")
_CODE = re.compile(r"\bcode\b|preformatted|source ?code|verbatim|macro text|plain text")
_TOC = re.compile(
    r"(?:toc|contents|verzeichnis|index|table of figures) ?\d?\Z|(?:toc|index) heading"
)
OFF = frozenset({"0", "false", "off"})
_DEEPEST = 20  # styles that build on one another
_LEVELS = 6


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph of this style is: heading level (0: none), list level (-1: none)."""

    heading: int = 0
    item: int = -1
    code: bool = False
    contents: bool = False  # of a table of contents
    hidden: bool = False
    raised: str = ""  # "sup" or "sub"


PLAIN = Style()
RAISED = {"superscript": "sup", "subscript": "sub"}


def styles_of(data: bytes) -> dict[str, Style]:
    """Return the paragraph styles by their ids; b"" has none."""
    if not data:
        return {}
    found = {attribute(one, "styleId"): one for one in every(tree_of(data, "styles.xml"), "style")}
    return {name: _style(one, found) for name, one in found.items()}


def _style(element: Element, styles: dict[str, Element]) -> Style:
    heading, item, code, contents = 0, -1, False, False
    hidden: bool | None = None
    raised = ""
    at: Element | None = element
    for _ in range(_DEEPEST):
        if at is None:
            break
        label = child(at, "name")
        name = attribute(label, "val").lower() if label is not None else ""
        if matched := _HEADING.match(name):
            heading = heading or int(matched[1])
        elif name == "title" and at is element:
            heading = 1
        code = code or bool(_CODE.search(name))
        contents = contents or bool(_TOC.match(name))
        properties = child(at, "pPr")
        level = child(properties, "outlineLvl")
        if level is not None and not heading and attribute(level, "val") in "012345":
            heading = int(attribute(level, "val") or 0) + 1
        if item < 0 and (numbered := child(properties, "numPr")) is not None:
            item = level_of(numbered)
        letters = child(at, "rPr")
        if hidden is None and (said := child(letters, "vanish")) is not None:
            hidden = attribute(said, "val").lower() not in OFF
        if not raised and (said := child(letters, "vertAlign")) is not None:
            raised = RAISED.get(attribute(said, "val"), "")
        based = child(at, "basedOn")
        at = styles.get(attribute(based, "val")) if based is not None else None
    return Style(min(heading, _LEVELS), item, code, contents, hidden is True, raised)


def level_of(numbered: Element) -> int:
    """Return the level of a numbered paragraph, -1 if its number is taken away."""
    number, level = child(numbered, "numId"), child(numbered, "ilvl")
    if number is not None and attribute(number, "val") == "0":
        return -1
    text = attribute(level, "val") if level is not None else "0"
    return min(int(text), 8) if text.isdecimal() else 0
