"""The default extractor: which blocks of the outline are the main text."""

from __future__ import annotations

from crawler.core.content import hints
from crawler.core.content.outline import Block, Outline

NAME = "fast"
VERSION = "1"
_BAD = hints.NAV | hints.FOOTER | hints.SIDE | hints.FORM | hints.DIALOG | hints.NOSNIPPET


def main_blocks(page: Outline, *, comments: bool = True) -> list[Block]:
    """Return the blocks of the main text in order."""
    return [block for block in page.blocks if not block.hints & _BAD]
