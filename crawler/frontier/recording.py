"""Writing what visits left: URL states, host clocks, admitted links.

`Writes` is made in the event loop when a visit ends and never changes; `record` turns it
into SQL in the database thread; `Recorded` goes back to the loop once it is committed. No
other object crosses between the two.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple

from crawler.core.consent import FileRequest, RobotsHints
from crawler.core.document import Link
from crawler.core.evidence import FileKind, Snapshot
from crawler.core.urls import Url, parse
from crawler.frontier.adding import Adding
from crawler.frontier.gate_one import heeded
from crawler.frontier.hosts import hours_from
from crawler.frontier.links import Candidate, Screen, Seen
from crawler.frontier.loading import View
from crawler.frontier.rows import (
    Changes,
    FileAsk,
    add_file,
    answered,
    host_id,
    turn_away,
)
from crawler.frontier.settings import FrontierSettings
from crawler.store.database import Connection
from crawler.store.evidence import latest_snapshot

_CLOCK = (
    "UPDATE host SET held_until = 0, due = ?, delay = ?, reason = ?, failures = ?, usual = ?,"
    " recent = ?, pages = pages + ?, waiting = waiting + ?, later_at = ? WHERE id = ?"
)
_URL = "UPDATE url SET state = ?, outcome = ?, code = ?, attempt = ?, due = ? WHERE id = ?"
# Looks again sooner if the text changed, later if it did not ("" is a 304). SQLite evaluates
# the right-hand sides on the row as it was.
_SAME = "excluded.text_sha256 IN ('', text_sha256)"
_NEXT = (
    "min({most}, max({least}, interval * CASE WHEN " + _SAME + " THEN {slower} ELSE {faster} END))"
)
_REVISIT = (
    "INSERT INTO revisit VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"  # noqa: S608
    f" visited_at = excluded.visited_at, due = excluded.visited_at + {_NEXT}, interval = {_NEXT},"
    " etag = CASE WHEN excluded.text_sha256 = '' THEN ifnull(nullif(excluded.etag, ''), etag)"
    " ELSE excluded.etag END, last_modified = CASE WHEN excluded.text_sha256 = ''"
    " THEN ifnull(nullif(excluded.last_modified, ''), last_modified)"
    " ELSE excluded.last_modified END,"
    " text_sha256 = ifnull(nullif(excluded.text_sha256, ''), text_sha256)"
)


class Revisited(NamedTuple):
    """A page that is held now: when it was seen, and what to ask with next time."""

    at: float
    etag: str = ""
    last_modified: str = ""
    text_sha256: str = ""  # "" if it was not read again (304)


class Writes(NamedTuple):
    """Everything one finished visit changes in the store. A tuple: it is made at every visit."""

    host: int
    number: int  # of the URL; 0 for RESOLVE
    clock: tuple[object, ...]  # values of _CLOCK
    url: tuple[object, ...] = ()  # values of _URL
    addresses: tuple[str, float] | None = None
    revisited: Revisited | None = None
    seen_again: float = 0.0  # a page held before could not be had: look again from then on
    candidates: tuple[Candidate, ...] = ()
    turned_away: tuple[tuple[str, int], ...] = ()
    unscreened: tuple[tuple[Link, ...], int] | None = None  # links yet to be screened, their depth
    follow: tuple[Url, FileAsk, str] | None = None  # a site file that moved: where, what, chain
    late: tuple[str, ...] = ()  # RSL documents a kept page names that nobody has read
    origin: str = ""  # ... of that page
    learned: FileAsk | None = None  # a site file's answer is known
    snapshot: Snapshot | None = None  # ... and is ours to store: no response gave it
    hints: tuple[RobotsHints, RobotsHints] | None = None  # of `learned`'s origin, now and before
    extends: str = ""  # host that a seed's redirect brings into scope
    fails_all: str = ""  # the host's URLs fail with this code
    now: float = 0.0


class Recorded(NamedTuple):
    """What the event loop must know once the transaction is committed."""

    host: int
    changes: Changes | None = None
    keys: tuple[int, ...] = ()  # known to be in the store now, or turned away by it


def record(connection: Connection, group: Sequence[Writes], view: View) -> list[Recorded]:
    """Write what a group of visits left, in their order."""
    many = connection.executemany
    # In the order of their rows: neighbours lie on one page. A host's own stay in order.
    many(_CLOCK, sorted((writes.clock for writes in group), key=itemgetter(-1)))
    many(_URL, sorted((writes.url for writes in group if writes.url), key=itemgetter(-1)))
    many(
        "UPDATE host SET addresses = ?, resolved_until = ? WHERE id = ?",
        [(*w.addresses, w.host) for w in group if w.addresses is not None],
    )
    rules = view.settings.revisit
    many(
        _REVISIT.format(**rules.model_dump()),
        [_revisit(w.number, w.revisited, rules.first) for w in group if w.revisited is not None],
    )
    by_site = view.settings.budgets.site_pages > 0
    return [
        _record_rest(connection, writes, view)
        if by_site or _is_rich(writes)
        else Recorded(writes.host)
        for writes in group
    ]


def _is_rich(writes: Writes) -> bool:
    return bool(
        writes.candidates
        or writes.turned_away
        or writes.unscreened
        or writes.learned
        or writes.follow
        or writes.late
        or writes.fails_all
        or writes.seen_again
    )


def _record_rest(connection: Connection, writes: Writes, view: View) -> Recorded:
    """Write what few visits leave."""
    changes = Changes()
    if writes.seen_again:
        connection.execute(
            "UPDATE revisit SET due = ? WHERE url_id = ?", (writes.seen_again, writes.number)
        )
    if writes.learned is not None or writes.follow is not None:
        _record_file(connection, writes, view, changes)
    if writes.late:
        _want_late(connection, writes, changes)
    if writes.fails_all:
        _fail_all(connection, writes, view, changes)
    if view.settings.budgets.site_pages and writes.clock[6]:
        _count_site(connection, writes.host)
    if writes.unscreened is not None:
        writes = _screened(writes, *writes.unscreened, view.settings)
    if writes.candidates or writes.turned_away:
        _record_links(connection, writes, view, changes)
    return Recorded(writes.host, changes, tuple(item.key for item in writes.candidates))


def _screened(
    writes: Writes, links: Iterable[Link], depth: int, settings: FrontierSettings
) -> Writes:
    """Put the links of a long list through the rules; what is known the store will say."""
    screen = Screen(settings, Seen(), writes.now)
    for link in links:
        screen.take(link, depth)
    away = screen.turned_away + Counter(dict(writes.turned_away))
    return writes._replace(
        candidates=(*writes.candidates, *screen.candidates), turned_away=tuple(away.items())
    )


def _revisit(number: int, seen: Revisited, first: float) -> tuple[object, ...]:
    return (
        number, seen.at, seen.at + first, first, seen.etag, seen.last_modified, seen.text_sha256
    )  # fmt: skip


def _want_late(connection: Connection, writes: Writes, changes: Changes) -> None:
    """Have the documents asked for that a page waits for; later pages find them at once."""
    for text in writes.late:
        url = parse(text)
        if url is None:
            continue
        connection.execute(
            "INSERT OR IGNORE INTO licence_file VALUES (?, ?)", (writes.origin, text)
        )
        known = latest_snapshot(connection, FileKind.RSL, text)
        if known is None or known.expires_at <= writes.now:
            add_file(connection, url, FileAsk(FileKind.RSL, "", text), "", changes)


def _record_links(connection: Connection, writes: Writes, view: View, changes: Changes) -> None:
    if writes.extends:
        _extend_scope(connection, writes.extends)
    if writes.candidates:
        Adding(connection, view.settings, changes).take(writes.candidates)
    if writes.turned_away or changes.turned_away:
        changes.turned_away.update(dict(writes.turned_away))
        turn_away(connection, changes.turned_away.items())


def _record_file(connection: Connection, writes: Writes, view: View, changes: Changes) -> None:
    if writes.follow is not None:
        url, ask, via = writes.follow
        add_file(connection, url, ask, via, changes)
        waiting = host_id(connection, _host_of(ask.origin)) if ask.origin else 0
        if waiting and waiting != int(host_id(connection, url.host)):
            connection.execute(
                "INSERT OR REPLACE INTO awaited VALUES (?, ?, ?, ?, ?)",
                (ask.kind.value, ask.asked, ask.origin, waiting, writes.now),
            )
    if writes.learned is None:
        return
    ask = writes.learned
    if writes.snapshot is not None:
        view.consent.save_snapshot(connection, ask.origin, writes.snapshot)
    answered(connection, ask, changes)
    if ask.origin:
        connection.execute("UPDATE host SET evidence = 1 WHERE name = ?", (_host_of(ask.origin),))
    if writes.hints is not None:
        _heed(connection, _host_of(ask.origin), *writes.hints)


def _heed(connection: Connection, name: str, hints: RobotsHints, old: RobotsHints) -> None:
    """Let a robots.txt change its host's pace, also if another host had it."""
    row = connection.execute(
        "SELECT crawl_delay, hours FROM host WHERE name = ?", (name,)
    ).fetchone()
    if row is None:
        return
    delay, hours = heeded(row[0], hours_from(row[1]), hints, old)
    # `due - delay` is the end of its last answer.
    connection.execute(
        "UPDATE host SET crawl_delay = ?1, hours = ?2, due = max(due, due - delay + ?1),"
        " delay = max(delay, ?1) WHERE name = ?3",
        (delay, json.dumps(hours) if hours else "", name),
    )


