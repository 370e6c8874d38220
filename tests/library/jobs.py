"""A small job for programs to read, with the hosts that the frontier would know."""

from crawler.core.urls import parse
from tests.corpus import made


def standard(folder, robots_at=None):
    """Make the job of six pages and two refusals in `folder`, its robots.txt of some time."""
    folder.mkdir(parents=True)
    job = made.standard(folder)
    with_hosts(job.connection)
    if robots_at is not None:
        job.connection.execute("UPDATE snapshot SET fetched_at = ?", (robots_at,))
    job.connection.close()
    return folder


def with_hosts(connection):
    """Give each URL its host, as a crawl has it from the beginning."""
    for number, url in connection.execute("SELECT id, url FROM url").fetchall():
        host = parse(url).host
        connection.execute("INSERT OR IGNORE INTO host (name, site) VALUES (?, ?)", (host, host))
        connection.execute(
            "UPDATE url SET host_id = (SELECT id FROM host WHERE name = ?) WHERE id = ?",
            (host, number),
        )
