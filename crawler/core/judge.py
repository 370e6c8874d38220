"""From a server's answer to the outcome of a visit. Pure: it can run in any process."""

from __future__ import annotations

from dataclasses import dataclass, replace

from crawler.core import content
from crawler.core.asked_waits import retry_after
from crawler.core.consent import FileRequest, decide, read_file, signal_headers, terms
from crawler.core.consent.protocol import CUT
from crawler.core.content import (
    ContentSettings,
    SitemapLimits,
    declared_document,
    document_kind,
    heavy,
    may_be_document,
    text_type,
)
from crawler.core.content.documents.contents import TOO_LARGE
from crawler.core.decision import Decision, Found, Usage, Value
from crawler.core.evidence import Evidence, FileKind, PageEvidence, Snapshot
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
from crawler.core.policy import ConsentPolicy
from crawler.core.response import Headers, Response, kept_headers
from crawler.core.task import Task, TaskKind
from crawler.core.urls import Url
from crawler.core.urls import parse as parse_url

_MOVED = frozenset({301, 302, 303, 307, 308})
_MISSING = frozenset({404, 410})
_OVERLOAD = frozenset({408, 425, 429})
# Statuses that speak of the whole host, not of one URL (RFC 9110 section 15.6.4, RFC 6585).
_HOST_FAULT = frozenset({429, 503})
_OK = frozenset({200, 203})
# Bytes of a sitemap or a site file: lines of an unknown kind take 5 us each.
_LARGE = 65_536
_GZIP = b"\x1f\x8b"
_REFUSALS = frozenset({401, 402, 403, 407, 451})


@dataclass(frozen=True, slots=True)
class Rules:
    """What judging needs beside the answer."""

    policy: ConsentPolicy
    content: ContentSettings
    sitemap: SitemapLimits
    bounded: bool = False  # judged where it cannot be ended


def judge_head(task: Task, response: Response, rules: Rules, now: float) -> Outcome | None:
    """Return the outcome that status and headers alone decide (gate 2), or None.

    `response.body` is empty. None means: read the body and ask `judge`.
    """
    if task.kind is TaskKind.FILE:
        return _file_head(response)
    moved = _moved(response)
    if moved is not None:
        return moved
    if task.kind is TaskKind.SITEMAP:
        return None if response.status in _OK else _unusable(response, now)
    if response.status == 304:  # noqa: PLR2004 - the one status that is about our copy
        return None
    evidence = _page_evidence(response)
    # Where nothing was said since gate 1, its decision stands.
    if response.status not in _OK or _speaks(evidence):
        decision = decide(Evidence(task.url, task.site, evidence), rules.policy, now)
        if _refused_at_headers(decision, response.status):
            return Refused(decision, evidence)
    if response.status not in _OK:
        return _unusable(response, now)
    kinds = rules.content.documents.kinds
    declared = declared_document(response)
    if text_type(response) or (kinds and may_be_document(response) and declared in ("", *kinds)):
        return None
    return Skipped("type", response.content_type)


def judge_start(response: Response, rules: Rules) -> Outcome | int | None:
    """Return what the first bytes of a page's body decide: an outcome, or that it goes on.

    For a document, how many bytes are read of it; None where the usual limits are right.
    """
    kind = document_kind(response)
    documents = rules.content.documents
    if kind and kind in documents.kinds:
        most = documents.most_bytes(kind)
        stated = response.header("content-length")
        if stated.isdecimal() and int(stated[:20]) > most:
            return Skipped(TOO_LARGE, f"{kind} of {int(stated[:20])} bytes")
        return most
    if kind or text_type(response) is None:
        return Skipped("type", response.content_type)
    return None


def is_heavy(task: Task, response: Response) -> bool:
    """Return whether judging an answer might take long: told from its size and its bytes."""
    if task.kind is TaskKind.PAGE:
        return heavy(response)
    return len(response.body) > _LARGE or response.body.startswith(_GZIP)


def judge(task: Task, response: Response, rules: Rules, now: float) -> Outcome:
    """Return what came of `task`, given the whole answer (gate 3).

    Raises:
        HeavyPage: By `rules.bounded`, for a page that is only seen to be heavy once it is parsed.
    """
    if task.kind is TaskKind.FILE:
        return judge_site_file(task, response, "", now)
    if task.kind is TaskKind.SITEMAP:
        return content.read_sitemap(response, rules.sitemap)
    if not response.body and not response.header("refresh"):
        return Skipped("empty")
    if document_kind(response) and response.truncated:
        return Skipped(TOO_LARGE, f"more than {len(response.body)} bytes")
    page = content.parse(response, bounded=rules.bounded, settings=rules.content)
    evidence = page.evidence()
    decision = decide(Evidence(task.url, task.site, evidence), rules.policy, now)
    links = page.links()  # whether a nofollow counts is the frontier's to say
    if decision.refused:
        return Refused(decision, evidence, links)
    refresh = page.refresh
    if refresh is not None and refresh.at_once and not decision.nofollow:
        return Moved(refresh.url, response.status)
    if page.kind is None:  # its header says nothing, its bytes are no text
        return Skipped("type", response.content_type)
    if page.contents is not None and page.contents.problem:
        return Skipped(page.contents.problem, page.contents.detail, links)
    document = content.read(page, rules.content)
    if not document.text:
        return Skipped(page.shell() or "empty", links=links)
    return Kept(decision, evidence, document, links)


