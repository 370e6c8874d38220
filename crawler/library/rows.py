"""Decisions on rows that others collected: mappings in, the same with consent out."""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from crawler.core.given import Absent, Given, Known
from crawler.core.urls import Url
from crawler.core.urls import parse as parse_url
from crawler.library.consent import Answered, Consent, site_given
from crawler.library.forms import body_of, headers_of, is_unknown, status_of
from crawler.library.job import Job
from crawler.library.policy import Policy
from crawler.library.verdict import Decision, undecided

T = TypeVar("T")

# A column's name, or what holds for every row (`ABSENT`; for the status, a number).
Column = str | Absent | int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which columns hold what. "metadata.url" is a field within one, also where that is JSON."""

    url: str = "url"
    robots_txt: Column = None
    files: Column = None
    headers: Column = None
    html: Column = None
    status: Column = None

    @property
    def has_answer(self) -> bool:
        """Say whether rows hold the page's own answer: then what is missing of it is unknown."""
        return any(item is not None for item in (self.headers, self.html, self.status))

    @property
    def has_site(self) -> bool:
        return self.robots_txt is not None or self.files is not None


class RowScreen:
    """Decides on one row after the other. It can be pickled: each process opens what it needs."""

    def __init__(
        self,
        consent: Consent,
        columns: Columns,
        job: Job | None = None,
        at: float | None = None,
    ) -> None:
        if job is None and not columns.has_site:
            raise TypeError(
                "nothing tells what the sites said: give `job`, or columns `robots_txt` and `files`"
            )
        self.columns = columns
        self._consent = consent
        self._job = job
        self._at = at
        age = consent.policy.config.recheck.site_age
        self._known: Known | None = None
        if job is not None:
            self._known = job.evidence((at if at is not None else _now()) - age)

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return RowScreen, (self._consent, self.columns, self._job, self._at)

    def decide(self, row: Mapping[str, Any]) -> Decision:
        """Return the decision on a row; whatever is in it, this does not raise for it.

        Raises:
            TypeError: It is no mapping.
            JobError: The job cannot be read.
        """
        if not isinstance(row, Mapping):
            raise TypeError(f"a row must be a mapping of columns, not {type(row).__name__}")
        now = self._at if self._at is not None else _now()
        text = field_of(row, self.columns.url)
        target = parse_url(text) if isinstance(text, str) else None
        if target is None:
            shown = text[:2_000] if isinstance(text, str) else ""
            return undecided(shown, "no-url", now, self._consent.policy.sha256)
        answer = self._answer(row) if self.columns.has_answer else None
        return self._consent.judge(target, self._site(row, target, now), answer, now)

    def _site(self, row: Mapping[str, Any], url: Url, now: float) -> Known:
        if self.columns.has_site:
            robots = _value(row, self.columns.robots_txt)
            files = _value(row, self.columns.files)
            if isinstance(files, str):
                files = _json(files)
            given = _or_unknown(lambda: site_given(url, robots, files, now))
            if given is None:  # one of the two has no form that is known: neither is believed
                return Given(now)
            if self._known is None or given.answers or given.rest is not None:
                return given
        return self._known if self._known is not None else Given(now)

    def _answer(self, row: Mapping[str, Any]) -> Answered:
        columns = self.columns
        return Answered(
            _or_unknown(lambda: status_of(_value(row, columns.status))),
            _or_unknown(lambda: headers_of(_value(row, columns.headers))),
            _or_unknown(lambda: body_of(_value(row, columns.html), "html")),
        )


class Screening(Iterator[dict[str, Any]]):
    """The rows that may be used, one at a time. `counts` has every row so far, by its reason."""

    def __init__(
        self, rows: Iterable[Mapping[str, Any]], screen: RowScreen, *, annotate: bool
    ) -> None:
        self.counts: Counter[str] = Counter()
        self._rows = iter(rows)
        self._screen = screen
        self._annotate = annotate

    def __next__(self) -> dict[str, Any]:
        for row in self._rows:
            decision = self._screen.decide(row)
            self.counts[decision.reason] += 1
            if decision or self._annotate:
                return {**row, **decision.columns()}
        raise StopIteration


def screen_rows(  # noqa: PLR0913 - one parameter a column
    rows: Iterable[Mapping[str, Any]],
    consent: Consent | Policy | str | os.PathLike[str] = "default",
    *,
    job: Job | str | os.PathLike[str] | None = None,
    url: str = "url",
    robots_txt: Column = None,
    files: Column = None,
    headers: Column = None,
    html: Column = None,
    status: Column = None,
    annotate: bool = False,
    at: float | None = None,
) -> Screening:
    """Yield the rows that may be used, each with the columns `consent_*`.

    A row's site is judged on what `job` learned of it, or on its own columns `robots_txt` and
    `files`; its page on its columns `headers`, `html` and `status`, if any of them is named. What
    is not there is unknown, and refuses as `no-evidence`; a row without an address as `no-url`.

    Args:
        rows: Mappings of any kind; they are not changed.
        consent: Under which policy.
        job: Folder of a job that crawled these sites, or collected their files.
        url: Name of the column with the address; "metadata.url" is a field within one.
        robots_txt: Name of a column, as each that follows; or what holds for every row, `ABSENT`.
        files: Mappings, or JSON of them, as `Consent.decide` takes them.
        headers: Field lines, in any form that `Consent.decide` takes.
        html: The pages.
        status: Their HTTP statuses; a number holds for every row.
        annotate: Yield the others, too, with their reason.
        at: As of when is decided (seconds since the epoch); now if unsaid.

    Raises:
        TypeError: Nothing tells what the sites said, or a row is no mapping.
        JobError: The job cannot be read.
    """
    columns = Columns(
        url=url, robots_txt=robots_txt, files=files, headers=headers, html=html, status=status
    )
    return Screening(rows, row_screen(consent, columns, job, at), annotate=annotate)


def row_screen(
    consent: Consent | Policy | str | os.PathLike[str],
    columns: Columns,
    job: Job | str | os.PathLike[str] | None,
    at: float | None,
) -> RowScreen:
    """Return what decides on rows; see `screen_rows`."""
    whose = consent if isinstance(consent, Consent) else Consent(consent)
    held = job if job is None or isinstance(job, Job) else Job.open(job)
    return RowScreen(whose, columns, held, at)


def field_of(row: Mapping[str, Any], name: str) -> object:
    """Return what a column holds, or a field within one; None if there is none."""
    if name in row:
        return row[name]
    first, _, rest = name.partition(".")
    inner = row.get(first) if rest else None
    if isinstance(inner, str):
        inner = _json(inner)
    return field_of(inner, rest) if isinstance(inner, Mapping) else None


def _value(row: Mapping[str, Any], column: Column) -> Any:  # noqa: ANN401 - whatever a row holds
    value = field_of(row, column) if isinstance(column, str) else column
    return None if is_unknown(value) else value


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _or_unknown(read: Callable[[], T]) -> T | None:
    """Return what can be read of a value, None if it has no form that is known."""
    try:
        return read()
    except (TypeError, ValueError):
        return None


def _now() -> float:
    return time.time()  # noqa: TID251 - for a caller the library is where the clock is
