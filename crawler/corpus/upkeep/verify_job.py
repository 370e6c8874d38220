"""Proof that a job is what was written: chain, digests, decisions made again."""

from __future__ import annotations

import json
import random
import sqlite3
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from crawler.core.content.figures.hashes import text_hash
from crawler.core.policy import ConsentPolicy
from crawler.corpus.errors import CorpusError
from crawler.corpus.export.verify_export import Verified, stated_head, verify_export
from crawler.corpus.statements.manifest import MANIFEST
from crawler.store.canonical import compact, digest_of, fix
from crawler.store.database import Connection
from crawler.store.deciding_again import how_it_stands, outdated
from crawler.store.evidence import SNAPSHOT_COLUMNS, load_evidence
from crawler.store.job import DATABASE, read_job
from crawler.store.ledger import Fault, head, name, verify_chain
from crawler.store.rows import SEALED, deciding_text, sealed_row
from crawler.store.site_evidence import Decide, judge

SAMPLE = 1_000
_MARK = 4
_MOST_FAULTS = 1_000
_REFUSED = (
    " FROM decision LEFT JOIN page ON page.url_id = decision.url_id"
    " WHERE page.url_id IS NULL AND included = 0"
)


def verify(
    path: Path, decide: Decide | None, rules_version: str, sample: int | None = SAMPLE
) -> Verified:
    """Verify a job folder or an export; `sample` None decides every record again.

    Raises:
        CorpusError: `path` is neither.
    """
    if (path / DATABASE).is_file():
        return verify_job(path, decide, rules_version, sample)
    if (path / MANIFEST).is_file():
        return verify_export(path)
    raise CorpusError(
        f"{path} cannot be verified",
        f"there is neither {DATABASE} nor {MANIFEST} in it",
        "name a job or an export",
    )


def verify_job(
    job: Path, decide: Decide | None, rules_version: str, sample: int | None
) -> Verified:
    """Recompute chain and digests of a job, and decide a sample of its records again."""
    with read_job(job) as connection:
        last = head(connection)
        faults: list[Fault] = []
        again = 0
        try:
            faults += verify_chain(connection)
            faults += _pages(connection)
            faults += _purged(connection)
            faults += _site_files(connection)
            faults += _policies(connection)
            faults += _refusals(connection)
            faults += _releases(connection)
            if decide is not None:
                again, wrong = _decisions(connection, decide, rules_version, sample)
                faults += wrong
                faults += _overtaken(connection, decide)
        except (sqlite3.DatabaseError, ValueError, KeyError, TypeError) as error:
            faults.append(Fault("the database", f"cannot be read: {error}"))
        (pages,) = connection.execute("SELECT count(*) FROM page").fetchone()
    return Verified(str(job), last.seq, pages, again, 0, last.hash, tuple(faults[:_MOST_FAULTS]))


def verify_against(job: Path, out: Path) -> Fault | None:
    """Say whether the head that an export published is still in the job's chain.

    A chain that was written anew from some entry on fits itself, but not what others hold.
    """
    seq, stated = stated_head(out)
    with read_job(job) as connection:
        row = connection.execute("SELECT hash FROM ledger WHERE seq = ?", (seq,)).fetchone()
    if stated and row is not None and row[0] == stated:
        return None
    return Fault(f"ledger {seq}", f"is not the head that {out} was published with")


def _pages(connection: Connection) -> Iterator[Fault]:
    named = set()
    for number, url, state, salt, marks in connection.execute(
        "SELECT url_id, url, state, salt, marks FROM page LEFT JOIN subject USING (url_id)"
    ).fetchall():
        if state == "purged":
            continue
        subject = name(salt, url) if salt else ""
        row = connection.execute(
            "SELECT kind, payload FROM ledger WHERE subject = ? ORDER BY seq DESC LIMIT 1",
            (subject,),
        ).fetchone()
        if not subject or row is None:
            yield Fault(f"page {url} url", "is not the one that a ledger entry is about")
            continue
        named.add(subject)
        sealed = sealed_row(connection, number)
        if sealed is None:
            yield Fault(f"page {url} decision", "is missing")
            continue
        digest, now = fix(sealed)
        if json.loads(row[1]).get("digest") != digest or now != marks:
            yield Fault(f"page {url} {_altered(marks, now)}", "was altered")
    yield from _lost(connection, named)


