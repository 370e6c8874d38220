"""What stands in the margins of a PDF's pages: running heads and feet, page and line numbers."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import Final

from crawler.core.content.documents.pdf_lines import Row

_LOOKED_AT: Final = 3  # rows at either end of a page
_NEAR: Final = 6  # pages within which a running head comes again
_PLACE: Final = 4.0  # points by which its place differs
_BAND: Final = 0.13  # of a page's height from its edge: a number there is the page's
_NUMBER: Final = re.compile(r"(?<!\w)(?:[0-9]{1,5}|[ivxlcdm]{1,8})(?!\w)", re.IGNORECASE)
_ALONE: Final = re.compile(
    r"\W*(?:(?:page|seite|página|pagina|стр\.?|p\.)\s*)?(?:[0-9]{1,5}|[ivxlcdm]{1,8})"
    r"(?:\s*(?:/|of|von|de|sur|di|из)\s*[0-9]{1,5})?\W*\Z",
    re.IGNORECASE,
)
# What browsers print there: the time, the address.
_PRINTED: Final = re.compile(
    r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{2,4},? [0-9]{1,2}:[0-9]{2}"
    r"|(?:https?|file)://\S+(?:\s+[0-9]{1,5}/[0-9]{1,5})?\Z"
)
_DIGITS: Final = re.compile(r"[0-9]+")
_ROMAN: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_LINE_NUMBERS: Final = 4  # that count up, from which they are some
_DIGITS_OF: Final = 4  # such a number has
_STEP: Final = 5  # lines from one to the next
_MOSTLY: Final = 0.7
_LINE: Final = 30  # characters of a line of text
_RUNNING: Final = 0.3  # of the lines that are numbered begin within a sentence
_MARKS: Final = "-\u2013\u2014.|[]()"
_SHORT: Final = 150  # characters of a running head


def without_margins(pages: list[list[Row]], heights: list[float]) -> list[list[Row]]:
    """Return the rows of each page without what repeats on them or only counts them."""
    pages = _without_line_numbers(pages)
    offsets = _offsets(pages)
    heads = _heads(pages)
    drop: set[int] = set()
    left = sum(len(row.text) for rows in pages for row in rows) / 2
    for depth in range(_LOOKED_AT):
        found = {
            id(row): len(row.text)
            for number, rows in enumerate(pages)
            for row in _outer(rows, depth)
            if _is_margin(row, number, heights[number], offsets, heads)
        }
        left -= sum(size for row, size in found.items() if row not in drop)
        if left < 0:  # forms, labels, slides: what repeats is the text
            break
        drop.update(found)
    return [[row for row in rows if id(row) not in drop] for rows in pages]


def _outer(rows: list[Row], depth: int) -> list[Row]:
    """Return the rows that lie so deep from the upper and from the lower edge."""
    order = sorted(rows, key=lambda row: -row.y0)
    places = {depth, len(order) - 1 - depth}
    return [order[place] for place in places if 0 <= place < len(order)]


def _outermost(rows: list[Row]) -> list[Row]:
    order = sorted(rows, key=lambda row: -row.y0)
    return order[:_LOOKED_AT] + order[max(_LOOKED_AT, len(order) - _LOOKED_AT) :]


def _is_margin(
    row: Row, page: int, height: float, offsets: set[int], heads: dict[str, list[tuple[int, float]]]
) -> bool:
    text = row.text
    at_edge = row.y0 > (1 - _BAND) * height or row.y1 < _BAND * height
    if len(text) > _SHORT:
        return False
    if at_edge and (_ALONE.match(text) or _PRINTED.match(text)):
        return True
    counts = at_edge or _ALONE.match(text) is not None
    if counts and any(value - page in offsets for value in _ends(text)):
        return True
    again = heads.get(_stem(text), ())
    return sum(
        1
        for other, place in again
        if other != page and abs(other - page) <= _NEAR and abs(place - row.y0) <= _PLACE
    ) >= (1 if at_edge else 2)


def _heads(pages: list[list[Row]]) -> dict[str, list[tuple[int, float]]]:
    """Return where each text stands at the edges of pages, its numbers aside."""
    found: dict[str, list[tuple[int, float]]] = {}
    for number, rows in enumerate(pages):
        for row in _outermost(rows):
            if len(row.text) <= _SHORT:
                found.setdefault(_stem(row.text), []).append((number, row.y0))
    return found


def _stem(text: str) -> str:
    return _DIGITS.sub("#", text.casefold()).strip()


def _offsets(pages: list[list[Row]]) -> set[int]:
    """Return by how much the printed numbers of pages are ahead of their count, where they agree.

    A number at the end of an outer row that keeps step with the pages is a page's.
    """
    steps: Counter[int] = Counter()
    for number, rows in enumerate(pages):
        values = {value - number for row in _outermost(rows) for value in _ends(row.text)}
        steps.update(values)
    least = max(2, len(pages) // 10)
    return {step for step, count in steps.items() if count >= least}


def _ends(text: str) -> list[int]:
    """Return the numbers at the beginning and at the end of a row."""
    words = text.split()
    ends = {words[0], words[-1]} if words else set()
    return [_value(word.strip(_MARKS)) for word in ends if _is_number(word)]


def _is_number(word: str) -> bool:
    return _NUMBER.fullmatch(word.strip(_MARKS)) is not None


def _value(text: str) -> int:
    if text.isdecimal():
        return int(text)
    total, before = 0, 0
    for letter in reversed(text.lower()):
        value = _ROMAN.get(letter, 0)
        total += value if value >= before else -value
        before = max(before, value)
    return total


def _without_line_numbers(pages: list[list[Row]]) -> list[list[Row]]:
    """Take away the numbers that count the lines of a manuscript.

    Where one page has some, few on another are such, too, if they stand in the same place.
    """
    counted = [_line_numbers(rows) for rows in pages]
    edges = {round(row.cells[0].x1) for rows in counted for row in rows}
    if not edges:
        return pages
    found = {id(row) for rows in counted for row in rows}
    for rows, own in zip(pages, counted, strict=True):
        if not own:
            found |= {id(row) for row in _numbered(rows) if round(row.cells[0].x1) in edges}
    return [[row for row in rows if not (id(row) in found and _is_bare(row))] for rows in pages]


def _is_bare(row: Row) -> bool:
    """Take the number from a row; tell whether nothing else stands in it."""
    if len(row.cells) == 1:
        return True
    row.cells, row.texts = row.cells[1:], row.texts[1:]
    row.x0 = row.cells[0].x0
    return False


def _numbered(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row.texts[0].isdecimal() and len(row.texts[0]) <= _DIGITS_OF]


def _line_numbers(rows: list[Row]) -> list[Row]:
    """Return the rows of a page that begin with the number of a line, none if they are others."""
    numbered = _numbered(rows)
    counts = [int(row.texts[0]) for row in numbered]
    up = sum(1 for one, other in pairwise(counts) if 0 < other - one <= _STEP)
    if up < _LINE_NUMBERS or up < _MOSTLY * (len(counts) - 1):
        return []
    # Beside lines of text, that is, and in no table.
    beside = [row for row in rows if len(row.text) >= _LINE]
    if len(beside) >= _MOSTLY * len(rows) or all(len(row.cells) == 1 for row in numbered):
        return numbered
    whole = sum([len(row.text) for row in rows])
    running = sum(1 for row in numbered if row.texts[1:] and row.texts[1][:1].islower())
    prose = sum([len(row.text) for row in beside]) >= _MOSTLY * whole
    return numbered if prose and running >= _RUNNING * len(numbered) else []
