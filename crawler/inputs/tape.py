"""Unpacked octets, looked at before they are taken; it knows where members and gaps are."""

from __future__ import annotations

import re

from crawler.inputs.compressed import Unpacked


class Tape:
    """What a reader of records reads from. Positions are those of the unpacked octets."""

    def __init__(self, unpacked: Unpacked) -> None:
        self.unpacked = unpacked
        self.at = 0  # position of the next octet
        self._data = b""
        self._from = 0  # where in `_data` that octet is
        self._ended = False
        self._stored: dict[int, int] = {}  # where members begin: unpacked to stored position

    def fill(self) -> bool:
        """Read on; False at the end of the file."""
        if self._ended:
            return False
        chunk = self.unpacked.chunk()
        while self.unpacked.marks:
            position, stored = self.unpacked.marks.popleft()
            self._stored[position] = stored
        if not chunk:
            self._ended = True
            return False
        self._data = self._data[self._from :] + chunk
        self._from = 0
        return True

    def ready(self) -> int:
        """Return how many octets are there without reading on."""
        return len(self._data) - self._from

    def peek(self, size: int) -> bytes:
        while self.ready() < size and self.fill():
            pass
        return self._data[self._from : self._from + size]

    def skip(self, size: int) -> int:
        """Pass over `size` octets; return how many there were."""
        left = size
        while left:
            step = min(left, self.ready())
            self._from += step
            self.at += step
            left -= step
            if left and not self.fill():
                break
        return size - left

    def take(self, size: int) -> bytes:
        """Return the next `size` octets, fewer at the end."""
        if self.ready() >= size:
            data = self._data[self._from : self._from + size]
            self._from += size
            self.at += size
            return data
        parts: list[bytes] = []
        left = size
        while left:
            step = min(left, self.ready())
            if step:
                parts.append(self._data[self._from : self._from + step])
                self._from += step
                self.at += step
                left -= step
            if left and not self.fill():
                break
        return b"".join(parts)

    def back(self, data: bytes) -> None:
        """Give back what was taken last."""
        self._data = data + self._data[self._from :]
        self._from = 0
        self.at -= len(data)

    def find(self, what: bytes, most: int) -> int:
        """Return how far off `what` is, -1 if it is not within the next `most` octets."""
        looked = 0
        while True:
            start = self._from + max(0, looked - len(what) + 1)
            found = self._data.find(what, start, self._from + most)
            if found >= 0:
                return found - self._from
            looked = self.ready()
            if looked >= most or not self.fill():
                return -1

    def search(self, pattern: re.Pattern[bytes], overlap: int) -> bool:
        """Go to the next match of `pattern` (at most `overlap` octets long), or to the end."""
        while True:
            match = pattern.search(self._data, self._from)
            if match and (match.end() < len(self._data) or self._ended):
                self.at += match.start() - self._from
                self._from = match.start()
                return True
            passed = max(0, self.ready() - overlap)
            self._from += passed
            self.at += passed
            if not self.fill():
                if match:
                    continue
                self.skip(self.ready())
                return False

    def stored_at(self, position: int) -> int:
        """Return the stored position of a member that begins at `position`, -1 if none does."""
        if not self.unpacked.packing:
            return position
        return self._stored.get(position, -1)

    def member_within(self, start: int, end: int) -> int:
        """Return where the first member behind `start` begins, if before `end`; else -1."""
        return min((mark for mark in self._stored if start < mark < end), default=-1)

    def next_member(self, start: int) -> int:
        """Return where the member behind `start` begins, reading on as need be; -1: nowhere."""
        while True:
            mark = min((mark for mark in self._stored if mark > start), default=-1)
            if mark >= 0 or not self.fill():
                return mark

    def gap_before(self, end: int) -> bool:
        """Say if something is missing before `end`; it is said once."""
        breaks, missing = self.unpacked.breaks, False
        while breaks and breaks[0] <= end:
            breaks.popleft()
            missing = True
        return missing

    def next_gap(self) -> int:
        """Return the position behind the next place where something is missing, -1 if none."""
        return self.unpacked.breaks[0] if self.unpacked.breaks else -1

    def settle(self, start: int) -> None:
        """Read on until it is known whether the member from `start` ends here."""
        if self.stored_at(start) >= 0 and not self.ready():
            self.fill()

    def forget(self, before: int) -> None:
        """Forget members that began earlier."""
        if len(self._stored) > 64:  # noqa: PLR2004 - seldom more than two are known
            self._stored = {mark: at for mark, at in self._stored.items() if mark >= before}
