"""What goes with the blocks that were chosen: parts of one thing stay together.

The model judges each block by itself. A term without its definition, a list with holes, a heading
without its section say less than the whole, so here neighbours in one list, entry or section
decide for each other. Lines that only date the page go.
"""

from __future__ import annotations

import re
from typing import Final

from librt.vecs import vec
from mypy_extensions import i64

from crawler.core.content.html import class_words
from crawler.core.content.html.outline import Outline
from crawler.core.content.html.tags import words
from crawler.core.content.text.places import Places
from crawler.core.content.text.sections import add_sections
from crawler.core.content.text.series import complete
from crawler.core.content.text.tables import tables_of

_LEVELS: Final = {f"h{level}": level for level in range(1, 7)}
_NO_HEADING: Final = 9
_ENTRIES: Final = words("dt dd")
_DEFINITIONS: Final = words("dl")
_LISTS: Final = words("ul ol")
# What a block may be named that the one beside it is not.
_FRAME: Final = (
    class_words.NAV | class_words.FOOTER | class_words.SIDE | class_words.CONSENT
    | class_words.RELATED | class_words.DIALOG | class_words.FORM | class_words.BUTTON
    | class_words.SHARE | class_words.ADVERT | class_words.COMMENTS | class_words.SUBSCRIBE
    | class_words.BREADCRUMB
)  # fmt: skip
_FEWEST_TERMS: Final = 2  # of a list of definitions: one is mostly a person and what they did
_MOST_DEFINITIONS: Final = 3  # for each term
_LIKELY: Final = 0.1  # of half the entries of a list of definitions: all are kept
_MOST_ITEMS: Final = 30  # of a list whose holes are filled
_ENOUGH: Final = 0.6  # of its items chosen
_FEWEST_ALIKE: Final = 3  # items
_FEWEST_CHOSEN: Final = 2  # blocks in one place
_NEAR: Final = 8  # boxes between a block and its list
_FEW: Final = 0.34
_LINK_LIST: Final = 0.8  # of its text in links
_MOST_BLOCKS: Final = 3  # of a section that a heading brings back
_LINKED: Final = 0.5  # of a text in links: it leads elsewhere
_LINES: Final = words("p div")
_MOSTLY: Final = 0.5  # of the headings of a level
_UP: Final = 4  # boxes between a section's block and the box its heading stands in
_AT_ENDS: Final = 3  # blocks at either end of a text that may date the page
_STAMP: Final = 100  # characters of such a line
_DATES_PAGE: Final = re.compile(
    r"\b(?:last|page)\b.{0,30}\b(?:modified|updated|changed|edited|revised|generated|built)\b"
    r"|\A\W{0,3}(?:updated|modified|generated|created)\b"
    r"|\b(?:zuletzt|letzte|dernière|última|ultima|ultimo|último|laatst|senast|sist)\b.{0,20}"
    r"\b(?:geändert|aktualisiert|bearbeitet|änderung|aktualisierung|modification|mise à jour"
    r"|actualización|modificación|modifica|aggiornamento|atualização|modificação|gewijzigd"
    r"|bijgewerkt|uppdaterad|ändrad|oppdatert)\b"
    r"|最終更新|更新日|最后(?:更新|修改|编辑)|最後(?:更新|修改|編輯)|최종 수정"
    r"|마지막(?:으로)? (?:수정|업데이트)"
    r"|последн\w{1,4} (?:изменени|обновлени|редакци)",
    re.IGNORECASE,
)


def whole(page: Outline, places: Places, chosen: list[int], likely: list[float]) -> list[int]:
    """Return the chosen blocks with what belongs to them, without what is left over.

    `likely` says of each block how likely it is main text.
    """
    if not chosen:
        return chosen
    kept = set(chosen)
    tags = page.tags
    _complete_places(page, places, kept)
    complete(page, kept, likely, _FRAME)
    if "dt" in tags:
        _complete_definitions(page, kept, likely)
    if "li" in tags:
        _fill_lists(page, kept)
    if "td" in tags:
        _complete_rows(page, kept)
    if page.formulas:
        _add_formulas(page, kept)
    add_sections(page, kept, _FRAME)
    chosen = _sections(page, sorted(kept))
    stamps = _stamps(page, chosen)
    return [block for block in chosen if block not in stamps] if stamps else chosen


def _complete_places(page: Outline, places: Places, kept: set[int]) -> None:
    """Add to what was chosen in most items that are alike what stands in its place in the others.

    The names of a list of cards, their prices, the first lines of posts are text or none.
    """
    of, at, counts = places.of, page.at, places.counts
    chosen = vec[i64]([0] * len(counts))
    every = vec[i64]([0] * len(counts))
    for block in kept:
        chosen[of[at[block]]] += 1
    for box in at:
        every[of[box]] += 1
    wanted: dict[int, list[int]] = {}
    place: i64 = 0
    while place < len(counts):
        count = chosen[place]
        if _FEWEST_CHOSEN <= count < every[place] and float(count) >= _ENOUGH * float(every[place]):
            wanted[int(place)] = []
        place += 1
    if not wanted:
        return
    for block, box in enumerate(at):
        # Headings and lines of one text are beside each other, and each its own.
        if of[box] in wanted and (
            counts[of[page.parent[box]]] >= _FEWEST_ALIKE or page.tags[box] not in _LEVELS
        ):
            wanted[of[box]].append(block)
    for blocks in filter(None, wanted.values()):
        anchor = next(block for block in blocks if block in kept)
        leads = _leads_away(page, anchor)
        kept.update(
            block
            for block in blocks
            if (leads or not _leads_away(page, block)) and not _differs(page, block, anchor)
        )


