"""Deciding again on stored evidence: when late evidence arrives, or the rules have changed.

Synchronous, inside a transaction. Nothing here asks anybody for anything.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace

from crawler.core.consent import decide
from crawler.core.evidence import Evidence, FileKind
from crawler.core.policy import ConsentPolicy
from crawler.store.database import Connection
from crawler.store.evidence import latest_snapshot, load_evidence
from crawler.store.pages import Context, change_state, put_decision, record_decision

_HELD = (
    "SELECT url_id, awaiting FROM decision JOIN page USING (url_id)"
    " WHERE page.state = 'held' AND page.state_reason = 'awaiting'"
)
_DECIDED = (
    "SELECT url_id, gate, included, decision.fetched_at, coalesce(page.state, '') FROM decision"
    " LEFT JOIN page USING (url_id)"
    " WHERE url_id > ? AND (policy_sha256 <> ? OR rules_version <> ?)"
    " ORDER BY url_id LIMIT ?"
)


@dataclass(frozen=True, slots=True)
class Rules:
    """Under what is decided."""

    policy: ConsentPolicy
    context: Context


@dataclass(slots=True)
class Again:
    """What deciding again changed. `fetch`: URLs now allowed whose text was not kept."""

    last: int = 0  # url_id of the last one looked at
    looked: int = 0
    retired: int = 0
    fetch: list[int] = field(default_factory=list)


def settle_page(connection: Connection, url_id: int, rules: Rules, now: float) -> bool:
    """Decide on a held page if all it awaits is known; say if it was."""
    evidence = load_evidence(connection, url_id)
    row = connection.execute(
        "SELECT awaiting, fetched_at FROM decision WHERE url_id = ?", (url_id,)
    ).fetchone()
    if evidence is None or row is None:
        return False
    found = [latest_snapshot(connection, FileKind.RSL, url) for url in json.loads(row[0])]
    known = tuple(item for item in found if item is not None and item.expires_at > now)
    if len(known) < len(found):
        return False
    _decide(connection, url_id, replace(evidence, site=evidence.site + known), row[1], rules, now)
    return True


def settle_waiting(connection: Connection, document: str | None, rules: Rules, now: float) -> int:
    """Decide on every page held until `document` (None: any) was known; return how many were."""
    waiting = [
        url_id
        for url_id, awaiting in connection.execute(_HELD).fetchall()
        if document is None or document in json.loads(awaiting)
    ]
    return sum(settle_page(connection, url_id, rules, now) for url_id in waiting)


def decide_again(
    connection: Connection, rules: Rules, now: float, *, after: int = 0, most: int = 500
) -> Again:
    """Decide the next `most` URLs again that were decided under another policy or rules.

    A page that is now refused is retired, and stays so. A refusal that no longer stands is
    returned in `fetch`, for no text was kept of it.
    """
    context, again = rules.context, Again(after)
    rows = connection.execute(
        _DECIDED, (after, context.policy_sha256, context.rules_version, most)
    ).fetchall()
    for url_id, gate, included, fetched_at, state in rows:
        again.last = url_id
        again.looked += 1
        evidence = load_evidence(connection, url_id)
        if evidence is None:
            continue
        if state in ("active", "held"):
            again.retired += not _decide(connection, url_id, evidence, fetched_at, rules, now)
            continue
        decision = decide(evidence, rules.policy, now)
        if decision and not included and not state:
            again.fetch.append(url_id)
        visit, found = (url_id, gate, fetched_at), (evidence.site, evidence.page)
        if state or not decision.refused:
            put_decision(connection, visit, decision, found, context)
        else:
            record_decision(connection, visit, decision, found, context)
    return again


def _decide(
    connection: Connection,
    url_id: int,
    evidence: Evidence,
    fetched_at: float | None,
    rules: Rules,
    now: float,
) -> bool:
    """Decide on a page whose text is held; say if it may stay."""
    decision = decide(evidence, rules.policy, now)
    visit, found = (url_id, 3, fetched_at), (evidence.site, evidence.page)
    if decision.refused:
        record_decision(connection, visit, decision, found, rules.context)
        return False
    put_decision(connection, visit, decision, found, rules.context)
    (state, reason) = connection.execute(
        "SELECT state, state_reason FROM page WHERE url_id = ?", (url_id,)
    ).fetchone()
    if decision.awaiting:
        change_state(connection, url_id, "held", "awaiting", now, "hold")
    elif state == "held" and reason == "awaiting":
        change_state(connection, url_id, "active", "", now, "include")
    else:
        # The page stays as it is, and its new decision is sealed with it.
        change_state(connection, url_id, state, reason, now, "confirm")
    return True
