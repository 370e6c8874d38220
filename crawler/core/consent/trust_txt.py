"""JournalList's trust.txt: `datatrainingallowed` for a whole origin."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.core.consent.protocol import (
    PAGE_TYPES,
    TRAIN_DENY,
    Case,
    Protocol,
    Reading,
    Says,
    SiteFile,
    WayOut,
    reading_of,
    signal,
)
from crawler.core.consent.refusing_words import is_negative
from crawler.core.consent.site_file_text import text_of
from crawler.core.decision import Signal, Usage, Value
from crawler.core.evidence import FileKind
from crawler.core.late_expressions import late
from crawler.core.lenient_text import fold

_KEY = "datatrainingallowed"
_NO_LETTER = late(r"[^a-z]")
_ALLOW: Says = {Usage.AI_TRAIN: Value.ALLOW}
_LINE = late(r"\r\n|[\r\n\u2028\u2029\x85]")
_TAG = late(r"<[^<>]*>")
_SAYS = late(r"data[-_ ]?training[-_ ]?allowed\s*+[=:]", re.IGNORECASE)


def read(case: Case) -> Reading:
    """Resolve the file at either of its two places; of yes and no together, no stands."""
    signals: list[Signal] = []
    for snapshot in case.evidence.site:
        if snapshot.kind is not FileKind.TRUST_TXT or not case.reads(snapshot):
            continue
        if not (case.spec and snapshot.content_type in PAGE_TYPES):  # by the letter no such file
            signals += _statements(snapshot.body, case.spec)
    return reading_of(signals)


@lru_cache(maxsize=512)
def _statements(body: bytes, spec: bool) -> tuple[Signal, ...]:  # noqa: FBT001 - one cache key
    found = [
        _line(part, f"trust.txt:{number}", spec=spec)
        for number, line in enumerate(_LINE.split(text_of(body)), 1)
        for part in ((line,) if spec else _parts(line))
    ]
    return tuple(item for item in found if item is not None)


def _parts(line: str) -> list[str]:
    """Return the statements of a line that may hold tags, or other statements before ours."""
    parts = _TAG.sub("\n", line).split("\n") if "<" in line else [line]
    found = []
    for part in parts:
        folded = fold(part)
        match = _SAYS.search(folded)
        if match is None or not folded[: match.start()].strip():
            found.append(part)
        elif "#" not in folded[: match.start()]:
            value = folded[match.end() :].split(maxsplit=1)
            # So written it cannot permit.
            found.append(f"Data-Training-Allowed = {value[0] if value else ''}")
    return found


def speaks(body: bytes) -> bool:
    """Tell whether a body is such a file though it is labelled as a page or looks like one."""
    return b"<" not in body or _SAYS.search(fold(text_of(body))) is not None


def _line(line: str, place: str, *, spec: bool) -> Signal | None:
    line = line.partition("#")[0]
    line = line if spec else fold(line)
    key, equals, value = line.partition("=")
    if not equals and not spec:
        key, equals, value = line.partition(":")
    name = key.strip()
    if _NO_LETTER.sub("", name.lower()) != _KEY or not equals:
        return None
    word = value.strip()
    if name == _KEY and word == "yes":
        return signal("trust_txt.yes", place, line.strip(), _ALLOW)
    if word == "no" and name == _KEY:
        return signal("trust_txt.no", place, line.strip(), TRAIN_DENY)
    if not spec and is_negative(word):
        return signal("trust_txt.no", place, line.strip(), TRAIN_DENY)
    return signal("trust_txt.unknown", place, line.strip(), {})


PROTOCOL: Protocol = Protocol(
    name="trust_txt",
    read=read,
    places=(FileKind.TRUST_TXT,),
    files=(
        SiteFile("trust.txt", FileKind.TRUST_TXT, "/trust.txt"),
        SiteFile("trust.txt", FileKind.TRUST_TXT, "/.well-known/trust.txt"),
    ),
    rules={
        "trust_txt.no": "trust.txt refuses training for the whole host.",
        "trust_txt.yes": "trust.txt permits training.",
        "trust_txt.unknown": "trust.txt speaks of training in a word that is neither yes nor no.",
    },
    ways=(
        WayOut("trust.txt", "datatrainingallowed=no", "Training is refused for the whole host."),
    ),
    where="`/trust.txt`, else `/.well-known/trust.txt`",
    refuses="`datatrainingallowed=no`",
    grants="`=yes`, written exactly",
    former={
        "fil.trust-no": "trust_txt.no",
        "fil.trust-yes": "trust_txt.yes",
        "fil.trust-unknown": "trust_txt.unknown",
    },
)
