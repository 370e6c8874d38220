"""One decision for one URL, on evidence that the caller holds."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, cast

from crawler.core import content
from crawler.core.consent.protocols import file_names
from crawler.core.content import document_kind
from crawler.core.content.settings import SitemapLimits
from crawler.core.document import Metadata
from crawler.core.evidence import FileKind
from crawler.core.given import (
    ABSENT,
    Absent,
    FileAnswer,
    Given,
    Judged,
    Known,
    judge_given,
    places_of,
)
from crawler.core.judge import Rules
from crawler.core.response import Headers, Response
from crawler.core.urls import Url
from crawler.core.urls import parse as parse_url
from crawler.library.forms import body_of, file_of, headers_of, status_of
from crawler.library.policy import Policy, as_policy
from crawler.library.verdict import Decision, told, undecided

if TYPE_CHECKING:
    from crawler.store.suppression import Suppression

_LARGEST = 64 * 2**20  # bytes of a page: three times what a crawl accepts
_SUPPRESSED = "policy.suppressed"


@dataclass(frozen=True, slots=True)
class Answered:
    """What is known of the page's own answer, and what is not."""

    status: int | None = None
    headers: Headers | None = None
    html: bytes | Absent | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """The parts that might refuse and are not known.

        Of an answer that is no success, the status says all.
        """
        if self.status is not None and not 200 <= self.status < 300:  # noqa: PLR2004 - RFC 9110
            return ()
        parts = {"status": self.status, "headers": self.headers, "html": self.html}
        return tuple(name for name, part in parts.items() if part is None)

    @property
    def is_unknown(self) -> bool:
        return self.status is None and self.headers is None and self.html is None


class Consent:
    """Decides under a policy. One may be used by many threads, and pickled to other processes."""

    def __init__(self, policy: Policy | str | os.PathLike[str] = "default") -> None:
        """Take a policy, or the file or preset that holds one.

        Raises:
            ValueError: The policy has faults.
            OSError, SuppressionError: Its suppression list cannot be read.
        """
        self._policy = as_policy(policy)
        content = self._policy.content
        self._rules = Rules(self._policy.consent, content, SitemapLimits(), bounded=True)
        self._suppression = _suppression_of(self._policy)
        self._turn = threading.Lock()  # the list is read on by whoever asks it

    @property
    def policy(self) -> Policy:
        return self._policy

    def decide(  # noqa: PLR0913 - one parameter a kind of evidence
        self,
        url: object,
        *,
        robots_txt: object = None,
        files: Mapping[str, object] | Absent | None = None,
        headers: object = None,
        html: object = None,
        status: object = None,
        before_request: bool = False,
        at: float | datetime | None = None,
    ) -> Decision:
        """Decide on `url`, on what is given of it.

        What is left out is unknown, and unknown is no consent (`no-evidence`); that something
        is not there is said by `ABSENT`. Nothing is fetched.

        Args:
            url: The address whole, as it was asked for.
            robots_txt: Body of the origin's robots.txt, `ABSENT`, or the status in its place.
            files: The other site files, by name ("tdmrep.json", "ai.txt", "trust.txt"), path or
                URL (of RSL documents and terms pages): bodies, `ABSENT` or statuses. `ABSENT`
                alone: none of them is there.
            headers: Field lines of the page's answer: a mapping, pairs, an object of an HTTP
                library; `ABSENT` for none.
            html: The page, as bytes or text, its content codings undone.
            status: Its HTTP status.
            before_request: Only ask whether the page may be requested: its answer is not due.
            at: When the evidence was had (seconds since the epoch, or a datetime); now if unsaid.

        Raises:
            TypeError: Something is given in a form that has no meaning.
            ValueError: A status is none.
        """
        now = _seconds(at)
        target = parse_url(_address(url))
        if target is None:
            return undecided(_shown(url), "no-url", now, self._policy.sha256)
        answer = Answered(status_of(status), headers_of(headers), body_of(html, "html"))
        if before_request and not answer.is_unknown:
            raise TypeError("before_request: give no status, headers or html of an answer")
        given = site_given(target, robots_txt, files, now)
        return self.judge(target, given, None if before_request else answer, now)

    def judge(self, url: Url, given: Known, answer: Answered | None, now: float) -> Decision:
        """Decide on evidence in the forms of the engine. Private, as they are."""
        digest = self._policy.sha256
        if self._is_suppressed(url):
            return undecided(url.text, _SUPPRESSED, now, digest)
        body = answer.html if answer is not None else None
        if isinstance(body, bytes) and len(body) > _LARGEST:
            return undecided(url.text, "too-large", now, digest)
        response = _response(url, answer) if answer is not None else None
        missing = answer.missing if answer is not None else ()
        judged = self._judged(url, given, response, missing, now)
        if isinstance(judged, str):
            return undecided(url.text, judged, now, digest)
        licence = self._licence(url, judged)
        decision = told(url.text, judged.decision, judged.unknown, licence, digest)
        if decision and response is not None and self._holds_suppressed_text(url, response):
            return undecided(url.text, _SUPPRESSED, now, digest)
        return decision

    def _judged(
        self,
        url: Url,
        given: Known,
        response: Response | None,
        missing: tuple[str, ...],
        now: float,
    ) -> Judged | str:
        """Return the judgement, or the code of what became of the process that made it."""
        try:
            return judge_given(url, given, response, self._rules, now, missing)
        except content.HeavyPage:
            pass
        from crawler.library import apart  # noqa: PLC0415 - it loads what talks to processes

        document = response is not None and document_kind(response)
        bounds = self._rules.content.documents if document else None
        free = (url, given, response, replace(self._rules, bounded=False), now, missing)
        try:
            return cast("Judged", apart.run("crawler.core.given:judge_given", free, bounds))
        except apart.Disposed as disposed:
            return disposed.code

    def _licence(self, url: Url, judged: Judged) -> str:
        if judged.page is None or not judged.page.licences:
            return ""
        from crawler.core.content.licence.confidence import believe  # noqa: PLC0415 - few claim one

        return believe(judged.page.licences, url, Metadata(), self._policy.content).spdx

    def _is_suppressed(self, url: Url) -> bool:
        if self._suppression is None:
            return False
        with self._turn:
            return bool(self._suppression.refuses_url(url))

    def _holds_suppressed_text(self, url: Url, response: Response) -> bool:
        """Look for the text, and whose it is, in what the operator's list has taken out."""
        if self._suppression is None or not self._suppression.knows_texts:
            return False
        from crawler.library.page import read_response  # noqa: PLC0415 - texts cost a model

        page = read_response(response, self._policy.content)
        with self._turn:
            return bool(self._suppression.refuses(url, page.text_sha256, page.authors))

    def __repr__(self) -> str:
        return f"Consent({self._policy!r})"

    def __reduce__(self) -> tuple[object, tuple[Policy]]:
        return Consent, (self._policy,)


