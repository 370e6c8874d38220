"""Dates as data sets write them, in seconds since the epoch.

ISO 8601 in whole and in part, fourteen digits (CDX), HTTP dates, seconds and milliseconds since
the epoch, names of Common Crawl's crawls (`CC-MAIN-2024-22`: the week they are named for).
A date that names a span ends with it: evidence of the same day is not later than such a date.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache

_ISO = re.compile(
    r"(\d{4})(?:-?(\d\d)(?:-?(\d\d)(?:[T _]?(\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)?"
    r"\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?)?)?",
    re.IGNORECASE,
)
_DUMP = re.compile(r"CC-MAIN-(\d{4})-(\d\d)", re.IGNORECASE)
_NUMBER = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}|\d{15,16}|\d{18,19}")
_LATEST = 4_102_444_800.0  # the year 2100: what is later is no date
_LAST_SECOND = timedelta(seconds=1)


def read_date(value: object) -> float | None:
    """Return a date in seconds since the epoch, None if it cannot be read as one."""
    if isinstance(value, str):
        return _of_text(value.strip())
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).timestamp()
    if isinstance(value, date):
        return _end(value + timedelta(days=1))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_text(str(int(value))) if value == value and abs(value) < 1e20 else None  # noqa: PLR0124, PLR2004 - not a number; no date has more digits
    return None


@lru_cache(maxsize=65_536)
def _of_text(text: str) -> float | None:
    if _NUMBER.fullmatch(text):
        seconds = float(text)
        while seconds > _LATEST * 10:
            seconds /= 1_000
        return seconds if seconds <= _LATEST else None
    try:
        if match := _ISO.fullmatch(text):
            return _of_parts(match)
        if match := _DUMP.search(text):
            monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
            return _end(monday + timedelta(days=7))
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def _of_parts(match: re.Match[str]) -> float:
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    if month is None:
        return _end(date(int(year) + 1, 1, 1))
    if day is None:
        first = date(int(year), int(month), 1)
        return _end((first + timedelta(days=31)).replace(day=1))
    on = date(int(year), int(month), int(day))
    if hour is None:
        return _end(on + timedelta(days=1))
    at = datetime.combine(on, time(int(hour), int(minute), min(int(second or 59), 59)), UTC)
    stamp = at.timestamp() + float(f"0.{fraction or 0}")
    if zone and zone[0] in "+-":
        hours, minutes = int(zone[1:3]), int(zone[3:].lstrip(":") or 0)
        shift = hours * 3_600 + minutes * 60
        stamp += -shift if zone[0] == "+" else shift
    return stamp


def _end(of: date) -> float:
    """Return the last second before a day."""
    return (datetime.combine(of, time(), UTC) - _LAST_SECOND).timestamp()
