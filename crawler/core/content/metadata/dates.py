"""Dates as pages write them, to ISO 8601."""

from __future__ import annotations

import re
from datetime import date
from email.utils import parsedate_to_datetime

_LONGEST = 100  # characters
_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|[+-]\d{2}:?\d{2})?))?"
)
_MONTH_OR_YEAR = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?\Z")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T\d{4,6}Z?)?\Z")
_YEAR_FIRST = re.compile(r"(\d{4})\s?[/.年-]\s?(\d{1,2})\s?[/.月-]\s?(\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(
    r"(?:[A-Za-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?\.?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})\b"
)
_MONTH_FIRST = re.compile(
    r"(?:[A-Za-z]+,\s+)?([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b"
)
_MAIL = re.compile(r"[A-Za-z]{3}, \d{1,2} [A-Za-z]{3} \d{4} \d{2}:\d{2}")
_MONTHS = """
january february march april may june july august september october november december
"""
_NAMES = _MONTHS.split()
_FIRST_YEAR = 1400  # before it stand only the defaults of systems


def iso(text: str) -> str:
    """Return a date, with its time if it states one, as ISO 8601; "" if it is in no known form.

    Forms in which day and month could be swapped are not read.
    """
    text = text.strip()[:_LONGEST]
    if found := _ISO.match(text):
        day = _day(*found.groups()[:3])
        return f"{day}T{found[4].strip()}" if day and found[4] else day
    if _MONTH_OR_YEAR.match(text):
        return text if int(text[:4]) >= _FIRST_YEAR else ""
    if _MAIL.match(text):
        return _of_mail(text)
    if found := _COMPACT.match(text) or _YEAR_FIRST.match(text):
        return _day(*found.groups()[:3])
    if found := _DAY_FIRST.match(text):
        return _day(found[3], _month(found[2]), found[1])
    if found := _MONTH_FIRST.match(text):
        return _day(found[3], _month(found[1]), found[2])
    return ""


def _day(year: str, month: str, day: str) -> str:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return ""
    return found.isoformat() if found.year >= _FIRST_YEAR else ""


def _month(name: str) -> str:
    name = name.lower()
    numbers = (
        number
        for number, known in enumerate(_NAMES, 1)
        if name == known or name == known[:3] or (name == "sept" and number == 9)  # noqa: PLR2004
    )
    return str(next(numbers, 0))


def _of_mail(text: str) -> str:
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
