"""Chosen blocks as plain text or light Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from crawler.core.content.html.class_words import CODE
from crawler.core.content.html.outline import Outline
from crawler.core.content.text.tables import CELLS, tables_of

_TIGHT = frozenset({"li", "td", "th", "dt", "dd"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


def render(page: Outline, blocks: Iterable[int], *, markdown: bool = False) -> str:
    """Return the blocks with their structure: rows on one line, lists tight, code as it is."""
    parts: list[str] = []
    previous = ""
    last = -1
    for kind, text, block in _units(page, blocks, markdown=markdown):
        if parts and block >= 0 and _goes_on(page, last, block):
            parts.append(" ")
        elif parts:
            tight = kind in _TIGHT and previous in _TIGHT
            parts.append("\n" if tight or _is_next_line(page, last, block) else "\n\n")
        parts.append(text)
        previous, last = kind, block
    return "".join(parts)


def _goes_on(page: Outline, last: int, block: int) -> bool:
    """Whether only words that must not be quoted stand between two blocks of one paragraph."""
    if last < 0 or block - last < 2 or page.at[last] != page.at[block]:  # noqa: PLR2004
        return False
    return all(page.tags[box] == "span" for box in page.at[last + 1 : block])


def _is_next_line(page: Outline, last: int, block: int) -> bool:
    """Whether two blocks are lines of one piece of code that has a box for each line."""
    if last < 0 or block != last + 1:
        return False
    one, other = page.at[last], page.at[block]
    if page.tags[one] == "pre" or not page.own[one] & page.own[other] & CODE:
        return False
    return page.parent[one] == page.parent[other] or (
        page.parent[page.parent[one]] == page.parent[page.parent[other]]
    )


def _units(
    page: Outline, blocks: Iterable[int], *, markdown: bool
) -> Iterator[tuple[str, str, int]]:
    """Yield kind and text of each block or table row, and the block's number, -1 for a row."""
    texts, at, tags = page.texts, page.at, page.tags
    tables = tables_of(page) if CELLS.intersection(tags) else None
    row = -1  # box of the table row being gathered
    cells: dict[int, str] = {}  # by box
    rows = 0
    for block in blocks:
        box = at[block]
        kind, text = tags[box], texts[block]
        cell = tables.cell_of(box) if tables is not None else -1
        around = tables.row_of(cell) if tables is not None and cell >= 0 else -1
        if around != row:
            if cells and tables is not None:
                columns = tables.columns(row, cells)
                yield "td", _row(columns, markdown=markdown, first=rows == 0), -1
                rows += 1
                cells = {}
            row = around
        if row >= 0:
            cells[cell] = f"{cells[cell]} {text}" if cell in cells else text
            continue
        rows = 0
        yield kind, _marked(kind, text, page.depth[box]) if markdown else text, block
    if cells and tables is not None:
        columns = tables.columns(row, cells)
        yield "td", _row(columns, markdown=markdown, first=rows == 0), -1


def _row(cells: list[str], *, markdown: bool, first: bool) -> str:
    texts = [" ".join(cell.split()) if "\n" in cell else cell for cell in cells]
    if not markdown:
        return "\t".join(texts).rstrip("\t")
    line = "| " + " | ".join([text.replace("|", "\\|") for text in texts]) + " |"
    return f"{line}\n|{' --- |' * len(texts)}" if first else line


def _marked(kind: str, text: str, depth: int) -> str:
    if kind in _HEADINGS:
        return f"{'#' * _HEADINGS[kind]} {' '.join(text.split())}"
    if kind == "li":
        return f"{'  ' * (depth - 1)}- {text}"
    if kind == "pre":
        fence = "````" if "```" in text else "```"
        return f"{fence}\n{text}\n{fence}"
    if kind == "blockquote":
        return "> " + text.replace("\n", "\n> ")
    return text
