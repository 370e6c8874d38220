"""The walk through the elements and texts of a page that fills in its outline."""

from __future__ import annotations

from typing import Final

from librt.vecs import append, pop, vec
from mypy_extensions import i64

from crawler.core.content.html import formulas, inline, tex
from crawler.core.content.html.class_words import CODE, LINES, WRAPPED, hints_at, hints_of
from crawler.core.content.html.element_uses import (
    BOX,
    IMAGE,
    LINE,
    LINK,
    LOWERED,
    NOTHING,
    OUT,
    QUOTED,
    RAISED,
    ROW,
    SAMPLE,
    USES,
    WITH_NOSCRIPT,
    lifted,
    unquoted_within,
)
from crawler.core.content.html.markup import Markup, opening_of
from crawler.core.content.html.outline import Outline
from crawler.core.content.html.tags import NAMES, NUMBER
from crawler.core.content.html.text_line import (
    BREAK,
    HEADED,
    HEADINGS,
    IN_CODE,
    Line,
    code,
    flattened,
)

MAX_BLOCKS: Final = 20_000
MAX_TEXT: Final = 4_000_000  # characters taken from one page
_LITTLE: Final = 500  # characters of text below which a page shows nothing without scripts
_NOSCRIPT: Final = NUMBER["noscript"]
_TABLE: Final = NUMBER["table"]
_BUTTON: Final = NUMBER["button"]
_DIV: Final = NUMBER["div"]
_ALT: Final = opening_of("alt")
_EDIT: Final = 60  # characters of a link to edit
# What a box asks for of those within its lines.
_CODE: Final = 1
_HEADING: Final = 2
_SAMPLED: Final = 4  # code whose lines are broken, and indented, by elements alone
_HEADS: Final = bytes([name in HEADED for name in NAMES])


def outline(markup: Markup, *, keep_formulas: bool = True) -> Outline:
    """Return the blocks of the body."""
    page = _Walk(markup, USES, keep_formulas=keep_formulas).run()
    if sum([len(text) for text in page.texts]) < _LITTLE and markup.of(_NOSCRIPT):
        # A page drawn by scripts that tells readers without them the same in noscript.
        return _Walk(markup, WITH_NOSCRIPT, keep_formulas=keep_formulas).run()
    return page


