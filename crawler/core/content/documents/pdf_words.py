"""The words of a PDF page and where they stand: few calls into PDFium, for each costs 0.4 us."""

from __future__ import annotations

import ctypes
import re
import struct
from typing import Any, Final, NamedTuple, TypeAlias

_WORD: Final = re.compile(r"\S+")
# What PDFium makes of a hyphen at the end of a line, and marks that nobody sees.
HYPHEN: Final = "\ufffe"
_HYPHENS: Final = re.compile("[\x02\ufffe\u00ad]")
# Hebrew, Arabic and their kin, presentation forms included: written from the right.
_FROM_RIGHT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]")
_CONTROLS: Final = re.compile("[\x80-\x9f]")
_WINDOWS: Final = {
    code: bytes([code]).decode("cp1252", "ignore") or "\x01" for code in range(0x80, 0xA0)
}
_UNSEEN: Final = re.compile("[\x00\x01\x03-\x08\x0e-\x1f\x7f\u200b\u2060\ufeff\uffff]")
# Letters with a digit within: the digit may be raised or lowered, as in H2O.
_MIXED: Final = re.compile(r"[^\W\d_][0-9]")
_MOST_CHARACTERS: Final = 400_000  # of a page
_SMALLER: Final = 0.86  # a raised mark, to the word it stands at
_SAMPLE: Final = 61  # characters for one that is asked if its letter is known
_RAISED: Final = 0.1  # of the height
_NEXT_LINE: Final = 0.8
_FOUR: Final = struct.Struct("4f")
_NOWHERE: Final = (0.0, 0.0, 0.0, 0.0)
_SAME: Final = 0.3  # of a letter's width
_SAME_GLYPH: Final = 0.1  # points
_NO_WORD: Final = 200  # characters: not worth so many calls
_RIGHT_ANGLE: Final = 1.5707963


Corners: TypeAlias = tuple[float, float, float, float]  # left, top, right, bottom
# Letters without a space: the text, its left, lower, right and upper edge in points (y grows
# upward), its place in the order in which it is drawn, whether a line ends before it in that order,
# and whether it is raised (1) or lowered (-1) beside the word that it follows without a space.
Word: TypeAlias = tuple[str, float, float, float, float, int, bool, int]


class PageWords(NamedTuple):
    """What stands on a page."""

    words: list[Word]
    width: float
    height: float
    letters: int
    unknown: float  # share of them of which no letter is known


def words_of(raw: Any, page: Any, text_page: Any) -> PageWords:  # noqa: ANN401 (ctypes)
    """Return the words of a page in the order in which they are drawn."""
    count = min(max(raw.FPDFText_CountChars(text_page), 0), _MOST_CHARACTERS)
    text = _text(raw, text_page, count)
    if (angle := _turned(raw, text_page, text)) == 0:
        boxes = _Boxes(raw, text_page)
    else:
        boxes = _TurnedBoxes(raw, text_page, angle)
    left, top, right, bottom = boxes.page(raw, page)
    at = boxes.at
    rightward = _FROM_RIGHT.search(text) is not None
    unseen = _UNSEEN if _UNSEEN.search(text) else None
    words: list[Word] = []
    end = letters = 0
    digits = (match.start() for match in _MIXED.finditer(text))
    digit = next(digits, count)
    for match in _WORD.finditer(text):
        start, stop = match.span()
        breaks = start - end > 1 and "\n" in text[end:start]
        end = stop
        letters += stop - start
        first = last = at(start)
        if stop - start > 1:
            last = at(stop - 1)
            if rightward and _FROM_RIGHT.search(match[0]) and stop - start <= _NO_WORD:
                words.append(boxes.from_right(text, start, stop, breaks=breaks))
                continue
            mixed = digit < stop
            while digit < stop:
                digit = next(digits, count)
            if stop - start <= _NO_WORD and (mixed or not _is_one(first, last)):
                words += boxes.parts(text, start, stop, breaks=breaks)
                continue
        x0, y1, _, y0 = first
        x1 = last[2]
        if x1 < left or x0 > right or y1 < bottom or y0 > top:
            continue  # beside the page
        said = match[0] if unseen is None else unseen.sub("", match[0])
        if said:
            words.append((said, x0 - left, y0 - bottom, x1 - left, y1 - bottom, start, breaks, 0))
    return PageWords(words, right - left, top - bottom, letters, _unknown(raw, text_page, text))


