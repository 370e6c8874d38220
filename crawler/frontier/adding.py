"""Adding URLs to the store: scope, caps of hosts and patterns, duplicates."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

from crawler.frontier.hosts import NUMBER_BITS, Kind
from crawler.frontier.link_rules import Candidate
from crawler.frontier.settings import FrontierSettings
from crawler.frontier.sharding import shard_of
from crawler.frontier.url_rows import Changes, count_urls, host_id
from crawler.store.database import Connection

_INSERT = (
    "INSERT OR IGNORE INTO url"
    " (id, host_id, key, url, kind, priority, depth, via, file)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_PATTERN = (
    "INSERT INTO pattern VALUES (?, ?, 1)"
    " ON CONFLICT DO UPDATE SET count = count + 1 RETURNING count"
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

    def take(self, candidates: Iterable[Candidate], *, seeds: bool = False) -> None:
        """Add what is new and in scope."""
        for name, group in groupby(sorted(candidates, key=itemgetter(0)), itemgetter(0)):
            rows = list(group)
            if self._is_foreign(rows[0].site):
                self._send(rows, seeds=seeds)
                continue
            number = self._host(name, rows[0].site, seeds=seeds)
            if not number:
                # Sitemaps that robots.txt names may lie anywhere; what they list may not.
                outside = [row for row in rows if row.kind != Kind.SITEMAP]
                if outside:
                    self._changes.turned_away.add("scope", "", outside[0].url, len(outside))
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
        elif share is not None:
            if not (self._settings.scope.scope == "any" or self._in_site(site)):
                # As above: sitemaps may lie anywhere.
                outside = [row for row in rows if row.kind != Kind.SITEMAP]
                if outside:
                    self._changes.turned_away.add("scope", "", outside[0].url, len(outside))
                rows = [row for row in rows if row.kind == Kind.SITEMAP]
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

    def _host(self, name: str, site: str, *, seeds: bool) -> int:
        """Return the host's row if its URLs are in scope, else 0."""
        run, scope = self._connection.execute, self._settings.scope.scope
        row = run("SELECT id, seed FROM host WHERE name = ?", (name,)).fetchone()
        known = row is not None and row[1]
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
                away.add("host-full", row.host, row.url)
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
                away.count("known")
                added += self._known(host, row)
        if added or number != first:
            count_urls(self._connection, host, number - first, added, self._changes)
            self.admitted += number - first

    def _pattern_has_room(self, host: int, row: Candidate) -> bool:
        if row.pattern is None:
            return True
        run = self._connection.execute
        if run("SELECT 1 FROM url WHERE host_id = ? AND key = ?", (host, row.key)).fetchone():
            self._changes.turned_away.count("known")
            return False
        pattern, most, code = row.pattern
        (count,) = run(_PATTERN, (host, pattern)).fetchone()
        if count > most:
            self._changes.turned_away.add(code, row.host, row.url)
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
