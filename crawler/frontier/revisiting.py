"""Pages held, looked at again when their interval is over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from crawler.frontier.hosts import NUMBER_BITS
from crawler.frontier.url_rows import Changes, count_urls
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
