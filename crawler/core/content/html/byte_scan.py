"""Steps through bytes: compiled they are loops at the speed of C, else calls into `bytes`."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from mypy_extensions import i64

_MORE: Final = 0x3E
_SPACE: Final = 0x20
_CODE: Final = 0xFFFFFFFFFFF  # bits of a code


def next_of(source: bytes, byte: i64, at: i64) -> i64:
    """Return where `byte` stands next from `at` on; the end if nowhere."""
    size: i64 = len(source)
    while at < size and source[at] != byte:
        at += 1
    return at


def name_end(source: bytes, at: i64) -> i64:
    """Return where the name of a start tag ends that begins at `at`."""
    size: i64 = len(source)
    while at < size and source[at] != _MORE and source[at] != _SPACE:
        at += 1
    return at


def code_of(source: bytes, start: i64, end: i64) -> i64:
    """Return a hash of a name."""
    code: i64 = 0
    while start < end:
        code = (code * 131 + source[start]) & _CODE
        start += 1
    return code


_loop = code_of


@lru_cache(maxsize=1_024)
def _code(name: bytes) -> int:
    return int(_loop(name, 0, len(name)))


def _next_of(source: bytes, byte: int, at: int) -> int:
    found = source.find(byte, at)
    return len(source) if found < 0 else found


def _name_end(source: bytes, at: int) -> int:
    end = _next_of(source, _MORE, at)
    space = source.find(_SPACE, at, end)
    return end if space < 0 else space


def _code_of(source: bytes, start: int, end: int) -> int:
    return _code(source[start:end])


if __file__.endswith(".py"):
    globals().update(next_of=_next_of, name_end=_name_end, code_of=_code_of)
