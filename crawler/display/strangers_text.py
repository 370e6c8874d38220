"""Text of others on a page: nothing that is obeyed, hidden, or turns what stands around it.

Escaping is the template's and the charts' own; this is about what stays harmful when escaped.
"""

from __future__ import annotations

import unicodedata

_INSTEAD = "\N{REPLACEMENT CHARACTER}"
# Controls, formats (directions of writing among them), halves of pairs, private letters.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS = frozenset("\u200c\u200d")  # words of many languages are misspelt without them
_MARKS = 3  # combining marks on one letter; more only climb over other lines


def plain(text: str, most: int = 120) -> str:
    """Return `text` on one line, at most `most` characters, with what is not seen made visible."""
    shown: list[str] = []
    marks = 0
    for char in text[: 4 * most]:
        kind = unicodedata.category(char)
        marks = marks + 1 if kind in {"Mn", "Me"} else 0
        if marks > _MARKS:
            continue
        if char.isspace():
            shown.append(" ")
        else:
            shown.append(_INSTEAD if kind in _UNSEEN and char not in _JOINERS else char)
    line = " ".join("".join(shown).split())
    return line if len(line) <= most else line[: most - 1] + "\N{HORIZONTAL ELLIPSIS}"
