"""What elements within a line add to its text: quotation marks, raised and lowered signs, emoji.

A browser draws these; a text that leaves them out says something else: "10" and a raised "6" are
no 106, and a smiley is a word. Signs that point at something else, notes and permalinks, go.
"""

# ruff: noqa: RUF001 - the signs of many languages
from __future__ import annotations

import re
import unicodedata
from typing import Final

from crawler.core.content.html import formulas
from crawler.core.content.html.byte_scan import holds
from crawler.core.content.html.markup import attributes_of
from crawler.core.content.html.tags import words

# --- quotation marks ----------------------------------------------------------------------

# By language, outer and inner (CLDR 44, delimiters); others are written as in English.
_MARKS: Final = {
    code: tuple(marks.split("|"))
    for codes, marks in {
        "de cs sk sl bg is lt lb et ka": "„|“|‚|‘",
        "pl ro hr bs hu sr mk": "„|”|‚|’",
        "fr oc": "« | »|‹ | ›",
        "es pt-pt it el ca gl ru uk be hy eu nb no nn fa ps tk az": "«|»|“|”",
        "de-ch fr-ch it-ch": "«|»|‹|›",
        "da sv fi he": "”|”|’|’",
        "ja zh-tw zh-hk zh-hant": "「|」|『|』",
    }.items()
    for code in codes.split()
}
_ENGLISH: Final = ("“", "”", "‘", "’")
QUOTES: Final = "\"'“”„‟«»‹›‘’‚‛「」『』"

OPENING: Final = '"“„‟«‹‘‚「『'


def marks_of(language: str, depth: int) -> tuple[str, str]:
    """Return the marks around a quotation that stands in `depth` others."""
    code = language.strip().lower().replace("_", "-")
    parts = code.split("-")
    found = _MARKS.get(code) or _MARKS.get("-".join(parts[:2])) or _MARKS.get(parts[0])
    marks = found or _ENGLISH
    return (marks[2], marks[3]) if depth % 2 else (marks[0], marks[1])


# --- raised and lowered signs -------------------------------------------------------------

# What else than sup and sub raises and lowers: a style, or a class that says so in a whole word.
LIFTS: Final = (b"vertical-align", b"superscript", b"subscript", b'class="sup"')
_LIFTED: Final = re.compile(
    rb' style="[^"]*vertical-align\s*+:\s*+(su(?:per|b))\b'
    rb'|class="(?:(?:[^"]*[ _-])?(su(?:per|b))script["\s]|(sup)")'
)
PLAIN: Final = ""  # the signs go on with the word
DROPPED: Final = "-"  # the signs point at a note
APART: Final = " "  # a text of its own in small letters
_NOTE_SIGNS: Final = frozenset("*†‡§¶‖※⁂#✝✱")
_NUMBERS: Final = re.compile(r"[+\-−–±]?[0-9]++(?:[.,][0-9]++)?+[+\-−–]?\Z")
_SEVERAL: Final = re.compile(r"[0-9]{1,3}(?:\s?[,;–-]\s?[0-9]{1,3})+\Z")
_FEW: Final = re.compile(r"[1-9][0-9]?\Z")  # notes are numbered so
_SIMPLE: Final = re.compile(r"[+\-−–±]?\w+(?:[.,]\w+)?[+\-−–]?\Z|[+\-−–±*∘°′]\Z")
_NOTE: Final = re.compile(
    r"\(?(?:[0-9]{1,4}+|[ivxIVX]{3,6}+|[a-zA-Z]{1,2}+)\)?+"
    r"(?:\s?+[,;–-]\s?+(?:[0-9]{1,4}+|[ivxIVX]{3,6}+|[a-zA-Z]{1,2}+))*+\Z"
)
_POINTS_AT_NOTE: Final = re.compile(
    r"reference|footnote|fnref|endnote|noteref|cite|noprint|citation|sidenote|\bfn\b|\bref\b"
)
# Sentences end before a note; a power stands behind a letter, a digit or a bracket.
_ENDS: Final = frozenset(".,;:!?…。，、；：！？»”’\"'")
_ORDINALS: Final = words(
    "st nd rd th er re ère ere ème eme nde me de ste te ième os as a o e è h ª º ers res es "
    "nds ths ός ή ό η го й я ый го ая"
)
# Behind one to three letters: Mme, No, Dr, Mgr, Cie.
_ABBREVIATED: Final = words("me mes lle lles gr r rs t te ve ie o os e er re ère")
_COUNTED: Final = words("st nd rd th")
# A power of ten; the slashes of fractions.
_TEN: Final = re.compile(r"(?<![0-9.,])10\s\Z")
SLASHES: Final = "/\u2044\u2215"
_MARKED: Final = {"TM": "™", "SM": "℠"}
# Before or as a word that has a power. All others behind long words, on pages of many kinds, were
# notes.
_RECKONS: Final = frozenset("=+×·∗∙√≈≤≥∝")
_MEASURES: Final = re.compile(
    r"(?:(?:kilo|hecto|deca|deci|centi|milli|micro|nano)?"
    r"(?:meters?|metres?|mètres?|metros?|metri|метр(?:а|ов)?)|miles?|foot|feet|inch(?:es)?|yards?"
    r"|pixels?|sinh|cosh|tanh|coth|arcsin|arccos|arctan|alpha|beta|gamma|delta|theta|lambda|sigma"
    r"|omega)\Z",
    re.IGNORECASE,
)
_SHORT: Final = 3  # letters of what is abbreviated
_LONGEST: Final = 24  # characters of a raised sign


