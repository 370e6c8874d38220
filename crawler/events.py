"""What happens in a crawl, told as it happens to whoever listens: logs, metrics.

The names and facts are stable (`docs/logs.md`). Nothing is built while nobody listens. The
crawl's own record is the store: an event is told when a thing happens, not when it is committed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from crawler.core.consent.grounds import ground_of
from crawler.core.outcome import (
    Failed,
    Kept,
    Learned,
    Missing,
    Moved,
    Outcome,
    Refused,
    Skipped,
    Unchanged,
)
from crawler.frontier.hosts import ASKED_TO_WAIT, FOREVER, OUTSIDE_HOURS
from crawler.frontier.recording import Writes
from crawler.frontier.url_rows import Note
from crawler.visit import Visit

# Every event, and how much it matters: as levels of a log.
LEVELS: Final[Mapping[str, str]] = {
    "start": "info",
    "visit": "debug",
    "refusal": "info",
    "back-off": "info",
    "park": "info",
    "budget": "info",
    "reload": "info",
    "commit": "debug",
    "warning": "warning",
    "error": "error",
    "end": "info",
}
# A page that does this to the crawler is its fault, not the page's.
_OURS = frozenset({"bug", "parse-crashed"})
Fact: TypeAlias = "str | int | float | bool | list[str] | None"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, at `at` (seconds since the epoch).

    The fact `until` is a time as well, and None for what has no end.
    """

    name: str
    at: float
    facts: Mapping[str, Fact] = field(default_factory=dict)

    @property
    def level(self) -> str:
        return LEVELS[self.name]


Listener: TypeAlias = Callable[[Event], None]


class Events:
    """Who listens. False while nobody does: then nothing need be built."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def __bool__(self) -> bool:
        return bool(self._listeners)

    def listen(self, listener: Listener) -> None:
        """Have `listener` called with every event, in the event loop: it must not wait."""
        self._listeners.append(listener)

    def tell(self, name: str, at: float, **facts: Fact) -> None:
        """Tell what happened. Raises whatever a listener does."""
        if self._listeners:
            self.tell_all([Event(name, at, facts)])

    def tell_all(self, events: Iterable[Event]) -> None:
        for event in events:
            for listener in self._listeners:
                listener(event)


def of_visit(visit: Visit, writes: Writes, now: float) -> list[Event]:
    """Return what to tell of a visit that ended, and of its host's clock after it."""
    task, outcome, response = visit.task, visit.outcome, visit.response
    named: dict[str, Fact] = {"host": task.url.host, "url": task.url.text}
    kind, code = _outcome(outcome)
    facts: dict[str, Fact] = named | {
        "kind": task.file.value if task.file is not None else task.kind.value,
        "outcome": kind,
        "code": code,
        "status": response.status if response is not None else None,
        "bytes": response.wire_bytes if response is not None else 0,
        "seconds": round(max(0.0, visit.timing.ended_at - visit.timing.started_at), 3),
        "attempt": task.attempt,
    }
    told = [Event("visit", now, facts)]
    if isinstance(outcome, Refused) and not outcome.decision.deferred:
        asked = outcome.evidence is not None
        told.append(_refusal(named, outcome.decision.reason, now, asked=asked))
    if kind == "failed" and code in _OURS:
        told.append(Event("error", now, named | {"code": code}))
    due, _, reason, failures = writes.clock[:4]
    rest: dict[str, Fact] = {"host": task.url.host, "reason": reason, "until": _until(due)}
    if reason == ASKED_TO_WAIT or reason.startswith("backing off"):
        told.append(Event("back-off", now, rest | {"failures": failures}))
    elif reason.startswith("parked"):
        told.append(Event("park", now, rest | {"failures": failures}))
    return told


def of_notes(notes: Iterable[Note], now: float) -> list[Event]:
    """Return what to tell of hosts and pages that were looked at and not asked."""
    return [_of_note(note, now) for note in notes]


def _of_note(note: Note, now: float) -> Event:
    host, url, reason, until = note
    if url:
        return _refusal({"host": host, "url": url}, reason, now, asked=False)
    if until >= FOREVER:
        return Event("budget", now, {"host": host, "reason": reason})
    why = reason if reason == OUTSIDE_HOURS else f"held: {reason}"
    return Event("park", now, {"host": host, "reason": why, "until": _until(until), "failures": 0})


def _refusal(named: Mapping[str, Fact], rule: str, now: float, *, asked: bool) -> Event:
    of = ground_of(rule).value
    return Event("refusal", now, {**named, "rule": rule, "ground": of, "asked": asked})


def _outcome(outcome: Outcome) -> tuple[str, str]:
    """Return what an outcome is called, and its code."""
    name, code = type(outcome).__name__.lower(), ""
    match outcome:
        case Kept(decision=decision) | Refused(decision=decision) | Unchanged(decision=decision):
            code = decision.reason
        case Missing(status=status):
            code = f"status-{status}"
        case Skipped(code=code) | Failed(code=code):
            pass
        case Moved(why=code):
            pass
        case Learned(snapshot=snapshot):
            code = snapshot.error or snapshot.found.value
        case _:
            pass
    return name, code


def _until(at: float) -> float | None:
    return None if at >= FOREVER else at
