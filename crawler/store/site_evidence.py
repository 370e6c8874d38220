"""What speaks for a URL at a time: the one place where every gate and command gets it.

Evidence is what an origin says when it is asked about, never only what an old decision names:
of each place the newest answer that is not later, the terms pages of its site, and every RSL
document that the origin's evidence, its robots.txt or the page names. Which documents are named is
the reader's to say, so `judge` decides, looks up what the decision awaits, and decides again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

from crawler.core.consent import decide, unasked
from crawler.core.decision import Decision, Found
from crawler.core.evidence import Evidence, FileKind, Snapshot
from crawler.core.policy import ConsentPolicy
from crawler.core.urls import Url, parse
from crawler.store.database import Connection
from crawler.store.evidence import latest_snapshot, load_snapshots

_NAMED = frozenset({FileKind.RSL, FileKind.TERMS})
_EVER = 1e18
# Pages of a host that are looked at to count those of one of its origins.
_COUNTED = 300

Decide: TypeAlias = Callable[[Evidence, ConsentPolicy, float], Decision]

# Answers of an origin, and of the documents attached to it; terms are attached to a site.
_OF_ORIGIN = (
    "SELECT fetched_at, id, kind, url FROM snapshot WHERE origin = :origin"
    " UNION ALL SELECT fetched_at, id, kind, snapshot.url FROM licence_file"
    " JOIN snapshot ON snapshot.url = licence_file.url AND kind = 'rsl'"
    " WHERE licence_file.origin = :origin"
    " UNION ALL SELECT coalesce(fetched_at, 0), coalesce(id, 0), 'terms', licence_file.url"
    " FROM licence_file LEFT JOIN snapshot ON snapshot.url = licence_file.url AND kind = 'terms'"
    " WHERE licence_file.origin = :site"
)
# ... and of every place that a decision rests on.
_OF_DECISION = (
    " UNION ALL SELECT answer.fetched_at, answer.id, answer.kind, answer.url"
    " FROM snapshot AS used JOIN snapshot AS answer"
    " ON (answer.url, answer.kind, answer.origin) = (used.url, used.kind, used.origin)"
    " WHERE used.id IN (SELECT value FROM json_each(:used))"
)


def speaks_for(
    connection: Connection, origin: str, at: float | None = None, used: Iterable[int] = ()
) -> tuple[Snapshot, ...]:
    """Return the newest answer, not later than `at`, of each place that speaks for `origin`.

    Without `at` the newest there is: a clock that was set back must hide no refusal. `used` are
    the answers that a decision about a URL of the origin rests on: they were known to it, so
    they are never too late, and what is newer of their places counts as well. Terms that nobody
    has asked for yet are "not sought".
    """
    known = set(used)
    root = parse(f"{origin}/")
    site = root.site if root is not None else ""
    values = {"origin": origin, "site": site, "used": json.dumps(sorted(known))}
    query = _OF_ORIGIN + _OF_DECISION if known else _OF_ORIGIN
    newest: dict[tuple[str, str], tuple[float, int]] = {}
    for fetched_at, number, kind, url in connection.execute(query, values):
        if at is not None and fetched_at > at and number not in known:
            continue
        place = (kind, url)
        if place not in newest or newest[place] < (fetched_at, number):
            newest[place] = (fetched_at, number)
    # Licence documents last, as they are learned.
    places = sorted(newest, key=lambda place: (place[0] == FileKind.RSL, place))
    found = load_snapshots(connection, [newest[place][1] for place in places])
    if at is not None or all(number for _, number in newest.values()):
        return found
    pending = (url for (_, url), (_, number) in sorted(newest.items()) if not number)
    return (*found, *(Snapshot(FileKind.TERMS, url, Found.NOT_SOUGHT, 0.0) for url in pending))


def given(
    connection: Connection, origin: Url, most: int, at: float | None = None
) -> tuple[int, ...]:
    """Return pages that an origin has given, whatever became of them since, `most` at most.

    A host that has given hundreds of pages counts as one that has given enough on each of its
    origins, so that this never takes long.
    """
    row = connection.execute("SELECT id FROM host WHERE name = ?", (origin.host,)).fetchone()
    if row is None:
        return ()
    pages = connection.execute(
        "SELECT url_id, url FROM page WHERE url_id BETWEEN ?1 << 32 AND ((?1 + 1) << 32) - 1"
        " AND fetched_at <= ?2 LIMIT ?3",
        (row[0], _EVER if at is None else at, _COUNTED),
    )
    start = f"{origin.origin}/"
    looked: list[int] = []
    own: list[int] = []
    for number, url in pages:
        looked.append(number)
        if url.startswith(start):
            own.append(number)
            if len(own) >= most:
                return tuple(own)
    return tuple(looked[:most]) if len(looked) >= _COUNTED else tuple(own)


def owed(
    connection: Connection,
    evidence: Evidence,
    policy: ConsentPolicy,
    at: float | None = None,
) -> str:
    """Return the file that is due of a URL's origin and that nobody asked for, or ""."""
    url, site, most = evidence.url, evidence.site, policy.probes.after_pages
    wanted = unasked(url, site, policy, most)
    if wanted is None:
        return ""
    before = unasked(url, site, policy, 0)
    if before is not None:
        return before.url.text
    return wanted.url.text if len(given(connection, url, most, at)) >= most else ""


def says_otherwise(used: Iterable[Snapshot], now: Iterable[Snapshot]) -> bool:
    """Say whether `now` tells a reader anything that `used` did not.

    The same file fetched again is no news, whatever the date among its headers; nor is a place
    that was never sought before and where nothing lies.
    """
    known = {(item.kind, item.url): item for item in used}
    for item in now:
        before = known.get((item.kind, item.url))
        if before is None:
            if item.found is not Found.ABSENT:
                return True
        elif before.id != item.id and _told(before) != _told(item):
            return True
    return False


def _told(item: Snapshot) -> tuple[object, ...]:
    notes = tuple(line for line in item.headers if line[0].startswith(":"))  # of our own
    return item.found, item.sha256, item.status, item.error, notes


@dataclass(frozen=True, slots=True)
class Judged:
    """A decision on everything that speaks for a URL, and what it still waits for."""

    decision: Decision
    evidence: Evidence
    waits: tuple[str, ...] = ()  # URLs of files that are named, or due, and not known

    @property
    def keeps(self) -> bool:
        """Say whether the page may be used now: an answer that is due may still say no."""
        return bool(self.decision) and not self.waits


def judge(
    connection: Connection,
    evidence: Evidence,
    policy: ConsentPolicy,
    now: float,
    *,
    at: float | None = None,
    decide: Decide = decide,
) -> Judged:
    """Decide as of `now` on what speaks for a URL (`at`: what was known then).

    A document that is named and known takes part; one that is named and unknown, and a file
    that the policy probes for and nobody asked for, is waited for.
    """
    decision = decide(evidence, policy, now)
    held = {item.url for item in evidence.site if item.kind in _NAMED}
    while named := [url for url in decision.awaiting if url not in held]:
        wanted = set(decision.wanted)
        found = [
            latest_snapshot(
                connection, FileKind.TERMS if url in wanted else FileKind.RSL, url, at=at
            )
            for url in named
        ]
        known = tuple(item for item in found if item is not None)
        if not known:
            break
        held.update(item.url for item in known)
        evidence = replace(evidence, site=evidence.site + known)
        decision = decide(evidence, policy, now)
    due = "" if decision.refused else owed(connection, evidence, policy, at)
    return Judged(decision, evidence, (*decision.awaiting, due) if due else decision.awaiting)