def site_given(
    url: Url, robots_txt: object, files: Mapping[str, object] | Absent | None, now: float
) -> Given:
    """Return what is said of the site files of `url`'s origin.

    Raises:
        TypeError: In a form that has no meaning.
    """
    answers: dict[str, FileAnswer] = {}
    robots = file_of(robots_txt, "robots_txt")
    if robots is not None:
        answers[f"{url.origin}/{file_names()[FileKind.ROBOTS]}"] = robots
    if isinstance(files, Absent):
        return Given(now, answers, ABSENT)
    if files is None:
        return Given(now, answers)
    if not isinstance(files, Mapping):
        raise TypeError(f"files: give a mapping or ABSENT, not {type(files).__name__}")
    for name, value in files.items():
        answer = file_of(value, f"files[{name!r}]")
        if answer is None:
            continue
        first, *others = list(places_of(str(name), url.origin)) or [""]
        if not first:
            raise TypeError(f"files: {name!r} is no name of a file, path or URL")
        answers[first] = answer
        for other in others:  # one name, several places: it lies at one of them
            answers.setdefault(other, ABSENT)
    return Given(now, answers)


def _suppression_of(policy: Policy) -> Suppression | None:
    settings = policy.config.suppression
    if settings.path is None:
        return None
    from crawler.store.suppression import open_suppression  # noqa: PLC0415

    found = open_suppression(settings.path, settings.key, make=False)
    found.follow(settings.trusted_feeds())
    return found


def _response(url: Url, answer: Answered) -> Response | None:
    """Return the answer as far as it is known; None if nothing is."""
    if answer.is_unknown:
        return None
    headers = answer.headers or ()
    if not any(name == "content-type" for name, _ in headers):
        headers = (*headers, ("content-type", "text/html"))  # so it is said to be
    body = answer.html if isinstance(answer.html, bytes) else b""
    # Without a status it is read as a success; that nobody said so stays among what is missing.
    return Response(url, answer.status or 200, headers, body)


def _address(url: object) -> str:
    if isinstance(url, bytes | bytearray):
        return bytes(url).decode("utf-8", "replace")
    return url if isinstance(url, str) else "" if url is None else str(url)


def _shown(url: object) -> str:
    return _address(url)[:2_000]


def _seconds(at: float | datetime | None) -> float:
    if at is None:
        return time.time()  # noqa: TID251 - for a caller the library is where the clock is
    return at.timestamp() if isinstance(at, datetime) else float(at)
