"""A page as a row of text blocks, each knowing where it stands.

A box is a block element, a block a run of text without a block boundary in it.
"""

from __future__ import annotations

import re
from typing import Final

from librt.vecs import append, pop, vec
from mypy_extensions import i64

from crawler.core.content.html.class_words import CODE, hints_of
from crawler.core.content.html.markup import Markup
from crawler.core.content.html.tags import BLOCKS, LEFT_OUT, NAMES, NUMBER

MAX_BLOCKS: Final = 20_000
MAX_TEXT: Final = 4_000_000  # characters taken from one page
_LITTLE: Final = 500  # characters of text below which a page shows nothing without scripts
_BREAK: Final = "\ue000"  # stands for a br until white space is collapsed
_BREAKS: Final = re.compile(f"(?<! ) *+{_BREAK}[ {_BREAK}]*+")
# What becomes of an element.
_NOTHING: Final = 0
_BOX: Final = 1
_OUT: Final = 2
_LINE: Final = 3
_LINK: Final = 4


def _uses(left_out: frozenset[str]) -> bytes:
    """Return a table: number of a tag -> what becomes of the element."""
    table = bytearray(len(NAMES))
    for name, number in NUMBER.items():
        if name in BLOCKS:
            table[number] = _BOX
        elif name in left_out:
            table[number] = _OUT
    table[NUMBER["br"]], table[NUMBER["a"]] = _LINE, _LINK
    return bytes(table)


_USES: Final = _uses(LEFT_OUT)
_WITH_NOSCRIPT: Final = _uses(LEFT_OUT - {"noscript"})
_NOSCRIPT: Final = NUMBER["noscript"]
_UL: Final = NUMBER["ul"]
_OL: Final = NUMBER["ol"]


class Outline:
    """All blocks of a page in document order and the boxes they stand in, column by column.

    The boxes stand in document order too: those inside box `i` are `i + 1` to `end[i]`.
    """

    def __init__(self) -> None:
        self.tags: list[str] = []  # of the boxes
        self.parent: list[int] = []  # box around it; 0 for the outermost
        self.hints: list[int] = []  # own and inherited
        self.own: list[int] = []  # hints of this element alone
        self.look: list[str] = []  # class and id: equal for repeated items
        self.end: list[int] = []
        self.depth: list[int] = []  # of lists
        self.place: list[int] = []  # of the boxes among all elements

        self.texts: list[str] = []  # of the blocks
        self.at: list[int] = []  # box each stands in
        self.link_chars: list[int] = []
        self.links: list[int] = []
        self.full = False  # a cap was reached, the rest is missing

    def inside(self, box: int) -> list[str]:
        """Return the texts in a box and in the boxes within it."""
        end = self.end[box]
        return [text for text, at in zip(self.texts, self.at, strict=True) if box <= at < end]


def outline(markup: Markup) -> Outline:
    """Return the blocks of the body."""
    page = _Walk(markup, _USES).run()
    if sum([len(text) for text in page.texts]) < _LITTLE and markup.of(_NOSCRIPT):
        # A page drawn by scripts that tells readers without them the same in noscript.
        return _Walk(markup, _WITH_NOSCRIPT).run()
    return page


