"""Words by which publishers refuse, wherever a value is not what its specification asks for."""

from __future__ import annotations

from crawler.core.lenient_text import fold

_AROUND = " \t\r\n\"'`.!,;"
_NEGATIVE = frozenset(
    {
        "n",
        "no",
        "false",
        "f",
        "0",
        "?0",
        "off",
        "none",
        "never",
        "deny",
        "denied",
        "disallow",
        "disallowed",
        "prohibit",
        "prohibited",
        "forbid",
        "forbidden",
        "refuse",
        "refused",
        "reserved",
        "block",
        "blocked",
        "opt-out",
        "optout",
        "opted-out",
        "not-allowed",
        "notallowed",
        "not-permitted",
        "disabled",
        "noai",
        "no-ai",
        "no-training",
        "notraining",
        "no-train",
    }
)


def is_negative(value: str) -> bool:
    """Tell whether `value` plainly refuses, whatever its case, quotes and spelling."""
    text = fold(value).strip(_AROUND).lower().replace("_", "-")
    return text in _NEGATIVE or "-".join(text.split()) in _NEGATIVE
