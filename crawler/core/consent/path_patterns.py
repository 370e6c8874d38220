"""Path patterns of robots.txt and of everything that borrows them (RFC 9309 section 2.2.2-3).

Both sides are brought to one form: octets outside ASCII and reserved octets percent-encoded,
unreserved octets decoded, hex digits upper case. `%2F` stays apart from `/`, except in a query,
where the RFC's own example calls them equal. A path is matched against thousands of patterns at
once: literal heads are looked up, and a pattern with wildcards is tried only if the path starts
as it does and has a fragment it needs, so that cost does not follow the size of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from crawler.core.late_expressions import late

# Reserved characters (RFC 3986 section 2.2) without "/" and "?", which cut the path, and "=" and
# "&", which cut the query; and those that the WHATWG URL parser encodes in a path or a query.
# "*" and "$" are the caller's.
_ENCODED = "!\"#'()+,:;<>@[\\]^`{|}" + "".join(map(chr, range(33))) + "\x7f"
_TABLE = {ord(char): f"%{ord(char):02X}" for char in _ENCODED}
_URL_TABLE = _TABLE | {ord("*"): "%2A", ord("$"): "%24"}
_ESCAPE = late(r"%([0-9a-fA-F]{2})")
_UNRESERVED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
# Values that are in comparable form already: the common case, and worth a short cut.
_PLAIN = late(r"^/[A-Za-z0-9/_.~=&-]*$", re.MULTILINE)
_PLAIN_TARGET = late(r"[A-Za-z0-9/_.~=&?-]*").fullmatch
_SAFE = late(r"[/*][A-Za-z0-9/_.~=&?*-]*\$?").fullmatch
_GRAM = 3  # octets a wildcard pattern must share with a path before it is tried
_FEW = 8  # patterns that start alike and are all tried
_ORIGIN = late(r"https?://([^/?#]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question about a path, and its answer: all that a decision learns of the path."""

    question: object  # a `Pattern`, `PathRules`, or a second opinion with the like of `match`
    form: int  # which of the path's forms it was asked about; -1: all of them
    answer: object


class NotedPath(str):  # noqa: SLOT000 - it holds whom it tells
    """A form of a path that notes the questions about it, so that their answers can be shared."""

    form: int
    asked: list[Asked]

    def __new__(cls, path: str, form: int, asked: list[Asked]) -> Self:
        made = super().__new__(cls, path)
        made.form, made.asked = form, asked
        return made


def note(paths: Sequence[str], question: object, answer: object) -> None:
    """Note a question about all forms of a path, if it is one that notes them."""
    if paths and type(paths[0]) is NotedPath:
        paths[0].asked.append(Asked(question, -1, answer))


@dataclass(frozen=True, slots=True)
class Pattern:
    """One path pattern in comparable form."""

    segments: tuple[str, ...]  # literal parts between wildcards; one if there are none
    anchored: bool  # ends with "$"
    length: int  # octets of the pattern as written, escapes of unreserved octets undone

    def matches(self, path: str) -> bool:
        """Tell whether `path` (made by `comparable`) matches; linear in its length."""
        if type(path) is NotedPath:
            answer = self.matches(str(path))
            path.asked.append(Asked(self, path.form, answer))
            return answer
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
    """The line that decides for a path."""

    allow: bool
    value: str  # the pattern as written
    line: int

    @property
    def raw(self) -> str:
        return f"{'Allow' if self.allow else 'Disallow'}: {self.value}"


def comparable(target: str) -> tuple[str, ...]:
    """Return the forms of a request target that patterns are compared with, at most two."""
    if _PLAIN_TARGET(target):
        return (target,)
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


def host_of(value: str) -> str:
    """Return the host that a pattern written as a full URL names, "" for a path.

    Without "www." and port: a site's two names are one here.
    """
    match = _ORIGIN.match(value) if value[:1] in "hH" else None
    if match is None:
        return ""
    host = match[1].rpartition("@")[2].partition(":")[0].lower()
    return host.rstrip(".").removeprefix("www.")


def _canonical(text: str, table: dict[int, str]) -> str:
    if not text.isascii():
        text = _encode(text)
    text = text.translate(table)
    return _ESCAPE.sub(_unescape, text) if "%" in text else text


def _encode(text: str) -> str:
    try:
        octets = text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # JSON can spell half of a surrogate pair
        octets = text.encode("utf-8", "surrogatepass")
    return "".join(chr(octet) if octet < 128 else f"%{octet:02X}" for octet in octets)  # noqa: PLR2004


def _unescape(match: re.Match[str]) -> str:
    char = chr(int(match[1], 16))
    return char if char in _UNRESERVED else match[0].upper()


def _octets(value: str) -> int:
    if not value.isascii():
        value = _encode(value)
    return len(_ESCAPE.sub(_unescape, value)) if "%" in value else len(value)


_Line = tuple[bool, str, int]  # allow, pattern as written, line number
_Best = tuple[int, bool, _Line]  # length of the pattern, allow, the line


