"""The line of text that is being read: what its elements add to it, what they are that go.

Everything that is looked up about an element costs a bounded number of steps, however deep a
page nests it.
"""

# ruff: noqa: RUF001 - the dashes of line numbers
from __future__ import annotations

import re
from textwrap import dedent
from typing import Final

from mypy_extensions import i64

from crawler.core.content.html import inline
from crawler.core.content.html.byte_scan import find_in
from crawler.core.content.html.class_words import GUTTER, POINTER, hints_of
from crawler.core.content.html.markup import Markup, opening_of
from crawler.core.content.html.spaces import squeezed
from crawler.core.content.html.tags import NUMBER, words
from crawler.core.content.html.text_run import Run

BREAK: Final = "\ue000"  # stands for a br until white space is collapsed
_SPACES: Final = re.compile(r"[ \t\r\n]+")
_BREAKS: Final = re.compile(f" *{BREAK}[ {BREAK}]*")
_A: Final = NUMBER["a"]
_TD: Final = NUMBER["td"]
_TH: Final = NUMBER["th"]
_TR: Final = NUMBER["tr"]
_DIV: Final = NUMBER["div"]
_BR: Final = NUMBER["br"]
_THEAD: Final = NUMBER["thead"]
_LANG: Final = opening_of("lang")
HEADED: Final = words("h1 h2 h3 h4 h5 h6 dt caption figcaption summary legend")
HEADINGS: Final = words("h1 h2 h3 h4 h5 h6")
# Boxes that are no more than lines or rows where they stand in code.
IN_CODE: Final = frozenset(
    [NUMBER[name] for name in words("div li ol ul table tbody thead tr td th pre p")]
)
_OF_TABLE: Final = frozenset([NUMBER[name] for name in words("table tbody thead tr")])
_FIRST_CELL: Final = 24  # elements of a table among which its first cell is looked for
_NUMBERS: Final = re.compile(r"[0-9\s.:…+\-–]*\Z")
# A cell that is named for its line; a link in code that leads to its own line.
_LINE_CELL: Final = re.compile(rb' id="L[0-9]+"')
_LINE_LINK: Final = re.compile(rb' (?:id|name|href)="#?[A-Za-z_-]{0,20}[0-9]+"')
# Names of boxes that hold code, and of those that hold one line of it.
_OF_CODE: Final = re.compile(rb' class="[^"]*(?:fragment|code|source|listing|highlight|syntax)')
_ONE_LINE: Final = re.compile(rb' class="(?:[^"]* )?(?:code-?)?line[" ]')
_MOST_LOOKS: Final = 100_000
_LEVELS: Final = 200  # elements around one that are looked at
_BASE: Final = 40  # characters before a raised sign that are read
_EDIT: Final = 80  # bytes of a link to edit, or of a raised text
_HEAD: Final = 300  # bytes of a start tag that are read


