"""The lines of a PDF page in reading order: what stands side by side is columns, or a table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from operator import attrgetter
from typing import Final

from crawler.core.content.documents.pdf_directions import turn_others
from crawler.core.content.documents.pdf_line_text import line_text
from crawler.core.content.documents.pdf_upright import laid_down
from crawler.core.content.documents.pdf_words import Word, is_from_right

_GAP: Final = 1.6  # of the letters' height: wider, and it is no space between words
_JOINED: Final = 0.45
_MARKED: Final = 4.0  # between the mark of an item and the item
_SAME_LINE: Final = 0.45
_TOUCHES: Final = 0.1
_TEXT: Final = 22  # characters of a line in the mean, from which columns are text and no table
_APART: Final = 10  # ... where one is drawn after the other
_LINES: Final = 4  # of a column at least
_CROSSING: Final = 0.4  # of all lines may run across a gutter
_BESIDE: Final = 0.4  # of the lower column's height has the other one beside it
_EMPTY: Final = 0.6  # of a line: between the boxes of two lines, where there is none
_EDGE: Final = 3.0  # points by which the left edges of one column differ
_DEEPEST: Final = 4  # columns in columns
_MOST_LINES: Final = 4_000  # of one page
_MARKER: Final = re.compile(r"(?:\W|\uf0b7|\(?\w{1,4}[.)])\Z")  # of an item, on its own
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
        return line_text(self.words)

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
    letters: float = 0.0  # the size of its font in points; 0 if it is not known

    @property
    def size(self) -> float:
        return self.letters or self.y1 - self.y0

    @property
    def text(self) -> str:
        return " ".join(self.texts)


def rows_of(words: list[Word]) -> list[Row]:
    """Return the lines of a page, column by column."""
    segments = _segments(laid_down(words))[:_MOST_LINES]
    found: list[Row] = []
    rightward = is_from_right(_sample(words))
    regions = _from_right(segments) if rightward else _regions(segments, 0)
    for number, region in enumerate(regions):
        rows = _rows(region)
        left, right = min(map(_left, rows)), max(row.x1 for row in rows)
        for row in rows:
            row.column, row.region = (left, right), number
            if _turn(row, rightward=rightward):  # its edges as in a mirror: it begins on the right
                row.x0, row.x1, row.column = -row.x1, -row.x0, (-right, -left)
            row.texts = [cell.text for cell in row.cells]
        found += rows
    return found


def _sample(words: list[Word]) -> str:
    """Return some of what stands on a page."""
    return "".join([word[0] for word in words[:: max(1, len(words) // 200)]])


def _from_right(segments: list[Segment]) -> list[list[Segment]]:
    """Return the columns of a page that is read from the right: found as in a mirror."""
    _mirror(segments)
    regions = list(_regions(segments, 0))
    _mirror(segments)
    return regions


def _mirror(segments: list[Segment]) -> None:
    for one in segments:
        one.x0, one.x1 = -one.x1, -one.x0


def _turn(row: Row, *, rightward: bool) -> bool:
    """Put the words of a line in order if some are read from the right; return whether most are.

    `rightward`: most of the page is, so that a Latin phrase, however long, is but a part of it.
    """
    if not any(word[0][-1:] > "\u058f" for cell in row.cells for word in cell.words):
        return False
    most = rightward or is_from_right(
        "".join([word[0] for cell in row.cells for word in cell.words])
    )
    if most:
        row.cells.reverse()
        for cell in row.cells:
            cell.words.sort(key=lambda word: -word[1])
    for cell in row.cells:
        turn_others(cell.words, most=most)
    return most


def _segments(words: list[Word]) -> list[Segment]:
    """Return the words in pieces of lines, as they are drawn."""
    found: list[Segment] = []
    now: Segment | None = None
    low = up = end = 0.0
    drawn = -1  # place behind the last word
    sure = True
    for word in words:
        text, x0, y0, x1, y1, place, breaks, _ = word
        high, gap = up - low, x0 - end
        if now is not None and -0.5 * high < gap < high and place == drawn:
            # Nothing parts them, such as a raised mark; what stands below is another line.
            on = min(y1, up) - max(y0, low) > _TOUCHES * min(y1 - y0, high)
        elif now is not None and -0.5 * high < gap < (_JOINED if breaks else _GAP) * high:
            shared = (min(y1, up)) - (max(y0, low))
            on = shared > _SAME_LINE * (min(y1 - y0, high))
        else:
            on = now is not None and _goes_left(now, word)
        if on and now is not None:
            if not sure:
                low = now.y0 = y0
                up = now.y1 = y1
                sure = text[0].isalnum()
            now.words.append(word)
            if x1 > end:
                end = now.x1 = x1
            elif x0 < now.x0:
                now.x0 = x0
                if y1 - y0 > up - low:  # boxes of such letters are of any height
                    low, up = now.y0, now.y1 = y0, y1
            now.characters += len(text) + 1
        else:
            now = Segment([word], x0, y0, x1, y1, len(text))
            found.append(now)
            # Marks of items and brackets are of any height: the words tell how high the line is.
            sure = len(text) > 2 and text[0].isalnum()  # noqa: PLR2004
            low, up, end = y0, y1, x1
        drawn = place + len(text)
    return found


def _goes_left(segment: Segment, word: Word) -> bool:
    """Tell whether a word goes on with a line that is read from the right."""
    text, _, y0, x1, y1, _, _, _ = word
    if text[-1] < "\u0590" and segment.words[-1][0][-1] < "\u0590":
        return False
    high = max(segment.y1 - segment.y0, y1 - y0)
    if not -0.5 * high < segment.x0 - x1 < _GAP * high or not is_from_right(
        text + segment.words[-1][0] + segment.words[0][0]
    ):
        return False
    return min(y1, segment.y1) - max(y0, segment.y0) > _SAME_LINE * min(y1 - y0, high)


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
