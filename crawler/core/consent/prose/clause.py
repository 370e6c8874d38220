"""What one clause says of mining and training: refused, permitted, or nothing.

Of several predicates the nearest to a topic decides. Some clauses say nothing of the page whatever
predicates they hold: they speak of the visitor's data, of courses and devices, of what others say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.core.consent.prose.predicates import Event, events_of
from crawler.core.consent.prose.topics import Topic, topics_of
from crawler.core.consent.prose.word_places import Clause, Mark, gap

_BESIDE = 2.5  # words between "your" and "data"
_OPENS = 1.5  # words before the "why" of a headline
# How words for a licence or a contract begin: never the visitor's to give, as consent is.
_LICENCE = ("li", "ли", "лі", "subscr", "contra", "kontra", "agree", "abonn", "right", "droit")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a clause says, and the spans of the folded clause it says it by."""

    refuses: bool
    usages: tuple[str, ...] = ()
    rule: str = ""
    spans: tuple[tuple[int, int], ...] = ()


NOTHING = Verdict(refuses=False)
PERMITS = Verdict(refuses=False, rule="permit")


def judge(text: str, marks: Sequence[Mark], unit: int) -> Verdict | None:
    """Return what the clause says; None if it has no topic or no predicate of this language.

    `unit`: how many characters a word has in its script, the measure of what is near.
    """
    clause = Clause(text, marks, unit)
    topics = topics_of(clause)
    if not topics:
        return None
    if _vetoed(clause, topics):
        return NOTHING
    events = events_of(clause, topics)
    return _decide(clause, topics, events) if events else None


def _decide(clause: Clause, topics: Sequence[Topic], events: Sequence[Event]) -> Verdict:
    usages: dict[str, None] = {}
    spans: set[tuple[int, int]] = set()
    rule = ""
    for topic in topics:
        event = _nearest(topic, events)
        if topic.agent and event.rule == "not":
            continue  # "not by AI" tells who wrote it
        if event.refuses != _excepted(clause, event, topic):
            usages.update(dict.fromkeys(topic.usages))
            rule = rule or event.rule
            spans |= {(event.start, event.end), (topic.start, topic.end)}
    if not usages:
        return PERMITS
    return Verdict(refuses=True, usages=tuple(usages), rule=rule, spans=tuple(sorted(spans)))


def _nearest(topic: Topic, events: Sequence[Event]) -> Event:
    return min(events, key=lambda event: (gap(event, topic), not event.refuses))


def _excepted(clause: Clause, event: Event, topic: Topic) -> bool:
    """Tell whether "except" stands between a predicate and the topic it goes before."""
    return any(event.end <= mark.start < topic.start for mark in clause.of("except"))


def _vetoed(clause: Clause, topics: Sequence[Topic]) -> bool:
    return (
        bool(clause.of("veto"))
        or _is_headline(clause)
        or _is_privacy(clause)
        or _is_about_others(clause, topics)
        or _is_about_the_law(clause)
    )


def _is_headline(clause: Clause) -> bool:
    asks = clause.of("ask")
    return bool(asks) and asks[0].start <= clause.unit * _OPENS


def _is_privacy(clause: Clause) -> bool:
    """Tell whether the visitor's data or consent are spoken of."""
    for mark in clause.of("your"):
        other = clause.near(mark, ("data", "cons"), _BESIDE)
        if (
            other
            and not clause.text.startswith(_LICENCE, other.start)
            and not _is_mined(clause, other, mark)
        ):
            return True
    return False


def _is_mined(clause: Clause, data: Mark, whose: Mark) -> bool:
    """Tell whether the "data" is a part of "mining of text and data" or "training data"."""
    return any(
        mark.start <= data.start <= mark.end + clause.unit
        and not mark.start < whose.start < data.start
        for mark in clause.of("mine", "ml")
    )


def _is_about_others(clause: Clause, topics: Sequence[Topic]) -> bool:
    """Tell whether somebody else is named before anything is said of a topic."""
    first = min(topic.start for topic in topics)
    acts = [mark.start for mark in clause.of("use", "ban", "neg", "no", "perm")]
    start = max(first, min(acts, default=first))
    return any(mark.start < start for mark in clause.of("others"))


def _is_about_the_law(clause: Clause) -> bool:
    """Tell whether holders of rights are said to be free to reserve them."""
    return bool(clause.of("holder") and clause.of("perm", "modal") and clause.of("res", "obj"))
