"""Steps through bytes: compiled they are loops at the speed of C, else calls into `bytes`."""

# ruff: noqa: PLR2004 - the bytes of UTF-8

from __future__ import annotations

from functools import lru_cache
from typing import Final

from librt.strings import BytesWriter
from librt.vecs import vec
from mypy_extensions import i64, u8

_MORE: Final = 0x3E
_SPACE: Final = 0x20
_BLANK: Final = bytes([byte < 0x80 and chr(byte).isspace() for byte in range(256)])
_PLAIN: Final = bytes([32 <= byte < 127 and byte != ord("&") for byte in range(256)])
_BESIDE: Final = 8  # bytes around one that are looked at
_CODE: Final = 0xFFFFFFFFFFF  # bits of a code


def next_of(source: bytes, byte: i64, at: i64) -> i64:
    """Return where `byte` stands next from `at` on; the end if nowhere."""
    size: i64 = len(source)
    while at < size and source[at] != byte:
        at += 1
    return at


def next_before(source: bytes, byte: i64, at: i64, end: i64) -> i64:
    """Return where `byte` stands next from `at` on; `end` if not before it."""
    while at < end and source[at] != byte:
        at += 1
    return at


def find_in(source: bytes, part: bytes, at: i64, end: i64) -> i64:
    """Return where `part`, of two bytes or more, stands next before `end`, -1 if nowhere."""
    size: i64 = len(part)
    first: i64 = part[0]
    second: i64 = part[1]
    last = end - size
    while at <= last:
        if source[at] == first and source[at + 1] == second:
            same: i64 = 2
            while same < size and source[at + same] == part[same]:
                same += 1
            if same == size:
                return at
        at += 1
    return -1


def holds(head: bytes, part: bytes) -> bool:
    """Return whether `part`, of two bytes or more, stands in a few bytes.

    `part in head` raises and forgets an error each time (CPython looks for a number first).
    """
    return find_in(head, part, 0, len(head)) >= 0


def is_blank(source: bytes, at: i64, end: i64) -> bool:
    """Return whether nothing but white space of ASCII stands between two places."""
    while at < end and _BLANK[source[at]]:
        at += 1
    return at >= end


def is_plain(source: bytes, at: i64, end: i64) -> bool:
    """Return whether only ASCII stands between two places, no reference, and no space but " "."""
    while at < end and _PLAIN[source[at]]:
        at += 1
    return at >= end


# What may stand in a start tag, a bit each: one that is not set in a page is not looked for.
SIGNS: Final = {
    b" itemprop=": 1 << 0,
    b" property=": 1 << 1,
    b" data-nosnippet=": 1 << 2,
    b" data-latex=": 1 << 3,
    b" data-formula=": 1 << 4,
    b'xlink:href="': 1 << 5,
    b"vertical-align": 1 << 6,
    b"superscript": 1 << 7,
    b"subscript": 1 << 8,
    b'class="sup"': 1 << 9,
    b' class="math ': 1 << 10,
}
EVERY: Final = 0xFFFF


def tag_end(source: bytes, at: i64) -> tuple[i64, i64]:
    """Return where the start tag ends that goes on at `at`, and the signs it may hold, bit by bit.

    A sign without its bit surely does not stand there. Tags are looked through here anyway.
    """
    size: i64 = len(source)
    signs: i64 = 0
    while at < size:
        byte: i64 = source[at]
        if byte < ord("c"):
            if byte == _MORE:
                break
            if byte == ord("="):
                signs |= _sign(source, byte, at, size)
        elif byte == ord("c") or byte == ord("v"):
            signs |= _sign(source, byte, at, size)
        at += 1
    return at, signs


