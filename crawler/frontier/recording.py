"""Writing what visits left: URL states, host clocks, admitted links.

`Writes` is made in the event loop when a visit ends and never changes; `record` turns it
into SQL in the database thread; `Recorded` goes back to the loop once it is committed. No
other object crosses between the two.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from operator import itemgetter

from crawler.core.consent import FileRequest, RobotsHints
from crawler.core.consent.terms import MOST as MOST_TERMS
from crawler.core.document import Link
from crawler.core.evidence import FileKind, Snapshot
from crawler.core.urls import Url, parse, site_of
from crawler.frontier.adding import Adding
from crawler.frontier.gate_one import heeded
from crawler.frontier.hosts import NUMBER_BITS, Row, hours_from
from crawler.frontier.in_force import InForce
from crawler.frontier.link_rules import Candidate, Screen, Seen
from crawler.frontier.sharding import Share
from crawler.frontier.turned_away import Away
from crawler.frontier.url_rows import Changes, FileAsk, add_file, answered, host_id, wake
from crawler.store.database import Connection
from crawler.store.evidence import latest_snapshot
from crawler.store.site_evidence import given, speaks_for

_FIRST, _LAST = itemgetter(0), itemgetter(-1)
_CLOCK = (
    "UPDATE host SET held_until = 0, due = ?, delay = ?, reason = ?, failures = ?, usual = ?,"
    " recent = ?, pages = pages + ?, waiting = waiting + ?, later_at = ?, addresses = ?,"
    " resolved_until = ?, asked_at = coalesce(?, asked_at), answer = coalesce(?, answer),"
    " since = CASE WHEN ? = '' THEN 0 WHEN reason != '' AND since > 0 THEN since ELSE ? END"
    " WHERE id = ?"
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


class Finds:
    """What a visit found beside its URL's end: links, site files, redirects. Few visits do."""

    __slots__ = (  # noqa: RUF023 - in the order of what they are about
        "seen_again", "candidates", "away", "unscreened", "follow", "late", "origin",
        "learned", "answer", "snapshot", "hints", "extends", "fails_all", "page", "terms",
        "owes",
    )  # fmt: skip

    def __init__(self) -> None:
        self.seen_again = 0.0  # a page held before could not be had: look again from then on
        self.candidates: list[Candidate] = []
        self.away: Away | None = None
        # Links yet to be screened, their depth and the host they were found at.
        self.unscreened: tuple[Sequence[Link], int, str] | None = None
        # A site file that moved: where, what, chain.
        self.follow: tuple[Url, FileAsk, str] | None = None
        self.late: tuple[str, ...] = ()  # RSL documents a kept page names that nobody has read
        self.origin = ""  # ... of that page; or of the URLs that fail
        self.terms: tuple[str, ...] = ()  # terms pages of its site that a kept page names
        self.page: Url | None = None  # ... and that page, or one of its origin
        # The origin may owe a file by now: how many pages its host was asked for, else 0.
        self.owes = 0
        self.learned: FileAsk | None = None  # a site file's answer is known
        self.answer: Snapshot | None = None  # ... which others may wait for
        self.snapshot: Snapshot | None = None  # ... and is ours to store: no response gave it
        self.hints: tuple[RobotsHints, RobotsHints] | None = None  # of its origin, now and before
        self.extends = ""  # host that a seed's redirect brings into scope
        self.fails_all = ""  # the URLs of the host, or of `origin`, fail with this code


class Writes:
    """Everything one finished visit changes in the store; never changed once it is made."""

    __slots__ = ("host", "number", "clock", "url", "revisited", "finds", "now")  # noqa: RUF023

    def __init__(
        self,
        host: int,
        number: int,
        clock: Row,
        url: Row | None,
        revisited: tuple[str, str, str] | None,
        finds: Finds | None,
        now: float,
    ) -> None:
        self.host = host
        self.number = number  # of the URL; 0 for RESOLVE
        self.clock = clock  # values of _CLOCK
        self.url = url  # values of _URL
        # The page is held: its ETag, Last-Modified and text hash ("" if not read again: 304).
        self.revisited = revisited
        self.finds = finds
        self.now = now


class Recorded:
    """What the event loop must know once the transaction is committed."""

    __slots__ = ("host", "changes", "keys")  # noqa: RUF023

    def __init__(self, host: int, changes: Changes | None = None, keys: Sequence[int] = ()) -> None:
        self.host = host
        self.changes = changes
        self.keys = keys  # of long lists: in the store now, or turned away by it


