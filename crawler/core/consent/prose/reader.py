"""From a text to the sentence in it that reserves: gate, sentences, clauses, languages.

Offline and explainable: tables of closed classes (`tables/`), matched in one pass (`lexicon`), and
rules over where they stand (`clause`). Nothing is learned, every answer names its rule, language
and words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from crawler.core.consent.prose import clause, folded_text, managed_robots
from crawler.core.consent.prose.clause import Verdict
from crawler.core.consent.prose.lexicon import lexicon
from crawler.core.consent.prose.prefilter import may_speak
from crawler.core.consent.prose.sentences import Sentence, clauses, sentences
from crawler.core.consent.prose.topics import SCRAPE
from crawler.core.consent.prose.word_places import Mark

RESERVATION, SCRAPING = "reservation", "scraping"

_LIMIT = 1 << 20  # characters of one text that are read
_PIECE = 100_000  # of which so many at a time
_OVERLAP = 2_000
_MOST = 200  # sentences with a topic that are read of one piece: some texts are made to be slow
_ANSWER = 60  # characters of an answer that goes with its question
_LANGUAGES = 4  # that are tried on one sentence
_LIKELY = 0.7  # of the likeliest language's weight, from which another is tried
_FALLBACK = "en"  # whose words stand in all languages' footers
_UNIT, _SOLID_UNIT = 6, 2  # characters of a word
_OPENING = frozenset({"neg", "no", "ban", "modal", "obj", "use"})
_END = 0.7  # words from its end within which a line that opens a list has its predicate
_SHOWN = 320  # characters of a sentence that are shown
_QUOTED = re.compile('["“„«‹「『]([^"“”„«»‹›「」『』\n]{10,400})["”“»›」』]')
_QUOTES = 64  # of one line that are read
_WHOLE = 4  # characters beside a quotation that is all its line says


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that refuses, and why it is read so."""

    kind: str  # `RESERVATION` of mining or training, or `SCRAPING`: a ban of automated access
    usages: tuple[str, ...]  # spoken of: "ai_train", "tdm", "ai_input"; "scraping"
    rule: str
    language: str
    sentence: str
    words: tuple[str, ...]  # that decide, folded

    def shown(self) -> str:
        """Return the sentence with what explains it behind."""
        sentence = self.sentence
        if len(sentence) > _SHOWN:
            sentence = f"{sentence[:_SHOWN]}…"
        return f"{sentence} [{self.language}, {self.rule}: {' … '.join(self.words)}]"


@dataclass(frozen=True, slots=True)
class _Read:
    """What a clause says in the language it was read in."""

    verdict: Verdict
    language: str
    folded: str


def statements(text: str) -> tuple[Statement, ...]:
    """Return the first reservation of `text` and its first ban of automated access, if any."""
    found: dict[str, Statement] = {}
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode()  # no lone surrogates
    for start in range(0, min(len(text), _LIMIT), _PIECE - _OVERLAP):
        piece = text[start : start + _PIECE]
        for item in _statements(piece) if may_speak(piece) else ():
            found.setdefault(item.kind, item)
        if RESERVATION in found:
            break
    return tuple(found.values())


@lru_cache(maxsize=4096)
def _statements(text: str) -> tuple[Statement, ...]:
    found: dict[str, Statement] = {}
    count = 0
    for sentence in sentences(_unquoted(managed_robots.without(text))):
        if not may_speak(sentence.text):
            continue
        item = _judge(sentence)
        if item:
            found.setdefault(item.kind, item)
        count += 1
        if RESERVATION in found or count >= _MOST:
            break
    return tuple(found.values())


def _judge(sentence: Sentence) -> Statement | None:
    if sentence.asks:
        return _answered(sentence)
    for text in clauses(sentence.text):
        read = _read(text) or _read_in_list(text, sentence.heads)
        if read and read.verdict.refuses:
            return _statement(read, sentence.text)
    return None


def _statement(read: _Read, sentence: str) -> Statement:
    verdict = read.verdict
    kind = SCRAPING if verdict.usages == (SCRAPE,) else RESERVATION
    words = tuple(read.folded[start:end] for start, end in verdict.spans)
    shown = " ".join(sentence.split())
    return Statement(kind, verdict.usages, verdict.rule, read.language, shown, words)


def _answered(sentence: Sentence) -> Statement | None:
    """Read a short answer with its question: "AI training? No"."""
    answer = sentence.next
    if not answer or len(answer) > _ANSWER or may_speak(answer):
        return None
    asked = sentence.text.strip(" ¿?？؟;")
    return None if _read(asked) else _judge(Sentence(f"{asked}: {answer}"))


def _read_in_list(item: str, heads: tuple[str, ...]) -> _Read | None:
    """Read an item with the first line before it that opens a list."""
    for head in heads:
        if _opens(head):
            return _read(f"{head.rstrip(' :：')}: {item}")
    return None


def _opens(head: str) -> bool:
    """Tell whether a line ends in a colon or a predicate, so that what follows hangs from it."""
    if head.rstrip().endswith((":", "：")):
        return True
    folded = folded_text.fold(head)
    marks = lexicon().find(folded)[0].marks()
    end = len(folded) - _END * _unit(folded)
    return any(mark.kind in _OPENING and mark.end >= end for mark in marks)


def _read(text: str) -> _Read | None:
    """Read a clause in the likeliest languages, until one finds a topic and a predicate."""
    folded = folded_text.fold(text)
    for language, marks in _likely(folded):
        verdict = clause.judge(folded, marks, _unit(folded))
        if verdict is not None:
            return _Read(verdict, language, folded)
    return None


def _likely(folded: str) -> Iterator[tuple[str, list[Mark]]]:
    found = lexicon().find(folded)
    least = _LIKELY * found[0].weight
    for place, one in enumerate(found):
        if (place < _LANGUAGES and one.weight >= least) or one.language == _FALLBACK:
            yield one.language, one.marks()


def _unit(folded: str) -> int:
    return _SOLID_UNIT if folded_text.solid(folded) else _UNIT


# --- quotations


def _unquoted(text: str) -> str:
    """Return `text` without what it quotes from others or names: quoted words that refuse."""
    return "\n".join(
        _QUOTED.sub(_left, line, count=_QUOTES) if may_speak(line) else line
        for line in text.split("\n")
    )


def _left(match: re.Match[str]) -> str:
    if len(match.string.strip()) <= len(match[0]) + _WHOLE:
        return match[0]
    said = _read(match[1].rstrip(" .!")) if may_speak(match[1]) else None
    return " " if said and said.verdict.refuses else match[0]
