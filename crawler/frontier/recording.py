"""Writing what visits left: URL states, host clocks, admitted links.

`Writes` is made in the event loop when a visit ends and never changes; `record` turns it
into SQL in the database thread; `Recorded` goes back to the loop once it is committed. No
other object crosses between the two.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from crawler.core.consent import FileRequest
from crawler.core.evidence import FileKind, Snapshot
from crawler.core.urls import Url, parse
from crawler.frontier.hosts import NUMBER_BITS, Kind
from crawler.frontier.links import Candidate
from crawler.frontier.loading import View
from crawler.frontier.rows import (
    Changes,
    FileAsk,
    add_file,
    answered,
    count_urls,
    host_id,
    turn_away,
)
from crawler.frontier.settings import FrontierSettings
from crawler.frontier.sharding import shard_of
from crawler.store.database import Connection
from crawler.store.evidence import latest_snapshot

_CLOCK = (
    "UPDATE host SET due = ?, delay = ?, reason = ?, failures = ?, usual = ?, recent = ?,"
    " pages = pages + ?, waiting = waiting + ?, later_at = ? WHERE id = ?"
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
_INSERT = (
    "INSERT OR IGNORE INTO url"
    " (id, host_id, key, url, kind, priority, depth, via, file)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_PATTERN = (
    "INSERT INTO pattern VALUES (?, ?, 1)"
    " ON CONFLICT DO UPDATE SET count = count + 1 RETURNING count"
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
    follow: tuple[Url, FileAsk, str] | None = None  # a site file that moved: where, what, chain
    late: tuple[str, ...] = ()  # RSL documents a kept page names that nobody has read
    origin: str = ""  # ... of that page
    learned: FileAsk | None = None  # a site file's answer is known
    snapshot: Snapshot | None = None  # ... and is ours to store: no response gave it
    hints: tuple[float, str] | None = None  # Crawl-delay and hours of `learned`'s origin
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
    if writes.candidates or writes.turned_away:
        _record_links(connection, writes, view, changes)
    return Recorded(writes.host, changes, tuple(item.key for item in writes.candidates))


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
        Adding(connection, view.settings, changes).take(writes.candidates, trusted=writes.host)
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
        delay, hours = writes.hints
        connection.execute(
            "UPDATE host SET crawl_delay = ?, hours = ? WHERE name = ?",
            (delay, hours, _host_of(ask.origin)),
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
        if asked is None or not ask.origin or host_id(connection, asked.host) == writes.host:
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


class Adding:
    """Candidates on their way into the store, host by host: scope, caps, duplicates."""

    def __init__(
        self, connection: Connection, settings: FrontierSettings, changes: Changes
    ) -> None:
        self._connection = connection
        self._settings = settings
        self._changes = changes
        self._sites: dict[str, bool] = {}
        self.admitted = 0

    def take(
        self, candidates: Iterable[Candidate], *, trusted: int = 0, seeds: bool = False
    ) -> None:
        """Add what is new and in scope. `trusted`: a host known to be in scope."""
        for name, group in groupby(sorted(candidates, key=itemgetter(0)), itemgetter(0)):
            rows = list(group)
            if self._is_foreign(rows[0].site):
                self._send(rows, seeds=seeds)
                continue
            number = self._host(name, rows[0].site, trusted, seeds=seeds)
            if not number:
                # Sitemaps that robots.txt names may lie anywhere; what they list may not.
                outside = [row for row in rows if row.kind != Kind.SITEMAP]
                self._changes.turned_away["scope"] += len(outside)
                rows = [row for row in rows if row.kind == Kind.SITEMAP]
                number = host_id(self._connection, name) if rows else 0
            if number:
                self._add(number, rows)

    def _is_foreign(self, site: str) -> bool:
        share = self._settings.share
        return share is not None and not share.owns(site)

    def _send(self, rows: list[Candidate], *, seeds: bool) -> None:
        """Put another shard's URLs into the outbox. Its own rules decide what it takes.

        Every shard is given all seeds; of those that are not its own it notes the site, so
        that it knows what the others would take.
        """
        site, share = rows[0].site, self._settings.share
        if seeds:
            self._bring_in(site)
        elif share is None or not (self._settings.scope.scope == "any" or self._in_site(site)):
            self._changes.turned_away["scope"] += len(rows)
        else:
            self._connection.executemany(
                "INSERT INTO outbox (shard, candidate) VALUES (?, ?)",
                [(shard_of(site, share.count), json.dumps(row)) for row in rows],
            )

    def _bring_in(self, site: str) -> None:
        if not self._sites.get(site):
            self._connection.execute(
                "INSERT INTO site (name, seed) VALUES (?, 1)"
                " ON CONFLICT (name) DO UPDATE SET seed = 1",
                (site,),
            )
            self._sites[site] = True

    def _host(self, name: str, site: str, trusted: int, *, seeds: bool) -> int:
        """Return the host's row if its URLs are in scope, else 0."""
        run, scope = self._connection.execute, self._settings.scope.scope
        row = run("SELECT id, seed FROM host WHERE name = ?", (name,)).fetchone()
        known = row is not None and (row[1] or row[0] == trusted)
        if not (known or seeds or scope == "any" or (scope == "site" and self._in_site(site))):
            return 0
        if row is None:
            cursor = run(
                "INSERT INTO host (name, site, seed) VALUES (?, ?, ?)", (name, site, int(seeds))
            )
            number = int(cursor.lastrowid or 0)
        else:
            number = int(row[0])
            if seeds and not row[1]:
                run("UPDATE host SET seed = 1 WHERE id = ?", (number,))
        if seeds and (scope == "site" or self._settings.share is not None):
            self._bring_in(site)
        return number

    def _in_site(self, site: str) -> bool:
        found = self._sites.get(site)
        if found is None:
            row = self._connection.execute(
                "SELECT 1 FROM site WHERE name = ? AND seed = 1", (site,)
            ).fetchone()
            found = self._sites[site] = row is not None
        return found

    def _add(self, host: int, rows: list[Candidate]) -> None:
        run, most = self._connection.execute, self._settings.admission.max_host_urls
        (number,) = run("SELECT urls FROM host WHERE id = ?", (host,)).fetchone()
        first, added = number, 0
        away = self._changes.turned_away
        for row in rows:
            if number >= most:
                away["host-full"] += 1
                continue
            if row.pattern is not None and not self._pattern_has_room(host, row):
                continue
            values = (
                host << NUMBER_BITS | number,
                host,
                row.key,
                row.url,
                row.kind,
                row.priority,
                row.depth,
                row.via,
                row.file,
            )
            if run(_INSERT, values).rowcount:
                number += 1
                added += 1
            else:
                away["known"] += 1
                added += self._known(host, row)
        if added or number != first:
            count_urls(self._connection, host, number - first, added, self._changes)
            self.admitted += number - first

    def _pattern_has_room(self, host: int, row: Candidate) -> bool:
        if row.pattern is None:
            return True
        run = self._connection.execute
        if run("SELECT 1 FROM url WHERE host_id = ? AND key = ?", (host, row.key)).fetchone():
            self._changes.turned_away["known"] += 1
            return False
        pattern, most, code = row.pattern
        (count,) = run(_PATTERN, (host, pattern)).fetchone()
        if count > most:
            self._changes.turned_away[code] += 1
            return False
        return True

    def _known(self, host: int, row: Candidate) -> int:
        """Ask again for a held page that a sitemap says has changed since; return how many."""
        if not row.lastmod:
            return 0
        return self._connection.execute(
            "UPDATE url SET state = 0, attempt = 0 WHERE host_id = ? AND key = ? AND state = 2"
            " AND EXISTS (SELECT 1 FROM revisit WHERE url_id = url.id AND visited_at < ?)",
            (host, row.key, row.lastmod),
        ).rowcount
