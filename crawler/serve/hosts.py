"""Hosts by state and why: searched and paged by the database, never read all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.core.urls import site_of
from crawler.frontier.hosts import NUMBER_BITS
from crawler.frontier.status import STATE
from crawler.serve.watched import Watched, reading
from crawler.store.database import Connection

PAGE = 50  # hosts, or addresses, on a page
DEEP = 2_000  # pages
_DUE = "max(due, held_until)"
# What a list is ordered by, before the name; a name alone is read from its index.
_ORDERS = {"name": "0", "urls": "-waiting", "pages": "-pages", "slow": "-recent"}
_COLUMNS = f"name, {STATE}, reason, {_DUE}, waiting, pages, delay, crawl_delay, recent, failures"


@dataclass(frozen=True, slots=True)
class Host:
    """One host as it stands. Times are seconds since the epoch, durations seconds."""

    name: str
    state: str
    reason: str  # why it waits longer than its delay
    due: float
    waiting: int  # URLs
    pages: int  # requested
    delay: float
    crawl_delay: float  # as its robots.txt asks
    answers_in: float
    failures: int  # in a row


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which hosts to show: a part of their names, their state, why they wait, in what order."""

    name: str = ""
    state: str = ""
    reason: str = ""
    order: str = "name"
    page: int = 1

    @classmethod
    def of(cls, asked: dict[str, str], page: int) -> Wanted:
        """Read it from a query; what is not understood is left out."""
        return cls(
            asked.get("name", "")[:253].strip().lower(),
            asked.get("state", "")[:40],
            asked.get("reason", "")[:300],
            order if (order := asked.get("order", "name")) in _ORDERS else "name",
            page,
        )


def listed(job: Watched, wanted: Wanted, now: float) -> tuple[list[Host], bool]:
    """Return one page of hosts, and whether more come after it."""
    before = PAGE * (wanted.page - 1)
    parts = job.over_parts(lambda connection: _places(connection, wanted, now, before + PAGE + 1))
    places = parts[0] if len(parts) == 1 else sorted(place for part in parts for place in part)
    names = [name for _, name in places[before : before + PAGE]]
    rows = job.over_parts(lambda connection: _rows(connection, names, now))
    found = {host.name: host for part in rows for host in part}
    return [found[name] for name in names if name in found], len(places) > before + PAGE


def _places(
    connection: Connection, wanted: Wanted, now: float, most: int
) -> list[tuple[float, str]]:
    clauses = {
        "instr(name, :name) > 0": wanted.name,
        f"{STATE} = :state": wanted.state,
        "reason = :reason AND (waiting > 0 OR later_at > 0)": wanted.reason,
    }
    where = " AND ".join(clause for clause, value in clauses.items() if value) or "1"
    key = _ORDERS[wanted.order]
    return connection.execute(
        f"SELECT {key}, name FROM host WHERE {where}"  # noqa: S608 - fixed text
        f" ORDER BY {'' if wanted.order == 'name' else f'{key}, '}name LIMIT :most",
        {"now": now, "most": most, "name": wanted.name, "state": wanted.state,
         "reason": wanted.reason},
    ).fetchall()  # fmt: skip


def _rows(connection: Connection, names: Sequence[str], now: float) -> list[Host]:
    marks = ", ".join(f":n{number}" for number in range(len(names)))
    given = {f"n{number}": name for number, name in enumerate(names)}
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM host WHERE name IN ({marks})",  # noqa: S608 - placeholders
        {"now": now, **given},
    )
    return [Host(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Address:
    """One URL of a host, and what became of it."""

    url: str
    outcome: str
    code: str


@dataclass(frozen=True, slots=True)
class HostPage:
    """A host with the last word on its robots.txt and some of its addresses."""

    host: Host
    addresses: str
    robots: tuple[str, int, float] | None  # found, status, fetched_at
    urls: Sequence[Address]
    more: bool


def one(job: Watched, name: str, page: int, now: float) -> HostPage | None:
    """Return what is known of one host, None if the job does not know it."""
    with reading(job.part_of(site_of(name))) as connection:
        row = connection.execute(
            f"SELECT id, addresses, {_COLUMNS} FROM host WHERE name = :name",  # noqa: S608
            {"name": name, "now": now},
        ).fetchone()
        if row is None:
            return None
        number, addresses, *rest = row
        robots = connection.execute(
            "SELECT found, status, fetched_at FROM snapshot WHERE kind = 'robots'"
            " AND origin IN (?, ?) ORDER BY fetched_at DESC LIMIT 1",
            (f"https://{name}", f"http://{name}"),
        ).fetchone()
        first = number << NUMBER_BITS
        rows = connection.execute(
            "SELECT url, CASE state WHEN 0 THEN 'waiting' WHEN 1 THEN 'later' ELSE outcome END,"
            " code FROM url WHERE id >= ? AND id < ? AND kind = 0 ORDER BY id LIMIT ? OFFSET ?",
            (first, first + (1 << NUMBER_BITS), PAGE + 1, PAGE * (page - 1)),
        ).fetchall()
    urls = [Address(*found) for found in rows]
    return HostPage(Host(*rest), addresses, robots, urls[:PAGE], len(urls) > PAGE)
