"""The policy text that Cloudflare puts in front of managed robots.txt files.

It defines words and reserves nothing where no signal is set, so it is taken out before reading.
"""

from __future__ import annotations

# Its first and its last words, in lower case with single spaces.
_FIRST, _LAST = "as a condition of accessing this website", "digital single market"


def without(text: str) -> str:
    """Return `text` without that preamble; line ends stay."""
    lowered = text.lower()
    if len(lowered) != len(text) or _FIRST not in lowered:
        return text
    parts: list[str] = []
    position = 0
    while (start := lowered.find(_FIRST, position)) >= 0:
        end = lowered.find(_LAST, start)
        if end < 0:
            break
        parts += [text[position:start], "\n" * text.count("\n", start, end)]
        position = end + len(_LAST)
    return "".join((*parts, text[position:]))
