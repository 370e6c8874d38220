"""What was promised at a job's URL, brought into a folder that was made from a snapshot.

Before anybody reads it: what the suppression list and the purges since name is taken out of it,
hosts wait as they asked, and nothing goes back behind a version that was published.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from crawler.cluster.promise import Promise, Published, Purge, Wait, longest
from crawler.core.urls import parse
from crawler.corpus.removal.purge import Order, Selector, purge
from crawler.frontier.url_rows import host_id
from crawler.store.connection import SQL_ERRORS, StoreError, explain
from crawler.store.database import Connection, connect
from crawler.store.job import DATABASE
from crawler.store.suppression import Line, Suppression

_TEXT = "text"  # the scope of lines that name a text wherever it stands; always hashed
_PAGES = """
    SELECT coalesce(nullif(page.url, ''), url.url), coalesce(text_sha256, ''),
           coalesce(metadata, '{}'), coalesce(page.state, '')
    FROM url LEFT JOIN page ON page.url_id = url.id
    WHERE url.kind = 0 AND coalesce(page.state, '') != 'purged' AND (page.state IS NOT NULL OR ?)
"""


class BehindError(StoreError):
    """What can be restored is older than what was published from the shard."""


def keep_waits(connection: Connection, promises: Iterable[Promise]) -> int:
    """Have hosts wait as was promised, also those that the snapshot did not know of.

    Run inside a transaction; returns how many hosts.
    """
    waits = longest([wait for promise in promises for wait in _waits(promise)])
    for wait in waits.values():
        connection.execute(
            "UPDATE host SET reason = CASE WHEN ?2 > due THEN ?3 ELSE reason END,"
            " due = max(due, ?2), delay = max(delay, ?4) WHERE id = ?1",
            (host_id(connection, wait.host), wait.until, wait.reason, wait.delay),
        )
    return len(waits)


def _waits(promise: Promise) -> tuple[Wait, ...]:
    return promise if isinstance(promise, tuple) else ()


def check_published(connection: Connection, published: Iterable[Published], what: str) -> None:
    """Raise BehindError unless the ledger holds every entry that a version was published at."""
    for one in published:
        row = connection.execute("SELECT hash FROM ledger WHERE seq = ?", (one.seq,)).fetchone()
        if row is None or row[0] != one.hash:
            version = f"version {one.version}" if one.version else "an export"
            raise BehindError(
                f"{what} is older than {version}, published at entry {one.seq} of its ledger"
                f" ({one.hash[:12]}): nothing was restored; put a newer snapshot back"
            )


def take_out(
    folder: Path, promises: Mapping[str, Promise], listed: Suppression | None, now: float
) -> int:
    """Purge from a job's folder what the list and purges since its snapshot name; return pages.

    Raises:
        StoreError: The folder cannot be read or written.
    """
    wanted = [(one.lines, one.reason) for one in promises.values() if isinstance(one, Purge)]
    lists = [(_listing(listed, lines), reason) for lines, reason in wanted]
    if listed is not None:
        lists.append((listed, ""))
    count = 0
    for found, reason in lists:
        for (why, erase), urls in _named(folder, found).items():
            order = Order(reason or why, erase=erase)
            # Whatever it is asked for is on the list already, and nothing is added to it.
            done = purge(folder, Selector(tuple(urls)), order, _Silent.of(found), now)
            count += done.pages
            if done.remaining:
                names = ", ".join(done.remaining)
                raise StoreError(f"{folder}: what was purged is in {names} still: remove that")
    return count


class _Silent(Suppression):
    """A list that is known to hold all that a purge would add."""

    def add(self, *lines: Line) -> None:
        pass

    @classmethod
    def of(cls, found: Suppression) -> _Silent:
        return cls(found.path, found.key)


def _listing(listed: Suppression | None, lines: Iterable[Line]) -> Suppression:
    found = Suppression(Path(), listed.key if listed is not None else b"")
    found.learn(lines)
    return found


def _named(folder: Path, listed: Suppression) -> dict[tuple[str, bool], list[str]]:
    """Return the addresses that a list names, by reason and whether they are to be erased."""
    found: dict[tuple[str, bool], list[str]] = defaultdict(list)
    if not (folder / DATABASE).is_file():
        return found
    try:
        with closing(connect(folder / DATABASE)) as connection:
            for text, digest, authors in _pages(connection, every=listed.names_hashed):
                url = parse(text)
                line = listed.line_on(url, digest, authors) if url is not None else None
                if line is not None:
                    found[line.reason, line.hashed and line.scope != _TEXT].append(text)
    except SQL_ERRORS as error:
        raise explain(error) from error
    return found


def _pages(connection: Connection, *, every: bool) -> Iterator[tuple[str, str, list[str]]]:
    for text, digest, metadata, _ in connection.execute(_PAGES, (every,)):
        yield text, digest, [str(name) for name in json.loads(metadata).get("authors", ())]
