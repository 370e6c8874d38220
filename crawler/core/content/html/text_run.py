"""The texts of the block that is being filled: numbers, until somebody asks what they say.

Most blocks are plain texts one behind the other: those are written out once, from the bytes of
the page. Where that cannot be told from bytes alone, each text becomes a part by itself.
"""

from __future__ import annotations

from librt.strings import BytesWriter
from librt.vecs import append, vec
from mypy_extensions import i64

from crawler.core.content.html.byte_scan import signs_in, write_line
from crawler.core.content.html.markup import Markup


class Run:
    """Parts of a block, and the texts that follow them."""

    def __init__(self, markup: Markup) -> None:
        self.markup = markup
        self.parts: list[str] = []
        self.held = vec[i64]()  # texts that stand behind the parts
        self.count: i64 = 0  # how many of these
        self.wide = False  # the last part may hold other letters than ASCII
        self.out = BytesWriter()

    def hold(self, text: i64) -> None:
        """Add a text."""
        if self.count < len(self.held):
            self.held[self.count] = text
        else:
            self.held = append(self.held, text)
        self.count += 1

    def signs(self, text: i64) -> i64:
        """Return how many characters a text adds, -1 where that takes making it a part."""
        markup = self.markup
        start, end = markup.text_starts[text], markup.text_ends[text]
        count = signs_in(markup.source, start, end)
        if count >= 0 or start < 0 or not markup.is_blank(text):
            return count
        wide = self.wide
        if self.count:
            last = self.held[self.count - 1]
            before = signs_in(markup.source, markup.text_starts[last], markup.text_ends[last])
            if before < 0:
                return -1
            wide = before != markup.text_size(last)
        return 1 if wide else end - start

    def settled(self) -> list[str]:
        """Return the parts, with all texts that are held among them."""
        if self.count:
            count = self.count
            self.count = 0
            index: i64 = 0
            while index < count:
                self.part(self.held[index])
                index += 1
        return self.parts

    def part(self, text: i64) -> int:
        """Make a text a part as it stands in a line; return its length, 0 where it begins one."""
        if not self.parts and self.markup.is_blank(text):
            return 0
        flat = self.markup.flat_text(int(text))
        if not self.parts:
            if flat.isspace():
                return 0
        elif self.wide and flat.isspace():
            flat = "\n" if self.markup.has_break(int(text)) else " "
        self.wide = len(flat) != self.markup.text_size(text)
        self.parts.append(flat)
        return len(flat)

    def line(self) -> str | None:
        """Return the block in one line if it is but texts of plain signs, and forget them."""
        if self.parts:
            return None
        markup, out = self.markup, self.out
        out.truncate(0)
        starts, ends = markup.text_starts, markup.text_ends
        if not write_line(markup.source, starts, ends, self.held, self.count, out):
            return None
        self.count = 0
        self.wide = False
        return out.getvalue().decode()
