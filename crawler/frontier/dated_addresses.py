"""Dates in addresses: a generated calendar has pages for every one of them. Pure.

A number is no date because it could be one: ids of topics, offsets and versions look alike. So
a date is believed where a parameter or the path is named for one, or if day and month are there.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final, NamedTuple

from crawler.frontier.settings import Admission

# Whole words, so that no prevention is an event; "calendar" may be part of any.
_CALENDAR: Final = re.compile(
    r"calendar|kalend[ae]r|calendri|(?<![a-z])(?:events?|agendas?|schedules?|termine?"
    r"|bookings?|eventos?|evenements?|veranstaltung(?:en)?)(?![a-z])"
)
_MONTH: Final = r"(0?[1-9]|1[0-2])(?![0-9])"
_FOUR: Final = r"([12][0-9]{3})"
# A parameter and its value; the words of a name, and those that ask for a date.
_PAIR: Final = re.compile(r"(?:^|[&;])([^=&;]{1,100})=([^&;]*)")
_WORD: Final = re.compile(r"[a-z]+")
_TIME: Final = re.compile(
    r"(?:(?:start|end|from|to|event|view|min|max|sel|cal)?(?:date|day|month|week|time)"
    r"(?:from|to|start|end)?|ym|ymd|cal|calend[a-z]*|kalend[a-z]*|events?|agenda|schedule|when|since"
    r"|until|termine?|datum|monat|mois|fecha|archive)\Z"
)
_DAY: Final = frozenset({"d", "from", "to", "start", "end"})  # or where a list goes on
# What such a parameter has: 2031-4, 2031/04/01, 203104, 20310401.
_VALUE: Final = re.compile(
    rf"(?:[a-z]{{1,9}}[-_:]?)?{_FOUR}(?:[-/_.]|%2f){_MONTH}"
    r"|((?:19|2[01])[0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])?(?![0-9])"
)
_WHOLE: Final = re.compile(
    rf"(?<![0-9]){_FOUR}(?:[-/_.]|%2f){_MONTH}(?:[-/_.]|%2f)(?:0?[1-9]|[12][0-9]|3[01])(?![0-9])"
)
_YEAR: Final = re.compile(r"(?:^|[?&;/])(?:[a-z_]*year|y|yr|annee|jahr)[=/]([0-9]{4})(?![0-9])")
_AND_MONTH: Final = re.compile(
    r"[?&;/](?:[a-z_]*month|mo|m|mois|monat|week)[=/][0-9]{1,2}(?![0-9])"
)
# In the path of a calendar; without a sign between only where it is no id of an event.
_PARTED: Final = re.compile(rf"(?<![0-9]){_FOUR}[-/_.]{_MONTH}")
_JOINED: Final = re.compile(
    r"(?:[ck]alend|kalent)[^0-9]{0,200}/(?:[^0-9/]*[-_])?"
    r"((?:19|2[01])[0-9]{2})(0[1-9]|1[0-2])(?:[0-3][0-9])?"
    r"(?![0-9])"
)
_MAYBE: Final = re.compile(r"[0-9]{4}").search


class Dated(NamedTuple):
    """The month of a URL; `named`: it says that it is one."""

    year: int
    month: int
    named: bool


def is_dated(path: str, query: str) -> bool:
    """Whether a URL is the page of a calendar for one date."""
    return (_MAYBE(path) or _MAYBE(query)) is not None and _date_of(path, query) is not None


def is_no_date(path: str, query: str, admission: Admission, now: float) -> bool:
    """Whether a URL is dated where only a generated calendar has pages."""
    found = _date_of(path, query) if _MAYBE(path) or _MAYBE(query) else None
    if found is None or not found.named:
        return False
    if found.year < admission.calendar_from:
        return True
    return _after((found.year, found.month), now + admission.calendar_ahead)


@lru_cache(maxsize=1_024)  # two rules ask in turn
def _date_of(path: str, query: str) -> Dated | None:
    lower = path.lower()
    calendar = _CALENDAR.search(lower) is not None
    if query and (found := _in_query(query.lower())):
        return found._replace(named=found.named or calendar)
    if not calendar:
        return None
    if match := _PARTED.search(lower) or _JOINED.search(lower):
        return Dated(int(match[1]), int(match[2]), named=True)
    return _of_year(lower)


def _in_query(query: str) -> Dated | None:
    for name, value in _PAIR.findall(query):
        match = _VALUE.match(value)
        if match is None:
            continue
        words = _WORD.findall(name)
        whole = match[5] or _WHOLE.match(value)
        if any(map(_TIME.match, words)) or (whole and not _DAY.isdisjoint(words)):
            return Dated(int(match[1] or match[3]), int(match[2] or match[4]), named=True)
    if match := _WHOLE.search(query):
        return Dated(int(match[1]), int(match[2]), named=False)
    return _of_year("?" + query)


def _of_year(text: str) -> Dated | None:
    match = _YEAR.search(text)
    return Dated(int(match[1]), 1, named=True) if match and _AND_MONTH.search(text) else None


def _after(month: tuple[int, int], limit: float) -> bool:
    date = datetime.fromtimestamp(min(limit, 2.5e11), UTC)
    return month > (date.year, date.month)
