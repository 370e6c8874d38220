"""Chosen blocks as plain text or light Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from crawler.core.content.outline import Outline

_TIGHT = frozenset({"li", "td", "th", "dt", "dd"})
_CELLS = frozenset({"td", "th"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


def render(page: Outline, blocks: Iterable[int], *, markdown: bool = False) -> str:
    """Return the blocks with their structure: rows on one line, lists tight, code as it is."""
    parts: list[str] = []
    previous = ""
    for kind, text in _units(page, blocks, markdown=markdown):
        if parts:
            parts.append("\n" if kind in _TIGHT and previous in _TIGHT else "\n\n")
        parts.append(text)
        previous = kind
    return "".join(parts)


def _units(page: Outline, blocks: Iterable[int], *, markdown: bool) -> Iterator[tuple[str, str]]:
    texts, at, tags = page.texts, page.at, page.tags
    row = -1  # box of the table row being gathered
    cells: list[str] = []
    rows = 0
    for block in blocks:
        box = at[block]
        kind, text = tags[box], texts[block]
        around = _row_of(page, box) if kind in _CELLS else -1
        if around != row:
            if cells:
                yield "td", _row(cells, markdown=markdown, first=rows == 0)
                rows += 1
                cells = []
            row = around
        if row >= 0:
            cells.append(text)
            continue
        rows = 0
        yield kind, _marked(kind, text, page.depth[box]) if markdown else text
    if cells:
        yield "td", _row(cells, markdown=markdown, first=rows == 0)


def _row_of(page: Outline, box: int) -> int:
    while box and page.tags[box] != "tr":
        box = page.parent[box]
    return box


def _row(cells: list[str], *, markdown: bool, first: bool) -> str:
    texts = [" ".join(cell.split()) if "\n" in cell else cell for cell in cells]
    if not markdown:
        return "\t".join(texts)
    line = "| " + " | ".join(text.replace("|", "\\|") for text in texts) + " |"
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
