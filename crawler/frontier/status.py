"""Why is it idle? Read from the store, so that it works on a job nobody runs."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawler.store.database import Connection

_SOME = 10


@dataclass(frozen=True, slots=True)
class HostFact:
    """One host worth naming. Times are seconds since the epoch."""

    host: str
    due: float
    reason: str
    waiting: int  # URLs
    delay: float
    response_time: float  # recent mean of the time to the first byte, seconds
    since: float = 0.0  # when it began to wait for that reason; 0 if there is none
    asked_at: float = 0.0  # when it was last asked, 0 if never
    answer: str = ""  # ... and what came of it: outcome and code


@dataclass(frozen=True, slots=True)
class FrontierStatus:
    """Hosts by state, what they wait for, and when the next may be asked."""

    hosts: dict[str, int] = field(default_factory=dict)  # ready waiting parked held spent done ...
    urls: dict[str, int] = field(default_factory=dict)  # waiting later, then by outcome
    turned_away: dict[str, int] = field(default_factory=dict)  # links by reason
    reasons: dict[str, int] = field(default_factory=dict)  # hosts by why they wait
    next_due: float | None = None
    waiting_longest: tuple[HostFact, ...] = ()
    slowest: tuple[HostFact, ...] = ()
    parked: tuple[HostFact, ...] = ()
    held: tuple[HostFact, ...] = ()  # until evidence can be had
    resting: tuple[HostFact, ...] = ()  # the others that wait: after a fault, for their delay

    def sentence(self, now: float) -> str:
        """Return one line for a log: what is going on."""
        ready = self.hosts.get("ready", 0)
        counts = ", ".join(f"{count} {state}" for state, count in self.hosts.items() if count)
        if ready:
            return f"{ready} hosts are due ({counts})"
        if self.next_due is None:
            return "nothing waits" + (f" ({counts})" if counts else "")
        wait = max(0.0, self.next_due - now)
        why = max(self.reasons, key=lambda key: self.reasons[key], default="their delay")
        return f"next host due in {wait:.0f} s ({counts}; most wait for: {why})"


STATE = """
    CASE WHEN waiting = 0 AND later_at = 0 THEN 'done'
         WHEN reason LIKE '%budget is spent' THEN 'spent'
         WHEN reason LIKE 'parked%' AND due > :now THEN 'parked'
         WHEN reason LIKE 'backing off%' AND due > :now THEN 'backing off'
         WHEN waiting = 0 THEN 'later'
         WHEN held_until > :now THEN 'held'
         WHEN due > :now THEN 'waiting'
         ELSE 'ready' END"""
_DUE = "max(due, held_until)"
_LEFT = "(waiting > 0 OR later_at > 0)"
# When a host comes again; one of which nothing waits but what has a later time of its own, then.
_AGAIN = f"CASE WHEN waiting > 0 THEN {_DUE} ELSE max(due, later_at) END"
_FACT = (
    f"SELECT name, {_AGAIN}, reason, waiting, delay, recent, since, asked_at, answer"  # noqa: S608
    " FROM host"
)


def describe(connection: Connection, now: float) -> FrontierStatus:
    """Return the facts behind `crawler status`, as committed."""
    at = {"now": now}
    hosts = dict(
        connection.execute(f"SELECT {STATE}, count(*) FROM host GROUP BY 1", at)  # noqa: S608
    )
    reasons = dict(
        connection.execute(
            "SELECT reason, count(*) FROM host WHERE reason <> ''"
            " AND (waiting > 0 OR later_at > 0) GROUP BY 1 ORDER BY 2 DESC LIMIT 50"
        )
    )
    (next_due,) = connection.execute(
        f"SELECT min({_AGAIN}) FROM host"  # noqa: S608 - our own columns
        " WHERE (waiting > 0 OR later_at > 0) AND reason NOT LIKE '%budget is spent'"
    ).fetchone()
    return FrontierStatus(
        hosts,
        _urls(connection),
        dict(connection.execute("SELECT reason, count FROM turned_away ORDER BY count DESC")),
        reasons,
        next_due,
        _facts(connection, f" WHERE waiting > 0 AND {_DUE} <= ? ORDER BY 2 LIMIT ?", (now, _SOME)),
        _facts(connection, f" WHERE recent > 0 AND {_LEFT} ORDER BY recent DESC LIMIT ?", (_SOME,)),
        _facts(
            connection,
            " WHERE reason LIKE 'parked%' AND due > ? ORDER BY due LIMIT ?",
            (now, _SOME),
        ),
        _facts(
            connection,
            " WHERE waiting > 0 AND held_until > ? AND reason NOT LIKE '%budget is spent'"
            " AND reason NOT LIKE 'parked%' ORDER BY 2 LIMIT ?",
            (now, _SOME),
        ),
        _facts(
            connection,
            f" WHERE {_LEFT} AND {_AGAIN} > ? AND held_until <= ? AND reason NOT LIKE 'parked%'"
            " AND reason NOT LIKE '%budget is spent' ORDER BY reason = '', 2 LIMIT ?",
            (now, now, _SOME),
        ),
    )


def what_is_left(connection: Connection) -> tuple[bool, bool]:
    """Say if hosts have URLs left within their budgets, and if some have beyond them."""
    spent, left = (
        connection.execute(f"SELECT EXISTS (SELECT 1 FROM host WHERE {_LEFT} AND {which})")  # noqa: S608
        for which in ("reason LIKE '%budget is spent'", "reason NOT LIKE '%budget is spent'")
    )
    return bool(left.fetchone()[0]), bool(spent.fetchone()[0])


def host_fact(connection: Connection, name: str, now: float) -> tuple[str, HostFact] | None:
    """Return the state of a host and what is known of it, None if there is no such host."""
    row = connection.execute(
        f"SELECT {STATE} FROM host WHERE name = :name",  # noqa: S608 - our own columns
        {"now": now, "name": name},
    ).fetchone()
    return (row[0], _facts(connection, " WHERE name = ?", (name,))[0]) if row else None


def _urls(connection: Connection) -> dict[str, int]:
    counts = {"waiting": 0, "later": 0}
    query = (
        "SELECT CASE state WHEN 0 THEN 'waiting' WHEN 1 THEN 'later' ELSE outcome END, count(*)"
        " FROM url WHERE kind = 0 GROUP BY 1"
    )
    counts.update(dict(connection.execute(query)))
    return counts


def _facts(connection: Connection, where: str, values: tuple[object, ...]) -> tuple[HostFact, ...]:
    return tuple(HostFact(*row) for row in connection.execute(_FACT + where, values))
