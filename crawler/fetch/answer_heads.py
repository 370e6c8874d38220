"""The heads of answers, mended before the parser sees them: equal lengths are one."""

from __future__ import annotations

import re

_NAME = b"content-length"
# A final answer follows (RFC 9110 section 15.2); 101 is one itself.
_INTERIM = re.compile(rb"HTTP/[0-9.]+[ \t]+1(?!01)[0-9][0-9]")
_STATUS_LINE = 32  # bytes of it that tell
_LINE = 256  # bytes of a length beyond which it is none


class Heads:
    """One connection's answers as their bytes come in; `expect` before each request.

    Content-Length may stand twice, in two lines or in one, and be valid all the same (RFC 9112
    section 6.3): the parser would refuse it, so only the first of equal lengths goes through.
    What differs goes through as it is, and is refused. Nothing else is held back or changed.
    """

    def __init__(self) -> None:
        self.open = False  # the head of an answer is coming in
        self.expect()
        self.open = False

    def expect(self) -> None:
        """Take what comes next for the head of an answer."""
        self.open = True
        self._start = b""  # of its status line
        self._first = True  # that line is not over
        self._fresh = True  # a line begins
        self._held = b""  # the beginning of a line that may name a length
        self._lengths: set[bytes] = set()

    def mend(self, data: bytes) -> bytes:
        """Return the bytes the parser is to see."""
        if not self._start and _is_simple(data):
            self.open = False
            return data
        data, self._held = self._held + data, b""
        sent: list[bytes] = []
        at = 0
        while self.open and at < len(data):
            end = data.find(b"\n", at) + 1
            line = data[at : end or len(data)]
            if not end and self._fresh and not self._first and _may_name(line):
                self._held = line
                return b"".join(sent)
            at += len(line)
            sent.append(self._seen(line))
            self._fresh = bool(end)
        return b"".join(sent) + data[at:]

    def _seen(self, line: bytes) -> bytes:
        """Return what the parser is to see of a line, or of a part of one."""
        if self._first:
            self._start = (self._start + line).lstrip(b"\r\n")[:_STATUS_LINE]
            self._first = not (self._start and line.endswith(b"\n"))
        elif not self._fresh:
            return line
        elif not line.strip(b"\r\n"):
            interim = _INTERIM.match(self._start)
            self.expect()
            self.open = interim is not None
        elif _may_name(line):
            return self._one_length(line)
        return line

    def _one_length(self, line: bytes) -> bytes:
        name, colon, value = line.partition(b":")
        if not colon or name.lower() != _NAME:
            return line
        values = {part.strip(b" \t\r\n") for part in value.split(b",")}
        if len(values) > 1 or not min(values).isdigit():
            return line
        if values <= self._lengths:
            return b""
        self._lengths |= values
        return name + b": " + min(values) + b"\r\n"


def _is_simple(data: bytes) -> bool:
    """Whether a whole final head is there, and names no length twice: almost every answer."""
    end = data.find(b"\r\n\r\n")
    if end < 0 or not data.startswith(b"HTTP/") or _INTERIM.match(data):
        return False
    head = data[:end].lower()
    at = head.find(b"\ncontent-length:")
    return at < 0 or (
        head.find(b"\ncontent-length:", at + 1) < 0
        and head.find(b",", at, _line_end(head, at + 1)) < 0
    )


def _line_end(head: bytes, at: int) -> int:
    end = head.find(b"\n", at)
    return len(head) if end < 0 else end


def _may_name(line: bytes) -> bool:
    """Whether a line, or the beginning of one, may be a Content-Length field."""
    return len(line) < _LINE and _NAME.startswith(line[: len(_NAME)].lower())