class Line(Run):
    """The parts of the block that is being filled, and what is open in it."""

    def __init__(self, markup: Markup) -> None:
        super().__init__(markup)
        self.endings: list[str] = []  # of open quotations and raised signs
        self.quotes = 0  # open ones
        self.rows: set[int] = set()  # boxes that are rows of the code they stand in
        self.row_ended = False
        self.row_start = 0  # parts before the innermost row of a table
        self.in_table = False  # of code, but in no cell
        self.numbered = False  # numbers of lines were left out of the code being read
        self.looks = _MOST_LOOKS  # texts that may still be read to see what they are

    # --- code -----------------------------------------------------------------------------

    def is_listing(self, table: int) -> bool:
        """Whether a table shows code, numbers of its lines in the first column."""
        markup = self.markup
        element, end = table + 1, min(int(markup.last[table]), table + _FIRST_CELL)
        while element < end:
            kind = markup.kinds[element]
            if kind in (_TD, _TH):
                own, _ = hints_of(markup.head(element), "td")
                return self.is_gutter(element, own)
            element = int(markup.last[element]) if kind == _THEAD else element + 1
        return False

    def is_gutter(self, element: int, own: int) -> bool:
        """Whether an element holds but the numbers of lines beside them."""
        kind = self.markup.kinds[element]
        if kind == _THEAD:  # what stands above the numbers and the code
            first = element + 2
            return first < len(self.markup.kinds) and (
                hints_of(self.markup.head(first), "th")[0] & GUTTER != 0
            )
        if not own & GUTTER:
            head = self.markup.head(element)
            pattern = _LINE_CELL if kind in (_TD, _TH) else _LINE_LINK if kind == _A else None
            if pattern is None or pattern.search(head) is None:
                return False
        if not self.is_numbers(element):
            return False
        self.numbered = True
        return True

    def is_lines(self, box: int) -> bool:
        """Whether a box of code has a box for each of its lines."""
        markup = self.markup
        if box + 1 >= markup.last[box] or markup.kinds[box + 1] != _DIV:
            return False
        if find_in(markup.source, b"line", markup.starts[box + 1], markup.ends[box + 1]) < 0:
            return False
        if _ONE_LINE.search(markup.head(box + 1)) is None:
            return False
        return _OF_CODE.search(markup.head(box)) is not None

    def is_plain(self, element: int, kinds: bytes) -> bool:
        """Whether no box stands in an element; `kinds` is 1 at the numbers of boxes."""
        inside = range(element + 1, int(self.markup.last[element]))
        return not any(kinds[self.markup.kinds[inner]] == 1 for inner in inside)

    def is_sample(self, element: int) -> bool:
        """Whether an element that mostly quotes a word of code holds lines of it, alone."""
        inside = range(element + 1, min(int(self.markup.last[element]), element + _FIRST_CELL))
        if not any(self.markup.kinds[inner] == _BR for inner in inside):
            return False
        return not any(not part.isspace() and part != BREAK for part in self.settled())

    def is_numbers(self, element: int) -> bool:
        markup = self.markup
        for text in range(int(markup.first_text[element]), int(markup.last_text[element])):
            self.looks -= 1
            if self.looks < 0 or _NUMBERS.match(markup.one_text(text)) is None:
                return False
        return True

    def row(self, element: int) -> None:
        """Begin a box in code: it starts a line, a cell goes on with its row's."""
        kind = self.markup.kinds[element]
        self.rows.add(element)
        self.row_ended = False
        self.in_table = kind in _OF_TABLE
        if self.parts and self.parts[-1][-1:] not in ("\n", BREAK):
            self.parts.append("\t" if kind == _TD else "\n")
        if kind == _TR:
            self.row_start = len(self.parts)

    def end_row(self, element: i64) -> None:
        markup, parts = self.markup, self.parts
        kind = markup.kinds[element]
        if kind != _TD:
            if parts and parts[-1][-1:] not in ("\n", BREAK):
                parts.append("\n")
            elif parts and (
                len(parts) == self.row_start
                if kind == _TR
                else parts[-1][-1:] == "\n"
                and markup.first_text[element] == markup.last_text[element]
                and _ONE_LINE.search(markup.head(int(element)))
            ):
                parts.append("\n")  # an empty line
            self.row_ended = True
        around = markup.parents[element]
        self.in_table = around >= 0 and markup.kinds[around] in _OF_TABLE

    def of_rows(self, text: str) -> str:
        """Return a text beside or in rows of code: the break behind a row is the row's own."""
        if self.in_table and text.isspace():
            return ""
        if self.row_ended:
            self.row_ended = False
            if text.isspace():
                return ""
            return text.removeprefix("\r").removeprefix("\n")
        return text

    def of_sample(self, text: str) -> str:
        """Return a text of code in which white space does not count, no-break spaces aside."""
        text = _SPACES.sub(" ", text)
        starts = not self.parts or self.parts[-1][-1:] in ("", BREAK)
        return text.lstrip(" ") if starts else text

    # --- links ----------------------------------------------------------------------------

    def short(self, element: i64, most: i64, longest: i64) -> str | None:
        """Return the text in an element if it is at most so many texts and bytes."""
        markup = self.markup
        first, end = markup.first_text[element], markup.last_text[element]
        if end - first > most:
            return None
        size: i64 = 0
        for number in range(first, end):
            size += markup.text_size(number)
        return markup.text(int(element)) if size <= longest else None

    def is_sign(self, link: int) -> bool:
        """Whether a link is but a sign to where it stands, to a note or back."""
        markup = self.markup
        if self.begins_with_letter(link) and (
            find_in(markup.source, b"ote", markup.starts[link], markup.ends[link]) < 0
        ):
            return False  # as most are
        text = self.short(link, 3, inline.LONGEST_SIGN)  # "[", "1", "]"
        if text is None:
            return False
        head = markup.head(link)
        if inline.is_pointer(text, head):
            return True
        if not inline.is_note_number(text, head):
            return False
        before = self.before()
        return before != "" and not before.isspace()

    def begins_with_letter(self, element: i64) -> bool:
        """Whether a letter of ASCII stands first in the text of an element."""
        markup = self.markup
        text = markup.first_text[element]
        if text == markup.last_text[element] or markup.text_starts[text] < 0:
            return False
        first: i64 = markup.source[markup.text_starts[text]] | 0x20
        return ord("a") <= first <= ord("z")

    def before(self) -> str:
        """Return the sign that was read last, "" where there is none."""
        parts = self.settled()
        return parts[-1][-1:] if parts else ""

    def is_pointer(self, element: int, own: int) -> bool:
        """Whether an element in a heading is a permalink or a link to edit, and not all of it."""
        markup = self.markup
        text = self.short(element, 12, _EDIT)
        if text is None:
            return False
        if not own & POINTER:
            text = text.strip()
            if markup.last[element] == element + 1 or text[:1] != "[" or text[-1:] != "]":
                return False
        heading = int(markup.parents[element])
        for _ in range(_LEVELS):
            if heading < 0 or markup.tag(heading) in HEADED:
                break
            heading = int(markup.parents[heading])
        return heading >= 0 and self._has_more(heading, element)

    def _has_more(self, heading: int, element: int) -> bool:
        """Whether text stands in a heading beside an element."""
        markup = self.markup
        first, end = int(markup.first_text[element]), int(markup.last_text[element])
        for text in range(int(markup.first_text[heading]), int(markup.last_text[heading])):
            if not first <= text < end:
                self.looks -= 1
                if self.looks < 0:
                    return False
                if not markup.one_text(text).isspace():
                    return True
        return False

    # --- quotations, raised signs, images ---------------------------------------------------

    def quote(self, element: int) -> None:
        """Begin a quotation, with the marks of its language unless it brings its own."""
        markup = self.markup
        first = markup.first_text[element]
        inner = ""
        if first < markup.last_text[element]:
            start = markup.text_starts[first]
            start = start if start >= 0 else -1 - start
            inner = markup.source[start : start + 40].decode("utf-8", "ignore").lstrip()[:1]
        before = self.before()
        marks = ("", "")
        if not (inner and inner in inline.QUOTES) and not (before and before in inline.OPENING):
            marks = inline.marks_of(self._language(int(markup.parents[element])), self.quotes)
        self.quotes += 1
        self.parts.append(marks[0])
        self.endings.append(marks[1])

    def _language(self, element: int) -> str:
        markup = self.markup
        for _ in range(_LEVELS):
            if element < 0:
                break
            if stated := markup.attribute(element, _LANG):
                return stated
            element = int(markup.parents[element])
        return markup.attribute(0, _LANG) or ""

    def script(self, element: int, *, raised: bool) -> bool:
        """Begin a raised or lowered text: a power, a part of the word, or a note.

        Return whether its own text is still to be read.
        """
        markup = self.markup
        told = inline.APART
        self.settled()
        text = self.short(element, 12, _EDIT)
        if text is not None:
            base = "".join(self.parts[-4:])[-_BASE:].removesuffix(BREAK)
            if raised and base[-1:].isdigit() and self._is_over(element, text):
                self.parts.append(" ")  # 3 1/2
                base = ""
            told = inline.sign_of(
                base,
                text,
                markup.head(element)[:_HEAD].decode("utf-8", "replace"),
                raised=raised,
                linked=self._is_linked(element),
            )
        if told == inline.DROPPED:
            return False
        if told[:1] == "=":
            self.parts.append(told[1:])
            return False
        self.parts.append(told)
        if text is not None and told in ("^", "_") and text[:1].isspace():
            self.parts.append(text.strip())
            return False
        self.endings.append("}" if told[1:] else "")
        return True

    def _is_over(self, element: int, text: str) -> bool:
        """Whether a raised number is the upper one of a fraction."""
        markup = self.markup
        after = int(markup.last_text[element])
        if not text.strip().isdecimal() or after + 1 >= len(markup.text_starts):
            return False
        slash, below = markup.one_text(after).strip(), markup.one_text(after + 1).strip()
        return slash != "" and slash in inline.SLASHES and below.isdecimal()

    def _is_linked(self, element: int) -> bool:
        """Whether all of an element is one link, within it or around it."""
        markup = self.markup
        for inner in range(element + 1, min(int(markup.last[element]), element + 4)):
            if markup.kinds[inner] == _A:
                return True
        around = int(markup.parents[element])
        return (
            around >= 0
            and markup.kinds[around] == _A
            and markup.first_text[around] == markup.first_text[element]
            and markup.last_text[around] == markup.last_text[element]
        )


