"""A parsed page as rows: its elements and texts in document order.

Rows of numbers, so that no object is made of what nobody asks for. `parsing.cut` makes them, of a
page as the parser writes it.
"""

from __future__ import annotations

import re
from typing import Final, TypeAlias

from librt.vecs import extend, vec
from mypy_extensions import i64

from crawler.core.content.html.byte_scan import (
    SIGNS,
    find_in,
    is_blank,
    is_plain,
    next_before,
)
from crawler.core.content.html.tags import NAMES, NUMBER, words

_COMMENTS: Final = 20  # kept
_COMMENT_TEXT: Final = 8_000  # characters of one
_UNQUOTED: Final = b" data-nosnippet="
_MARKS: Final = (b" itemprop=", b" property=", _UNQUOTED)
# A declarative shadow root (HTML section 13.2.6.4.4): a template that is shown where it stands.
_SHADOW: Final = re.compile(rb' shadowroot(?:mode)?="(?:open|closed)"', re.IGNORECASE)
_HOSTS: Final = words(
    "article aside blockquote body div footer h1 h2 h3 h4 h5 h6 header main nav p section span"
)
_TEMPLATE: Final = NUMBER["template"]
_QUOTE: Final = 0x22
_A: Final = NUMBER["a"]
_AREA: Final = NUMBER["area"]
_LINK: Final = NUMBER["link"]
# A space for each byte that `str.isspace` takes for one.
_FLAT: Final = bytes([0x20 if chr(byte).isspace() and byte < 0x80 else byte for byte in range(256)])  # noqa: PLR2004
_SIZES: Final = bytes(map(len, NAMES))
_FLAT_BUT_BREAKS: Final = _FLAT[:10] + b"\n" + _FLAT[11:]
# Room for rows is made for many at once: as many as a page of this size mostly has.
_BYTES_A_ROW: Final = 40
_ROOM: Final = vec[i64]([0] * 512)

Attributes: TypeAlias = dict[str, str]
Pointer: TypeAlias = tuple[int, str, str | None]  # element, href, rel


def opening_of(name: str) -> bytes:
    return f' {name}="'.encode()


HREF: Final = opening_of("href")
REL: Final = opening_of("rel")
TYPE: Final = opening_of("type")


