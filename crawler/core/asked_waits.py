"""How long a site asks to be left alone, as sites write it: Retry-After, Crawl-delay, Request-rate.

One reader for all of them. RFC 9110 section 10.2.3 knows whole seconds and dates; sites also write
fractions, units, lists and several lines. Where a text can be read in two ways, the longer wait
is meant.
"""

# ruff: noqa: RUF001 - units in many scripts
from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from unicodedata import normalize

from crawler.core.late_expressions import late

_LONGEST = 4_096  # characters that are read of one text
_MOST = 1e300  # seconds; a sum of times must stay finite
_WORDS = (
    (0.001, "ms msec msecs millisecond milliseconds"),
    (1.0, "s sec secs second seconds sek sekunden segundos secondes с сек секунд секунды 秒 초"),
    (60.0, "m min mins minute minutes minuten minutos мин минут минуты 分 分钟 分鐘 분"),
    (3_600.0, "h hr hrs hour hours std stunde stunden heure heures hora horas ч час часа часов"),
    (3_600.0, "小时 小時 時間 시간"),
    (86_400.0, "d day days tag tage jour jours dia dias día días день дня дней 天 日 일"),
    (604_800.0, "w wk week weeks"),
    (2_678_400.0, "month months"),
    (31_622_400.0, "y yr year years"),
)
_UNITS = {word: seconds for seconds, words in _WORDS for word in words.split()}
# A clock's hours, minutes and seconds; or a number, perhaps in thousands or with an exponent, and
# the word behind it.
_QUANTITY = late(
    r"([0-9]{1,6}):([0-9]{2})(?::([0-9]{2}))?"
    r"|([1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9])|[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
    r"(e\+?[0-9]{1,2}(?![0-9a-z]))?[ \t\xa0]*([^\W\d_]*)",
    re.IGNORECASE,
)
_ISO_DURATION = late(r"P(?=[0-9T])[0-9.DHMSTWY]+", re.IGNORECASE)  # PT1H30M
# Whatever looks like a date, so that the numbers of a broken one are not taken for seconds.
_ZONE = r"(?:[ ]{0,3}(?:Z|GMT|UTC?|[+-][0-9]{2}:?[0-9]{2}))?"
_TIME = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?"
_DATE = late(
    rf"(?:[a-z]{{3,9}}[.,]?[ ]{{1,3}})?[0-9]{{1,2}}[ -][a-z]{{3,9}}[ -][0-9]{{2,6}}[ ]{{1,3}}"
    rf"{_TIME}{_ZONE}"
    rf"|[a-z]{{3,9}}[ ]{{1,3}}[a-z]{{3,9}}[ ]{{1,3}}[0-9]{{1,2}}[ ]{{1,3}}"
    rf"{_TIME}{_ZONE}[ ]{{1,3}}[0-9]{{4,6}}{_ZONE}"
    rf"|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(?:[T ]{_TIME}{_ZONE})?",
    re.IGNORECASE | re.ASCII,
)
_ISO_DATE = late(r"[0-9]{4}-")


def seconds_of(text: str) -> float | None:
    """Return the seconds that `text` asks for, such as "10", "1.5s", "2 min"; None if none.

    The longest item of a list counts, and "1h 30m" is a sum. A number without a unit, or with
    an unknown one, is of seconds; a negative one says nothing.
    """
    items = _items(normalize("NFKC", text[:_LONGEST]))
    return max((wait for item in items if (wait := _sum(item)) is not None), default=None)


def retry_after(lines: Iterable[str], now: float) -> float | None:
    """Return the seconds that the Retry-After field lines of one answer ask for, the longest.

    None if they say nothing usable: malformed, negative, a date in the past or beyond any
    calendar. A huge number of seconds comes back as it is; who waits has a cap.
    """
    waits: list[float] = []
    for line in lines:
        text = line[:_LONGEST]
        waits += [wait for date in _DATE.findall(text) if (wait := _until(date, now)) is not None]
        rest = seconds_of(_DATE.sub(",", text))
        if rest is not None:
            waits.append(rest)
    return max(waits, default=None)


def rate_of(requests: str, period: str, unit: str) -> float:
    """Return the seconds from one request to the next at `requests` in `period` units."""
    number = float(requests)
    factor = _UNITS.get(unit.lower(), 1.0)
    return min(_MOST, float(period) * factor / number) if number > 0 else 0.0


def _items(text: str) -> list[str]:
    # A comma before three digits may set thousands apart; `_QUANTITY` tells.
    return re.split(r"[;/|]|,(?![0-9]{3}(?![0-9]))", text)


def _sum(item: str) -> float | None:
    item = item.strip(" \t\xa0\"'")
    if item.startswith(("-", "\u2212")):
        return None
    if _ISO_DURATION.fullmatch(item):
        item = item.upper().replace("P", "").replace("T", "")
    found = [_seconds(*match) for match in _QUANTITY.findall(item)]
    return min(_MOST, sum(found)) if found else None


def _seconds(hours: str, minutes: str, seconds: str, number: str, power: str, unit: str) -> float:
    if hours:
        return int(hours) * 3_600.0 + int(minutes) * 60.0 + int(seconds or "0")
    return min(_MOST, float(number.replace(",", "") + power) * _UNITS.get(unit.lower(), 1.0))


def _until(text: str, now: float) -> float | None:
    try:
        if _ISO_DATE.match(text):
            date = datetime.fromisoformat(
                text.upper().replace("GMT", "Z").replace("UTC", "Z").replace(" Z", "Z")
            )
        else:
            date = parsedate_to_datetime(text)
        # HTTP dates are in GMT, also when the zone is missing.
        wait = (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp() - now
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return wait if wait > 0 else None
