"""Reading hosts that are due into memory, and gate 1 in bulk while doing so.

Runs in the database thread inside a transaction; it makes new `Host` objects and shares
none with the event loop. A refusal here costs the host no turn and its server no request.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

from crawler.core.decision import Decision
from crawler.core.evidence import Snapshot
from crawler.core.pace import floor_delay, next_hour
from crawler.core.task import Task, TaskKind
from crawler.core.urls import Url
from crawler.frontier.asking_files import evidence_for, fresh_until, look_again, screen_file
from crawler.frontier.hosts import (
    FOREVER,
    HOST_COLUMNS,
    NUMBER_BITS,
    OUTSIDE_HOURS,
    Host,
    Kind,
    Row,
    is_free,
    url_from,
)
from crawler.frontier.in_force import InForce
from crawler.frontier.link_rules import VIEWS
from crawler.frontier.turn import Turn
from crawler.frontier.url_rows import Changes, end_url, postpone
from crawler.store.database import Connection

_HOSTS = f"SELECT {HOST_COLUMNS} FROM host WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608
# The first so many URLs that wait of each of some hosts.
_FRONTS = (
    "SELECT url.id, url, kind, depth, attempt, via, file, outcome, priority"
    " FROM json_each(?) AS host CROSS JOIN url WHERE url.id IN ("
    "SELECT id FROM url WHERE host_id = host.value AND state = 0 ORDER BY priority, id LIMIT ?)"
)
# The same of what was visited before, and of site files.
_FRONTS_AGAIN = _FRONTS.replace(
    "state = 0 ORDER", "state = 0 AND (kind = 1 OR outcome != '') ORDER"
)
# A host that begins to wait for a reason; one that has one keeps its time.
_SINCE = "since = CASE WHEN since > 0 AND reason != '' THEN since ELSE ? END"
_PRIORITY = itemgetter(8)
_FEW_VIEWS = 4  # as many as a host's first turn has
_PAGE: Final = TaskKind.PAGE
_SITEMAP: Final = TaskKind.SITEMAP
# Hosts are read up to so many seconds before they are due: few large batches, and none waits.
AHEAD = 1.0
# Rounds of candidates looked at for one turn when gate 1 refuses them; then it is others' turn.
_ROUNDS = 8
# URLs looked at to see if all that waits is of origins that are held; it takes 10 ms.
_LOOK_BEHIND = 20_000


@dataclass(frozen=True, slots=True)
class Loaded:
    """What reading some hosts gave."""

    hosts: list[Host]
    changes: Changes


def load_hosts(
    connection: Connection,
    lengths: Mapping[int, int],
    in_force: InForce,
    now: float,
    *,
    tell: bool = False,
) -> Loaded:
    """Return the hosts, each with a queue of at most its length of what may be handed out.

    With `tell`, the changes note what is not asked and why.
    """
    changes = Changes(notes=[] if tell else None)
    rows = connection.execute(_HOSTS, (json.dumps(list(lengths)),)).fetchall()
    hosts: dict[int, Host] = {row[0]: Host(row) for row in rows}
    turns: list[Turn] = []
    wanted: dict[int, list[int]] = {}  # by length
    for number, length in lengths.items():  # whoever has been due longest goes first
        host = hosts.get(number)
        if host is None:
            continue
        host.length = length
        turn = Turn(connection, host, in_force, now, changes)
        if _has_a_turn(turn):
            turns.append(turn)
            wanted.setdefault(length, []).append(number)
    fronts: dict[int, list[Row]] = {}
    for length, numbers in wanted.items():
        for row in connection.execute(_fronts(in_force), (json.dumps(numbers), length)).fetchall():
            fronts.setdefault(row[0] >> NUMBER_BITS, []).append(row)
    for turn in turns:
        _fill(turn, fronts.get(turn.host.id, []))
    return Loaded(list(hosts.values()), changes)


def _has_a_turn(turn: Turn) -> bool:
    """Say if the host's URLs are wanted now: something waits, it is due, budgets allow it."""
    host, in_force = turn.host, turn.in_force
    host.free = is_free(host.addresses, in_force.settings.free)
    least = floor_delay(in_force.settings.politeness, free=host.free)
    if in_force.unclean:
        host.due = max(host.due, in_force.floor_at + max(host.delay, least))
    elif host.due:
        host.due = max(host.due, in_force.floor_at + host.delay)
    if 0.0 < host.delay < least:
        host.due += least - host.delay  # its clock was set when the policy asked for less
    if host.hours:
        _keep_hours(turn)
    if host.later_at and host.later_at <= turn.now:
        _wake_urls(turn)
    if not host.waiting or host.due > turn.now + AHEAD:
        return False
    turn.spent = _spent_budget(turn)
    if turn.spent and not _owes_files(turn):
        _hold(turn, FOREVER, turn.spent)
        return False
    return True


