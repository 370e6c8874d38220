"""Letters and signs of the font Symbol, which office programs write by its own codes."""

# ruff: noqa: RUF001 - they look like others
from __future__ import annotations

_GREEK = (
    "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ",  # in place of A to Z
    "αβχδεφγηιϕκλμνοπθρστυϖωξψζ",  # in place of a to z
)
_SIGNS = {
    0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x2D: "−", 0x40: "≅", 0x5C: "∴", 0x5E: "⊥",
    0x7E: "∼", 0xA2: "′", 0xA3: "≤", 0xA5: "∞", 0xA6: "ƒ", 0xAB: "↔", 0xAC: "←", 0xAD: "↑",
    0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB5: "∝",
    0xB6: "∂", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC0: "ℵ",
    0xC4: "⊗", 0xC5: "⊕", 0xC6: "∅", 0xC7: "∩", 0xC8: "∪", 0xC9: "⊃", 0xCA: "⊇", 0xCC: "⊂",
    0xCD: "⊆", 0xCE: "∈", 0xCF: "∉", 0xD0: "∠", 0xD1: "∇", 0xD5: "∏", 0xD6: "√", 0xD7: "⋅",
    0xD8: "¬", 0xD9: "∧", 0xDA: "∨", 0xDB: "⇔", 0xDC: "⇐", 0xDE: "⇒", 0xE1: "〈", 0xE5: "∑",
    0xF1: "〉", 0xF2: "∫",
}  # fmt: skip
_PRIVATE = 0xF000  # the codes of symbol fonts stand here in Unicode's private use
_CODES = {ord(first) + at: letter for first, row in zip("Aa", _GREEK, strict=True)
          for at, letter in enumerate(row)} | _SIGNS  # fmt: skip
_MEANT = _CODES | {_PRIVATE + code: letter for code, letter in _CODES.items()} | {
    _PRIVATE + code: chr(code) for code in range(0x20, 0x7F) if code not in _CODES
}  # fmt: skip
_NAMES = frozenset({"symbol", "symbolmt", "opensymbol"})
_NO_LETTERS = dict.fromkeys(range(_PRIVATE, _PRIVATE + 0x100))


def read(text: str, font: str) -> str:
    """Return what a text in that font shows; pictures of other fonts of symbols are none."""
    if font.lower().replace(" ", "") in _NAMES:
        return text.translate(_MEANT)
    return text if text.isascii() else text.translate(_NO_LETTERS)


def sign(code: str, font: str) -> str:
    """Return the sign of that code, in hexadecimal, of a font, "" for a picture."""
    try:
        return read(chr(int(code, 16)), font)
    except (ValueError, OverflowError):
        return ""
