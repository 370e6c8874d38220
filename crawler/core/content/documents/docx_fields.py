"""Fields of a DOCX: their instructions are no text, their results are (ECMA-376 part 1, 17.16)."""

from __future__ import annotations

import re

_LINK = re.compile(r'\s*HYPERLINK\s+(?:"([^"]*)"|([^\s"\\]+))', re.IGNORECASE)
_LONGEST = 4_000  # characters of an instruction
_DEEPEST = 50  # fields within fields


def link_of(instruction: str) -> str:
    """Return where a field leads, "" if it is no link."""
    found = _LINK.match(instruction)
    return (found[1] or found[2] or "").strip() if found else ""


class Fields:
    """The fields that are open at one place, the outermost first; they may span paragraphs."""

    def __init__(self) -> None:
        self._instructions: list[str] = []
        self._results: list[bool] = []  # whether the instruction of each is over

    @property
    def hide(self) -> bool:
        """Whether what stands here belongs to an instruction."""
        return not all(self._results)

    def mark(self, kind: str) -> str:
        """Heed a mark; return where the field leads whose instruction ends with it."""
        if kind == "begin" and len(self._results) < _DEEPEST:
            self._instructions.append("")
            self._results.append(False)
        elif kind == "separate" and self._results:
            self._results[-1] = True
            return link_of(self._instructions[-1])
        elif kind == "end" and self._results:
            self._results.pop()
            return link_of(self._instructions.pop())
        return ""

    def instruct(self, text: str) -> None:
        """Add to the instruction of the innermost field."""
        if self._instructions and len(self._instructions[-1]) < _LONGEST:
            self._instructions[-1] += text

    def end_paragraph(self) -> None:
        """Give up instructions that never end: what follows is text."""
        kept = [number for number, over in enumerate(self._results) if over]
        self._instructions = [self._instructions[number] for number in kept]
        self._results = [True] * len(kept)
