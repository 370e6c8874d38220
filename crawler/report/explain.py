"""Why a URL was kept, refused or never admitted: answered offline, from the store."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.core.consent import decide, rules_version
from crawler.core.consent.protocols import current
from crawler.core.decision import Decision
from crawler.core.evidence import Evidence, FileKind, Snapshot
from crawler.core.policy import ConsentPolicy
from crawler.core.urls import Url
from crawler.frontier.admission import pattern_of, refusal
from crawler.frontier.link_rules import sitemap_key
from crawler.frontier.settings import Admission, Scope
from crawler.screen.screened_jobs import is_screening
from crawler.store.database import Connection
from crawler.store.job import read_job
from crawler.store.ledger import entries, name
from crawler.store.pages import load_evidence
from crawler.store.policy_changes import load_settings

_STATES = ("waiting", "later", "done")


@dataclass(frozen=True, slots=True)
class Decided:
    """The last decision about a URL, replayed on its stored evidence."""

    gate: int  # 1 before the request, 2 at the headers, 3 at the document
    decision: Decision
    evidence: Evidence
    policy_sha256: str
    rules_version: str  # under which it was made
    as_recorded: bool  # the replay gave what was recorded


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the store knows of one URL."""

    url: str
    standing: str  # kept refused moved missing failed waiting later "never admitted" ...
    code: str = ""  # its reason
    facts: tuple[tuple[str, str], ...] = ()  # name and value, in reading order
    decided: Decided | None = None
    history: tuple[dict[str, Any], ...] = ()  # ledger entries
    contact: str = ""  # of the operator, as the job's policy names it


def explain(folder: Path, url: Url, now: float) -> Explanation:
    """Return everything the job in `folder` knows of `url`.

    Raises:
        StoreError: There is no job in `folder`, or it cannot be read.
    """
    with read_job(folder) as connection:
        row = connection.execute(
            "SELECT url.id, url.url, state, outcome, code, depth, attempt, url.due, via,"
            " max(host.due, held_until), host.reason FROM url JOIN host ON host.id = url.host_id"
            " WHERE host.name = ? AND url.key IN (?, ?) AND kind <> 1 ORDER BY kind LIMIT 1",
            (url.host, url.key, sitemap_key(url)),
        ).fetchone()
        if row is None:
            rows = _screened(connection, folder, url) if is_screening(folder) else None
            return rows or _site_file(connection, url) or _never_admitted(connection, url, now)
        return _admitted(connection, row)


def _admitted(connection: Connection, row: tuple[Any, ...]) -> Explanation:
    number, text, state, outcome, code, depth, attempt, due, via, host_due, host_reason = row
    standing = outcome if _STATES[state] == "done" else _STATES[state]
    facts = [("depth", str(depth))]
    if attempt:
        facts.append(("failed attempts", str(attempt)))
    if via:
        facts.append(("redirected from", " -> ".join(json.loads(via))))
    if state == 1:
        facts.append(("due", str(due)))
    if state == 0:
        if host_reason.endswith("budget is spent"):
            code = "budget"
        facts.append(("host due", str(host_due)))
        if host_reason:
            facts.append(("host waits for", host_reason))
    page = connection.execute(
        "SELECT state, state_reason, fetched_at, text_sha256, licence_spdx, extractor,"
        " CASE WHEN json_valid(metadata) THEN json_extract(metadata, '$.pages') END FROM page"
        " WHERE url_id = ?",
        (number,),
    ).fetchone()
    if page is not None:
        names = (
            "page", "because", "fetched at", "text sha256", "licence", "read by", "pages"
        )  # fmt: skip
        facts += [(name, str(value)) for name, value in zip(names, page, strict=True) if value]
        standing = page[0] if standing == "kept" else standing
    return Explanation(
        text,
        standing,
        current(code),
        tuple(facts),
        _decided(connection, number),
        _history(connection, number, text),
        _contact(connection),
    )


def _contact(connection: Connection) -> str:
    identity = json.loads(load_settings(connection) or "{}").get("identity", {})
    return str(identity.get("contact") or identity.get("email") or "")


