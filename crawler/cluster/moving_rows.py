"""The rows of one shard's sites, taken out of a job and put into another with all that they say.

Hosts get new numbers and URLs keep theirs within the host; answers for site files go wherever a
row rests on them. Every page, refusal and policy is fixed by the new job's own ledger, which
begins by naming the ledgers that it goes on from. What shards had asked of one another is
forgotten: whoever waits for a site file asks again, and is answered from the store.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from os import urandom
from typing import NamedTuple

from crawler.core.urls import parse
from crawler.corpus.upkeep.merge import log_policy
from crawler.frontier.hosts import NUMBER_BITS
from crawler.frontier.sharding import Share
from crawler.store.database import Connection, commit
from crawler.store.deciding_again import followed, last_answer, note_followed
from crawler.store.evidence import load_snapshots, save_snapshot
from crawler.store.job import take_over_run
from crawler.store.ledger import Subject, append, log_refusal, name, record_id
from crawler.store.page_rows import DECISION, PAGE, Row, fixed, said_of, write_decision, write_pages
from crawler.store.suppression_memory import take_over

_BATCH = 2_000
_NUMBER = (1 << NUMBER_BITS) - 1  # of a URL within its host
_ENTRIES = {"active": "include", "held": "hold", "retired": "retire"}
_ANSWER = (
    "origin, kind, url, final_url, hops, found, status, content_type, headers, error, fetched_at,"
    " expires_at, sha256"
)
# Facts of a job that are not handed on as they stand: they are about its own ledger and run.
_OWN = ("ledger", "salts", "running", "rest until", "evidence followed", "suppression list")
_HOST = (
    "name, site, seed, due, delay, reason, held_until, failures, crawl_delay, hours, usual, recent,"
    " addresses, resolved_until, evidence, pages, urls, waiting, since, asked_at, answer, later_at"
)
_URL = "kind, state, priority, depth, attempt, due, outcome, code, via, file"
_REVISIT = "visited_at, due, interval, etag, last_modified, text_sha256"


class Place(NamedTuple):
    """Where a page's raw answer lies."""

    file: str
    offset: int


