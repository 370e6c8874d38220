"""MathML in one line, in the manner of TeX, for formulas that come without their source.

Reads presentation MathML, and what MathJax draws when it keeps none: its elements in HTML are
called as in MathML with "mjx-" before the name, its groups in SVG say the name in an attribute,
and both name the letters they draw by code point.
"""

# ruff: noqa: RUF001 - the signs of formulas
from __future__ import annotations

import re
import unicodedata
from typing import Final

from crawler.core.content.html.markup import Markup, opening_of
from crawler.core.content.html.tags import words

_DEEPEST: Final = 80  # levels: deeper ones are read as text
_NODE: Final = opening_of("data-mml-node")
_LETTER: Final = opening_of("data-c")
_CLASS: Final = opening_of("class")
_OPEN, _CLOSE, _BETWEEN = opening_of("open"), opening_of("close"), opening_of("separators")
_DRAWN: Final = re.compile(r"(?:^|\s)mjx-c([0-9A-F]{2,6})(?:\s|$)")
_CODE: Final = re.compile(r"[0-9A-F]{1,6}\Z")
_PLAIN: Final = re.compile(r"\\?[^\W_]\Z|\\[A-Za-z]+\Z|[0-9]\Z")
_ENDS_IN_COMMAND: Final = re.compile(r"\\[A-Za-z]+\Z")
_ENDS_IN_SIGN: Final = re.compile(r"\\[A-Za-z]+\Z|[\^_]\w\Z")
# Function application, invisible times, separator and plus; zero-width spaces.
_INVISIBLE: Final = dict.fromkeys(
    map(ord, "\u2061\u2062\u2063\u2064\u200b\u200c\u200d\ufeff\ufe0e")
)
_FUNCTIONS: Final = words(
    """arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf
    limsup ln log max min sec sin sinh sup tan tanh"""
)
_ACCENTS: Final = {
    "^": "hat", "\u02c6": "hat", "\u0302": "hat", "~": "tilde", "\u02dc": "tilde", "\xaf": "bar",
    "\u203e": "overline", "_": "bar", "\u2015": "bar", "\u2192": "vec", "\u20d7": "vec",
    ".": "dot", "\u02d9": "dot", "\xa8": "ddot", "\u23de": "overbrace", "\u02c7": "check",
    "\u02c9": "bar", "\u02d8": "breve", "\u030c": "check", "..": "ddot",
    # As compatibility takes them apart: a space and a mark upon it.
    "\u0303": "tilde", "\u0304": "bar", "\u0305": "overline", "\u0306": "breve",
    "\u0307": "dot", "\u0308": "ddot",
}  # fmt: skip
_HOLLOW: Final = "DOUBLE-STRUCK CAPITAL "
_BELOW: Final = {
    "_": "underline",
    "\u0332": "underline",
    "\u203e": "underline",
    "\u23df": "underbrace",
    "\u0333": "underline",
}
_LARGE: Final = frozenset("∑∏∐∫∬∭∮⋃⋂⋁⋀⨁⨂⨀") | {f"\\{name}" for name in _FUNCTIONS}
_NOTHING: Final = words(
    """annotation annotation-xml mphantom mspace none mprescripts mjx-assistive-mml defs title desc
    mjx-speech mjx-brailleoverlay rect"""
)
_WORDS: Final = frozenset({"mtext", "ms"})


def linear(markup: Markup, element: int) -> str:
    r"""Return a formula in one line, such as `x^2+\frac{a}{b}`."""
    return " ".join(_Line(markup).read(element, 0).translate(_INVISIBLE).split())


