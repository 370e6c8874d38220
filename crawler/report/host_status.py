"""All that a job knows of one host: its clock, why it waits, its URLs and its site files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from crawler.frontier.status import HostFact, host_fact
from crawler.store.database import Connection
from crawler.store.job import read_job

_MORE = (
    "SELECT site, failures, crawl_delay, hours, addresses, resolved_until, pages, id"
    " FROM host WHERE name = ?"
)
_URLS = (
    "SELECT CASE state WHEN 0 THEN 'waiting' WHEN 1 THEN 'later' ELSE outcome END,"
    " CASE WHEN outcome = 'kept' OR state = 0 THEN '' ELSE code END, count(*), min(url)"
    " FROM url WHERE host_id = ? AND kind != 1 GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2"
)
# The last answer for each file of each origin at the host: any scheme, any port.
_FILES = (
    "SELECT kind, url, found, status, error, max(fetched_at), expires_at FROM snapshot"
    " WHERE origin IN ('http://' || ?1, 'https://' || ?1)"
    " OR (origin > 'http://' || ?1 || ':' AND origin < 'http://' || ?1 || ';')"
    " OR (origin > 'https://' || ?1 || ':' AND origin < 'https://' || ?1 || ';')"
    " GROUP BY kind, url ORDER BY 1, 2"
)


@dataclass(frozen=True, slots=True)
class Urls:
    """So many URLs of the host ended, or wait, in the same way."""

    state: str  # waiting, later, or an outcome
    code: str
    count: int
    example: str


@dataclass(frozen=True, slots=True)
class SiteFile:
    """What was last learned of a site file. Times are seconds since the epoch."""

    kind: str
    url: str
    found: str
    status: int
    error: str
    fetched_at: float
    expires_at: float


@dataclass(frozen=True, slots=True)
class HostStatus:
    """One host. Times are seconds since the epoch, delays seconds."""

    state: str  # as `FrontierStatus.hosts` counts them
    fact: HostFact
    site: str
    failures: int  # in a row
    crawl_delay: float
    hours: str  # Visit-time windows, JSON
    addresses: tuple[str, ...]
    resolved_until: float
    pages: int  # requested so far, for its budget
    urls: tuple[Urls, ...]
    files: tuple[SiteFile, ...]
    not_admitted: dict[str, int]  # links, by reason


def host_status(folders: Iterable[Path], name: str, now: float) -> HostStatus | None:
    """Return what the job whose shards lie in `folders` knows of a host, None if it has none.

    Raises:
        StoreError: One of them holds no job, or cannot be read.
    """
    found = None
    for folder in folders:
        with read_job(folder) as connection:
            found = found or _of(connection, name, now)
    return found


def _of(connection: Connection, name: str, now: float) -> HostStatus | None:
    known = host_fact(connection, name, now)
    if known is None:
        return None
    site, failures, crawl_delay, hours, addresses, until, pages, number = connection.execute(
        _MORE, (name,)
    ).fetchone()
    away = connection.execute("SELECT reason, count FROM loss WHERE host = ?", (name,))
    return HostStatus(
        *known,
        site,
        failures,
        crawl_delay,
        hours,
        tuple(addresses.split()),
        until,
        pages,
        tuple(Urls(*row) for row in connection.execute(_URLS, (number,))),
        tuple(SiteFile(*row) for row in connection.execute(_FILES, (name,))),
        dict(away),
    )
