"""All tables in one automaton: which word of which language stands where, in one pass.

A table is `{code: text}`; each line of the text is `class: words`. A word stands for itself, with
`*` after it for all that begin so, with `*` before it for all that end so; `_` joins the words of
a phrase, whose first word may be a stem too. In scripts without spaces every word is found
anywhere.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from crawler.core.consent.prose import folded_text
from crawler.core.consent.prose.tables import TABLES
from crawler.core.consent.prose.word_places import Mark
from crawler.core.late_expressions import late

EVERY = "*"  # the table that all languages share
_NEXT, _REST = " §§§ ", "§§"  # between folded words, and after the stem that begins a phrase
_CLITICS = {"ar": "وبلفك", "he": "והלבמשכ"}
_CLITIC = 3  # characters of a word that is too short to be told from chance with one before it
# Letters that are not Latin: a word with one is only sought where there are such.
_OTHER_SCRIPT = late("[\u0370-\u1cff\u2e80-\uffff]")
_MOST = 400  # marks of one language in one sentence
TOPICAL = frozenset(
    {
        "mine",
        "ml",
        "ai",
        "model",
        "train",
        "build",
        "law",
        "input",
        "scrape",
        "auto",
        "gather",
        "noai",
    }
)


class _Sense(NamedTuple):
    language: str
    kind: str
    rest: str = ""  # what must begin the word after the one matched


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The automaton and what each of its patterns means."""

    automaton: AhoCorasick
    senses: list[tuple[_Sense, ...]]
    edges: list[tuple[bool, bool]]  # whether each pattern has a blank at its start and end

    def find(self, sentence: str) -> list[Found]:
        """Return what each language has in a folded sentence, the likeliest language first."""
        found: dict[str, Found] = {}
        matches = self.automaton.find_matches_as_indexes(sentence, overlapping=True)
        for pattern, start, end in matches:
            before, after = self.edges[pattern]
            for sense in self.senses[pattern]:
                last = end - after
                if sense.rest:
                    follows = sentence.find(" ", last) + 1
                    if not sentence.startswith(sense.rest, follows):
                        continue
                    last = follows + len(sense.rest.rstrip())
                if sense.language not in found:
                    found[sense.language] = Found(sense.language)
                found[sense.language].add(Mark(sense.kind, start + before, last))
        shared = found.pop(EVERY, Found(EVERY))
        for one in found.values():
            one.shared = shared
        return sorted(found.values(), key=lambda one: -one.weight) or [shared]


class Found:
    """The words of one language in one sentence."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.shared: Found | None = None
        self.own: dict[Mark, None] = {}
        self._ends: dict[int, int] = {}  # where the longest word from each place ends

    def add(self, mark: Mark) -> None:
        # The topics of neighbours are alike: they tell less of the language.
        length = (mark.end - mark.start) // (3 if mark.kind in TOPICAL else 1)
        self._ends[mark.start] = max(mark.start + length, self._ends.get(mark.start, 0))
        if mark.kind != "stop" and len(self.own) < _MOST:
            self.own[mark] = None

    @cached_property
    def weight(self) -> int:
        """How many characters of the sentence are words of the language."""
        total = last = 0
        for start, end in sorted(self._ends.items()):
            if end > last:
                total += end - max(start, last)
                last = end
        return total

    def marks(self) -> list[Mark]:
        """Return the marks in order, without those that begin within a longer one of their sort."""
        both = self.own if self.shared is None else {**self.own, **self.shared.own}
        marks = sorted(both, key=lambda mark: (mark.start, -mark.end))
        hidden = {(mark.start, mark.end) for mark in marks if mark.kind == "noai"}
        last = {True: (-1, -1), False: (-1, -1)}  # topics and predicates do not hide each other
        kept: list[Mark] = []
        for mark in marks:
            sort = mark.kind in TOPICAL
            span = (mark.start, mark.end)
            if (mark.start >= last[sort][1] or span == last[sort]) and span not in hidden:
                kept.append(mark)
                last[sort] = span
            elif mark.start >= last[sort][1]:
                last[sort] = span
        return kept


def find(sentence: str) -> list[Found]:
    """Return what each language has in a folded sentence, the likeliest language first."""
    return lexicon(_OTHER_SCRIPT.search(sentence) is None).find(sentence)


@cache
def lexicon(latin: bool) -> Lexicon:  # noqa: FBT001 - one cache key
    """Return all words, or of those in Latin letters, when the first text with a topic comes.

    Where a sentence has no other letters, no other word can be found in it.
    """
    listed = [item for item in entries() if not latin or _OTHER_SCRIPT.search(item[2]) is None]
    # All words are folded in one go, which is ten times as fast as one by one.
    bodies = _NEXT.join([word.strip("*") for *_, word in listed])
    folded = folded_text.fold(bodies.replace("*_", f" {_REST} ").replace("_", " ")).split(_NEXT)
    # Few senses differ, and sharing them leaves little for the collector of rubbish to look at.
    shared: dict[_Sense, tuple[_Sense, ...]] = {}
    senses: dict[str, tuple[_Sense, ...]] = {}
    for (language, kind, word), body in zip(listed, folded, strict=True):
        pattern, rest = _pattern(word, body.strip())
        sense = _Sense(language, kind, rest)
        alone = shared.setdefault(sense, (sense,))
        for form in _forms(language, pattern) if language in _CLITICS else (pattern,):
            found = senses.setdefault(form, alone)
            if sense not in found:
                senses[form] = (*found, sense)
    senses.pop("", None)
    edges = {form: (form[0] == " ", form[-1] == " ") for form in senses}
    return Lexicon(
        AhoCorasick(list(senses), matchkind=MatchKind.Standard),
        list(senses.values()),
        list(edges.values()),
    )


def entries(kinds: Container[str] | None = None) -> Iterator[tuple[str, str, str]]:
    """Yield language, class and word of each entry of all tables, or of some classes."""
    for language, table in TABLES.items():
        for line in table.strip().splitlines():
            kind, _, words = line.strip().partition(":")
            if kinds is None or kind in kinds:
                for word in words.split():
                    yield language, kind, word


def _pattern(word: str, folded: str) -> tuple[str, str]:
    """Return what is searched for an entry, and how the next word must begin."""
    first, inner, rest = folded.partition(f" {_REST} ")
    if inner:
        return f" {first}", rest if word[-1] == "*" else f"{rest} "
    if not folded.isascii() and folded_text.solid(folded):
        # A Latin word at the seam keeps its blank: "ai" is not to be found in "said".
        before, after = " " * folded[0].isascii(), " " * folded[-1].isascii()
        return f"{before}{folded}{after}", ""
    return " " * (word[0] != "*") + folded + " " * (word[-1] != "*"), ""


def _forms(language: str, pattern: str) -> list[str]:
    """Return a pattern, also with what is written before it as one word in Semitic scripts."""
    forms = [pattern]
    body = pattern.lstrip()
    if len(body) > _CLITIC and body != pattern:
        forms += [f" {clitic}{body}" for clitic in _CLITICS[language]]
        if language == "ar" and body.startswith("ال"):
            forms.append(f" لل{body[2:]}")
    return forms
