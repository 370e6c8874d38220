"""The lines of a PDF put together again: paragraphs, headings, items, listings, tables."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from crawler.core.content.documents.pdf_lines import Row
from crawler.core.content.documents.pdf_tables import leads, rows_of_tables
from crawler.core.content.documents.pdf_words import HYPHEN

PARAGRAPH, HEADING, ITEM, CODE, CELLS = "p", "h", "li", "pre", "tr"
# Round, square and triangular ones, those of symbol fonts; dashes only before a space.
_BULLETS: Final = (
    "\u2022\u2023\u25e6\u25aa\u25ab\u25cf\u25cb\u25a0\u25a1\u2219\u00b7\u27a2\u27a4\u2713\u2756"
    "\uf0b7\uf0a7"
)
_ITEM: Final = re.compile(
    "[" + _BULLETS + "]|(?:[\u2013\u2014*-]|"
    r"\(?(?:[0-9]{1,3}|[a-z]|[ivx]{1,4})[.)])(?:\s|\Z)",
    re.IGNORECASE,
)
_BULLET: Final = re.compile("[" + _BULLETS + "]\\s*|[\u2013\u2014*-](?:\\s+|\\Z)")
# ... and those of East Asia, and any quote or bracket that closes behind them.
_ENDED: Final = re.compile("[.!?:;\u3002\uff01\uff1f\u2026][\"'\u201d\u2019\u00bb)\\]]*\\Z")
_CONTENTS: Final = re.compile(
    r"(?:table of )?contents\Z|inhalt(?:sverzeichnis)?\Z|sommaire\Z|table des matières\Z"
    r"|índice\Z|indice\Z|inhoud(?:sopgave)?\Z|содержание\Z|оглавление\Z|目次\Z|目录\Z",
    re.IGNORECASE,
)
_CAPTION: Final = re.compile(
    r"(?:table|tab\.|figure|fig\.|tabelle|abbildung|abb\.|tableau|tabla|figura|tabela|tabella|рис\.|табл\.)"
    r"\s?[0-9A-Z]",
    re.IGNORECASE,
)
_TO_PAGE: Final = re.compile(r"\s(?:[0-9]{1,4}|[ivxlcdm]{1,7})\s*\Z")
_LARGER: Final = 1.08  # than the text: a heading
_SIZES: Final = 0.08  # by which the letters of one paragraph differ
_LOOSE: Final = 1.3  # of the usual step from line to line: a new paragraph
_INDENT: Final = 0.8  # of the letters' height
_SHORTER: Final = 3.0  # letters' heights by which a last line ends before the others
_FILLED: Final = 0.7  # of the column's width
_CAPITALS: Final = 80  # characters of a numbered line in capitals: a section's, and no item
_HEADING: Final = 200  # characters
_LEVELS: Final = 6
_NOTE: Final = 0.93  # of the text's size: a note at the foot
_MANY: Final = 5  # paragraphs that tell how they begin


@dataclass(slots=True)
class Block:
    """What stands together. `lines` are whole; `rows` are where they stood."""

    kind: str
    lines: list[str]
    size: float
    level: int = 0
    open: bool = False  # may go on in the next column
    full: bool = False  # its last line is as long as any
    note: bool = False
    page: int = 0
    rows: list[Row] = field(default_factory=list)


def blocks_of(pages: list[list[Row]]) -> list[Block]:
    """Return the blocks of a document in reading order."""
    body = _body_size(pages)
    step = _usual_step(pages, body)
    columns: list[list[Block]] = []
    for rows in pages:
        regions: dict[int, list[Row]] = {}
        for row in rows:
            regions.setdefault(row.region, []).append(row)
        columns += [_region(region, body, step) for region in regions.values()]
    indented = _are_indented(columns)
    found: list[Block] = []
    for column in columns:
        _append(found, column, body, indented=indented)
    _level(found, body)
    return _without_contents(found)


def _are_indented(columns: list[list[Block]]) -> bool:
    """Tell whether most paragraphs of a document begin with an indent."""
    starts = [
        _is_indented(block.rows[0])
        for column in columns
        for block in column[1:]
        if block.kind == PARAGRAPH and not block.note and len(block.rows) > 1
    ]
    return len(starts) >= _MANY and 2 * sum(starts) > len(starts)


def _is_indented(row: Row) -> bool:
    return row.x0 > row.column[0] + _INDENT * row.size


def _body_size(pages: list[list[Row]]) -> float:
    """Return the height of the letters that most of the text is set in."""
    sizes: Counter[float] = Counter()
    for rows in pages:
        for row in rows:
            sizes[round(row.size * 2) / 2] += sum([len(text) for text in row.texts])
    return max(sizes, key=sizes.__getitem__) if sizes else 10.0


def _usual_step(pages: list[list[Row]], body: float) -> float:
    """Return the usual distance of one line of text from the next."""
    steps: Counter[float] = Counter()
    for rows in pages:
        for one, other in pairwise(rows):
            step = one.y0 - other.y0
            if one.region == other.region and 0.7 * body < step < 3 * body:
                steps[round(step * 2) / 2] += 1
    return max(steps, key=steps.__getitem__) if steps else 1.2 * body


def _region(rows: list[Row], body: float, step: float) -> list[Block]:
    """Return the blocks of one column of one page."""
    table = rows_of_tables(rows)
    found: list[Block] = []
    for at, row in enumerate(rows):
        before = rows[at - 1] if at else None
        if id(row) in table and not row.mono:
            found.append(Block(CELLS, ["\t".join(row.texts)], row.size, page=row.page, rows=[row]))
        elif row.mono:
            if found and found[-1].kind == CODE and _is_next(before, row, 2.5 * step):
                _add_code(found[-1], row, step)
            else:
                found.append(Block(CODE, [_spaced(row)], row.size, page=row.page, rows=[row]))
        elif found and before is not None and _continues(found[-1], before, row, step):
            found[-1].lines.append(row.text)
            found[-1].rows.append(row)
        else:
            found.append(_begun(row, body))
    for block in found:
        _close(block)
    return found


def _begun(row: Row, body: float) -> Block:
    text = row.text
    kind = PARAGRAPH
    if _ITEM.match(text):
        kind = ITEM
    large = row.size > _LARGER * body
    set_apart = row.bold or (text.isupper() and kind == ITEM and len(text) < _CAPITALS)
    heads = (large or (set_apart and not _ENDED.search(text))) and any(map(str.isalpha, text))
    if heads and _BULLET.match(text) is None:
        kind = HEADING
    return Block(kind, [text], row.size, page=row.page, rows=[row], note=row.size < _NOTE * body)


def _continues(block: Block, before: Row, row: Row, step: float) -> bool:
    """Tell whether a line goes on with the block of the line before it."""
    if block.kind in (CELLS, CODE) or not _is_next(before, row, _LOOSE * _own(step, row)):
        return False
    if abs(row.size - before.size) > _SIZES * max(row.size, before.size):
        return False
    if _ITEM.match(row.text) and not _is_inside(block, row):
        return False
    if block.kind == HEADING:
        return row.bold == before.bold and len(" ".join(block.lines)) < _HEADING
    if row.bold and not before.bold and len(row.text) < _HEADING / 2:
        return False
    return not (block.kind == PARAGRAPH and _is_first(block, before, row)) and _is_filled(
        before, row
    )


def _is_first(block: Block, before: Row, row: Row) -> bool:
    """Tell whether a line is indented as the first one of a paragraph."""
    high, left = row.size, row.column[0]
    if row.x0 <= before.x0 + _INDENT * high:
        return False
    ended = _ENDED.search(before.text) is not None
    if ended or _is_short(before) or before.x0 > left + _INDENT * high:
        return True
    return len(block.lines) > 1 and row.x0 < left + 4 * high


def _is_short(row: Row) -> bool:
    return row.x1 < row.column[1] - _SHORTER * row.size


def _is_filled(before: Row, row: Row) -> bool:
    """Tell whether a line was broken because it was full, so that the next one goes on."""
    if row.text[:1].islower() or not _is_short(before) or before.text.endswith(("-", HYPHEN)):
        return True
    # A line that ends so early was ended by whoever wrote it.
    left, right = row.column
    return not _ENDED.search(before.text) and before.x1 > left + _FILLED * (right - left)


def _is_inside(block: Block, row: Row) -> bool:
    """Tell whether what looks like an item's mark is but the first word of a line."""
    return row.text[:1].isalpha() and block.kind == PARAGRAPH and row.text[1:2] != ")"