def code(text: str, *, numbered: bool) -> str:
    """Return a piece of code with the lines and spaces it is shown with.

    `numbered`: what stands between it and the numbers of its lines is none of it.
    """
    if text.isspace():
        return ""
    text = text.replace(BREAK, "\n").replace("\xa0", " ").strip("\r\n")
    if numbered:
        text = dedent(text)
    return "" if _counts_lines(text) else text


def _counts_lines(text: str) -> bool:
    """Whether a piece of code is but the numbers of the lines of another."""
    if not text[:1].isdigit() and not text[:1].isspace():
        return False
    if _NUMBERS.match(text) is None:
        return False
    numbers = text.split()
    first = numbers[0] if numbers else ""
    if len(numbers) < 3 or not first.isdecimal():  # noqa: PLR2004
        return False
    start = int(first[:9])
    return numbers == [str(start + step) for step in range(len(numbers))]


def flattened(text: str) -> str:
    """Return flat text with one space where there are more, and the line breaks asked for."""
    if "  " not in text and "\n" not in text and (text.isascii() or text.isprintable()):
        return text.strip(" ")  # no string of each word; what is printable has no other space
    text = squeezed(text)
    if "\xad" in text:  # a place to hyphenate, no letter
        text = text.replace("\xad", "")
    return _BREAKS.sub(_line_break, text).strip() if BREAK in text else text


def _line_break(match: re.Match[str]) -> str:
    return "\n\n" if match[0].count(BREAK) > 1 else "\n"
