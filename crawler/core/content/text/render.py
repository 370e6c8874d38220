"""Chosen blocks as plain text or light Markdown."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from crawler.core.content.html.outline import Outline

_TIGHT = frozenset({"li", "td", "th", "dt", "dd"})
_CELLS = frozenset({"td", "th"})
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
            parts.append("\n" if kind in _TIGHT and previous in _TIGHT else "\n\n")
        parts.append(text)
        previous, last = kind, block
    return "".join(parts)


def _goes_on(page: Outline, last: int, block: int) -> bool:
    """Whether only words that must not be quoted stand between two blocks of one paragraph."""
    if last < 0 or block - last < 2 or page.at[last] != page.at[block]:  # noqa: PLR2004
        return False
    return all(page.tags[box] == "span" for box in page.at[last + 1 : block])


def _units(
    page: Outline, blocks: Iterable[int], *, markdown: bool
) -> Iterator[tuple[str, str, int]]:
    """Yield kind and text of each block or table row, and the block's number, -1 for a row."""
    texts, at, tags = page.texts, page.at, page.tags
    filled = sorted(set(at)) if _CELLS.intersection(tags) else []
    row = -1  # box of the table row being gathered
    cells: dict[int, str] = {}  # by box
    rows = 0
    for block in blocks:
        box = at[block]
        kind, text = tags[box], texts[block]
        around = _row_of(page, box) if kind in _CELLS else -1
        if around != row:
            if cells:
                columns = _columns(page, row, cells, filled)
                yield "td", _row(columns, markdown=markdown, first=rows == 0), -1
                rows += 1
                cells = {}
            row = around
        if row >= 0:
            cells[box] = f"{cells[box]} {text}" if box in cells else text
            continue
        rows = 0
        yield kind, _marked(kind, text, page.depth[box]) if markdown else text, block
    if cells:
        columns = _columns(page, row, cells, filled)
        yield "td", _row(columns, markdown=markdown, first=rows == 0), -1


def _row_of(page: Outline, box: int) -> int:
    while box and page.tags[box] != "tr":
        box = page.parent[box]
    return box


def _columns(page: Outline, row: int, cells: dict[int, str], filled: list[int]) -> list[str]:
    """Return the texts of a row's cells, empty ones too: columns keep their place.

    A cell that holds boxes with text is no column: they stand by themselves.
    """
    found: list[str] = []
    box = row + 1
    while box < page.end[row]:
        end = page.end[box]  # what is within a cell is looked at by nobody: tables nest deeply
        if page.tags[box] in _CELLS:
            if box in cells:
                found.append(cells[box])
            elif bisect_right(filled, box) == bisect_left(filled, end):
                found.append("")
        box = end
    return found or list(cells.values())


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
