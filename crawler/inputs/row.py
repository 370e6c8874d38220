"""One row of what others collected, its place, and what was damaged on the way to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

Headers: TypeAlias = tuple[tuple[str, str], ...]

# Named examples of damage; the rest is counted.
_EXAMPLES = 20
# Kinds of damage that are told apart; a file that is not what it seems has no more.
_KINDS = 200


class Answer(NamedTuple):
    """What a server answered, as it was recorded: names of headers in lower case."""

    status: int
    headers: Headers
    body: bytes
    truncated: bool = False  # the recorder says that the body is not whole


class Place(NamedTuple):
    """Where a row stands in its file."""

    row: int  # counted from 0, in the order of the file
    offset: int = -1  # of its first octet in the file as stored; -1: it begins within a gzip member
    length: int = -1  # octets as stored; -1: others share its gzip member


class Row(NamedTuple):
    """One row, as it stands there: nothing is brought to any form but what a field says.

    `date` is when it was captured, in seconds since the epoch: of a date without a time the last
    second of that day (of that month, of that year), None if there is no date that can be read.
    """

    url: str  # "" if there is none
    text: str | None
    date: float | None
    html: bytes | str | None
    place: Place
    answer: Answer | None = None
    kind: str = ""  # type of a WARC record; "" elsewhere
    fields: Mapping[str, Any] = {}  # WARC: its named fields, lower case; else the row's own columns


@dataclass(slots=True)
class Damage:
    """What could not be read of one file, counted and named. Reading goes on behind it."""

    path: str
    counts: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    def note(self, kind: str, where: str) -> None:
        """Count one damage; `where` names the place in the file."""
        if kind not in self.counts and len(self.counts) >= _KINDS:
            kind = "other"
        self.counts[kind] += 1
        if len(self.examples) < _EXAMPLES:
            self.examples.append(f"{self.path}: {kind} at {where}")

    def __bool__(self) -> bool:
        return bool(self.counts)

    def sentence(self) -> str:
        """Return what was damaged in one line, "" if nothing was."""
        if not self.counts:
            return ""
        parts = ", ".join(f"{kind} {number}" for kind, number in sorted(self.counts.items()))
        first = self.examples[0].removeprefix(f"{self.path}: ") if self.examples else ""
        return f"{self.path}: damaged: {parts} (first: {first}); the rest was read"


class UnknownInputError(ValueError):
    """A file is none of the forms that are read; the message names it, the cause and the fix."""
