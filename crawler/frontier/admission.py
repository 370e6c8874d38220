"""Which addresses become URLs of the job: length, traps, scope patterns. Pure.

Every rule has a code; `explain` runs `refusal` again to say why a URL was never admitted.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from crawler.core.urls import Url
from crawler.frontier.dated_addresses import is_dated, is_no_date
from crawler.frontier.file_like_names import FILE, UNSURE, name_of
from crawler.frontier.other_views import LATE, OLD, PAGE, view_of
from crawler.frontier.settings import Admission, Scope

_DIGITS = re.compile(r"[0-9]+")
_HEX = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|[0-9a-fA-F]{16,64}")


class Pattern(NamedTuple):
    """What URLs that differ in numbers or query values only have in common."""

    hash: int  # signed 64 bit
    most: int  # how many of them are admitted
    code: str  # reason for turning the others away
    late: bool = False  # behind the pages of their host


def refusal(url: Url, admission: Admission, scope: Scope, now: float) -> str:
    """Return the code of the rule that turns `url` away, or "" if none does."""
    if len(url.text) > admission.max_length:
        return "too-long"
    path, _, query = url.target.partition("?")
    if name_of(path, query, admission.textless) == FILE:
        return "file-type"
    if path.count("/") > 1 and (code := _path_trap(path, admission)):
        return code
    if query:
        names = [part.partition("=")[0] for part in query.split("&")]
        if len(names) > admission.max_parameters:
            return "parameters"
        if (
            len(names) > admission.max_repeats
            and max(Counter(names).values()) > admission.max_repeats
            and "[" not in query
        ):
            return "repeated"
    if is_no_date(path, query, admission, now):
        return "calendar"
    if scope.exclude and _any(scope.exclude).search(url.text):
        return "excluded"
    if scope.include and not _any(scope.include).search(url.text):
        return "not-included"
    return ""


def pattern_of(url: Url, admission: Admission) -> Pattern | None:
    """Return the capped pattern `url` belongs to; None if it has no number and no query."""
    path, _, query = url.target.partition("?")
    view = view_of(path, query)
    if view.kind == OLD:
        key = f"{url.origin}{view.prefix} revisions"
        return Pattern(_hash_of(key), admission.max_revisions, "revisions", late=True)
    if not query and name_of(path, "", admission.textless) == UNSURE:
        key = f"{url.origin} {path.rpartition('.')[2].lower()}"
        return Pattern(_hash_of(key), admission.max_unsure, "file-type", late=True)
    shape = _DIGITS.sub("0", _HEX.sub("0", path))
    if not query and shape == path and view.kind == PAGE:
        return None
    names = sorted({part.partition("=")[0] for part in query.split("&")}) if query else []
    text = f"{url.origin}{shape}?{'&'.join(names)}"
    if is_dated(path, query):
        most, code = admission.max_calendar, "calendar"
    elif query:
        most, code = admission.max_query_pattern, "facets"
    else:
        most, code = admission.max_pattern, "pattern"
    return Pattern(_hash_of(text), most, code, late=view.kind == LATE)


def _hash_of(text: str) -> int:
    digest = blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


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


@lru_cache(maxsize=16)
def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