def _screened(connection: Connection, folder: Path, url: Url) -> Explanation | None:
    """Say what became of the rows of a screening that have this URL."""
    from crawler.screen.explaining import explain_rows  # noqa: PLC0415 - it needs an extra

    rows = explain_rows(connection, folder, url)
    if not rows:
        return None
    first = rows[0]
    facts = [("row", f"{item.file}:{item.row}: {item.reason}") for item in rows]
    facts.append(("decided by evidence of", first.time))
    if first.date is not None:
        facts.append(("fetched at", str(first.date)))
    if not first.stored:
        own = "it did not refuse, or there is none; `--store-evidence` keeps it"
        facts.append(("the record's own evidence", own))
    (sha256,) = connection.execute(
        "SELECT sha256 FROM policy ORDER BY used_since DESC LIMIT 1"
    ).fetchone() or ("",)
    decided = Decided(
        first.gate, first.decision, first.evidence, sha256, rules_version(), first.same
    )
    standing = "kept" if first.included else "refused"
    return Explanation(url.text, standing, first.reason, tuple(facts), decided)


def _decided(connection: Connection, number: int) -> Decided | None:
    row = connection.execute(
        "SELECT gate, included, reason, policy_sha256, rules_version, decided_at, consent"
        " FROM decision JOIN policy ON policy.sha256 = policy_sha256 WHERE url_id = ?",
        (number,),
    ).fetchone()
    evidence = load_evidence(connection, number)
    if row is None or evidence is None:
        return None
    gate, included, reason, policy_sha256, rules_version, decided_at, consent = row
    decision = decide(evidence, ConsentPolicy.model_validate_json(consent), decided_at)
    same = (bool(included), current(reason)) == (decision.included, decision.reason)
    return Decided(gate, decision, evidence, policy_sha256, rules_version, same)


def _history(connection: Connection, number: int, text: str) -> tuple[dict[str, Any], ...]:
    row = connection.execute("SELECT salt FROM subject WHERE url_id = ?", (number,)).fetchone()
    if row is None:
        return ()
    return tuple(
        {"seq": entry.seq, "at": entry.at, "kind": entry.kind, **entry.payload}
        for entry in entries(connection, name(row[0], text))
    )


def _site_file(connection: Connection, url: Url) -> Explanation | None:
    """Say what is known of a site file; its text is evidence, never part of the corpus."""
    row = connection.execute(
        "SELECT found, kind, status, fetched_at, sha256 FROM snapshot WHERE url = ?"
        " ORDER BY fetched_at DESC LIMIT 1",
        (url.text,),
    ).fetchone()
    if row is None:
        return None
    names = ("site file", "status", "fetched at", "sha256")
    facts = tuple((name, str(value)) for name, value in zip(names, row[1:], strict=True) if value)
    return Explanation(url.text, "learned", row[0], facts)


def _never_admitted(connection: Connection, url: Url, now: float) -> Explanation:
    """Run the admission rules again to say why the URL is not in the job."""
    settings = json.loads(load_settings(connection) or "{}")
    admission = Admission.model_validate(settings.get("admission", {}))
    scope = Scope.model_validate(settings.get("scope", {}))
    code = refusal(url, admission, scope, now)
    if not code and not _in_scope(connection, url, scope):
        code = "scope"
    seen: tuple[tuple[str, str], ...] = ()
    if not code:
        code = _capped(connection, url, admission)
    if not code:
        code, seen = _counted(connection, url)
    if not code:
        return Explanation(url.text, "never admitted", "unknown", (("why", _UNKNOWN),))
    return Explanation(url.text, "never admitted", code, (("why", WHY.get(code, code)), *seen))


def _capped(connection: Connection, url: Url, admission: Admission) -> str:
    """Return the cap that is full for the host of `url` or for what is like it."""
    run = connection.execute
    row = run("SELECT id, urls FROM host WHERE name = ?", (url.host,)).fetchone()
    if row is None:
        return ""
    number, urls = row
    pattern = pattern_of(url, admission)
    if pattern is not None:
        counted = run(
            "SELECT 1 FROM pattern WHERE host_id = ? AND pattern = ? AND count > ?",
            (number, pattern.hash, pattern.most),
        ).fetchone()
        if counted:
            return pattern.code
    return "host-full" if urls >= admission.max_host_urls else ""


