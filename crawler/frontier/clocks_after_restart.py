"""What hosts' stored times are worth in a new run: the clock may have been set in between."""

from __future__ import annotations

from crawler.core.pace import DAY
from crawler.frontier.hosts import ASKED_TO_WAIT, OUTSIDE_HOURS
from crawler.frontier.settings import FrontierSettings
from crawler.store.database import Connection

# The longest that a host with this reason may have been told to wait, from its last answer on.
_LONGEST = """
    CASE WHEN reason LIKE 'parked: crawl-delay%' THEN delay
         WHEN reason LIKE 'parked%' OR reason LIKE 'backing off%' OR reason = :asked
              THEN max(delay, :rest)
         WHEN reason = :hours THEN max(delay, :day)
         ELSE delay END
"""


def mend_times(connection: Connection, settings: FrontierSettings, now: float) -> None:
    """Bring times back that lie further ahead than any rule puts them.

    They were set by a clock that was ahead. No host waits longer for it than it might have to
    wait had it answered just now.
    """
    rules, retries = settings.politeness, settings.retries
    values = {
        "now": now,
        "rest": max(rules.back_off_cap, rules.retry_after_cap),
        "day": DAY,
        "asked": ASKED_TO_WAIT,
        "hours": OUTSIDE_HOURS,
    }
    connection.execute(
        f"UPDATE host SET due = :now + {_LONGEST} WHERE due > :now + {_LONGEST}",  # noqa: S608
        values,
    )
    # URLs wait for a further try, or for a site file to be asked for again.
    until = now + max(DAY, retries.wait * 2.0**retries.tries)
    connection.execute(
        "UPDATE url SET due = ?1 WHERE state = 1 AND due > ?1"
        " AND host_id IN (SELECT id FROM host WHERE later_at > ?1)",
        (until,),
    )
    connection.execute("UPDATE host SET later_at = ?1 WHERE later_at > ?1", (until,))