def record(connection: Connection, group: Sequence[Writes], in_force: InForce) -> list[Recorded]:
    """Write what a group of visits left, in their order."""
    many, rules = connection.executemany, in_force.settings.revisit
    first = rules.first
    clocks: list[Row] = []
    urls: list[Row] = []
    held: list[Row] = []
    for writes in group:
        clocks.append(writes.clock)
        if writes.url is not None:
            urls.append(writes.url)
        if writes.revisited is not None:
            now, seen = writes.now, writes.revisited
            held.append((writes.number, now, now + first, first, *seen))
    # In the order of their rows: neighbours lie on one page. A host's own stay in order.
    clocks.sort(key=_LAST)
    urls.sort(key=_LAST)
    held.sort(key=_FIRST)
    many(_CLOCK, clocks)
    many(_URL, urls)
    many(_REVISIT.format(**rules.model_dump()), held)
    rest = _Rest(connection, in_force)
    by_site = in_force.settings.budgets.site_pages > 0
    for writes in group:
        if by_site or writes.finds is not None:
            rest.record(writes, writes.finds or Finds())
    rest.changes.turned_away.store(connection)
    recorded = [Recorded(writes.host) for writes in group]
    if rest.used:
        recorded[-1] = Recorded(recorded[-1].host, rest.changes, rest.keys)
    return recorded


class _Rest:
    """What some visits of a group leave beside clocks and states, collected for all of them."""

    def __init__(self, connection: Connection, in_force: InForce) -> None:
        self._connection = connection
        self._in_force = in_force
        self.used = False
        self.changes = Changes()
        self.keys: list[int] = []
        self._adding = Adding(connection, in_force.settings, self.changes)
        # Of this group and not yet stored: pages by origin, and answers for site files.
        self._kept: dict[str, set[int]] = {}
        self._answers: list[Snapshot] = []

    def record(self, writes: Writes, finds: Finds) -> None:
        connection, in_force, changes, now = (
            self._connection,
            self._in_force,
            self.changes,
            writes.now,
        )
        self.used = True
        if finds.seen_again:
            connection.execute(
                "UPDATE revisit SET due = ? WHERE url_id = ?", (finds.seen_again, writes.number)
            )
        if finds.learned is not None or finds.follow is not None:
            _record_file(connection, finds, in_force, now, changes)
        if finds.late:
            share = in_force.settings.share
            _want_late(connection, finds, now, share, changes)
        if finds.terms and finds.page is not None:
            share = in_force.settings.share
            _want_terms(connection, finds.page, finds.terms, (share, now), changes)
        if finds.owes and finds.page is not None:
            self._ask_what_is_due(writes, finds.page, finds.owes)
        if finds.fails_all and finds.origin:
            _fail_origin(connection, writes.host, finds)
        elif finds.fails_all:
            _fail_all(connection, writes, finds.fails_all, in_force, changes)
        if in_force.settings.budgets.site_pages and writes.clock[6]:
            _count_site(connection, writes.host)
        if finds.extends:
            _extend_scope(connection, finds.extends)
        self._add_links(writes, finds)

    def _ask_what_is_due(self, writes: Writes, page: Url, asked: int) -> None:
        """Have the next file asked for that is due of an origin which has given enough pages."""
        if writes.finds is not None and writes.finds.answer is not None:
            self._answers.append(writes.finds.answer)
        kept = self._kept.setdefault(page.origin, set())
        if writes.revisited is not None:
            kept.add(writes.number)
        connection, policy = self._connection, self._in_force.policy
        most = policy.probes.after_pages
        if asked < most or len(kept | {*given(connection, page, most)}) < most:
            return
        site = (*speaks_for(connection, page.origin), *self._answers)
        request = self._in_force.consent.unasked(page, site, policy, most)
        if request is not None:
            ask = FileAsk(request.kind, request.origin, request.url.text)
            when = (self._in_force.settings.share, writes.now)
            add_file(connection, request.url, ask, "", when, self.changes)

    def _add_links(self, writes: Writes, finds: Finds) -> None:
        candidates, away = finds.candidates, self.changes.turned_away
        if finds.away is not None:
            away.update(finds.away)
        if finds.unscreened is not None:
            # A long list is put through the rules here; what is known the store will say.
            links, depth, home = finds.unscreened
            screen = Screen(self._in_force.settings, Seen(), writes.now, home)
            for link in links:
                screen.take(link, depth)
            candidates = candidates + screen.candidates
            self.keys.extend([candidate.key for candidate in screen.candidates])
            away.update(screen.away)
        if candidates:
            self._adding.take(candidates)


def _want_late(
    connection: Connection, finds: Finds, now: float, share: Share | None, changes: Changes
) -> None:
    """Have the documents asked for that a page waits for; later pages find them at once."""
    for text in finds.late:
        url = parse(text)
        if url is None:
            continue
        connection.execute("INSERT OR IGNORE INTO licence_file VALUES (?, ?)", (finds.origin, text))
        known = latest_snapshot(connection, FileKind.RSL, text)
        if known is None or known.expires_at <= now:
            ask = FileAsk(FileKind.RSL, "", text)
            add_file(connection, url, ask, "", (share, now), changes)


