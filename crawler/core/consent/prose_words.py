"""The vocabulary of written reservations, compiled from prose.toml."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import Any

_DATA: dict[str, Any] = tomllib.loads(
    files("crawler.core.consent").joinpath("prose.toml").read_text(encoding="utf-8")
)


def _pattern(key: str) -> str:
    words = _DATA["words"]
    fragments = [item for language in _DATA["language"] for item in language[key]]
    joined = "|".join(fragments)
    for name, alternatives in words.items():
        joined = joined.replace("{" + name + "}", f"(?:{alternatives})")
    return joined


TOPIC = re.compile(_pattern("topics"))
REFUSAL = re.compile(_pattern("refusals"))
# "no" close before a topic: "no AI training", "no text and data mining".
NO_TOPIC = re.compile(
    r"\b(?:(?:no(?! code\b)|non|keine?|pas de|sin|geen|ingen|inga|sem|senza)\s|pas d['\u2019])"
    r"(?:[\w'\u2019-]+ ){0,3}?(?:d['\u2019])?"
    r"(?:ai|ki|ia|llm|ml|tdm|text|data|machine|training|generative)\b"
)
# Says nothing of mining or training by itself, unless it goes on to name them.
ALL_RIGHTS = re.compile(rf"(?:{_pattern('rights')})(?!\W{{0,3}}(?:{_pattern('including')}))")
# Lifts what the word in it would say: "is not prohibited", "are not restricted".
LIFTED = re.compile(
    r"\b(?:is|are|be|was|were)(?: not|n['\u2019]t) (?:\w+ly )?"
    r"(?:restricted|prohibited|forbidden|disallowed|excluded|limited|reserved|precluded)\b"
)
# The policy text that Cloudflare puts in front of managed files defines words; it reserves
# nothing where no signal is set. These are its first and its last words.
_PREAMBLE = ("as a condition of accessing this website", "digital single market")
LONG_QUOTE = re.compile(
    '["\u201c\u201e\u00ab][^"\u201c\u201d\u201e\u00ab\u00bb]{60,}["\u201d\u201c\u00bb]'
)
# Where a sentence ends: not after what is usually shortened ("art. l.122-5-3").
SENTENCE = re.compile(
    r"(?<!\bart)(?<!\babs)(?<!\bno)(?<!\bnr)(?<!\bal)(?<!\binc)[.!?;]\s+(?=[^\W\d_])"
    "|[\u3002\uff01\uff1f|\u2022]|\\s{2,}"
)
# Cheap test before any pattern is tried: a text with a topic has one of these.
STEMS: tuple[str, ...] = tuple(_DATA["words"]["stems"].split())


def without_preamble(text: str) -> str:
    """Return `text` (lower case, single spaces) without that preamble; line ends stay."""
    first, last = _PREAMBLE
    parts: list[str] = []
    position = 0
    while (start := text.find(first, position)) >= 0:
        end = text.find(last, start)
        if end < 0:
            break
        parts += [text[position:start], "\n" * text.count("\n", start, end)]
        position = end + len(last)
    return "".join((*parts, text[position:]))