class Markup:
    """The elements and texts of a page, column by column. Make one with `parsing.cut`.

    Those inside element `i` are the elements `i + 1` to `last[i] - 1` and the texts
    `first_text[i]` to `last_text[i] - 1`.
    """

    def __init__(self, source: bytes) -> None:
        self.source = source
        rows = len(source) // _BYTES_A_ROW
        self.elements: i64 = 0  # how many there are
        self.texts: i64 = 0
        self.kinds = _room(rows)  # numbers of the tags
        self.seen = _ROOM[: len(NAMES)]  # 1 at the numbers of tags there are
        self.signs: i64 = 0  # bits of what may stand in a start tag (`byte_scan.SIGNS`)
        self.starts = _room(rows)  # of the names, in bytes of the source
        self.ends = _room(rows)  # of the start tags: where their ">" stands
        self.parents = _room(rows)  # -1 for the outermost
        self.last = _room(rows)
        self.first_text = _room(rows)
        self.last_text = _room(rows)
        self.places = _room(rows)  # among all nodes that are no text
        self.text_starts = _room(rows)  # negative: - 1 - start of a text without references
        self.text_ends = _room(rows)
        self.place: i64 = 0  # of the next element
        self.comments: list[str] = []  # the first few, each cut
        self.full = False  # a cap was reached, the rest is missing
        self._hosts: set[int] = set()  # elements with a shadow root
        self._holders: dict[bytes, list[int]] = {}  # by mark: elements that bear it
        self._of: dict[int, list[int]] = {}  # by the number of a tag
        self._pointers: list[Pointer] | None = None
        # By tags: elements that are one of them, or within one, as far as they were asked for.
        self._within: dict[frozenset[str], dict[int, bool]] = {}

    # --- building -----------------------------------------------------------------------

    def open(self, kind: i64, start: i64, end: i64, parent: i64) -> i64:
        """Begin an element; return it."""
        element = self.elements
        if element == len(self.kinds):
            self._more_elements()
        self.elements = element + 1
        self.kinds[element] = kind
        self.seen[kind] = 1
        self.starts[element] = start
        self.ends[element] = end
        self.parents[element] = parent
        self.last[element] = element + 1
        self.first_text[element] = self.texts
        self.last_text[element] = self.texts
        self.places[element] = self.place
        self.place += 1
        return element

    def _more_elements(self) -> None:
        more = _room(len(self.kinds))
        self.kinds, self.starts = extend(self.kinds, more), extend(self.starts, more)
        self.ends, self.parents = extend(self.ends, more), extend(self.parents, more)
        self.last, self.places = extend(self.last, more), extend(self.places, more)
        self.first_text = extend(self.first_text, more)
        self.last_text = extend(self.last_text, more)

    def finish(self) -> None:
        """Give back the room for rows that is left."""
        size = self.elements
        self.kinds, self.starts, self.ends = self.kinds[:size], self.starts[:size], self.ends[:size]
        self.parents, self.last, self.places = (
            self.parents[:size], self.last[:size], self.places[:size],
        )  # fmt: skip
        self.first_text, self.last_text = self.first_text[:size], self.last_text[:size]
        size = self.texts
        self.text_starts, self.text_ends = self.text_starts[:size], self.text_ends[:size]

    def is_shadow(self, start: i64, end: i64, host: i64) -> bool:
        """Whether a template is the shadow root of the element it stands in: its first."""
        if host < 0 or _SHADOW.search(self.source[start:end]) is None:
            return False
        name = self.tag(int(host))
        if int(host) in self._hosts or (name not in _HOSTS and "-" not in name):
            return False
        self._hosts.add(int(host))
        return True

    def close(self, element: i64) -> i64:
        """End an element; return the one around it."""
        if self.kinds[element] == _TEMPLATE:
            # What stands in it is no part of the page (HTML section 4.12.3).
            self.elements, self.texts = element + 1, self.first_text[element]
        self.last[element] = self.elements
        self.last_text[element] = self.texts
        return self.parents[element]

    def add_text(self, start: i64, end: i64) -> None:
        text = self.texts
        if text == len(self.text_starts):
            more = _room(text)
            self.text_starts = extend(self.text_starts, more)
            self.text_ends = extend(self.text_ends, more)
        self.texts = text + 1
        self.text_starts[text] = start
        self.text_ends[text] = end

    def skip_comment(self, start: i64) -> i64:
        """Return where a comment, or what else is no element, ends."""
        self.place += 1
        if self.source[start : start + 3] != b"!--":
            return _after(self.source, b">", start)
        end = _after(self.source, b"-->", start + 3)
        if len(self.comments) < _COMMENTS:
            text = self.source[start + 3 : min(end, start + _COMMENT_TEXT)]
            self.comments.append(text.decode("utf-8", "ignore"))  # cut anywhere
        return end

    # --- reading ------------------------------------------------------------------------

    def has(self, kind: i64) -> bool:
        """Whether there may be elements of a tag: a template may have held them."""
        return self.seen[kind] != 0

    def of(self, kind: i64) -> list[int]:
        """Return the elements of one tag, given by number, in order."""
        if not self.seen[kind]:
            return []
        found = self._of.get(kind)
        if found is None:
            kinds = self.kinds
            count: i64 = len(kinds)
            found = []
            element: i64 = 0
            while element < count:
                if kinds[element] == kind:
                    found.append(int(element))
                element += 1
            self._of[int(kind)] = found
        return found

    def pointers(self) -> list[Pointer]:
        """Return the a, area and link elements that lead somewhere, in order."""
        if self._pointers is None:
            self._pointers = found = []
            element: i64 = 0
            while element < self.elements:
                kind = self.kinds[element]
                if kind in (_A, _AREA, _LINK):
                    number = int(element)
                    if href := self.attribute(number, HREF):
                        found.append((number, href, self.attribute(number, REL)))
                element += 1
        return self._pointers

    def tag(self, element: int) -> str:
        """Return the name of an element's tag."""
        kind = self.kinds[element]
        if kind:
            return NAMES[kind]
        return self.head(element).partition(b" ")[0].decode()

    def head(self, element: int) -> bytes:
        """Return what stands between the brackets of an element's start tag."""
        return self.source[self.starts[element] : self.ends[element]]

    def attribute(self, element: int, opening: bytes) -> str | None:
        """Return the value of the attribute that `opening` begins, None if there is none.

        `opening` is the name as it is written: HREF and the like, or what `opening_of` makes.
        """
        end = self.ends[element]
        at = find_in(self.source, opening, self.starts[element], end)
        if at < 0:
            return None
        at += len(opening)
        return _read(self.source[at : next_before(self.source, _QUOTE, at, end)])

    def attributes(self, element: int) -> Attributes:
        return attributes_of(self.head(element))

    def one_text(self, text: int) -> str:
        start, end = int(self.text_starts[text]), int(self.text_ends[text])
        if start < 0:
            return self.source[-1 - start : end].decode()
        return _read(self.source[start:end])

    def flat_text(self, text: int) -> str:
        """Return a text with a space for each ASCII white space and for "&nbsp;".

        Line breaks stay where they might be none, beside other letters than ASCII.
        """
        start, end = self.text_starts[text], self.text_ends[text]
        if start < 0:
            return self.source[-1 - start : end].translate(_FLAT).decode()
        if is_plain(self.source, start, end):
            return self.source[start:end].decode()
        flat = self.source[start:end].translate(_FLAT).decode()
        if len(flat) != end - start and self.has_break(text):
            flat = self.source[start:end].translate(_FLAT_BUT_BREAKS).decode()
        return _unescaped(flat.replace("&nbsp;", " ")) if "&" in flat else flat

    def text_size(self, text: i64) -> i64:
        """Return how many bytes of the source a text takes."""
        start = self.text_starts[text]
        return self.text_ends[text] - (start if start >= 0 else -1 - start)

    def is_blank(self, text: i64) -> bool:
        """Return whether a text is white space of ASCII only."""
        start = self.text_starts[text]
        return is_blank(self.source, start if start >= 0 else -1 - start, self.text_ends[text])

    def is_bare(self, element: i64) -> bool:
        """Return whether an element of a tag we know has no attribute."""
        size: i64 = _SIZES[self.kinds[element]]
        return size != 0 and self.ends[element] - self.starts[element] == size

    def has_break(self, text: int) -> bool:
        """Whether a line is broken in the source of a text."""
        start = self.text_starts[text]
        first = start if start >= 0 else -1 - start
        return self.source.find(b"\n", int(first), int(self.text_ends[text])) >= 0

    def text(self, element: int, separator: str = "") -> str:
        """Return all text within an element."""
        texts = range(int(self.first_text[element]), int(self.last_text[element]))
        return separator.join([self.one_text(text) for text in texts])

    def is_inside(self, element: int, tags: frozenset[str]) -> bool:
        """Whether an ancestor of the element is one of `tags`."""
        known = self._within.setdefault(tags, {-1: False})
        passed = []
        around = int(self.parents[element])
        while around not in known:
            passed.append(around)
            if self.tag(around) in tags:
                known[around] = True
                break
            around = int(self.parents[around])
        found = known[around]
        known.update(dict.fromkeys(passed, found))
        return found

    @property
    def marked(self) -> list[int]:
        """The elements with itemprop, property or data-nosnippet."""
        return sorted({element for mark in _MARKS for element in self.holding(mark)})

    def unquoted(self) -> list[int]:
        """Return the elements marked data-nosnippet."""
        return self.holding(_UNQUOTED)

    def holding(self, mark: bytes) -> list[int]:
        """Return the elements in whose start tag `mark` stands."""
        found = self._holders.get(mark)
        if found is not None:
            return found
        self._holders[mark] = found = []
        sign = SIGNS.get(mark)
        if sign is not None and not self.signs & sign:
            return found
        at = self.source.find(mark)
        while at >= 0:
            element = self.element_at(at)
            if element >= 0 and at < self.ends[element]:  # else it is text
                found.append(int(element))
            at = self.source.find(mark, at + 1)
        return found

    def element_at(self, at: i64) -> i64:
        """Return the last element that begins before a place in the source, -1 if none."""
        low: i64 = 0
        high: i64 = len(self.starts)
        while low < high:
            middle = (low + high) // 2
            if self.starts[middle] <= at:
                low = middle + 1
            else:
                high = middle
        return low - 1


