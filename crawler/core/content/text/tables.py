"""The tables of a page: cells, rows, and whether they hold data."""

# ruff: noqa: SIM113 - a native index counts faster
from __future__ import annotations

from typing import Final

from librt.vecs import vec
from mypy_extensions import i64

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
        count: i64 = len(page.tags)
        self.chars = vec[i64]([0] * count)  # by cell
        self.filled = vec[bool]([False] * count)  # boxes with blocks right in them
        block: i64 = 0
        for text in page.texts:
            box = page.at[block]
            self.filled[box] = True
            if self.cells[box]:
                self.chars[self.cells[box]] += len(text)
            block += 1
        self.apart = vec[i64]([0] * (count + 1))  # for each box the next that stands by itself
        self.apart[count] = count
        while count > 0:
            count -= 1
            alone = page.tags[count] in _APART
            self.apart[count] = count if alone else self.apart[count + 1]

    def cell_of(self, box: int) -> int:
        """Return the cell that a block in `box` is a part of, -1 if it stands by itself."""
        cell = int(self.cells[box])
        if not cell:
            return -1
        if cell == box:
            return cell
        return cell if self.holds_data(int(self.tables[cell])) else -1

    def row_of(self, cell: int) -> int:
        """Return the row a cell stands in; the outermost box if it stands in none."""
        page = self.page
        while cell and page.tags[cell] != "tr":
            cell = int(page.parent[cell])
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
        cell: i64 = table + 1
        while cell < end:
            size = self.chars[cell]
            if size > _LONGEST_CELL:
                return False
            if size:
                row = int(page.parent[cell])
                full[row] = full.get(row, 0) + 1
            cell += 1
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
                elif self.known.get(int(self.tables[box])) or self._is_empty(
                    box + 1, page.end[box]
                ):
                    found.append("")
        return found or list(cells.values())

    def _is_empty(self, box: i64, end: i64) -> bool:
        while box < end:
            if self.filled[box]:
                return False
            box += 1
        return True
