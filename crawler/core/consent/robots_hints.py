"""What robots.txt says beside permission: how fast, when, and where its sitemaps are."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.core.consent import robotstxt
from crawler.core.consent.robotstxt import Record
from crawler.core.decision import Found
from crawler.core.evidence import Snapshot
from crawler.core.policy import ConsentPolicy

# Many digits are a wish to be left alone, not a slip: they count as they stand.
_NUMBER = re.compile(
    r"(\d{1,300}(?:\.\d{0,9})?|\.\d{1,9})\s*(s|sec|secs|second|seconds)?\b", re.IGNORECASE
)
_RATE = re.compile(r"(\d{1,9})\s*/\s*(\d{1,9})\s*([smhd]?)", re.IGNORECASE)
_UNITS = {"": 1.0, "s": 1.0, "m": 60.0, "h": 3_600.0, "d": 86_400.0}
_WINDOW = re.compile(r"(\d{2}):?(\d{2})\s*[-\s]\s*(\d{2}):?(\d{2})")
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
    if {"intent": True} in parsed.views:
        for name in (token, "*"):
            records += robotstxt.select(body, name, intent=True).records
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
        match = _NUMBER.match(record.value)
        return float(match[1]) if match else 0.0
    if record.label == "request-rate":
        rate = _RATE.match(record.value)
        if rate and int(rate[1]):
            return int(rate[2]) * _UNITS[rate[3].lower()] / int(rate[1])
    return 0.0


def _windows(record: Record) -> list[tuple[int, int]]:
    found = []
    for match in _WINDOW.finditer(record.value):
        start = int(match[1]) * 60 + int(match[2])
        end = int(match[3]) * 60 + int(match[4])
        if start <= _DAY and end <= _DAY and start != end:
            found.append((start % _DAY, end))
    return found
