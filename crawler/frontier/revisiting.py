"""Pages held, looked at again when their interval is over."""

from __future__ import annotations

from crawler.frontier.rows import Changes, count_urls
from crawler.store.database import Connection


def make_due(connection: Connection, now: float, *, everything: bool) -> Changes:
    """Put held pages back into their hosts' queues, all or those due; sitemaps as well."""
    changes = Changes()
    where = "state = 2 AND (kind = 2 OR id IN (SELECT url_id FROM revisit WHERE due <= ?))"
    limit = 1e18 if everything else now
    counts = connection.execute(
        f"SELECT host_id, count(*) FROM url WHERE {where} GROUP BY host_id",  # noqa: S608
        (limit,),
    ).fetchall()
    connection.execute(f"UPDATE url SET state = 0, attempt = 0 WHERE {where}", (limit,))  # noqa: S608
    for host, count in counts:
        count_urls(connection, host, 0, count, changes)
    return changes
