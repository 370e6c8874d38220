"""What a job did not get, and why: a line a kind. Read from the store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from crawler.core.outcome import SHELLS
from crawler.store.database import Connection

_MOST = 6  # reasons named in one line

# The kinds, in the order they are told.
_LINKS = "links not followed"
_TYPES = "answers without text"
_SHELLS = "pages that are only a shell"
_SITEMAPS = "sitemaps not read, or not to their end"
_CHALLENGED = "challenged"
_FAILED = "failed"
_ROBOTS = "hosts whose robots.txt cannot be had"
_LATER = "to be tried again"
_SPENT = "hosts past their budget"
_WAIT = "hosts not asked to the end"
_KINDS = (_LINKS, _TYPES, _SHELLS, _SITEMAPS, _CHALLENGED, _FAILED, _LATER, _ROBOTS, _SPENT, _WAIT)
# What was there already, or is not looked at by the operator's own wish.
_NO_LOSS = frozenset({"known", "canonical-off", "hreflang-off"})
_NO_ROBOTS = (".given-up", ".unreachable")  # ends of the rules' names


@dataclass(frozen=True, slots=True)
class Loss:
    """One thing that went wrong so often. `waiting`: URLs of such hosts that are still wanted."""

    kind: str
    code: str
    count: int
    example: str = ""
    waiting: int = 0


def losses(connection: Connection) -> list[Loss]:
    """Return what the job has lost so far, most of a kind first."""
    parts = (_links(connection), _urls(connection), _robots(connection), _hosts(connection))
    return joined(parts)


def joined(parts: Iterable[list[Loss]]) -> list[Loss]:
    """Return the losses of several shards as those of one job."""
    found: dict[tuple[str, str], Loss] = {}
    for loss in (loss for part in parts for loss in part):
        key = (loss.kind, loss.code)
        other = found.get(key)
        found[key] = loss if other is None else _sum(other, loss)
    return _sorted(list(found.values()))


def lines(found: list[Loss]) -> list[str]:
    """Return the losses in words, a line a kind, reasons with one example each."""
    told = []
    for kind, group in groupby(found, attrgetter("kind")):
        items = list(group)
        text = "; ".join([_words(item) for item in items[:_MOST]])
        rest = sum(item.count for item in items[_MOST:])
        told.append(f"{kind}: {text}" + (f"; others {rest}" if rest else ""))
    return told


def _words(loss: Loss) -> str:
    details = [f"such as {loss.example}"] if loss.example else []
    if loss.waiting:
        details.insert(0, f"{loss.waiting} URLs wait")
    return f"{loss.code} {loss.count}" + (f" ({', '.join(details)})" if details else "")


def _sum(one: Loss, other: Loss) -> Loss:
    count, waiting = one.count + other.count, one.waiting + other.waiting
    return Loss(one.kind, one.code, count, one.example or other.example, waiting)


def _sorted(found: list[Loss]) -> list[Loss]:
    return sorted(found, key=lambda loss: (_KINDS.index(loss.kind), -loss.count, loss.code))


def _links(connection: Connection) -> list[Loss]:
    # The bare column comes from the row with the largest count.
    examples = {
        reason: example
        for reason, example, _ in connection.execute(
            "SELECT reason, example, max(count) FROM loss WHERE example != '' GROUP BY reason"
        )
    }
    rows = connection.execute("SELECT reason, count FROM turned_away WHERE count > 0")
    return [
        Loss(_LINKS, reason, count, examples.get(reason, ""))
        for reason, count in rows
        if reason not in _NO_LOSS
    ]


def _urls(connection: Connection) -> list[Loss]:
    rows = connection.execute(
        "SELECT kind, state, outcome, code, url, count(*), min(id) FROM url WHERE kind <> 1"
        " AND (state = 1 OR (state = 2 AND outcome IN ('skipped', 'failed', 'refused'))"
        " OR (state = 2 AND kind = 2)) GROUP BY kind, state, outcome, code"
    )
    return [
        Loss(kind, code or outcome, count, url)
        for number, state, outcome, code, url, count, _ in rows
        if (kind := _LATER if state == 1 else _kind_of(number, outcome, code))
    ]


def _kind_of(kind: int, outcome: str, code: str) -> str:
    if kind:
        read = outcome in ("moved", "purged") or (outcome == "listed" and not code)
        return "" if read else _SITEMAPS
    if outcome == "refused":
        return _ROBOTS if code.endswith(_NO_ROBOTS) else _CHALLENGED if "challenge" in code else ""
    if outcome == "skipped":
        return _SHELLS if code in SHELLS else _TYPES
    return _FAILED


def _robots(connection: Connection) -> list[Loss]:
    """Origins whose last robots.txt was none: the server failed, or put something in its place."""
    rows = connection.execute(
        "SELECT found, CASE WHEN error <> '' THEN error ELSE 'status-' || status END AS code,"
        " count(*), origin FROM (SELECT found, error, status, origin, max(fetched_at)"
        " FROM snapshot WHERE kind = 'robots' GROUP BY origin)"
        " WHERE found IN ('unreachable', 'challenged') GROUP BY found, code"
    )
    return [
        Loss(_ROBOTS, code, count, origin)
        if found == "unreachable"
        else Loss(_CHALLENGED, "robots.txt", count, origin)
        for found, code, count, origin in rows
    ]


def _hosts(connection: Connection) -> list[Loss]:
    """Hosts that are not done, by what they wait for."""
    rows = connection.execute(
        "SELECT reason, count(*), name, sum(waiting), max(waiting) FROM host"
        " WHERE waiting > 0 GROUP BY reason"
    )
    return [
        Loss(_SPENT if reason.endswith("budget is spent") else _WAIT, code, count, name, waiting)
        for reason, count, name, waiting, _ in rows
        if (code := _without_state(reason))
    ]


def _without_state(reason: str) -> str:
    """Return why a host waits, without whether it backs off or is parked for it."""
    return reason.partition(": ")[2] or reason or "the run ended first"
