"""Path patterns of robots.txt and of everything that borrows them (RFC 9309 section 2.2.2-3).

Both sides are brought to one form: octets outside ASCII and reserved octets percent-encoded,
unreserved octets decoded, hex digits upper case. `%2F` stays apart from `/`, except in a query,
where the RFC's own example calls them equal. A path is matched against thousands of patterns at
once: literal heads are looked up, and a pattern with wildcards is tried only if a fragment
it needs occurs in the path, so that cost does not follow the size of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

# Reserved characters (RFC 3986 section 2.2) without "/" and "?", which cut the path, and those
# that the WHATWG URL parser encodes in a path or a query. "*" and "$" are the caller's.
_ENCODED = "!\"#&'()+,:;<=>@[\\]^`{|}" + "".join(map(chr, range(33))) + "\x7f"
_TABLE = {ord(char): f"%{ord(char):02X}" for char in _ENCODED}
_URL_TABLE = _TABLE | {ord("*"): "%2A", ord("$"): "%24"}
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
_GRAM = 3  # octets a wildcard pattern must share with a path before it is tried
_ORIGIN = re.compile(r"https?://[^/?#]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One path pattern in comparable form."""

    segments: tuple[str, ...]  # literal parts between wildcards; one if there are none
    anchored: bool  # ends with "$"
    length: int  # octets of the pattern as written, escapes of unreserved octets undone

    def matches(self, path: str) -> bool:
        """Tell whether `path` (made by `comparable`) matches; linear in its length."""
        segments = self.segments
        head = segments[0]
        if not path.startswith(head):
            return False
        if len(segments) == 1:
            return not self.anchored or len(path) == len(head)
        position = len(head)
        for segment in segments[1:-1]:
            found = path.find(segment, position)
            if found < 0:
                return False
            position = found + len(segment)
        last = segments[-1]
        if self.anchored:
            return len(path) - len(last) >= position and path.endswith(last)
        return path.find(last, position) >= 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern that allows or disallows, and the line it stands on."""

    pattern: Pattern
    allow: bool
    line: int
    raw: str

    @property
    def rank(self) -> tuple[int, bool]:
        """Order of precedence: the longest pattern, and Allow on a tie."""
        return (self.pattern.length, self.allow)


def comparable(target: str) -> tuple[str, ...]:
    """Return the forms of a request target that patterns are compared with, at most two."""
    text = _canonical(target, _URL_TABLE)
    path, question, query = text.partition("?")
    if question and "%2F" in query:
        return (f"{path}?{query.replace('%2F', '/')}", text)
    return (text,)


def pattern_of(value: str, *, spec: bool = False) -> Pattern | None:
    """Return the pattern written as `value`, or None if it can match nothing.

    Under the grammar a pattern starts with "/" (or "*", erratum 7995). The tolerant reading
    adds a missing slash and drops a scheme and host in front of the path.
    """
    if not value:
        return None
    if value[0] not in "/*":
        if spec:
            return None
        value = _ORIGIN.sub("", value, count=1)
        if not value.startswith(("/", "*")):
            value = "/" + value
    anchored = value.endswith("$")
    body = value[:-1] if anchored else value
    text = _canonical(body, _TABLE).replace("$", "%24")
    path, question, query = text.partition("?")
    if question and "%2F" in query:
        text = f"{path}?{query.replace('%2F', '/')}"
    segments = tuple(text.split("*"))
    if len(segments) > 2:  # noqa: PLR2004 - two segments have no empty middle
        segments = (segments[0], *(part for part in segments[1:-1] if part), segments[-1])
    return Pattern(segments, anchored, _octets(value))


def _canonical(text: str, table: dict[int, str]) -> str:
    if not text.isascii():
        text = _encode(text)
    text = text.translate(table)
    return _ESCAPE.sub(_unescape, text) if "%" in text else text


def _encode(text: str) -> str:
    octets = text.encode("utf-8", "surrogateescape")
    return "".join(chr(octet) if octet < 128 else f"%{octet:02X}" for octet in octets)  # noqa: PLR2004


def _unescape(match: re.Match[str]) -> str:
    char = chr(int(match[1], 16))
    return char if char in _UNRESERVED else match[0].upper()


def _octets(value: str) -> int:
    if not value.isascii():
        value = _encode(value)
    return len(_ESCAPE.sub(_unescape, value)) if "%" in value else len(value)


class PathRules:
    """The rules of one agent, ready to be looked up."""

    __slots__ = ("_exact", "_grams", "_heads", "_lengths", "_loose")

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._heads: dict[str, Rule] = {}  # plain prefixes
        self._exact: dict[str, Rule] = {}  # no wildcard, anchored
        self._grams: dict[str, list[Rule]] = {}  # wildcards, by a fragment they need
        self._loose: list[Rule] = []  # wildcards without a fragment long enough
        for rule in _unique(rules):
            segments = rule.pattern.segments
            if len(segments) == 1:
                plain = self._exact if rule.pattern.anchored else self._heads
                best = plain.get(segments[0])
                if best is None or rule.rank > best.rank:
                    plain[segments[0]] = rule
                continue
            needed = max(segments, key=len)
            if len(needed) < _GRAM:
                self._loose.append(rule)
            else:
                self._grams.setdefault(needed[-_GRAM:], []).append(rule)
        self._lengths = sorted({len(head) for head in self._heads})

    def __bool__(self) -> bool:
        return bool(self._heads or self._exact or self._grams or self._loose)

    def match(self, paths: tuple[str, ...]) -> Rule | None:
        """Return the rule that decides for a path (forms made by `comparable`), if any."""
        best: Rule | None = None
        for path in paths:
            for rule in self._candidates(path):
                if (best is None or rule.rank > best.rank) and rule.pattern.matches(path):
                    best = rule
        return best

    def _candidates(self, path: str) -> Iterable[Rule]:
        found = self._exact.get(path)
        if found is not None:
            yield found
        heads = self._heads
        size = len(path)
        for length in self._lengths:
            if length > size:
                break
            found = heads.get(path[:length])
            if found is not None:
                yield found
        yield from self._loose
        grams = self._grams
        if len(grams) <= size:
            for gram, rules in grams.items():
                if gram in path:
                    yield from rules
        else:
            for gram in {path[i : i + _GRAM] for i in range(size - _GRAM + 1)} & grams.keys():
                yield from grams[gram]


def _unique(rules: Iterable[Rule]) -> Iterable[Rule]:
    best: dict[tuple[tuple[str, ...], bool], Rule] = {}
    for rule in rules:
        key = (rule.pattern.segments, rule.pattern.anchored)
        known = best.get(key)
        if known is None or rule.rank > known.rank:
            best[key] = rule
    return best.values()
