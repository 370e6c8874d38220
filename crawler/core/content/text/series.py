"""Entries of two parts, each in a box of its own: kept together, and with their neighbours.

A glossary is written in many ways beside a list of definitions: rows, cards, sections that open.
A name and what is said of it make an entry; a run of such entries is one thing.
"""

from __future__ import annotations

from typing import Final

from librt.vecs import vec
from mypy_extensions import i64

from crawler.core.content.html import class_words
from crawler.core.content.html.outline import Outline
from crawler.core.content.html.tags import words
from crawler.core.content.text.places import Places

_PARTS: Final = 2  # of an entry: a name and what is said of it
_FEWEST: Final = 3  # entries of a series
_MOST: Final = 60
_MOST_PARTS: Final = 20
_DEEP: Final = 6  # boxes between a block and its item
_FEW: Final = 120  # characters of a series that is a page's text
_UP: Final = 3  # boxes between a part and its entry
_SAME: Final = 0.8  # of the boxes of a series that are entries of two parts
_ENOUGH: Final = 0.6  # of the entries chosen
_LIKELY: Final = 0.25  # of the entries in the mean
_CARDS: Final = class_words.CARD | class_words.ARTICLE
_HEADLINE: Final = 15  # characters
_LONGEST: Final = 80  # characters of a name
_NAMED: Final = words("div p")  # told apart by their classes
_WORDS: Final = 4  # of what is said
_SIGNS: Final = 8  # ... in a script that does not part them
_LINKED: Final = 0.5  # of a text in links: it leads elsewhere


def complete(page: Outline, kept: set[int], likely: list[float], frame: int) -> None:
    """Add to a series that was mostly chosen the entries and parts that were not.

    `frame` are the hints by which a part of the page is none of the text.
    """
    for found in _series(page, kept):
        entries = [blocks for blocks in found if len(blocks) == _PARTS]
        if _FEWEST <= len(entries) <= _MOST and len(entries) >= _SAME * len(found):
            _fill(page, entries, kept, likely, frame)


def longest_series(page: Outline, places: Places, blocks: list[int]) -> list[int]:
    """Return those of `blocks` in the longest series of items of several parts, and its title.

    A list of cards, offers or events, on a page with no text beside it; menus have one part each,
    and what stands in a list within a list is of a menu. Empty if there is none.
    """
    of, parent, tags = places.of, page.parent, page.tags
    series: dict[int, dict[int, list[int]]] = {}  # by box around: by item: blocks
    for block in blocks:
        box = page.at[block]
        if page.depth[box] > 1:
            continue
        for _ in range(_DEEP):
            if not box:
                break
            if places.beside[box] >= _FEWEST:
                series.setdefault(parent[box], {}).setdefault(box, []).append(block)
            box = parent[box]
    best: list[int] = []
    most = _FEW
    for items in series.values():
        whole = [inside for inside in items.values() if _is_entry(page, of, inside)]
        size = sum([len(page.texts[block]) for inside in whole for block in inside])
        if len(whole) >= _FEWEST and len(whole) >= _SAME * len(items) and size > most:
            best, most = [block for inside in items.values() for block in inside], size
    if best:
        first = [block for block in blocks if block < best[0] and tags[page.at[block]] == "h1"]
        best = first[-1:] + best
    return best


def _is_entry(page: Outline, of: vec[i64], blocks: list[int]) -> bool:
    """Whether an item is of several different parts, and not of many, or a card with a headline."""
    if len(blocks) == 1:
        box = page.at[blocks[0]]
        return page.hints[box] & _CARDS != 0 and len(page.texts[blocks[0]]) >= _HEADLINE
    return len({of[page.at[block]] for block in blocks}) >= _PARTS and len(blocks) <= _MOST_PARTS


def _series(page: Outline, kept: set[int]) -> list[list[list[int]]]:
    """Return the blocks in boxes that are alike and stand in one box, and those in turns."""
    at, parent = page.at, page.parent
    holders = _holders(page, kept)
    if not len(holders):
        return []
    inside: dict[int, list[int]] = {}  # by box: blocks
    right: dict[int, list[int]] = {}  # by box: blocks of the boxes right in it
    block: i64 = 0
    while block < len(at):
        box = at[block]
        if holders[parent[box]]:
            right.setdefault(int(parent[box]), []).append(int(block))
        for _ in range(_UP):
            if not box:
                break
            if holders[parent[box]]:
                inside.setdefault(int(box), []).append(int(block))
            box = parent[box]
        block += 1
    series: dict[tuple[int, str, int], list[list[int]]] = {}
    for held, blocks in inside.items():
        if len(blocks) <= _PARTS + 1:
            key = (int(parent[held]), page.tags[held], int(page.own[held]))
            series.setdefault(key, []).append(blocks)
    found = [pairs for blocks in right.values() if (pairs := _alternating(page, blocks))]
    return [*found, *series.values()]


def _holders(page: Outline, kept: set[int]) -> vec[bool]:
    """Return which boxes are around places where what was chosen and what was not meet.

    Empty if none is.
    """
    at, parent = page.at, page.parent
    found = vec[bool]([False] * len(parent))
    chosen = vec[bool]([False] * len(at))
    for number in kept:
        chosen[number] = True
    some = False
    block: i64 = 1
    while block < len(at):
        if chosen[block - 1] != chosen[block]:
            for near in range(block - 1, block + 1):
                box = at[near]
                for _ in range(_UP):
                    if not box:
                        break
                    box = parent[box]
                    found[box] = some = True
        block += 1
    return found if some else vec[bool]()


def _fill(
    page: Outline, entries: list[list[int]], kept: set[int], likely: list[float], frame: int
) -> None:
    chosen = [entry for entry in entries if entry[0] in kept or entry[1] in kept]
    if sum([_says(page.texts[said]) for _, said in entries]) < _ENOUGH * len(entries):
        return
    best = sum([max(likely[block] for block in entry) for entry in entries])
    if len(chosen) < _ENOUGH * len(entries) and best < _LIKELY * len(entries):
        return
    first = chosen[0] if chosen else entries[0]
    anchor = first[0] if first[0] in kept else first[1]
    hints = page.hints[page.at[anchor]]
    for name, said in entries:
        if page.link_chars[said] > _LINKED * len(page.texts[said]):
            continue
        if len(page.texts[name]) > _LONGEST:
            continue
        if (page.hints[page.at[name]] | page.hints[page.at[said]]) & frame & ~hints == 0:
            kept.add(name)
            kept.add(said)


def _alternating(page: Outline, blocks: list[int]) -> list[list[int]]:
    """Return the pairs at the end of a row of boxes that are of two kinds in turns."""
    if len(blocks) < _PARTS * _FEWEST:
        return []
    name, said = [_kind(page, page.at[block]) for block in blocks[-2:]]
    found: list[list[int]] = []
    if name == said or said[0] == "dd":
        return found
    for place in range(len(blocks) - 2, -1, -2):
        one, other = blocks[place], blocks[place + 1]
        if _kind(page, page.at[one]) != name or _kind(page, page.at[other]) != said:
            break
        found.append(blocks[place : place + 2])
    return found


def _kind(page: Outline, box: int) -> tuple[str, int, str]:
    tag = page.tags[box]
    name = page.look[box].partition(" ")[0] if tag in _NAMED else ""
    return tag, page.own[box], name


def _says(text: str) -> bool:
    """Whether a text is more than a value, such as a date or a number."""
    return text.count(" ") >= _WORDS - 1 or (
        not text.isascii() and " " not in text and len(text) >= _SIGNS
    )
