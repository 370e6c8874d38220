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

from crawler.core.consent import FileRequest
from crawler.core.decision import Decision, Value
from crawler.core.evidence import Evidence, FileKind, Snapshot
from crawler.core.pace import floor_delay, next_hour
from crawler.core.policy import ConsentPolicy
from crawler.core.task import Task, TaskKind
from crawler.core.urls import Url, parse
from crawler.frontier.gate_one import Consent
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
from crawler.frontier.links import VIEWS
from crawler.frontier.rows import AWAIT, Changes, FileAsk, add_file, answered, postpone, settle
from crawler.frontier.settings import FrontierSettings
from crawler.store.database import Connection
from crawler.store.evidence import latest_snapshot
from crawler.store.site_evidence import speaks_for

_HOSTS = f"SELECT {HOST_COLUMNS} FROM host WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608
# The first so many URLs that wait of each of some hosts.
_FRONTS = (
    "SELECT url.id, url, kind, depth, attempt, via, file, outcome, priority"
    " FROM json_each(?) AS host CROSS JOIN url WHERE url.id IN ("
    "SELECT id FROM url WHERE host_id = host.value AND state = 0 ORDER BY priority, id LIMIT ?)"
)
_PRIORITY = itemgetter(8)
_FEW_VIEWS = 4  # as many as a host's first turn has
_PAGE: Final = TaskKind.PAGE
_FILE: Final = TaskKind.FILE
_SITEMAP: Final = TaskKind.SITEMAP
# Hosts are read up to so many seconds before they are due: few large batches, and none waits.
AHEAD = 1.0
# Rounds of candidates looked at for one turn when gate 1 refuses them; then it is others' turn.
_ROUNDS = 8
# URLs looked at to see if all that waits is of origins that are held; it takes 10 ms.
_LOOK_BEHIND = 20_000
# How soon (seconds) evidence that is unreachable without a date of its own is looked at again.
_AGAIN = 600.0
# Files that may speak for one origin: robots.txt, three probes, four licences, and expiries.
_FILES = 16


@dataclass(frozen=True, slots=True)
class View:
    """The rules in force; replaced as a whole when settings change."""

    settings: FrontierSettings
    policy: ConsentPolicy
    consent: Consent
    floor_at: float  # no host that was asked in an earlier run is asked before then plus its delay
    unclean: bool  # ... and no other host either: it may have been asked


@dataclass(frozen=True, slots=True)
class Loaded:
    """What reading some hosts gave."""

    hosts: list[Host]
    changes: Changes


class _Turn:
    """One host being read."""

    __slots__ = ("connection", "host", "view", "now", "changes", "sites", "held")  # noqa: RUF023

    def __init__(
        self, connection: Connection, host: Host, view: View, now: float, changes: Changes
    ) -> None:
        self.connection = connection
        self.host = host
        self.view = view
        self.now = now
        self.changes = changes
        self.sites: dict[str, tuple[Snapshot, ...]] = {}
        self.held: dict[str, tuple[float, str]] = {}  # origin: until, why

    def asks_file(self) -> bool:
        queue = self.host.queue
        return bool(queue) and queue[0].kind is _FILE


def load_hosts(
    connection: Connection, lengths: Mapping[int, int], view: View, now: float
) -> Loaded:
    """Return the hosts, each with a queue of at most its length of what may be handed out."""
    changes = Changes()
    rows = connection.execute(_HOSTS, (json.dumps(list(lengths)),)).fetchall()
    hosts: dict[int, Host] = {row[0]: Host(row) for row in rows}
    turns: list[_Turn] = []
    wanted: dict[int, list[int]] = {}  # by length
    for number, length in lengths.items():  # whoever has been due longest goes first
        host = hosts.get(number)
        if host is None:
            continue
        host.length = length
        turn = _Turn(connection, host, view, now, changes)
        if _has_a_turn(turn):
            turns.append(turn)
            wanted.setdefault(length, []).append(number)
    fronts: dict[int, list[Row]] = {}
    for length, numbers in wanted.items():
        for row in connection.execute(_FRONTS, (json.dumps(numbers), length)).fetchall():
            fronts.setdefault(row[0] >> NUMBER_BITS, []).append(row)
    for turn in turns:
        _fill(turn, fronts.get(turn.host.id, []))
    return Loaded(list(hosts.values()), changes)


