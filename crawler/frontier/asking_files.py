"""Asking for site files: which one a host's pages need first, and what holds until it is had.

Runs in the database thread inside a transaction, as part of a host's turn at being read.
"""

from __future__ import annotations

import json
from typing import Final

from crawler.core.consent import FileRequest
from crawler.core.decision import Value
from crawler.core.evidence import Evidence, FileKind, Snapshot
from crawler.core.task import Task, TaskKind
from crawler.core.urls import Url, parse
from crawler.frontier.hosts import FOREVER, Row, State
from crawler.frontier.turn import Turn
from crawler.frontier.url_rows import AWAIT, FileAsk, add_file, answered, end_url, postpone
from crawler.store.dated_evidence import input_rows
from crawler.store.evidence import latest_snapshot
from crawler.store.site_evidence import given

_FILE: Final = TaskKind.FILE
# Files that may speak for one origin: robots.txt, six probes, eight licences, two terms pages.
_FILES = 20
# How soon (seconds) evidence that is unreachable without a date of its own is looked at again.
_AGAIN = 600.0


def evidence_for(turn: Turn, url: Url, origin: str) -> tuple[Snapshot, ...] | None:
    """Return the site files of the URL's origin, or None if one must be had first.

    Then asking for it is the host's only task, or the origin is held until another host
    has given its answer.
    """
    in_force = turn.in_force
    for _ in range(_FILES):
        site = turn.site_files(origin)
        if turn.complete.get(origin) is site:
            return site
        pages = _given(turn, url, origin)
        if in_force.consent.knows_all(url, site, in_force.policy, turn.now, pages):
            turn.complete[origin] = site
            return site
        request = in_force.consent.next_file(url, site, in_force.policy, turn.now, pages)
        if request is None:
            return site
        if request.kind is FileKind.TERMS and request.url.host == turn.host.name:
            if _queue_terms(turn, request, origin):
                return None
            turn.sites.clear()  # they must not be asked for, which is known now
            continue
        if request.kind is FileKind.RSL and _knows_licence(turn, origin, request.url.text):
            del turn.sites[origin]
            continue
        _ask(turn, request, origin, site)
        return None
    return turn.site_files(origin)


def _given(turn: Turn, url: Url, origin: str) -> int:
    """Return how many pages an origin has given, counted as far as matters."""
    probes = turn.in_force.policy.probes
    if not probes.after:
        return 0
    count = turn.given.get(origin)
    if count is None:
        count = len(given(turn.connection, url, probes.after_pages))
        if count < probes.after_pages:
            count += input_rows(turn.connection, origin)
        turn.given[origin] = count
    return count


def _queue_terms(turn: Turn, request: FileRequest, origin: str) -> bool:
    """Have the host's next request be for its site's terms; False: they must not be asked for."""
    ask = FileAsk(request.kind, request.origin, request.url.text)
    when = (turn.in_force.settings.share, turn.now)
    number = add_file(turn.connection, request.url, ask, "", when, turn.changes)
    turn.host.waiting += turn.changes.added.pop(turn.host.id, 0)
    row = turn.connection.execute(
        "SELECT id, url, kind, depth, attempt, via, file, outcome, priority FROM url WHERE id = ?",
        (number,),
    ).fetchone()
    if screen_file(turn, row, request.url):
        return True
    turn.host.waiting -= 1
    turn.store_counts()
    (state,) = turn.connection.execute("SELECT state FROM url WHERE id = ?", (number,)).fetchone()
    if state == State.LATER:  # what robots.txt says of them is not known now
        turn.held[origin] = (turn.host.later_at, f"awaits {request.url.text}")
    return bool(state == State.LATER)


def _knows_licence(turn: Turn, origin: str, url: str) -> bool:
    """Attach an RSL document to the origin; say if a current answer for it is at hand."""
    new = turn.connection.execute(
        "INSERT OR IGNORE INTO licence_file VALUES (?, ?)", (origin, url)
    ).rowcount
    known = latest_snapshot(turn.connection, FileKind.RSL, url)
    return bool(new) and known is not None and known.expires_at > turn.now


