"""Hosts by state and why: searched and paged by the database, never read all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crawler.core.urls import site_of
from crawler.frontier.hosts import NUMBER_BITS
from crawler.frontier.status import STATE
from crawler.serve.watched import Watched, reading
from crawler.store.database import Connection

PAGE = 50  # hosts, or addresses, on a page
_DEEP = 2_000  # pages
_DUE = "max(due, held_until)"
_ORDERS = {
    "name": "name",
    "urls": "waiting DESC, name",
    "pages": "pages DESC, name",
    "slow": "recent DESC, name",
}
_KEYS: dict[str, Any] = {
    "name": lambda host: host.name,
    "urls": lambda host: (-host.waiting, host.name),
    "pages": lambda host: (-host.pages, host.name),
    "slow": lambda host: (-host.answers_in, host.name),
}
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
    def of(cls, asked: dict[str, str]) -> Wanted:
        """Read it from a query; what is not understood is left out."""
        page = asked.get("page", "1")
        return cls(
            asked.get("name", "")[:253].strip().lower(),
            asked.get("state", "")[:40],
            asked.get("reason", "")[:300],
            order if (order := asked.get("order", "name")) in _ORDERS else "name",
            min(_DEEP, max(1, int(page))) if page.isascii() and page.isdigit() else 1,
        )


def listed(job: Watched, wanted: Wanted, now: float) -> tuple[list[Host], bool]:
    """Return one page of hosts, and whether more come after it."""
    before = PAGE * (wanted.page - 1)
    parts = job.over_parts(lambda connection: _part(connection, wanted, now, before + PAGE + 1))
    if len(parts) == 1:
        found = parts[0][before:]
    else:
        found = sorted((host for part in parts for host in part), key=_KEYS[wanted.order])[before:]
    return found[:PAGE], len(found) > PAGE


def _part(connection: Connection, wanted: Wanted, now: float, most: int) -> list[Host]:
    clauses = {
        "instr(name, :name) > 0": wanted.name,
        f"{STATE} = :state": wanted.state,
        "reason = :reason AND (waiting > 0 OR later_at > 0)": wanted.reason,
    }
    where = " AND ".join(clause for clause, value in clauses.items() if value) or "1"
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM host WHERE {where} ORDER BY {_ORDERS[wanted.order]} LIMIT :most",  # noqa: S608 - fixed text
        {"now": now, "most": most, "name": wanted.name, "state": wanted.state,
         "reason": wanted.reason},
    )  # fmt: skip
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
