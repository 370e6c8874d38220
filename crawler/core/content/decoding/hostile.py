"""Pages that look built to hang a parser: told from their bytes, before they are parsed."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

# Real pages stay under 200 unclosed tags; lexbor is quadratic in nesting (100,000: 23 s).
_UNCLOSED = 5_000
_LARGE = 2_000_000
# It is quadratic in the attributes of one tag, too (100,000: 113 s; 2,000: 0.05 s).
_ATTRIBUTES = 2_000
_LONG_TAG = 2 * _ATTRIBUTES
_TAG = re.compile(rb"<[a-zA-Z]")
_SEPARATORS = re.compile(rb"[\s/\"']+")
# Void elements, and one that closes itself: however many there are, nothing gets deeper.
_NEVER_DEEP = (b"<br", b"<img", b"<hr", b"<input", b"<p>")
_OPENS, _CLOSES, _SLASH, _EQUALS, _QUOTES = *b"<>/=", np.frombuffer(b"'\"", np.uint8)


def suspicious(body: bytes) -> bool:
    """Return whether `body` is too large, too deep or too odd to be parsed in this process."""
    octets = np.frombuffer(body, np.uint8)
    return (
        len(body) > _LARGE
        or _unclosed(body, octets) > _UNCLOSED
        or _quoted_ends(octets) > _ATTRIBUTES
        or (
            _has_long_tag(body)
            and any(_many_attributes(piece) for piece in body.split(b">") if len(piece) > _LONG_TAG)
        )
    )


# Arrays, because `bytes.count` takes 25 ns for each bracket of a page: 0.13 ms in the mean.
def _unclosed(body: bytes, octets: NDArray[np.uint8]) -> int:
    """Return about how many tags stay open. Those that never nest count only where it matters."""
    opens = octets == _OPENS
    count = int(np.count_nonzero(opens))
    if count > _UNCLOSED:
        count -= 2 * int(np.count_nonzero(opens[:-1] & (octets[1:] == _SLASH)))
    return count if count <= _UNCLOSED else count - sum(map(body.lower().count, _NEVER_DEEP))


def _quoted_ends(octets: NDArray[np.uint8]) -> int:
    """Return how many attributes are a ">" and nothing else, which hides where their tag ends."""
    closes = octets == _CLOSES
    if np.count_nonzero(closes) <= _ATTRIBUTES:
        return 0
    at = np.flatnonzero(closes[2:-1]) + 2
    at = at[octets[at - 1] == octets[at + 1]]  # few are left
    quoted = (octets[at - 2] == _EQUALS) & np.isin(octets[at - 1], _QUOTES)
    return int(np.count_nonzero(quoted))


def _has_long_tag(body: bytes) -> bool:
    """Return whether more than `_LONG_TAG` bytes stand between two ">": looks at few of them."""
    start, end = 0, len(body)
    while start + _LONG_TAG < end:
        found = body.rfind(b">", start, start + _LONG_TAG)
        if found < 0:
            return True
        start = found + 1
    return False


def _many_attributes(piece: bytes) -> bool:
    """Return whether a tag that opens in `piece`, which has no ">", holds very many attributes."""
    tag = _TAG.search(piece)
    return tag is not None and len(_SEPARATORS.findall(piece, tag.end())) > _ATTRIBUTES
