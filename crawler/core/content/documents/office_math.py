"""Office Math as MathML, which the reader of pages writes as TeX (ECMA-376 part 1, 22.1)."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from crawler.core.content.documents.as_page import escape
from crawler.core.content.documents.xml_tree import attribute, child, tag

_DEEPEST = 60
# Element by element: the parts of each, in the order of their MathML counterpart.
_PARTS = {
    "f": ("mfrac", ("num", "den")),
    "sSup": ("msup", ("e", "sup")),
    "sSub": ("msub", ("e", "sub")),
    "sSubSup": ("msubsup", ("e", "sub", "sup")),
    "limLow": ("munder", ("e", "lim")),
    "limUpp": ("mover", ("e", "lim")),
}


def mathml(formula: Element) -> str:
    """Return a formula as MathML; one that has a paragraph of its own stands apart."""
    display = ' display="block"' if tag(formula) == "oMathPara" else ""
    return f"<math{display}>{_children(formula, 0)}</math>"


def _children(parent: Element | None, depth: int) -> str:
    if parent is None or depth > _DEEPEST:
        return ""
    return "".join(_of(one, depth + 1) for one in parent)


def _row(parent: Element, name: str, depth: int) -> str:
    return f"<mrow>{_children(child(parent, name), depth)}</mrow>"


def _of(one: Element, depth: int) -> str:
    kind = tag(one)
    if kind == "r":
        return "".join(_token(part.text or "") for part in one if tag(part) == "t")
    if kind in _PARTS:
        name, parts = _PARTS[kind]
        return f"<{name}>{''.join(_row(one, part, depth) for part in parts)}</{name}>"
    if kind == "rad":
        degree = _children(child(one, "deg"), depth)
        if degree:
            return f"<mroot>{_row(one, 'e', depth)}<mrow>{degree}</mrow></mroot>"
        return f"<msqrt>{_children(child(one, 'e'), depth)}</msqrt>"
    if kind == "nary":
        sign = _character(one, "naryPr", "chr", "\u222b")
        limits = f"<mo>{sign}</mo>{_row(one, 'sub', depth)}{_row(one, 'sup', depth)}"
        return f"<munderover>{limits}</munderover>{_row(one, 'e', depth)}"
    if kind == "d":
        begin, end = _character(one, "dPr", "begChr", "("), _character(one, "dPr", "endChr", ")")
        inner = "<mo>,</mo>".join(_children(part, depth) for part in one if tag(part) == "e")
        return f"<mrow><mo>{begin}</mo>{inner}<mo>{end}</mo></mrow>"
    if kind == "m":
        rows = "".join(
            "<mtr>" + "".join(f"<mtd>{_children(e, depth)}</mtd>" for e in row) + "</mtr>"
            for row in one
            if tag(row) == "mr"
        )
        return f"<mtable>{rows}</mtable>"
    if kind.endswith("Pr"):
        return ""
    return _children(one, depth)


def _character(one: Element, properties: str, name: str, usual: str) -> str:
    found = child(child(one, properties), name)
    return escape(attribute(found, "val") if found is not None else usual)


def _token(said: str) -> str:
    """Return a run of a formula: letters, numbers and operators each as what they are."""
    out = []
    word = ""
    for character in said + "\0":
        if word and not (character.isdigit() and word[-1].isdigit()):
            name = "mn" if word.isdigit() else "mi" if word.isalpha() else "mo"
            out.append(f"<{name}>{escape(word)}</{name}>")
            word = ""
        if character != "\0" and not character.isspace():
            word += character
    return "".join(out)
