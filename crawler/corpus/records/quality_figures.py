"""The quality figures of a record's text, and whether it passes the known rules."""

from __future__ import annotations

from crawler.core.content.figures.quality import passes_fineweb, passes_gopher, quality


def figures(text: str, language: str) -> dict[str, float]:
    """Return the quality figures of a text, and whether it passes the known rules.

    The rules count English stop words and punctuation; a text in another language passes.
    """
    found = quality(text)
    english = language == "en"
    found["gopher_pass"] = float(not english or passes_gopher(found))
    found["fineweb_pass"] = float(not english or passes_fineweb(found))
    return found
