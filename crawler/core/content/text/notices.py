"""Notices in place of a text: enable JavaScript, accept cookies, update the browser, log in.

Told by their words in forty-odd languages, which stand in `notice_words.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib.resources import files
from typing import Final, TypeAlias

from ahocorasick_rs import AhoCorasick

from crawler.core.outcome import (
    NEEDS_BROWSER,
    NEEDS_CONSENT,
    NEEDS_LOGIN,
    NEEDS_SCRIPT,
    SHELLS,
)

# Characters of a notice: what is longer is a text about such things.
_LONGEST: Final = {NEEDS_SCRIPT: 300, NEEDS_CONSENT: 1_500, NEEDS_BROWSER: 300, NEEDS_LOGIN: 130}
_SHORT: Final = 60  # characters of what only says that the page is on its way
# A part of the page that only works with scripts; the rest is there.
_OF_A_PART: Final = re.compile(
    r"comments? powered|spam\b|protected from"
    r"|\b(?:view|display|see|play|use|watch|load) (?:the |this |our )?"
    r"(?:comment|map|video|form|e-?mail|slide|gallery|poll|chart|player|calculator|\w+ finder"
    r"|search|calendar|widget|graph|feature|function|tool|table|quiz|timeline|chat|list|filter)"
    r"|\b(?:log|sign)(?:ged|ed)? in to (?:edit|comment|reply|post|vote|rate|like|follow|ask|answer"
    r"|leave|add|join|use this endpoint|reserve|book|order|buy|pay|renew|upload|register|submit"
    r"|save|create|apply|enrol|subscribe|manage|track)"
    r"|kommentare|commentaires|comentarios|comentários|commenti|reacties|комментари"
)
_Words: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]

_DATA: dict[str, dict[str, list[str]]] = tomllib.loads(
    files("crawler.core.content.text").joinpath("notice_words.toml").read_text(encoding="utf-8")
)


def _parted(words: list[str]) -> _Words:
    """Return the words in ASCII, and the others."""
    return (
        tuple(word for word in words if word.isascii()),
        tuple(word for word in words if not word.isascii()),
    )


# In this order: what needs a script mostly names the browser too.
_KINDS: Final[tuple[tuple[str, _Words, _Words], ...]] = tuple(
    (code, _parted(_DATA[code]["names"]), _parted(_DATA[code]["asks"])) for code in SHELLS
)
_NAMES: Final = {code: names for code, names, _ in _KINDS}
_ALL_NAMES: Final = AhoCorasick(
    [word for names in _NAMES.values() for word in (*names[0], *names[1])]
)
_ASKS: Final = {code: asks for code, _, asks in _KINDS}
_WAITING: Final = _parted(_DATA["waiting"]["names"])
_QUESTIONS: Final = tuple(_DATA["topic"]["names"])
_IN_QUESTIONS: Final = _parted(_DATA["topic"]["holds"])
_LISTINGS: Final = _parted(_DATA["listing"]["names"])


def notice_of(text: str) -> str:
    """Return the code of the notice that a block of text is, "" if it is none."""
    size = len(text)
    if size > _LONGEST[NEEDS_CONSENT]:
        return ""
    low = text.lower()
    if not _ALL_NAMES.find_matches_as_indexes(low):  # most texts name none of all these
        return ""
    for code, names, asks in _KINDS:
        if size > _LONGEST[code]:
            continue
        if _holds(low, names) and _holds(low, asks) and not _OF_A_PART.search(low):
            return code
    return ""


def named_in(texts: Iterable[str], code: str) -> bool:
    """Whether what a notice of a kind asks for is named in one of the texts, such as a title."""
    return any(_holds(text.lower(), _NAMES[code]) for text in texts)


def explains(heading: str, code: str) -> bool:
    """Whether such things are explained or listed under a heading: "How do I ...?", "FAQ".

    A question that does not name them, such as "What happened?", may head a notice.
    """
    low = heading.strip().lower()
    if _holds(low, _LISTINGS):
        return True
    asks = low.startswith(_QUESTIONS) or _holds(low, _IN_QUESTIONS)
    return asks and _holds(low, _NAMES[code])


def answers(text: str, code: str) -> bool:
    """Whether a button or link answers a notice of a kind, such as "Accept all"."""
    return len(text) <= _SHORT and _holds(text.lower(), _ASKS[code])


def is_waiting(text: str, *, heading: bool = False) -> bool:
    """Whether a text only says that the page is on its way.

    A `heading` that goes on is about something else: "Loading docks".
    """
    if len(text) > _SHORT or not _holds(text.lower(), _WAITING):
        return False
    bare = text.rstrip(" .…\u3002")
    return bare != text or not heading or _is_one_of(bare.lower(), _WAITING)


def _is_one_of(low: str, words: _Words) -> bool:
    return low in words[0] or low in words[1]


def _holds(low: str, words: _Words) -> bool:
    # Quicker than one expression with as many branches.
    for word in words[0]:
        if word in low:
            return True
    if not low.isascii():
        for word in words[1]:
            if word in low:
                return True
    return False
