"""White space within a line: one space where there are several, none where a script has none."""

# ruff: noqa: PLR2004, RUF001 - ranges of Unicode
from __future__ import annotations


def squeezed(text: str) -> str:
    """Return a text in one line, its words parted by one space."""
    if "\n" in text and not text.isascii():
        text = unwrapped(text)
    return " ".join(text.split())


def unwrapped(text: str) -> str:
    """Return a text in one line; a break between wide signs is none (CSS Text 3, section 4.1.3).

    Chinese and Japanese part no words: where their lines are broken in the source, nothing
    stands. Korean does, and Thai sets a space where a phrase ends, which is where its lines are
    mostly broken: both keep the space that every browser shows.
    """
    lines = [line for part in text.split("\n") if (line := part.strip())]
    parts: list[str] = []
    before = ""
    for line in lines:
        if before and not _is_one(before[-1], line[0]):
            parts.append(" ")
        parts.append(line)
        before = line
    return "".join(parts)


def _is_one(last: str, first: str) -> bool:
    """Whether nothing parts two signs at the end of a line and the start of the next."""
    if _is_mark(last) or _is_mark(first):
        return True
    return _is_wide(last) and _is_wide(first)


def _is_mark(sign: str) -> bool:
    """Whether a sign is punctuation of full width, which brings its own space."""
    code = ord(sign)
    if code == 0x200B:  # a place to break, no space
        return True
    return 0x3001 <= code <= 0x3003 or 0x3008 <= code <= 0x301F or sign in "！（），．：；？"


def _is_wide(sign: str) -> bool:
    """Whether a sign is as wide as it is high, and no Hangul (Unicode Annex 11)."""
    code = ord(sign)
    return (
        0x2E80 <= code <= 0x312F
        or 0x3190 <= code <= 0x4DBF
        or 0x4E00 <= code <= 0xA4CF
        or 0xF900 <= code <= 0xFAFF
        or 0xFE30 <= code <= 0xFE4F
        or 0xFF01 <= code <= 0xFF60
        or 0x1B000 <= code <= 0x1B2FF
        or 0x20000 <= code <= 0x3FFFD
    )
