"""Site evidence of two times: what origins say now, and what others captured of them before.

Answers that others captured speak for their own time and are never taken for what is said now.
`Timeline` holds all answers of one origin; `at` and `now` choose among them as `speaks_for` does.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from crawler.core.decision import Found
from crawler.core.evidence import FileKind, Snapshot
from crawler.core.urls import site_of
from crawler.store.database import Connection
from crawler.store.evidence import load_snapshots, save_snapshot

# Answers of origins and what is attached to them or their sites, as `site_evidence` reads one.
_ANSWERS = (
    "SELECT origin, fetched_at, id, kind, url FROM snapshot"
    " WHERE origin IN (SELECT value FROM json_each(?1))"
    " UNION ALL SELECT licence_file.origin, fetched_at, id, kind, snapshot.url FROM licence_file"
    " JOIN snapshot ON snapshot.url = licence_file.url AND kind IN ('rsl', 'terms')"
    " WHERE licence_file.origin IN (SELECT value FROM json_each(?1))"
)
_GIVEN = "SELECT id FROM given_snapshot WHERE id IN (SELECT value FROM json_each(?))"
_SAME = (
    "SELECT snapshot.id FROM snapshot JOIN given_snapshot USING (id)"
    " WHERE (origin, kind, url, fetched_at, sha256) = (?, ?, ?, ?, ?)"
)
# A page and a site file that one tool captured within so many seconds are of one visit.
ONE_VISIT = 600.0

Key = tuple[str, str]  # kind and URL of a place


class Known(NamedTuple):
    """One answer, without its body."""

    fetched_at: float
    id: int
    given: bool


class Timeline:
    """All answers that ever spoke for one origin, by place and in the order of their times."""

    def __init__(self) -> None:
        self.places: dict[Key, list[Known]] = {}

    def add(self, place: Key, known: Known) -> None:
        self.places.setdefault(place, []).append(known)

    def sort(self) -> None:
        for answers in self.places.values():
            answers.sort(key=lambda item: (item.fetched_at, item.id))

    def now(self) -> tuple[int, ...]:
        """Return the newest answer of each place that was asked for and not given."""
        found = []
        for place in sorted(self.places, key=_order):
            own = [item for item in self.places[place] if not item.given]
            if own:
                found.append(own[-1].id)
        return tuple(found)

    def at(self, time: float) -> tuple[int, ...]:
        """Return of each place the newest answer not later than `time`.

        A place whose first answer came within the same visit counts with that.
        """
        found = []
        for place in sorted(self.places, key=_order):
            answers = self.places[place]
            number = bisect_right(answers, time, key=lambda item: item.fetched_at)
            if number:
                found.append(answers[number - 1].id)
            elif answers[0].fetched_at <= time + ONE_VISIT:
                found.append(answers[0].id)
        return tuple(found)


def _order(place: Key) -> tuple[bool, Key]:
    return (place[0] == FileKind.RSL, place)  # licence documents last, as they are learned


def timelines(connection: Connection, origins: Sequence[tuple[str, str]]) -> dict[str, Timeline]:
    """Return the answers of each origin, given with its host."""
    by_site: dict[str, list[str]] = {}
    for origin, host in origins:
        by_site.setdefault(site_of(host), []).append(origin)
    found = {origin: Timeline() for origin, _ in origins}
    names = json.dumps([*found, *by_site])
    rows = connection.execute(_ANSWERS, (names,)).fetchall()
    given = {
        number for (number,) in connection.execute(_GIVEN, (json.dumps([row[2] for row in rows]),))
    }
    for origin, fetched_at, number, kind, url in rows:
        known = Known(fetched_at, number, number in given)
        for name in by_site.get(origin, ()) if origin not in found else (origin,):
            found[name].add((kind, url), known)
    for timeline in found.values():
        timeline.sort()
    return found


def late_answer(
    connection: Connection, kind: FileKind, url: str, time: float | None
) -> Snapshot | None:
    """Return the answer of a document that something names: now (`time` None), or then."""
    rows = connection.execute(
        "SELECT fetched_at, id FROM snapshot WHERE url = ? AND kind = ?", (url, kind.value)
    ).fetchall()
    numbers = json.dumps([number for _, number in rows])
    given = {number for (number,) in connection.execute(_GIVEN, (numbers,))}
    timeline = Timeline()
    for fetched_at, number in rows:
        timeline.add((kind.value, url), Known(fetched_at, number, number in given))
    timeline.sort()
    chosen = timeline.now() if time is None else timeline.at(time)
    return next(iter(load_snapshots(connection, chosen)), None)


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
