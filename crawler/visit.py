"""THE PATH OF ONE URL: one lease, at most one request, one outcome. Read this first.

    RESOLVE   the host's addresses                                      -> Resolved
    FILE      robots.txt and the other site files, redirects as tasks   -> Learned | Moved
    SITEMAP   more addresses                                            -> Listed
    PAGE      gate 1 (again, unless passed with this very evidence)     -> Refused
              request; gate 2 at the headers, body unread               -> Refused | Moved | ...
              body, bounded; gate 3 at the document                     -> Kept | Refused | ...

No other module makes a request. What comes back is a value; the frontier and the store
record it in one transaction.
"""

from __future__ import annotations

import asyncio
import hashlib
import traceback
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from typing import cast

from crawler.core.asked_waits import retry_after
from crawler.core.consent import decide, most_bytes
from crawler.core.content import DOCUMENT_START, HeavyPage, document_kind, text_type
from crawler.core.evidence import Evidence, PageEvidence
from crawler.core.judge import (
    Rules,
    is_heavy,
    judge,
    judge_head,
    judge_site_file,
    judge_start,
    judge_unchanged,
)
from crawler.core.outcome import Failed, Outcome, Refused, Resolved
from crawler.core.pace import Timing
from crawler.core.response import Response
from crawler.core.task import Task, TaskKind
from crawler.core.urls import Url
from crawler.fetch import Answer, Body, Fetcher, FetchError
from crawler.fetch.workers import Disposed, Workers

Clock = Callable[[], float]

_NOT_MODIFIED = 304
# Real pages are judged in milliseconds, those of many megabytes in a second or two.
_APART_SECONDS = 5.0
_MOST_HELD = 8  # documents


@dataclass(frozen=True, slots=True)
class Visit:
    """What one lease came to."""

    task: Task
    outcome: Outcome
    timing: Timing
    response: Response | None = None  # the body as judged; None if no answer came