class _Walk(Line):
    """Goes through the elements and texts of a page once, and fills in its outline."""

    def __init__(self, markup: Markup, uses: bytes, *, keep_formulas: bool) -> None:
        super().__init__(markup)
        self.uses = uses
        self.page = Outline()
        self.page.full = markup.full
        self.text: i64 = 0  # the next one
        self.box = -1  # the innermost open one
        self.mode = 0  # of it
        self.modes: list[int] = []  # of all boxes
        self.links = 0  # open ones
        self.run_chars = 0  # of the block being filled: characters in links
        self.run_links = 0
        self.size = 0  # of all blocks
        self.keep_formulas = keep_formulas
        self.formulas, self.drawn = formulas.find(markup)
        self.spans = unquoted_within(markup, uses)
        self.lifted = lifted(markup)
        self.always = len(self.formulas) > 0 or len(self.spans) > 0 or len(self.lifted) > 0

    def run(self) -> Outline:
        markup = self.markup
        kinds, last, uses = markup.kinds, markup.last, self.uses
        open_ = vec[i64]()  # boxes, links and what ends in a sign
        around: i64 = -1  # the innermost of them
        element: i64 = 0
        count = len(kinds)
        while element < count:
            while around >= 0 and last[around] <= element:
                self._close(around)
                open_, _ = pop(open_)
                around = open_[len(open_) - 1] if len(open_) else -1
            use: i64 = uses[kinds[element]]
            if use == NOTHING and not self.mode and not self.always:
                element += 1
                continue
            self._take(markup.first_text[element])
            use = self._use(element, use)
            if use == OUT:
                self.text = markup.last_text[element]
                element = last[element]
                continue
            if use != NOTHING:
                open_ = append(open_, element)
                around = element
            element += 1
        for element in reversed(list(open_)):
            self._close(element)
        return self.page

    def _use(self, element: i64, use: i64) -> i64:
        """Begin an element; return what is left to do: nothing, skip it, or end it later."""
        if self.always:
            number = int(element)
            if number in self.formulas:
                return self._put(element, use)
            if number in self.spans:
                own, look = hints_at(self.markup, element)
                if self.mode & _CODE and self.is_gutter(number, own):
                    return OUT
                self._open(element, own, look, "span")
                return BOX
        if use == BOX:
            return self._begin(element)
        return self._within(element, use)

    def _within(self, element: i64, use: i64) -> i64:
        """Begin what stands within a line."""
        if use == LINK:
            return self._link(int(element))
        if use == SAMPLE:
            return self._sample(int(element))
        if use in (RAISED, LOWERED):
            return use if self.script(int(element), raised=use == RAISED) else OUT
        if use == NOTHING:
            return self._watch(int(element))
        if use in (LINE, IMAGE):
            self.settled().append(BREAK) if use == LINE else self._image(int(element))
            return NOTHING
        if use == QUOTED:
            self.quote(int(element))
        return use

    def _watch(self, element: int) -> i64:
        """Return what becomes of an element that mostly means nothing."""
        own, _ = hints_at(self.markup, element)
        if lift := self.lifted.get(element, NOTHING):
            return lift if self.script(element, raised=lift == RAISED) else OUT
        if self.mode & _CODE:
            return OUT if self.is_gutter(element, own) else NOTHING
        return OUT if self.mode and self.is_pointer(element, own) else NOTHING

    def _sample(self, element: int) -> i64:
        """Begin an element that quotes code: a box if it holds lines of it."""
        if self.mode & _CODE or not self.is_sample(element):
            return self._watch(element) if self.mode or self.always else NOTHING
        own, look = hints_of(self.markup.head(element), "code")
        self._open(element, own | CODE, look, "pre")
        self.mode |= _SAMPLED
        self.modes[-1] = self.mode
        return BOX

    # --- boxes ----------------------------------------------------------------------------

    def _begin(self, element: i64) -> i64:
        """Begin a box, or a row of code."""
        own, look = hints_at(self.markup, element)
        if self.mode & _CODE:
            kind, number = self.markup.kinds[element], int(element)
            if kind == _BUTTON or self.is_gutter(number, own):
                return OUT
            if kind in IN_CODE and not own & ~LINES:
                self.row(number)
                return ROW
        self._open(element, own, look)
        return BOX

    def _open(self, element: i64, own: int, look: str, tag: str = "") -> None:
        self._flush()
        page, markup, around = self.page, self.markup, self.box
        kind = markup.kinds[element]
        tag = tag or markup.tag(int(element))
        if (kind == _TABLE and self.is_listing(int(element))) or (
            kind == _DIV and self.is_lines(int(element))
        ):
            own, tag = own | CODE, "pre"
        elif own & WRAPPED and not own & CODE and self.is_plain(int(element), self.uses):
            own |= CODE
        self.box = page.open(tag, look, own, around)
        page.place = append(page.place, markup.places[element])
        self.mode = _CODE if page.hints[self.box] & CODE else 0
        if _HEADS[kind]:
            self.mode |= _HEADING
        self.modes.append(self.mode)
        self.in_table = kind == _TABLE and self.mode & _CODE != 0

    def _close(self, element: i64) -> None:
        """End a box, a link, a row, a quotation or a raised sign."""
        self._take(self.markup.last_text[element])
        use: i64 = self.uses[self.markup.kinds[element]]
        if self.spans and int(element) in self.spans:
            use = BOX
        elif use == LINK:
            self.links -= 1
            return
        if IMAGE <= use < ROW or (use == NOTHING and int(element) in self.lifted):
            self.settled().append(self.endings.pop())
            if use == QUOTED:
                self.quotes -= 1
            return
        if self.mode & _CODE and int(element) in self.rows:
            self.end_row(element)
            return
        self._flush()
        page, box = self.page, self.box
        page.end[box] = len(page.tags)
        self.box = page.parent[box] if box else -1
        self.mode = self.modes[self.box] if box else 0

    # --- within a line --------------------------------------------------------------------

    def _put(self, element: i64, use: i64) -> i64:
        """Put a formula in place of the elements that show it."""
        number, end = int(element), int(self.markup.last[element])
        text = self.formulas[number] if self.keep_formulas else ""
        self.page.formulas = True
        if any(number <= unquoted < end for unquoted in self.markup.unquoted()):
            text = ""
        if use == BOX:
            own, look = hints_at(self.markup, element)
            self._open(element, own, look)
        self.settled().append(text)
        self.text = self.markup.last_text[element]
        if use == BOX:
            self._close(element)
        return OUT

    def _link(self, element: int) -> i64:
        """Begin a link, or skip one that is no part of the text."""
        if self.is_sign(element) or (self.mode and self._watch(element) == OUT):
            return OUT
        self.links += 1
        self.run_links += 1
        return LINK

    def _image(self, element: int) -> None:
        alt = self.markup.attribute(element, _ALT) or ""
        if text := inline.word_of(self.markup.head(element), alt.strip()):
            if text.strip()[:1] == "$":
                self.page.formulas = True
                text = text if self.keep_formulas else ""
            self.settled().append(text)

    def _take(self, end: i64) -> None:
        """Add the texts before `end` to the block being filled."""
        while self.text < end:
            number = self.text
            self.text += 1
            if self.box < 0:
                continue
            if self.mode & _CODE:
                text = self.markup.one_text(int(number))
                if self.mode & _SAMPLED:
                    text = self.of_sample(text)
                if (self.rows or self.in_table) and not (text := self.of_rows(text)):
                    continue
                self.parts.append(text)
                if self.links:
                    self.run_chars += len(text)
                continue
            if not self.count and not self.parts and self.markup.is_blank(number):
                continue  # as most are
            if self.links:
                signs = self.signs(number)
                if signs < 0:
                    self.settled()
                    self.run_chars += self.part(number)
                    continue
                self.run_chars += int(signs)
            self.hold(number)

    def _flush(self) -> None:
        """End the block being filled, unless it holds only space."""
        line = self.line() if self.count else None
        if line is not None:
            self._add(line, flat=True)
        elif parts := self.settled():
            text = parts[0] if len(parts) == 1 else "".join(parts)
            parts.clear()
            self.wide = False
            if self.box >= 0:
                self._add(text, flat=False)
        self.run_chars = 0
        self.run_links = self.links

    def _add(self, text: str, *, flat: bool) -> None:
        page, box = self.page, self.box
        if len(page.texts) >= MAX_BLOCKS or self.size > MAX_TEXT:
            page.full = True
            return
        if self.mode & _CODE:
            text = code(text, numbered=self.numbered)
            self.numbered = False
        else:
            if not flat:
                text = flattened(text)
            if text and text[-1] == "]" and self.run_chars:
                text = self._without_edit(text)
            if self.drawn:
                found = tex.raw(text, self.drawn, keep=self.keep_formulas)
                page.formulas = page.formulas or found != text
                text = found
        if not text:
            return
        self.size += len(text)
        page.add(text, box, min(self.run_chars, len(text)), self.run_links)

    def _without_edit(self, text: str) -> str:
        """Return a heading, or what stands beside one, without links to edit in brackets."""
        page, box = self.page, self.box
        start = text.rfind("[")
        held = len(text) - start - 2
        if start < 0 or not 0 < held <= _EDIT or self.run_chars < held - 4:
            return text
        if page.tags[box] in HEADINGS:
            return text[:start].rstrip() if start else text
        beside = page.texts and page.tags[page.at[-1]] in HEADINGS
        return "" if beside and not start and page.parent[page.at[-1]] == box else text