def _own(step: float, row: Row) -> float:
    return max(step, 1.15 * row.size) if row.size < step else 1.25 * row.size


def _is_next(before: Row | None, row: Row, most: float) -> bool:
    return before is not None and -0.3 * row.size < before.y0 - row.y0 <= most


def _add_code(block: Block, row: Row, step: float) -> None:
    """Add a line of a listing, with the empty line and the indent that it shows."""
    last = block.rows[-1]
    if last.y0 - row.y0 > 1.6 * max(step * 0.8, row.size):
        block.lines.append("")
    block.lines.append(_spaced(row))
    block.rows.append(row)


def _spaced(row: Row) -> str:
    """Return a line of a listing with the spaces between its parts that are as wide as shown."""
    if len(row.cells) == 1:
        return row.text
    longest = max(row.cells, key=lambda cell: cell.characters)
    wide = max((longest.x1 - longest.x0) / max(longest.characters, 1), 1.0)
    line = row.texts[0]
    for before, cell, text in zip(row.cells, row.cells[1:], row.texts[1:], strict=False):
        line += " " * max(1, round((cell.x0 - before.x1) / wide)) + text
    return line


def _close(block: Block) -> None:
    if block.kind == CODE:
        left = min(row.x0 for row in block.rows)
        row = max(block.rows, key=lambda one: len(one.text))
        wide = (row.x1 - row.x0) / max(len(row.text), 1)
        rows = iter(block.rows)
        block.lines = [
            line and " " * max(0, round((next(rows).x0 - left) / max(wide, 1.0))) + line
            for line in block.lines
        ]
        return
    last = block.rows[-1]
    if block.kind == PARAGRAPH:
        block.full = last.x1 > last.column[1] - last.size / 2
    if block.kind in (PARAGRAPH, ITEM):
        block.open = not _ENDED.search(last.text) and last.x1 > last.column[1] - _SHORTER * 2 * (
            last.size
        )


