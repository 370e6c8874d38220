"""The first and last pages of a text that has no pages of its own."""

from __future__ import annotations

_END = 6_000  # characters: about two pages


def ends_of(text: str, margins: str = "", words: str = "") -> str:
    """Return about two pages from either end, the margins of every page, and `words` beside it."""
    if len(text) <= 2 * _END:
        parts = [text]
    else:
        head, foot = text[:_END], text[-_END:]
        # Whole paragraphs: half a sentence says something else.
        parts = [head[: head.rfind("\n") + 1 or _END], foot[foot.find("\n") + 1 :]]
    return "\n\n".join(part for part in (*parts, margins, words) if part)