def _has_a_turn(turn: _Turn) -> bool:
    """Say if the host's URLs are wanted now: something waits, it is due, budgets allow it."""
    host, view = turn.host, turn.view
    host.free = is_free(host.addresses, view.settings.free)
    least = floor_delay(view.settings.politeness, free=host.free)
    if view.unclean:
        host.due = max(host.due, view.floor_at + max(host.delay, least))
    elif host.due:
        host.due = max(host.due, view.floor_at + host.delay)
    if 0.0 < host.delay < least:
        host.due += least - host.delay  # its clock was set when the policy asked for less
    if host.hours:
        _keep_hours(turn)
    if host.later_at and host.later_at <= turn.now:
        _wake_urls(turn)
    if not host.waiting or host.due > turn.now + AHEAD:
        return False
    if spent := _spent_budget(turn):
        _hold(turn, FOREVER, spent)
        return False
    return True


def _fill(turn: _Turn, rows: list[Row]) -> None:
    """Fill the queue from the front of the host's URLs, looking further if all are refused."""
    host = turn.host
    host.fresh_until = FOREVER
    for _ in range(_ROUNDS):
        if not rows:
            # The rows are the truth; a count that says otherwise was edited by hand.
            host.waiting = 0
            return
        rows.sort(key=_PRIORITY)  # they come in the order of their numbers
        _screen(turn, _pages_first(rows))
        host.queue.reverse()
        if host.queue or host.held_until:
            return
        rows = turn.connection.execute(_FRONTS, (json.dumps([host.id]), host.length)).fetchall()


def _pages_first(rows: list[Row]) -> list[Row]:
    """Return the pages, or a few views if there are none now: some may turn up meanwhile."""
    if _PRIORITY(rows[-1]) < VIEWS:
        return rows
    return [row for row in rows if _PRIORITY(row) < VIEWS] or rows[:_FEW_VIEWS]


def _keep_hours(turn: _Turn) -> None:
    """Have a host wait that is due now, yet outside its visiting hours: nobody came in time."""
    host = turn.host
    due = max(host.due, turn.now)
    opens = next_hour(host.hours, due)
    if opens > due:
        host.due, host.reason = opens, OUTSIDE_HOURS
        turn.connection.execute(
            "UPDATE host SET due = ?, reason = ? WHERE id = ?", (host.due, host.reason, host.id)
        )


def _wake_urls(turn: _Turn) -> None:
    host, run = turn.host, turn.connection.execute
    host.waiting += run(
        "UPDATE url SET state = 0 WHERE host_id = ? AND state = 1 AND due <= ?",
        (host.id, turn.now),
    ).rowcount
    (first,) = run(
        "SELECT min(due) FROM url WHERE host_id = ? AND state = 1", (host.id,)
    ).fetchone()
    host.later_at = first or 0.0
    _store_counts(turn)


def _store_counts(turn: _Turn) -> None:
    turn.connection.execute(
        "UPDATE host SET waiting = ?, later_at = ? WHERE id = ?",
        (turn.host.waiting, turn.host.later_at, turn.host.id),
    )


def _spent_budget(turn: _Turn) -> str:
    budgets, host = turn.view.settings.budgets, turn.host
    if budgets.host_pages and host.pages >= budgets.host_pages:
        return "the host's page budget is spent"
    if budgets.site_pages:
        row = turn.connection.execute(
            "SELECT pages FROM site WHERE name = (SELECT site FROM host WHERE id = ?)", (host.id,)
        ).fetchone()
        if row and row[0] >= budgets.site_pages:
            return "the site's page budget is spent"
    return ""


def _hold(turn: _Turn, until: float, reason: str) -> None:
    turn.host.held_until, turn.host.reason = until, reason
    turn.connection.execute(
        "UPDATE host SET reason = ?, held_until = ? WHERE id = ?", (reason, until, turn.host.id)
    )


def _screen(turn: _Turn, rows: list[Row]) -> None:
    """Pass candidates through gate 1: queue, record the refusal, or hold."""
    deferred: list[Row] = []
    settled = 0
    for row in rows:
        url = url_from(row[1], turn.host.name)
        origin = url.origin
        if row[2] == Kind.FILE:
            settled += not _screen_file(turn, row, url)
        elif origin not in turn.held:
            settled += _screen_page(turn, row, url, origin)
        if turn.asks_file():
            break
        if origin in turn.held:
            deferred.append(row)
    if settled:
        turn.host.waiting -= settled
        _store_counts(turn)
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
    _store_counts(turn)