def is_from_right(text: str) -> bool:
    """Tell whether a text is read from the right: most of its letters are of such a script."""
    return 2 * len(_FROM_RIGHT.findall(text)) > sum(map(str.isalpha, text))


def _is_upright(first: Corners, second: Corners, last: Corners) -> bool:
    """Tell whether letters stand above or below one another."""
    wide = first[2] - first[0]
    aligned = abs(second[0] - first[0]) < _SAME * wide and abs(last[0] - first[0]) < _SAME * wide
    return aligned and abs(last[3] - first[3]) > wide and last is not second


def _is_one(first: Corners, last: Corners) -> bool:
    """Tell whether the letters from `first` to `last` stand in one line and are of one size."""
    high, other = first[1] - first[3], last[1] - last[3]
    return (
        last[3] < first[1]
        and last[1] > first[3]
        and last[0] >= first[0]
        and _SMALLER * high < other < high / _SMALLER
    )


def _text(raw: Any, text_page: Any, count: int) -> str:  # noqa: ANN401
    """Return one character for each place of PDFium's."""
    if not count:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(text_page, 0, count, buffer)
    if written == count + 1:
        text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
        if len(text) == count:
            return _HYPHENS.sub(HYPHEN, _named(text))
    codes = (raw.FPDFText_GetUnicode(text_page, place) for place in range(count))
    return _HYPHENS.sub(HYPHEN, _named("".join(chr(code) if code else "\x01" for code in codes)))


def _named(text: str) -> str:
    """Return a text with the characters of Windows that a font left as it had them."""
    return text if text.isascii() or not _CONTROLS.search(text) else text.translate(_WINDOWS)


