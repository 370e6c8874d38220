"""What a line of a PDF reads as: its words, without marks of notes, powers as such."""

from __future__ import annotations

import re
from typing import Final

from crawler.core.content.documents.pdf_words import Word

_SMALL: Final = 0.86  # of the letters before it: a mark
_CLOSE: Final = 0.2
_MARK: Final = re.compile(
    "(?:[0-9]{1,3}(?:,[0-9]{1,3})*|[*\u2020\u2021\u00a7\u00b6]{1,3}|[a-z])\\Z"
)
_ORDINAL: Final = re.compile(r"(?:st|nd|rd|th|er|re|e|ème|[ao])\Z")
_CLOSING: Final = ".,;:!?)\\]\u00bb\u201d\u2019\"'"
_PLAIN_WORD: Final = re.compile(rf"[^\W\d_]{{3}}[{_CLOSING}]*\Z|[{_CLOSING}]\Z")
# What fonts without names have in the place of a bullet (TeX's TS1, 136): an accent, set apart.
_BULLET: Final = "\u02c6"


def line_text(words: list[Word]) -> str:
    """Return words as one text. Marks that refer to a note go; other raised ones get a "^"."""
    parts: list[str] = []
    before: Word | None = None
    for word in words:
        text, shift = word[0], word[7]
        if before is None:
            if text == _BULLET and len(words) > 1 and words[1][1] - word[3] > _CLOSE * _high(word):
                parts.append("\u2022")
            elif not (shift > 0 and len(words) > 1 and _MARK.match(text)):  # of a note, before it
                parts.append(text)
        else:
            glued = word[5] == before[5] + len(before[0])
            if not glued and word[4] - word[2] <= _SMALL * (before[4] - before[2]):
                if _is_apart(before, word):
                    continue
                shift = _shift(before, word)
            elif not glued:
                shift = 0
            if shift > 0:
                parts.append(_raised(before[0], text))
            elif shift < 0 and text[0].isalnum():
                parts.append(f"_{text}")
            else:
                parts.append(text if glued or not parts else " " + text)
        before = word
    return "".join(parts)


def _high(word: Word) -> float:
    return word[4] - word[2]


def _shift(before: Word, word: Word) -> int:
    """Return whether a word close by is raised (1) or lowered (-1), though a space is told of."""
    _, _, y0, x1, y1, *_ = before
    _, left, low, *_ = word
    high = y1 - y0
    if not -_CLOSE * high < left - x1 < _CLOSE * high:
        return 0
    return 1 if low > y0 + _CLOSE * high else -1 if low < y0 else 0


def _is_apart(before: Word, word: Word) -> bool:
    """Tell whether a word is the mark of a note, raised behind the space after a sentence."""
    high = _high(before)
    return (
        word[2] > before[2] + _CLOSE * high
        and word[1] - before[3] < high
        and before[0][-1] in _CLOSING
        and _MARK.match(word[0]) is not None
    )


def _raised(before: str, mark: str) -> str:
    if _ORDINAL.match(mark) and before[-1:].isdigit():
        return mark
    if _MARK.match(mark) and _PLAIN_WORD.search(before):
        return ""
    return f"^{mark}" if mark[0].isalnum() or mark[0] in "-+\u2212" else mark
