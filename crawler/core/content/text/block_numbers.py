"""What a block's own text tells in numbers: length, links and punctuation, in any language."""

# ruff: noqa: PLR2004, RUF001 - each number is a feature of its own
from __future__ import annotations

from math import log
from typing import Final, final

from mypy_extensions import i64, mypyc_attr

from crawler.core.content.html import class_words
from crawler.core.content.html.outline import Outline

COMPILED: Final = not __file__.endswith(".py")
KINDS: Final = 13  # of elements that blocks stand in; the last is any other
HEADING: Final = 7  # kinds from h1 to h3 and deeper
LAST_HEADING: Final = 9
DESCRIBING: Final = (1 << class_words.BITS) - 1
_KIND: Final = {
    kind: code
    for code, kind in enumerate(
        ("p", "li", "td", "pre", "div", "dt", "dd", "h1", "h2", "h3", "blockquote", "section")
    )
} | {"th": 2, "textarea": 3, "h4": 9, "h5": 9, "h6": 9, "span": 4, "summary": 8}
_OTHER: Final = KINDS - 1
_GOOD_TEXT: Final = 80.0  # weighted characters from which a block looks like prose
_WIDE: Final = 2.5  # Latin letters that one letter of a script without spaces stands for
_FRAME: Final = (
    class_words.NAV
    | class_words.FOOTER
    | class_words.SIDE
    | class_words.RELATED
    | class_words.DIALOG
)
_SHORT: Final = 100  # characters: in longer texts a digit says nothing
_STOPS: Final = '.!?。！？…"”»」'


@final
@mypyc_attr(acyclic=True)
class Block:
    """What is told of a block before its page is known."""

    __slots__ = (
        "bar", "box", "capital", "chars", "colon", "commas", "density", "digit", "good", "held",
        "kind", "label", "link_chars", "links", "rights", "size", "stop", "stops", "words",
    )  # fmt: skip

    def __init__(self, page: Outline, index: int) -> None:
        self.box: i64 = page.at[index]
        self.held: i64 = page.hints[self.box]
        self.kind: i64 = _KIND.get(page.tags[self.box], _OTHER)
        self.label: i64 = (self.held & DESCRIBING) << 4 | self.kind
        self.words = 1.0
        self.stops = 0.0  # full stops and question marks within
        self.commas = 0.0
        self.stop = self.colon = False  # how it ends
        self.capital = self.digit = self.bar = self.rights = False
        self._read(page.texts[index], page.link_chars[index])
        self.links = float(page.links[index])
        self.size = log(1.0 + self.chars)
        self.density = self.link_chars / self.chars
        self.good = 0.0  # characters that look like prose
        long = self.chars >= _GOOD_TEXT and self.density < 0.4
        if long and not self.held & class_words.CONSENT:
            self.good = self.chars * 0.3 if self.held & _FRAME else self.chars

    def _read(self, text: str, link_chars: int) -> None:
        size: i64 = len(text)
        weight = 1.0
        if text.isascii():
            signs = text.encode()
            asked = self._count(text, signs)
            self.stops = self.stops + asked if size >= _SHORT else 0.0
            first: i64 = signs[0]
            last: i64 = signs[size - 1]
            self.capital = 65 <= first <= 90
            self.stop = last == 46 or last == 34 or last == 33 or last == 63  # noqa: PLR1714
            self.colon = last == 58
        else:
            weight = self._read_any(text)
        self.chars = weight * float(size)
        self.link_chars = weight * link_chars

    def _count(self, text: str, signs: bytes) -> float:  # noqa: C901 - one loop, for speed
        """Count the signs of ASCII in a text, `signs` in UTF-8; return how often it asks."""
        size: i64 = len(signs)
        short = len(text) < _SHORT
        spaces: i64 = 0
        commas: i64 = 0
        stops: i64 = 0
        asked: i64 = 0
        if COMPILED or short:
            place: i64 = 0
            while place < size:
                sign: i64 = signs[place]
                place += 1
                if sign == 32:
                    spaces += 1
                elif sign > 63:
                    if sign == 124:
                        self.bar = True
                elif sign == 44:
                    commas += 1
                elif sign == 46:
                    if place < size and signs[place] == 32:
                        stops += 1
                elif sign == 63:
                    if place < size and signs[place] == 32:
                        asked += 1
                elif short and 48 <= sign < 58:
                    self.digit = True
        else:  # a loop takes longer
            spaces, commas = text.count(" "), text.count(",")
            stops, asked = text.count(". "), text.count("? ")
            self.bar = "|" in text
        self.words = 1.0 + float(spaces)
        self.commas = float(commas)
        self.stops = float(stops)
        return float(asked)

    def _read_any(self, text: str) -> float:
        """Read a text that is not ASCII, and return how many letters each of its stands for."""
        size = len(text)
        signs = text.encode("utf-8", "replace")
        self._count(text, signs)
        for sign in "。？؟":
            if sign in text:
                self.stops += text.count(sign)
        for sign in "。、，،":
            if sign in text:
                self.commas += text.count(sign)
        last = text[-1]
        self.stop = last in _STOPS
        self.colon = last in ":："
        self.capital = text[0].isupper()
        self.bar = self.bar or "·" in text or "»" in text or "›" in text
        self.rights = "©" in text
        # Three-byte letters add 2, two-byte ones 1: the former are mostly wide scripts.
        if self.words * 12 < size and len(signs) > 2 * size:
            self.words = size / 2
            return _WIDE
        return 1.0