class _Walk:
    """Goes through the elements and texts of a page once, and fills in its outline."""

    def __init__(self, markup: Markup, uses: bytes) -> None:
        self.markup = markup
        self.uses = uses
        self.page = Outline()
        self.page.full = markup.full
        self.text: i64 = 0  # the next one
        self.box = -1  # the innermost open one
        self.links = 0  # open ones
        self.parts: list[str] = []  # of the block being filled
        self.run_chars = 0  # of it: characters in links
        self.run_links = 0
        self.size = 0  # of all blocks

    def run(self) -> Outline:
        markup = self.markup
        kinds, last, uses = markup.kinds, markup.last, self.uses
        spans = {element for element in markup.unquoted() if markup.tag(element) == "span"}
        open_ = vec[i64]()  # boxes and links
        around: i64 = -1  # the innermost of them
        element: i64 = 0
        count = len(kinds)
        while element < count:
            while around >= 0 and last[around] <= element:
                self._close(around)
                open_, _ = pop(open_)
                around = open_[len(open_) - 1] if len(open_) else -1
            use: i64 = uses[kinds[element]]
            if use == _NOTHING:
                if not spans or element not in spans:
                    element += 1
                    continue
                use = _BOX
            self._take(markup.first_text[element])
            if use == _OUT:
                self.text = markup.last_text[element]
                element = last[element]
                continue
            if use == _LINE:
                self.parts.append(_BREAK)
            else:
                if use == _BOX:
                    self._open(element)
                else:
                    self.links += 1
                    self.run_links += 1
                open_ = append(open_, element)
                around = element
            element += 1
        for element in reversed(list(open_)):
            self._close(element)
        return self.page

    def _open(self, element: i64) -> None:
        """Begin a box."""
        self._flush()
        page, markup, around = self.page, self.markup, self.box
        kind = markup.kinds[element]
        tag = markup.tag(int(element))
        own, look = hints_of(markup.head(int(element)), tag)
        self.box = len(page.tags)
        page.tags.append(tag)
        page.own.append(own)
        page.look.append(look)
        page.place.append(int(markup.places[element]))
        page.end.append(0)
        deeper = 1 if kind in (_UL, _OL) else 0
        if around < 0:
            page.parent.append(0)
            page.hints.append(own)
            page.depth.append(deeper)
        else:
            page.parent.append(around)
            page.hints.append(own | page.hints[around])
            page.depth.append(page.depth[around] + deeper)

    def _close(self, element: i64) -> None:
        """End a box or a link."""
        self._take(self.markup.last_text[element])
        if self.uses[self.markup.kinds[element]] == _LINK:
            self.links -= 1
            return
        self._flush()
        page, box = self.page, self.box
        page.end[box] = len(page.tags)
        self.box = page.parent[box] if box else -1

    def _take(self, end: i64) -> None:
        """Add the texts before `end` to the block being filled."""
        while self.text < end:
            number = self.text
            self.text += 1
            if self.box < 0:
                continue
            if self.page.hints[self.box] & CODE:
                text = self.markup.one_text(int(number))
            else:
                text = self.markup.flat_text(int(number))
                if not self.parts and text.isspace():
                    continue
            self.parts.append(text)
            if self.links:
                self.run_chars += len(text)

    def _flush(self) -> None:
        """End the block being filled, unless it holds only space."""
        parts = self.parts
        if parts:
            text = parts[0] if len(parts) == 1 else "".join(parts)
            parts.clear()
            if self.box >= 0:
                self._add(text)
        self.run_chars = 0
        self.run_links = self.links

    def _add(self, text: str) -> None:
        page, box = self.page, self.box
        if len(page.texts) >= MAX_BLOCKS or self.size > MAX_TEXT:
            page.full = True
            return
        if page.hints[box] & CODE:
            text = "" if text.isspace() else text.replace(_BREAK, "\n").strip("\r\n")
        else:
            text = _squeezed(text)
        if not text:
            return
        self.size += len(text)
        page.texts.append(text)
        page.at.append(box)
        page.link_chars.append(min(self.run_chars, len(text)))
        page.links.append(self.run_links)


def _squeezed(text: str) -> str:
    """Return flat text with one space where there are more, and the line breaks asked for."""
    if text.isascii() and "  " not in text:  # no string of each word need be made
        return text.strip(" ")
    text = " ".join(text.split())
    if "\xad" in text:  # a place to hyphenate, no letter
        text = text.replace("\xad", "")
    return _BREAKS.sub(_line_break, text).strip() if _BREAK in text else text


def _line_break(match: re.Match[str]) -> str:
    return "\n\n" if match[0].count(_BREAK) > 1 else "\n"
