"""What jobs hold between them, as counts and sums that know no order and no row numbers.

Two sets of jobs with the same inventory hold the same rows, each as often: how sites are dealt
out over them changes nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Any

from crawler.cluster.url_exchange import INBOX
from crawler.frontier.link_rules import Candidate
from crawler.frontier.shard_messages import message_from
from crawler.store.database import Connection
from crawler.store.job import read_job
from crawler.store.page_rows import DECISION, PAGE

Inventory = dict[str, tuple[int, int]]  # by kind of rows: how many, and their sum

_PAGE = ", ".join(
    f"page.{name}" for name in PAGE if name not in ("url_id", "archive_file", "archive_offset")
)
_DECISION = ", ".join(f"decision.{name}" for name in DECISION if name != "url_id")
_OF_URL = "host.name, iif(url.url = '', 0, url.key)"
# Rows of what is not there count as well: they would be lost.
_JOINED = "LEFT JOIN url ON url.id = url_id LEFT JOIN host ON host.id = host_id"
# Rows that lie in one shard only.
_ONCE = {
    "hosts": "SELECT name, site, seed, due, delay, reason, held_until, failures, crawl_delay,"
    " hours, usual, recent, addresses, resolved_until, evidence, pages, urls, waiting, since,"
    " asked_at, answer, later_at FROM host",
    "URLs": f"SELECT {_OF_URL}, url.url, kind, url.state, priority, depth, attempt, url.due,"
    " outcome, code, via, file FROM url LEFT JOIN host ON host.id = host_id",
    "revisits": f"SELECT {_OF_URL}, visited_at, revisit.due, interval, etag, last_modified,"
    f" text_sha256 FROM revisit {_JOINED}",
    "patterns": "SELECT name, pattern, count FROM pattern LEFT JOIN host ON host.id = host_id",
    "pages": f"SELECT {_OF_URL}, {_PAGE}, page.archive_file != '' FROM page {_JOINED}",
    "names of records": f"SELECT {_OF_URL}, salt FROM subject {_JOINED}",
    "figures": f"SELECT {_OF_URL}, text_sha256, quality, pii FROM annotation {_JOINED}",
    "tombstones": "SELECT * FROM tombstone",
    "removals": "SELECT doc_id, at, kind, class, reason, url, texts, number FROM removal",
    "requests": "SELECT * FROM takedown",
    "receipts": "SELECT * FROM receipt",
}
# Rows that several shards may have, of which each counts once.
_ANYWHERE = {
    "policies": "SELECT * FROM policy",
    "site files": "SELECT snapshot.*, body FROM snapshot JOIN blob USING (sha256)",
    "licence files": "SELECT origin, url FROM licence_file",
    "sites of seeds": "SELECT name FROM site WHERE seed",
}
# Counts that are added up.
_SUMS = {
    "pages asked for, by site": "SELECT name, pages FROM site",
    "links turned away": "SELECT reason, count FROM turned_away",
    "losses": "SELECT host || ' ' || reason, count FROM loss",
}
_DECIDED = f"SELECT {_OF_URL}, {_DECISION} FROM decision {_JOINED}"
_SNAPSHOTS = DECISION.index("snapshots") + 1  # behind host and key, without the URL's id


def inventory(folders: Sequence[Path]) -> Inventory:
    """Count what the jobs in these folders hold; one that has none yet holds nothing.

    Raises:
        StoreError: A job cannot be read.
    """
    found: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    sets: dict[str, set[int]] = {kind: set() for kind in _ANYWHERE}
    sums: dict[str, Counter[str]] = {kind: Counter() for kind in _SUMS}
    for folder in folders:
        with read_job(folder) as connection:
            under_way = (("links under way", (text,)) for text in links_in(connection, folder))
            for kind, row in chain(_once(connection), under_way):
                found[kind] += 1
                totals[kind] += _number(row)
            for kind, query in _ANYWHERE.items():
                strip = 1 if kind == "site files" else 0  # its number
                sets[kind].update(_number(row[strip:]) for row in connection.execute(query))
            for kind, query in _SUMS.items():
                for name, count in connection.execute(query):
                    sums[kind][name] += count
    whole: Inventory = {kind: (found[kind], totals[kind]) for kind in found}
    whole |= {kind: (len(rows), sum(rows)) for kind, rows in sets.items() if rows}
    whole |= {
        kind: (sum(rows.values()), sum(_number(item) for item in rows.items() if item[1]))
        for kind, rows in sums.items()
        if rows
    }
    return whole


def unlike(before: Mapping[str, tuple[int, int]], after: Mapping[str, tuple[int, int]]) -> str:
    """Return what differs between two inventories, "" if nothing does."""
    wrong = [
        f"{kind}: {before.get(kind, (0, 0))[0]} before, {after.get(kind, (0, 0))[0]} after"
        for kind in sorted(before.keys() | after.keys())
        if before.get(kind, (0, 0)) != after.get(kind, (0, 0))
    ]
    return "; ".join(wrong)


def _once(connection: Connection) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for kind, query in _ONCE.items():
        for row in connection.execute(query):
            yield kind, row
    answers = {row[0]: _number(row[1:]) for row in connection.execute("SELECT * FROM snapshot")}
    for row in connection.execute(_DECIDED):
        rests_on = [answers[number] for number in json.loads(row[_SNAPSHOTS])]
        yield "decisions", (*row[:_SNAPSHOTS], json.dumps(rests_on), *row[_SNAPSHOTS + 1 :])


def links_in(connection: Connection, folder: Path) -> Iterator[str]:
    """Yield the links that a job has for other shards, or that wait to be taken in, as they are."""
    for (text,) in connection.execute("SELECT candidate FROM outbox"):
        if isinstance(message_from(text), Candidate):
            yield text
    for path in sorted((folder / INBOX).glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line and isinstance(message_from(line), Candidate):
                yield line


def _number(row: Sequence[Any]) -> int:
    digest = blake2b(repr(tuple(row)).encode("utf-8", "surrogatepass"), digest_size=16).digest()
    return int.from_bytes(digest, "big")
