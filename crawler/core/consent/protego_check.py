"""Protego as a second voice on path matching, for files small enough to afford it.

It gets nothing but the rules already chosen for us, under one `*` group, because it groups and
names agents in ways that fail open. It may only refuse. 100 rules take it 0.6 ms to read and 13 us
to match; a 500 KiB file would take 217 ms and 8 ms, so there our own matcher speaks alone, and a
differential test holds the two equal.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from protego import Protego

_RULES = 100
_PREFIX = re.compile(r"/[A-Za-z0-9/_.-]*").fullmatch
_LENGTH = 500  # octets of one pattern


class CrossCheck:
    """Protego's reading of one agent's rules."""

    __slots__ = ("_protego",)

    def __init__(self, rules: Sequence[tuple[bool, str, int]]) -> None:
        self._protego: Protego | None = None
        if len(rules) > _RULES:
            return
        known = [rule for rule in rules if rule[1].startswith(("/", "*"))]
        special = any(not _PREFIX(value) for _, value, _ in known)  # the rest cannot be misread
        if special and all(_is_plain(value) for _, value, _ in known):
            lines = (f"{'Allow' if allow else 'Disallow'}: {value}" for allow, value, _ in known)
            self._protego = Protego.parse("\n".join(("User-agent: *", *lines)))

    def __bool__(self) -> bool:
        return self._protego is not None

    def refuses(self, target: str) -> bool:
        """Say if it disallows a request target."""
        url = f"https://a.test{target}"
        return self._protego is not None and not self._protego.can_fetch(url, "*")


@lru_cache(maxsize=32)
def cross_check(rules: tuple[tuple[bool, str, int], ...]) -> CrossCheck:
    """Return the reading of these rules; most agents and readings of a file come to the same."""
    return CrossCheck(rules)


def _is_plain(value: str) -> bool:
    """Tell whether no character of `value` could be read as anything but itself."""
    return value.isascii() and value.isprintable() and len(value) <= _LENGTH
