r"""The words `\w+` of a text counted, or folded and hashed in runs, in one pass over its bytes.

Compiled this takes a third of what whole-array operations take (`hashes`, `word_counts`), which
serve where there is no compiler: the arithmetic here wraps at 64 bits only when compiled.
"""

from __future__ import annotations

import re
from typing import Final

from librt.strings import BytesWriter, isalnum, write_i64_le
from mypy_extensions import i32, i64, u8

COMPILED: Final = not __file__.endswith(".py")
_LETTER: Final = bytes(re.match(r"\w", chr(code)) is not None for code in range(128))
_ODD: Final = 0x9E3779B97F4A7C15 - (1 << 64)  # 2^64 over the golden ratio, as a signed number
_FIRST: Final = 0xBF58476D1CE4E5B9 - (1 << 64)
_SECOND: Final = 0x94D049BB133111EB - (1 << 64)
_LETTERS: Final = 64  # of a word: later ones only add to the last place
_SHINGLE: Final = 5  # words a run
_SPACE: Final = 0x20


def words_in(text: bytes) -> i64:
    r"""Return how many words `\w+` stand in UTF-8."""
    count: i64 = 0
    size: i64 = len(text)
    at: i64 = 0
    within = False
    while at < size:
        code: i64 = text[at]
        at += 1
        if code < 128:  # noqa: PLR2004
            letter = _LETTER[code] != 0
        else:
            more: i64 = 1 if code < 0xE0 else 2 if code < 0xF0 else 3  # noqa: PLR2004
            code &= 0x3F >> more
            while more > 0 and at < size:
                code = code << 6 | (text[at] & 0x3F)
                at += 1
                more -= 1
            letter = isalnum(i32(code))
        if letter and not within:
            count += 1
        within = letter
    return count


def folded_runs(text: bytes, folding: bytes, most: i64) -> tuple[bytes, bytes, int]:  # noqa: C901, PLR0912, PLR0915 - one loop
    r"""Return UTF-8 folded, a hash of each run of five of its words `\w+`, how many words it has.

    A byte becomes what `folding` says, and of white space that a space is left; there is none at
    either end. A hash has 8 bytes, little-endian; words after the first `most` have none.
    """
    same = BytesWriter()
    found = BytesWriter()
    odd: i64 = _ODD  # a number of 64 bits is an object until it is a local one
    first: i64 = _FIRST
    second: i64 = _SECOND
    one: i64 = 0  # hashes of the last words
    two: i64 = 0
    three: i64 = 0
    four: i64 = 0
    word: i64 = 0
    power: i64 = odd
    length: i64 = 0
    count: i64 = 0
    size: i64 = len(text)
    at: i64 = 0
    spaced = True  # nothing was written yet, or a space last
    while at <= size:
        code: i64 = 0
        letter = False
        if at < size:
            code = folding[text[at]]
            if 97 <= code <= 122:  # noqa: PLR2004 - as most are
                same.append(u8(code))
                spaced = False
                at += 1
                word += code * power
                length += 1
                if length < _LETTERS:
                    power *= odd
                continue
            if code != _SPACE:
                same.append(u8(code))
                spaced = False
            elif not spaced:
                same.append(u8(code))
                spaced = True
            if code < 128:  # noqa: PLR2004
                letter = _LETTER[code] != 0
            else:
                more: i64 = 1 if code < 0xE0 else 2 if code < 0xF0 else 3  # noqa: PLR2004
                code &= 0x3F >> more
                while more > 0 and at + 1 < size:
                    at += 1
                    part: i64 = text[at]
                    same.append(u8(part))
                    code = code << 6 | (part & 0x3F)
                    more -= 1
                letter = isalnum(i32(code))
        at += 1
        if letter:
            word += code * power
            length += 1
            if length < _LETTERS:
                power *= odd
            continue
        if length:
            word = _mixed(word, first, second)
            count += 1
            if _SHINGLE <= count <= most:
                run = (((one * odd + two) * odd + three) * odd + four) * odd + word
                write_i64_le(found, _mixed(run, first, second))
            one, two, three, four = two, three, four, word
            word = length = 0
            power = odd
    if spaced and len(same):
        same.truncate(len(same) - 1)
    return same.getvalue(), found.getvalue(), int(count)


def _mixed(value: i64, first: i64, second: i64) -> i64:
    """Return a value with every bit depending on every bit (the end of SplitMix64)."""
    value = (value ^ (value >> 30 & 0x3FFFFFFFF)) * first
    value = (value ^ (value >> 27 & 0x1FFFFFFFFF)) * second
    return value ^ (value >> 31 & 0x1FFFFFFFF)
