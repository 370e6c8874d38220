"""What a visit leaves behind: decision, page, ledger entry. One transaction each.

Everything here is synchronous and runs inside `Database.transaction`.
"""

from __future__ import annotations

from crawler.core.decision import Decision, Found
from crawler.core.document import Document
from crawler.core.evidence import PageEvidence, Snapshot
from crawler.core.outcome import (
    Failed,
    Kept,
    Learned,
    Missing,
    Moved,
    Outcome,
    Refused,
    Skipped,
    Unchanged,
)
from crawler.core.response import Response
from crawler.core.task import Task
from crawler.store.archive import Archive
from crawler.store.canonical import compact, digest_and_marks
from crawler.store.database import Connection
from crawler.store.evidence import (
    evidence_from_json,
    evidence_to_json,
    latest_snapshot,
    load_evidence,
    load_snapshots,
    save_snapshot,
)
from crawler.store.kept_page import Context, entry_of, is_suppressed, keep, row_of, standing
from crawler.store.ledger import append, log_refusal, record_id, subject_of
from crawler.store.page_rows import (
    DOCUMENT,
    document_values,
    said_of,
    sealed_row,
    write_decision,
    write_pages,
)
from crawler.store.policy_changes import save_policy
from crawler.store.removal_rows import note_removal, note_retraction
from crawler.store.row_seals import seal_alone

__all__ = [
    "Context",
    "change_state",
    "drop_derived",
    "evidence_from_json",
    "evidence_to_json",
    "latest_snapshot",
    "load_evidence",
    "load_snapshots",
    "put_decision",
    "record_decision",
    "record_refusal",
    "record_visit",
    "retire_shell",
    "save_policy",
    "save_snapshot",
    "seal_page",
    "set_tombstone",
    "unbury",
]

# A page that is gone is retired when it was gone twice, two weeks apart: sites have bad days.
GONE_FOR = 14 * 86_400.0
_OUT = frozenset({"retired", "purged"})
# What is emptied when a page may no longer be used. Its evidence and times stay.
_EMPTIED = (
    "title = '', text = '', text_sha256 = '', minhash = x'', headers = '[]', metadata = '{}',"
    " licence = '{}', licence_spdx = '', licence_class = '', etag = '', last_modified = ''"
)


def record_refusal(
    connection: Connection,
    url_id: int,
    decision: Decision,
    site: tuple[Snapshot, ...],
    context: Context,
) -> None:
    """Record a refusal before any request (gate 1). A copy held from before is retired."""
    record_decision(connection, (url_id, 1, None), decision, (site, None), context)


def record_decision(
    connection: Connection,
    visit: tuple[int, int, float | None],
    decision: Decision,
    evidence: tuple[tuple[Snapshot, ...], PageEvidence | None],
    context: Context,
) -> None:
    """Record a decision that keeps nothing, and let a copy held from before follow it.

    `visit` is the URL's id, the gate, and when the page's answer came (None at gate 1).
    """
    url_id, gate, _ = visit
    before = _state(connection, url_id)
    now = decision.decided_at
    if decision.deferred and before in ("active", "held"):
        # Nothing new was learned of the page: its decision and evidence stand meanwhile.
        change_state(connection, url_id, "held", decision.reason, now, "hold")
        return
    put_decision(connection, visit, decision, evidence, context)
    _log_refusal(connection, gate, decision, evidence[0], context)
    if before in ("active", "held"):
        change_state(connection, url_id, "retired", decision.reason, now, "retire")
    elif before:
        seal_page(connection, url_id, "refuse", {"reason": decision.reason}, now)
    seal_alone(connection)


