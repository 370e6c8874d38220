"""What a block's own text tells in numbers: length, links and punctuation, in any language."""

# ruff: noqa: PLR2004, RUF001, SIM113 - each number is a feature; a native index counts faster
from __future__ import annotations

from math import log
from typing import Final, final

from librt.vecs import vec
from mypy_extensions import i64, mypyc_attr

from crawler.core.content.html import class_words
from crawler.core.content.html.outline import Outline

COMPILED: Final = not __file__.endswith(".py")
KINDS: Final = 13  # of elements that blocks stand in; the last is any other
HEADING: Final = 7  # kinds from h1 to h3 and deeper
LAST_HEADING: Final = 9
CAPITAL: Final = 1  # how a text begins
STOP: Final = 2  # how it ends
COLON: Final = 4
DIGIT: Final = 8  # what a short one holds
BAR: Final = 16
RIGHTS: Final = 32
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
class Blocks:
    """What is told of the blocks of a page, each by itself, column by column.

    `flags` are bits, from CAPITAL to RIGHTS. `chars` are weighted, `good` those that look like
    prose; `stops` are full stops and question marks within; `links` counts them.
    """

    __slots__ = (
        "box", "chars", "commas", "count", "density", "flags", "good", "kind", "label",
        "link_chars", "links", "size", "stops", "words",
    )  # fmt: skip

    def __init__(self, page: Outline) -> None:
        count: i64 = len(page.texts)
        self.count = count
        self.box = page.at
        self.kind = vec[i64]([0] * count)
        self.label = vec[i64]([0] * count)
        self.flags = vec[i64]([0] * count)
        self.chars = vec[float]([0.0] * count)
        self.link_chars = vec[float]([0.0] * count)
        self.words = vec[float]([0.0] * count)
        self.stops = vec[float]([0.0] * count)
        self.commas = vec[float]([0.0] * count)
        self.links = vec[float]([0.0] * count)
        self.size = vec[float]([0.0] * count)
        self.density = vec[float]([0.0] * count)
        self.good = vec[float]([0.0] * count)
        tags, hints, links = page.tags, page.hints, page.links
        index: i64 = 0
        for text in page.texts:
            box = self.box[index]
            held: i64 = hints[box]
            kind: i64 = _KIND.get(tags[box], _OTHER)
            self.kind[index] = kind
            self.label[index] = (held & DESCRIBING) << 4 | kind
            self.links[index] = float(links[index])
            weight = self._read(index, text)
            chars = weight * float(len(text))
            linked = weight * page.link_chars[index]
            density = linked / chars
            self.chars[index] = chars
            self.link_chars[index] = linked
            self.density[index] = density
            self.size[index] = log(1.0 + chars)
            if chars >= _GOOD_TEXT and density < 0.4 and not held & class_words.CONSENT:
                self.good[index] = chars * 0.3 if held & _FRAME else chars
            index += 1

    def _read(self, index: i64, text: str) -> float:
        """Read a text, and return how many letters each of its letters stands for."""
        if not text.isascii():
            return self._read_any(index, text)
        size: i64 = len(text)
        signs = text.encode()
        flags, asked = self._count(index, signs, short=size < _SHORT)
        self.stops[index] = self.stops[index] + asked if size >= _SHORT else 0.0
        first: i64 = signs[0]
        last: i64 = signs[size - 1]
        if 65 <= first <= 90:
            flags |= CAPITAL
        if last == 46 or last == 34 or last == 33 or last == 63:  # noqa: PLR1714
            flags |= STOP
        elif last == 58:
            flags |= COLON
        self.flags[index] = flags
        return 1.0

    def _count(self, index: i64, signs: bytes, *, short: bool) -> tuple[i64, float]:  # noqa: C901 - one loop, for speed
        """Count the signs of ASCII in UTF-8; return what flags they set, how often it asks."""
        size: i64 = len(signs)
        flags: i64 = 0
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
                        flags |= BAR
                elif sign == 44:
                    commas += 1
                elif sign == 46:
                    if place < size and signs[place] == 32:
                        stops += 1
                elif sign == 63:
                    if place < size and signs[place] == 32:
                        asked += 1
                elif short and 48 <= sign < 58:
                    flags |= DIGIT
        else:  # a loop takes longer
            spaces, commas = signs.count(b" "), signs.count(b",")
            stops, asked = signs.count(b". "), signs.count(b"? ")
            flags = BAR if b"|" in signs else 0
        self.words[index] = 1.0 + float(spaces)
        self.commas[index] = float(commas)
        self.stops[index] = float(stops)
        return flags, float(asked)

    def _read_any(self, index: i64, text: str) -> float:
        """Do as `_read` for a text that is not ASCII."""
        size = len(text)
        signs = text.encode("utf-8", "replace")
        flags, _ = self._count(index, signs, short=size < _SHORT)
        stops = commas = 0
        for sign in "。？؟":
            if sign in text:
                stops += text.count(sign)
        for sign in "。、，،":
            if sign in text:
                commas += text.count(sign)
        self.stops[index] += float(stops)
        self.commas[index] += float(commas)
        if text[-1] in _STOPS:
            flags |= STOP
        elif text[-1] in ":：":
            flags |= COLON
        if text[0].isupper():
            flags |= CAPITAL
        if "·" in text or "»" in text or "›" in text:
            flags |= BAR
        if "©" in text:
            flags |= RIGHTS
        self.flags[index] = flags
        return self._weighed(index, size, len(signs))

    def _weighed(self, index: i64, size: i64, signs: i64) -> float:
        # Three-byte letters add 2, two-byte ones 1: the former are mostly wide scripts.
        if self.words[index] * 12 < float(size) and signs > 2 * size:
            self.words[index] = float(size) / 2
            return _WIDE
        return 1.0