def _has_other_origins(turn: _Turn, seen: int) -> bool:
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


def _screen_page(turn: _Turn, row: Row, url: Url, origin: str) -> bool:
    """Queue a page or a sitemap that may be asked for; say if it was settled instead."""
    view = turn.view
    if (forbidden := view.consent.forbids(url, view.policy, turn.now)) is not None:
        return _refuse(turn, row, forbidden, ())
    site = _evidence(turn, url, origin)
    if site is None:
        return False
    decision = view.consent.decide(Evidence(url, site), view.policy, turn.now)
    if decision:
        turn.host.queue.append(_page_task(turn, row, url, site))
        if site:
            turn.host.fresh_until = min(turn.host.fresh_until, _fresh_until(site, turn.now))
        return False
    if decision.deferred or not decision.refused:
        turn.held[origin] = (_look_again(site, turn.now), decision.reason)
        _record(turn, row[0], decision, site)
        return False
    return _refuse(turn, row, decision, site)


def _refuse(turn: _Turn, row: Row, decision: Decision, site: tuple[Snapshot, ...]) -> bool:
    _record(turn, row[0], decision, site)
    settle(turn.connection, row[0], "refused", decision.reason)
    if row[2] == Kind.PAGE:
        turn.changes.refused[decision.reason] += 1
    return True


def _record(turn: _Turn, number: int, decision: Decision, site: tuple[Snapshot, ...]) -> None:
    turn.view.consent.record_refusal(turn.connection, number, decision, site, turn.view.policy)


def _page_task(turn: _Turn, row: Row, url: Url, site: tuple[Snapshot, ...]) -> Task:
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


def _fresh_until(site: tuple[Snapshot, ...], now: float) -> float:
    return min((item.expires_at for item in site if item.expires_at > now), default=FOREVER)


def _look_again(site: tuple[Snapshot, ...], now: float) -> float:
    until = _fresh_until(site, now)
    return until if until < FOREVER else now + _AGAIN


def _evidence(turn: _Turn, url: Url, origin: str) -> tuple[Snapshot, ...] | None:
    """Return the site files of the URL's origin, or None if one must be had first.

    Then asking for it is the host's only task, or the origin is held until another host
    has given its answer.
    """
    view = turn.view
    for _ in range(_FILES):
        site = _site(turn, origin)
        request = view.consent.next_file(url, site, view.policy, turn.now)
        if request is None:
            return site
        if request.kind is FileKind.RSL and _knows_licence(turn, origin, request.url.text):
            del turn.sites[origin]
            continue
        _ask(turn, request, origin, site)
        return None
    return _site(turn, origin)


def _site(turn: _Turn, origin: str) -> tuple[Snapshot, ...]:
    site = turn.sites.get(origin)
    if site is None:
        site = speaks_for(turn.connection, origin) if turn.host.evidence else ()
        turn.sites[origin] = site
    return site


def _knows_licence(turn: _Turn, origin: str, url: str) -> bool:
    """Attach an RSL document to the origin; say if a current answer for it is at hand."""
    new = turn.connection.execute(
        "INSERT OR IGNORE INTO licence_file VALUES (?, ?)", (origin, url)
    ).rowcount
    known = latest_snapshot(turn.connection, FileKind.RSL, url)
    return bool(new) and known is not None and known.expires_at > turn.now


