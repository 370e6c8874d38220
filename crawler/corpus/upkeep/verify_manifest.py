"""What the manifest of an export states of its job, held against what the job knows.

Faults are only what the job can prove: decisions are dated, so those that are older than the
ledger's head of then, and stand as they were, must all be in the figures.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from crawler.core.consent.grounds import by_ground
from crawler.core.consent.protocols import current
from crawler.corpus.export.opened_export import OpenedExport
from crawler.corpus.records.export_plan import SOFTWARE
from crawler.corpus.statements.manifest import documents_version
from crawler.store.database import Connection

_AGAINST = "FROM decision WHERE included = 0 AND awaiting = '[]'"


def stated_wrong(connection: Connection, export: OpenedExport, at: float | None) -> Iterator[str]:
    """Yield what the manifest states otherwise than the job.

    `at`: when the last entry was made, if nothing was added to the ledger since: then figures
    may be held against today's.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: It is no manifest of ours.
    """
    manifest = export.manifest
    if manifest.get("software") == SOFTWARE and manifest.get("documents") != documents_version():
        yield (
            "says that documents were written by other code than this crawler's, of the same"
            " version: whether they say what the records say cannot be told; export again, or"
            " verify with the code that wrote them"
        )
    yield from _identity(connection, manifest)
    since = manifest.get("since")
    known = {row[0] for row in connection.execute("SELECT version FROM release")}
    if since and since not in known:
        yield f"says that it holds what was added since version {since}, which was never published"
    policies = {row[0] for row in connection.execute("SELECT sha256 FROM policy")}
    listed = set(map(str, manifest["policy"]["decided_under"]))
    if listed - policies or (at is not None and listed != policies):
        yield "does not name the policies that the job decided under"
    if at is not None:
        yield from _figures(connection, export, at)


def _figures(connection: Connection, export: OpenedExport, at: float) -> Iterator[str]:
    """Yield each figure about decisions that the job cannot have come to."""
    (later,) = connection.execute(
        "SELECT count(*) FROM decision WHERE decided_at > ? OR fetched_at > ?", (at, at)
    ).fetchone()
    settled: Counter[str] = Counter()
    for reason, count in connection.execute(
        f"SELECT reason, count(*) {_AGAINST} AND decided_at <= ? GROUP BY 1",
        (at,),
    ):
        settled[current(reason)] += count
    for ground, counts in by_ground(settled).items():
        stated = export.manifest.get(ground)
        said: dict[str, Any] = stated if isinstance(stated, dict) else {}
        for code in sorted({*counts, *said}):
            yield from _figure(f"{ground} {code}", said.get(code, 0), counts.get(code, 0), later)
    (fetched,) = connection.execute(
        "SELECT count(*) FROM decision WHERE fetched_at <= ?", (at,)
    ).fetchone()
    yield from _figure("fetched", export.manifest.get("fetched"), fetched, later)


def _figure(name: str, said: object, settled: int, later: int) -> Iterator[str]:
    if not isinstance(said, int) or not settled <= said <= settled + later:
        most = f" to {settled + later}" if later else ""
        yield f"states {said!r} for {name}, the job comes to {settled}{most}"


def _identity(connection: Connection, manifest: Mapping[str, Any]) -> Iterator[str]:
    """Yield who is named as the crawler, and is not who crawled as policies of then state it."""
    agents, contacts = set(), set()
    for (text,) in connection.execute("SELECT text FROM policy"):
        table = json.loads(text).get("identity", {})
        contact, email = table.get("contact", ""), table.get("email", "")
        if table.get("token"):
            about = "; ".join(filter(None, (f"+{contact}" if contact else "", email)))
            agents.add(f"{table['token']} ({about})")
            contacts.add(contact or email)
    if agents and _unversioned(str(manifest.get("user_agent"))) not in agents:
        yield f"names the user agent {manifest.get('user_agent')!r}, under which nobody crawled"
    if contacts and manifest.get("contact") not in contacts:
        yield f"names the contact {manifest.get('contact')!r}, which no policy of the job does"


def _unversioned(agent: str) -> str:
    """Return a user agent without the version of the crawler, which may be another by now."""
    token, _, rest = agent.partition("/")
    return f"{token} {rest.partition(' ')[2]}"