class _Line:
    """Writes the elements of one formula, the inner ones first."""

    def __init__(self, markup: Markup) -> None:
        self.markup = markup

    def name(self, element: int) -> str:
        name = self.markup.tag(element).rpartition(":")[2]
        if name in ("g", "use"):
            return self.markup.attribute(element, _NODE) or name
        return name.removeprefix("mjx-")

    def children(self, element: int) -> list[int]:
        found: list[int] = []
        inner, end = element + 1, int(self.markup.last[element])
        while inner < end:
            if self.name(inner) not in _NOTHING or self.name(inner) == "mspace":
                found.append(inner)
            inner = int(self.markup.last[inner])
        return found

    def read(self, element: int, depth: int) -> str:
        markup = self.markup
        name = self.name(element)
        if name in _NOTHING:
            return " " if name == "mspace" else ""
        if depth > _DEEPEST:
            return markup.text(element)
        inner = self.children(element)
        if not inner:
            return self._leaf(element, name)
        if name in ("mi", "mo", "mn"):
            return self._named(self._joined(inner, depth), name)
        if name in ("semantics", "maction"):
            return self.read(inner[0], depth + 1)
        if name in _WORDS:
            return rf"\text{{{markup.text(element) or self._joined(inner, depth)}}}"
        write = _WRITERS.get(name)
        return write(self, element, inner, depth + 1) if write else self._joined(inner, depth)

    def _leaf(self, element: int, name: str) -> str:
        markup = self.markup
        code = markup.attribute(element, _LETTER)
        if code is None:
            drawn = _DRAWN.search(markup.attribute(element, _CLASS) or "")
            code = drawn[1] if drawn else ""
        if code and _CODE.match(code) and int(code, 16) <= 0x10FFFF:  # noqa: PLR2004
            return _plain(chr(int(code, 16)))
        text = " ".join(markup.text(element).split())
        if name in _WORDS:
            return rf"\text{{{text}}}" if text else " "
        return self._named(text, name)

    def _named(self, text: str, name: str) -> str:
        text = _plain(text).translate(_INVISIBLE) if text else ""
        if name == "mi" and text in _FUNCTIONS:
            return f"\\{text}"
        if name == "mi" and len(text) > 1 and text.isalpha():
            return rf"\mathrm{{{text}}}"
        if name == "mo" and text in ("{", "}", "%", "#", "&"):
            return f"\\{text}"
        return text

    def _joined(self, elements: list[int], depth: int) -> str:
        line = ""
        for element in elements:
            part = self.read(element, depth + 1)
            if part[:1].isalnum() and _ENDS_IN_SIGN.search(line[-40:]):
                line += " "
            line += part
        return line

    # --- elements that stand for more than their parts ------------------------------------

    def pair(self, inner: list[int], depth: int) -> tuple[str, str]:
        return self.read(inner[0], depth), self._joined(inner[1:2], depth)

    def fraction(self, element: int, inner: list[int], depth: int) -> str:
        if len(inner) == 1:  # MathJax wraps the two
            inner = self._within(inner[0], ("num", "den"))
        over, under = self.pair(inner, depth) if inner else ("", "")
        del element
        return rf"\frac{{{over}}}{{{under}}}"

    def _within(self, element: int, names: tuple[str, ...]) -> list[int]:
        end = int(self.markup.last[element])
        return [inner for inner in range(element + 1, end) if self.name(inner) in names][:2]

    def root(self, element: int, inner: list[int], depth: int) -> str:
        del element
        return rf"\sqrt{{{self._joined(inner, depth)}}}"

    def nth_root(self, element: int, inner: list[int], depth: int) -> str:
        del element
        base, index = self.pair(inner, depth)
        return rf"\sqrt[{index}]{{{base}}}"

    def raised(self, element: int, inner: list[int], depth: int) -> str:
        del element
        base, above = self.pair(inner, depth)
        return _based(base) + _script("^", above)

    def lowered(self, element: int, inner: list[int], depth: int) -> str:
        del element
        base, below = self.pair(inner, depth)
        return _based(base) + _script("_", below)

    def both(self, element: int, inner: list[int], depth: int) -> str:
        del element
        base, below = self.pair(inner, depth)
        above = self._joined(inner[2:3], depth)
        return _based(base) + _script("_", below) + _script("^", above)

    def scripts(self, element: int, inner: list[int], depth: int) -> str:
        """Write scripts on both sides: in pairs, those in front behind `mprescripts`."""
        behind: list[str] = []
        front: list[str] = []
        side = behind
        child, end = element + 1, int(self.markup.last[element])
        while child < end:
            if self.name(child) == "mprescripts":
                side = front
            else:
                side.append(self.read(child, depth))
            child = int(self.markup.last[child])
        del inner
        base = behind.pop(0) if behind else ""
        before, after = (
            _script("_", "".join(part[::2])) + _script("^", "".join(part[1::2]))
            for part in (front, behind)
        )
        return ("{}" + before if before else "") + (_based(base) if after else base) + after

    def over(self, element: int, inner: list[int], depth: int) -> str:
        del element
        base, above = self.pair(inner, depth)
        if accent := _ACCENTS.get(above.strip()):
            return rf"\{accent}{{{base}}}"
        return base + _script("^", above) if base in _LARGE else rf"\overset{{{above}}}{{{base}}}"

    def under(self, element: int, inner: list[int], depth: int) -> str:
        del element
        base, below = self.pair(inner, depth)
        if accent := _BELOW.get(below.strip()):
            return rf"\{accent}{{{base}}}"
        return base + _script("_", below) if base in _LARGE else rf"\underset{{{below}}}{{{base}}}"

    def fenced(self, element: int, inner: list[int], depth: int) -> str:
        markup = self.markup
        opened, closed, between = (
            markup.attribute(element, name) for name in (_OPEN, _CLOSE, _BETWEEN)
        )
        parts = (self.read(part, depth) for part in inner)
        comma = "," if between is None else between.strip()[:1]
        text = comma.join(parts)
        return f"{'(' if opened is None else opened}{text}{')' if closed is None else closed}"

    def table(self, element: int, inner: list[int], depth: int) -> str:
        del inner
        rows = self._within_all(element, ("mtr", "mlabeledtr"))
        lines = (
            " & ".join(self.read(cell, depth) for cell in self._within_all(row, ("mtd",)))
            for row in rows
        )
        body = r" \\ ".join(lines)
        return rf"\begin{{matrix}}{body}\end{{matrix}}"

    def _within_all(self, element: int, names: tuple[str, ...]) -> list[int]:
        """Return the outermost elements of these names within one."""
        found: list[int] = []
        inner, end = element + 1, int(self.markup.last[element])
        while inner < end:
            if self.name(inner) in names:
                found.append(inner)
                inner = int(self.markup.last[inner])
            else:
                inner += 1
        return found