def record_visit(
    connection: Connection,
    task: Task,
    outcome: Outcome,
    response: Response | None,
    context: Context,
    now: float,
    archive: Archive | None = None,
) -> str:
    """Record what came of a visit; return the state of the page, "" if there is none.

    A text that may not be used is never stored, and a copy held from before is emptied. A
    page that was retired or purged stays so until a re-consent is recorded.
    """
    at = response.started_at if response is not None else now
    match outcome:
        case Kept() if response is not None:
            return _keep(connection, task, (outcome, response), context, now, archive)
        case Refused(decision=decision, evidence=evidence):
            if evidence is None:
                record_refusal(connection, task.id, decision, task.site, context)
            else:
                _refuse(connection, task, (decision, evidence), at, context)
        case Unchanged():
            return _confirm(connection, task, outcome, at, context)
        case Learned(snapshot=snapshot):
            save_snapshot(connection, task.origin, snapshot)
            if archive is not None:
                archive.append_file(snapshot)
            return ""
        case Failed(code=code):
            if _state(connection, task.id) == "active":
                change_state(connection, task.id, "held", code, now, "hold")
        case Missing() | Moved() | Skipped():
            _gone(connection, task.id, _code(outcome), now)
        case _:
            return ""
    return _state(connection, task.id)


def _code(outcome: Missing | Moved | Skipped) -> str:
    match outcome:
        case Missing(status=status):
            return f"status-{status}"
        case Moved():
            return "moved"
        case Skipped(code=code):
            return code


def change_state(
    connection: Connection, url_id: int, state: str, reason: str, now: float, kind: str
) -> None:
    """Move a page to `state` with a ledger entry of that `kind`; leaving use empties it."""
    if state in _OUT:  # while its text is there: the feed of removals tells copies by it
        drop_derived(connection, url_id)
        set_tombstone(connection, url_id, (state, reason, "url"), now)
    emptied = f", {_EMPTIED}" if state in _OUT else ""
    connection.execute(
        f"UPDATE page SET state = ?, state_reason = ?{emptied} WHERE url_id = ?",  # noqa: S608
        (state, reason, url_id),
    )
    seal_page(connection, url_id, kind, {"reason": reason}, now)
    seal_alone(connection)


def set_tombstone(
    connection: Connection,
    url_id: int,
    why: tuple[str, str, str],
    now: float,
    domain: str = "",
    *,
    erase: bool = False,
) -> str:
    """Set a tombstone: `why` is state, reason and scope. Return the record's id.

    `domain` is named only where a whole domain went and may be named.
    """
    held = connection.execute(
        "SELECT url, text, text_sha256 FROM page WHERE url_id = ?", (url_id,)
    ).fetchone()
    doc_id = record_id(subject_of(connection, url_id, held[0]).name)
    note_removal(connection, doc_id, why[1], now, held, erase=erase)
    last = connection.execute(
        "SELECT version FROM released JOIN release USING (version) WHERE doc_id = ?"
        " ORDER BY seq DESC LIMIT 1",
        (doc_id,),
    ).fetchone()
    state, reason, scope = why
    connection.execute(
        "INSERT OR REPLACE INTO tombstone VALUES (?, ?, ?, ?, ?, ?, ?)",
        (doc_id, now, reason, scope, domain, last[0] if last else "", state),
    )
    return doc_id


def unbury(connection: Connection, doc_id: str, now: float) -> None:
    """Take a tombstone away: the record may come back."""
    if connection.execute("DELETE FROM tombstone WHERE doc_id = ?", (doc_id,)).rowcount:
        note_retraction(connection, doc_id, "reconsent", now)


def replace_document(connection: Connection, url_id: int, document: Document, now: float) -> None:
    """Put another reading of the same answer in the place of a page's document."""
    columns = ", ".join(f"{name} = ?" for name in DOCUMENT)
    connection.execute(
        f"UPDATE page SET {columns} WHERE url_id = ?",  # noqa: S608 - fixed names
        (*document_values(document), url_id),
    )
    drop_derived(connection, url_id)
    extractor = f"{document.extractor} {document.extractor_version}"
    seal_page(connection, url_id, "extract", {"extractor": extractor}, now)


def retire_shell(connection: Connection, url_id: int, code: str, now: float) -> None:
    """Retire a page whose archived answer is only a shell; it counts as one of its host."""
    connection.execute("UPDATE url SET outcome = 'skipped', code = ? WHERE id = ?", (code, url_id))
    change_state(connection, url_id, "retired", code, now, "retire")


def drop_derived(connection: Connection, url_id: int) -> None:
    """Delete what was computed from a page's text."""
    for table in ("band", "cluster", "annotation"):
        connection.execute(f"DELETE FROM {table} WHERE url_id = ?", (url_id,))  # noqa: S608