def _ask(turn: _Turn, request: FileRequest, origin: str, site: tuple[Snapshot, ...]) -> None:
    run, host, url = turn.connection.execute, turn.host, request.url
    share = turn.view.settings.share
    ask = FileAsk(request.kind, request.origin, url.text)
    where = (ask.kind.value, ask.asked, ask.origin, host.id)
    since = run(
        "SELECT since FROM awaited WHERE (kind, asked, origin, host_id) = (?, ?, ?, ?)", where
    ).fetchone()
    if since and since[0] + AWAIT > turn.now:
        turn.held[origin] = (since[0] + AWAIT, f"awaits {url.text}")
        return
    if since and share is not None and not share.owns(url.site):
        _give_wish_up(turn, request, ask, origin)
        return
    number = add_file(turn.connection, url, ask, "", (share, turn.now), turn.changes)
    if url.host != host.name:
        run("INSERT OR REPLACE INTO awaited VALUES (?, ?, ?, ?, ?)", (*where, turn.now))
        turn.held[origin] = (turn.now + AWAIT, f"awaits {url.text}")
        return
    host.waiting += turn.changes.added.pop(host.id, 0)
    host.queue.clear()
    host.queue.append(
        Task(
            number,
            url,
            _FILE,
            (),
            site,
            file=ask.kind,
            origin=ask.origin,
            asked=ask.asked,
        )
    )


def _give_wish_up(turn: _Turn, request: FileRequest, ask: FileAsk, origin: str) -> None:
    """Take a file for out of reach that another shard never answered for."""
    consent, connection = turn.view.consent, turn.connection
    previous = latest_snapshot(connection, ask.kind, ask.asked)
    snapshot = consent.read_file(request, None, "no-answer", 0, turn.now, previous)
    consent.save_snapshot(connection, ask.origin, snapshot)
    answered(connection, ask, snapshot, turn.changes)
    turn.sites.pop(origin, None)
    # It is looked at again at once: what is out of reach is known now.
    turn.held[origin] = (turn.now, f"no answer for {request.url.text}")


def _screen_file(turn: _Turn, row: Row, url: Url) -> bool:
    """Queue a site file alone, for it may change what comes after; False: it was settled.

    robots.txt and its redirects are exempt from robots; other files on hosts they do not
    speak for obey what those hosts say of crawling. What the operator refuses is exempt from
    nothing.
    """
    view, host = turn.view, turn.host
    ask = FileAsk.unpack(row[6])
    task = Task(
        row[0],
        url,
        _FILE,
        (),
        _known(turn, ask),
        file=ask.kind,
        origin=ask.origin,
        asked=ask.asked,
        hops=ask.hops,
        via=tuple(json.loads(row[5])) if row[5] else (),
        attempt=row[4],
    )
    if (forbidden := view.consent.forbids(url, view.policy, turn.now)) is not None:
        _deny_file(turn, task, ask, (forbidden.reason, forbidden.reason))
        return False
    if ask.kind is not FileKind.ROBOTS and ask.origin != url.origin:
        site = _robots_of(turn, url)
        if site is None:
            return True
        decision = view.consent.decide(Evidence(url, site), view.policy, turn.now)
        if decision.verdict.crawl is Value.DENY:
            _deny_file(turn, task, ask, ("robots", decision.reason))
            return False
    host.queue.clear()
    host.queue.append(task)
    return True


def _known(turn: _Turn, ask: FileAsk) -> tuple[Snapshot, ...]:
    """Return what is known of whom a site file speaks for: of an RSL document, its last copy."""
    if ask.origin:
        return _site(turn, ask.origin)
    known = latest_snapshot(turn.connection, ask.kind, ask.asked)
    return (known,) if known is not None else ()


def _deny_file(turn: _Turn, task: Task, ask: FileAsk, why: tuple[str, str]) -> None:
    """Note that a site file is out of reach because it must not be asked for.

    `why` is the error of its snapshot, and the reason that its URL is settled with.
    """
    asked = parse(ask.asked) or task.url
    if ask.origin:
        turn.connection.execute("UPDATE host SET evidence = 1 WHERE name = ?", (asked.host,))
    snapshot = turn.view.consent.read_file(
        FileRequest(ask.kind, asked, ask.origin), None, why[0], ask.hops, turn.now, task.previous
    )
    turn.view.consent.save_snapshot(turn.connection, ask.origin, snapshot)
    settle(turn.connection, task.id, "refused", why[1])
    answered(turn.connection, ask, snapshot, turn.changes)


def _robots_of(turn: _Turn, url: Url) -> tuple[Snapshot, ...] | None:
    """Return the site files of another file's origin; None if its robots.txt comes first."""
    site = _site(turn, url.origin)
    request = turn.view.consent.next_file(url, site, turn.view.policy, turn.now)
    if request is not None and request.kind is FileKind.ROBOTS:
        _ask(turn, request, url.origin, site)
        return None
    return site
