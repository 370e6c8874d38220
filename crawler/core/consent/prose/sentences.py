"""A text as sentences: where they end, what they hang from, what they ask.

Legal texts come as running prose, as lists under a line that ends in a colon or in "may not", as
footers parted by bars and dots, as comments without capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crawler.core.late_expressions import late

SENTENCE = 2_000  # characters of one sentence; a longer one is read in parts
_OVERLAP = 300  # of which each part repeats the last: a predicate keeps its topic
HEAD = 400  # characters of the line before a list that go with its items
_WRAPPED = 40  # characters of a line that may have been broken to fit a page
_ITEMS = 12  # lines after which a list has ended
_OPENER = 9  # characters of the shortest line that opens a list

# What may end a sentence; whether it does, its surroundings tell.
_END = late(r"[.!?…。！？｡।॥؟۔|•·\n\r\u2028\u2029]+[\"”»]?")
_ALWAYS = "\n\r\u2028\u2029。！？｡।॥؟۔"
_DIVIDERS = "|•·"
_CLOSING = "\"'”’»)]"
_WORD_START = late(r"[ '’(§\[]")
_ABBREVIATIONS = (
    "art abs no nr al inc par st str ltd co corp bzw ca dr vgl ev gem lit ust sr num núm ap čl ods "
    "odst zák sb п ст ч т др р г ул mom stk nº παρ άρθ αρ εδ пар ал чл абз пп ред нар poz pkt "
    "zb lid hal kap bek jf jfr tz toč bod"
)
_SHORTENED = frozenset(_ABBREVIATIONS.split())
_ASKED = late(r"^¿|[?？؟\u037e]$|[吗嗎]\s?[?？。]?$|ですか[。？?]?$|니까\s?[?]?$")
_GREEK_ASKED = late(r"[α-ωά-ώ][^\n;]{0,400};$")
_ITEM = late(r"[a-zà-þа-яα-ω\d(*•–-]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, the lines before it since one that ended, and what follows it."""

    text: str
    lines: tuple[str, ...] = ()
    next: str = ""

    @property
    def heads(self) -> Iterator[str]:
        """Yield the lines that may open the list it stands in: one with a colon, or the last."""
        for line in reversed(self.lines):
            if line.rstrip().endswith((":", "：")):
                yield line
                return
        for line in reversed(self.lines):
            if len(line) >= _OPENER:
                yield line

    @property
    def asks(self) -> bool:
        text = self.text.strip()
        return bool(_ASKED.search(text) or _GREEK_ASKED.search(text))


def sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences of `text`, long ones in parts."""
    lines: list[str] = []  # before the sentence, since the last one that ended
    found = _split(text)
    upcoming = next(found, None)
    while upcoming is not None:
        (sentence, ended), upcoming = upcoming, next(found, None)
        following = upcoming[0] if upcoming else ""
        before = tuple(lines)
        for start in range(0, max(len(sentence) - _OVERLAP, 1), SENTENCE - _OVERLAP):
            yield Sentence(sentence[start : start + SENTENCE], before, following)
        if ended and len(sentence) >= _OPENER and not _ITEM.match(following):
            lines.clear()
        lines.append(sentence[-HEAD:])
        del lines[:-_ITEMS]


def unwrapped(text: str) -> str:
    """Return a plain text with its long lines joined to what goes on in small letters."""
    lines: list[str] = []
    length = 0  # of the line before, as it was written
    for line in text.split("\n"):
        bare = line.strip()
        if lines and length >= _WRAPPED and bare[:1].islower():
            lines[-1] += f" {bare}"
        else:
            lines.append(bare)
        length = len(bare)
    return "\n".join(lines)


def _split(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the sentences; True: it ended in a full stop, not in a line end or a divider."""
    start = 0
    for match in _END.finditer(text):
        if _ends(text, match.start(), match.end()):
            sentence = text[start : match.end()].strip(" \t\n\r|•·")
            if sentence:
                stop = match[0].strip(_DIVIDERS)
                yield sentence, bool(stop) and not stop.isspace()
            start = match.end()
    rest = text[start:].strip(" \t|•·")
    if rest:
        yield rest, True


def _ends(text: str, start: int, end: int) -> bool:
    mark = text[start]
    if any(one in _ALWAYS for one in text[start:end]):
        return True
    if end < len(text) and not text[end].isspace() and text[end] not in _CLOSING:
        return mark in "|•"  # within a number, a name, an address
    if mark != "." or end - start > 1:
        return True
    word = _WORD_START.split(text[max(0, start - 12) : start])[-1].lower()
    following = text[end : end + 40].lstrip(" \"'”’»)]")[:1]
    last = word.rpartition(".")[2]
    if last in _SHORTENED or (len(last) == 1 and last.isalpha()):
        return False
    if word[-1:].isdigit() and following.isdigit():
        return False
    return not (following.islower() and len(word) <= 4)  # noqa: PLR2004 - as short as "abbr."


def clauses(sentence: str) -> Iterator[str]:
    """Yield the parts between semicolons; what stands before a colon goes with each of them."""
    head = ""
    for part in re.split("[;；؛]", sentence):
        if head and ":" not in part:
            yield f"{head}: {part}"
        else:
            before, colon, _ = part.replace("：", ":").rpartition(":")
            head = before[-HEAD:] if colon else ""
            yield part
