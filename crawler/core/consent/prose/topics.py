"""What a clause speaks of: mining, training, AI that is fed, automated access."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.core.consent.prose.word_places import Clause, Mark, Span

TRAIN, MINE, INPUT, SCRAPE = "ai_train", "tdm", "ai_input", "scraping"

_ALONE = (("mine", MINE), ("law", MINE), ("ml", TRAIN), ("input", INPUT), ("scrape", SCRAPE))
# Two words that make a topic together, and how many words may lie between them.
_PAIRS = (
    ("train", "ai", 10.0, TRAIN),
    ("train", "model", 6.0, TRAIN),  # there are models of many sorts
    ("build", "ai", 10.0, TRAIN),
    ("auto", "gather", 3.0, SCRAPE),
)
_ADJACENT = 0.7  # words: "AI training platform"
_HEAD = 1  # words: "institute for", "for machine learning"
_MADE = 2.5  # words: "written by AI"


@dataclass(frozen=True, slots=True)
class Topic:
    """What is refused or permitted; `agent`: only as the one who does it ("by AI")."""

    usages: tuple[str, ...]
    start: int
    end: int
    agent: bool = False


def topics_of(clause: Clause) -> list[Topic]:
    """Return the topics of a clause; automated access only where it has no other."""
    found = [
        Topic((usage,), mark.start, mark.end) for kind, usage in _ALONE for mark in clause.of(kind)
    ]
    for act, thing, words, usage in _PAIRS:
        for mark in clause.of(act):
            other = clause.near(mark, (thing,), words)
            if other is None or (act == "build" and clause.near(other, ("made",), _HEAD)):
                continue
            if _belong(clause, mark, other):
                low, high = min(mark.start, other.start), max(mark.end, other.end)
                found.append(Topic((usage,), low, high))
    if not any(topic.usages == (TRAIN,) for topic in found):
        found += _bare(clause)
    found = [topic for topic in found if not _is_product(clause, topic)]
    return [topic for topic in found if topic.usages != (SCRAPE,)] or found


def _belong(clause: Clause, one: Mark, other: Mark) -> bool:
    # Across a colon only from the very start: "AI: no training", not "Gym AI: no training".
    return other.start <= 1 or not clause.parted(one, other, ":;")


def _bare(clause: Clause) -> list[Topic]:
    """Return "AI" alone where it is what the work is used for: "not for AI", "no AI".

    Where something is made by it, it has no part in what may be done with it.
    """
    found = []
    for mark in clause.of("ai"):
        if clause.near(mark, ("made",), _MADE):
            continue
        before = clause.near(mark, ("for", "no", "by"), 1)
        if before and before.end <= mark.start:
            agent = before.kind == "by"
            found.append(Topic((TRAIN, INPUT), mark.start, mark.end, agent))
        elif (after := clause.near(mark, ("post",), 1)) and after.start >= mark.end:
            found.append(Topic((TRAIN, INPUT), mark.start, mark.end))
    return found


def _is_product(clause: Clause, topic: Span) -> bool:
    mark = clause.near(topic, ("prod",), _ADJACENT)
    within = mark is not None and topic.start < mark.start < topic.end  # "AI systems trained on"
    if mark is not None and not within and not clause.parted(topic, mark, ",:;"):
        return True
    link = clause.near(topic, ("for",), _HEAD)  # "the Institute for Machine Learning"
    if link is None or link.end > topic.start:
        return False
    return any(clause.follows(one, link, _HEAD) for one in clause.of("org"))
