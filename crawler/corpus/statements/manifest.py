"""The files that stand beside the data, and the manifest that binds them all."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from crawler.corpus.records.data_files import FileEntry, entry_of
from crawler.corpus.records.export_facts import Facts
from crawler.corpus.records.record import OPEN, stamp
from crawler.corpus.statements import (
    card,
    credits_page,
    croissant,
    feed,
    legal_summaries,
    lookup_site,
)
from crawler.store.canonical import canonical
from crawler.store.database import Connection

MANIFEST = "manifest.json"
SIGNATURE = f"{MANIFEST}.sig"
# What a manifest counts of its records.
TOTALS = (
    "records",
    "references",
    "words",
    "bytes",
    "licence_classes",
    "licences",
    "languages",
    "tokens",
    "token_method",
)


def write_documents(
    connection: Connection, folder: Path, facts: Facts, data: Sequence[FileEntry]
) -> None:
    """Write every document of an export, the manifest and its sidecars last."""
    data = sorted(data, key=lambda entry: entry.path)
    _write(folder / "tombstones.jsonl", _tombstones(connection, facts))
    _write(folder / "removed_domains.txt", "".join(f"{name}\n" for name in facts.removed))
    credits_page.write(folder / credits_page.ATTRIBUTION, folder / "ATTRIBUTION.html", facts)
    for name, text in legal_summaries.files(facts).items():
        _write(folder / name, text)
    _write(folder / "changes.atom", feed.changes(connection, facts))
    _write(folder / "README.md", card.card(facts, data))
    _write(folder / "croissant.json", croissant.croissant(facts, data))
    there = [path for path in folder.iterdir() if path.is_file() and path.name not in _NOT_LISTED]
    there += lookup_site.write(folder, facts, [entry.path for entry in data])
    beside = [entry_of(folder, path.relative_to(folder).as_posix()) for path in sorted(there)]
    _manifest(folder, facts, [*data, *beside])


# Of the run itself, and what cannot hold its own hash.
_NOT_LISTED = frozenset(
    {
        "state.json",
        "state.new",
        "released.tsv",
        "carried.tsv",
        "lock",
        MANIFEST,
        f"{MANIFEST}.sha256",
        f"{MANIFEST}.sig",
    }
)


def manifest_of(facts: Facts, entries: Sequence[FileEntry]) -> dict[str, object]:
    """Return what a manifest states of an export whose files are `entries`."""
    plan, counts = facts.plan, facts.counts
    publish = plan.options.audience == "publish"
    public = canonical(public_policy(json.loads(plan.policy_text)))
    return {
        "format": plan.options.format,
        "name": plan.settings.name,
        "version": facts.version,
        "since": plan.options.since,
        "as_of": stamp(facts.head.at),
        "crawl_id": facts.crawl_id,
        "software": plan.software,
        "documents": documents_version(),  # of the code that wrote those beside the data
        "user_agent": plan.user_agent,
        "contact": plan.contact,
        "audience": plan.options.audience,
        "text_of": sorted(OPEN) if publish else "every record",
        "ledger": {"seq": facts.head.seq, "at": facts.head.at, "head": facts.head.hash},
        "signed": plan.sign is not None,  # then there is a manifest.json.sig
        "fetched": facts.fetched,
        "records": counts.records,
        "references": counts.references,
        "words": counts.words,
        "bytes": counts.bytes,
        "tokens": counts.tokens,
        "token_method": counts.token_method,
        "licence_classes": dict(sorted(counts.classes.items())),
        "licences": dict(sorted(counts.licences.items())),
        "languages": dict(sorted(counts.languages.items())),
        **facts.decided,  # refused, filtered, unproven
        "left_out": facts.left_out,
        "masked": dict(sorted(counts.masked.items())),
        "policy": {
            "sha256": plan.gate.consent.sha256,
            "consent": json.loads(plan.gate.consent.canonical()),
            "text": json.loads(public),
            "text_sha256": sha256(public.encode()).hexdigest(),  # of `text`, canonical JSON
            "rules_version": plan.gate.rules_version,
            "decided_under": [sha for sha, _ in facts.policies],
        },
        "settings": {
            "export": plan.settings.model_dump(mode="json"),
            "recheck": plan.gate.ages.model_dump(mode="json"),
        },
        "files": [asdict(entry) for entry in sorted(entries, key=lambda entry: entry.path)],
    }


def _manifest(folder: Path, facts: Facts, entries: Sequence[FileEntry]) -> None:
    plan = facts.plan
    text = json.dumps(manifest_of(facts, entries), indent=1, ensure_ascii=False) + "\n"
    _write(folder / MANIFEST, text)
    digest = sha256(text.encode()).hexdigest()
    _write(folder / f"{MANIFEST}.sha256", f"{digest}  {MANIFEST}\n")
    if plan.sign is not None:
        statement = {"manifest_sha256": digest, "ledger_head": facts.head.hash}
        signature = dict(plan.sign(canonical(statement).encode()))
        _write(folder / f"{MANIFEST}.sig", signature_text({**statement, **signature}))


@cache
def documents_version() -> str:
    """Return a hash of the code that writes the documents: other code may word them otherwise."""
    digest = sha256()
    for package in ("crawler.corpus.records", "crawler.corpus.statements"):
        for path in sorted(files(package).iterdir(), key=lambda path: path.name):
            if path.name.endswith(".py"):
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


# How the operator's own machines are reached and where its files lie: no reader's business,
# and another machine would give other bytes.
_PRIVATE = frozenset({"network", "suppression"})


def public_policy(policy: Mapping[str, object]) -> dict[str, object]:
    """Return the effective policy without what is the operator's own."""
    public = {name: table for name, table in policy.items() if name not in _PRIVATE}
    for table, key in (("identity", "key"), ("archive", "mirror")):
        inner = public.get(table)
        if isinstance(inner, dict):
            public[table] = {name: value for name, value in inner.items() if name != key}
    return public


def signature_text(statement: Mapping[str, object]) -> str:
    """Return the text of the file that holds the signature."""
    return json.dumps(statement, indent=1) + "\n"


def _tombstones(connection: Connection, facts: Facts) -> str:
    """Return a line for each record that was taken out; `removed_in`: the first version since."""
    rows = connection.execute(
        "SELECT doc_id, at, reason, scope, last_in, state, coalesce((SELECT version FROM release"
        " WHERE release.seq > coalesce((SELECT seq FROM release WHERE version = last_in), 0)"
        " AND release.at >= tombstone.at ORDER BY seq LIMIT 1), ?)"
        " FROM tombstone ORDER BY doc_id",
        (facts.plan.options.version,),
    )
    return "".join(
        json.dumps(
            {
                "id": doc_id,
                "removed_in": removed_in,
                "last_in": last_in,
                "reason": reason,
                "scope": scope,
                "state": state,
                "removed_at": stamp(at),
            }
        )
        + "\n"
        for doc_id, at, reason, scope, last_in, state, removed_in in rows
    )


def _write(path: Path, text: str) -> None:
    with path.open("wb") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