def seal_page(
    connection: Connection, url_id: int, kind: str, payload: dict[str, object], now: float
) -> None:
    """Write a ledger entry that fixes every stored value of the page as it is now."""
    row = sealed_row(connection, url_id)
    if row is None:
        return
    digest, marks = digest_and_marks(row)
    connection.execute("UPDATE page SET marks = ? WHERE url_id = ?", (marks, url_id))
    subject = subject_of(connection, url_id, str(row[3]))
    more = {"digest": digest, "said": subject.said(said_of(row))}
    append(connection, kind, {**payload, **more}, now, subject.name)


def _keep(
    connection: Connection,
    task: Task,
    answer: tuple[Kept, Response],
    context: Context,
    now: float,
    archive: Archive | None,
) -> str:
    before = _before(connection, task.id)
    if before and before[0] in _OUT:
        return before[0]
    if is_suppressed(task, answer[0].document, context):
        if before:
            change_state(connection, task.id, "retired", "policy.suppressed", now, "retire")
        return ""
    keeping = keep(task, answer, context, archive, before)
    write_pages(connection, [keeping.rows])
    if before:
        drop_derived(connection, task.id)
    subject = subject_of(connection, task.id, task.url.text)
    payload = {**keeping.payload, "said": subject.said(keeping.rows.said)}
    append(connection, keeping.kind, payload, now, subject.name)
    return keeping.state


def _refuse(
    connection: Connection,
    task: Task,
    refused: tuple[Decision, PageEvidence],
    at: float,
    context: Context,
) -> None:
    decision, evidence = refused
    gate = 3 if evidence.read else 2
    record_decision(connection, (task.id, gate, at), decision, (task.site, evidence), context)


def _confirm(
    connection: Connection, task: Task, unchanged: Unchanged, at: float, context: Context
) -> str:
    before = _before(connection, task.id)
    if before is None or before[0] in _OUT:
        return before[0] if before else ""
    decision, evidence = unchanged.decision, unchanged.evidence
    if decision.refused:
        _refuse(connection, task, (decision, evidence), at, context)
        return _state(connection, task.id)
    put_decision(connection, (task.id, 3, at), decision, (task.site, evidence), context)
    state, reason = standing(decision)
    connection.execute(
        "UPDATE page SET state = ?, state_reason = ?, gone_since = 0 WHERE url_id = ?",
        (state, reason, task.id),
    )
    kind, payload = entry_of(before, state, reason)
    if kind == "include" and before[0] == "active":
        kind = "confirm"
    seal_page(connection, task.id, kind, payload, decision.decided_at)
    return state


def _before(connection: Connection, url_id: int) -> tuple[str, str] | None:
    row: tuple[str, str] | None = connection.execute(
        "SELECT state, state_reason FROM page WHERE url_id = ?", (url_id,)
    ).fetchone()
    return row


def _state(connection: Connection, url_id: int) -> str:
    before = _before(connection, url_id)
    return before[0] if before else ""


def _gone(connection: Connection, url_id: int, reason: str, now: float) -> None:
    row = connection.execute(
        "SELECT state, gone_since FROM page WHERE url_id = ?", (url_id,)
    ).fetchone()
    if row is None or row[0] in _OUT:
        return
    if row[1] and now - row[1] >= GONE_FOR:
        change_state(connection, url_id, "retired", reason, now, "retire")
    elif not row[1]:
        connection.execute("UPDATE page SET gone_since = ? WHERE url_id = ?", (now, url_id))
        change_state(connection, url_id, "held", reason, now, "hold")


def put_decision(
    connection: Connection,
    visit: tuple[int, int, float | None],
    decision: Decision,
    evidence: tuple[tuple[Snapshot, ...], PageEvidence | None],
    context: Context,
) -> None:
    """Write a decision and nothing else; the caller seals the page it is about."""
    write_decision(connection, row_of(visit, decision, evidence, context))


def _log_refusal(
    connection: Connection,
    gate: int,
    decision: Decision,
    site: tuple[Snapshot, ...],
    context: Context,
) -> None:
    policy = (context.policy_sha256, context.rules_version)
    listed = compact([item.id for item in site if item.found is not Found.NOT_SOUGHT])
    log_refusal(connection, (gate, decision.reason, listed), policy, decision.decided_at)
