"""Statements on hosts and URLs that reading and recording share.

Synchronous, inside a transaction, in the database thread. `Changes` collects what the event
loop must hear of once the transaction is committed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from crawler.core.evidence import FileKind, Snapshot
from crawler.core.urls import Url, key_of, site_of
from crawler.frontier.hosts import NUMBER_BITS, Kind
from crawler.frontier.shard_messages import Answer, Wish, send_answer, send_wish
from crawler.frontier.sharding import Share, shard_of
from crawler.frontier.turned_away import Away
from crawler.store.database import Connection
from crawler.store.evidence import latest_snapshot

# How long (seconds) a host waits for a file that must be had from another host, at most.
AWAIT = 3_600.0
_UNDER_WAY = 0  # stands in `awaited` for a host where a wish is sent; rows of hosts begin at 1


# A host that waits, or a page refused without a request: host, URL ("" for a host), why, until.
Note: TypeAlias = tuple[str, str, str, float]


@dataclass(slots=True)
class Changes:
    """What happened to hosts: URLs added (and the host's due time), hosts to look at again."""

    added: dict[int, int] = field(default_factory=dict)
    due: dict[int, float] = field(default_factory=dict)
    woken: set[int] = field(default_factory=set)
    turned_away: Away = field(default_factory=Away)
    refused: Counter[str] = field(default_factory=Counter)  # pages, without a request
    sent: int = 0  # wishes and answers written to the outbox
    notes: list[Note] | None = None  # what was not asked and why; None if nobody listens

    def add(self, host: int, count: int, due: float) -> None:
        self.added[host] = self.added.get(host, 0) + count
        self.due[host] = due


@dataclass(frozen=True, slots=True)
class FileAsk:
    """A site file to ask for: whom it speaks for, what was asked first, hops since."""

    kind: FileKind
    origin: str
    asked: str
    hops: int = 0

    def packed(self) -> str:
        return json.dumps([self.kind.value, self.origin, self.asked, self.hops])

    @staticmethod
    def unpack(text: str) -> FileAsk:
        kind, origin, asked, hops = json.loads(text)
        return FileAsk(FileKind(kind), origin, asked, hops)


def host_id(connection: Connection, name: str) -> int:
    """Return the row of the host called `name`, made if there is none."""
    row = connection.execute("SELECT id FROM host WHERE name = ?", (name,)).fetchone()
    if row is not None:
        return int(row[0])
    cursor = connection.execute(
        "INSERT INTO host (name, site) VALUES (?, ?)", (name, site_of(name))
    )
    return int(cursor.lastrowid or 0)


def add_file(
    connection: Connection,
    url: Url,
    ask: FileAsk,
    via: str,
    when: tuple[Share | None, float],
    changes: Changes,
) -> int:
    """Have a site file asked for, first of its host's URLs; return its row.

    A file of another shard's host is wished for there, once, and 0 returned. `when` is which
    sites are ours, and the time.
    """
    share, now = when
    if share is not None and not share.owns(url.site):
        _wish(connection, url, ask, via, (share, now), changes)
        return 0
    host = host_id(connection, url.host)
    # A page of the same address may be wanted too: the key is another.
    key = key_of(f"{ask.kind.value} {ask.origin} {ask.asked} {url.text}")
    row = connection.execute(
        "SELECT id, state FROM url WHERE host_id = ? AND key = ?", (host, key)
    ).fetchone()
    if row is not None:
        number, state = row
        if state != 0:
            connection.execute(
                "UPDATE url SET state = 0, attempt = 0, due = 0, outcome = '', code = '',"
                " via = ?, file = ? WHERE id = ?",
                (via, ask.packed(), number),
            )
            count_urls(connection, host, 0, 1, changes)
        return int(number)
    number = host << NUMBER_BITS | next_number(connection, host)
    connection.execute(
        "INSERT INTO url (id, host_id, key, url, kind, priority, via, file)"
        " VALUES (?, ?, ?, ?, ?, 0, ?, ?)",
        (number, host, key, url.text, Kind.FILE, via, ask.packed()),
    )
    count_urls(connection, host, 1, 1, changes)
    return number


def add_origins(connection: Connection, urls: Iterable[Url]) -> Changes:
    """Have the site files asked for of the origins of `urls`, and nothing else of them."""
    changes = Changes()
    for url in urls:
        _add_origin(connection, url, changes)
    return changes


def _add_origin(connection: Connection, url: Url, changes: Changes) -> None:
    host = host_id(connection, url.host)
    key = key_of(f"origin {url.text}")
    row = connection.execute(
        "SELECT id, state FROM url WHERE host_id = ? AND key = ?", (host, key)
    ).fetchone()
    if row is None:
        number = host << NUMBER_BITS | next_number(connection, host)
        connection.execute(
            "INSERT INTO url (id, host_id, key, url, kind) VALUES (?, ?, ?, ?, ?)",
            (number, host, key, url.text, Kind.ORIGIN),
        )
        count_urls(connection, host, 1, 1, changes)
    elif row[1] != 0:
        connection.execute(
            "UPDATE url SET state = 0, attempt = 0, due = 0, outcome = '', code = '' WHERE id = ?",
            (row[0],),
        )
        count_urls(connection, host, 0, 1, changes)


def _wish(
    connection: Connection,
    url: Url,
    ask: FileAsk,
    via: str,
    when: tuple[Share, float],
    changes: Changes,
) -> None:
    """Send a wish to the shard that asks the URL's host, unless one is under way."""
    share, now = when
    new = connection.execute(
        "INSERT INTO awaited VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET since = ?5"
        " WHERE since <= ?6",
        (ask.kind.value, ask.asked, ask.origin, _UNDER_WAY, now, now - AWAIT),
    ).rowcount
    if new or via:  # a further step of redirects is another wish
        known = latest_snapshot(connection, ask.kind, ask.asked)
        after = known.fetched_at if known is not None else 0.0
        wish = Wish(share.number, ask.packed(), url.text, via, after)
        send_wish(connection, shard_of(url.site, share.count), wish)
        changes.sent += 1


def await_for_shard(connection: Connection, ask: FileAsk, shard: int, now: float) -> None:
    """Note that another shard waits for a site file."""
    connection.execute(
        "INSERT OR REPLACE INTO awaited VALUES (?, ?, ?, ?, ?)",
        (ask.kind.value, ask.asked, ask.origin, -1 - shard, now),
    )


def next_number(connection: Connection, host: int) -> int:
    (number,) = connection.execute("SELECT urls FROM host WHERE id = ?", (host,)).fetchone()
    return int(number)


def count_urls(
    connection: Connection, host: int, numbers: int, waiting: int, changes: Changes
) -> None:
    """Note that a host used up `numbers` and has `waiting` more URLs to ask for."""
    (due,) = connection.execute(
        "UPDATE host SET urls = urls + ?, waiting = waiting + ? WHERE id = ? RETURNING due",
        (numbers, waiting, host),
    ).fetchone()
    changes.add(host, waiting, due)


def end_url(connection: Connection, number: int, outcome: str, code: str) -> None:
    """Give a URL its final state."""
    connection.execute(
        "UPDATE url SET state = 2, outcome = ?, code = ? WHERE id = ?", (outcome, code, number)
    )


def postpone(connection: Connection, number: int, due: float, code: str, attempt: int) -> None:
    """Let a URL wait for a time of its own."""
    connection.execute(
        "UPDATE url SET state = 1, due = ?, code = ?, attempt = ? WHERE id = ?",
        (due, code, attempt, number),
    )


def answered(connection: Connection, ask: FileAsk, snapshot: Snapshot, changes: Changes) -> None:
    """Wake the hosts that waited for this site file, and tell the shards that did."""
    waiting = connection.execute(
        "DELETE FROM awaited WHERE kind = ? AND asked = ? AND origin = ? RETURNING host_id",
        (ask.kind.value, ask.asked, ask.origin),
    ).fetchall()
    for (number,) in waiting:
        if number > _UNDER_WAY:
            wake(connection, number, changes)
        elif number < _UNDER_WAY:
            send_answer(connection, -1 - number, Answer(ask.packed(), snapshot))
            changes.sent += 1


def wake(connection: Connection, host: int, changes: Changes) -> None:
    """Have a host looked at that may be held: something came that need not wait."""
    connection.execute("UPDATE host SET held_until = 0 WHERE id = ?", (host,))
    changes.woken.add(host)
