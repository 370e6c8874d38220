"""Rows of the store: how a decision and a page are spelled, and what seals them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from crawler.core.decision import Decision, Found, Signal, Usage, Verdict
from crawler.core.document import Document, Licence
from crawler.core.evidence import PageEvidence, Snapshot
from crawler.core.response import Response
from crawler.core.task import Task
from crawler.store.archive import Place
from crawler.store.canonical import Stored, compact, digest_and_marks, spelled
from crawler.store.database import Connection
from crawler.store.evidence import pack_evidence

Row = tuple[Stored, ...]

DECISION = (  # noqa: SIM905 - names, to be read
    "url_id gate included reason verdict deciding awaiting snapshots page fetched_at"
    " policy_sha256 rules_version decided_at"
).split()
PAGE = (  # noqa: SIM905
    "url_id state state_reason url canonical_url host site redirects status headers content_type"
    " etag last_modified address fetched_at first_byte_at ended_at wire_bytes body_bytes"
    " body_sha256 title text text_sha256 minhash extractor extractor_version encoding"
    " encoding_source replaced language language_score language_tool words characters size tokens"
    " token_method metadata licence_spdx licence_class licence flags archive_file archive_offset"
    " record_id gone_since"
).split()
SEALED = (*(f"page.{name}" for name in PAGE), *(f"decision.{name}" for name in DECISION))
_PUT_DECISION = (
    f"INSERT OR REPLACE INTO decision ({', '.join(DECISION)})"  # noqa: S608 - fixed names
    f" VALUES ({', '.join('?' * len(DECISION))})"
)
_PUT_PAGE = (
    f"INSERT OR REPLACE INTO page ({', '.join(PAGE)}, marks)"  # noqa: S608 - fixed names
    f" VALUES ({', '.join('?' * len(PAGE))}, ?)"
)
# What of a page row comes from its document.
DOCUMENT = PAGE[PAGE.index("body_sha256") : PAGE.index("archive_file")]
_SEALED_ROW = (
    f"SELECT {', '.join(SEALED)} FROM page JOIN decision USING (url_id)"  # noqa: S608 - fixed names
    " WHERE url_id = ?"
)


class Fixed(NamedTuple):
    """A page and its decision, ready to be written."""

    page: Row  # with its marks
    decision: Row
    digest: str
    said: bytes


def said_of(row: Row) -> bytes:
    """Return what a record of the page would say, of a row in the order of `SEALED`.

    Text hash, licence and decision: what an export is compared by with the job as it was then.
    """
    return b";".join([spelled(row[at]) for at in _SAID])


_SAID = tuple(
    SEALED.index(name)
    for name in (
        "page.text_sha256",
        "page.licence_spdx",
        "page.licence_class",
        "decision.reason",
        "decision.verdict",
    )
)


def said_by_record(record: Mapping[str, Any]) -> bytes:
    """Return the same of an exported record."""
    about = record["metadata"]
    consent = about["consent"]
    values = (about["text_sha256"], about["license_spdx"], about["license_class"])
    verdict = compact({usage.value: consent["verdict"][usage.value] for usage in Usage})
    return b";".join(map(spelled, (*values, consent["rule_id"], verdict)))


def sealed_row(connection: Connection, url_id: int) -> Row | None:
    """Return the values of a page that its ledger entry fixes, in the order of `SEALED`."""
    row: Row | None = connection.execute(_SEALED_ROW, (url_id,)).fetchone()
    return row


def decision_row(
    visit: tuple[int, int, float | None],
    decision: Decision,
    site: tuple[Snapshot, ...],
    evidence: PageEvidence | None,
    policy_sha256: str,
    rules_version: str,
) -> Row:
    """Return the row of a decision; `visit` is URL id, gate, time of the page's answer."""
    url_id, gate, fetched_at = visit
    return (
        url_id,
        gate,
        int(decision.included),
        decision.reason,
        _labels(decision.verdict),
        deciding_text(decision),
        compact(decision.awaiting),
        compact([item.id for item in site if item.found is not Found.NOT_SOUGHT]),
        pack_evidence(evidence) if evidence is not None else None,
        float(fetched_at) if fetched_at is not None else None,
        policy_sha256,
        rules_version,
        float(decision.decided_at),
    )