_WRITERS: Final = {
    "mfrac": _Line.fraction,
    "msqrt": _Line.root,
    "mroot": _Line.nth_root,
    "msup": _Line.raised,
    "msub": _Line.lowered,
    "msubsup": _Line.both,
    "munderover": _Line.both,
    "mmultiscripts": _Line.scripts,
    "mover": _Line.over,
    "munder": _Line.under,
    "mfenced": _Line.fenced,
    "mtable": _Line.table,
}


def _plain(text: str) -> str:
    """Return letters of formulas as letters; hollow ones, which are sets of numbers, as such."""
    if len(text) == 1 and _HOLLOW in unicodedata.name(text, ""):
        return rf"\mathbb{{{unicodedata.normalize('NFKC', text)}}}"
    return unicodedata.normalize("NFKC", text)


def _based(base: str) -> str:
    """Return what a script hangs on: several signs are held together."""
    plain = len(base) <= 1 or _ENDS_IN_COMMAND.fullmatch(base) or base.isdigit()
    held = plain or base[-1] in ")]|}" or base in _LARGE
    return base if held else f"{{{base}}}"


def _script(sign: str, text: str) -> str:
    text = text.strip()
    if not text:
        return ""
    if text and not text.strip("\u2032\u2033'"):
        return "'" * sum(2 if mark == "\u2033" else 1 for mark in text) if sign == "^" else text
    return f"{sign}{text}" if _PLAIN.match(text) else f"{sign}{{{text}}}"