def _ask(turn: Turn, request: FileRequest, origin: str, site: tuple[Snapshot, ...]) -> None:
    run, host, url = turn.connection.execute, turn.host, request.url
    share = turn.in_force.settings.share
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


def _give_wish_up(turn: Turn, request: FileRequest, ask: FileAsk, origin: str) -> None:
    """Take a file for out of reach that another shard never answered for."""
    consent, connection = turn.in_force.consent, turn.connection
    previous = latest_snapshot(connection, ask.kind, ask.asked)
    snapshot = consent.read_file(request, None, "no-answer", 0, turn.now, previous)
    consent.save_snapshot(connection, ask.origin, snapshot)
    answered(connection, ask, snapshot, turn.changes)
    turn.sites.pop(origin, None)
    # It is looked at again at once: what is out of reach is known now.
    turn.held[origin] = (turn.now, f"no answer for {request.url.text}")


def screen_file(turn: Turn, row: Row, url: Url) -> bool:
    """Queue a site file alone, for it may change what comes after; False: it was settled.

    robots.txt and its redirects are exempt from robots; other files on hosts they do not
    speak for obey what those hosts say of crawling. What the operator refuses is exempt from
    nothing.
    """
    in_force, host = turn.in_force, turn.host
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
    if (forbidden := in_force.consent.forbids(url, in_force.policy, turn.now)) is not None:
        _deny_file(turn, task, ask, (forbidden.reason, forbidden.reason))
        return False
    if ask.kind is not FileKind.ROBOTS and ask.origin != url.origin:
        site = _robots_of(turn, url)
        if site is None:
            return True
        decision = in_force.consent.decide(Evidence(url, site), in_force.policy, turn.now)
        if decision.verdict.crawl is Value.DENY:
            _deny_file(turn, task, ask, ("robots", decision.reason))
            return False
        if ask.kind is FileKind.TERMS and decision.deferred:
            until = look_again(site, turn.now)
            postpone(turn.connection, row[0], until, decision.reason, row[4])
            host.later_at = min(host.later_at or FOREVER, until)
            return False
    host.queue.clear()
    host.queue.append(task)
    return True


def _known(turn: Turn, ask: FileAsk) -> tuple[Snapshot, ...]:
    """Return what is known of whom a site file speaks for: of a document, its last copy."""
    if ask.origin:
        return turn.site_files(ask.origin)
    known = latest_snapshot(turn.connection, ask.kind, ask.asked)
    return (known,) if known is not None else ()


def _deny_file(turn: Turn, task: Task, ask: FileAsk, why: tuple[str, str]) -> None:
    """Note that a site file is out of reach because it must not be asked for.

    `why` is the error of its snapshot, and the reason that its URL is settled with.
    """
    asked = parse(ask.asked) or task.url
    if ask.origin:
        turn.connection.execute("UPDATE host SET evidence = 1 WHERE name = ?", (asked.host,))
    snapshot = turn.in_force.consent.read_file(
        FileRequest(ask.kind, asked, ask.origin), None, why[0], ask.hops, turn.now, task.previous
    )
    turn.in_force.consent.save_snapshot(turn.connection, ask.origin, snapshot)
    end_url(turn.connection, task.id, "refused", why[1])
    answered(turn.connection, ask, snapshot, turn.changes)


def _robots_of(turn: Turn, url: Url) -> tuple[Snapshot, ...] | None:
    """Return the site files of another file's origin; None if its robots.txt comes first."""
    site = turn.site_files(url.origin)
    request = turn.in_force.consent.next_file(url, site, turn.in_force.policy, turn.now, 0)
    if request is not None and request.kind is FileKind.ROBOTS:
        _ask(turn, request, url.origin, site)
        return None
    return site


def fresh_until(site: tuple[Snapshot, ...], now: float) -> float:
    return min((item.expires_at for item in site if item.expires_at > now), default=FOREVER)


def look_again(site: tuple[Snapshot, ...], now: float) -> float:
    until = fresh_until(site, now)
    return until if until < FOREVER else now + _AGAIN
