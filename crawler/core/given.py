"""Evidence that others collected, in the forms in which they have it, and the decision on it.

The gates are those of a crawl (`judge`, `consent.decide`); what a crawl would still have to ask
for is *unknown* here, and unknown is no consent: then the reason is `no-evidence`, unless what is
known refuses already. That something was looked for and is not there is said, by `ABSENT`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Final, Protocol, TypeAlias

from crawler.core import content
from crawler.core.consent import FileRequest, decide, next_file
from crawler.core.consent.protocols import file_names, probes
from crawler.core.content import document_kind, text_type
from crawler.core.content.documents.contents import TOO_LARGE
from crawler.core.decision import Decision
from crawler.core.evidence import Evidence, FileKind, PageEvidence, Snapshot
from crawler.core.judge import Rules, is_heavy, judge_head, judge_site_file
from crawler.core.outcome import Failed, Learned, Missing, Moved, Refused, Skipped
from crawler.core.policy import ConsentPolicy
from crawler.core.response import Headers, Response, kept_headers
from crawler.core.task import Task, TaskKind
from crawler.core.urls import Url
from crawler.core.urls import parse as parse_url

NO_EVIDENCE = "no-evidence"
HEAD = "head"
# Of these nothing is read that could refuse: a body that is still compressed.
_PACKED = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd")
_PAGES = frozenset({200, 203})  # statuses whose body is a page (RFC 9110 section 15.3)
_MANY = 1 << 30  # pages of an origin: it has given enough for every file to be due
_TYPES = {
    FileKind.TDMREP: "application/json",
    FileKind.RSL: "application/rsl+xml",
    FileKind.TERMS: "text/html",
}


class Absent(Enum):
    """What was looked for and is not there."""

    ABSENT = "absent"

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = Absent.ABSENT

# A body, that there is none, or the HTTP status that came in its place.
FileAnswer: TypeAlias = bytes | Absent | int


class Known(Protocol):
    """Whoever knows what the files of sites said."""

    def speaking(self, url: Url) -> tuple[Snapshot, ...]:
        """Return what is known to speak for the origin of `url`."""
        ...

    def of(self, request: FileRequest) -> Snapshot | None:
        """Return what a file said that is asked for beside it; None if that is not known."""
        ...

    def pages(self, url: Url) -> int:
        """Return how many pages the origin has given: some files are due only then."""
        ...


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of the site files of one origin: each by the URL it is asked for at.

    `rest` is what is known of every other but robots.txt: ABSENT, or None for nothing.
    """

    at: float  # when they were read, seconds since the epoch
    answers: Mapping[str, FileAnswer] = field(default_factory=dict)
    rest: Absent | None = None

    def speaking(self, url: Url) -> tuple[Snapshot, ...]:
        """Return the files of the protocols that were given, asked for by the policy or not."""
        kinds = {file.path: file.kind for files in probes().values() for file in files}
        kinds["/robots.txt"] = FileKind.ROBOTS
        found = []
        for text in sorted(self.answers):
            target = parse_url(text)
            if target is not None and target.origin == url.origin and target.target in kinds:
                request = FileRequest(kinds[target.target], target, url.origin)
                found.append(file_snapshot(request, self.answers[text], self.at))
        return tuple(found)

    def of(self, request: FileRequest) -> Snapshot | None:
        """Return what a file said, if that was given."""
        rest = None if request.kind is FileKind.ROBOTS else self.rest
        answer = self.answers.get(request.url.text, rest)
        return None if answer is None else file_snapshot(request, answer, self.at)

    def pages(self, url: Url) -> int:
        """Return a number for which every file is due: nobody counted."""
        del url
        return _MANY


@dataclass(frozen=True, slots=True)
class Judged:
    """A decision on what was given, and what was not: names and URLs."""

    decision: Decision
    site: tuple[Snapshot, ...] = ()
    page: PageEvidence | None = None
    unknown: tuple[str, ...] = ()


def places_of(name: str, origin: str) -> Iterator[str]:
    """Yield the URLs that a name means: a file of the protocols (all its places), a path, a URL."""
    if "://" in name:
        target = parse_url(name)
        if target is not None:
            yield target.text
        return
    files = probes().get(name) or probes().get(_PROBES.get(name, ""))
    if files and not name.startswith("/"):
        yield from (origin + file.path for file in files)
    else:
        yield f"{origin}/{name.lstrip('/')}"


