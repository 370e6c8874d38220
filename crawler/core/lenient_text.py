"""Text as its author meant it: without the marks that nobody sees, and lists however parted.

For reading refusals out of what people typed, pasted and ran through editors. Nothing here may
be used to read a grant.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from crawler.core.late_expressions import late

_QUOTES = (
    "\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2032\u2033\u2039\u203a\u00ab\u00bb\u00b4"
    "\u300c\u300d\u300e\u300f"
)
_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d"
_COMMAS = "\u3001\u060c\u00b7\u2022\uff64\u2024\u30fb\u2027\uff65\u204f\u061b"
_COLONS = "\ufe55\ua789\u2236\u02d0\ufe13\u05c3\u0589"
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u200b\u200c\u200d\u200e\u200f"
    "\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u206a"
    "\u206b\u206c\u206d\u206e\u206f\ufeff\ufff9\ufffa\ufffb\ufffe\x00"
)
_BLANKS = "\u00a0\u1680\u2800\u3000\u3164\uffa0\u202f\u205f" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_TABLE: dict[int, str | None] = {
    **dict.fromkeys(map(ord, _QUOTES), '"'),
    **dict.fromkeys(map(ord, _HYPHENS), "-"),
    **dict.fromkeys(map(ord, _COMMAS), ","),
    **dict.fromkeys(map(ord, _COLONS), ":"),
    **dict.fromkeys(map(ord, _BLANKS), " "),
    **dict.fromkeys(map(ord, "\u2028\u2029\x85"), "\n"),
    **dict.fromkeys(map(ord, _UNSEEN), None),
    **dict.fromkeys(range(0xFE00, 0xFE10), None),  # variation selectors
    **dict.fromkeys(range(0xE0000, 0xE0080), None),  # tags
    # Octets of windows-1252 in what is read as UTF-8: they come as halves of surrogate pairs.
    0xDCA0: " ",
    0xDCAD: None,
    0xDC96: "-",
    0xDC97: "-",
    0xDC85: ",",
    **dict.fromkeys((0xDC82, 0xDC84, 0xDC91, 0xDC92, 0xDC93, 0xDC94, 0xDCAB, 0xDCBB), '"'),
}
_PLAIN_LIST = late(r"[\w\s:-]*", re.ASCII).fullmatch
_BETWEEN = late(r"[\s,;|+&\"'`<>()\[\]{}]+")
_AROUND = ".!?:*=/\\"
_FEW = 40  # characters of a list that is worth remembering


def fold(text: str) -> str:
    """Return `text` in plain letters: compatible forms as one, no marks that nobody sees."""
    if text.isascii():
        return text.replace("\x00", "")
    return unicodedata.normalize("NFKC", text.translate(_TABLE)).translate(_TABLE)


def words_of(text: str) -> list[str]:
    """Return the words of a list of names, such as a `rel`, in lower case.

    HTML parts them by blanks; they are also met parted by commas, semicolons and bars, and quoted.
    """
    return list(_few_words(text) if len(text) <= _FEW else _words(text))


def _words(text: str) -> tuple[str, ...]:
    if _PLAIN_LIST(text):
        return tuple(text.lower().split())
    words = [word.strip(_AROUND) for word in _BETWEEN.split(fold(text).lower())]
    return tuple([word for word in words if word])


# Pages say the same few of them over and over.
_few_words = lru_cache(maxsize=1_024)(_words)