def _append(found: list[Block], more: list[Block], body: float, *, indented: bool) -> None:
    """Add the blocks of the next column; a paragraph that was open goes on in the first of them.

    What floats to the top of a column, a table or a figure, stands behind the paragraph then.
    """
    last = next((block for block in reversed(found) if not block.note), None)
    at = next((number for number, block in enumerate(more) if not _floats(block)), len(more))
    if (
        at < len(more)
        and last is not None
        and more[at].kind == PARAGRAPH
        and abs(more[at].size - last.size) <= _SIZES * body
        and (
            (last.open and (_goes_on(last, more[at]) if at == 0 else _is_within(more[at])))
            # Where a sentence ends with the page: a new paragraph would be indented.
            or (indented and last.full and at == 0 and not _is_indented(more[at].rows[0]))
        )
    ):
        first = more.pop(at)
        last.lines += first.lines
        last.rows += first.rows
        last.open, last.full = first.open, first.full
    found += more


def _is_within(block: Block) -> bool:
    return block.lines[0][:1].islower()


def _floats(block: Block) -> bool:
    return block.kind == CELLS or block.note or _CAPTION.match(block.lines[0]) is not None


def _goes_on(last: Block, first: Block) -> bool:
    text = first.lines[0]
    if text[:1].islower() or last.lines[-1].endswith(("-", HYPHEN, ",")):
        return True
    row = first.rows[0]
    return (
        len(last.lines) > 1 and row.x0 < row.column[0] + _INDENT * row.size and text[:1].isalnum()
    )


def _level(blocks: list[Block], body: float) -> None:
    """Give headings their levels by their sizes; what only looks like one becomes a paragraph."""
    sizes = sorted(
        {round(block.size) for block in blocks if block.kind == HEADING and block.size > body},
        reverse=True,
    )
    for block in blocks:
        if block.kind != HEADING:
            continue
        if len(" ".join(block.lines)) > _HEADING:
            block.kind = PARAGRAPH
        elif block.size > _LARGER * body:
            block.level = min(sizes.index(round(block.size)) + 1, _LEVELS)
        else:
            block.level = min(len(sizes) + 1, _LEVELS)


def _without_contents(blocks: list[Block]) -> list[Block]:
    """Leave out tables of contents: their lines lead, mostly over dots, to a page's number."""
    kept: list[Block] = []
    inside = False
    for block in blocks:
        lines = [line for line in block.lines if not leads(line)]
        listed = inside and all(map(_TO_PAGE.search, lines))
        inside = listed or 2 * len(lines) <= len(block.lines)
        if inside:
            if kept and _CONTENTS.match(" ".join(kept[-1].lines).strip()):
                kept.pop()
            continue
        block.lines = lines
        inside = _CONTENTS.match(" ".join(lines).strip()) is not None
        kept.append(block)
    return kept


def bullet_free(text: str) -> str:
    """Return an item without the mark in front of it; a number stays."""
    return _BULLET.sub("", text, count=1)
