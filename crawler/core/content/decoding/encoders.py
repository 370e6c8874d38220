"""Text back to bytes, as the Encoding standard encodes: for the queries of links only.

A browser sends the query of a link in the encoding of its page, and old sites know no other. The
tables are the decoders' (`legacy`) turned round, made when a page first needs them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from crawler.core.content.decoding.decoders import decode_as

_UTF8 = frozenset({"utf-8", "utf-16le", "utf-16be", "replacement"})  # (Encoding section 4.3)
# What a query may not hold: controls, what is not ASCII, and these (URL section 1.3).
_ESCAPED = frozenset(b" \"#<>'") | frozenset(range(0x21)) | frozenset(range(0x7F, 0x100))
_WRITTEN = tuple(f"%{byte:02X}" if byte in _ESCAPED else chr(byte) for byte in range(256))
_ASCII = 0x80
_REPLACED = "\ufffd"
# Lead and trail bytes of the pairs each encoder uses (Encoding sections 10 to 13).
_LATIN = range(0xA1, 0xFF)
_PAIRS = {
    "gbk": (range(0x81, 0xFF), [*range(0x40, 0x7F), *range(0x80, 0xFF)]),
    "big5": (range(0xA1, 0xFF), [*range(0x40, 0x7F), *range(0xA1, 0xFF)]),
    "euc-kr": (range(0x81, 0xFF), [*range(0x41, 0xFF)]),
    "euc-jp": (_LATIN, [*_LATIN]),
    # Without NEC's copies of IBM's letters.
    "shift_jis": (
        [*range(0x81, 0xA0), *range(0xE0, 0xED), *range(0xEF, 0xFD)],
        [*range(0x40, 0x7F), *range(0x80, 0xFD)],
    ),
}
_LAST = frozenset("\u2550\u255e\u2561\u256a\u5341\u5345")  # Big5 writes their second code
_JAPANESE = {"\xa5": b"\\", "\u203e": b"~"}
_MINUS = ("\u2212", "\uff0d")
_KANA_START = 0xFF61  # half-width letters, one byte each from 0xA1 on
_NOT_GB = "\ue5e5"
# States of ISO-2022-JP and what begins them; the letters that only Roman has.
_PLAIN, _ROMAN, _PAIR = b"\x1b(B", b"\x1b(J", b"\x1b$B"
_SHIFTS = frozenset("\x0e\x0f\x1b")


def encoded_query(query: str, encoding: str) -> str:
    """Return a query with its letters percent-encoded in `encoding` (URL section 1.3).

    A letter that the encoding lacks becomes a numeric reference, itself percent-encoded.
    """
    if encoding in _UTF8 or query.isascii():
        return query
    query = query.translate(_UNSEEN)
    if encoding == "iso-2022-jp":
        return "".join(_iso_2022_jp(query))
    return "".join(
        [
            letter if letter < "\x80" else _written(_bytes_of(letter, encoding), letter)
            for letter in query
        ]
    )


# The URL parser drops them (URL section 4.4).
_UNSEEN = dict.fromkeys(map(ord, "\t\n\r"))


def _written(data: bytes | None, letter: str) -> str:
    if data is None:
        return f"%26%23{ord(letter)}%3B"
    return "".join([_WRITTEN[byte] for byte in data])


def _bytes_of(letter: str, encoding: str) -> bytes | None:
    """Return a letter beyond ASCII in an encoding without states, None if it has none."""
    if encoding == "gb18030":
        known = None if letter == _NOT_GB else table("gbk").get(letter)
        if known is None and letter != _NOT_GB:
            return letter.encode("gb18030", "ignore") or None  # a lone surrogate has none
        return known
    if encoding == "gbk" and letter == "\u20ac":
        return b"\x80"
    if encoding == "shift_jis" and letter == "\x80":
        return b"\x80"
    return table(encoding).get(letter)


@lru_cache(maxsize=64)
def table(encoding: str) -> dict[str, bytes]:
    """Return the letters beyond ASCII of an encoding without states, and their bytes.

    Of two codes for a letter the first counts, for some of Big5 the last.
    """
    found: dict[str, bytes] = {}
    if encoding not in _PAIRS:
        codes: Iterator[bytes] = (bytes((byte,)) for byte in range(_ASCII, 0x100))
    else:
        leads, trails = _PAIRS[encoding]
        codes = (bytes((lead, trail)) for lead in leads for trail in trails)
    for code in codes:
        letter, wrong = decode_as(code, encoding)
        if not wrong and len(letter) == 1 and (letter not in found or letter in _LAST):
            found[letter] = code
    if encoding in ("euc-jp", "shift_jis"):
        lead = b"\x8e" if encoding == "euc-jp" else b""
        for byte in range(0xA1, 0xE0):
            found[chr(_KANA_START + byte - 0xA1)] = lead + bytes((byte,))
        found |= _JAPANESE
        found[_MINUS[0]] = found[_MINUS[1]]
    found.pop(_NOT_GB, None)
    return found


def _iso_2022_jp(query: str) -> Iterator[str]:
    """Yield what the encoder of ISO-2022-JP writes (Encoding section 12.2.2)."""
    state = _PLAIN
    for letter in query:
        wanted, code = _of_japanese(letter, state)
        if code is None and state == _PAIR:
            wanted = _PLAIN
        if wanted != state:
            state = wanted
            yield _written(state, "")
        yield _written(code, _REPLACED if letter in _SHIFTS else letter)
    if state != _PLAIN:
        yield _written(_PLAIN, "")


def _of_japanese(letter: str, state: bytes) -> tuple[bytes, bytes | None]:
    """Return the state that a letter needs, and its bytes there; None if it has none."""
    if letter in _SHIFTS:
        return state, None
    if letter < "\x80":
        kept = state == _ROMAN and letter not in "\\~"
        return (_ROMAN if kept else _PLAIN), letter.encode()
    if letter in _JAPANESE:
        return _ROMAN, _JAPANESE[letter]
    code = table("euc-jp").get(_full_width(letter))
    return (_PAIR, bytes(byte & 0x7F for byte in code)) if code else (state, None)


def _full_width(letter: str) -> str:
    """Return the letter that ISO-2022-JP writes for a half-width one."""
    at = ord(letter) - _KANA_START
    return _KATAKANA[at] if 0 <= at < len(_KATAKANA) else letter


# (Index ISO-2022-JP katakana.)
_KATAKANA = (
    "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテト"
    "ナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜"
)
