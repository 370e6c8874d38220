"""Chosen blocks as plain text or light Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from crawler.core.content.outline import Block

_TIGHT = frozenset({"li", "td", "th", "dt", "dd"})


def render(blocks: Iterable[Block], *, markdown: bool = False) -> str:
    """Return the blocks with their structure: rows on one line, lists tight, code as it is."""
    parts: list[str] = []
    previous = ""
    for kind, text in _units(blocks, markdown=markdown):
        if parts:
            parts.append("\n" if kind in _TIGHT and previous in _TIGHT else "\n\n")
        parts.append(text)
        previous = kind
    return "".join(parts)


def _units(blocks: Iterable[Block], *, markdown: bool) -> Iterator[tuple[str, str]]:
    row: list[Block] = []
    rows = 0
    for block in blocks:
        if row and block.row != row[0].row:
            yield "td", _row(row, markdown=markdown, first=rows == 0)
            rows += 1
            row = []
        if block.row >= 0:
            row.append(block)
            continue
        rows = 0
        yield block.kind, _marked(block) if markdown else block.text
    if row:
        yield "td", _row(row, markdown=markdown, first=rows == 0)


def _row(cells: list[Block], *, markdown: bool, first: bool) -> str:
    texts = [" ".join(cell.text.split()) for cell in cells]
    if not markdown:
        return "\t".join(texts)
    line = "| " + " | ".join(text.replace("|", "\\|") for text in texts) + " |"
    return f"{line}\n|{' --- |' * len(texts)}" if first else line


def _marked(block: Block) -> str:
    if block.kind[0] == "h" and block.kind[1:].isdigit():
        return f"{'#' * block.level} {' '.join(block.text.split())}"
    if block.kind == "li":
        return f"{'  ' * (block.level - 1)}- {block.text}"
    if block.kind == "pre":
        fence = "````" if "```" in block.text else "```"
        return f"{fence}\n{block.text}\n{fence}"
    if block.kind == "blockquote":
        return "> " + block.text.replace("\n", "\n> ")
    return block.text
