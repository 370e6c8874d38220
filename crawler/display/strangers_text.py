"""Text of strangers as it may stand on a page: nothing in it is obeyed, hidden or endless.

Escaping is the templates' and the charts' own; this is about what stays harmful when it is
escaped: control characters that a terminal would obey once copied, marks that turn the direction
of what stands around them, letters that are not seen, and length.
"""

from __future__ import annotations

import unicodedata

_INSTEAD = "\N{REPLACEMENT CHARACTER}"
_PICTURES = 0x2400  # Unicode's pictures of the control characters below U+0020
_DELETE, _PICTURE_OF_DELETE = 0x7F, "\N{SYMBOL FOR DELETE}"
# Controls, formats, halves of pairs, private and unassigned letters, separators of lines.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Words of many languages, and faces, are misspelt without the joiners. Marks that only say in
# which direction one letter counts turn nothing else.
_LEFT_AS_THEY_ARE = frozenset("\u200c\u200d\u200e\u200f\u061c\u00ad")
_MARKS = 4  # combining marks on one letter; more only climb over other lines
_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


class _Shown(dict[int, str]):
    """What each character is shown as, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = shown = _shown(chr(code), code)
        return shown


def _shown(char: str, code: int) -> str:
    if char in "\t\n":
        return char
    if code < ord(" "):
        return chr(_PICTURES + code)
    if code == _DELETE:
        return _PICTURE_OF_DELETE
    if char in _LEFT_AS_THEY_ARE or unicodedata.category(char) not in _UNSEEN:
        return char
    if unicodedata.category(char) == "Cf":
        return f"[U+{code:04X}]"
    return " " if char.isspace() else _INSTEAD


_TABLE = _Shown()


def block(text: str) -> str:
    """Return a text of several lines with what is not seen made visible."""
    shown = text.replace("\r\n", "\n").translate(_TABLE)
    return shown if shown.isascii() else _without_towers(shown)


def one_line(text: str, most: int = 120) -> str:
    """Return the beginning of a text on one line, at most `most` characters."""
    begun = text[: 4 * most]
    shown = block(" ".join(begun.split()))
    if len(begun) == len(text) and len(shown) <= most:
        return shown
    return shown[: most - 1] + _ELLIPSIS


def _without_towers(text: str) -> str:
    kept, marks = [], 0
    for char in text:
        marks = marks + 1 if unicodedata.category(char) in {"Mn", "Me"} else 0
        if marks <= _MARKS:
            kept.append(char)
    return "".join(kept)
