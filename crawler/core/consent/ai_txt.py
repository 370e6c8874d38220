"""ai.txt in its two forms: Spawning's, and that of draft-car-ai-txt-wellknown-00.

Spawning's, at /ai.txt, is robots.txt by file type, read when downloading. The draft's has keys and
values in `ai_txt_draft`; both are met at either place. Neither grants anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape

from crawler.core.consent import ai_txt_draft, prose, robots_as_meant
from crawler.core.consent.path_patterns import pattern_of
from crawler.core.consent.protocol import (
    NOTHING,
    PAGE_TYPES,
    TRAIN_DENY,
    Case,
    Protocol,
    Reading,
    SiteFile,
    WayOut,
    reading_of,
    signal,
)
from crawler.core.consent.refusing_words import is_negative
from crawler.core.consent.site_file_text import text_of
from crawler.core.decision import Signal
from crawler.core.evidence import FileKind, Snapshot
from crawler.core.late_expressions import late
from crawler.core.lenient_text import fold

_TEXT_TYPES = frozenset(
    [
        "txt",
        "pdf",
        "doc",
        "docx",
        "odt",
        "rtf",
        "tex",
        "wks",
        "wpd",
        "wps",
        "html",
        "htm",
        "xhtml",
        "shtml",
        "php",
        "asp",
        "aspx",
        "jsp",
        "xml",
        "md",
        "epub",
        "csv",
        "json",
    ]
)
_EXTENSION = late(r"\*?\.([a-z0-9]{1,8})\$?", re.IGNORECASE)
_EVERYTHING = frozenset({"*", "/", "/*", "*.*", "/*.*", "all"})
_TRAINING = late(r"(?=.*train)[\w-]+", re.IGNORECASE)
_TAG = late(r"<[^<>]*>")
_BETWEEN = late(r"[\s,;|]+")

Line = tuple[int, str, str]


def read(case: Case) -> Reading:
    """Resolve the files: any Disallow of a text type refuses training, Allow grants nothing."""
    signals: list[Signal] = []
    for snapshot in case.evidence.site:
        if snapshot.kind is not FileKind.AI_TXT or not case.reads(snapshot):
            continue
        if not (case.spec and snapshot.content_type in PAGE_TYPES):  # by the letter no such file
            signals += _file(snapshot, case)
    return reading_of(signals) if signals else NOTHING


def speaks(body: bytes) -> bool:
    """Tell whether a body is such a file though it is labelled as a page or looks like one."""
    if b"<" not in body:
        return True
    labels = {label for _, label, _ in _lines(body)}
    return {"user-agent", "disallow"} <= labels or {"spec-version", "training"} <= labels


def _file(snapshot: Snapshot, case: Case) -> Iterator[Signal]:
    body = snapshot.body
    lines = _lines(body)
    grouped = any(label in ("user-agent", "disallow") for _, label, _ in lines)
    if grouped:
        yield from _groups(lines, case)
    if not case.spec and (intended := _intended(body)):
        yield from _groups(intended, case)
    own_place = "/.well-known/" in snapshot.url
    if own_place or not case.spec:
        yield from ai_txt_draft.read(snapshot, case, own_place=own_place)
    if not case.spec:
        yield from _plain(lines)
        if not grouped and not body.lstrip().startswith((b"{", b"[")):
            yield from prose.signals_of(text_of(body), "ai.txt", case)


@lru_cache(maxsize=256)
def _lines(body: bytes) -> tuple[Line, ...]:
    found = []
    for number, line in enumerate(ai_txt_draft.lines_of(text_of(body)), 1):
        parts = unescape(_TAG.sub("\n", line)).split("\n") if "<" in line else (line,)
        for part in parts:
            content = fold(part).partition("#")[0].strip().strip("\"'")
            if content:
                label, _, value = content.partition(":")
                found.append((number, label.strip().lower(), value.strip().strip("\"'") or content))
    return tuple(found)


@lru_cache(maxsize=256)
def _intended(body: bytes) -> tuple[Line, ...]:
    """Return the lines as they were meant, () if they are so already: it is robots.txt's form."""
    found = []
    for number, line in robots_as_meant.lines(text_of(body)) or ():
        label, _, value = line.partition(":")
        found.append((number, label.strip().lower(), value.strip()))
    return tuple(found)


