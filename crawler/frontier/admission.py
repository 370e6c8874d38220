"""Which addresses become URLs of the job: length, traps, file types, scope patterns. Pure.

Every rule has a code; `explain` runs `refusal` again to say why a URL was never admitted.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from crawler.core.urls import Url
from crawler.frontier.settings import Admission, Scope

_DIGITS = re.compile(r"[0-9]+")
_HEX = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|[0-9a-fA-F]{16,64}")
# A year and a month: /2031/04/, ?date=2031-04-01, ?year=2031&month=4, ?d=20310401.
_DATE = re.compile(r"(?<![0-9])([0-9]{4})[-/_.]?(0[1-9]|1[0-2]|[1-9](?![0-9]))(?![0-9]{4})")
_YEAR = re.compile(r"(?:^|[?&;/])(?:[a-z_]*year|y|yr|annee|jahr)[=/]([0-9]{4})(?![0-9])")
_MONTH = re.compile(r"(?:[?&;/])(?:[a-z_]*month|mo|m|mois|monat)[=/][0-9]{1,2}(?![0-9])")
_CALENDAR = re.compile(r"calend|kalend|event|agenda|schedule|termine|booking|evenement")


class Pattern(NamedTuple):
    """What URLs that differ in numbers or query values only have in common."""

    hash: int  # signed 64 bit
    most: int  # how many of them are admitted
    code: str  # reason for turning the others away


def refusal(url: Url, admission: Admission, scope: Scope, now: float) -> str:
    """Return the code of the rule that turns `url` away, or "" if none does."""
    if len(url.text) > admission.max_length:
        return "too-long"
    path, _, query = url.target.partition("?")
    if _extension(path) in admission.textless:
        return "file-type"
    if path.count("/") > 1 and (code := _path_trap(path, admission)):
        return code
    if query:
        names = [part.partition("=")[0] for part in query.split("&")]
        if len(names) > admission.max_parameters:
            return "parameters"
        if max(Counter(names).values()) > admission.max_repeats and "[" not in query:
            return "repeated"
    if _is_no_date(url.target, admission, now):
        return "calendar"
    if scope.exclude and _any(scope.exclude).search(url.text):
        return "excluded"
    if scope.include and not _any(scope.include).search(url.text):
        return "not-included"
    return ""


def pattern_of(url: Url, admission: Admission) -> Pattern | None:
    """Return the capped pattern `url` belongs to; None if it has no number and no query."""
    path, _, query = url.target.partition("?")
    shape = _DIGITS.sub("0", _HEX.sub("0", path))
    if not query and shape == path:
        return None
    names = sorted({part.partition("=")[0] for part in query.split("&")}) if query else []
    text = f"{url.origin}{shape}?{'&'.join(names)}"
    if (query or _CALENDAR.search(path.lower())) and _dated(url.target):
        most, code = admission.max_calendar, "calendar"
    elif query:
        most, code = admission.max_query_pattern, "facets"
    else:
        most, code = admission.max_pattern, "pattern"
    digest = blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
    return Pattern(int.from_bytes(digest, "big", signed=True), most, code)


def _extension(path: str) -> str:
    name = path.rpartition("/")[2]
    stem, dot, extension = name.rpartition(".")
    return extension.lower() if dot and stem else ""


def _path_trap(path: str, admission: Admission) -> str:
    segments = [segment for segment in path.split("/") if segment]
    if len(segments) > admission.max_segments:
        return "too-deep"
    if len(set(segments)) == len(segments):
        return ""
    # Chapter 1, section 1, paragraph 1 is no loop; caps of patterns end loops of numbers.
    if any(segment.isdigit() for segment in segments):
        segments = [
            f"{at} {segment}" if segment.isdigit() else segment
            for at, segment in enumerate(segments)
        ]
    most = admission.max_repeats
    if len(segments) > most and max(Counter(segments).values()) > most:
        return "repeated"
    # /a/b/a/b/a/b: a link relative to the wrong base, followed again and again.
    for size in range(1, len(segments) // 3 + 1):
        for start in range(len(segments) - 3 * size + 1):
            first = segments[start : start + size]
            again = segments[start + size : start + 2 * size]
            if first == again == segments[start + 2 * size : start + 3 * size]:
                return "repeated"
    return ""


def _dated(target: str) -> bool:
    return _year_of(target) is not None


def _year_of(target: str) -> tuple[int, int] | None:
    """Return the year and month a URL names, if it names a date."""
    lower = target.lower()
    match = _DATE.search(lower)
    if match:
        return int(match[1]), int(match[2])
    match = _YEAR.search(lower)
    if match and _MONTH.search(lower):
        return int(match[1]), 1
    return None


def _is_no_date(target: str, admission: Admission, now: float) -> bool:
    """Say if the URL is dated where only a generated calendar has pages."""
    path, _, query = target.partition("?")
    if not query and not _CALENDAR.search(path.lower()):
        return False
    found = _year_of(target)
    if found is None or not 1000 <= found[0] <= 9999:  # noqa: PLR2004 - four digits
        return False
    if not query and found[0] >= admission.calendar_from:
        return _after(found, now + admission.calendar_ahead)
    named = _CALENDAR.search(target.lower()) or _YEAR.search(target.lower())
    if not named and "date" not in query.lower() and "month" not in query.lower():
        return False
    return found[0] < admission.calendar_from or _after(found, now + admission.calendar_ahead)


def _after(month: tuple[int, int], limit: float) -> bool:
    date = datetime.fromtimestamp(min(limit, 2.5e11), UTC)
    return month > (date.year, date.month)


@lru_cache(maxsize=16)
def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
