"""The lines of a PDF page in reading order: what stands side by side is columns, or a table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from operator import attrgetter
from typing import Final

from crawler.core.content.documents.pdf_words import Word, is_from_right

_GAP: Final = 1.6  # of the letters' height: wider, and it is no space between words
_JOINED: Final = 0.45
_SMALL: Final = 0.8  # of the letters before it: a mark
_CLOSE: Final = 0.2
_MARKED: Final = 4.0  # between the mark of an item and the item
_SAME_LINE: Final = 0.45
_TEXT: Final = 22  # characters of a line in the mean, from which columns are text and no table
_APART: Final = 10  # ... where one is drawn after the other
_LINES: Final = 4  # of a column at least
_CROSSING: Final = 0.4  # of all lines may run across a gutter
_BESIDE: Final = 0.4  # of the lower column's height has the other one beside it
_EMPTY: Final = 0.6  # of a line: between the boxes of two lines, where there is none
_EDGE: Final = 3.0  # points by which the left edges of one column differ
_DEEPEST: Final = 4  # columns in columns
_MOST_LINES: Final = 4_000  # of one page
_MARK: Final = re.compile(
    "(?:[0-9]{1,3}(?:,[0-9]{1,3})*|[*\u2020\u2021\u00a7\u00b6]{1,3}|[a-z])\\Z"
)
_ORDINAL: Final = re.compile(r"(?:st|nd|rd|th|er|re|e|ème|[ao])\Z")
_MARKER: Final = re.compile(r"(?:\W|\uf0b7|\(?\w{1,4}[.)])\Z")  # of an item, on its own
_CLOSING: Final = ".,;:!?)\\]\u00bb\u201d\u2019\"'"
_PLAIN_WORD: Final = re.compile(rf"[^\W\d_]{{3}}[{_CLOSING}]*\Z|[{_CLOSING}]\Z")
_left = attrgetter("x0")


@dataclass(slots=True)
class Segment:
    """Words of one line that stand together."""

    words: list[Word]
    x0: float
    y0: float
    x1: float
    y1: float
    characters: int = 0

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2

    @property
    def text(self) -> str:
        return _joined(self.words)

    @property
    def first(self) -> int:
        """The place of its first letter, in the order in which they are drawn."""
        return self.words[0][5]

    @property
    def last(self) -> int:
        return self.words[-1][5]


@dataclass(slots=True)
class Row:
    """One line of a page, or one row of a table: its cells from left to right."""

    cells: list[Segment]
    x0: float
    y0: float
    x1: float
    y1: float
    texts: list[str] = field(default_factory=list)
    column: tuple[float, float] = (0.0, 0.0)  # left and right edge of the column
    region: int = 0  # rows of one column follow one another
    page: int = 0
    mono: bool = False
    bold: bool = False

    @property
    def size(self) -> float:
        return self.y1 - self.y0

    @property
    def text(self) -> str:
        return " ".join(self.texts)


def rows_of(words: list[Word]) -> list[Row]:
    """Return the lines of a page, column by column."""
    segments = _segments(words)[:_MOST_LINES]
    found: list[Row] = []
    for number, region in enumerate(_regions(segments, 0)):
        rows = _rows(region)
        left, right = min(map(_left, rows)), max(row.x1 for row in rows)
        for row in rows:
            row.column, row.region = (left, right), number
            _turn(row)
            row.texts = [cell.text for cell in row.cells]
        found += rows
    return found


def _turn(row: Row) -> None:
    """Put the words of a line in order that is read from the right."""
    if not any(word[0][-1:] > "\u058f" for word in row.cells[0].words):
        return
    if is_from_right("".join([word[0] for cell in row.cells for word in cell.words])):
        row.cells.reverse()
        for cell in row.cells:
            cell.words.sort(key=lambda word: -word[1])


def _segments(words: list[Word]) -> list[Segment]:
    """Return the words in pieces of lines, as they are drawn."""
    found: list[Segment] = []
    now: Segment | None = None
    low = up = end = 0.0
    drawn = -1  # place behind the last word
    for word in words:
        text, x0, y0, x1, y1, place, breaks, _ = word
        high, gap = up - low, x0 - end
        if now is not None and -0.5 * high < gap < high and place == drawn:
            on = True  # nothing parts them, such as a raised mark
        elif now is not None and -0.5 * high < gap < (_JOINED if breaks else _GAP) * high:
            shared = (min(y1, up)) - (max(y0, low))
            on = shared > _SAME_LINE * (min(y1 - y0, high))
        else:
            on = False
        if on and now is not None:
            if now.characters <= 2:  # noqa: PLR2004 - the mark of an item: the words tell how high
                low = now.y0 = y0
                up = now.y1 = y1
            now.words.append(word)
            if x1 > end:
                end = now.x1 = x1
            now.characters += len(text) + 1
        else:
            now = Segment([word], x0, y0, x1, y1, len(text))
            found.append(now)
            low, up, end = y0, y1, x1
        drawn = place + len(text)
    return found


def _rows(segments: list[Segment]) -> list[Row]:
    """Return the segments of one column in lines, from the top."""
    rows: list[Row] = []
    for one in sorted(segments, key=lambda item: -item.middle):
        row = rows[-1] if rows else None
        if row is not None and _is_beside(row, one):
            row.cells.append(one)
            row.x0, row.x1 = min(row.x0, one.x0), max(row.x1, one.x1)
        else:
            rows.append(Row([one], one.x0, one.y0, one.x1, one.y1))
    for row in rows:
        if len(row.cells) > 1:
            row.cells.sort(key=_left)
            tallest = max(row.cells, key=lambda cell: cell.characters)
            row.y0, row.y1 = tallest.y0, tallest.y1
            row.cells = _without_gaps(row.cells)
    return rows


def _is_beside(row: Row, one: Segment) -> bool:
    low, up = max(row.y0, one.y0), min(row.y1, one.y1)
    if up - low < _SAME_LINE * min(row.y1 - row.y0, one.y1 - one.y0):
        return False
    return all(one.x0 >= cell.x1 - 1 or one.x1 <= cell.x0 + 1 for cell in row.cells)


def _without_gaps(cells: list[Segment]) -> list[Segment]:
    """Join neighbours between which there is no more than a space."""
    joined = [cells[0]]
    for cell in cells[1:]:
        last = joined[-1]
        marked = len(joined) == 1 and len(last.words) == 1 and _MARKER.match(last.words[0][0])
        if marked and cell.x0 - last.x1 < _MARKED * (cell.y1 - cell.y0):
            joined[-1] = replace(
                cell,
                words=last.words + cell.words,
                x0=last.x0,
                characters=last.characters + cell.characters,
            )
        elif cell.x0 - last.x1 < _JOINED * max(last.y1 - last.y0, cell.y1 - cell.y0):
            last.words += cell.words
            last.x1 = max(last.x1, cell.x1)
            last.characters += cell.characters
        else:
            joined.append(cell)
    return joined


def _regions(segments: list[Segment], depth: int) -> Iterable[list[Segment]]:
    """Yield the columns in the order in which they are read."""
    if depth >= _DEEPEST or not _has_neighbours(segments):
        if segments:
            yield segments
        return
    segments = sorted(segments, key=lambda item: -item.middle)
    edge = _gutter(segments)
    if edge is not None:
        yield from _banded(segments, edge, depth)
        return
    # Perhaps a part of the page is set in columns.
    plain: list[Segment] = []
    parts = _parts(segments)
    for part in parts if len(parts) > 1 else ():
        edge = _gutter(part)
        if edge is None:
            plain += part
            continue
        if plain:
            yield plain
            plain = []
        yield from _banded(part, edge, depth)
    if plain or len(parts) == 1:
        yield plain or segments


def _banded(segments: list[Segment], edge: float, depth: int) -> Iterable[list[Segment]]:
    """Yield what runs across an edge, and between such lines the columns beside it."""
    beside: list[Segment] = []
    across: list[Segment] = []
    for one in segments:
        if one.x0 < edge < one.x1:
            if beside:
                yield from _columns(beside, edge, depth, ends=False)
                beside = []
            across.append(one)
        else:
            if across:
                yield across
                across = []
            beside.append(one)
    if across:
        yield across
    if beside:
        yield from _columns(beside, edge, depth, ends=True)


def _columns(
    beside: list[Segment], edge: float, depth: int, *, ends: bool
) -> Iterable[list[Segment]]:
    """Yield what stands left and right of an edge; what stands above or below alone, apart.

    `ends`: nothing runs across below, so that what is left there ends the left column.
    """
    parts = _parts(beside)
    first, last = 0, len(parts)
    margin = min(one.x0 for one in beside)
    while first < last - 1 and _is_small(parts[first], edge, margin):
        first += 1
    while not ends and last > first + 1 and all(one.x1 <= edge for one in parts[last - 1]):
        last -= 1
    for part in parts[:first]:
        yield part
    midst = [one for part in parts[first:last] for one in part]
    yield from _regions([one for one in midst if one.x1 <= edge], depth + 1)
    yield from _regions([one for one in midst if one.x0 >= edge], depth + 1)
    for part in parts[last:]:
        yield part


def _parts(segments: list[Segment]) -> list[list[Segment]]:
    """Return segments, from the top, parted where an empty line runs through all of them."""
    parts = [[segments[0]]]
    lowest = segments[0].y0
    for one in segments[1:]:
        if lowest - one.y1 > _EMPTY * (one.y1 - one.y0):
            parts.append([])
        parts[-1].append(one)
        lowest = min(lowest, one.y0)
    return parts


def _is_small(part: list[Segment], edge: float, margin: float) -> bool:
    """Tell whether a few lines stand beside one another, such as two authors above the text."""
    left = [one for one in part if one.x1 <= edge]
    few = 0 < min(len(left), len(part) - len(left)) < _LINES
    return few and all(one.x0 > margin + one.y1 - one.y0 for one in left)


def _gutter(segments: list[Segment]) -> float | None:
    """Return where a right column of text is parted from a left one, None if there are none."""
    if len(segments) < 2 * _LINES:
        return None
    best, edge = 0.0, None
    starts = sorted(map(_left, segments))
    at = 0
    while at < len(starts):
        end = at
        while end < len(starts) and starts[end] - starts[at] <= _EDGE:
            end += 1
        if end - at >= _LINES:
            worth, found = _worth(segments, starts[at])
            if worth > best:
                best, edge = worth, found
        at = end
    return edge


def _worth(segments: list[Segment], start: float) -> tuple[float, float]:
    """Return how well an edge parts lines of text on its left from such on its right, and it.

    It lies behind the left ones, before which what is indented less may begin.
    """
    left = [one for one in segments if one.x1 <= start]
    if len(left) < _LINES:
        return 0, 0
    edge = max(one.x1 for one in left) + 0.5
    right = [one for one in segments if one.x0 >= edge]
    across = len(segments) - len(left) - len(right)
    fewer = min(len(left), len(right))
    if fewer < _LINES or across > _CROSSING * len(segments):
        return 0, 0
    least = _APART if _are_drawn_apart(left, right) else _TEXT
    for side in (left, right):
        if sum([one.characters for one in side]) < least * len(side):
            return 0, 0
    lowest, highest = min(one.y0 for one in left), max(one.y1 for one in left)
    low, high = min(one.y0 for one in right), max(one.y1 for one in right)
    shared = min(highest, high) - max(lowest, low)
    if shared < _BESIDE * min(highest - lowest, high - low):
        return 0, 0
    return fewer - across / 2 + 1, edge


def _are_drawn_apart(left: list[Segment], right: list[Segment]) -> bool:
    """Tell whether one side is drawn before the other: a table is drawn row by row."""
    sides = sorted([(one.first, 0) for one in left] + [(one.first, 1) for one in right])
    changes = sum(1 for one, other in pairwise(sides) if one[1] != other[1])
    return changes <= max(3, min(len(left), len(right)) // 4)


def _has_neighbours(segments: list[Segment]) -> bool:
    """Tell whether lines stand beside one another more often than now and then."""
    order = sorted(segments, key=lambda item: -item.middle)
    count = 0
    for one, other in pairwise(order):
        if one.middle - other.middle < 0.7 * (one.y1 - one.y0) and (
            one.x1 <= other.x0 or other.x1 <= one.x0
        ):
            count += 1
    return count >= _LINES


def _joined(words: list[Word]) -> str:
    """Return words as one text. Marks that refer to a note go; other raised ones get a "^"."""
    parts: list[str] = []
    before: Word | None = None
    for word in words:
        text, shift = word[0], word[7]
        if before is None:
            if not (shift > 0 and len(words) > 1 and _MARK.match(text)):  # of a note, before it
                parts.append(text)
        else:
            glued = word[5] == before[5] + len(before[0])
            if not glued:
                shift = _shift(before, word)
            if shift > 0:
                parts.append(_raised(before[0], text))
            elif shift < 0 and text[0].isalnum():
                parts.append(f"_{text}")
            else:
                parts.append(text if glued or not parts else " " + text)
        before = word
    return "".join(parts)


def _shift(before: Word, word: Word) -> int:
    """Return whether a word close by is raised (1) or lowered (-1), though a space is told of."""
    _, _, y0, x1, y1, *_ = before
    _, left, low, _, up, *_ = word
    high = y1 - y0
    if up - low > _SMALL * high or not -_CLOSE * high < left - x1 < _CLOSE * high:
        return 0
    return 1 if low > y0 + _CLOSE * high else -1 if low < y0 else 0


def _raised(before: str, mark: str) -> str:
    if _ORDINAL.match(mark) and before[-1:].isdigit():
        return mark
    if _MARK.match(mark) and _PLAIN_WORD.search(before):
        return ""
    return f"^{mark}" if mark[0].isalnum() or mark[0] in "-+\u2212" else mark