def _owes_files(turn: Turn) -> bool:
    """Say if a site file waits: pages that were given may be held until it is known."""
    row = turn.connection.execute(
        "SELECT 1 FROM url WHERE host_id = ? AND state = 0 AND kind = 1 AND priority = 0 LIMIT 1",
        (turn.host.id,),
    ).fetchone()
    return row is not None


def hosts_that_owe(connection: Connection) -> frozenset[int]:
    """Return the hosts that gave pages which may be held until a site file is known."""
    rows = connection.execute(
        "SELECT id FROM host WHERE waiting > 0 AND pages > 0 AND EXISTS (SELECT 1 FROM url"
        " WHERE host_id = host.id AND state = 0 AND priority = 0 AND kind = 1)"
    )
    return frozenset([row[0] for row in rows])


def _fill(turn: Turn, rows: list[Row]) -> None:
    """Fill the queue from the front of the host's URLs, looking further if all are refused."""
    host = turn.host
    host.fresh_until = FOREVER
    for _ in range(_ROUNDS):
        if not rows and turn.in_force.again_only:
            host.held_until = FOREVER  # in memory only: what waits is for the next crawl
            return
        if not rows:
            # The rows are the truth; a count that says otherwise was edited by hand.
            host.waiting = 0
            return
        rows.sort(key=_PRIORITY)  # they come in the order of their numbers
        if turn.spent:
            rows = [row for row in rows if row[2] == Kind.FILE]
            if not rows:
                _hold(turn, FOREVER, turn.spent)
                return
        _screen(turn, _pages_first(rows))
        host.queue.reverse()
        if host.queue or host.held_until:
            return
        query = _fronts(turn.in_force)
        rows = turn.connection.execute(query, (json.dumps([host.id]), host.length)).fetchall()


def _pages_first(rows: list[Row]) -> list[Row]:
    """Return the pages, or a few views if there are none now: some may turn up meanwhile."""
    if _PRIORITY(rows[-1]) < VIEWS:
        return rows
    return [row for row in rows if _PRIORITY(row) < VIEWS] or rows[:_FEW_VIEWS]


def _keep_hours(turn: Turn) -> None:
    """Have a host wait that is due now, yet outside its visiting hours: nobody came in time."""
    host = turn.host
    due = max(host.due, turn.now)
    opens = next_hour(host.hours, due)
    if opens > due:
        host.due, host.reason = opens, OUTSIDE_HOURS
        turn.connection.execute(
            f"UPDATE host SET due = ?, reason = ?, {_SINCE} WHERE id = ?",  # noqa: S608 - our own
            (host.due, host.reason, turn.now, host.id),
        )
        _note(turn, "", OUTSIDE_HOURS, opens)


def _wake_urls(turn: Turn) -> None:
    host, run = turn.host, turn.connection.execute
    host.waiting += run(
        "UPDATE url SET state = 0 WHERE host_id = ? AND state = 1 AND due <= ?",
        (host.id, turn.now),
    ).rowcount
    (first,) = run(
        "SELECT min(due) FROM url WHERE host_id = ? AND state = 1", (host.id,)
    ).fetchone()
    host.later_at = first or 0.0
    turn.store_counts()


def _fronts(in_force: InForce) -> str:
    return _FRONTS_AGAIN if in_force.again_only else _FRONTS


def _spent_budget(turn: Turn) -> str:
    budgets, host = turn.in_force.settings.budgets, turn.host
    if turn.in_force.again_only:  # pages that were given once cost the budget nothing
        return ""
    if budgets.host_pages and host.pages >= budgets.host_pages:
        return "the host's page budget is spent"
    if budgets.site_pages:
        row = turn.connection.execute(
            "SELECT pages FROM site WHERE name = (SELECT site FROM host WHERE id = ?)", (host.id,)
        ).fetchone()
        if row and row[0] >= budgets.site_pages:
            return "the site's page budget is spent"
    return ""


def _hold(turn: Turn, until: float, reason: str) -> None:
    turn.host.held_until, turn.host.reason = until, reason
    _note(turn, "", reason, until)
    turn.connection.execute(
        f"UPDATE host SET reason = ?, held_until = ?, {_SINCE} WHERE id = ?",  # noqa: S608 - our own
        (reason, until, turn.now, turn.host.id),
    )


