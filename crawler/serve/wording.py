"""Numbers, times and reasons as people read them."""

from __future__ import annotations

from datetime import UTC, datetime

from crawler.core.consent.grounds import Ground, ground_of

_LAST_MOMENT = 253_402_300_799.0  # of the year 9999
_UNITS = (("year", 31_556_952), ("month", 2_629_746), ("day", 86_400), ("hour", 3_600),
          ("minute", 60), ("second", 1))  # fmt: skip
_WHOSE = {
    Ground.REFUSED: "its owner",
    Ground.FILTERED: "our policy",
    Ground.UNPROVEN: "not proven",
}
_OUTCOMES = {
    "kept": "kept",
    "refused": "turned down",
    "moved": "moved elsewhere",
    "missing": "not there",
    "failed": "failed",
    "skipped": "no text",
    "waiting": "waiting for its turn",
    "later": "to be tried again",
    "purged": "purged",
    "active": "kept",
    "held": "kept, held back",
    "retired": "retired",
}
_STATES = {
    "ready": "due now",
    "waiting": "waiting for its time",
    "held": "held until evidence can be had",
    "parked": "parked",
    "backing off": "backing off",
    "spent": "budget spent",
    "later": "to be tried again",
    "done": "done",
}
_ENDS = {
    "": "It is not running, and has not said why: it was killed, or has not begun.",
    "done": "The last run ended: nothing was left to do.",
    "spent": "The last run ended: what waits lies beyond the page budgets.",
    "patience": "The last run ended: nothing else was due within the policy's patience.",
    "max-pages": "The last run ended at the limit of pages.",
    "max-time": "The last run ended at the limit of time.",
    "max-bytes": "The last run ended at the limit of bytes.",
    "max-disk": "The last run ended at the limit of disk space.",
    "interrupted": "The last run was interrupted; everything it had is saved.",
}


def count(number: float) -> str:
    return f"{number:,.0f}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def size(number: float) -> str:
    """Return a number of bytes with its unit."""
    for unit in ("B", "kB", "MB", "GB"):
        if number < 1_000:  # noqa: PLR2004 - SI prefixes
            return f"{number:.0f} {unit}" if unit == "B" else f"{number:.1f} {unit}"
        number /= 1_000
    return f"{number:.1f} TB"


def moment(at: float) -> str:
    """Return a time in UTC, to the second."""
    if not 0 < at < _LAST_MOMENT:
        return "never" if at else "not yet"
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def clock(at: float) -> str:
    """Return the time of day in UTC."""
    return datetime.fromtimestamp(at, UTC).strftime("%H:%M:%S") if 0 < at < _LAST_MOMENT else ""


def span(seconds: float) -> str:
    """Return a duration in the largest unit of which there is more than one."""
    seconds = abs(seconds)
    for name, length in _UNITS:
        if seconds >= 2 * length or length == 1:
            number = int(seconds // length)
            return f"{number} {name}" + ("" if number == 1 else "s")
    return ""


def whose(code: str) -> str:
    """Return whose no a reason stands for."""
    return _WHOSE[ground_of(code)]


def tone(code: str) -> str:
    """Return the class by which the stylesheet colours a reason."""
    return {Ground.REFUSED: "refused", Ground.FILTERED: "filtered"}.get(ground_of(code), "unknown")


def outcome(name: str) -> str:
    return _OUTCOMES.get(name, name)


def state(name: str) -> str:
    return _STATES.get(name, name)


def ended(why: str) -> str:
    return _ENDS.get(why, f"The last run ended: {why}.")
