"""Lines of a file as their octets, each with its place; one that is too long is passed over."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.inputs.compressed import Unpacked
from crawler.inputs.row import Place

LONGEST = 64 * 2**20  # octets of a line that are read; the longest documents have a few million
_BOM = b"\xef\xbb\xbf"


class _Line:
    """The line that is being read."""

    def __init__(self, unpacked: Unpacked) -> None:
        self.number = 0
        self.start = 0  # its position among the unpacked octets
        self.length = 0
        self._parts: list[bytes] = []
        self._unpacked = unpacked

    def add(self, part: bytes) -> None:
        self.length += len(part)
        if self.length > LONGEST:
            self._parts = []  # what is too long is not held
        elif part:
            self._parts.append(part)

    def cut(self) -> None:
        """Give up the line, the rest of which is missing, if it has begun."""
        if self.length:
            self._unpacked.damage.note("cut line", f"line {self.number + 1}")
            self._next(0)

    def end(self, size: int) -> tuple[Place, bytes] | None:
        """End the line, whose end has `size` octets; None if it was too long."""
        if self.length > LONGEST:
            self._unpacked.damage.note("line longer than 64 MiB", f"line {self.number + 1}")
            self._next(size)
            return None
        data = self._parts[0] if len(self._parts) == 1 else b"".join(self._parts)
        offset = -1 if self._unpacked.packing else self.start
        place = Place(self.number, offset, self.length + size)
        whole = data.removeprefix(_BOM) if self.number == 0 else data
        self._next(size)
        return place, whole

    def _next(self, size: int) -> None:
        self.start += self.length + size
        self.number, self.length, self._parts = self.number + 1, 0, []


def lines(unpacked: Unpacked) -> Iterator[tuple[Place, bytes]]:
    """Yield each line without its end, blank ones too.

    Lines are numbered as they stand, those that are passed over included.
    """
    line = _Line(unpacked)
    while chunk := unpacked.chunk():
        while unpacked.breaks and unpacked.breaks[0] <= line.start + line.length:
            unpacked.breaks.popleft()
            line.cut()
        begun = 0
        while (end := chunk.find(b"\n", begun)) >= 0:
            line.add(chunk[begun:end])
            begun = end + 1
            if (found := line.end(1)) is not None:
                yield found
        line.add(chunk[begun:])
    if unpacked.breaks:
        line.cut()
    elif line.length and (found := line.end(0)) is not None:
        yield found