def _purged(connection: Connection) -> Iterator[Fault]:
    """Hold purged pages against what a purge leaves: they name nobody the ledger could."""
    reasons = Counter(
        json.loads(payload).get("reason")
        for (payload,) in connection.execute(
            "SELECT payload FROM ledger WHERE kind = 'purge' AND subject != ''"
        )
    )
    cursor = connection.execute("SELECT * FROM page WHERE state = 'purged'")
    names = [column[0] for column in cursor.description]
    for values in cursor:
        row = dict(zip(names, values, strict=True))
        number, reason = row["url_id"], row["state_reason"]
        if not reasons[reason]:
            yield Fault(
                f"page {number} state", f"is purged for {reason!r}, as no ledger entry says"
            )
        reasons[reason] -= 1
        for column in names:
            if row[column] and column not in ("url_id", "state", "state_reason"):
                yield Fault(f"page {number} {column}", "was altered: its page is purged")


def _altered(before: bytes, now: bytes) -> str:
    if len(before) != len(now):
        return "marks"
    changed = [
        column
        for at, column in enumerate(SEALED)
        if before[at * _MARK : (at + 1) * _MARK] != now[at * _MARK : (at + 1) * _MARK]
    ]
    # All marks fit: row and marks were changed together.
    return " ".join(item.removeprefix("page.") for item in changed) or "row"


def _lost(connection: Connection, named: set[str]) -> Iterator[Fault]:
    rows = connection.execute(
        "SELECT subject, kind, max(seq) FROM ledger WHERE subject != '' GROUP BY subject"
    )
    for subject, kind, seq in rows:
        if kind != "purge" and subject not in named:
            yield Fault(f"ledger {seq}", f"is about a page that is not in the store ({kind})")


def _site_files(connection: Connection) -> Iterator[Fault]:
    for digest, body, used in connection.execute(
        "SELECT sha256, body, sha256 IN (SELECT sha256 FROM snapshot) FROM blob"
    ):
        if not used or sha256(body).hexdigest() != digest:
            yield Fault(f"blob {digest}", "was altered" if used else "is of no site file")
    for number, digest in connection.execute(
        "SELECT id, sha256 FROM snapshot WHERE sha256 NOT IN (SELECT sha256 FROM blob)"
    ):
        yield Fault(f"blob {digest}", f"is missing (of snapshot {number})")
    stated = {}
    for (payload,) in connection.execute("SELECT payload FROM ledger WHERE kind = 'evidence'"):
        entry = json.loads(payload)
        stated[entry["snapshot"]] = entry["digest"]
    columns = ", ".join(SNAPSHOT_COLUMNS)
    for row in connection.execute(f"SELECT {columns} FROM snapshot"):  # noqa: S608 - fixed names
        if stated.pop(row[0], None) != digest_of(row):
            yield Fault(f"snapshot {row[0]} of {row[3]}", "was altered")
    yield from (Fault(f"snapshot {number}", "is missing") for number in sorted(stated))


def _policies(connection: Connection) -> Iterator[Fault]:
    stated = {}
    for (payload,) in connection.execute("SELECT payload FROM ledger WHERE kind = 'policy'"):
        entry = json.loads(payload)
        stated[entry["policy"]] = entry["digest"]
    for row in connection.execute("SELECT * FROM policy"):
        if stated.pop(row[0], None) != digest_of(row):
            yield Fault(f"policy {row[0]}", "was altered")
    yield from (Fault(f"policy {digest}", "is missing") for digest in sorted(stated))