def warm_up(settings: ContentSettings | None = None) -> None:
    """Read one page of ours: models are loaded by the first, which takes a second or more.

    Later it would count as slowness of the hosts that are being asked, and ten times that as
    their delay.
    """
    url = Url("http://warm.test/", "http", "warm.test", 80, "/")
    headers = (("content-type", "text/html; charset=utf-8"),)
    text = b"<!doctype html><title>Words</title><main><p>" + b"A few words of plain text. " * 20
    content.read(content.parse(Response(url, 200, headers, text)), settings or ContentSettings())


def warm_up_apart() -> None:
    """Warm up a process in which documents are read, too."""
    warm_up()
    from crawler.core.content.documents.readers import (  # noqa: PLC0415 - few need them
        warm_up_readers,
    )

    warm_up_readers()


def judge_unchanged(
    task: Task, response: Response, stored: PageEvidence, rules: Rules, now: float
) -> Outcome:
    """Decide again on a 304: a header that is missing keeps a refusal and drops a grant.

    Headers that came replace their namesakes (RFC 9111 section 3.2).
    """

    def decided(headers: Headers) -> tuple[Decision, PageEvidence]:
        evidence = replace(stored, headers=headers)
        return decide(Evidence(task.url, task.site, evidence), rules.policy, now), evidence

    fresh = kept_headers(response.headers)
    speaking = signal_headers()
    sent = {name for name, _ in fresh}
    kept = tuple(line for line in stored.headers if line[0] not in sent)
    decision, evidence = decided(kept + fresh)
    for name in dict.fromkeys(name for name, _ in kept if name in speaking):
        rest = tuple(line for line in kept if line[0] != name)
        without = decided(rest + fresh)
        if _only_grants(decision, without[0]):
            kept, (decision, evidence) = rest, without
    if decision and not (alone := decided(fresh))[0]:
        # What was granted was granted by a header that refuses something else.
        decision, evidence = alone
    if decision.refused:
        return Refused(decision, evidence)
    return Unchanged(decision, evidence)


def _only_grants(decision: Decision, without: Decision) -> bool:
    """Say if all that a header adds to a decision is permission."""
    changed = [
        decision.verdict[usage]
        for usage in Usage
        if decision.verdict[usage] is not without.verdict[usage]
    ]
    return bool(changed) and max(changed) <= Value.ALLOW


def judge_site_file(task: Task, response: Response | None, error: str, now: float) -> Learned:
    """Return what is now known of a site file, whether or not an answer came."""
    snapshot = read_file(_request(task), response, error, task.hops, now, task.previous)
    if response is None or snapshot.kind is not FileKind.TERMS:
        return Learned(snapshot)
    return Learned(_terms(snapshot, response))


def _terms(snapshot: Snapshot, response: Response) -> Snapshot:
    """Keep of a terms page what decides, never its text: that is the work of somebody."""
    if snapshot.found is not Found.FOUND or response.status == 304:  # noqa: PLR2004 - not modified
        return snapshot
    page = content.parse(response)
    if page.kind is None:
        return replace(snapshot, found=Found.ABSENT, error="type", body=b"")
    text, language, whole = page.wording()
    return replace(
        snapshot,
        body=terms.deciding_sentences(text, language),
        error=snapshot.error if whole else CUT,
        headers=(*snapshot.headers, (terms.LANGUAGE, language[:40])),
    )


def _request(task: Task) -> FileRequest:
    asked = parse_url(task.asked) or task.url
    if task.file is None:
        msg = f"a file task without its kind: {task.url}"
        raise ValueError(msg)
    return FileRequest(task.file, asked, task.origin)


def _file_head(response: Response) -> Outcome | None:
    moved = _moved(response)
    return moved if moved is not None and moved.to is not None else None


def _moved(response: Response) -> Moved | None:
    if response.status not in _MOVED:
        return None
    location = response.header("location")
    to = parse_url(location, response.url) if location else None
    return Moved(to, response.status, "" if to else "bad-redirect")


def _unusable(response: Response, now: float) -> Outcome:
    status = response.status
    if status in _MISSING:
        return Missing(status)
    if status >= 500 or status in _OVERLOAD:  # noqa: PLR2004 - RFC 9110 section 15.6
        wait = retry_after(response.header_lines("retry-after"), now)
        # Who says when to come again speaks for the host, whatever the status.
        fault = status in _HOST_FAULT or bool(wait)
        return Failed(f"status-{status}", retry=True, host_fault=fault, retry_after=wait)
    return Failed(f"status-{status}", retry=False)


def _refused_at_headers(decision: Decision, status: int) -> bool:
    """Say if headers or an access refusal refuse the page; an overload is no refusal."""
    if not decision.refused or decision.deferred:
        return False
    return status in _OK or status in _REFUSALS or _refuses_access(decision)


def _speaks(evidence: PageEvidence) -> bool:
    speaking = signal_headers()
    return any(name in speaking for name, _ in evidence.headers)


def _refuses_access(decision: Decision) -> bool:
    return decision.deciding is not None and decision.deciding.protocol == "http"


def _page_evidence(response: Response) -> PageEvidence:
    return PageEvidence(
        response.status,
        kept_headers(response.headers),
        content_type=response.content_type,
    )
