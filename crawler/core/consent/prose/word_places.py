"""Where the words of each class stand in a clause, and how near to each other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

_LONGEST = 80  # characters: no entry of a table is longer


class Span(Protocol):
    """Anything that stands somewhere in a clause."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Mark:
    """A word of one class in a folded sentence."""

    kind: str
    start: int
    end: int


def gap(one: Span, other: Span) -> int:
    """Return how many characters lie between two spans."""
    return max(other.start - one.end, one.start - other.end, 0)


def _start(mark: Mark) -> int:
    return mark.start


class Clause:
    """A folded clause and its marks in one language. `unit`: characters of a word there."""

    def __init__(self, text: str, marks: Sequence[Mark], unit: int) -> None:
        self.text = text
        self.marks = marks
        self.unit = unit
        self._by: dict[str, list[Mark]] = {}
        self._joined: dict[tuple[str, ...], list[Mark]] = {}
        for mark in marks:
            self._by.setdefault(mark.kind, []).append(mark)

    def of(self, *kinds: str) -> list[Mark]:
        """Return the marks of these classes in order."""
        if len(kinds) == 1:
            return self._by.get(kinds[0], [])
        found = self._joined.get(kinds)
        if found is None:
            found = [mark for kind in kinds for mark in self._by.get(kind, ())]
            found.sort(key=lambda mark: mark.start)
            self._joined[kinds] = found
        return found

    def near(self, one: Span, kinds: tuple[str, ...], words: float) -> Mark | None:
        """Return the nearest mark of these classes within so many words, on either side."""
        best: Mark | None = None
        reach: float = words * self.unit
        marks = self.of(*kinds)
        first = bisect_left(marks, one.start - reach - _LONGEST, key=_start)
        for mark in islice(marks, first, None):
            if mark.start > one.end + reach:
                break
            between = gap(one, mark)
            if between <= reach and mark is not one:
                best, reach = mark, between
        return best

    def follows(self, one: Span, other: Span, words: float) -> bool:
        """Tell whether `other` begins within so many words after `one`."""
        return 0 <= other.start - one.end <= words * self.unit

    def parted(self, one: Span, other: Span, by: str) -> bool:
        """Tell whether one of the characters `by` stands between the two."""
        low, high = min(one.end, other.end), max(one.start, other.start)
        return any(character in by for character in self.text[low:high])