def _screen(turn: Turn, rows: list[Row]) -> None:
    """Pass candidates through gate 1: queue, record the refusal, or hold."""
    deferred: list[Row] = []
    settled = 0
    for row in rows:
        url = url_from(row[1], turn.host.name)
        origin = url.origin
        if row[2] == Kind.FILE:
            settled += not screen_file(turn, row, url)
        elif origin not in turn.held:
            settled += _screen_page(turn, row, url, origin)
        if turn.asks_file():
            break
        if origin in turn.held:
            deferred.append(row)
    if settled:
        turn.host.waiting -= settled
        turn.store_counts()
    if not deferred or turn.asks_file():
        return
    until, reason = min(turn.held.values())
    if len(deferred) == len(rows) and not _has_other_origins(turn, len(rows)):
        _hold(turn, until, reason)
        return
    # Some origins of the host are held, others are not: these URLs step aside.
    for row in deferred:
        postpone(turn.connection, row[0], until, reason, row[4])
    turn.host.waiting -= len(deferred)
    turn.host.later_at = min(turn.host.later_at or FOREVER, until)
    turn.store_counts()


def _has_other_origins(turn: Turn, seen: int) -> bool:
    """Say if something waits behind the front that is of none of the origins held.

    Whoever links to many ports of a host fills its front with origins that do not answer.
    """
    if turn.host.waiting <= seen:
        return False
    starts = json.dumps([f"{origin}/" for origin in turn.held])
    row = turn.connection.execute(
        "SELECT 1 FROM (SELECT url FROM url WHERE host_id = ? AND state = 0 LIMIT ?)"
        " WHERE NOT EXISTS (SELECT 1 FROM json_each(?) WHERE substr(url, 1, length(value)) = value)"
        " LIMIT 1",
        (turn.host.id, _LOOK_BEHIND, starts),
    ).fetchone()
    return row is not None


def _screen_page(turn: Turn, row: Row, url: Url, origin: str) -> bool:
    """Queue a page or a sitemap that may be asked for; say if it was settled instead."""
    in_force = turn.in_force
    if (forbidden := in_force.consent.forbids(url, in_force.policy, turn.now)) is not None:
        return _refuse(turn, row, forbidden, ())
    site = evidence_for(turn, url, origin)
    if site is None:
        return False
    decision = turn.decide(url, site)
    if row[2] == Kind.ORIGIN and not decision.deferred:
        end_url(turn.connection, row[0], "learned", "")
        return True
    if decision:
        task = _page_task(turn, row, url, site)
        task.passed = in_force.policy
        turn.host.queue.append(task)
        if site:
            turn.host.fresh_until = min(turn.host.fresh_until, fresh_until(site, turn.now))
        return False
    if decision.deferred or not decision.refused:
        turn.held[origin] = (look_again(site, turn.now), decision.reason)
        if row[2] == Kind.ORIGIN:
            return False
        _record(turn, row[0], decision, site)
        return False
    return _refuse(turn, row, decision, site)


def _refuse(turn: Turn, row: Row, decision: Decision, site: tuple[Snapshot, ...]) -> bool:
    _record(turn, row[0], decision, site)
    end_url(turn.connection, row[0], "refused", decision.reason)
    if row[2] == Kind.PAGE:
        turn.changes.refused[decision.reason] += 1
        _note(turn, row[1], decision.reason, 0.0)
    return True


def _note(turn: Turn, url: str, reason: str, until: float) -> None:
    if turn.changes.notes is not None:
        turn.changes.notes.append((turn.host.name, url, reason, until))


def _record(turn: Turn, number: int, decision: Decision, site: tuple[Snapshot, ...]) -> None:
    turn.in_force.consent.record_refusal(
        turn.connection, number, decision, site, turn.in_force.policy
    )


def _page_task(turn: Turn, row: Row, url: Url, site: tuple[Snapshot, ...]) -> Task:
    number, _, kind, depth, attempt, via, file, outcome, _ = row
    chain: tuple[str, ...] = tuple(json.loads(via)) if via else ()
    for_host, level = json.loads(file) if file else ("", 0)  # of a sitemap
    etag = modified = ""
    if outcome:  # it was visited before
        held = turn.connection.execute(
            "SELECT etag, last_modified FROM revisit WHERE url_id = ?", (number,)
        ).fetchone()
        etag, modified = held or ("", "")
    what = _SITEMAP if kind == Kind.SITEMAP else _PAGE
    return Task(
        number, url, what, (), site, None, for_host, "", level or len(chain), chain, depth,
        attempt, etag, modified,
    )  # fmt: skip
