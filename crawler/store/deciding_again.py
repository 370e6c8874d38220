"""Deciding again: when evidence comes late, or says otherwise, or the rules have changed.

What is decided on is what speaks for a URL now (`site_evidence`), never only what its old
decision names. Synchronous, inside a transaction. Nothing here asks anybody for anything.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from crawler.core.decision import Found
from crawler.core.evidence import Evidence, FileKind, PageEvidence
from crawler.core.policy import ConsentPolicy
from crawler.core.urls import Url, parse
from crawler.store.canonical import compact
from crawler.store.damaged_reads import Spared
from crawler.store.database import Connection
from crawler.store.evidence import load_snapshots, unpack_evidence
from crawler.store.pages import Context, change_state, put_decision, record_decision, seal_page
from crawler.store.site_evidence import Judged, judge, owed, says_otherwise, speaks_for

_log = logging.getLogger(__name__)
_HELD = (
    "SELECT url_id, awaiting FROM decision JOIN page USING (url_id)"
    " WHERE page.state = 'held' AND page.state_reason = 'awaiting'"
)
_OF_SITE = " AND page.site IN (SELECT origin FROM licence_file WHERE licence_file.url = ?)"
_DECIDED = (
    "SELECT decision.url_id FROM decision"
    " WHERE url_id > ? AND (policy_sha256 <> ? OR rules_version <> ?)"
    " ORDER BY url_id LIMIT ?"
)
_STANDS = (
    "SELECT decision.url_id, url.url, gate, included, reason, verdict, awaiting, snapshots,"
    " decision.page, decision.fetched_at, policy_sha256, rules_version, decided_at,"
    " coalesce(page.state, ''), coalesce(page.state_reason, '') FROM decision"
    " JOIN url ON url.id = decision.url_id LEFT JOIN page USING (url_id)"
    " WHERE decision.url_id = ?"
)
_RESTS = "SELECT url_id, snapshots FROM decision"
# How far this job's pages follow its evidence: the id of the last answer looked at.
_FOLLOWED = "evidence followed"


@dataclass(frozen=True, slots=True)
class Rules:
    """Under what is decided."""

    policy: ConsentPolicy
    context: Context


@dataclass(slots=True)
class Again:
    """What deciding again changed. `fetch`: URLs to be asked for (again)."""

    last: int = 0  # url_id of the last one looked at
    looked: int = 0
    retired: int = 0
    fetch: list[int] = field(default_factory=list)
    asking: set[str] = field(default_factory=set)  # origins of which one page is asked for
    spared: Spared = field(default_factory=Spared)  # decisions that could not be read

    def tell_of_damage(self) -> None:
        """Log what could not be decided again; an export leaves out what cannot be read."""
        if damaged := self.spared.found:
            _log.warning("%d rows are damaged, such as %s", len(damaged), damaged[0])


class Stands(NamedTuple):
    """A decision as it is stored, and the state of its page ("" if no text was ever kept)."""

    url_id: int
    url: str
    gate: int
    included: int
    reason: str
    verdict: str
    awaiting: str
    snapshots: str
    page: bytes | None
    fetched_at: float | None
    policy_sha256: str
    rules_version: str
    decided_at: float
    state: str
    state_reason: str

    @property
    def held_by_evidence(self) -> bool:
        """Say whether a signal holds the page, not an answer that did not come.

        Rules have codes such as "robots.unreachable", outcomes such as "timeout".
        """
        return self.state == "held" and held_by_evidence(self.state_reason)

    def evidence(self, connection: Connection, at: float | None = None) -> Evidence | None:
        """Return what speaks for the URL now, or what was known `at` some time."""
        url = parse(self.url)
        if url is None:
            return None
        site = speaks_for(connection, url.origin, at, json.loads(self.snapshots))
        return Evidence(url, site, _unpacked(self.page))


def held_by_evidence(reason: str) -> bool:
    return reason == "awaiting" or "." in reason


def how_it_stands(connection: Connection, url_id: int) -> Stands | None:
    """Return the stored decision about a URL, or None if there is none."""
    row = connection.execute(_STANDS, (url_id,)).fetchone()
    return Stands(*row) if row else None


def settle_page(connection: Connection, url_id: int, rules: Rules, now: float) -> bool:
    """Decide on a page held for late evidence if all it waits for is known; say if it was.

    An answer whose time is over counts as unknown: it has been asked for anew.
    """
    stands = how_it_stands(connection, url_id)
    evidence = stands.evidence(connection) if stands is not None else None
    if stands is None or evidence is None:
        return False
    judged = judge(connection, evidence, rules.policy, now)
    late = set(json.loads(stands.awaiting))
    old = {item.url for item in judged.evidence.site if item.expires_at <= now}
    if judged.waits or late & old:
        return False
    follow(connection, stands, judged, rules.context)
    return True


def settle_waiting(connection: Connection, document: str | None, rules: Rules, now: float) -> int:
    """Decide on every page held until `document` (None: any) was known; return how many were."""
    waiting = [
        url_id
        for url_id, awaiting in connection.execute(_HELD).fetchall()
        if document is None or document in json.loads(awaiting)
    ]
    return sum(settle_page(connection, url_id, rules, now) for url_id in waiting)


def settle_site(connection: Connection, url: str, rules: Rules, now: float) -> None:
    """Decide on the pages that are held until the terms page at `url` was known, and their like."""
    waiting = connection.execute(_HELD + _OF_SITE, (url,)).fetchall()
    for url_id, _ in waiting:
        settle_page(connection, url_id, rules, now)


def settle_origin(connection: Connection, origin: Url, rules: Rules, now: float) -> None:
    """Hold the pages of an origin while a file of it is due that nobody asked for, then decide."""
    site = speaks_for(connection, origin.origin)
    due = owed(connection, Evidence(origin, site), rules.policy)
    state = ("active", "") if due else ("held", "awaiting")
    row = connection.execute("SELECT id FROM host WHERE name = ?", (origin.host,)).fetchone()
    start = f"{origin.origin}/"
    pages = connection.execute(
        "SELECT url_id FROM page WHERE url_id BETWEEN ?1 << 32 AND ((?1 + 1) << 32) - 1"
        " AND substr(url, 1, length(?2)) = ?2 AND (state, state_reason) = (?3, ?4)",
        (row[0] if row else -1, start, *state),
    ).fetchall()
    catch_up(connection, [number for (number,) in pages], lambda _: rules, now, Again())


def decide_again(
    connection: Connection, rules: Rules, now: float, into: Again, most: int = 500
) -> bool:
    """Decide the next `most` URLs again that were decided under another policy or rules.

    Returns whether there were any.

    A page that is now refused is retired, and stays so. A refusal that no longer stands is
    returned in `fetch`, for no text was kept of it; so is one page of each origin that owes an
    answer the policy did not ask for before, since site files are asked for before a page.
    """
    context = rules.context
    rows = connection.execute(
        _DECIDED, (into.last, context.policy_sha256, context.rules_version, most)
    ).fetchall()
    for (url_id,) in rows:
        into.last = url_id
        into.looked += 1
        with into.spared.row(f"decision {url_id}", connection):
            _decide_again(connection, url_id, rules, now, into)
    return bool(rows)


def _decide_again(
    connection: Connection, url_id: int, rules: Rules, now: float, into: Again
) -> None:
    context = rules.context
    stands = how_it_stands(connection, url_id)
    evidence = stands.evidence(connection) if stands is not None else None
    if stands is None or evidence is None:
        return
    judged = judge(connection, evidence, rules.policy, now)
    if stands.state in ("active", "held"):
        _note(into, stands, judged, follow(connection, stands, judged, context))
        return
    decision = judged.decision
    if decision and not stands.included and not stands.state:
        into.fetch.append(url_id)
    visit = (url_id, stands.gate, stands.fetched_at)
    found = (judged.evidence.site, judged.evidence.page)
    if stands.state or not decision.refused:
        put_decision(connection, visit, decision, found, context)
    else:
        record_decision(connection, visit, decision, found, context)


def _note(into: Again, stands: Stands, judged: Judged, became: str) -> None:
    into.retired += became == "retired"
    origin = judged.evidence.url.origin
    if judged.waits and became == "held" and origin not in into.asking:
        into.asking.add(origin)
        into.fetch.append(stands.url_id)


def follow(connection: Connection, stands: Stands, judged: Judged, context: Context) -> str:
    """Let a page whose text is held follow a new decision, and record it.

    Returns what became of it: "retired", "held", "released", or "" if it stays as it is.
    """
    decision, url_id = judged.decision, stands.url_id
    now = decision.decided_at
    visit = (url_id, 3, stands.fetched_at)
    found = (judged.evidence.site, judged.evidence.page)
    # A page that waits for its own answer waits on, unless it is refused for good.
    unanswered = stands.state == "held" and not stands.held_by_evidence
    if decision.deferred and unanswered:
        return ""
    if decision.refused and not _may_pass(stands, judged):
        record_decision(connection, visit, decision, found, context)
        return "held" if decision.deferred else "retired"
    put_decision(connection, visit, decision, found, context)
    if unanswered or (judged.keeps and stands.state == "active"):
        # The page stays as it is, and its new decision is sealed with it.
        seal_page(connection, url_id, "confirm", {"reason": decision.reason}, now)
        return ""
    if not judged.keeps:
        reason = "awaiting" if judged.waits else decision.reason
        change_state(connection, url_id, "held", reason, now, "hold")
        return "held"
    if stands.state_reason == "awaiting":
        change_state(connection, url_id, "active", "", now, "include")
    else:
        _reconsent(connection, stands, decision.reason, now)
    return "released"


def _reconsent(connection: Connection, stands: Stands, reason: str, now: float) -> None:
    connection.execute(
        "UPDATE page SET state = 'active', state_reason = '' WHERE url_id = ?", (stands.url_id,)
    )
    seal_page(connection, stands.url_id, "reconsent", {"from": "held", "reason": reason}, now)


def _may_pass(stands: Stands, judged: Judged) -> bool:
    """Say whether all that refuses a page is a licence document out of reach.

    A page that was in use waits for it, for its text would be lost; a new one never was in use.
    """
    if stands.state_reason == "awaiting":
        return False
    return judged.decision.reason == "rsl.unobtainable" and any(
        item.kind is FileKind.RSL and item.found is Found.UNREACHABLE
        for item in judged.evidence.site
    )


def outdated(connection: Connection, since: int | None = None) -> list[int]:
    """Return the pages kept whose origin says otherwise than what their decision rests on.

    `since` narrows the search to hosts with an answer after the one of that number.
    """
    if since is None:
        return _outdated(connection, connection.execute(f"{_RESTS} ORDER BY url_id"))
    found: list[int] = []
    for host in _hosts_with_news(connection, since):
        # A host's URLs lie together, see frontier.hosts.
        where = f"{_RESTS} WHERE url_id BETWEEN ?1 << 32 AND ((?1 + 1) << 32) - 1"
        found += _outdated(connection, connection.execute(where, (host,)))
    return found


def _hosts_with_news(connection: Connection, since: int) -> list[int]:
    origins = connection.execute(
        "SELECT origin FROM snapshot WHERE id > ?1 AND origin <> '' UNION"
        " SELECT licence_file.origin FROM snapshot JOIN licence_file"
        " ON licence_file.url = snapshot.url WHERE snapshot.id > ?1 AND kind IN ('rsl', 'terms')",
        (since,),
    ).fetchall()
    names = sorted({url.host for (text,) in origins if (url := parse(f"{text}/")) is not None})
    sites = sorted({text for (text,) in origins if "://" not in text})  # terms speak for a site
    rows = connection.execute(
        "SELECT id FROM host WHERE name IN (SELECT value FROM json_each(?))"
        " OR site IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps(names), json.dumps(sites)),
    )
    return [number for (number,) in rows.fetchall()]


def _outdated(connection: Connection, rows: Iterable[tuple[int, str]]) -> list[int]:
    news: dict[str, bool] = {}  # by the answers that a decision rests on, of one origin all
    found = []
    for number, snapshots in rows:
        if snapshots not in news:
            news[snapshots] = _is_outdated(connection, json.loads(snapshots))
        if news[snapshots]:
            found.append(number)
    held = "SELECT url_id FROM page WHERE url_id = ? AND state IN ('active', 'held')"
    return [number for number in found if connection.execute(held, (number,)).fetchone()]


def _is_outdated(connection: Connection, numbers: list[int]) -> bool:
    used = load_snapshots(connection, numbers)
    row = connection.execute(
        "SELECT origin FROM snapshot WHERE origin <> '' AND id IN (SELECT value FROM json_each(?))",
        (json.dumps(numbers),),
    ).fetchone()
    # A decision that rests on nothing is one to be made again.
    return row is None or says_otherwise(used, speaks_for(connection, row[0], None, numbers))


def catch_up(
    connection: Connection,
    numbers: Iterable[int],
    rules_of: Callable[[Stands], Rules | None],
    now: float,
    into: Again,
) -> None:
    """Let pages follow what their origins say now; nothing is written where it changes nothing."""
    for number in numbers:
        with into.spared.row(f"decision {number}", connection):
            stands = how_it_stands(connection, number)
            evidence = stands.evidence(connection) if stands is not None else None
            rules = rules_of(stands) if stands is not None else None
            if stands is None or evidence is None or rules is None:
                continue
            into.looked += 1
            judged = judge(connection, evidence, rules.policy, now)
            if not as_before(stands, judged, rules.context):
                _note(into, stands, judged, follow(connection, stands, judged, rules.context))


def as_before(stands: Stands, judged: Judged, context: Context) -> bool:
    """Say whether a decision is the stored one, made by the same rules, and the page follows it."""
    decision = judged.decision
    now = (
        *(context.policy_sha256, context.rules_version),
        *(int(decision.included), decision.reason),
        *(compact(decision.verdict.labels()), compact(decision.awaiting)),
    )
    before = (
        *(stands.policy_sha256, stands.rules_version),
        *(stands.included, stands.reason),
        *(stands.verdict, stands.awaiting),
    )
    return now == before and stands.state == ("active" if judged.keeps else "held")


def followed(connection: Connection) -> int:
    """Return the number of the last site answer that the job's pages were held against."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (_FOLLOWED,)).fetchone()
    return int(row[0]) if row and row[0].isdigit() else 0


def note_followed(connection: Connection, number: int) -> None:
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_FOLLOWED, str(number)))


def last_answer(connection: Connection) -> int:
    """Return the number of the last answer for a site file, 0 if there is none."""
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM snapshot").fetchone()[0])


def _unpacked(page: bytes | None) -> PageEvidence | None:
    return unpack_evidence(page) if page is not None else None