def _sign(source: bytes, byte: i64, at: i64, size: i64) -> i64:  # noqa: C901, PLR0912 - for speed
    """Return the bit of the sign that "=", "v" or "c" may be of, told by the bytes beside it."""
    if at < _BESIDE or at + _BESIDE >= size:
        return EVERY
    two: i64 = source[at - 2]
    one: i64 = source[at - 1]
    next_: i64 = source[at + 1]
    if byte == ord("v"):
        if next_ != ord("e") or source[at + 2] != ord("r") or source[at + 3] != ord("t"):
            return 0  # as in "active" and "level"
        return 1 << 6
    if byte == ord("c"):
        if one != ord("s") or next_ != ord("r"):
            return 0
        return 1 << 7 if two == ord("r") else 1 << 8 if two == ord("b") else 0
    if two == ord("o"):
        return 1 << 0 if one == ord("p") else 0
    if two == ord("t"):
        return 1 << 1 if one == ord("y") else 0
    if two == ord("l"):
        return 1 << 4 if one == ord("a") else 0
    if two == ord("s"):
        third: i64 = source[at + 2]
        fourth: i64 = source[at + 3]
        if third == ord("m"):
            return 1 << 10 if fourth == ord("a") else 0
        return 1 << 9 if third == ord("s") and fourth == ord("u") else 0
    if two == ord("e"):
        if one == ord("t"):
            return 1 << 2 if source[at - 3] == ord("p") else 0
        if one == ord("x"):  # of no "tabindex"
            return 1 << 3 if source[at - 3] == ord("t") else 0
        return 1 << 5 if one == ord("f") and source[at - 5] == ord(":") else 0
    return 0


def name_at(source: bytes, at: i64) -> tuple[i64, i64]:
    """Return where the name of a start tag ends that begins at `at`, and its hash."""
    size: i64 = len(source)
    code: i64 = 0
    while at < size:
        byte: i64 = source[at]
        if byte in (_MORE, _SPACE):
            break
        code = (code * 131 + byte) & _CODE
        at += 1
    return at, code


def code_of(source: bytes, start: i64, end: i64) -> i64:
    """Return a hash of a name."""
    code: i64 = 0
    while start < end:
        code = (code * 131 + source[start]) & _CODE
        start += 1
    return code


# --- texts as the parser writes them ------------------------------------------------------------


def _by_second(values: dict[str, int]) -> bytes:
    by_byte = {ord(name[0]): value for name, value in values.items()}
    return bytes([by_byte.get(byte, 0) for byte in range(256)])


_BREAK: Final = 0x0A
_REFERENCE: Final = 0x26
_SEMICOLON: Final = 0x3B
# By the second byte of a reference: what it stands for, and how many bytes of it follow the first.
_WRITTEN: Final = {"nbsp;": 0x20, "lt;": 0x3C, "gt;": 0x3E, "quot;": 0x22, "amp;": 0x26}
_REFERRED: Final = _by_second(_WRITTEN)
_REFERENCES: Final = _by_second({name: len(name) for name in _WRITTEN})
_PARTED: Final = 0  # by a space where a line is broken
_JOINS: Final = 1  # perhaps
_UNSURE: Final = 2  # it may be white space, or be left out


def signs_in(source: bytes, start: i64, end: i64) -> i64:
    """Return how many characters a text has, a reference as one; -1 if it may be but space."""
    if start < 0:
        return -1
    count: i64 = 0
    seen = False
    at = start
    while at < end:
        byte: i64 = source[at]
        if byte < 0x80:
            count += 1
            if byte == _REFERENCE:
                seen = seen or source[at + 1] != ord("n")  # no "&nbsp;"
                at = next_before(source, _SEMICOLON, at, end)
            elif byte > _SPACE:
                seen = True
        elif byte >= 0xC0:
            count += 1
            if byte > 0xE3 or 0xC3 <= byte < 0xE1:  # no white space begins so
                seen = True
        at += 1
    return count if seen else -1


