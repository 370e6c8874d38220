"""Which pages say the same: exact copies, near-duplicates by MinHash, short texts by words."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.core.content.figures.hashes import normalised, shingles, similarity
from crawler.store.database import Connection

# Share of equal signature values: the estimate of the Jaccard similarity of 5-word shingles.
NEAR = 0.7
_SHARED = 0.5  # share of a short text's shingles found in the other


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


def _row(connection: Connection, number: int) -> tuple[int, str, bytes, str]:
    row: tuple[int, str, bytes, str] = connection.execute(
        "SELECT url_id, text_sha256, minhash, text FROM page WHERE url_id = ?", (number,)
    ).fetchone()
    return row


def _near(minhash: bytes, signatures: Iterable[bytes]) -> bool:
    return any(similarity(minhash, signature) >= NEAR for signature in signatures)


def _shares(text: str, models: list[frozenset[str]]) -> bool:
    """Compare by words: catches a text set into another page, which a signature does not."""
    if not models:
        return False
    own = _shingles(text)
    return any(len(own & model) >= _SHARED * min(len(own), len(model)) > 0 for model in models)


def _shingles(text: str) -> frozenset[str]:
    words = normalised(text)
    return frozenset(shingles(words) or ([words] if words else []))
