"""What becomes of an element in the outline of a page."""

from __future__ import annotations

from typing import Final

from crawler.core.content.html import inline
from crawler.core.content.html.markup import Markup
from crawler.core.content.html.tags import BLOCKS, LEFT_OUT, NAMES, NUMBER

NOTHING: Final = 0
BOX: Final = 1
OUT: Final = 2
LINE: Final = 3
LINK: Final = 4
IMAGE: Final = 5
QUOTED: Final = 6
RAISED: Final = 7
LOWERED: Final = 8
ROW: Final = 9  # of code
SAMPLE: Final = 10


_WITHIN: Final = {
    "br": LINE, "a": LINK, "img": IMAGE, "q": QUOTED, "sup": RAISED, "sub": LOWERED,
    "code": SAMPLE, "tt": SAMPLE,
}  # fmt: skip


def _uses(left_out: frozenset[str]) -> bytes:
    """Return a table: number of a tag -> what becomes of the element."""
    table = bytearray(len(NAMES))
    for name, number in NUMBER.items():
        if name in BLOCKS:
            table[number] = BOX
        elif name in left_out:
            table[number] = OUT
    for name, use in _WITHIN.items():
        table[NUMBER[name]] = use
    return bytes(table)


USES: Final = _uses(LEFT_OUT)
WITH_NOSCRIPT: Final = _uses(LEFT_OUT - {"noscript"})


def lifted(markup: Markup) -> dict[int, int]:
    """Return the elements that raise or lower their text and are otherwise nothing."""
    found: dict[int, int] = {}
    for mark in inline.LIFTS:
        for element in markup.holding(mark):
            if USES[markup.kinds[element]] == NOTHING and (
                lift := inline.lifts(markup.head(element))
            ):
                found[element] = LOWERED if lift == b"sub" else RAISED
    return found


def unquoted_within(markup: Markup, uses: bytes) -> set[int]:
    """Return what may not be quoted within a line: boxes of their own, that can be left out."""
    within = [one for one in markup.unquoted() if uses[markup.kinds[one]] not in (BOX, OUT)]
    return set(within)
