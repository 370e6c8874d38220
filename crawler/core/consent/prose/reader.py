"""From a text to the sentence in it that reserves: gate, sentences, clauses, languages.

Offline and explainable: tables of closed classes (`tables/`), matched in one pass (`lexicon`), and
rules over where they stand (`clause`). Nothing is learned, every answer names its rule, language
and words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from crawler.core.consent.prose import clause, folded_text, lexicon, managed_robots
from crawler.core.consent.prose.clause import Verdict
from crawler.core.consent.prose.prefilter import may_speak
from crawler.core.consent.prose.sentences import Sentence, clauses, sentences
from crawler.core.consent.prose.topics import MINE, SCRAPE, TRAIN
from crawler.core.consent.prose.word_places import Mark
from crawler.core.late_expressions import late

RESERVATION, SCRAPING = "reservation", "scraping"

UNREAD = "[more about mining and training than is read]"  # and as good as refused

_MOST = 200_000  # characters of different clauses with a topic: some texts are made to be slow
_TOLL = 20  # of them that any sentence costs, also one that was read before
_CACHED = 8_000  # characters of a text whose statements are remembered
_ANSWER = 60  # characters of an answer that goes with its question
_LANGUAGES = 4  # that are tried on one sentence
_LIKELY = 0.7  # of the likeliest language's weight, from which another is tried
_FALLBACK = "en"  # whose words stand in all languages' footers
_UNIT, _SOLID_UNIT = 6, 2  # characters of a word
_OPENING = frozenset({"neg", "no", "ban", "cannot", "modal", "obj", "use"})
_END = 0.7  # words from its end within which a line that opens a list has its predicate
_SHOWN = 320  # characters of a sentence that are shown
_QUOTED = late('["“„«‹「『]([^"“”„«»‹›「」『』\n]{10,400})["”“»›」』]')
_QUOTES = 64  # of one line that are looked at
_WHOLE = 4  # characters beside a quotation that is all its line says


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that refuses, and why it is read so."""

    kind: str  # `RESERVATION` of mining or training, or `SCRAPING`: a ban of automated access
    usages: tuple[str, ...]  # spoken of: "ai_train", "tdm", "ai_input"; "scraping"
    rule: str
    language: str
    sentence: str  # its clauses that do, with the line they hang from: alone they say the same
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
    text: str
    folded: str


def statements(text: str) -> tuple[Statement, ...]:
    """Return the first reservation of `text` and its first ban of automated access, if any."""
    return _kept_statements(text) if len(text) <= _CACHED else _statements(text)


def _statements(text: str) -> tuple[Statement, ...]:
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode()  # no lone surrogates
    return _Reader().statements(text) if may_speak(text) else ()


_kept_statements = lru_cache(maxsize=4096)(_statements)  # the pages of a site end alike


class _Reader:
    """Reads one text. What is said again is not read again, and there is an end to what is."""

    def __init__(self) -> None:
        self.read: dict[str, _Read | None] = {}
        self.opens: dict[str, bool] = {}
        self.left = _MOST

    def statements(self, text: str) -> tuple[Statement, ...]:
        found: dict[str, Statement] = {}
        for sentence in sentences(self._unquoted(managed_robots.without(text))):
            if not may_speak(sentence.text):
                continue
            self.left -= _TOLL
            item = self._judge(sentence)
            if self.left < 0 or UNREAD in sentence.text:
                item = Statement(RESERVATION, (TRAIN, MINE), "unread", "*", UNREAD, ())
            if item:
                found.setdefault(item.kind, item)
            if RESERVATION in found:
                break
        return tuple(found.values())

    def _judge(self, sentence: Sentence) -> Statement | None:
        if sentence.asks:
            return self._answered(sentence)
        found: dict[str, list[_Read]] = {RESERVATION: [], SCRAPING: []}
        for text in clauses(sentence.text):
            read = self._read(text)
            if read is None and (head := self._head(sentence.heads)):
                read = self._read(f"{head}: {text}")
            if read and read.verdict.refuses:
                found[SCRAPING if read.verdict.usages == (SCRAPE,) else RESERVATION].append(read)
        for kind, reads in found.items():
            if reads:
                return _statement(kind, reads)
        return None

    def _answered(self, sentence: Sentence) -> Statement | None:
        """Read a short answer with its question: "AI training? No"."""
        answer = sentence.next
        if not answer or len(answer) > _ANSWER or may_speak(answer):
            return None
        asked = sentence.text.strip(" ¿?？؟;")
        return None if self._read(asked) else self._judge(Sentence(f"{asked}: {answer}"))

    def _head(self, heads: Iterable[str]) -> str:
        """Return the first line before an item that opens a list, "" if none does."""
        for head in heads:
            if head not in self.opens:
                self.left -= len(head)
                self.opens[head] = _opens(head)
            if self.opens[head]:
                return head.rstrip(" :：")
        return ""

    def _read(self, text: str) -> _Read | None:
        if text not in self.read:
            self.left -= len(text)
            self.read[text] = _read(text) if self.left >= 0 else None
        return self.read[text]

    def _unquoted(self, text: str) -> str:
        """Return `text` without what it quotes from others or names: quoted words that refuse."""
        return "\n".join(
            _QUOTED.sub(self._left, line, count=_QUOTES) if may_speak(line) else line
            for line in text.split("\n")
        )

    def _left(self, match: re.Match[str]) -> str:
        if len(match.string.strip()) <= len(match[0]) + _WHOLE:
            return match[0]
        said = self._read(match[1].rstrip(" .!")) if may_speak(match[1]) else None
        return " " if said and said.verdict.refuses else match[0]


def _statement(kind: str, reads: list[_Read]) -> Statement:
    """Return what the clauses of a sentence refuse, by the words of the first that does."""
    read = reads[0]
    usages = dict.fromkeys(usage for one in reads for usage in one.verdict.usages)
    words = tuple(read.folded[start:end] for start, end in read.verdict.spans)
    shown = "; ".join([" ".join(one.text.split()) for one in reads])
    return Statement(kind, tuple(usages), read.verdict.rule, read.language, shown, words)


def _opens(head: str) -> bool:
    """Tell whether a line ends in a colon or a predicate, so that what follows hangs from it."""
    if head.rstrip().endswith((":", "：")):
        return True
    folded = folded_text.fold(head)
    marks = lexicon.find(folded)[0].marks()
    end = len(folded) - _END * _unit(folded)
    return any(mark.kind in _OPENING and mark.end >= end for mark in marks)


def _read(text: str) -> _Read | None:
    """Read a clause in the likeliest languages, until one finds a topic and a predicate."""
    folded = folded_text.fold(text)
    for language, marks in _likely(folded):
        verdict = clause.judge(folded, marks, _unit(folded))
        if verdict is not None:
            return _Read(verdict, language, text, folded)
    return None


def _likely(folded: str) -> Iterator[tuple[str, list[Mark]]]:
    found = lexicon.find(folded)
    least = _LIKELY * found[0].weight
    for place, one in enumerate(found):
        if (place < _LANGUAGES and one.weight >= least) or one.language == _FALLBACK:
            yield one.language, one.marks()


def _unit(folded: str) -> int:
    return _SOLID_UNIT if folded_text.solid(folded) else _UNIT
