"""Spawning's ai.txt: use for AI training by file type, read when downloading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from crawler.core.consent import prose, robotstxt
from crawler.core.consent.path_patterns import pattern_of
from crawler.core.consent.protocol import (
    NOTHING,
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
from crawler.core.decision import Signal
from crawler.core.evidence import FileKind

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
_EXTENSION = re.compile(r"\*?\.([a-z0-9]{1,8})\$?", re.IGNORECASE)
_EVERYTHING = frozenset({"*", "/", "/*", "*.*", "/*.*", "all"})
_TRAINING = re.compile(r"[\w-]*train[\w-]*", re.IGNORECASE)
_LINES = 20_000  # read of one file


def read(case: Case) -> Reading:
    """Resolve the file: any Disallow of a text type refuses training, Allow grants nothing."""
    snapshot = case.file(FileKind.AI_TXT)
    if snapshot is None:
        return NOTHING
    lines = _lines(snapshot.body)
    grouped = any(label == "user-agent" for _, label, _ in lines)
    signals: list[Signal] = []
    if grouped:
        signals += _groups(lines, case)
    if not case.spec:
        signals += _plain(lines)
        if not grouped:
            text = robotstxt.decode(snapshot.body)
            signals += prose.signals_of(text, "ai.txt", case)
    return reading_of(signals)


@lru_cache(maxsize=256)
def _lines(body: bytes) -> tuple[tuple[int, str, str], ...]:
    found = []
    text = robotstxt.decode(body)
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text)[:_LINES], 1):
        content = line.partition("#")[0].strip()
        if content:
            label, _, value = content.partition(":")
            found.append((number, label.strip().lower(), value.strip() or content))
    return tuple(found)


def _groups(lines: tuple[tuple[int, str, str], ...], case: Case) -> Iterator[Signal]:
    """Read the Disallow lines; by the letter only those for `*` or for us."""
    agents: set[str] = set()
    running = False
    for number, label, value in lines:
        if label == "user-agent":
            agents = {value.lower()} | (agents if running else set())
            running = True
            continue
        running = False
        if label == "disallow" and agents:
            addressed = "*" in agents or case.token in agents
            if (addressed or not case.spec) and _covers_text(value, case):
                yield signal("ai_txt.refused", f"ai.txt:{number}", f"Disallow: {value}", TRAIN_DENY)


def _covers_text(value: str, case: Case) -> bool:
    if value.lower() in _EVERYTHING:
        return True
    match = _EXTENSION.fullmatch(value)
    if match:
        return match[1].lower() in _TEXT_TYPES
    if not value.startswith("/"):
        return False
    pattern = pattern_of(value)
    return pattern is not None and any(pattern.matches(path) for path in case.paths)


def _plain(lines: tuple[tuple[int, str, str], ...]) -> Iterator[Signal]:
    """Read `train...=no` in any of the other syntaxes proposed for this name."""
    for number, label, value in lines:
        key, equals, word = value.partition("=") if "=" in value else (label, ":", value)
        if equals and _TRAINING.fullmatch(key.strip()) and is_negative(word):
            yield signal("ai_txt.line", f"ai.txt:{number}", f"{key}{equals}{word}", TRAIN_DENY)


PROTOCOL: Protocol = Protocol(
    name="ai_txt",
    read=read,
    places=(FileKind.AI_TXT,),
    files=(SiteFile("ai.txt", FileKind.AI_TXT, "/ai.txt"),),
    rules={
        "ai_txt.refused": "ai.txt refuses training on this address.",
        "ai_txt.line": "A line of ai.txt refuses in words.",
    },
    ways=(
        WayOut("ai.txt", "User-Agent: *\nDisallow: /", "Training is refused for what it names."),
    ),
    where="`/ai.txt`",
    refuses="`Disallow` of a text type, of everything, or of the page's path: `ai_train`",
    former={"fil.ai-txt": "ai_txt.refused", "fil.ai-txt-line": "ai_txt.line"},
)
