"""Site files among what others captured: each as a crawl would have stored its answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from crawler.core.consent.protocols import probes
from crawler.core.decision import Found
from crawler.core.evidence import FileKind, Snapshot
from crawler.core.judge import judge_site_file
from crawler.core.response import Response
from crawler.core.task import Task, TaskKind
from crawler.core.urls import Url, parse

_MOVED = frozenset({301, 302, 303, 307, 308})
_HOPS = 5  # redirects of a site file that are followed (RFC 9309 section 2.3.1.2)
_RSL = re.compile(rb"<(?:[a-z]+:)?rsl[\s>]", re.IGNORECASE)
_LOOKED_AT = 4_096


@dataclass(frozen=True, slots=True)
class Captured:
    """A site file that was captured: for whom it speaks ("" for a document), and its answer."""

    origin: str
    snapshot: Snapshot
    moved_to: str = ""  # it was a redirect: what it led to is to be found among the others


@cache
def _kinds() -> Mapping[str, FileKind]:
    kinds = {file.path: file.kind for files in probes().values() for file in files}
    return {**kinds, "/robots.txt": FileKind.ROBOTS}


def kind_of(url: Url) -> FileKind | None:
    """Return which of an origin's site files lies at a URL, None for any other URL."""
    return _kinds().get(url.target)


def captured(url: Url, answer: Response, at: float) -> Captured | None:
    """Return the site file that an answer is, None if it is none. `at`: when it was captured."""
    kind = kind_of(url)
    if answer.truncated and not answer.body and answer.status < 300:  # noqa: PLR2004 - success
        return None  # what cannot be read says nothing, and is no file without rules
    if kind is not None:
        location = answer.header("location")
        target = parse(location, url) if location and answer.status in _MOVED else None
        return Captured(
            url.origin, read(kind, url, answer, at), target.text if target is not None else ""
        )
    if "rsl+xml" in answer.content_type or _RSL.search(answer.body[:_LOOKED_AT]):
        return Captured("", read(FileKind.RSL, url, answer, at))
    return None


def read(kind: FileKind, url: Url, answer: Response, at: float) -> Snapshot:
    """Return an answer as the snapshot of a site file, which is never fresh."""
    origin = "" if kind in {FileKind.RSL, FileKind.TERMS} else url.origin
    task = Task(0, url, TaskKind.FILE, (), (), kind, origin, asked=url.text)
    snapshot = judge_site_file(task, answer, "", at).snapshot
    return replace(snapshot, fetched_at=at, expires_at=at)


def settled(files: Iterable[Captured]) -> list[Captured]:
    """Return the files with redirects followed to what they led to, as far as that was captured.

    Of a redirect into the unknown nothing is known, so it says nothing.
    """
    listed = list(files)
    answers: dict[str, list[Captured]] = {}
    for item in listed:
        answers.setdefault(item.snapshot.url, []).append(item)
    found = []
    for item in listed:
        last = _followed(item, answers)
        if last is not None:
            found.append(last)
    return found


def _followed(item: Captured, answers: Mapping[str, list[Captured]]) -> Captured | None:
    last, at = item, item.snapshot.fetched_at
    for hops in range(_HOPS + 1):
        if not last.moved_to:
            if last is item:
                return item
            snapshot = replace(
                last.snapshot, url=item.snapshot.url, fetched_at=at, expires_at=at, hops=hops
            )
            return Captured(item.origin, snapshot)
        # Of several answers the one of the same time: a tool follows at once.
        known = answers.get(last.moved_to, [])
        if not known:
            return None
        last = min(known, key=lambda other: abs(other.snapshot.fetched_at - at))
    return Captured(item.origin, replace(item.snapshot, found=Found.UNREACHABLE, error="redirects"))
