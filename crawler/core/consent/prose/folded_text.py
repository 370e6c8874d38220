"""Text and tables folded alike, so that a word matches however it was typed.

NFKC, case, marks, `ae` for `ä`, zero-width characters, curly quotes, foreign digits. What is left
are words between single spaces, `, : ;` as words of their own, and no other punctuation. Scripts
written without spaces lose those between their characters and get one beside Latin words.
"""

from __future__ import annotations

import re
import unicodedata

from crawler.core.late_expressions import late

_CONTRACTED = ("cannot", "can not"), ("n't", " not"), ("i.a.", "ia"), ("k.i.", "ki")
# Short for artificial intelligence in capitals, another word in some language without them: they
# keep a sign of it. Hungarian "MI", Czech "UI", Lithuanian "DI", Italian "ai".
CAPITALS = "¤"
_SHORT = "AI MI UI DI SI DA TI YZ AA IS HI ВИ ЖИ".split()  # noqa: SIM905
# Each begins with its letters: an expression that looks behind first is tried at every character.
_ABBREVIATED = late(
    r"A\.I\.(?<![^\W\d_]A\.I\.)|" + "|".join(rf"{x}(?<![^\W\d_]{x})(?![A-Za-zА-я])" for x in _SHORT)
)
_SAME = {
    # Latin letters that no decomposition parts from their strokes
    "ø": "o", "æ": "a", "œ": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i",
    "ŋ": "n", "ə": "a", "ß": "ss",
    # one letter, several code points, in the languages of the Arabic script
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه",
    "ہ": "ه", "ۀ": "ه", "ھ": "ه", "ە": "ه", "ۃ": "ه", "ؤ": "و", "ئ": "ي", "ـ": "",
    # quotes and brackets part words, they mean nothing
    **dict.fromkeys('"“”„«»‹›()[]{}<>*_=#/&+~^|\\@™®©', " "),
    **dict.fromkeys("।॥۔؟።՞՜", " "),
    **dict.fromkeys("’‘ʼ`´′‛׳", "'"),
    **dict.fromkeys("‐‑‒–—―־", "-"),
    **dict.fromkeys("、،՝", ","),
    "؛": ";", "：": ":", "・": "", "׃": ":",
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u061c", ""),
}  # fmt: skip
_OTHERWISE = late(f"[{re.escape(''.join(_SAME))}]")  # faster than `translate`
# Marks that are stripped; the vowel signs of Indic scripts and of Thai are letters and stay.
_MARKS = late("[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u0655\u0670]")
_SPELT = late("a[ae]|oe|ue")
_SPACED_DASH = late(r"(?<=\s)-+(?=\s)")
_SOLID = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_ANY_SOLID = late(f"[{_SOLID}]")
_GAP = late(f"(?<=[{_SOLID}]) (?=[{_SOLID}])")
_SEAM = late(f"(?<=[{_SOLID}])(?=[a-z0-9])|(?<=[a-z0-9¤])(?=[{_SOLID}])")
_STOPS = (",", " , "), (":", " : "), (";", " ; ")
_OTHER = late(r"[^\w\s,:;§'¤\u0300-\u0fff\u1000-\u109f\u1780-\u17ff]")


def fold(text: str) -> str:
    """Return `text` folded, with a space at either end."""
    text = unicodedata.normalize("NFKC", text)
    text = _ABBREVIATED.sub(lambda found: found[0].replace(".", "") + CAPITALS, text)
    text = _OTHERWISE.sub(_same, text.casefold())
    if not text.isascii():
        text = _OTHERWISE.sub(_same, _MARKS.sub("", unicodedata.normalize("NFD", text)))
        text = unicodedata.normalize("NFC", text)
        for digit in [c for c in set(text) if c.isdigit() and not c.isascii()]:
            text = text.replace(digit, _digit(digit))
    for written, meant in _CONTRACTED:
        text = text.replace(written, meant)
    text = _SPACED_DASH.sub(",", text).replace("'", " ")
    text = _OTHER.sub(" ", text)
    text = _SPELT.sub(_first, text)
    for stop, apart in _STOPS:
        text = text.replace(stop, apart)
    if _ANY_SOLID.search(text):
        text = _GAP.sub("", _SEAM.sub(" ", " ".join(text.split())))
    return f" {' '.join(text.split())} "


def solid(text: str) -> bool:
    """Tell whether `text` is written in a script without spaces between words."""
    return _ANY_SOLID.search(text) is not None


def _same(found: re.Match[str]) -> str:
    return _SAME[found[0]]


def _first(found: re.Match[str]) -> str:
    return found[0][0]


def _digit(character: str) -> str:
    value = unicodedata.digit(character, -1)
    return str(value) if value >= 0 else character
