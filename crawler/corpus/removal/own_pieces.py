"""Pieces of texts by which what is left of them can be told from everything else."""

from __future__ import annotations

from collections.abc import Mapping

from ahocorasick_rs import AhoCorasick, Implementation

from crawler.store.database import Connection

_PIECE = 60  # characters: long enough to be its own, short enough to lie in one HTML element
_SHORTEST = 12
_MOST = 8  # pieces of one text, spread over it
_FEW, _MANY = 2, 10_000  # pieces of each text, when there are many texts


def own_pieces(connection: Connection, texts: Mapping[int, str]) -> list[str]:
    """Return pieces of these pages' texts that are in the text or title of no other page."""
    most = _MOST if len(texts) < _MANY else _FEW
    pieces = list(dict.fromkeys(piece for text in texts.values() for piece in cut(text, most)))
    if not pieces:
        return []
    machine = AhoCorasick(pieces, implementation=Implementation.ContiguousNFA)
    shared: set[int] = set()
    rows = connection.execute("SELECT url_id, title, text FROM page WHERE text != ''")
    for number, title, text in rows:
        if number not in texts:
            content = f"{title}\n{text}"
            shared.update(
                hit[0] for hit in machine.find_matches_as_indexes(content, overlapping=True)
            )
    return [piece for at, piece in enumerate(pieces) if at not in shared]


def cut(text: str, most: int = _MOST) -> list[str]:
    """Return up to `most` pieces of a text, none of them across a line's end."""
    found = []
    for line in text.splitlines():
        for at in range(0, len(line), _PIECE):
            piece = line[at : at + _PIECE].strip()
            if len(piece) >= _SHORTEST:
                found.append(piece)
    if not found and text.strip():
        return [text.strip()[:_PIECE]]
    step = max(1, len(found) // most)
    return found[::step][:most]
