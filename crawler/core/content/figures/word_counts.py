r"""The words of a text, `\w+`, without making a string of each."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from crawler.core.content.figures.word_runs import COMPILED, words_in

Letters: TypeAlias = NDArray[Any]
Marks: TypeAlias = NDArray[np.bool_]
Places: TypeAlias = NDArray[np.int64]
_LAST = 0xFFFF  # of the code points looked up in a table
_LETTER = re.compile(r"\w")
_ASCII = bytes(code if _LETTER.match(chr(code)) else 0 for code in range(128)) + bytes(128)


def letters_of(text: str) -> Letters:
    r"""Return the code points of a text, with 0 in place of what does not match `\w`."""
    if text.isascii():
        return np.frombuffer(text.encode().translate(_ASCII), np.uint8)
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)
    letters = _table().take(codes, mode="clip")
    for place in np.flatnonzero(codes > _LAST).tolist():
        if _LETTER.match(chr(codes[place])):
            letters[place] = codes[place]
    return letters


def starts_in(letters: Letters) -> Places:
    """Return where the words begin."""
    return np.flatnonzero(_begins(letters))


def count_words(text: str, raw: bytes) -> int:
    r"""Return how many words `\w+` a text has; `raw` is the text in UTF-8."""
    if COMPILED:
        return int(words_in(raw))
    return int(np.count_nonzero(_begins(letters_of(text))))


def _begins(letters: Letters) -> Marks:
    marks: Marks = letters != 0
    marks[1:] &= ~marks[:-1]
    return marks


@lru_cache(maxsize=1)
def _table() -> Letters:
    every = "".join(map(chr, range(_LAST + 1)))
    found = np.zeros(_LAST + 1, np.uint32)
    places = [match.start() for match in _LETTER.finditer(every)]
    found[places] = places
    return found