_PROBES = {"tdmrep.json": "tdmrep"}


def snapshots(
    url: Url, known: Known, policy: ConsentPolicy
) -> tuple[tuple[Snapshot, ...], tuple[str, ...]]:
    """Return what speaks for `url`'s origin, and the files a crawl would still ask for.

    Nothing is missed where what is known refuses: then nobody would ask for more.
    """
    site = list(map(_lasting, known.speaking(url)))
    pages = known.pages(url)
    supposed: list[Snapshot] = []
    unknown: list[str] = []
    while True:
        request = next_file(url, (*site, *supposed), policy, 0.0, pages)
        if request is None or any(item.url == request.url.text for item in (*site, *supposed)):
            return tuple(site), tuple(unknown)
        found = known.of(request)
        if found is None:
            unknown.append(_name_of(request))
            supposed.append(_lasting(file_snapshot(request, ABSENT, 0.0)))
        else:
            site.append(_lasting(found))


def _lasting(snapshot: Snapshot) -> Snapshot:
    """Return a file as it stood: whoever decides on it does not ask again when it is too old."""
    return replace(snapshot, expires_at=math.inf)


def _name_of(request: FileRequest) -> str:
    named = request.kind in {FileKind.RSL, FileKind.TERMS}
    return request.url.text if named else file_names()[request.kind]


def file_snapshot(request: FileRequest, answer: FileAnswer, at: float) -> Snapshot:
    """Return a site file as the crawl would have stored that answer."""
    status, body = 200, b""
    if isinstance(answer, bytes):
        body = answer
    else:
        status = 404 if answer is ABSENT else int(answer)
    headers = (("content-type", _TYPES.get(request.kind, "text/plain")),)
    task = Task(0, request.url, TaskKind.FILE, (), (), request.kind, request.origin)
    learned: Learned = judge_site_file(task, Response(request.url, status, headers, body), "", at)
    return learned.snapshot


def judge_given(
    url: Url,
    known: Known,
    answer: Response | None,
    rules: Rules,
    now: float,
    missing: Iterable[str] = (),
) -> Judged:
    """Decide as of `now` on what was given; `answer` is the page's, None before a request.

    `missing` names what of the page's answer is not known.

    Raises:
        HeavyPage: By `rules.bounded`, for an answer that may take long: decide where it can be
            ended.
    """
    policy = rules.policy
    site, unknown = snapshots(url, known, policy)
    decision, page = judge_answer(url, site, answer, rules, now)
    lacking = [*unknown, *missing]
    if answer is not None and answer.body.startswith(_PACKED):
        lacking.append("html (it is compressed still)")
    asked = {item.url for item in site}
    while not decision.refused and (named := [x for x in decision.awaiting if x not in asked]):
        # Documents that the page itself names: what they say may be known, too.
        asked.update(named)
        found, still = _late(named, set(decision.wanted), known)
        lacking += still
        if not found:
            break
        site = (*site, *found)
        decision = decide(Evidence(url, site, page), policy, now)
    if lacking and (decision.included or not decision.refused or decision.reason in _SILENCE):
        decision = replace(decision, included=False, reason=NO_EVIDENCE, deciding=None)
    elif decision.awaiting and not decision.refused:
        decision = replace(decision, included=False, reason=NO_EVIDENCE, deciding=None)
        lacking += [item for item in decision.awaiting if item not in lacking]
    unknown = tuple(dict.fromkeys(lacking)) if decision.reason == NO_EVIDENCE else ()
    return Judged(decision, site, page, unknown)


# Refusals for want of a word, which what is unknown might hold.
_SILENCE = frozenset({"policy.unset", "licence.class", "robots.not-sought", "empty"})


def _late(
    named: list[str], terms: set[str], known: Known
) -> tuple[tuple[Snapshot, ...], list[str]]:
    found: list[Snapshot] = []
    still: list[str] = []
    for text in named:
        target = parse_url(text)
        kind = FileKind.TERMS if text in terms else FileKind.RSL
        snapshot = known.of(FileRequest(kind, target, "")) if target is not None else None
        if snapshot is None:
            still.append(text)
        else:
            found.append(_lasting(snapshot))
    return tuple(found), still


@dataclass(frozen=True, slots=True)
class Read:
    """What of a page's answer the gates ask: all that is stored of it, and no text.

    `body` is the code of what becomes of it whatever its owner says: `empty`, `type`, `moved`
    by a refresh that is to be followed at once, that of a document without text; "" of a page.
    `head`: nothing but status and headers is known, and that is all that is decided on.
    """

    page: PageEvidence
    body: str = ""


