"""Dates in addresses: a generated calendar has pages for every one of them. Pure.

A number is no date because it could be one: ids of topics, offsets and versions look alike. So
a date is believed where a parameter or the path is named for one, or if day and month are there.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from crawler.frontier.settings import Admission

# Whole words, so that no prevention is an event; "calendar" may be part of any.
_CALENDAR: Final = re.compile(
    r"calendar|kalend[ae]r|calendri|kalendern|(?<![a-z])(?:events?|agendas?|schedules?|termine?"
    r"|bookings?|eventos?|evenements?|veranstaltung(?:en)?)(?![a-z])"
)
_MONTH: Final = r"(0[1-9]|1[0-2]|[1-9])(?![0-9])"
# What follows the name of a date: 2031-4, 2031/04/01, 203104, 20310401.
_VALUE: Final = re.compile(
    rf"[a-z]{{0,9}}[-_:]?([0-9]{{4}})(?:[-/_.]|%2f){_MONTH}"
    r"|([0-9]{4})(0[1-9]|1[0-2])(?:(?:0[1-9]|[12][0-9]|3[01]))?(?![0-9])"
)
_NAMED: Final = re.compile(
    r"(?:^|[&;])(?=[^=&;]*(?:date|month|monat|mois|cal|day|tag|ym|week|archive|since|until|when))"
    r"[^=&;]*=([^&;]*)"
)
_WHOLE: Final = re.compile(
    r"(?<![0-9])([12][0-9]{3})(?:[-/_.]|%2f)(0[1-9]|1[0-2])(?:[-/_.]|%2f)"
    r"(?:0[1-9]|[12][0-9]|3[01])(?![0-9])"
)
_YEAR: Final = re.compile(r"(?:^|[?&;/])(?:[a-z_]*year|y|yr|annee|jahr)[=/]([0-9]{4})(?![0-9])")
_AND_MONTH: Final = re.compile(
    r"[?&;/](?:[a-z_]*month|mo|m|mois|monat|week)[=/][0-9]{1,2}(?![0-9])"
)
# In the path of a calendar; without a sign between only where it is no id of an event.
_PARTED: Final = re.compile(rf"(?<![0-9])([0-9]{{4}})[-/_.]{_MONTH}(?![0-9])")
_JOINED: Final = re.compile(
    r"(?:calend|kalend)[^0-9]*/(?:[^0-9/]*[-_])?((?:19|20)[0-9]{2})(0[1-9]|1[0-2])(?:[0-3][0-9])?"
    r"(?![0-9])"
)


_MAYBE: Final = re.compile(r"[0-9]{4}").search


def is_dated(path: str, query: str) -> bool:
    """Whether a URL is the page of a calendar for one date."""
    return (_MAYBE(path) or _MAYBE(query)) is not None and _date_of(path, query) is not None


def is_no_date(path: str, query: str, admission: Admission, now: float) -> bool:
    """Whether a URL is dated where only a generated calendar has pages."""
    found = _date_of(path, query) if _MAYBE(path) or _MAYBE(query) else None
    if found is None or found[0] < 1000:  # noqa: PLR2004 - four digits
        return False
    return found[0] < admission.calendar_from or _after(found, now + admission.calendar_ahead)


@lru_cache(maxsize=1_024)  # two rules ask in turn
def _date_of(path: str, query: str) -> tuple[int, int] | None:
    """Return the year and month a URL is dated with."""
    if query and (found := _in_query(query.lower())):
        return found
    lower = path.lower()
    if not _CALENDAR.search(lower):
        return None
    if match := _PARTED.search(lower) or _JOINED.search(lower):
        return int(match[1]), int(match[2])
    return _of_year(lower)


def _in_query(query: str) -> tuple[int, int] | None:
    for value in _NAMED.findall(query):
        if match := _VALUE.match(value):
            return int(match[1] or match[3]), int(match[2] or match[4])
    if match := _WHOLE.search(query):
        return int(match[1]), int(match[2])
    return _of_year("?" + query)


def _of_year(text: str) -> tuple[int, int] | None:
    match = _YEAR.search(text)
    return (int(match[1]), 1) if match and _AND_MONTH.search(text) else None


def _after(month: tuple[int, int], limit: float) -> bool:
    date = datetime.fromtimestamp(min(limit, 2.5e11), UTC)
    return month > (date.year, date.month)