@lru_cache(maxsize=1_024)  # most pages of a crawl have one of a few
def _labels(verdict: Verdict) -> str:
    return compact(verdict.labels())


def deciding_text(decision: Decision) -> str:
    """Return the signal that decided as it is stored: JSON, `null` if none did."""
    return compact(signal_to_json(decision.deciding) if decision.deciding else None)


def signal_to_json(signal: Signal) -> dict[str, object]:
    """Return a signal as JSON values."""
    return {
        "protocol": signal.protocol,
        "rule": signal.rule,
        "place": signal.place,
        "raw": signal.raw,
        "says": {usage.value: value.label for usage, value in signal.says.items()},
    }


def licence_to_json(licence: Licence) -> dict[str, Any]:
    """Return a licence as JSON values, claims and attribution included."""
    return {
        "spdx": licence.spdx,
        "url": licence.url,
        "class": licence.kind,
        "scope": licence.scope,
        "confidence": licence.confidence,
        "disagreement": licence.disagreement,
        "claims": [
            {
                "spdx": claim.spdx,
                "family": claim.family,
                "class": claim.kind,
                "url": claim.url,
                "place": claim.place,
                "scope": claim.scope,
                "confidence": claim.confidence,
                "raw": claim.raw,
            }
            for claim in licence.claims
        ],
        "attribution": dict(licence.attribution),
    }


def page_row(
    task: Task,
    response: Response,
    document: Document,
    state: tuple[str, str],
    place: Place,
) -> Row:
    return (
        task.id,
        *state,
        task.url.text,
        document.metadata.canonical,
        task.url.host,
        task.url.site,
        compact(task.via),
        response.status,
        compact(response.headers),
        response.content_type,
        response.header("etag"),
        response.header("last-modified"),
        response.address,
        float(response.started_at),
        float(response.first_byte_at),
        float(response.ended_at),
        response.wire_bytes,
        len(response.body),
        *document_values(document),
        place.file,
        place.offset,
        place.record_id,
        0.0,
    )


def document_values(document: Document) -> Row:
    """Return the values of the columns `DOCUMENT`."""
    metadata, licence = document.metadata, document.licence
    return (
        document.body_sha256,
        metadata.title,
        document.text,
        document.text_sha256,
        document.minhash,
        document.extractor,
        document.extractor_version,
        document.encoding,
        document.encoding_source,
        document.replaced,
        document.language,
        float(document.language_score),
        document.language_tool,
        document.words,
        document.characters,
        document.size,
        document.tokens,
        document.token_method,
        compact(
            {
                "authors": metadata.authors,
                "publisher": metadata.publisher,
                "published": metadata.published,
                "modified": metadata.modified,
                "language": metadata.language,
                "sources": dict(metadata.sources),
                **({"pages": document.pages} if document.pages else {}),
            }
        ),
        licence.spdx,
        licence.kind,
        compact(licence_to_json(licence)),
        compact(document.flags),
    )


def write_decision(connection: Connection, row: Row) -> None:
    try:
        connection.execute(_PUT_DECISION, row)
    except UnicodeEncodeError:
        connection.execute(_PUT_DECISION, _encodable(row))


def fixed(page: Row, decision: Row) -> Fixed:
    """Return the rows of a page as they are written, and the digest that fixes them."""
    try:
        digest, marks = digest_and_marks(page + decision)
    except UnicodeEncodeError:  # half surrogates, which SQLite does not take
        return fixed(_encodable(page), _encodable(decision))
    return Fixed((*page, marks), decision, digest, said_of(page + decision))


def write_pages(connection: Connection, rows: Sequence[Fixed]) -> None:
    connection.executemany(_PUT_DECISION, [row.decision for row in rows])
    connection.executemany(_PUT_PAGE, [row.page for row in rows])


def _encodable(row: Row) -> Row:
    return tuple(
        value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
        for value in row
    )
