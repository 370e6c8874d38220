"""Site evidence of two times: what origins say now, and what others captured of them before.

Answers that others captured speak for their own time and are never taken for what is said now.
`Timeline` holds all answers of one origin; `at` and `now` choose among them as `speaks_for` does.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from operator import itemgetter
from typing import Any, NamedTuple, cast

from crawler.core.decision import Found
from crawler.core.evidence import FileKind, Snapshot
from crawler.core.urls import site_of
from crawler.store.database import Connection
from crawler.store.evidence import load_snapshots, save_snapshot

# Answers of origins and what is attached to them or their sites, as `site_evidence` reads one.
_COLUMNS = (
    "fetched_at, snapshot.id, given_snapshot.id IS NOT NULL, kind, snapshot.url, found, status,"
    " error, headers, sha256"
)
_OWN = (
    f"SELECT {_COLUMNS}, origin FROM snapshot LEFT JOIN given_snapshot USING (id)"  # noqa: S608
    " WHERE origin IN (SELECT value FROM json_each(?1))"
)
_ALL = (
    f"{_OWN} UNION ALL SELECT {_COLUMNS}, licence_file.origin FROM licence_file"  # noqa: S608
    " JOIN snapshot ON snapshot.url = licence_file.url AND kind IN ('rsl', 'terms')"
    " LEFT JOIN given_snapshot USING (id)"
    " WHERE licence_file.origin IN (SELECT value FROM json_each(?1))"
)
_NAMED = (
    f"SELECT {_COLUMNS}, origin FROM snapshot LEFT JOIN given_snapshot USING (id)"  # noqa: S608
    " WHERE url = ? AND kind = ?"
)
_SAME = (
    "SELECT snapshot.id FROM snapshot JOIN given_snapshot USING (id)"
    " WHERE (origin, kind, url, fetched_at, sha256) = (?, ?, ?, ?, ?)"
)
# A page and a site file that one tool captured within so many seconds are of one visit.
ONE_VISIT = 600.0

Key = tuple[str, str]  # kind and URL of a place


class Known(NamedTuple):
    """One answer, without its body, as it is stored."""

    fetched_at: float
    id: int
    given: bool
    kind: str
    url: str
    found: str
    status: int
    error: str
    headers: str
    sha256: str
    owner: str  # whom it speaks for: an origin, or the site that it is attached to


_known = cast("Callable[[Any], Known]", partial(tuple.__new__, Known))  # `_make` in one step


class Timeline:
    """All answers that ever spoke for one origin, by place and in the order of their times."""

    def __init__(self, answers: Iterable[Known]) -> None:
        places: dict[Key, list[Known]] = {}
        for item in answers:
            places.setdefault((item.kind, item.url), []).append(item)
        for known in places.values():
            if len(known) > 1:
                known.sort(key=itemgetter(0, 1))
        self._places = [places[place] for place in sorted(places, key=_order)]
        self._turns: list[float] | None = None

    def now(self) -> tuple[Known, ...]:
        """Return the newest answer of each place that was asked for and not given."""
        found = []
        for answers in self._places:
            for item in reversed(answers):
                if not item.given:
                    found.append(item)
                    break
        return tuple(found)

    def turn(self, time: float) -> int:
        """Return a number that is the same for all times of which `at` says the same."""
        if self._turns is None:
            times = {item.fetched_at for answers in self._places for item in answers}
            times.update(answers[0].fetched_at - ONE_VISIT for answers in self._places)
            self._turns = sorted(times)
        return bisect_right(self._turns, time)

    def at(self, time: float) -> tuple[Known, ...]:
        """Return of each place the newest answer not later than `time`.

        A place whose first answer came within the same visit counts with that.
        """
        found = []
        for answers in self._places:
            number = bisect_right(answers, time, key=itemgetter(0))
            if number:
                found.append(answers[number - 1])
            elif answers[0].fetched_at - ONE_VISIT <= time:
                found.append(answers[0])
        return tuple(found)


def _order(place: Key) -> tuple[bool, Key]:
    return (place[0] == FileKind.RSL, place)  # licence documents last, as they are learned


def timelines(connection: Connection, origins: Sequence[tuple[str, str]]) -> dict[str, Timeline]:
    """Return the answers of each origin, given with its host."""
    by_site: dict[str, list[str]] = {}
    attached = connection.execute("SELECT EXISTS (SELECT 1 FROM licence_file)").fetchone()[0]
    for origin, host in origins if attached else ():
        by_site.setdefault(site_of(host), []).append(origin)
    found: dict[str, list[Known]] = {origin: [] for origin, _ in origins}
    names = json.dumps([*found, *by_site])
    for known in map(_known, connection.execute(_ALL if attached else _OWN, (names,))):
        own = found.get(known.owner)
        if own is not None:
            own.append(known)
            continue
        for name in by_site.get(known.owner, ()):
            found[name].append(known)
    return {origin: Timeline(answers) for origin, answers in found.items()}


def late_answer(
    connection: Connection, kind: FileKind, url: str, time: float | None
) -> Snapshot | None:
    """Return the answer of a document that something names: now (`time` None), or then."""
    rows = connection.execute(_NAMED, (url, kind.value))
    timeline = Timeline([_known(row) for row in rows])
    chosen = timeline.now() if time is None else timeline.at(time)
    return next(iter(load_snapshots(connection, [item.id for item in chosen])), None)


def save_given(connection: Connection, origin: str, snapshot: Snapshot, source: str) -> None:
    """Store a site file that others captured, once."""
    same = (origin, snapshot.kind.value, snapshot.url, snapshot.fetched_at, snapshot.sha256)
    if snapshot.found is Found.NOT_SOUGHT or connection.execute(_SAME, same).fetchone():
        return
    number = save_snapshot(connection, origin, snapshot)
    connection.execute("INSERT INTO given_snapshot VALUES (?, ?)", (number, source))


def input_rows(connection: Connection, origin: str) -> int:
    """Return how many rows of the inputs of a screening lie on an origin."""
    row = connection.execute(
        "SELECT sum(rows) FROM screened_origin WHERE origin = ?", (origin,)
    ).fetchone()
    return int(row[0] or 0)