def _want_terms(
    connection: Connection,
    page: Url,
    terms: tuple[str, ...],
    when: tuple[Share | None, float],
    changes: Changes,
) -> None:
    """Attach terms pages to the site of a page that names them, and have them asked for."""
    known = connection.execute("SELECT url FROM licence_file WHERE origin = ?", (page.site,))
    attached = {url for (url,) in known.fetchall()}
    for text in terms:
        url = parse(text)
        if url is None or url.site != page.site or text in attached or len(attached) >= MOST_TERMS:
            continue
        attached.add(text)
        connection.execute("INSERT INTO licence_file VALUES (?, ?)", (page.site, text))
        answer = latest_snapshot(connection, FileKind.TERMS, text)
        if answer is None or answer.expires_at <= when[1]:
            ask = FileAsk(FileKind.TERMS, "", text)
            add_file(connection, url, ask, "", when, changes)


def _record_file(
    connection: Connection, finds: Finds, in_force: InForce, now: float, changes: Changes
) -> None:
    if finds.follow is not None:
        url, ask, via = finds.follow
        number = add_file(connection, url, ask, via, (in_force.settings.share, now), changes)
        if number:  # its host may itself be waiting for this very answer
            wake(connection, number >> NUMBER_BITS, changes)
        name, share = _host_of(ask.origin), in_force.settings.share
        ours = share is None or share.owns(site_of(name))
        if name and name != url.host and ours:
            connection.execute(
                "INSERT OR REPLACE INTO awaited VALUES (?, ?, ?, ?, ?)",
                (ask.kind.value, ask.asked, ask.origin, host_id(connection, name), now),
            )
    if finds.learned is None:
        return
    ask = finds.learned
    if finds.snapshot is not None:
        in_force.consent.save_snapshot(connection, ask.origin, finds.snapshot)
    if finds.answer is not None:
        answered(connection, ask, finds.answer, changes)
    if ask.origin:
        connection.execute("UPDATE host SET evidence = 1 WHERE name = ?", (_host_of(ask.origin),))
    if finds.hints is not None:
        heed(connection, _host_of(ask.origin), *finds.hints)


def heed(connection: Connection, name: str, hints: RobotsHints, old: RobotsHints) -> None:
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


def _fail_all(
    connection: Connection, writes: Writes, code: str, in_force: InForce, changes: Changes
) -> None:
    """Settle every URL of a host that has no address; who waits for a file there hears of it."""
    files = connection.execute(
        "SELECT file FROM url WHERE host_id = ? AND kind = 1 AND state < 2", (writes.host,)
    ).fetchall()
    for (text,) in files:
        ask = FileAsk.unpack(text)
        asked = parse(ask.asked)
        if asked is None:
            continue
        if ask.origin and host_id(connection, asked.host) == writes.host:
            continue  # its own pages fail with it
        previous = latest_snapshot(connection, ask.kind, ask.asked)
        request = FileRequest(ask.kind, asked, ask.origin)
        snapshot = in_force.consent.read_file(request, None, code, ask.hops, writes.now, previous)
        in_force.consent.save_snapshot(connection, ask.origin, snapshot)
        connection.execute("UPDATE host SET evidence = 1 WHERE name = ?", (_host_of(ask.origin),))
        answered(connection, ask, snapshot, changes)
    connection.execute(
        "UPDATE url SET state = 2, outcome = 'failed', code = ? WHERE host_id = ? AND state < 2",
        (code, writes.host),
    )
    connection.execute("UPDATE host SET waiting = 0, later_at = 0 WHERE id = ?", (writes.host,))


def _fail_origin(connection: Connection, host: int, finds: Finds) -> None:
    """Settle the pages and sitemaps of an origin that must not be asked at its port."""
    start = f"{finds.origin}/"
    gone = connection.execute(
        "UPDATE url SET state = 2, outcome = 'failed', code = ?1 WHERE host_id = ?2 AND state = 0"
        " AND kind <> 1 AND substr(url, 1, length(?3)) = ?3",
        (finds.fails_all, host, start),
    ).rowcount
    connection.execute("UPDATE host SET waiting = waiting - ? WHERE id = ?", (gone, host))


def _count_site(connection: Connection, host: int) -> None:
    connection.execute(
        "INSERT INTO site (name, pages) SELECT site, 1 FROM host WHERE id = ?"
        " ON CONFLICT (name) DO UPDATE SET pages = pages + 1",
        (host,),
    )