def lifts(head: bytes) -> bytes:
    """Return b"sub" or what begins with b"sup" for a start tag that lowers or raises its text."""
    found = _LIFTED.search(head)
    return (found[1] or found[2] or found[3]) if found else b""


def sign_of(base: str, text: str, head: str, *, raised: bool, linked: bool) -> str:
    """Return what stands between a word and what is raised or lowered behind it.

    `base` is the text before, `head` the start tag, `linked` whether it is a link and no more.
    PLAIN, DROPPED, APART, a sign, a sign and a brace to be closed, or "=" and what to write.
    """
    bare = text.strip()
    if not bare:
        return PLAIN
    if raised and _is_note(base, bare, head, linked=linked):
        return DROPPED
    if not base:
        return PLAIN
    if base[-1].isspace():
        return "^" if raised and _TEN.search(base) and _NUMBERS.match(bare) else PLAIN
    if not raised and base[-1] in SLASHES:  # a fraction
        return PLAIN
    if raised and (written := _joined(base, bare)) is not None:
        return written
    if len(bare) > _LONGEST or bare.count(" ") > 1 or (" " in bare and bare[0].isalpha()):
        return APART
    sign = "^" if raised else "_"
    return sign if _SIMPLE.match(bare) else sign + "{"


def _is_note(base: str, text: str, head: str, *, linked: bool) -> bool:
    if text[0] == "[" and text[-1] == "]" and len(text) <= 2 * _LONGEST:
        return True
    word = _last_word(base)
    if _NOTE_SIGNS.issuperset(text):
        return len(word) != 1
    if not _NOTE.match(text) and not _SEVERAL.match(text):
        return False
    if linked or _POINTS_AT_NOTE.search(head):
        return True
    if not text[0].isdigit():
        return False
    if base[-1:] in _ENDS:
        return True
    if not word.isalpha():
        return False
    if _SEVERAL.match(text) is not None:
        return len(word) > 2  # noqa: PLR2004
    return len(word) > _SHORT and _FEW.match(text) is not None and not _is_unit(base, word, text)


def _is_unit(base: str, word: str, text: str) -> bool:
    """Whether a word is measured or reckoned with, in squares or cubes: 5 metres^2, = side^2."""
    if text not in ("2", "3"):
        return False
    before = base[: -len(word)].rstrip()[-1:]
    return before.isdigit() or before in _RECKONS or _MEASURES.match(word) is not None