def _groups(lines: tuple[Line, ...], case: Case) -> Iterator[Signal]:
    """Read the Disallow lines; by the letter only those for `*` or for us."""
    # Without an agent a line is for everybody, if not by the letter.
    agents = set() if case.spec else {"*"}
    running = False
    for number, label, value in lines:
        if label == "user-agent":
            agents = agents if running else set()
            agents.add(value.lower())
            running = True
            continue
        running = False
        if label == "disallow" and agents:
            addressed = "*" in agents or case.token in agents
            if (addressed or not case.spec) and _covers_text(value, case):
                yield signal("ai_txt.refused", f"ai.txt:{number}", f"Disallow: {value}", TRAIN_DENY)


def _covers_text(value: str, case: Case) -> bool:
    if _covers(value, case):
        return True
    parts = [] if case.spec else _BETWEEN.split(value)
    return len(parts) > 1 and any(_covers(part, case) for part in parts)


def _covers(value: str, case: Case) -> bool:
    if value.lower() in _EVERYTHING:
        return True
    match = _EXTENSION.fullmatch(value)
    if match:
        return match[1].lower() in _TEXT_TYPES
    if not value.startswith("/"):
        return False
    pattern = pattern_of(value)
    return pattern is not None and any(pattern.matches(path) for path in case.paths)


def _plain(lines: tuple[Line, ...]) -> Iterator[Signal]:
    """Read `train...=no` in any of the other syntaxes proposed for this name."""
    for number, label, value in lines:
        key, equals, word = value.partition("=") if "=" in value else (label, ":", value)
        # The draft's own keys are read with their paths and agents.
        named = _TRAINING.fullmatch(key.strip()) and not key.strip().startswith("training-")
        if equals and named and is_negative(word) and (equals, key) != (":", "training"):
            yield signal("ai_txt.line", f"ai.txt:{number}", f"{key}{equals}{word}", TRAIN_DENY)


_SINCE = 1_795_791_600.0  # 27 November 2026: earlier crawls asked the first place only

PROTOCOL: Protocol = Protocol(
    name="ai_txt",
    read=read,
    places=(FileKind.AI_TXT,),
    # Spawning's place, then the two of draft-car-ai-txt-wellknown-00, which prefers JSON.
    files=(
        SiteFile("ai.txt", FileKind.AI_TXT, "/ai.txt"),
        SiteFile("ai.txt", FileKind.AI_TXT, "/.well-known/ai.json", _SINCE),
        SiteFile("ai.txt", FileKind.AI_TXT, "/.well-known/ai.txt", _SINCE),
    ),
    rules={
        "ai_txt.refused": "ai.txt refuses training on this address.",
        "ai_txt.line": "A line of ai.txt refuses in words.",
        "ai_txt.training": "ai.txt states terms for training.",
        "ai_txt.scraping": "ai.txt refuses that the site is fetched by machines.",
    },
    ways=(
        WayOut("ai.txt", "User-Agent: *\nDisallow: /", "Training is refused for what it names."),
    ),
    where="`/ai.txt`, `/.well-known/ai.json`, else `/.well-known/ai.txt`; in either form at each",
    refuses="`Disallow` of a text type, of everything, or of the page's path: `ai_train`;"
    " `Training` or `Training-Deny` of draft-car-ai-txt-wellknown, whose default (deny)"
    " holds at its own places; `Scraping: deny`: `crawl`; `conditional` and a fee are"
    " conditional",
    former={"fil.ai-txt": "ai_txt.refused", "fil.ai-txt-line": "ai_txt.line"},
)
