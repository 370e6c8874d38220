"""The tables of a page: cells, rows, and whether they hold data."""

from __future__ import annotations

from typing import Final

from crawler.core.content.html.outline import Outline
from crawler.core.content.html.tags import words

CELLS: Final = words("td th")
_TABLE: Final = words("table")
# What stands by itself, also in a cell.
_APART: Final = words("table pre form hr article section nav blockquote h1 h2 h3 h4 h5 h6")
_LONGEST_CELL: Final = 1_000  # characters


def tables_of(page: Outline) -> Tables:
    """Return the tables of a page, looked at once."""
    found = page.tables
    if not isinstance(found, Tables):
        found = page.tables = Tables(page)
    return found


class Tables:
    """The tables of a page: which hold data in rows and columns, and which lay the page out."""

    def __init__(self, page: Outline) -> None:
        self.page = page
        self.cells = page.holders(CELLS, "table")
        self.tables = page.holders(_TABLE, "")
        self.known: dict[int, bool] = {}  # by table: whether it holds data
        self.chars: dict[int, int] = {}  # by cell
        for text, box in zip(page.texts, page.at, strict=True):
            if cell := self.cells[box]:
                self.chars[cell] = self.chars.get(cell, 0) + len(text)
        self.filled = set(page.at)
        self.apart = [len(page.tags)]  # for each box the next that stands by itself, backwards
        for box in range(len(page.tags) - 1, -1, -1):
            self.apart.append(box if page.tags[box] in _APART else self.apart[-1])
        self.apart.reverse()

    def cell_of(self, box: int) -> int:
        """Return the cell that a block in `box` is a part of, -1 if it stands by itself."""
        cell = self.cells[box]
        if not cell:
            return -1
        if cell == box:
            return cell
        return cell if self.holds_data(self.tables[cell]) else -1

    def row_of(self, cell: int) -> int:
        """Return the row a cell stands in; the outermost box if it stands in none."""
        page = self.page
        while cell and page.tags[cell] != "tr":
            cell = page.parent[cell]
        return cell

    def holds_data(self, table: int) -> bool:
        """Whether a table holds data in rows and columns, and does not lay the page out."""
        found = self.known.get(table)
        if found is None:
            found = self.known[table] = self._judge(table)
        return found

    def _judge(self, table: int) -> bool:
        """Whether a table has rows of several short cells, and nothing in them with a structure."""
        page = self.page
        end = page.end[table]
        if not table or self.apart[table + 1] < end:
            return False
        full: dict[int, int] = {}  # by row: cells with text
        for cell in range(table + 1, end):
            size = self.chars.get(cell, 0)
            if size > _LONGEST_CELL:
                return False
            if size:
                full[page.parent[cell]] = full.get(page.parent[cell], 0) + 1
        return sum([count > 1 for count in full.values()]) > 1

    def columns(self, row: int, cells: dict[int, str]) -> list[str]:
        """Return the texts of a row's cells, empty ones too: columns keep their place.

        A cell that holds boxes with text that stand by themselves is no column.
        """
        page = self.page
        found: list[str] = []
        for box in range(row + 1, page.end[row]):
            if page.tags[box] in CELLS and page.parent[box] == row:
                if box in cells:
                    found.append(cells[box])
                elif self.known.get(self.tables[box]) or self.filled.isdisjoint(
                    range(box + 1, page.end[box])
                ):
                    found.append("")
        return found or list(cells.values())
