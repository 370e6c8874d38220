"""Site files: which one to ask for next, and what its answer is worth.

Numbers and their sources: robots.txt at most 24 hours old (RFC 9309 section 2.4), within that
what Cache-Control says but not under 15 minutes, so that `max-age=0` costs no request a page.
tdmrep.json, ai.txt and trust.txt state no time: the same 24 hours. An absent one is not asked
for again within 7 days: almost no host has them. An RSL document lives for its `max-age` days,
30 unless it says otherwise (RSL 1.0). What a terms page says, or that there is none, is
remembered for 30 days. A file out of reach is asked for again after 60 s, doubling to 6 h, later
if Retry-After says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from crawler.core import challenge_pages as visitor_test
from crawler.core.asked_waits import retry_after
from crawler.core.consent import (
    ai_txt,
    challenge_headers,
    robots_access,
    rsl,
    tdmrep,
    terms,
    trust_txt,
)
from crawler.core.consent.decide import decide
from crawler.core.consent.protocol import CUT, PAGE_TYPES, SiteFile
from crawler.core.consent.protocols import probes
from crawler.core.consent.robots_access import failures_of
from crawler.core.consent.robotstxt import BODY_LIMIT
from crawler.core.consent.site_file_text import text_of, unpacked
from crawler.core.decision import Found
from crawler.core.evidence import Evidence, FileKind, Snapshot
from crawler.core.late_expressions import late
from crawler.core.policy import ConsentPolicy
from crawler.core.response import Response
from crawler.core.urls import Url, parse

DAY = 86_400.0


class Lifetimes(NamedTuple):
    """How long answers count at the most, in seconds."""

    least: float = 900.0  # that Cache-Control can ask for
    most: float = DAY  # robots.txt, and any other file that is there
    absent: float = 7 * DAY  # a file that is not there
    terms: float = 30 * DAY


LIFETIMES = Lifetimes()
_RETRY = 60.0
_RETRY_CAP = 6 * 3_600.0
_RETRY_AFTER_CAP = DAY
# One octet more than is parsed, so that a cut can be told from an exact fit.
_LIMITS = {FileKind.ROBOTS: BODY_LIMIT + 1, FileKind.TERMS: 2**22 + 1}
_LIMIT = 2**20 + 1
_REFUSED = frozenset({401, 402, 403, 407, 451})
# 206 is none: what a part leaves out may refuse.
_COMPLETE = frozenset({200, 201, 202, 203, 204, 205, 208, 226})
_OVERLOADED = frozenset({408, 425, 429})
_MAX_AGE = late(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)
_NO_CACHE = late(r"(?:^|[,\s])no-(?:cache|store)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FileRequest:
    """A site file to ask for. `origin` is whom it speaks for; "" for an RSL document or terms."""

    kind: FileKind
    url: Url
    origin: str


def next_file(
    url: Url, site: tuple[Snapshot, ...], policy: ConsentPolicy, now: float, pages: int = 0
) -> FileRequest | None:
    """Return the site file to ask for before a page of `url`'s origin, or None.

    `pages`: how many the origin has given; some files are asked for only then. None either way:
    everything is known that can be, or what is known refuses or defers already, so that one more
    request would be for nothing. Expired snapshots count as unknown.
    """
    wanted = unknown_file(url, site, policy, now, pages)
    if wanted is None or wanted.kind is FileKind.ROBOTS:
        return wanted
    # Mostly nothing is wanted any more, and then nothing need be decided.
    current = tuple(item for item in site if now < item.expires_at)
    return wanted if decide(Evidence(url, current), policy, now) else None


def unknown_file(
    url: Url, site: tuple[Snapshot, ...], policy: ConsentPolicy, now: float, pages: int
) -> FileRequest | None:
    """Return the next file of which nothing current is known, whatever is decided by now."""
    current = tuple(item for item in site if now < item.expires_at)
    robots = next((item for item in current if item.kind is FileKind.ROBOTS), None)
    if robots is None:
        return _request(FileKind.ROBOTS, url, "/robots.txt")
    return (
        _probe(url, current, _Wanted(robots, policy.probes.due(pages), again=True), policy)
        or unknown_licence(url, current, robots, policy, now)
        or unknown_terms(site, policy, now)
        or _renewal(url, site, robots, policy, now)
    )


def unasked(
    url: Url, site: tuple[Snapshot, ...], policy: ConsentPolicy, pages: int
) -> FileRequest | None:
    """Return the file that is due and nobody ever asked of `url`'s origin, or None.

    For a page kept this is a file that the policy has come to probe for, that robots.txt has
    opened since, or that is asked of origins which have given so many `pages`. An answer's age
    is no matter here. A place that nobody knew when the others were asked is looked at with them,
    the next time.
    """
    robots = next((item for item in site if item.kind is FileKind.ROBOTS), None)
    if robots is None:
        return None
    return _probe(url, site, _Wanted(robots, policy.probes.due(pages), again=False), policy)


def _request(kind: FileKind, url: Url, path: str) -> FileRequest | None:
    target = parse(url.origin + path)
    return FileRequest(kind, target, url.origin) if target else None


class _Wanted(NamedTuple):
    robots: Snapshot
    probes: tuple[str, ...]
    again: bool  # whatever is not known is asked for, also what was not known of at the time


def _probe(
    url: Url, current: tuple[Snapshot, ...], wanted: _Wanted, policy: ConsentPolicy
) -> FileRequest | None:
    """Return the next file of the probes that is not known."""
    for probe in wanted.probes:
        for file in probes().get(probe, ()):
            kind, path = file.kind, file.path
            held = next((s for s in current if s.kind is kind and s.url == url.origin + path), None)
            if held is not None:
                if held.found is Found.ABSENT or path == "/ai.txt":
                    continue  # there is another place to look
                break
            if not wanted.again and _is_new_to(file, current):
                continue
            request = _request(kind, url, path)
            if request is not None and not _disallows(wanted.robots, request.url, policy):
                return request
    return None


def _is_new_to(file: SiteFile, current: tuple[Snapshot, ...]) -> bool:
    """Say if the file was asked for, elsewhere, before this place of it was known of."""
    return any(item.kind is file.kind and item.fetched_at < file.since for item in current)


def unknown_licence(
    url: Url,
    current: tuple[Snapshot, ...],
    robots: Snapshot,
    policy: ConsentPolicy,
    now: float,
) -> FileRequest | None:
    """Return a document that robots.txt names and of which nothing current is known."""
    held = {item.url for item in current if item.kind is FileKind.RSL}
    for text in rsl.robots_documents(Evidence(url, current), policy, now):
        target = parse(text)
        if target is None or text in held:
            continue
        if target.origin == url.origin and _disallows(robots, target, policy):
            continue
        return FileRequest(FileKind.RSL, target, "")
    return None


def unknown_terms(
    site: tuple[Snapshot, ...], policy: ConsentPolicy, now: float
) -> FileRequest | None:
    """Return a terms page of the site that nobody has asked for, or not for long.

    What robots.txt says of it is for the frontier to look up: it may lie on another host.
    """
    if policy.terms == "off":
        return None
    for item in site:
        if item.kind is FileKind.TERMS and item.expires_at <= now:
            target = parse(item.url)
            if target is not None:
                return FileRequest(FileKind.TERMS, target, "")
    return None


def _renewal(
    url: Url,
    site: tuple[Snapshot, ...],
    robots: Snapshot,
    policy: ConsentPolicy,
    now: float,
) -> FileRequest | None:
    """Return a document that only pages name and whose time is over: it may say no by now."""
    if policy.readings.of("rsl") == "log-only":
        return None
    for item in site:
        if item.kind is FileKind.RSL and item.expires_at <= now:
            target = parse(item.url)
            if target is None:
                continue
            if target.origin != url.origin or not _disallows(robots, target, policy):
                return FileRequest(FileKind.RSL, target, "")
    return None


def _disallows(robots: Snapshot, target: Url, policy: ConsentPolicy) -> bool:
    token = policy.tokens[0].lower() if policy.tokens else ""
    host = target.host
    return robots.found is Found.FOUND and robots_access.refuses(
        robots.body, target.target, token, host=host
    )


def read_file(
    request: FileRequest,
    response: Response | None,
    error: str,
    hops: int,
    now: float,
    previous: Snapshot | None = None,
) -> Snapshot:
    """Return the snapshot of a site file's final answer.

    `response` is None when none came: `error` then says why ("dns", "timeout", or "redirects"
    when there were too many). An unreachable file keeps the body of the last good copy, which
    may go on refusing but never permits.
    """
    if response is None:
        blank = Snapshot(request.kind, request.url.text, Found.UNREACHABLE, now, hops=hops)
        return _unreachable(replace(blank, error=error or "no-answer"), previous, ())
    body = unpacked(response.body, most_bytes(request.kind)) if response.body else b""
    found, why = _found(request.kind, response, body)
    snapshot = Snapshot(
        request.kind,
        request.url.text,
        found,
        now,
        status=response.status,
        content_type=response.content_type,
        final_url=response.url.text,
        hops=hops,
        error=why,
        headers=response.headers,
    )
    if response.status == 304 and previous is not None:  # noqa: PLR2004 - not modified
        # What is wrong with the copy stays wrong with it.
        snapshot = replace(snapshot, found=previous.found, error=previous.error, body=previous.body)
        found = previous.found
    elif found is Found.UNREACHABLE:
        return _unreachable(snapshot, previous, response.header_lines("retry-after"))
    elif found is Found.FOUND:
        snapshot = replace(snapshot, body=(body or b"")[: most_bytes(request.kind)])
    return replace(snapshot, expires_at=now + _lifetime(snapshot, response))


def most_bytes(kind: FileKind) -> int:
    """Return how much of a file is read: one octet more than counts, which tells a cut."""
    return _LIMITS.get(kind, _LIMIT)


def _found(kind: FileKind, response: Response, body: bytes | None) -> tuple[Found, str]:
    """Return what became of looking for a file, and what is wrong with it.

    `body` is the answer's, uncompressed; None if it is no text.
    """
    status = response.status
    ok = status in _COMPLETE
    if challenge_headers.stands_in(response.headers) or (
        ok and body and visitor_test.in_place_of(body)
    ):
        # robots.txt behind a challenge refuses the host; another file is merely unknown.
        if kind is FileKind.ROBOTS:
            return Found.CHALLENGED, "challenge"
        return Found.UNREACHABLE, "challenge"
    if status in _OVERLOADED or status >= 500:  # noqa: PLR2004 - RFC 9110 section 15.6
        return Found.UNREACHABLE, f"status-{status}"
    if status in _REFUSED and kind in {FileKind.ROBOTS, FileKind.RSL}:
        return Found.REFUSED, f"status-{status}"
    if status >= 400:  # noqa: PLR2004 - RFC 9110 section 15.5
        return Found.ABSENT, ""
    if (
        not ok
    ):  # a redirect that leads nowhere, or a part (RFC 9110 section 15.3.7) nobody asked for
        return Found.UNREACHABLE, "redirects" if status >= 300 else f"status-{status}"  # noqa: PLR2004
    if body is None and kind is FileKind.TERMS:
        return Found.ABSENT, "no-text"
    if body is None and kind is not FileKind.RSL:
        return Found.UNREACHABLE, "no-text"
    if _is_soft_404(kind, response, body or b""):
        return Found.ABSENT, "html"
    return _whole(kind, response, body or b"")


def _whole(kind: FileKind, response: Response, body: bytes) -> tuple[Found, str]:
    """Tell a file that was read to its end from one that was cut."""
    long = len(body) >= most_bytes(kind)
    if kind is FileKind.ROBOTS:  # past 500 KiB a cut is what RFC 9309 section 2.5 allows
        short = response.truncated and not long
        return (Found.UNREACHABLE, "truncated") if short else (Found.FOUND, "")
    return Found.FOUND, CUT if long or response.truncated else ""


def _is_soft_404(kind: FileKind, response: Response, body: bytes) -> bool:
    """Tell whether an error page was sent as success: looks like one, and refuses nothing."""
    if kind in {FileKind.ROBOTS, FileKind.RSL, FileKind.TERMS}:
        return False  # read by content: some servers label everything text/html
    if kind is FileKind.TDMREP:
        return not tdmrep.speaks(body)
    labelled = response.content_type in PAGE_TYPES
    if not labelled and not text_of(body).lstrip().startswith("<"):
        return False
    return not (ai_txt.speaks(body) if kind is FileKind.AI_TXT else trust_txt.speaks(body))


def _lifetime(snapshot: Snapshot, response: Response) -> float:
    if snapshot.kind is FileKind.TERMS:
        return LIFETIMES.terms
    if snapshot.kind is FileKind.RSL:
        if snapshot.found is not Found.FOUND:
            return DAY
        from crawler.core.consent import rsl_document  # noqa: PLC0415 - few sites have one

        return rsl_document.max_age_days(snapshot.body) * DAY
    if snapshot.kind is not FileKind.ROBOTS and snapshot.found is Found.ABSENT:
        return LIFETIMES.absent
    if snapshot.found in {Found.REFUSED, Found.CHALLENGED}:
        return DAY
    return min(max(_max_age(response), LIFETIMES.least), LIFETIMES.most)


def _max_age(response: Response) -> float:
    value = ", ".join(response.header_lines("cache-control"))
    match = _MAX_AGE.search(value)
    if _NO_CACHE.search(value):
        return 0.0
    return float(match[1]) if match else LIFETIMES.most


def _unreachable(snapshot: Snapshot, previous: Snapshot | None, asked: Sequence[str]) -> Snapshot:
    now = snapshot.fetched_at
    failures, since, body = 1, now, b""
    if previous is not None:
        body = previous.body
        if previous.found is Found.UNREACHABLE and not _was_given_up(previous):
            failures = failures_of(previous) + 1
            since = robots_access.unreachable_since(previous)
    wait = min(_RETRY * 2.0 ** min(failures - 1, 20), _RETRY_CAP)
    wait = max(wait, min(retry_after(asked, now) or 0.0, _RETRY_AFTER_CAP))
    if snapshot.kind is FileKind.TERMS and terms.is_given_up(snapshot.error, failures):
        wait = LIFETIMES.terms
    notes = ((robots_access.FAILURES, str(failures)), (robots_access.SINCE, repr(since)))
    return replace(snapshot, headers=(*snapshot.headers, *notes), body=body, expires_at=now + wait)


def _was_given_up(previous: Snapshot) -> bool:
    """Say whether a terms page is asked for anew, after it was taken for one not to be had."""
    return previous.kind is FileKind.TERMS and not terms.is_open(previous)
