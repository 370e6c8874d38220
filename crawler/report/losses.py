"""What a job did not get, and why: a line a kind. Read from the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from crawler.core.outcome import SHELLS
from crawler.store.database import Connection

_MOST = 6  # reasons named in one line

# The kinds.
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
# In the order they are told, each with the word by which `crawler status --lost` lists it.
_WORDS = {
    _LINKS: "links",
    _TYPES: "types",
    _SHELLS: "shells",
    _SITEMAPS: "sitemaps",
    _CHALLENGED: "challenged",
    _FAILED: "failed",
    _LATER: "later",
    _ROBOTS: "robots",
    _SPENT: "spent",
    _WAIT: "waiting",
}
_KINDS = tuple(_WORDS)
WORDS = tuple(_WORDS.values())
# What was there already, or is not looked at by the operator's own wish.
_NO_LOSS = frozenset({"known", "canonical-off", "hreflang-off"})
_AT_AN_END = (
    " WHERE kind <> 1 AND (state = 1 OR (state = 2 AND outcome IN ('skipped', 'failed', 'refused'))"
    " OR (state = 2 AND kind = 2))"
)
_ENDED = f"SELECT kind, state, outcome, code, url FROM url{_AT_AN_END} ORDER BY id"  # noqa: S608
_NO_FILES = (
    "SELECT found, CASE WHEN error <> '' THEN error ELSE 'status-' || status END AS code, origin"
    " FROM (SELECT found, error, status, origin, max(fetched_at) FROM snapshot"
    " WHERE kind = 'robots' GROUP BY origin) WHERE found IN ('unreachable', 'challenged')"
)
_UNFINISHED = "SELECT reason, name, waiting FROM host WHERE waiting > 0 ORDER BY name"
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


def lines(found: list[Loss], job: object = "JOB") -> list[str]:
    """Return the losses in words, a line a kind, and the command that lists them all."""
    told = []
    for kind, group in groupby(found, attrgetter("kind")):
        items = list(group)
        text = "; ".join([_words(item) for item in items[:_MOST]])
        rest = sum(item.count for item in items[_MOST:])
        others = f"; others {rest}" if rest else ""
        told.append(f"{kind}: {text}{others}; all: crawler status {job} --lost {_WORDS[kind]}")
    return told


@dataclass(frozen=True, slots=True)
class Lost:
    """One address, origin or host that was lost; of links one example a host, and how many."""

    code: str
    what: str
    count: int = 1


def listed(connection: Connection, word: str) -> Iterator[Lost]:
    """Yield every loss of the kind that `word` (of `WORDS`) names."""
    if word == _WORDS[_LINKS]:
        rows = connection.execute("SELECT reason, host, count, example FROM loss ORDER BY 1, 2")
        yield from (
            Lost(code, url or host, n) for code, host, n, url in rows if code not in _NO_LOSS
        )
        return
    for kind, state, outcome, code, url in connection.execute(_ENDED):
        if _WORDS.get(_LATER if state == 1 else _kind_of(kind, outcome, code)) == word:
            yield Lost(code or outcome, url)
    if word in {_WORDS[_ROBOTS], _WORDS[_CHALLENGED]}:
        for found, code, origin in connection.execute(_NO_FILES):
            if (found == "unreachable") == (word == _WORDS[_ROBOTS]):
                yield Lost(code if found == "unreachable" else "robots.txt", origin)
    if word in {_WORDS[_SPENT], _WORDS[_WAIT]}:
        for reason, name, waiting in connection.execute(_UNFINISHED):
            if reason.endswith("budget is spent") == (word == _WORDS[_SPENT]):
                yield Lost(_without_state(reason), name, waiting)


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
        f"SELECT kind, state, outcome, code, url, count(*), min(id) FROM url{_AT_AN_END}"  # noqa: S608
        " GROUP BY kind, state, outcome, code"
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
        f"SELECT found, code, count(*), origin FROM ({_NO_FILES}) GROUP BY found, code"  # noqa: S608
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
