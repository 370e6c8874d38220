"""The language of a text, by models that ship in wheels."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from resiliparse.parse.lang import detect_fast

TOOL = "resiliparse.detect_fast+py3langid"
_SHORT = 300  # characters below which the fast detector is not trusted alone
_FAR = 900  # its distance above which it is not trusted alone, whatever the page declares
_NEAR = 500  # the same where the page declares nothing
_MARGIN = 30  # by which the next language must be farther there
_GUESSED = 600  # its distance above which a second tool that is sure is believed
_SURE = 0.95
_SEEN = 4_000  # characters shown to the fast detector
_ASKED = 1_000  # characters shown to py3langid
_ENOUGH = re.compile(r"(?:[\W\d_]*+[^\W\d_]){10}")  # ten letters; of fewer nothing is said
_EARLY = 400  # characters in which they must stand
_NOTHING = 10_000  # distance when no language is near
_PRIMARY = re.compile(r"[a-z]{2,3}\Z")
# One language, several codes.
_ALIASES = {"iw": "he", "in": "id", "ji": "yi", "nb": "no", "nn": "no", "fil": "tl", "mo": "ro"}


@dataclass(frozen=True, slots=True)
class Identified:
    """A language and how sure the tool is."""

    language: str  # ISO 639-1 where there is one, else 639-3; "und"
    score: float  # 0 to 1
    tool: str


def identify(text: str, declared: str = "") -> Identified:
    """Return the language of `text`; `declared` is the page's own BCP 47 tag, if any.

    The fast detector is asked first; a second one decides when the text is short, the
    distance large, or the page declares something else.
    """
    sample = text[:_SEEN]
    if not _ENOUGH.match(sample, 0, _EARLY):
        return Identified("und", 0.0, "none")
    # With `n_results` a list, unlike what its annotation says.
    found: list[tuple[str, int]] = list(detect_fast(sample, n_results=2)) or [("", _NOTHING)]  # type: ignore[arg-type]
    code, distance = primary(found[0][0]) or "und", found[0][1]
    fast = Identified(code, _score(distance), "resiliparse")
    stated = primary(declared)
    far = _FAR if stated else _NEAR
    clear = bool(stated) or len(found) == 1 or found[1][1] - distance >= _MARGIN
    if len(text) >= _SHORT and distance <= far and clear and code != "und" and stated in ("", code):
        return fast
    other, probability = second.classify(sample[:_ASKED])
    if other == code:
        return Identified(code, max(fast.score, probability), TOOL)
    if distance > _GUESSED and probability >= _SURE and stated != other:
        return Identified(other, 0.8, TOOL)
    if stated and stated in (code, other):
        # Two of three agree.
        return Identified(stated, max(0.5, probability if stated == other else fast.score), TOOL)
    return Identified(other, min(probability, 0.9) * 0.8, TOOL)


@lru_cache(maxsize=1_024)
def primary(tag: str) -> str:
    """Return the primary subtag of a BCP 47 tag in its current spelling, "" if it has none."""
    start = re.split(r"[-_,;\s]", tag.strip().lower(), maxsplit=1)[0]
    return _ALIASES.get(start, start) if _PRIMARY.match(start) else ""


def _score(distance: int) -> float:
    # The detector's distance is 0 for a perfect match; above about 1,200 it guesses.
    return round(max(0.0, min(1.0, 1.0 - (distance - 200) / 2_000)), 3)


class Second:
    """The second tool, made when it is asked first. Who has its model nearer says so in `load`."""

    def __init__(self) -> None:
        self.load: Callable[[], Any] | None = None
        self._made: Any = None

    def classify(self, text: str) -> tuple[str, float]:
        if self._made is None:
            from crawler.core.content.metadata import language_model  # noqa: PLC0415 - few need it

            load = self.load or language_model.unpacked
            self._made = language_model.Identifier(load())
        code, probability = self._made.classify(text)
        return primary(str(code)) or "und", float(probability)


second = Second()
