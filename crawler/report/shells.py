"""How much of the web of a job needs a browser, a consent or a login: shells, by host."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from crawler.core.outcome import SHELLS
from crawler.store.database import Connection

_CODES = ", ".join(f"'{code}'" for code in SHELLS)
_HOSTS = 1_000  # that are told one by one

Shells = dict[str, dict[str, int]]  # by host: pages by code, most first


def shells(connection: Connection) -> Shells:
    """Return how many pages of each host were only a shell, by what they need."""
    rows = connection.execute(
        "SELECT host.name, url.code, count(*) FROM url JOIN host ON host.id = url.host_id"  # noqa: S608
        f" WHERE url.kind = 0 AND url.outcome = 'skipped' AND url.code IN ({_CODES}) GROUP BY 1, 2"
    )
    found: Shells = {}
    for host, code, count in rows:
        found.setdefault(host, {})[code] = count
    return joined([found])


def joined(parts: Iterable[Shells]) -> Shells:
    """Return the shells of several shards as those of one job."""
    found: dict[str, Counter[str]] = {}
    for part in parts:
        for host, codes in part.items():
            found.setdefault(host, Counter()).update(codes)
    most = sorted(found.items(), key=lambda item: (-item[1].total(), item[0]))
    return {host: dict(codes.most_common()) for host, codes in most[:_HOSTS]}


def line(found: Shells, most: int = 10) -> str:
    """Return them in words, "" if there are none."""
    total: Counter[str] = Counter()
    for codes in found.values():
        total.update(codes)
    hosts = [f"{host} {sum(codes.values())}" for host, codes in list(found.items())[:most]]
    if len(found) > most:
        hosts.append(f"{len(found) - most} more hosts")
    kinds = ", ".join(f"{code} {count}" for code, count in total.most_common())
    return f"{kinds} (by host: {', '.join(hosts)})" if found else ""
