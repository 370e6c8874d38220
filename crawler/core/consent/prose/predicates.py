"""What a clause says of its topics: each predicate with its sign.

A ban, a reservation, an objection, a need of consent refuse; permission permits. A negation turns
the predicate it belongs to; "without consent" takes its predicate's sign, so it has none itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.core.consent.prose.topics import Topic
from crawler.core.consent.prose.word_places import Clause, Mark, Span, gap

# How near words must stand, in words.
_AHEAD = 9  # "not" and the predicate it turns
_BEHIND = 4  # the same, where "not" comes last
_TOPIC = 5  # "no" and the topic itself
_JOINED = 9  # "requires" and "consent", "only" and "consent"
_LOOSE = 18  # the same, where no comma stands between them
_WITHOUT = 5  # "without" and "consent"
_BESIDE = 2.5
_INCLUDED = 12  # characters after a topic within which "included" may stand
_LAST = 1  # words after a "not" that comes last: "for AI training it is not"
_SHORT = 7  # words of a clause so short that any "no" is about its topic

_REFUSING = ("ban", "res", "obj", "cannot")
_TURNED = frozenset({"ban", "res", "obj", "hinder"})  # what permits where it is negated
_TURNABLE = _TURNED | {"cannot", "perm", "want", "need", "use", "modal", "cons"}


@dataclass(frozen=True, slots=True)
class Event:
    """A predicate with its sign."""

    refuses: bool
    rule: str
    start: int
    end: int


def events_of(clause: Clause, topics: Sequence[Topic]) -> list[Event]:
    """Return the predicates of a clause that has topics."""
    return _Reading(clause, topics).events()


def _refuse(rule: str, *parts: Span) -> Event:
    return Event(True, rule, min(p.start for p in parts), max(p.end for p in parts))  # noqa: FBT003


def _permit(rule: str, *parts: Span) -> Event:
    return Event(False, rule, min(p.start for p in parts), max(p.end for p in parts))  # noqa: FBT003


class _Reading:
    """Goes through the marks of a clause once; what has been read is not read again."""

    def __init__(self, clause: Clause, topics: Sequence[Topic]) -> None:
        self.clause = clause
        self.topics = topics
        self.spent: set[Mark] = set()
        self.found: list[Event] = []

    def events(self) -> list[Event]:
        self._without()
        self._needs()
        self._only()
        self._negations()
        self._swallow()
        clause = self.clause
        for kind in _REFUSING:
            self.found += [_refuse(kind, mark) for mark in self._left(kind)]
        self.found += [_permit("perm", mark) for mark in self._left("perm")]
        for mark in clause.of("limit"):
            if clause.near(mark, ("without",), _BESIDE):
                self.found.append(_permit("free", mark))
        self._all_rights()
        return self.found

    def _left(self, *kinds: str) -> list[Mark]:
        return [mark for mark in self.clause.of(*kinds) if mark not in self.spent]

    def _without(self) -> None:
        """Take out the consent that "without" and "unless" speak of."""
        clause = self.clause
        for mark in clause.of("without", "unless"):
            other = clause.near(mark, ("cons", "perm", "need"), _WITHOUT)
            if other:
                self.spent.add(other)
                follow = clause.near(other, ("cons",), 1.5)
                if follow:
                    self.spent.add(follow)

    def _needs(self) -> None:
        clause = self.clause
        for mark in self._left("need"):
            other = self._joined(mark, ("cons", "fee"))
            if other is None or other in self.spent or mark in self.spent:
                continue
            self.spent |= {mark, other}
            negations = [
                item
                for item in clause.of("neg", "no")
                if gap(item, mark) <= 3 * clause.unit or gap(item, other) <= 2 * clause.unit
            ]
            self.spent.update(negations)
            if negations:
                self.found.append(_permit("no-need", mark))
            else:
                self.found.append(_refuse("consent", mark, other))

    def _only(self) -> None:
        clause = self.clause
        for mark in clause.of("only"):
            other = self._joined(mark, ("cons", "fee", "perm"))
            if other and other not in self.spent and not clause.parted(mark, other, ":"):
                reach = _JOINED * clause.unit
                self.spent.update(one for one in clause.of("perm") if gap(one, mark) <= reach)
                self.spent.add(other)
                self.found.append(_refuse("only", mark, other))

    def _joined(self, mark: Mark, kinds: tuple[str, ...]) -> Mark | None:
        """Return the consent a "requires" or an "only" speaks of."""
        other = self.clause.near(mark, kinds, _JOINED)
        if other is None:
            other = self.clause.near(mark, kinds, _LOOSE)
            if other and (other.start < mark.start or self.clause.parted(mark, other, ",:;")):
                return None
        return other

    def _negations(self) -> None:
        """Find for each "not" the predicate it belongs to, or the topic itself."""
        seen = {(mark.start, mark.end) for mark in self.spent}
        for mark in self.clause.of("neg", "no", "fact"):
            if (mark.start, mark.end) not in seen:
                seen.add((mark.start, mark.end))
                event = self._turned(mark)
                if event:
                    self.found.append(event)

    def _turned(self, negation: Mark) -> Event | None:
        clause = self.clause
        if clause.near(negation, ("limit", "fee"), _BESIDE):
            return _permit("free", negation)
        ours = clause.near(negation, ("we",), 2) is not None
        target = self._target(negation)
        topic = self._topic_after(negation)
        if target and topic and topic.start < target.start and negation.kind == "no":
            whole = target.kind == "perm" and not clause.parted(negation, target, ",:;")
            target = target if whole else None  # "no AI company is licensed to"
        if target is None:
            short = len(clause.text) <= _SHORT * clause.unit
            refuses = not ours and (topic or short or self._ends_in(negation))
            return _refuse("not", negation) if refuses else None
        if target.kind == "cannot":  # "no one cannot": two negations that agree
            self.spent.add(target)
            return _refuse("cannot", negation, target)
        if target.kind in _TURNED:
            self.spent.add(target)
            return _permit("not-banned", negation, target)
        tells = ours or negation.kind == "fact"  # what is done, not what may be
        if (target.kind == "need" and not self._is_use_too(target)) or (
            tells and target.kind in ("use", "modal")
        ):
            return None
        self.spent.add(target)
        if target.kind == "cons":  # "we give no permission": the verb goes with the noun
            reach = _BEHIND * clause.unit
            self.spent.update(one for one in clause.of("perm") if gap(one, negation) <= reach)
        return _refuse(f"not-{target.kind}", negation, target)

    def _is_use_too(self, need: Mark) -> bool:
        """Tell whether a word for concluding an agreement means "become a part" as well."""
        return any(one.start == need.start for one in self.clause.of("use"))

    def _topic_after(self, negation: Mark) -> Topic | None:
        near = (
            one
            for one in self.topics
            if self.clause.follows(negation, one, _TOPIC)
            or (negation.kind == "no" and one.start < negation.start < one.end)  # "train no AI"
        )
        return next((one for one in near if not self.clause.parted(negation, one, ":;")), None)

    def _ends_in(self, negation: Mark) -> bool:
        """Tell whether a clause ends in "not" after its topic, as where verbs come last."""
        clause = self.clause
        return (
            negation.kind != "fact"
            and len(clause.text) - negation.end <= _LAST * clause.unit
            and any(
                clause.follows(one, negation, _TOPIC) and not clause.parted(one, negation, ",:;")
                for one in self.topics
            )
        )

    def _target(self, negation: Mark) -> Mark | None:
        """Return the predicate a negation belongs to: the next one, or else the last one."""
        clause = self.clause
        ahead, behind = self._ahead(negation), self._behind(negation)
        if ahead and behind and clause.parted(negation, ahead, ",:;"):
            return behind if not clause.follows(negation, ahead, 2) else ahead
        if ahead and clause.parted(negation, ahead, ":;"):
            return None
        return ahead or behind

    def _ahead(self, negation: Mark) -> Mark | None:
        clause = self.clause
        found: Mark | None = None
        for mark in self._turnable():
            if mark.start < negation.end:
                continue
            if found is None:
                if not clause.follows(negation, mark, _AHEAD):
                    return None
                found = mark
                if mark.kind != "cons":
                    return found
            elif mark.kind in ("perm", "ban", "cannot", "res", "obj"):
                # "nothing in this licence permits": the noun is not the predicate
                return mark if gap(found, mark) <= _BESIDE * clause.unit else found
        return found

    def _behind(self, negation: Mark) -> Mark | None:
        reach = _BEHIND * self.clause.unit
        found: Mark | None = None
        for mark in self._turnable():
            if mark.start >= negation.end:
                break
            if mark.end <= negation.start + 1 and gap(mark, negation) <= reach:
                found = mark
        return found

    def _turnable(self) -> Iterator[Mark]:
        for mark in self.clause.marks:
            if mark.kind in _TURNABLE and mark not in self.spent:
                yield mark

    def _swallow(self) -> None:
        """Take out predicates that only complete another: "withhold consent", "may opt out"."""
        clause = self.clause
        for mark in clause.of("ban"):
            for other in clause.of("perm"):
                if clause.follows(mark, other, _BESIDE) and not clause.parted(mark, other, ",:;"):
                    self.spent.add(other)
        for mark in clause.of("res", "obj"):
            if any(clause.follows(other, mark, 4) for other in self._left("perm", "modal")):
                self.spent.add(mark)

    def _names(self, topic: Topic, mark: Mark) -> bool:
        """Tell whether what the rights are in stands before a colon: "text mining: all rights"."""
        before = self.clause.text[topic.end : mark.start].rstrip()
        return before.endswith(":") and len(before) <= _BESIDE * self.clause.unit

    def _all_rights(self) -> None:
        """Read "all rights reserved": it speaks of a topic only if it says that it includes it."""
        clause = self.clause
        for mark in clause.of("allr"):
            for topic in self.topics:
                low, high = min(mark.start, topic.start), max(mark.end, topic.end) + _INCLUDED
                named = self._names(topic, mark) or (
                    clause.follows(mark, topic, _BEHIND)
                    and not clause.parted(mark, topic, ",:;")
                    and any(mark.end <= i.start < topic.start for i in clause.of("over"))
                )
                if named or any(low <= i.start and i.end <= high for i in clause.of("incl")):
                    self.found.append(_refuse("reserve", mark))