@dataclass(frozen=True, slots=True)
class Visitor:
    """Makes visits. `mark` durably notes the URL being judged, 0 for none."""

    fetch: Fetcher
    rules: Rules
    clock: Clock
    mark: Callable[[int], None]
    workers: Workers
    # Documents whose bytes are held, from their first to the end of their reading: each may have
    # tens of megabytes, and hosts enough may send one at a time.
    held: asyncio.Semaphore = field(default_factory=partial(asyncio.Semaphore, _MOST_HELD))
    bounded: Rules = field(init=False)  # for what is judged here, beside other visits

    def __post_init__(self) -> None:
        object.__setattr__(self, "bounded", replace(self.rules, bounded=True))

    async def visit(self, task: Task, stored: PageEvidence | None, *, suspect: bool) -> Visit:
        """Visit `task.url` and say what came of it; raises nothing but cancellation.

        `stored` is the evidence of the copy held, for a conditional request. `suspect`:
        a crash was seen while this URL was judged, so it is judged where that harms nobody.
        """
        started = self.clock()
        try:
            if task.kind is TaskKind.RESOLVE:
                resolved = await self._resolve(task.url)
                return Visit(task, resolved, _timing(started, self.clock()))
            # What lets through once does so for ever: time alone refuses nothing at this gate.
            if task.kind is TaskKind.PAGE and task.passed is not self.rules.policy:
                decision = decide(Evidence(task.url, task.site), self.rules.policy, started)
                if not decision:
                    return Visit(task, Refused(decision), _timing(started, started))
            return await self._request(task, stored, suspect=suspect)
        except FetchError as error:
            now = self.clock()
            return Visit(task, self._no_answer(task, error, now), _timing(started, now))
        except Exception as error:  # noqa: BLE001 - a poison page stops nothing
            return Visit(task, _bug(error), _timing(started, self.clock()))

    async def _resolve(self, url: Url) -> Resolved:
        """Return where the URL's host is; a port that is forbidden is forbidden to its own URLs."""
        try:
            return await self.fetch.resolve(url.host, url.port)
        except FetchError as error:
            if error.code != "port-forbidden":
                raise
        return await self.fetch.resolve(url.host)

    async def _request(self, task: Task, stored: PageEvidence | None, *, suspect: bool) -> Visit:
        holds = False
        try:
            answer = await self.fetch.ask(
                task.url,
                task.addresses,
                etag=task.etag if stored else "",
                last_modified=task.last_modified if stored else "",
                max_bytes=_most_bytes(task),
            )
            with closing(answer):
                response = _head(task, answer)
                outcome = judge_head(task, response, self.rules, self.clock())
                most = None
                if outcome is None and _is_to_be_told(task, response):
                    start = await answer.start(DOCUMENT_START)
                    told = judge_start(replace(response, body=start), self.rules)
                    outcome, most = (None, told) if isinstance(told, int) else (told, None)
                if outcome is None and response.status != _NOT_MODIFIED:
                    if most is not None:
                        holds = await self.held.acquire()
                    response = _with_body(response, await answer.read(most))
                else:
                    await answer.drain()
                    response = replace(response, ended_at=self.clock())
            if outcome is None:
                outcome = await self._judge(task, response, stored, suspect=suspect)
        finally:
            if holds:
                self.held.release()
        return Visit(task, outcome, _timing_of(response), response)

    async def _judge(
        self, task: Task, response: Response, stored: PageEvidence | None, *, suspect: bool
    ) -> Outcome:
        now = self.clock()
        if response.status == _NOT_MODIFIED and task.kind is TaskKind.PAGE:
            if stored is None:
                return Failed("unasked-304", retry=False)
            return judge_unchanged(task, response, stored, self.rules, now)
        if not suspect and not is_heavy(task, response):
            self.mark(task.id)
            try:
                return judge(task, response, self.bounded, now)
            except HeavyPage:
                pass
            finally:
                self.mark(0)
        return await self._judge_apart(task, response, now)

    async def _judge_apart(self, task: Task, response: Response, now: float) -> Outcome:
        """Judge where it can be ended, while other visits go on."""
        seconds, memory = _APART_SECONDS, None
        if task.kind is TaskKind.PAGE and document_kind(response):
            documents = self.rules.content.documents
            seconds, memory = documents.seconds, documents.memory
        try:
            judged = await self.workers.run(
                "crawler.core.judge:judge", (task, response, self.rules, now), seconds, memory
            )
        except Disposed as disposed:
            if task.kind is TaskKind.FILE:
                return judge_site_file(task, None, disposed.code, now)
            return Failed(disposed.code, disposed.detail, retry=False)
        return cast("Outcome", judged)

    def _no_answer(self, task: Task, error: FetchError, now: float) -> Outcome:
        if task.kind is TaskKind.FILE and error.code not in {"stale", "not-ours"}:
            return judge_site_file(task, None, error.code, now)
        return Failed(error.code, error.detail, retry=error.retry, host_fault=error.host_fault)


def _is_to_be_told(task: Task, response: Response) -> bool:
    """Say if the first bytes of a body tell what it is: servers compress what is text."""
    if task.kind is not TaskKind.PAGE or response.status == _NOT_MODIFIED:
        return False
    return not response.header("content-encoding") or text_type(response) is None


def _bug(error: Exception) -> Failed:
    return Failed("bug", f"{type(error).__name__} {_fingerprint(error)}", retry=False)


def _head(task: Task, answer: Answer) -> Response:
    return Response(
        url=task.url,
        status=answer.status,
        headers=answer.headers,
        address=answer.address,
        started_at=answer.started_at,
        first_byte_at=answer.first_byte_at,
        ended_at=answer.first_byte_at,
        http_version=answer.http_version,
    )


def _with_body(head: Response, body: Body) -> Response:
    # `replace` would take twice as long.
    return Response(
        head.url,
        head.status,
        head.headers,
        body.data,
        body.truncated,
        body.wire_bytes,
        head.address,
        head.started_at,
        head.first_byte_at,
        body.ended_at,
        head.http_version,
    )


def _most_bytes(task: Task) -> int | None:
    return None if task.file is None else most_bytes(task.file)


def _timing_of(response: Response) -> Timing:
    asked = response.header_lines("retry-after")
    wait = retry_after(asked, response.ended_at) or 0.0 if asked else 0.0
    return Timing(response.started_at, response.first_byte_at, response.ended_at, wait)


def _timing(started: float, ended: float) -> Timing:
    return Timing(started, ended, ended)


def _fingerprint(error: Exception) -> str:
    """Return a short hash of where it happened, so that equal bugs are counted together."""
    frames = traceback.extract_tb(error.__traceback__)
    where = "|".join(f"{frame.filename}:{frame.lineno}" for frame in frames[-3:])
    return hashlib.sha256(where.encode()).hexdigest()[:12]
