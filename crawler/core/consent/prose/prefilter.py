"""Whether a text can have a topic at all: one pass over it as it stands.

The words of the topics, as people type them: with their marks, without, and with `ae` for `ä`.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from ahocorasick_rs import AhoCorasick

from crawler.core.consent.prose.lexicon import entries

# Any topic has a word of one of these classes; "model" and "build" only go with one that does.
_TOPICS = frozenset({"mine", "ml", "ai", "train", "input", "scrape", "auto"})
_LAWS = (
    "2019/790", "44b", "44 b", "60d", "122-5-3", "70-ter", "70-quater", "70 ter", "70 quater",
    "15n", "15o", "42h", "35/a", "67.3", "24/2021", "26³", "39c", "57b", "dsm", "4(3)", "4 (3)",
)  # fmt: skip
_SYLLABLE = 4  # characters of a word too common to stand for its phrase
_SHORT = 3  # characters: shorter words are sought with what may stand around them
_BEFORE = " \n\"'“„«([-/’:"
_AFTER = " \n.,;:!?\"'”»)]-/’"
# Short for artificial intelligence in capitals; in small letters many languages have other words.
_CAPITALS = ("AI", "A.I.", "ＡＩ")
_SMALL = (" no ai", " for ai", "not ai", " by ai", " in ai ", " into ai", "kein ai", "ai-")
# What hides a word lets its text pass: combining marks, soft hyphens, zero-width characters.
_HIDDEN = (*map(chr, range(0x300, 0x345)), "\u00ad", "\u200b", "\u2060", "\ufeff")
_TYPED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "æ": "ae", "ø": "oe", "å": "aa", "œ": "oe"}
)
_PLAIN = str.maketrans({"ø": "o", "æ": "ae", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "œ": "oe"})


def may_speak(text: str) -> bool:
    """Tell in microseconds whether `text` may speak of mining, training or scraping."""
    return any(short in text for short in _CAPITALS) or bool(
        _gate().find_matches_as_indexes(f" {text.lower()} ")
    )


@cache
def _gate() -> AhoCorasick:
    stems: dict[str, None] = dict.fromkeys([*_LAWS, *_HIDDEN, *_SMALL])
    for word in {_rarest(word) for *_, word in entries(_TOPICS)}:
        if word.isupper() or word == "ai":
            continue
        typed = () if word.isascii() else (word.translate(_TYPED), _unmarked(word))
        for form in dict.fromkeys((word, *typed)):
            if len(form) <= _SHORT and form.isalpha() and form.upper() != form:
                stems.update(dict.fromkeys(f"{a}{form}{b}" for a in _BEFORE for b in _AFTER))
            else:
                stems[form] = None
    return AhoCorasick(list(stems))


def _rarest(word: str) -> str:
    """Return the part of a phrase that is sought: its longest word, if that is a long one."""
    longest = max(word.replace("*", "").split("_"), key=len)
    phrase = word.replace("*_", "_").strip("*").replace("_", " ")
    return longest if len(longest) > _SYLLABLE or "*_" in word else phrase


def _unmarked(text: str) -> str:
    plain = unicodedata.normalize("NFD", text)
    return unicodedata.normalize(
        "NFC", "".join(c for c in plain if not "\u0300" <= c <= "\u036f")
    ).translate(_PLAIN)
