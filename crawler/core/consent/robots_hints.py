"""What robots.txt says beside permission: how fast, when, and where its sitemaps are."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.core.asked_waits import rate_of, seconds_of
from crawler.core.consent import robotstxt
from crawler.core.consent.robotstxt import INTENT, Record
from crawler.core.decision import Found
from crawler.core.evidence import Snapshot
from crawler.core.late_expressions import late
from crawler.core.policy import ConsentPolicy

_RATE = late(
    r"([0-9]{1,9}(?:\.[0-9]{1,9})?)\s*/\s*([0-9]{1,9}(?:\.[0-9]{0,9})?)\s*([a-z]*)", re.IGNORECASE
)
_WINDOW = late(r"(\d{2}):?(\d{2})(?:\s*+-\s*+|\s++)(\d{2}):?(\d{2})")
_SITEMAPS = 1_000  # lines kept of one file
_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class RobotsHints:
    """Wishes about pace and discovery. None of them permits anything."""

    delay: float = 0.0  # seconds between requests, 0 if nothing is asked
    visit_times: tuple[tuple[int, int], ...] = ()  # minutes of the day UTC; may wrap midnight
    sitemaps: tuple[str, ...] = ()  # as written


def robots_hints(robots: Snapshot | None, policy: ConsentPolicy) -> RobotsHints:
    """Return the hints of a robots.txt: the larger delay of our group's and of `*`'s.

    Crawl-delay is read from `*` even where a group names us, as Bing does. Request-rate
    becomes a delay and is kept at all hours. An unreachable file keeps the hints of its last copy.
    """
    if robots is None or not robots.body or robots.found not in {Found.FOUND, Found.UNREACHABLE}:
        return RobotsHints()
    body = robots.body
    token = policy.tokens[0].lower() if policy.tokens else ""
    own = robotstxt.select(body, token).records
    everyone = robotstxt.select(body, "*").records
    # A delay before any group, or one that is only meant for us, still asks for patience.
    parsed = robotstxt.parse(body)
    records = tuple(dict.fromkeys((*own, *everyone, *parsed.loose)))
    if INTENT in parsed.views:
        for name in (token, "*"):
            records += robotstxt.select(body, name, INTENT).records
    delay = max((_delay(record) for record in records), default=0.0)
    windows = dict.fromkeys(
        window for record in own if record.label == "visit-time" for window in _windows(record)
    )
    maps = parsed.records("sitemap")[:_SITEMAPS]
    return RobotsHints(
        delay, tuple(windows), tuple(dict.fromkeys(item.value for item in maps if item.value))
    )


def _delay(record: Record) -> float:
    if record.label == "crawl-delay":
        return seconds_of(record.value) or 0.0
    if record.label == "request-rate" and (rate := _RATE.match(record.value)):
        return rate_of(rate[1], rate[2], rate[3])
    return 0.0


def _windows(record: Record) -> list[tuple[int, int]]:
    found = []
    for match in _WINDOW.finditer(record.value):
        start = int(match[1]) * 60 + int(match[2])
        end = int(match[3]) * 60 + int(match[4])
        if start <= _DAY and end <= _DAY and start != end:
            found.append((start % _DAY, end))
    return found
