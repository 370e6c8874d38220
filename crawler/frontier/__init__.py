"""Whose turn it is: hosts, addresses and groups, leases, admission, budgets, revisits.

A visit passes in three steps, so that the event loop and the database thread share nothing:

    task = await frontier.claim(now)                    loop: the lease is ours
    writes = frontier.finish(task, outcome, timing, now)  loop: lease back, clock set
    recorded = frontier.record(connection, writes)      database thread, in the group's transaction
    frontier.committed(recorded)                        loop: what the store learned is merged

Reading order: `frontier`. Whose turn: `hosts` (one in memory), `due_hosts` (all of them),
`calendar` (of millions), `shared_limits` (of addresses and groups). Before a visit:
`reading_ahead` (when hosts are read), `loading` (how), `turn`, `asking_files` (what must be had
first), `gate_one`. After it: `finishing`, `following` (links, redirects, sitemaps), `recording`,
`url_rows`. Which addresses become URLs: `link_rules`, `admission`, with `dated_addresses`,
`file_like_names` and `other_views`; `adding`, `turned_away`. Between runs: `clocks_after_restart`,
`revisiting`, `status`. Between shards: `sharding`, `part`, `shard_messages`, `answering_shards`.
What holds for all: `settings`, `in_force`.
"""

from typing import TYPE_CHECKING

from crawler.on_demand import names_from

if TYPE_CHECKING:
    from crawler.frontier.frontier import Admitted, Frontier
    from crawler.frontier.gate_one import RealConsent
    from crawler.frontier.in_force import InForce
    from crawler.frontier.link_rules import Candidate
    from crawler.frontier.recording import Recorded, Writes
    from crawler.frontier.settings import FrontierSettings
    from crawler.frontier.status import FrontierStatus, describe

__all__ = [
    "Admitted",
    "Candidate",
    "Frontier",
    "FrontierSettings",
    "FrontierStatus",
    "InForce",
    "RealConsent",
    "Recorded",
    "Writes",
    "describe",
]

__getattr__ = names_from(
    __name__,
    {
        "Admitted": "frontier",
        "Frontier": "frontier",
        "RealConsent": "gate_one",
        "InForce": "in_force",
        "Candidate": "link_rules",
        "Recorded": "recording",
        "Writes": "recording",
        "FrontierSettings": "settings",
        "FrontierStatus": "status",
        "describe": "status",
    },
)