def _refusals(connection: Connection) -> Iterator[Fault]:
    """Each refusal that keeps no page belongs to a class that the ledger names."""
    logged = set()
    for (payload,) in connection.execute(
        "SELECT payload FROM ledger WHERE kind = 'refuse' AND subject = ''"
    ):
        entry = json.loads(payload)
        logged.add((entry["gate"], entry["reason"], tuple(entry["snapshots"]), entry["policy"]))
    for number, gate, reason, snapshots, policy in connection.execute(
        f"SELECT decision.url_id, gate, reason, snapshots, policy_sha256{_REFUSED}"
    ):
        if (gate, reason, tuple(json.loads(snapshots)), policy) not in logged:
            yield Fault(f"decision {number}", "is of no class of refusals that the ledger names")


def _releases(connection: Connection) -> Iterator[Fault]:
    for version, seq, stated in connection.execute("SELECT version, seq, head FROM release"):
        row = connection.execute("SELECT hash FROM ledger WHERE seq = ?", (seq,)).fetchone()
        if row is None or row[0] != stated:
            yield Fault(
                f"ledger {seq}", f"is not the head that version {version} was published with"
            )


def _decisions(
    connection: Connection, decide: Decide, rules_version: str, sample: int | None
) -> tuple[int, list[Fault]]:
    """Decide again, each at its own time, under its own policy, by rules of its version."""
    numbers = [
        row[0]
        for row in connection.execute(
            "SELECT decision.url_id FROM decision LEFT JOIN page USING (url_id)"
            " WHERE rules_version = ? AND (state IN ('active', 'held')"
            # The operator's list is no evidence.
            " OR state IS NULL AND included = 0 AND reason != 'policy.suppressed') ORDER BY 1",
            (rules_version,),
        )
    ]
    if sample is not None and len(numbers) > sample:
        # Another sample each time would make a failure hard to show again.
        numbers = sorted(random.Random(len(numbers)).sample(numbers, sample))  # noqa: S311
    policies = _consents(connection)
    found = (_decision(connection, number, policies, decide) for number in numbers)
    return len(numbers), [fault for fault in found if fault is not None]


def _overtaken(connection: Connection, decide: Decide) -> Iterator[Fault]:
    """Find pages in use that what their origin said last refuses: nobody decided again yet."""
    policies = _consents(connection)
    for number in outdated(connection):
        stands = how_it_stands(connection, number)
        evidence = stands.evidence(connection) if stands is not None else None
        if stands is None or evidence is None or stands.state != "active":
            continue
        policy = policies.get(stands.policy_sha256)
        if policy is None:
            continue  # said elsewhere
        last = max([stands.decided_at, *(item.fetched_at for item in evidence.site)])
        decision = judge(connection, evidence, policy, last, decide=decide).decision
        if decision.refused and not decision.deferred:
            yield Fault(
                f"page {stands.url} consent",
                f"is in use, but what speaks for it now refuses it ({decision.reason}): recheck",
            )


def _consents(connection: Connection) -> dict[str, ConsentPolicy]:
    return {
        digest: ConsentPolicy.model_validate_json(text)
        for digest, text in connection.execute("SELECT sha256, consent FROM policy")
    }


def _decision(
    connection: Connection, number: int, policies: dict[str, ConsentPolicy], decide: Decide
) -> Fault | None:
    row = connection.execute(
        "SELECT included, reason, verdict, deciding, awaiting, policy_sha256, decided_at, text,"
        " text_sha256 FROM decision LEFT JOIN page USING (url_id) WHERE url_id = ?",
        (number,),
    ).fetchone()
    *stored, policy, at, text, digest = row
    evidence = load_evidence(connection, number)
    if evidence is None or policy not in policies:
        return Fault(f"decision {number}", "has no evidence to decide again from")
    place = f"page {evidence.url.text}"
    found = decide(evidence, policies[policy], at)
    again = [
        int(found.included),
        found.reason,
        compact(found.verdict.labels()),
        deciding_text(found),
        compact(found.awaiting),
    ]
    if stored != again:
        return Fault(
            f"{place} decision",
            f"is {stored[1]!r} in the store, but the evidence says {found.reason!r}",
        )
    if text is not None and text_hash(text) != digest:
        return Fault(f"{place} text", "does not have the hash stored with it")
    return None
