r"""The words of a text, `\w+`, without making a string of each."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Codes: TypeAlias = NDArray[np.uint32]
Marks: TypeAlias = NDArray[np.bool_]
Places: TypeAlias = NDArray[np.int64]
_LAST = 0xFFFF  # of the code points looked up in a table
_LETTER = re.compile(r"\w")


def codes_of(text: str) -> Codes:
    """Return the code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)


def letters_in(codes: Codes) -> Marks:
    r"""Return which code points match `\w`."""
    found: Marks = _table()[np.minimum(codes, _LAST)]
    for place in np.flatnonzero(codes > _LAST).tolist():
        found[place] = _LETTER.match(chr(codes[place])) is not None
    return found


def starts_in(letters: Marks) -> Places:
    """Return where the words begin."""
    begins = letters.copy()
    begins[1:] &= ~letters[:-1]
    return np.flatnonzero(begins)


def count_words(text: str) -> int:
    return len(starts_in(letters_in(codes_of(text))))


@lru_cache(maxsize=1)
def _table() -> Marks:
    every = "".join(map(chr, range(_LAST + 1)))
    found = np.zeros(_LAST + 1, np.bool_)
    found[[match.start() for match in _LETTER.finditer(every)]] = True
    return found
