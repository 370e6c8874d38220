"""What is to be written of a page that is kept: its rows, its state, its ledger entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from crawler.core.decision import Decision
from crawler.core.document import Document
from crawler.core.evidence import PageEvidence, Snapshot
from crawler.core.outcome import Kept
from crawler.core.response import Response
from crawler.core.task import Task
from crawler.store.archive import NO_PLACE, Archive
from crawler.store.page_rows import Fixed, Row, decision_row, fixed, page_row
from crawler.store.suppression import Suppression


@dataclass(frozen=True, slots=True)
class Context:
    """Under what decisions are made. `suppression` is asked before a text is stored."""

    policy_sha256: str
    rules_version: str
    suppression: Suppression | None = None


class Prepared(NamedTuple):
    """A page about to be kept: its rows, its state and its entry in the ledger."""

    rows: Fixed
    state: str
    kind: str
    payload: dict[str, object]


def is_suppressed(task: Task, document: Document, context: Context) -> bool:
    """Say if the operator's list forbids to keep the text."""
    listed = context.suppression
    if listed is None:
        return False
    return bool(listed.refuses(task.url, document.text_sha256, document.metadata.authors))


def keep(
    task: Task,
    answer: tuple[Kept, Response],
    context: Context,
    archive: Archive | None,
    before: tuple[str, str] | None = None,
) -> Prepared:
    """Return what is to be written of a page; its raw answer is put into the archive.

    `before` is state and reason of the copy held, None if there is none.
    """
    kept, response = answer
    place = NO_PLACE
    if archive is not None:
        place = archive.append_page(task, response, kept, context.policy_sha256)
    state, reason = standing(kept.decision)
    rows = fixed(
        page_row(task, response, kept.document, (state, reason), place),
        row_of(
            (task.id, 3, response.started_at), kept.decision, (task.site, kept.evidence), context
        ),
    )
    kind, payload = entry_of(before, state, reason)
    return Prepared(rows, state, kind, {**payload, "digest": rows.digest})


def standing(decision: Decision) -> tuple[str, str]:
    """Return state and reason of a page that was decided so."""
    awaits = decision.awaiting or not decision
    return ("held", "awaiting") if awaits else ("active", "")


def entry_of(
    before: tuple[str, str] | None, state: str, reason: str
) -> tuple[str, dict[str, object]]:
    """Return kind and payload of the ledger entry for a page that comes to stand so."""
    if state == "held":
        return "hold", {"reason": reason}
    if before and before[0] == "held" and before[1] != "awaiting":
        # Only a new answer that consents ends a hold.
        return "reconsent", {"from": "held", "reason": before[1]}
    return "include", {}


def row_of(
    visit: tuple[int, int, float | None],
    decision: Decision,
    evidence: tuple[tuple[Snapshot, ...], PageEvidence | None],
    context: Context,
) -> Row:
    """Return the row of a decision made in a `context`."""
    return decision_row(visit, decision, *evidence, context.policy_sha256, context.rules_version)