class Moving:
    """Takes rows out of one job at a time, which is attached as `old`, into the one at `into`.

    `places`: where raw answers went, by where they were. `now` is the time of what is logged.
    """

    def __init__(self, into: Connection, share: Share, now: float) -> None:
        self._into = into
        self._share = share
        self._now = now
        self._hosts: dict[int, int] = {}
        self._answers: dict[int, int] = {}
        self._lists: dict[str, str] = {}
        self._caught_up = True
        into.create_function("own_site", 1, share.owns, deterministic=True)
        into.create_function("own_url", 1, partial(_owns_url, share), deterministic=True)

    def take(self, source: Connection, path: str, places: dict[Place, Place]) -> None:
        """Take what is this shard's out of the job at `path`, which `source` reads."""
        self._into.execute("ATTACH ? AS old", (path,))
        try:
            self._answers, self._lists = {}, {}
            self._number_hosts()
            with self._batches() as step:
                self._frontier()
                self._facts(source)
                step()
                self._site_files(source)
                step()
                for done, number in enumerate(self._moved("decision")):
                    self._decision(number, places)
                    if done % _BATCH == _BATCH - 1:
                        step()
                self._purged()
                self._figures()
                self._notes()
                self._caught_up &= followed(source) >= last_answer(source)
                note_followed(self._into, last_answer(self._into) if self._caught_up else 0)
        finally:
            self._into.execute("DROP TABLE IF EXISTS temp.moved")
            self._into.execute("DETACH old")

    @contextmanager
    def _batches(self) -> Iterator[partial[None]]:
        self._into.execute("BEGIN IMMEDIATE")
        yield partial(_next, self._into)
        commit(self._into)

    def _number_hosts(self) -> None:
        run = self._into.execute
        run("CREATE TEMP TABLE moved (old INTEGER PRIMARY KEY, new INTEGER NOT NULL)")
        (last,) = run("SELECT coalesce(max(id), 0) FROM main.host").fetchone()
        run(
            "INSERT INTO moved SELECT id, ? + row_number() OVER (ORDER BY id) FROM old.host"
            " WHERE own_site(site)",
            (last,),
        )
        self._hosts = dict(run("SELECT old, new FROM moved"))

    def _frontier(self) -> None:
        """Hosts with their clocks, URLs, when to look again, patterns, budgets of sites."""
        run = self._into.execute
        run(
            f"INSERT INTO main.host (id, {_HOST}) SELECT new, {_HOST} FROM old.host"
            " JOIN moved ON moved.old = host.id"
        )
        run(
            f"INSERT INTO main.url (id, host_id, key, url, {_URL})"
            f" SELECT {_new('url.id')}, new, CASE url.url WHEN '' THEN -({_new('url.id')})"
            f" ELSE url.key END, url.url, {_URL} FROM moved JOIN old.url ON host_id = moved.old"
        )
        run(
            f"INSERT INTO main.revisit (url_id, {_REVISIT}) SELECT {_new('url_id')}, {_REVISIT}"
            f" FROM old.revisit JOIN moved ON moved.old = url_id >> 32"
        )
        run(
            "INSERT INTO main.pattern SELECT new, pattern, count FROM old.pattern"
            " JOIN moved ON moved.old = host_id"
        )
        # Every shard knows the sites of all seeds: they are its scope.
        run(
            "INSERT INTO main.site SELECT name, seed, iif(own_site(name), pages, 0) FROM old.site"
            " WHERE seed OR own_site(name) ON CONFLICT DO UPDATE SET"
            " seed = max(seed, excluded.seed), pages = pages + excluded.pages"
        )
        run(
            "INSERT OR IGNORE INTO main.licence_file SELECT origin, url FROM old.licence_file"
            " WHERE own_url(origin || '/')"
        )

    def _facts(self, source: Connection) -> None:
        run = self._into.execute
        for row in run("SELECT * FROM old.policy").fetchall():
            if run("INSERT OR IGNORE INTO main.policy VALUES (?, ?, ?, ?)", row).rowcount:
                log_policy(self._into, row, self._now)
        run(
            "INSERT OR IGNORE INTO main.meta SELECT key, value FROM old.meta"
            " WHERE key NOT IN (SELECT value FROM json_each(?))",
            (json.dumps(_OWN),),
        )
        take_over_run(self._into, source)
        take_over(self._into, source)

    def _site_files(self, source: Connection) -> None:
        """Take every answer that a row of ours rests on, or that speaks for a site of ours."""
        run = self._into.execute
        run(
            "CREATE TEMP TABLE wanted AS SELECT id FROM old.snapshot WHERE"
            " own_url(iif(origin = '', url, origin || '/'))"
            " OR url IN (SELECT url FROM main.licence_file)"
            " UNION SELECT value FROM old.decision JOIN moved ON moved.old = url_id >> 32,"
            " json_each(decision.snapshots)"
        )
        known = f"SELECT id FROM main.snapshot WHERE ({_ANSWER}) = ({', '.join('?' * 13)})"
        rows = run(
            f"SELECT id, {_ANSWER} FROM old.snapshot WHERE id IN wanted ORDER BY id"
        ).fetchall()
        for number, *answer in rows:
            row = run(known, answer).fetchone()
            if row is None:
                (snapshot,) = load_snapshots(source, (number,))
                self._answers[number] = save_snapshot(self._into, str(answer[0]), snapshot)
            else:
                self._answers[number] = row[0]
        run("DROP TABLE temp.wanted")

    def _moved(self, table: str) -> list[int]:
        rows = self._into.execute(
            f"SELECT url_id FROM old.{table} JOIN moved ON moved.old = url_id >> 32 ORDER BY url_id"
        )
        return [number for (number,) in rows]

    def _decision(self, number: int, places: dict[Place, Place]) -> None:
        """Take a decision, and the page that was kept on it."""
        run = self._into.execute
        own = self._own(number)
        decision = list(
            run(
                f"SELECT {', '.join(DECISION)} FROM old.decision WHERE url_id = ?", (number,)
            ).fetchone()
        )
        at = DECISION.index("snapshots")
        decision[0], decision[at] = own, self._list(decision[at])
        page = run(f"SELECT {', '.join(PAGE)} FROM old.page WHERE url_id = ?", (number,)).fetchone()
        self._salt(number, own)
        if page is None:
            write_decision(self._into, tuple(decision))
            said = dict(zip(DECISION, decision, strict=True))
            if not said["included"]:
                what = (said["gate"], said["reason"], said["snapshots"])
                by = (said["policy_sha256"], said["rules_version"])
                log_refusal(self._into, what, by, said["decided_at"])
            return
        fields = dict(zip(PAGE, page, strict=True)) | {"url_id": own}
        if fields["state"] == "purged":
            write_decision(self._into, tuple(decision))
            return
        if fields["archive_file"]:
            place = places[Place(fields["archive_file"], fields["archive_offset"])]
            fields |= {"archive_file": place.file, "archive_offset": place.offset}
        self._page(tuple(fields[column] for column in PAGE), tuple(decision))

    def _page(self, page: Row, decision: Row) -> None:
        rows = fixed(page, decision)
        write_pages(self._into, [rows])
        fields = dict(zip(PAGE, page, strict=True))
        (salt,) = self._into.execute(
            "SELECT salt FROM subject WHERE url_id = ?", (fields["url_id"],)
        ).fetchone()
        subject = Subject(name(salt, str(fields["url"])), salt)
        payload = {
            "moved": True,
            "digest": rows.digest,
            "said": subject.said(said_of(page + decision)),
        }
        if fields["state_reason"]:
            payload["reason"] = fields["state_reason"]
        append(self._into, _ENTRIES[str(fields["state"])], payload, self._now, subject.name)

    def _purged(self) -> None:
        """Take what is left of purged pages: that they were."""
        for number in self._moved("page"):
            row = self._into.execute(
                "SELECT * FROM old.page WHERE url_id = ? AND state = 'purged'", (number,)
            ).fetchone()
            if row is None:
                continue
            own = self._own(number)
            marks = ", ".join("?" * len(row))
            self._into.execute(f"INSERT INTO main.page VALUES ({marks})", (own, *row[1:]))
            salt = self._salt(number, own)
            text = self._into.execute("SELECT url FROM main.url WHERE id = ?", (own,)).fetchone()[0]
            payload = {"moved": True, "reason": row[2], "scope": "url"}
            # Of an erased page nobody can make the name again.
            named = name(salt, text) if salt and text else name(urandom(32), "")
            append(self._into, "purge", payload, self._now, named)

    def _salt(self, number: int, own: int) -> bytes:
        row = self._into.execute(
            "SELECT salt FROM old.subject WHERE url_id = ?", (number,)
        ).fetchone()
        if row is None:
            return b""
        self._into.execute("INSERT OR IGNORE INTO main.subject VALUES (?, ?)", (own, row[0]))
        return bytes(row[0])

    def _figures(self) -> None:
        """Take the figures of texts. Clusters are made again, of all shards."""
        self._into.execute(
            f"INSERT INTO main.annotation SELECT {_new('url_id')}, text_sha256, quality, pii"
            " FROM old.annotation JOIN moved ON moved.old = url_id >> 32"
        )

    def _notes(self) -> None:
        """Take what names no site: it is the first shard's, but for what is about a record."""
        run, first = self._into.execute, self._share.number == 0
        ours, theirs = self._records("new"), set() if not first else self._records("old")
        for table in ("tombstone", "removal"):
            rows = run(f"SELECT * FROM old.{table}").fetchall()
            named = 0 if table == "tombstone" else 1
            for row in rows:
                if row[named] in ours or (first and row[named] not in theirs):
                    values = row if table == "tombstone" else (None, *row[1:])
                    marks = ", ".join("?" * len(values))
                    run(f"INSERT INTO main.{table} VALUES ({marks})", values)
        run(
            "INSERT INTO main.loss SELECT * FROM old.loss WHERE iif(host = '', ?, own_url("
            "coalesce('http://' || host || '/', ''))) ON CONFLICT DO UPDATE SET"
            " count = count + excluded.count",
            (first,),
        )
        if first:
            run(
                "INSERT INTO main.turned_away SELECT * FROM old.turned_away WHERE true"
                " ON CONFLICT DO UPDATE SET count = count + excluded.count"
            )
            for table in ("takedown", "receipt"):
                run(f"INSERT INTO main.{table} SELECT * FROM old.{table}")
            asked = run("SELECT payload, at FROM old.ledger WHERE kind = 'takedown' ORDER BY seq")
            for payload, at in asked.fetchall():
                append(self._into, "takedown", json.loads(payload), at)

    def _records(self, which: str) -> set[str]:
        """Return ids of records: of the pages taken ("new"), or of those that were not ("old")."""
        taken = "" if which == "new" else "NOT "
        rows = self._into.execute(
            "SELECT salt, url.url FROM old.subject JOIN old.url ON url.id = url_id"
            f" WHERE url_id >> {NUMBER_BITS} {taken}IN (SELECT old FROM moved)"
            " AND EXISTS (SELECT 1 FROM old.removal UNION SELECT 1 FROM old.tombstone)"
        )
        return {record_id(name(salt, text)) for salt, text in rows}

    def _own(self, number: int) -> int:
        return self._hosts[number >> NUMBER_BITS] << NUMBER_BITS | number & _NUMBER

    def _list(self, listed: str) -> str:
        known = self._lists.get(listed)
        if known is None:
            known = self._lists[listed] = json.dumps(
                [self._answers[number] for number in json.loads(listed)], separators=(",", ":")
            )
        return known


def _next(connection: Connection) -> None:
    """End a transaction and begin the next."""
    commit(connection)
    connection.execute("BEGIN IMMEDIATE")


def _owns_url(share: Share, text: str) -> bool:
    url = parse(text)
    return share.owns(url.site if url is not None else "")


def _new(column: str) -> str:
    """Return the number that a URL gets, in a query that has its host as `moved`."""
    return f"((new << {NUMBER_BITS}) | ({column} & {_NUMBER}))"