def _counted(connection: Connection, url: Url) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the rule about links that turned away this one, or most of its host."""
    marks = ", ".join("?" * len(_OF_LINKS))
    row = connection.execute(
        f"SELECT reason, count, example FROM loss WHERE host = ? AND reason IN ({marks})"  # noqa: S608
        " ORDER BY example = substr(?, 1, 300) DESC, count DESC LIMIT 1",
        (url.host, *_OF_LINKS, url.text),
    ).fetchone()
    if row is None:
        return "", ()
    reason, count, example = row
    return reason, (("links of this host turned away so", f"{count}, such as {example}"),)


def _in_scope(connection: Connection, url: Url, scope: Scope) -> bool:
    if scope.scope == "any":
        return True
    run = connection.execute
    if run("SELECT 1 FROM host WHERE name = ? AND seed = 1", (url.host,)).fetchone():
        return True
    return scope.scope == "site" and bool(
        run("SELECT 1 FROM site WHERE name = ? AND seed = 1", (url.site,)).fetchone()
    )


# Rules that are about the link, not the address: that they turned away others is a strong hint.
_OF_LINKS = (
    "nofollow", "depth", "too-many-links", "redirects", "foreign-sitemap", "sitemap-depth",
    "canonical-off", "hreflang-off",
)  # fmt: skip
_UNKNOWN = "no rule turns it away: no page or sitemap that was read leads to it"
WHY = {
    "scope": "its host is outside the scope of the job",
    "too-long": "the URL is longer than [admission] max_length",
    "too-deep": "the path has more segments than [admission] max_segments",
    "repeated": "path segments or parameters repeat: the mark of a trap",
    "file-type": "no text comes of this type of file ([admission] no_text)",
    "parameters": "more parameters than [admission] max_parameters",
    "calendar": "a date that only a generated calendar has pages for, or one of too many dates",
    "revisions": "[admission] max_revisions views of old revisions beside it are in the job",
    "facets": "[admission] max_query_pattern URLs that differ in the query are in the job",
    "pattern": "[admission] max_pattern URLs that differ in numbers are in the job",
    "host-full": "[admission] max_host_urls URLs of its host are in the job",
    "nofollow": "links of its host say nofollow ([admission] nofollow)",
    "depth": "links of its host lie deeper than [scope] max_depth",
    "too-many-links": "pages of its host have more links than [admission] max_links",
    "redirects": "redirects of its host go in circles, or on for longer than [retries] allows",
    "foreign-sitemap": "a sitemap lists addresses of a host it does not speak for",
    "sitemap-depth": "sitemaps lie deeper in others than [discovery] max_sitemap_depth",
    "canonical-off": "[discovery] canonical is off",
    "hreflang-off": "[discovery] hreflang is off",
    "excluded": "a pattern of [scope] exclude is found in it",
    "not-included": "no pattern of [scope] include is found in it",
}


def as_json(explanation: Explanation) -> dict[str, Any]:
    """Return the explanation as plain values, without the decision (see `cli.verdicts`)."""
    value: dict[str, Any] = {
        "url": explanation.url,
        "standing": explanation.standing,
        "code": explanation.code,
        **{name.replace(" ", "_"): text for name, text in explanation.facts},
        "history": list(explanation.history),
    }
    if explanation.decided is not None:
        decided = explanation.decided
        value |= {
            "gate": decided.gate,
            "policy_sha256": decided.policy_sha256,
            "rules_version": decided.rules_version,
            "rules_version_now": rules_version(),
            "replay_agrees": decided.as_recorded,
            "site_files": [file_facts(item) for item in decided.evidence.site],
        }
    return value


def file_facts(snapshot: Snapshot) -> dict[str, Any]:
    """Return what identifies a site file as it was read.

    One without a time was never asked for: it was taken for absent only to look at the rest.
    """
    return {
        "kind": FileKind(snapshot.kind).value,
        "url": snapshot.url,
        "found": snapshot.found.value if snapshot.fetched_at else "unknown",
        "status": snapshot.status,
        "sha256": snapshot.sha256,
        "fetched_at": snapshot.fetched_at,
    }