def _host_of(origin: str) -> str:
    """Return the host of an origin as `Url.origin` spells it."""
    authority = origin.partition("://")[2]
    if authority.startswith("["):
        return authority[: authority.index("]") + 1]
    return authority.partition(":")[0]


def _extend_scope(connection: Connection, name: str) -> None:
    number = host_id(connection, name)
    connection.execute("UPDATE host SET seed = 1 WHERE id = ?", (number,))


def _fail_all(connection: Connection, writes: Writes, view: View, changes: Changes) -> None:
    """Settle every URL of a host that has no address; who waits for a file there hears of it."""
    files = connection.execute(
        "SELECT file FROM url WHERE host_id = ? AND kind = 1 AND state < 2", (writes.host,)
    ).fetchall()
    for (text,) in files:
        ask = FileAsk.unpack(text)
        asked = parse(ask.asked)
        if asked is None:
            continue
        if ask.kind is not FileKind.RSL and host_id(connection, asked.host) == writes.host:
            continue  # its own pages fail with it
        previous = latest_snapshot(connection, ask.kind, ask.asked)
        request = FileRequest(ask.kind, asked, ask.origin)
        snapshot = view.consent.read_file(
            request, None, writes.fails_all, ask.hops, writes.now, previous
        )
        view.consent.save_snapshot(connection, ask.origin, snapshot)
        connection.execute("UPDATE host SET evidence = 1 WHERE name = ?", (_host_of(ask.origin),))
        answered(connection, ask, changes)
    connection.execute(
        "UPDATE url SET state = 2, outcome = 'failed', code = ? WHERE host_id = ? AND state < 2",
        (writes.fails_all, writes.host),
    )
    connection.execute("UPDATE host SET waiting = 0, later_at = 0 WHERE id = ?", (writes.host,))


def _count_site(connection: Connection, host: int) -> None:
    connection.execute(
        "INSERT INTO site (name, pages) SELECT site, 1 FROM host WHERE id = ?"
        " ON CONFLICT (name) DO UPDATE SET pages = pages + 1",
        (host,),
    )
