"""What a row's own record says: status, headers and HTML, read once, and no text made."""

from __future__ import annotations

import os
from functools import cache
from typing import cast

from crawler.core.consent.prose.lexicon import lexicon
from crawler.core.content import HeavyPage, document_kind
from crawler.core.evidence import PageEvidence
from crawler.core.given import Read, read_response, warm_up
from crawler.core.judge import Rules
from crawler.core.response import Response
from crawler.core.urls import Url
from crawler.fetch.workers import Disposed, Workers, loop_for_workers
from crawler.inputs import Row

_SECONDS = 5.0  # of a page that takes long, as in a crawl


class PageReader:
    """Reads records; a page that may take long is read in a process that can be ended."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules

    def read(self, url: Url, answer: Response) -> Read:
        """Return what the gates ask of an answer; one that cannot be read says so."""
        try:
            read = read_response(url, answer, self._rules)
        except HeavyPage:
            return self._apart(url, answer)
        except Exception:  # noqa: BLE001 - a poison page stops nothing
            return Read(PageEvidence(answer.status), "bug")
        undone = answer.truncated and not answer.body  # its coding could not be undone
        return Read(read.page, "unread") if undone and read.body == "empty" else read

    def _apart(self, url: Url, answer: Response) -> Read:
        rules = Rules(self._rules.policy, self._rules.content, self._rules.sitemap)
        try:
            return _apart().read(url, answer, rules)
        except Disposed as disposed:
            return Read(PageEvidence(answer.status), disposed.code)


def warm_reading() -> None:
    """Load what reading pages takes, before a process is forked that is to read some."""
    warm_up()
    lexicon(latin=True)


class _Apart:
    """The processes for pages that may take long. They end with this one at the latest."""

    def __init__(self) -> None:
        self._loop = loop_for_workers()
        warm_up()  # else each of them would load what it takes
        self._workers = Workers("crawler.core.given:warm_up", most=1, forked=True)

    def read(self, url: Url, answer: Response, rules: Rules) -> Read:
        seconds, memory = _SECONDS, None
        if document_kind(answer):
            seconds, memory = rules.content.documents.seconds, rules.content.documents.memory
        what = "crawler.core.given:read_response"
        work = self._workers.run(what, (url, answer, rules), seconds, memory)
        return cast("Read", self._loop.run_until_complete(work))

    def close(self) -> None:
        self._loop.run_until_complete(self._workers.close())
        self._loop.close()


@cache
def _apart() -> _Apart:
    """Return this process's own."""
    return _Apart()


# Those of the process that forked this one answer to it alone.
os.register_at_fork(after_in_child=_apart.cache_clear)


def end_reading_apart() -> None:
    """End the processes for pages that may take long, if there are any."""
    if _apart.cache_info().currsize:
        _apart().close()
        _apart.cache_clear()


def response_of(row: Row, url: Url) -> Response | None:
    """Return the answer that a row holds, None if it holds none."""
    answer = row.answer
    if answer is None or row.kind == "revisit":
        return None
    date = row.date or 0.0
    return Response(
        url,
        answer.status,
        answer.headers,
        answer.body,
        truncated=answer.truncated,
        wire_bytes=len(answer.body),
        started_at=date,
        first_byte_at=date,
        ended_at=date,
    )
