"""Which pages say the same: exact copies, near-duplicates by MinHash, short texts by words."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable

from crawler.store.database import Connection

# Share of equal signature values: the estimate of the Jaccard similarity of 5-word shingles.
NEAR = 0.7
_SHINGLE = 5
_SHARED = 0.5  # share of a short text's shingles found in the other
_WORD = re.compile(r"\w+")


def alike(connection: Connection, numbers: set[int]) -> list[int]:
    """Return the pages that are no others than those in `numbers`, but say the same."""
    if not numbers:
        return []
    models = [_row(connection, number) for number in sorted(numbers)]
    hashes = {row[1] for row in models if row[1]}
    signatures = [row[2] for row in models if row[2]]
    shingles = [found for row in models if (found := _shingles(row[3]))]
    same = []
    for number, text_sha256, minhash, text in connection.execute(
        "SELECT url_id, text_sha256, minhash, text FROM page"
        " WHERE state IN ('active', 'held') ORDER BY url_id"
    ):
        if number in numbers:
            continue
        if text_sha256 in hashes or _near(minhash, signatures) or _shares(text, shingles):
            same.append(number)
    return same


def likeness(one: bytes, other: bytes) -> float:
    """Return the share of equal values of two signatures, 0 if either is missing."""
    if not one or len(one) != len(other):
        return 0.0
    form = f"<{len(one) // 4}I"
    pairs = zip(struct.unpack(form, one), struct.unpack(form, other), strict=True)
    equal: int = sum(a == b for a, b in pairs)
    return equal * 4 / len(one)


def _row(connection: Connection, number: int) -> tuple[int, str, bytes, str]:
    row: tuple[int, str, bytes, str] = connection.execute(
        "SELECT url_id, text_sha256, minhash, text FROM page WHERE url_id = ?", (number,)
    ).fetchone()
    return row


def _near(minhash: bytes, signatures: Iterable[bytes]) -> bool:
    return any(likeness(minhash, signature) >= NEAR for signature in signatures)


def _shares(text: str, models: list[frozenset[tuple[str, ...]]]) -> bool:
    """Compare by words: catches a text set into another page, which a signature does not."""
    if not models:
        return False
    own = _shingles(text)
    return any(len(own & model) >= _SHARED * min(len(own), len(model)) > 0 for model in models)


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    last = max(1, len(words) - _SHINGLE + 1)
    return (
        frozenset(tuple(words[at : at + _SHINGLE]) for at in range(last)) if words else frozenset()
    )