def _differs(page: Outline, block: int, other: int) -> bool:
    """Whether a block stands in a part of the page that is named otherwise than another's."""
    return page.hints[page.at[block]] & _FRAME & ~page.hints[page.at[other]] != 0


def _leads_away(page: Outline, block: int) -> bool:
    return page.link_chars[block] > _LINKED * len(page.texts[block])


def _add_formulas(page: Outline, kept: set[int]) -> None:
    """Add the formulas on their own that stand beside what was chosen."""
    for block, text in enumerate(page.texts):
        if text.startswith("$$") and text.endswith("$$"):
            anchor = block - 1 if block - 1 in kept else block + 1
            if anchor in kept and not _differs(page, block, anchor):
                kept.add(block)


# --- definitions --------------------------------------------------------------------------


def _complete_definitions(page: Outline, kept: set[int], likely: list[float]) -> None:
    """Add to each term its definitions, and to each definition its terms."""
    holders = page.holders(_ENTRIES, "dl")
    around = page.holders(_DEFINITIONS, "")
    lists: dict[int, list[int]] = {}
    for block, box in enumerate(page.at):
        if holders[box]:
            lists.setdefault(around[box], []).append(block)
    for blocks in lists.values():
        entries = _entries(page, blocks, holders)
        both = [entry for entry in entries if entry[0] and entry[1]]
        if len(both) == 1:
            _name(page, kept, both[0], likely)
        boxes = {holders[page.at[block]] for block in blocks}
        terms = sum(page.tags[box] == "dt" for box in boxes)
        if terms == len(boxes):  # names only, as tables of contents have
            _fill_list(page, kept, blocks)
        if len(both) < _FEWEST_TERMS or len(boxes) - terms > _MOST_DEFINITIONS * terms:
            continue
        best = sorted([max([likely[block] for block in term + text]) for term, text in both])
        if best[len(best) // 2] >= _LIKELY:
            entries = [(blocks, [])]
        for term, text in entries:
            inside = term + text
            anchor = max(inside, key=likely.__getitem__)
            if anchor in kept or len(inside) == len(blocks):
                kept.update(block for block in inside if not _differs(page, block, anchor))


def _name(
    page: Outline, kept: set[int], entry: tuple[list[int], list[int]], likely: list[float]
) -> None:
    """Add its name to an entry by itself: a person and what they did, or a function."""
    term, text = entry
    anchor = max(text, key=likely.__getitem__)
    if anchor in kept:
        kept.update(block for block in term if not _differs(page, block, anchor))


def _entries(
    page: Outline, blocks: list[int], holders: vec[i64]
) -> list[tuple[list[int], list[int]]]:
    """Return the entries of a list of definitions: blocks of the terms, of what they mean."""
    entries: list[tuple[list[int], list[int]]] = []
    before = ""
    for block in blocks:
        tag = page.tags[holders[page.at[block]]]
        if not entries or (tag == "dt" and before == "dd"):
            entries.append(([], []))
        entries[-1][tag == "dd"].append(block)
        before = tag
    return entries


# --- lists --------------------------------------------------------------------------------


def _fill_lists(page: Outline, kept: set[int]) -> None:
    """Fill the holes of short lists, one block an item, most of which are chosen.

    Of a list of links of which little was chosen nothing is kept.
    """
    lists: dict[int, list[int]] = {}
    for block, box in enumerate(page.at):
        if page.depth[box]:
            lists.setdefault(_list_of(page, box), []).append(block)
    for around, blocks in lists.items():
        size = len(blocks)
        inside = [block for block in blocks if block in kept]
        if not around or not inside or len(inside) == size:
            continue
        if len(inside) < _FEW * size and _all_lead_away(page, blocks):
            kept.difference_update(inside)
        _fill_list(page, kept, blocks)


def _fill_list(page: Outline, kept: set[int], blocks: list[int]) -> None:
    """Fill the holes of a short list, one block an item, most of which are chosen."""
    size = len(blocks)
    inside = [block for block in blocks if block in kept]
    one_each = len({page.at[block] for block in blocks}) == size
    if one_each and size <= _MOST_ITEMS and _ENOUGH * size <= len(inside) < size:
        kept.update(block for block in blocks if not _differs(page, block, inside[0]))


def _list_of(page: Outline, box: int) -> int:
    """Return the list a box stands in near by, 0 if none."""
    for _ in range(_NEAR):
        if page.tags[box] in _LISTS:
            return box
        box = page.parent[box]
    return 0


def _all_lead_away(page: Outline, blocks: list[int]) -> bool:
    linked = sum([page.link_chars[block] for block in blocks])
    return linked >= _LINK_LIST * sum([len(page.texts[block]) for block in blocks])


def _complete_rows(page: Outline, kept: set[int]) -> None:
    """Add to each cell chosen the others of its row, where a table holds data.

    A table most of whose rows have such is kept with its head.
    """
    marks = page.hints
    inside = [block for block, box in enumerate(page.at) if marks[box] & class_words.TABLE]
    if len(kept.intersection(inside)) in (0, len(inside)):
        return
    tables = tables_of(page)
    rows: dict[int, dict[int, list[int]]] = {}  # by table
    for block in inside:
        if cell := tables.cells[page.at[block]]:
            table = rows.setdefault(int(tables.tables[page.at[block]]), {})
            table.setdefault(page.parent[cell], []).append(block)
    for number, table in rows.items():
        anchors = [next((b for b in blocks if b in kept), -1) for blocks in table.values()]
        chosen = len(anchors) - anchors.count(-1)
        if not chosen or not tables.holds_data(number):
            continue
        if anchors[0] < 0 and chosen >= _ENOUGH * len(anchors):
            anchors[0] = max(anchors)  # its head
        for anchor, blocks in zip(anchors, table.values(), strict=True):
            if anchor >= 0:
                kept.update(block for block in blocks if not _differs(page, block, anchor))


# --- sections -----------------------------------------------------------------------------


def _sections(page: Outline, chosen: list[int]) -> list[int]:
    """Give a heading that stands alone its short section; drop it at the end of the text."""
    tags, at = page.tags, page.at
    count = len(page.texts)
    kept = set(chosen)
    levels = _full_levels(page, chosen)
    for place in range(len(chosen) - 1, -1, -1):
        heading = chosen[place]
        level = _LEVELS.get(tags[at[heading]], 0)
        if not level:
            continue
        last = place + 1 == len(chosen)
        following = count if last else chosen[place + 1]
        if following == heading + 1 or (
            not last and _LEVELS.get(tags[at[following]], _NO_HEADING) > level
        ):
            continue
        section = _section(page, heading, level, following)
        if section and not _is_other(page, section, heading, among_full=level in levels):
            if len(section) <= _MOST_BLOCKS:
                kept.update(section)
        elif (
            last
            and level > 1
            and place > 1
            and tags[at[chosen[place - 1]]] not in _LEVELS
            and (section or heading + 1 == count)
            and all(_leads_away(page, block) for block in section)
        ):
            kept.discard(heading)
    return sorted(kept)


def _is_other(page: Outline, section: list[int], heading: int, *, among_full: bool) -> bool:
    """Whether a section is none of the text: named otherwise, or leading away.

    A single line of links is, where the other headings of its level have text.
    """
    if any(_differs(page, block, heading) for block in section):
        return True
    if not any(_leads_away(page, block) for block in section):
        return False
    alone = len(section) == 1 and page.tags[page.at[section[0]]] in _LINES
    return not alone or not among_full or _leads_away(page, heading)


def _full_levels(page: Outline, chosen: list[int]) -> set[int]:
    """Return the levels whose headings mostly have text below them that was chosen."""
    total: dict[int, int] = {}
    full: dict[int, int] = {}
    for place, block in enumerate(chosen):
        level = _LEVELS.get(page.tags[page.at[block]], 0)
        if level:
            total[level] = total.get(level, 0) + 1
            following = chosen[place + 1] if place + 1 < len(chosen) else -1
            if following >= 0 and _LEVELS.get(page.tags[page.at[following]], _NO_HEADING) > level:
                full[level] = full.get(level, 0) + 1
    return {level for level, count in full.items() if count >= _MOSTLY * total[level]}


def _section(page: Outline, heading: int, level: int, end: int) -> list[int]:
    """Return the blocks between a heading and the next, at most those in the same part."""
    around = page.parent[page.at[heading]]
    found: list[int] = []
    for block in range(heading + 1, end):
        box = page.at[block]
        if _LEVELS.get(page.tags[box], _NO_HEADING) <= level or len(found) > _MOST_BLOCKS:
            break
        for _ in range(_UP):
            if box == around or not box:
                break
            box = page.parent[box]
        if end == len(page.texts) and box != around:
            break
        found.append(block)
    return found


# --- lines that date the page -------------------------------------------------------------


def _stamps(page: Outline, chosen: list[int]) -> set[int]:
    """Return the blocks at either end that only say when the page was changed."""
    if len(chosen) <= _AT_ENDS:
        return set()
    ends = {*chosen[:_AT_ENDS], *chosen[-_AT_ENDS:]}
    return {block for block in ends if _dates(page.texts[block])}


def _dates(text: str) -> bool:
    if len(text) > _STAMP or not any(sign.isdigit() for sign in text):
        return False
    return _DATES_PAGE.search(text) is not None
