"""JSON-LD that is no JSON, with its texts taken out and everything else as it stands.

Readers differ in what they forgive. So nothing is mended here: brackets, keys, literals and
what is wrong with them stay, and only the content of strings goes.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from crawler.core.consent.rights_words import is_person, is_rights, names_rights
from crawler.core.late_expressions import late

_PIECE = late(
    r'(?P<string>"(?:[^"\\]|\\.)*+(?:"|\Z))'
    r"|(?P<entity>&quot;(?:[^&]|&(?!quot;))*+(?:&quot;|\Z))"
    r"|(?P<single>'[^'\\]*+'(?=\s*[:,}\]]))"
    r"|(?P<mark>(?://|/\*)?[ \t]*+(?:<!\[CDATA\[|\]\]>|<!--|-->)(?:\*/)?)"
    r"|(?P<comment>//[^\r\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/)?|(?m:^[ \t]*+\#[^\r\n]*+))"
    r"|(?P<bracket>[{}\[\]])|(?P<comma>,)|(?P<colon>:)|(?P<space>\s++)"
    r"|(?P<word>[^\s\"'{}\[\],:/<]++|.)",
    re.DOTALL,
)
_PAIR = late(
    r"([\"'])([\w@:/.#-]{1,200})\1\s*+:\s*+(\"(?:[^\"\\]|\\.)*+\"?|'[^'\\]*+'|[\w.?+-]{1,40})",
    re.DOTALL,
)
_KEY = late(r"[\w@:/.#-]{1,200}")
_COLON = late(r"\s*+:")
_INNER = late(r"[\"'&\\\n\r\t]")
_LITERAL = late(r"true|false|null|no|yes|-?[\d.]{1,30}|;", re.IGNORECASE)


def reduced(text: str, keep: Callable[[str, str], str]) -> str:
    """Return `text` with only those strings that are about rights, as `keep` shortens them."""
    walk = _Walk(text, keep)
    found = "".join(walk.out)
    if walk.odd:
        # Quotes within quotes: what is key and what is text cannot be told, but pairs can.
        found += "".join(f"\n{pair}" for pair in _pairs(text, keep) if pair not in found)
    return found if names_rights(found) else ""


def _pairs(text: str, keep: Callable[[str, str], str]) -> list[str]:
    found: dict[str, None] = {}
    for match in _PAIR.finditer(text):
        if is_rights(match[2]) and not is_person(match[2]):
            found[match[0] if match[3][0] not in "\"'" else _paired(match, keep)] = None
    return list(found)


def _paired(match: re.Match[str], keep: Callable[[str, str], str]) -> str:
    value = match[3]
    kept = keep(match[2], value[1:-1])
    return match[0] if kept == value[1:-1] else f'"{match[2]}":"{_INNER.sub(" ", kept)}"'


class _Walk:
    """One pass over the pieces; knows under which key it is."""

    def __init__(self, text: str, keep: Callable[[str, str], str]) -> None:
        self._keep = keep
        self._text = text
        self._key = ""
        # By depth: is it about rights, and the key that the items of a list stand under.
        self._open: list[tuple[bool, str]] = [(False, "")]
        self.odd = False
        self.out: list[str] = []
        for match in _PIECE.finditer(text):
            piece = self._piece(match.lastgroup, match)
            if piece != "?" or self.out[-1:] != ["?"]:
                self.out.append(piece)

    def _piece(self, kind: str | None, match: re.Match[str]) -> str:
        piece = match[0]
        if kind in ("string", "single", "entity"):
            return self._string(piece, "&quot;" if kind == "entity" else piece[0], match.end())
        if kind == "comment":
            return "/**/" if piece.startswith("/*") else piece.lstrip()[:1] + "\n"
        if kind == "bracket":
            self._bracket(piece)
        elif kind == "comma":
            self._key = self._open[-1][1]
        elif kind == "word" and not _LITERAL.fullmatch(piece):
            self.odd = True
            return "?"
        elif kind == "space" and self.out[-1:] == ["?"]:
            return "?"
        return piece

    def _bracket(self, piece: str) -> None:
        if piece in "{[":
            self._open.append((self._is_about(), self._key if piece == "[" else ""))
            self._key = self._open[-1][1]
            return
        if len(self._open) > 1:
            self._open.pop()
        self._key = self._open[-1][1]

    def _is_about(self) -> bool:
        return not is_person(self._key) and (self._open[-1][0] or is_rights(self._key))

    def _string(self, piece: str, quote: str, end: int) -> str:
        size = len(quote)
        ended = len(piece) >= 2 * size and piece.endswith(quote)
        self.odd |= not ended
        inner = piece[size:-size] if ended else piece[size:]
        if _COLON.match(self._text, end):
            self._key = inner
            return piece if _KEY.fullmatch(inner) else quote + _broken(inner) + quote
        if self._key == "@type" and _KEY.fullmatch(inner):
            return piece
        if not self._is_about():
            return quote + _broken(inner) + quote
        kept = self._keep(self._key, inner)
        return piece if kept == inner else quote + _INNER.sub(" ", kept) + _broken(inner) + quote


def _broken(text: str) -> str:
    """Return what makes a string with raw line ends one that some readers do not take."""
    return "\n" if any(mark in text for mark in "\n\r\t") else ""
