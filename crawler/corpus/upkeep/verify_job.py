"""Proof that a job is what was written: chain, digests, decisions made again."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

from crawler.core.content.figures.hashes import text_hash
from crawler.core.policy import ConsentPolicy
from crawler.corpus.export.verify_export import Verified, verify_export
from crawler.corpus.records.record import stamp
from crawler.corpus.statements.manifest import MANIFEST
from crawler.corpus.upkeep.verify_archive import verify_archives
from crawler.corpus.upkeep.verify_rows import CHECKS, cleaned
from crawler.keys import NOBODY, Trusted
from crawler.store.archive import FOLDER
from crawler.store.canonical import compact
from crawler.store.connection import NoJobError
from crawler.store.damaged_reads import heard, readable
from crawler.store.database import Connection
from crawler.store.deciding_again import how_it_stands, outdated
from crawler.store.evidence import load_evidence
from crawler.store.job import DATABASE, read_job
from crawler.store.ledger import RESTORED, Fault, Head, head
from crawler.store.page_rows import deciding_text
from crawler.store.row_seals import head_of_corpus, made_before
from crawler.store.site_evidence import Decide, judge

SAMPLE = 1_000
_MOST_FAULTS = 1_000


def verify(
    path: Path,
    decide: Decide | None,
    rules_version: str,
    sample: int | None = SAMPLE,
    *,
    trusted: Trusted = NOBODY,
    signed: bool = False,
) -> Verified:
    """Verify a job folder or an export; `sample` None decides every record again.

    `trusted` and `signed` are what an export's signature is held against.

    Raises:
        NoJobError: `path` is neither.
    """
    if (path / DATABASE).is_file():
        return verify_job(path, decide, rules_version, sample)
    if (path / MANIFEST).is_file():
        return verify_export(path, trusted, signed=signed)
    raise NoJobError(
        f"{path} cannot be verified: there is neither {DATABASE} nor {MANIFEST} in it;"
        " name a job or an export"
    )


def verify_job(
    job: Path, decide: Decide | None, rules_version: str, sample: int | None
) -> Verified:
    """Recompute chain and digests of a job, and decide a sample of its records again."""
    with read_job(job) as connection:
        again: list[int] = []
        found: list[Iterable[Fault]] = [
            heard(what, check(connection)) for what, check in CHECKS.items()
        ]
        found.append(heard(FOLDER, verify_archives(job, connection)))
        if decide is not None:
            decided = _decisions(connection, decide, rules_version, sample, again)
            found.append(heard("table decision", decided))
            found.append(heard("table snapshot", _overtaken(connection, decide)))
        faults = tuple(islice(chain.from_iterable(found), _MOST_FAULTS))
        last = readable(lambda: head(connection), Head(0, 0.0, ""))
        (pages,) = readable(
            lambda: connection.execute("SELECT count(*) FROM page").fetchone(), (0,)
        )
        notes = tuple(_notes(connection, head_of_corpus(connection))) if not faults else ()
    return Verified(str(job), last.seq, pages, len(again), 0, last.hash, faults, notes)


def _notes(connection: Connection, last: Head) -> Iterator[str]:
    """Say what all this cannot prove."""
    for kind, count in made_before(connection).items():
        yield (
            f"{count} rows of kind {kind} were made before such rows were sealed: what they were"
            " then cannot be proven; the next command that writes seals them as it finds them"
        )
    for seq, at, payload in connection.execute(
        "SELECT seq, at, payload FROM ledger WHERE kind = ? ORDER BY seq DESC LIMIT 1", (RESTORED,)
    ):
        yield (
            f"restored at entry {seq}, {stamp(at)}, from a snapshot of"
            f" {stamp(json.loads(payload)['taken'])}: what was asked in between is known only as it"
            " was asked again"
        )
    row = connection.execute("SELECT version, seq FROM release ORDER BY seq DESC LIMIT 1")
    version, seq = row.fetchone() or ("", 0)
    if last.seq > seq:
        since = f"version {version}, published at entry {seq}" if version else "the job's beginning"
        yield (
            f"the {last.seq - seq} entries since {since} are proven by this folder alone: who can"
            " write in it could have written them, or taken away the last ones and the note of"
            " them; only a head that others hold can show that (--against EXPORT)"
        )


def _decisions(
    connection: Connection,
    decide: Decide,
    rules_version: str,
    sample: int | None,
    again: list[int],
) -> Iterator[Fault]:
    """Decide again, each at its own time, under its own policy, by rules of its version.

    Those from which a text was taken out are always among them: that changes no decision.
    """
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
        some = random.Random(len(numbers)).sample(numbers, sample)  # noqa: S311
        numbers = sorted({*some, *(cleaned(connection) & {*numbers})})
    policies = _consents(connection)
    again += numbers
    for number in numbers:
        yield from heard(f"decision {number}", _decision(connection, number, policies, decide))


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
) -> Iterator[Fault]:
    row = connection.execute(
        "SELECT included, reason, verdict, deciding, awaiting, policy_sha256, decided_at, text,"
        " text_sha256 FROM decision LEFT JOIN page USING (url_id) WHERE url_id = ?",
        (number,),
    ).fetchone()
    *stored, policy, at, text, digest = row
    evidence = load_evidence(connection, number)
    if evidence is None or policy not in policies:
        yield Fault(f"decision {number}", "has no evidence to decide again from")
        return
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
        yield Fault(
            f"{place} decision",
            f"is {stored[1]!r} in the store, but the evidence says {found.reason!r}",
        )
    elif text is not None and text_hash(text) != digest:
        yield Fault(f"{place} text", "does not have the hash stored with it")
