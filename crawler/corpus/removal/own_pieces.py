"""Pieces of texts by which what is left of them can be told from everything else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from ahocorasick_rs import AhoCorasick, Implementation

_PIECE = 60  # characters: long enough to be its own, short enough to lie in one HTML element
_SHORTEST = 12
_MOST = 8  # pieces of one text, spread over it
_FEW, _MANY = 2, 10_000  # pieces of each text, when there are many texts

K = TypeVar("K")


def own_pieces(texts: Mapping[K, str], others: Callable[[], Iterable[str]]) -> dict[K, list[str]]:
    """Return for each text pieces of it that are in none of the `others`.

    First a few spread over it are tried, then all of it where those were another's as well: a
    template may be most of a page. No piece means that there is nothing of its own.
    """
    most = _MOST if len(texts) < _MANY else _FEW
    found = _unshared({key: _spread(cut(text), most) for key, text in texts.items()}, others)
    bare = {key: cut(texts[key]) for key, pieces in found.items() if not pieces}
    if any(bare.values()):
        own = _unshared(bare, others)
        found |= {key: _spread(pieces, most) for key, pieces in own.items()}
    return found


def _unshared(
    pieces: Mapping[K, list[str]], others: Callable[[], Iterable[str]]
) -> dict[K, list[str]]:
    every = list(dict.fromkeys(piece for some in pieces.values() for piece in some))
    shared: set[str] = set()
    if every:
        machine = AhoCorasick(every, implementation=Implementation.ContiguousNFA)
        for text in others():
            hits = machine.find_matches_as_indexes(text, overlapping=True)
            shared.update(every[hit[0]] for hit in hits)
    return {key: [piece for piece in some if piece not in shared] for key, some in pieces.items()}


def cut(text: str) -> list[str]:
    """Return the pieces of a text, none of them across a line's end."""
    found = []
    for line in text.splitlines():
        for at in range(0, len(line), _PIECE):
            piece = line[at : at + _PIECE].strip()
            if len(piece) >= _SHORTEST:
                found.append(piece)
    return found or ([text.strip()[:_PIECE]] if text.strip() else [])


def _spread(pieces: list[str], most: int) -> list[str]:
    step = max(1, -(-len(pieces) // most))
    return pieces[::step]
