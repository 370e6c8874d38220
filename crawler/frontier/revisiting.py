"""What was asked before, asked again: pages when their interval is over, files when told to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from crawler.core.consent import FileRequest
from crawler.frontier.hosts import NUMBER_BITS
from crawler.frontier.sharding import Share
from crawler.frontier.url_rows import Changes, FileAsk, add_file, count_urls
from crawler.store.database import Connection


def requeue(connection: Connection, numbers: Iterable[int]) -> Changes:
    """Put settled URLs back into their hosts' queues: what turned them away no longer does."""
    changes = Changes()
    hosts: Counter[int] = Counter()
    for number in numbers:
        hosts[number >> NUMBER_BITS] += connection.execute(
            "UPDATE url SET state = 0, attempt = 0 WHERE id = ? AND state = 2", (number,)
        ).rowcount
    for host, count in hosts.items():
        count_urls(connection, host, 0, count, changes)
        changes.woken.add(host)
    return changes


def ask_files(
    connection: Connection, files: Iterable[FileRequest], when: tuple[Share | None, float]
) -> Changes:
    """Have site files asked for; `when` is which sites are ours, and the time."""
    changes = Changes()
    for file in files:
        ask = FileAsk(file.kind, file.origin, file.url.text)
        number = add_file(connection, file.url, ask, "", when, changes)
        changes.woken.add(number >> NUMBER_BITS)
    return changes


def make_due(connection: Connection, now: float, *, everything: bool) -> Changes:
    """Put held pages back into their hosts' queues, all or those due; sitemaps as well.

    A page that was retired never returns by itself: asking for it would be for nothing.
    """
    changes = Changes()
    due = (
        "SELECT url_id FROM revisit WHERE due <= ?"
        " EXCEPT SELECT url_id FROM page WHERE state IN ('retired', 'purged')"
    )
    where = f"state = 2 AND (kind = 2 OR id IN ({due}))"
    limit = 1e18 if everything else now
    counts = connection.execute(
        f"SELECT host_id, count(*) FROM url WHERE {where} GROUP BY host_id",  # noqa: S608
        (limit,),
    ).fetchall()
    connection.execute(f"UPDATE url SET state = 0, attempt = 0 WHERE {where}", (limit,))  # noqa: S608
    for host, count in counts:
        count_urls(connection, host, 0, count, changes)
    return changes