def write_line(  # noqa: C901 - one loop, for speed
    source: bytes, starts: vec[i64], ends: vec[i64], texts: vec[i64], count: i64, out: BytesWriter
) -> bool:
    """Write `count` texts as one line, with one space where there are more; say if that is right.

    It is not where a text has no references, where other white space than ASCII's stands, and
    where a line is broken beside signs of scripts that set no spaces.
    """
    space = False  # is due before the next sign
    broken = False  # with a line break in it
    breaks = False  # one that stands between signs
    joins = False  # signs beside which a break may be no space
    index: i64 = 0
    while index < count:
        number = texts[index]
        index += 1
        at = starts[number]
        end = ends[number]
        if at < 0:
            return False
        while at < end:
            byte: i64 = source[at]
            at += 1
            more: i64 = 0  # bytes of the sign behind the first
            if byte <= _SPACE:
                if _BLANK[byte]:
                    space = True
                    broken = broken or byte == _BREAK
                    continue
            elif byte == _REFERENCE:
                second: i64 = source[at]
                byte = _REFERRED[second]
                at += _REFERENCES[second]
                if byte == _SPACE:
                    space = True
                    continue
            elif byte >= 0x80:
                kind = _kind(byte, source, at)
                if kind == _UNSURE:
                    return False
                joins = joins or kind == _JOINS
                more = 1 if byte < 0xE0 else 2 if byte < 0xF0 else 3
            if space:
                space = False
                if len(out):
                    out.append(_SPACE)
                    breaks = breaks or broken
                broken = False
            out.append(u8(byte))
            while more:
                out.append(source[at])
                at += 1
                more -= 1
    return not (joins and breaks)


def _kind(first: i64, source: bytes, at: i64) -> i64:
    """Say of a sign, by its bytes, whether a broken line may join it to the next."""
    second: i64 = source[at]
    if first < 0xE1:  # U+0085, U+00A0 and U+00AD aside
        return _UNSURE if first == 0xC2 and second in (0x85, 0xA0, 0xAD) else _PARTED
    if first == 0xE1:  # U+1680
        return _UNSURE if second == 0x9A else _PARTED
    if first == 0xE2:
        third: i64 = source[at + 1]
        if second == 0x80:  # U+2000 to U+200F, U+2028, U+2029, U+202F
            return _UNSURE if third < 0x90 or third in (0xA8, 0xA9, 0xAF) else _PARTED
        if second == 0x81:  # U+205F
            return _UNSURE if third == 0x9F else _PARTED
        return _JOINS if second >= 0xBA else _PARTED  # from U+2E80 on
    if first in (0xE3, 0xEE) and second == 0x80 and source[at + 1] == 0x80:  # U+3000, U+E000
        return _UNSURE
    return _JOINS


# Looked at by tests wherever they run.
LOOPS: Final = (signs_in, write_line)
_loop = code_of
_PLAIN_SIGNS: Final = bytes([byte for byte in range(256) if _PLAIN[byte]])


@lru_cache(maxsize=1_024)
def _code(name: bytes) -> int:
    return int(_loop(name, 0, len(name)))


def _next_of(source: bytes, byte: int, at: int) -> int:
    found = source.find(byte, at)
    return len(source) if found < 0 else found


def _name_at(source: bytes, at: int) -> tuple[int, int]:
    end = _next_of(source, _MORE, at)
    space = source.find(_SPACE, at, end)
    end = end if space < 0 else space
    return end, _code(source[at:end])


def _code_of(source: bytes, start: int, end: int) -> int:
    return _code(source[start:end])


def _next_before(source: bytes, byte: int, at: int, end: int) -> int:
    found = source.find(byte, at, end)
    return end if found < 0 else found


def _find_in(source: bytes, part: bytes, at: int, end: int) -> int:
    return source.find(part, at, end)


def _holds(head: bytes, part: bytes) -> bool:
    return part in head


def _is_blank(source: bytes, at: int, end: int) -> bool:
    return not source[at:end].strip(b" \t\n\x0b\x0c\r\x1c\x1d\x1e\x1f")


def _is_plain(source: bytes, at: int, end: int) -> bool:
    return source[at:end].translate(None, _PLAIN_SIGNS) == b""


def _tag_end(source: bytes, at: int) -> tuple[int, int]:
    return _next_of(source, _MORE, at), EVERY


def _signs_in(_source: bytes, _start: int, _end: int) -> int:
    return -1


def _write_line(*_: object) -> bool:
    return False


if __file__.endswith(".py"):
    globals().update(next_of=_next_of, name_at=_name_at, code_of=_code_of, tag_end=_tag_end)
    globals().update(next_before=_next_before, find_in=_find_in, holds=_holds)
    globals().update(is_blank=_is_blank, is_plain=_is_plain)
    globals().update(signs_in=_signs_in, write_line=_write_line)
