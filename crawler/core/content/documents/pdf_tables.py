"""The rows of tables on a PDF page: which lines are some, and where their cells part."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from crawler.core.content.documents.pdf_lines import Row, Segment

_LEAST: Final = 2  # rows
_NEAR: Final = 4  # points by which cells of a column are off
_ASKED: Final = 50  # rows that tell where cells part
_APART: Final = 0.6  # of the letters' height: wider than a space in a line
_FOUR_DOTS: Final = "...."
_COUNT: Final = "0123456789ivxlcdmIVXLCDM"


def rows_of_tables(rows: list[Row]) -> set[int]:
    """Return the rows that are of a table: several cells, and so has a neighbour.

    A cell that spans what others part is parted, too: heads stand close where numbers do not.
    """
    found: set[int] = set()
    run: list[Row] = []
    for row in [*rows, None]:
        if row is not None and len(row.cells) > 1 and not leads(row.text):
            run.append(row)
            continue
        if len(run) >= _LEAST and _is_aligned(run):
            found.update(map(id, run))
            _part(run)
        run = []
    return found


def leads(line: str) -> bool:
    """Tell whether dots lead over a line, mostly to the number of a page at its end."""
    dots = "".join(line.split())
    return dots.rstrip(_COUNT).endswith(_FOUR_DOTS) or 2 * _FOUR_DOTS in dots


def _is_aligned(rows: list[Row]) -> bool:
    """Tell whether cells of neighbouring rows begin, or end, below one another."""
    fit = 0
    for one, other in pairwise(rows):
        starts = [cell.x0 for cell in one.cells[1:]]
        ends = [cell.x1 for cell in one.cells[1:]]
        fit += any(
            any(abs(cell.x0 - x) < _NEAR for x in starts)
            or any(abs(cell.x1 - x) < _NEAR for x in ends)
            for cell in other.cells[1:]
        )
    return 2 * fit >= len(rows) - 1


def _part(rows: list[Row]) -> None:
    """Part the cells within which most of the fuller rows have a gap."""
    most = max(len(row.cells) for row in rows)
    gaps = [
        [(one.x1, other.x0) for one, other in pairwise(row.cells)]
        for row in rows
        if len(row.cells) == most
    ][:_ASKED]
    for row in rows:
        if len(row.cells) < most and row.x0 >= 0:  # not as in a mirror
            cells = [part for cell in row.cells for part in _parted(cell, gaps)]
            if len(row.cells) < len(cells) <= most:
                row.cells = cells
                row.texts = [cell.text for cell in cells]


def _parted(cell: Segment, gaps: list[list[tuple[float, float]]]) -> list[Segment]:
    parts: list[Segment] = []
    start = 0
    for at in range(1, len(cell.words)):
        left, right = cell.words[at - 1][3], cell.words[at][1]
        if right - left < _APART * (cell.y1 - cell.y0):
            continue
        agreed = sum(any(max(left, x0) < min(right, x1) for x0, x1 in row) for row in gaps)
        if 2 * agreed >= len(gaps):
            parts.append(_segment(cell, start, at))
            start = at
    return [*parts, _segment(cell, start, len(cell.words))] if parts else [cell]


def _segment(cell: Segment, start: int, end: int) -> Segment:
    words = cell.words[start:end]
    count = sum([len(word[0]) + 1 for word in words])
    return Segment(words, words[0][1], cell.y0, words[-1][3], cell.y1, count)
