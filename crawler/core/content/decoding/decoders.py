"""Bytes in a known encoding to text, as the Encoding standard decodes them.

Python's codecs do most of it. What they lack or map otherwise is put right here, and an
unknown pair of bytes takes both: else every letter up to the next ASCII one would be lost.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from functools import lru_cache, partial

_REPLACED = "\ufffd"
_HIGH = 0x80
_USER_DEFINED = 0xF700

# Python's name where it differs from the standard's. Supersets are what browsers use.
_CODECS = {
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "euc-jp": "euc_jp",
    "utf-16be": "utf-16-be",
    "utf-16le": "utf-16-le",
}
# Single-byte encodings are decoded with tables: Python leaves bytes undefined that the
# standard maps to C1 controls, and differs in a few letters.
_TABLES = {
    "ibm866": "cp866",
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "iso-8859-8-i": "iso-8859-8",
    "koi8-r": "koi8_r",
    "koi8-u": "koi8_u",
    "windows-874": "cp874",
    **{f"windows-125{n}": f"cp125{n}" for n in range(9)},
    **{f"iso-8859-{n}": f"iso8859_{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
}
_PATCHES = {
    "koi8-u": {0xAE: "\u045e", 0xBE: "\u040e"},
    "x-mac-cyrillic": {0xA2: "\u0490", 0xB6: "\u0491", 0xFF: "\u20ac"},
    "macintosh": {0xDB: "\u20ac"},
    "windows-1255": {0xCA: "\u05ba"},
}
# Letters of Python's codec that the standard's index maps otherwise.
_GB = str.maketrans(
    "\ue78d\ue78f\ue78e\ue790\ue791\ue792\ue793\ue794\ue795\ue796\ue7c7"
    "\ue81e\ue826\ue82b\ue82c\ue832\ue843\ue854\ue864",
    "\ufe10\ufe11\ufe12\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe19\u1e3f"
    "\u9fb4\u9fb5\u9fb6\u9fb7\u9fb8\u9fb9\u9fba\u9fbb",
)
_LETTERS = {
    "gbk": _GB,
    "gb18030": _GB,
    "big5": str.maketrans(
        "\u2022\uff64\u203e\u223c\u2641\u2609\xa5\xa2\xa3",
        "\u2027\ufe51\xaf\uff5e\u2295\u2299\uffe5\uffe0\uffe1",
    ),
    "euc-jp": str.maketrans(
        "\u301c\u2016\u2212\xa2\xa3\xac", "\uff5e\u2225\uff0d\uffe0\uffe1\uffe2"
    ),
    "shift_jis": str.maketrans("\uf8f0\uf8f1\uf8f2\uf8f3", _REPLACED * 4),
    "euc-kr": {},
}
_EUROS = {"gbk": b"\x80", "gb18030": b"\x80", "big5": b"\xa3\xe1"}
_ESCAPE = re.compile(rb"\x1b(\([BJI]|\$[@B])")
_PLAIN, _ROMAN, _KANA = b"(B", b"(J", b"(I"
_YEN = {0x5C: "\xa5", 0x7E: "\u203e"}
_THREE = 0x8F  # leads three bytes in EUC-JP
# The 94 codes of a set, which ISO-2022-JP writes with seven bits and EUC-JP with eight.
_EIGHT_BITS = bytes(code | _HIGH if 0x20 < code < 0x7F else code for code in range(256))  # noqa: PLR2004
_HIGH_CODE = re.compile(rb"[\xa1-\xfe]")


def decode_as(data: bytes, encoding: str) -> tuple[str, int]:
    """Return the text, and how many U+FFFD stand for what could not be decoded."""
    if encoding == "replacement":  # (Encoding section 14.1)
        return (_REPLACED, 1) if data else ("", 0)
    if encoding == "x-user-defined":
        return "".join(chr(byte if byte < _HIGH else _USER_DEFINED + byte) for byte in data), 0
    if encoding in _TABLES:
        text, _ = codecs.charmap_decode(data, "strict", _table(encoding))
        return text, text.count(_REPLACED)
    if encoding == "iso-2022-jp":
        text = "".join(_segments(data))
        return text, text.count(_REPLACED)
    name = _CODECS.get(encoding, encoding)
    letters = _LETTERS.get(encoding)
    if letters is not None:
        text = data.decode(name, f"mend-{encoding}").translate(letters)
    else:
        try:
            return data.decode(name), 0
        except UnicodeDecodeError:
            text = data.decode(name, "replace")
    # Some multi-byte text holds U+FFFD of its own; counting it too errs to caution.
    return text, text.count(_REPLACED)


def _mend(encoding: str, error: UnicodeError) -> tuple[str, int]:
    """Return what stands for bytes that a multi-byte codec does not know, and where they end."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    data, at = error.object, error.start
    euro = _EUROS.get(encoding, b"")
    if euro and data.startswith(euro, at):
        return "\u20ac", at + len(euro)
    if encoding == "euc-jp":
        if data[at] == _THREE:
            return _REPLACED, at + _length(data[at : at + 3])
        if known := _of_shift_jis(data[at : at + 2]):
            return known, at + 2
    return _REPLACED, at + _length(data[at : at + 2])


def _length(letter: bytes) -> int:
    """Return how many of the bytes of an unknown letter go with it: an ASCII byte never does."""
    if not 0x80 < letter[0] < 0xFF:  # noqa: PLR2004 - no lead byte
        return 1
    return next((at for at, byte in enumerate(letter) if byte < _HIGH), len(letter))


def _of_shift_jis(pair: bytes) -> str:
    """Return a letter of JIS X 0208 that only Python's Shift_JIS has (NEC's rows, IBM's)."""
    if min(pair, default=0) < 0xA1 or max(pair) > 0xFE or len(pair) < 2:  # noqa: PLR2004
        return ""
    row, cell = pair[0] - 0xA1, pair[1] - 0xA1
    lead = row // 2 + (0x81 if row < 62 else 0xC1)  # noqa: PLR2004 - JIS X 0208 annex 1
    trail = cell + 0x9F if row % 2 else cell + 0x40 + (cell >= 63)  # noqa: PLR2004
    letter = bytes((lead, trail)).decode("cp932", "replace")
    return letter if _REPLACED not in letter else ""


for _encoding in _LETTERS:
    codecs.register_error(f"mend-{_encoding}", partial(_mend, _encoding))


def _segments(data: bytes) -> Iterator[str]:
    """Yield the text between the escapes of ISO-2022-JP (Encoding section 12.2.1)."""
    state = _PLAIN
    for number, part in enumerate(_ESCAPE.split(data)):
        if number % 2:
            state = part
        elif state in (_PLAIN, _ROMAN):
            text = part.decode("ascii", "replace")
            yield text.translate(_YEN) if state == _ROMAN else text
        elif state == _KANA:
            kana = _HIGH_CODE.sub(b"\x8e\\g<0>", part.translate(_EIGHT_BITS))
            yield decode_as(kana, "euc-jp")[0]
        else:
            yield decode_as(part.translate(_EIGHT_BITS), "euc-jp")[0]


@lru_cache(maxsize=64)
def _table(encoding: str) -> str:
    codec = _TABLES[encoding]
    patches = _PATCHES.get(encoding, {})
    letters = []
    for byte in range(256):
        letter = bytes((byte,)).decode(codec, "replace")
        if letter == _REPLACED and _HIGH <= byte < 0xA0:  # noqa: PLR2004 - the C1 range
            letter = chr(byte)
        letters.append(patches.get(byte, letter))
    return "".join(letters)