def _room(rows: i64) -> vec[i64]:
    """Return a column with room for so many rows, or a few more."""
    found = _ROOM[:]
    while len(found) < rows:
        found = extend(found, found)
    return found


def attributes_of(head: bytes) -> Attributes:
    """Return the attributes in a start tag."""
    found: Attributes = {}
    at = head.find(b" ")
    while at >= 0:
        equal = head.find(b'="', at + 2)  # a name may begin with "="
        if equal < 0:
            break
        end = head.find(b'"', equal + 2)
        if end < 0:  # not as the parser writes it: the text of a style in an image
            end = len(head)
        name = head[at + 1 : equal].decode("utf-8", "replace")
        found[name] = _read(head[equal + 2 : end])
        at = end + 1 if end + 1 < len(head) else -1
    return found


def _read(written: bytes) -> str:
    """Return the text behind the five references that the parser writes."""
    text = written.decode()
    return _unescaped(text.replace("&nbsp;", "\xa0")) if "&" in text else text


def _unescaped(text: str) -> str:
    text = text.replace("&lt;", "<").replace("&gt;", ">")
    return text.replace("&quot;", '"').replace("&amp;", "&")


def _after(source: bytes, mark: bytes, at: i64) -> i64:
    found = source.find(mark, at)
    return len(source) if found < 0 else found + len(mark)