def read_head(answer: Response) -> PageEvidence:
    """Return what an answer says before its body is looked at."""
    return PageEvidence(
        answer.status, kept_headers(answer.headers), content_type=answer.content_type
    )


def read_response(url: Url, answer: Response, rules: Rules) -> Read:
    """Read a page's answer once, so that it can be decided on under any site evidence.

    Raises:
        HeavyPage: By `rules.bounded`; see `judge_given`.
    """
    head = read_head(answer)
    task = Task(0, url, TaskKind.PAGE, ())
    if rules.bounded and is_heavy(task, answer):
        raise content.HeavyPage
    kind = document_kind(answer)
    if answer.status not in _PAGES or not (kind or text_type(answer)):
        return Read(head)
    if kind and answer.truncated:
        return Read(head, TOO_LARGE)
    if not answer.body and not answer.header("refresh"):
        return Read(head, "empty")
    page = content.parse(answer, bounded=rules.bounded, settings=rules.content)
    refresh = page.refresh
    code = "moved" if refresh is not None and refresh.at_once else ""
    if page.contents is not None:
        code = page.contents.problem or code
    return Read(page.evidence(alone=True), code or ("type" if page.kind is None else ""))


def warm_up() -> None:
    """Read one page of ours, so that what reads the first of others' is loaded."""
    url = Url("http://warm.test/", "http", "warm.test", 80, "/")
    text = b"<!doctype html><title>Words</title><main><p>A few words of plain text."
    content.parse(
        Response(url, 200, (("content-type", "text/html; charset=utf-8"),), text)
    ).evidence()


def judge_read(
    url: Url,
    site: tuple[Snapshot, ...],
    read: Read | None,
    rules: Rules,
    now: float,
    decided: Decision | None = None,
) -> tuple[Decision, PageEvidence | None]:
    """Pass a URL, and what was read of its answer if there is one, through the gates.

    A no that is no owner's has the code of its outcome for a reason: `moved`, `type`, `empty`.
    `decided`: what the site's evidence alone says, if that is known.
    """
    decision = decide(Evidence(url, site), rules.policy, now) if decided is None else decided
    if read is None or decision.refused:
        return decision, None
    page = read.page
    task = Task(0, url, TaskKind.PAGE, (), site)
    headers = page.headers
    if page.content_type and all(name != "content-type" for name, _ in headers):
        headers = (*headers, ("content-type", page.content_type))
    outcome = judge_head(task, Response(url, page.status, headers), rules, now)
    if isinstance(outcome, Refused):
        return outcome.decision, outcome.evidence
    if outcome is not None or not page.read:
        head = replace(page, carriers=(), licences=(), read=False)
        decision = decide(Evidence(url, site, head), rules.policy, now)
        if outcome is None and read.body == HEAD:
            return decision, head
        return _no(decision, outcome or Skipped(read.body or "unread")), head
    decision = decide(Evidence(url, site, page), rules.policy, now)
    if read.body and not (decision.refused or (read.body == "moved" and decision.nofollow)):
        decision = _no(decision, Skipped(read.body))
    return decision, page


def judge_answer(
    url: Url, site: tuple[Snapshot, ...], answer: Response | None, rules: Rules, now: float
) -> tuple[Decision, PageEvidence | None]:
    """Do both for one answer; no text is made.

    Raises:
        HeavyPage: By `rules.bounded`; see `judge_given`.
    """
    decision = decide(Evidence(url, site), rules.policy, now)
    if answer is None or decision.refused:
        return decision, None
    return judge_read(url, site, read_response(url, answer, rules), rules, now)


def _no(decision: Decision, outcome: object) -> Decision:
    """Return the no of an outcome that keeps nothing, unless the decision says no itself."""
    if not decision.included:
        return decision
    code = "type"
    match outcome:
        case Moved():
            code = "moved"
        case Missing():
            code = "http.gone"
        case Failed(code=failed):
            code = failed
        case Skipped(code=skipped):
            code = skipped
    return replace(decision, included=False, reason=code, deciding=None)


def header_lines(headers: Iterable[tuple[str, str]]) -> Headers:
    """Return field lines as the gates read them: names in lower case, no line breaks."""
    return tuple(
        (name.strip().lower(), " ".join(value.split("\n")).strip()) for name, value in headers
    )