class PathRules:
    """The rules of one agent, ready to be looked up.

    Filling it costs well under a microsecond a rule: patterns with wildcards are kept as written
    and brought to comparable form only when a path has the fragment they need.
    """

    __slots__ = (
        "_compiled",
        "_exact",
        "_grams",
        "_heads",
        "_lengths",
        "_loose",
        "_octets",
        "_spec",
        "_starts",
    )

    def __init__(self, rules: Sequence[_Line], *, spec: bool = False) -> None:
        # Of lines with one pattern an Allow wins, and the first of its kind is named.
        best = {rule[1]: rule for rule in reversed(rules) if not rule[0]}
        best.update({rule[1]: rule for rule in reversed(rules) if rule[0]})
        best.pop("", None)
        plain = _PLAIN.findall("\n".join(best))
        # Plain prefixes; patterns without wildcard but anchored; and those with wildcards, by
        # what they start with, and where many start alike by a fragment that must follow.
        self._heads: dict[str, _Line] = {value: best[value] for value in plain}
        self._exact: dict[str, _Line] = {}
        self._loose: dict[str, list[_Line]] = {}
        self._octets: dict[str, int] = {}  # of prefixes that were not comparable as written
        self._compiled: dict[str, Pattern | None] = {}
        self._spec = spec
        if len(plain) != len(best):
            for value, rule in best.items():
                if value not in self._heads:
                    self._add(value, rule)
        self._lengths = sorted({len(head) for head in self._heads})
        self._starts = sorted({len(start) for start in self._loose})
        self._grams = {
            start: self._by_gram(bucket)
            for start, bucket in self._loose.items()
            if len(bucket) > _FEW
        }

    def __bool__(self) -> bool:
        return bool(self._heads or self._exact or self._loose)

    def _add(self, value: str, rule: _Line) -> None:
        if "*" in value and _SAFE(value):
            start = value.partition("*")[0]
        else:
            pattern = self._pattern(value)
            if pattern is None:
                return
            if len(pattern.segments) == 1:
                self._add_literal(pattern, rule)
                return
            start = pattern.segments[0]
        if start in self._loose:
            self._loose[start].append(rule)
        else:
            self._loose[start] = [rule]

    def _by_gram(self, bucket: list[_Line]) -> dict[str, list[_Line]]:
        """Part `bucket` by an end of the longest fragment after the start, "" if it is short."""
        grams: dict[str, list[_Line]] = {}
        for rule in bucket:
            value = rule[1]
            fragments: Sequence[str]
            if _SAFE(value):
                fragments = value.rstrip("$").split("*")
            else:
                pattern = self._pattern(value)
                fragments = pattern.segments if pattern else ("", "")
            needed = max(fragments[1:], key=len)
            gram = needed[-_GRAM:] if len(needed) >= _GRAM else ""
            grams.setdefault(gram, []).append(rule)
        return grams

    def _add_literal(self, pattern: Pattern, rule: _Line) -> None:
        head = pattern.segments[0]
        if pattern.anchored:
            known = self._exact.get(head)
            if known is None or (rule[0] and not known[0]):
                self._exact[head] = rule
                self._octets[head + "$"] = pattern.length
            return
        known = self._heads.get(head)
        length = self._octets.get(head, len(head))
        if known is None or (pattern.length, rule[0]) > (length, known[0]):
            self._heads[head] = rule
            self._octets[head] = pattern.length

    def _pattern(self, value: str) -> Pattern | None:
        try:
            return self._compiled[value]
        except KeyError:
            made = self._compiled[value] = pattern_of(value, spec=self._spec)
            return made

    def match(self, paths: tuple[str, ...]) -> Rule | None:
        """Return the rule that decides for a path (forms made by `comparable`), if any.

        The longest pattern, and Allow on a tie.
        """
        line = self.line(paths)
        return Rule(*line) if line else None

    def line(self, paths: tuple[str, ...]) -> _Line | None:
        """Return the same as it stands, which is asked for many times."""
        if paths and type(paths[0]) is NotedPath:
            answer = self.line(tuple(map(str, paths)))
            note(paths, self, answer)
            return answer
        best: _Best | None = None
        for path in paths:
            best = self._literal(path, best)
            for bucket in self._buckets(path):
                best = self._tried(bucket, path, best)
        return best[2] if best else None

    def _literal(self, path: str, best: _Best | None) -> _Best | None:
        found = self._exact.get(path)
        if found is not None:
            best = _better(best, self._octets[path + "$"], found)
        heads, size = self._heads, len(path)
        for length in self._lengths:
            if length > size:
                break
            head = path[:length]
            found = heads.get(head)
            if found is not None:
                best = _better(best, self._octets.get(head, length), found)
        return best

    def _buckets(self, path: str) -> Iterable[list[_Line]]:
        loose, size = self._loose, len(path)
        for length in self._starts:
            if length > size:
                return
            start = path[:length]
            if start in self._grams:
                yield from _possible(self._grams[start], path)
            elif start in loose:
                yield loose[start]

    def _tried(self, bucket: list[_Line], path: str, best: _Best | None) -> _Best | None:
        for rule in bucket:
            pattern = self._pattern(rule[1])
            if pattern is None or (best is not None and (pattern.length, rule[0]) <= best[:2]):
                continue
            if pattern.matches(path):
                best = (pattern.length, rule[0], rule)
        return best


@lru_cache(maxsize=32)
def path_rules(rules: tuple[_Line, ...], *, spec: bool) -> PathRules:
    """Return these rules; most agents and readings of a file come to the same."""
    return PathRules(rules, spec=spec)


def _possible(grams: dict[str, list[_Line]], path: str) -> Iterable[list[_Line]]:
    size = len(path)
    if len(grams) <= size:
        for gram, bucket in grams.items():
            if gram in path:
                yield bucket
        return
    if "" in grams:
        yield grams[""]
    for gram in {path[i : i + _GRAM] for i in range(size - _GRAM + 1)}:
        if gram in grams:
            yield grams[gram]


def _better(best: _Best | None, length: int, rule: _Line) -> _Best:
    if best is None or (length, rule[0]) > best[:2]:
        return (length, rule[0], rule)
    return best
