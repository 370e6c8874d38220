"""Bot challenges: an answer that tests the visitor instead of serving what was asked for."""

from __future__ import annotations

from collections.abc import Iterable

_MARKS = {
    "cf-mitigated": ("challenge",),
    "x-amzn-waf-action": ("challenge", "captcha"),
    "x-vercel-mitigated": ("challenge", "deny"),
}


def stands_in(headers: Iterable[tuple[str, str]]) -> str:
    """Return the field line that marks the answer as a challenge, or ""."""
    for name, value in headers:
        marks = _MARKS.get(name)
        if marks and value.strip().lower() in marks:
            return f"{name}: {value}"
    return ""