def _joined(base: str, text: str) -> str | None:
    """Return PLAIN or what to write if the text is no power but a part of the word before."""
    if text in _MARKED:
        return f"={_MARKED[text]}"
    if len(text) == 1 and unicodedata.category(text) in ("So", "Sk", "Lo") and not text.isalpha():
        return PLAIN
    if text in ("ª", "º", "®", "™", "℠", "©", "°", "′", "″"):
        return PLAIN
    word = _last_word(base)
    low = text.lower().rstrip(".")
    if base[-1].isdigit():
        return PLAIN if low in _ORDINALS else None
    if text in _COUNTED and (len(word) == 1 or base[-1] == ")"):  # the nth, the (k+1)st
        return PLAIN
    short = 0 < len(word) <= _SHORT and (word[0].isupper() or word == "n")
    if short and text.rstrip(".") in _ABBREVIATED:
        return PLAIN
    return None


def _last_word(text: str) -> str:
    at = len(text)
    while at and text[at - 1].isalnum():
        at -= 1
    return text[at:]


# --- images that are words ----------------------------------------------------------------

# In a class, an id or the end of an address.
_SMILEY: Final = re.compile(
    rb' (?:class|id|src)="[^"]*(?:emoji|smile|smili|emoticon|inlineimg)', re.IGNORECASE
)
_LONGEST_ALT: Final = 24  # characters of a smiley
_JOINS: Final = frozenset("\u200d\ufe0e\ufe0f\u20e3")


def word_of(head: bytes, alt: str) -> str:
    """Return what an image says within a line, an emoji or a formula; mostly ""."""
    if not alt:
        return formulas.of_address(attributes_of(head)) if holds(head, b"tex") else ""
    if _may_be_tex(alt):
        attributes = attributes_of(head)
        look = f"{attributes.get('class', '')} {attributes.get('id', '')}"
        if formula := formulas.of_image(look, alt, attributes.get("src", "")):
            return formula
    if len(alt) > _LONGEST_ALT or "\n" in alt:
        return ""
    if not alt.isascii() and _is_emoji(alt):
        return alt
    named = holds(head, b"moji") or holds(head, b"mil") or holds(head, b"moticon")
    named = named or holds(head, b"inlineimg")
    return alt if named and _SMILEY.search(head) else ""


def _may_be_tex(alt: str) -> bool:
    return (
        "\\" in alt or "$" in alt or "^" in alt or "_" in alt or "=" in alt or "+" in alt
        or len(alt) == 1
    )  # fmt: skip


def _is_emoji(text: str) -> bool:
    """Whether a text is pictures only: symbols, what joins them, digits in a key."""
    shown = False
    for sign in text:
        if sign in _JOINS or sign in "#*0123456789":
            continue
        code = ord(sign)
        if unicodedata.category(sign) == "So" and (code >= 0x2300 or sign in "©®"):  # noqa: PLR2004
            shown = True
        elif not (
            0x1F3FB <= code <= 0x1F3FF  # noqa: PLR2004 - skin tones
            or 0xE0020 <= code <= 0xE007F  # noqa: PLR2004 - flags of regions
            or code in (0x203C, 0x2049, 0x2194, 0x2195, 0x2934, 0x2935)
            or sign.isspace()
        ):
            return False
    return shown or "\u20e3" in text


# --- links to where they stand ------------------------------------------------------------

LONGEST_SIGN: Final = 12  # bytes of the text of such a link
_SIGNS: Final = frozenset("¶#§🔗⚓∞☍⎘⚑↩↑^⤴⏎🖇\u2693\ufe0e\ufe0f\u200b\u200c\u2060[]")
_CITED: Final = re.compile(r"\[[0-9]{1,4}\]\Z")
_NOTED: Final = re.compile(rb' href="[^"#]{0,400}#_?(?:fn|ftn|footnote|endnote|cite_note)')


def is_pointer(text: str, head: bytes) -> bool:
    """Whether a link is a sign to itself, to a note or back, and no word of the text."""
    if holds(head, b"ote") and (
        b"noteref" in head or b"footnote-ref" in head or b"FootnoteReference" in head
    ):
        return True
    bare = text.strip()
    if not bare or bare[0].isalpha():
        return False
    if _SIGNS.issuperset(bare) or (len(bare) == 1 and unicodedata.category(bare) == "Co"):
        return b"#" in head
    return _CITED.match(bare) is not None and b'href="#' in head


def is_note_number(text: str, head: bytes) -> bool:
    """Whether a link is but the number of a note: glued to a word it is a sign too."""
    return text.strip().isdecimal() and _NOTED.search(head) is not None
