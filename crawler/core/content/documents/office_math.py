"""Office Math as MathML, which the reader of pages writes as TeX (ECMA-376 part 1, 22.1)."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from crawler.core.content.documents.as_page import escape
from crawler.core.content.documents.xml_tree import attribute, child, tag

_DEEPEST = 60
_ALIGNED = "<mo>&amp;</mo>"  # where the lines of an array stand one under the other
# Element by element: the parts of each, in the order of their MathML counterpart.
_PARTS = {
    "f": ("mfrac", ("num", "den")),
    "sSup": ("msup", ("e", "sup")),
    "sSub": ("msub", ("e", "sub")),
    "sSubSup": ("msubsup", ("e", "sub", "sup")),
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
    if kind in _PARTS:
        name, parts = _PARTS[kind]
        return f"<{name}>{''.join(_row(one, part, depth) for part in parts)}</{name}>"
    if kind.endswith("Pr") or kind in ("del", "moveFrom"):
        return ""
    write = _WRITERS.get(kind)
    return write(one, depth) if write is not None else _children(one, depth)


def _run(one: Element, depth: int) -> str:
    del depth
    words = [part.text or "" for part in one if tag(part) == "t"]
    if child(child(one, "rPr"), "nor") is not None:
        return f"<mtext>{escape(''.join(words))}</mtext>"
    return "".join(map(_token, words))


def _function(one: Element, depth: int) -> str:
    return _name(child(one, "fName"), depth) + _row(one, "e", depth)


def _limit(one: Element, depth: int) -> str:
    name = "munder" if tag(one) == "limLow" else "mover"
    return f"<{name}>{_name(child(one, 'e'), depth)}{_row(one, 'lim', depth)}</{name}>"


def _root(one: Element, depth: int) -> str:
    degree = _children(child(one, "deg"), depth)
    if degree:
        return f"<mroot>{_row(one, 'e', depth)}<mrow>{degree}</mrow></mroot>"
    return f"<msqrt>{_children(child(one, 'e'), depth)}</msqrt>"


def _large(one: Element, depth: int) -> str:
    sign = _character(one, "naryPr", "chr", "\u222b")
    limits = f"<mo>{sign}</mo>{_row(one, 'sub', depth)}{_row(one, 'sup', depth)}"
    return f"<munderover>{limits}</munderover>{_row(one, 'e', depth)}"


def _between(one: Element, depth: int) -> str:
    begin, end, comma = (
        _character(one, "dPr", name, usual)
        for name, usual in (("begChr", "("), ("endChr", ")"), ("sepChr", "|"))
    )
    parts = (_children(part, depth) for part in one if tag(part) == "e")
    return f"<mrow><mo>{begin}</mo>{f'<mo>{comma}</mo>'.join(parts)}<mo>{end}</mo></mrow>"


def _matrix(one: Element, depth: int) -> str:
    rows = "".join(
        "<mtr>" + "".join(f"<mtd>{_children(e, depth)}</mtd>" for e in row) + "</mtr>"
        for row in one
        if tag(row) == "mr"
    )
    return f"<mtable>{rows}</mtable>"


def _lines(one: Element, depth: int) -> str:
    lines = (_children(part, depth).replace(_ALIGNED, "") for part in one if tag(part) == "e")
    return f"<mtable>{''.join(f'<mtr><mtd>{line}</mtd></mtr>' for line in lines)}</mtable>"


def _in_front(one: Element, depth: int) -> str:
    scripts = f"<mprescripts/>{_row(one, 'sub', depth)}{_row(one, 'sup', depth)}"
    return f"<mmultiscripts>{_row(one, 'e', depth)}{scripts}</mmultiscripts>"


def _name(name: Element | None, depth: int) -> str:
    """Return what a function or a limit is called: one word, or a formula."""
    runs = tuple(name) if name is not None else ()
    word = "".join(part.text or "" for run in runs for part in run if tag(part) == "t").strip()
    if word.isalpha() and all(tag(run) in ("r", "ctrlPr", "argPr") for run in runs):
        return f"<mi>{escape(word)}</mi>"
    return f"<mrow>{_children(name, depth)}</mrow>"


def _accented(one: Element, depth: int) -> str:
    kind = tag(one)
    properties = f"{kind}Pr"
    sign = _character(one, properties, "chr", "\u23df" if kind == "groupChr" else "\u0302")
    if kind == "bar":
        sign = "\u203e"
    below = _character(one, properties, "pos", "bot" if kind != "acc" else "") == "bot"
    name = "munder" if below else "mover"
    return f"<{name}>{_row(one, 'e', depth)}<mo>{sign}</mo></{name}>"


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


_WRITERS: dict[str, Callable[[Element, int], str]] = {
    "r": _run,
    "func": _function,
    "limLow": _limit,
    "limUpp": _limit,
    "acc": _accented,
    "bar": _accented,
    "groupChr": _accented,
    "sPre": _in_front,
    "eqArr": _lines,
    "rad": _root,
    "nary": _large,
    "d": _between,
    "m": _matrix,
}