def _turned(raw: Any, text_page: Any, text: str) -> int:  # noqa: ANN401
    """Return by how many right angles most of a page's letters are turned."""
    places = [match.start() for match in _WORD.finditer(text)]
    turns = [0, 0, 0, 0]
    for place in places[:: max(1, len(places) // 24)]:
        angle = raw.FPDFText_GetCharAngle(text_page, place)
        turns[-round(angle / _RIGHT_ANGLE) % 4 if angle > 0 else 0] += 1  # it counts clockwise
    return turns.index(max(turns))


def _unknown(raw: Any, text_page: Any, text: str) -> float:  # noqa: ANN401
    """Return the share of the letters that are glyphs without a letter."""
    places = [place for place in range(0, len(text), _SAMPLE) if not text[place].isspace()]
    if not places:
        return 0.0
    wrong = sum(
        1
        for place in places
        if raw.FPDFText_HasUnicodeMapError(text_page, place) == 1
        or "\ue000" <= text[place] <= "\uf8ff"
        or text[place] in "\ufffd\x01"
    )
    return wrong / len(places)


class _Boxes:
    """Boxes of characters, as high as their font is whatever the letter."""

    def __init__(self, raw: Any, text_page: Any) -> None:  # noqa: ANN401
        self._raw = raw
        self._rect = raw.FS_RECTF()
        self._there = ctypes.byref(self._rect)
        self._call = raw.FPDFText_GetLooseCharBox
        self._page = text_page
        self._corner: Corners = (0.0, 0.0, 0.0, 0.0)

    def page(self, raw: Any, page: Any) -> Corners:  # noqa: ANN401
        rect = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page, rect)
        self._corner = self._turn(_FOUR.unpack(rect))
        return self._corner

    def at(self, place: int) -> Corners:
        if not self._call(self._page, place, self._there):
            return _NOWHERE
        found: Corners = _FOUR.unpack(self._rect)
        return found

    def _turn(self, box: Corners) -> Corners:
        return box

    def _line(self, place: int) -> float:
        """Return the height of the line that a character stands on."""
        x, y = ctypes.c_double(), ctypes.c_double()
        self._raw.FPDFText_GetCharOrigin(self._page, place, x, y)
        _, top, _, _ = self._turn((x.value, y.value, x.value, y.value))
        return top

    def parts(self, text: str, begin: int, stop: int, *, breaks: bool) -> list[Word]:
        """Return the parts of what has no space in it: a raised mark, letters of another line."""
        left, _, _, bottom = self._corner
        found: list[Word] = []
        start, first = begin, self.at(begin)
        upright = _is_upright(first, self.at(begin + 1), self.at(stop - 1))
        if upright and not text[begin:stop].isdecimal():  # those are of lines, one below the other
            # Along the page's edge: whole, and as high as its letters; or a column of East Asia.
            x0, y0 = first[0] - left, min(first[3], self.at(stop - 1)[3]) - bottom
            said = _UNSEEN.sub("", text[begin:stop])
            x1, y1 = first[2] - left, y0 + first[2] - first[0]
            if said > "\u2e80":
                y1 = first[1] - bottom
            return [(said, x0, y0, x1, y1, begin, True, 0)] if said else []
        before = first
        for place in range(begin + 1, stop + 1):
            box = self.at(place) if place < stop else _NOWHERE
            if place < stop and _is_one(before, box):
                before = box
                continue
            said = _UNSEEN.sub("", text[start:place])
            edges = (first[0] - left, first[3] - bottom, before[2] - left, first[1] - bottom)
            shift = self._shift(begin, start, first) if start > begin else 0
            if start == begin and place < stop and self._shift(place, begin, first) > 0:
                shift = 1  # the mark of a note stands before it
            if said:
                found.append((said, *edges, start, breaks and start == begin, shift))
            start, first, before = place, box, box
        return found

    def from_right(self, text: str, begin: int, stop: int, *, breaks: bool) -> Word:
        """Return a word that is read from the right: its letters by where they stand."""
        left, _, _, bottom = self._corner
        at = [(self.at(place), text[place]) for place in range(begin, stop)]
        groups: list[tuple[float, str]] = []  # one glyph may be two letters
        for box, letter in at:
            if groups and abs(groups[-1][0] - box[0]) < _SAME_GLYPH:
                groups[-1] = (box[0], groups[-1][1] + letter)
            else:
                groups.append((box[0], letter))
        core = len(groups)  # without the signs behind it
        while core > 1 and not groups[core - 1][1][-1].isalnum():
            core -= 1
        if core > 1 and groups[0][0] < groups[core - 1][0]:
            behind = groups[core:] if groups[-1][0] < groups[0][0] else []
            groups = groups[: len(groups) - len(behind)][::-1] + behind
        said = _UNSEEN.sub("", "".join([letters for _, letters in groups]))
        x0, x1 = min([box[0] for box, _ in at]), max([box[2] for box, _ in at])
        y0, y1 = min([box[3] for box, _ in at]), max([box[1] for box, _ in at])
        return said, x0 - left, y0 - bottom, x1 - left, y1 - bottom, begin, breaks, 0

    def _shift(self, begin: int, start: int, first: Corners) -> int:
        """Return whether smaller letters stand above (1) or below (-1) the line before them."""
        large = self.at(begin)
        high = large[1] - large[3]
        if first[1] - first[3] > high / _SMALLER:
            return 0
        by = self._line(start) - self._line(begin)
        if abs(by) > _NEXT_LINE * high:  # the word was broken at the end of a line
            return 0
        return 1 if by > _RAISED * high else -1 if by < -_RAISED * high else 0


class _TurnedBoxes(_Boxes):
    """The same of a page that is turned by so many right angles."""

    def __init__(self, raw: Any, text_page: Any, angle: int) -> None:  # noqa: ANN401
        super().__init__(raw, text_page)
        self._angle = angle

    def at(self, place: int) -> Corners:
        return self._turn(super().at(place))

    def _turn(self, box: Corners) -> Corners:
        left, top, right, bottom = box
        if self._angle == 1:
            return bottom, -left, top, -right
        if self._angle == 2:  # noqa: PLR2004
            return -right, -bottom, -left, -top
        return -top, right, -bottom, left
