"""TDM Reservation Protocol: tdmrep.json, headers and metas.

W3C Community Group Final Report, 10 May 2024. A later carrier supersedes an earlier one: file,
then header, then meta; an absent or invalid one leaves what was said before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from crawler.core.consent.path_patterns import Pattern, pattern_of
from crawler.core.consent.protocol import (
    AI_TDM_DENY,
    NOTHING,
    Case,
    Protocol,
    Reading,
    Says,
    SiteFile,
    WayOut,
    reading_of,
    signal,
)
from crawler.core.decision import Signal, Usage, Value
from crawler.core.evidence import FileKind

_OPEN: Says = {Usage.TDM: Value.ALLOW, Usage.AI_TRAIN: Value.ALLOW}
_RESERVED = re.compile(r"[\"']?\s*(?:\?1|1(?:\.0)?|true)\s*[\"']?\s*(?:;.*)?", re.IGNORECASE)
# Whatever else is broken: this literal is a reservation.
_PLAIN = re.compile(
    rb"[\"']?tdm-reservation[\"']?\s*:\s*[\"']?\s*(?:1\b|\?1|true\b)", re.IGNORECASE
)
_TRAILING_COMMA = re.compile(r",(\s*[\]}])")
_ENTRIES = 10_000  # read of one file


@dataclass(frozen=True, slots=True)
class _Entry:
    index: int
    location: str
    pattern: Pattern | None
    value: int | None  # 1 reserved, 0 not, None invalid
    strict: bool  # the value is what the report asks for


def read(case: Case) -> Reading:
    """Resolve the three carriers in their order of precedence."""
    steps = [list(_file(case)), list(_header(case)), list(_metas(case))]
    if not any(steps):
        return NOTHING
    signals: list[Signal] = []
    decided = False
    for step in reversed(steps):
        speaks = any(item.says for item in step)
        signals[:0] = [replace(item, counts=False) for item in step] if decided else step
        decided |= speaks
    return reading_of(signals)


def _file(case: Case) -> Iterable[Signal]:
    snapshot = case.file(FileKind.TDMREP)
    if snapshot is None:
        return
    entries, problem = _entries(snapshot.body)
    if problem:
        if not case.spec and _PLAIN.search(snapshot.body.replace(b"\0", b"")):
            raw = f"{problem}: {snapshot.body[:300].decode('utf-8', 'replace')}"
            yield signal("tdmrep.broken", "tdmrep.json", raw, AI_TDM_DENY)
        if case.spec or not entries:
            return
    matching = [
        item
        for item in entries
        if item.pattern is not None and any(item.pattern.matches(path) for path in case.paths)
    ]
    if case.spec:
        first = [item for item in matching if item.location.startswith("/")][:1]
        if first and first[0].strict:
            yield _entry_signal(first[0])
        return
    valid = [item for item in matching if item.value is not None]
    if not valid:
        return
    # "The most specific is the first in sequence": where order and length disagree, the
    # reservation stands.
    length = max(item.pattern.length for item in valid if item.pattern)
    chosen = [valid[0], *(i for i in valid if i.pattern and i.pattern.length == length)]
    reserved = next((item for item in chosen if item.value == 1), None)
    if reserved is not None:
        yield _entry_signal(reserved)
    elif not problem and all(item.strict for item in chosen):
        yield _entry_signal(valid[0])


def _entry_signal(entry: _Entry) -> Signal:
    raw = f'"location": "{entry.location}", "tdm-reservation": {entry.value}'
    says = AI_TDM_DENY if entry.value else _OPEN
    return signal("tdmrep.file", f"tdmrep.json[{entry.index}]", raw, says)


@lru_cache(maxsize=512)
def _entries(body: bytes) -> tuple[tuple[_Entry, ...], str]:
    """Return the entries of the file in order, and what is wrong with it as a whole."""
    problem = ""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        problem = "invalid JSON"
        try:
            text = body.decode("utf-8-sig", "replace")
            data = json.loads(_TRAILING_COMMA.sub(r"\1", text))
        except (ValueError, RecursionError):
            return (), problem
        return _read_all(data), "" if _PLAIN.search(body) is None else problem
    if not isinstance(data, list):
        problem = "not an array"
    return _read_all(data), problem


def _read_all(data: object) -> tuple[_Entry, ...]:
    items = data if isinstance(data, list) else [data]
    return tuple(
        _read_entry(index, item)
        for index, item in enumerate(items[:_ENTRIES])
        if isinstance(item, dict)
    )


def _read_entry(index: int, item: dict[str, object]) -> _Entry:
    value = item.get("tdm-reservation")
    strict = type(value) is int and value in (0, 1)
    location = item.get("location")
    if not isinstance(location, str) or not location:
        strict, location = False, "/"
    number: int | None = None
    if strict:
        number = 1 if value else 0
    elif value is True or value == 1 or (isinstance(value, str) and _RESERVED.fullmatch(value)):
        number = 1
    return _Entry(index, location, pattern_of(location), number, strict)


def _header(case: Case) -> Iterable[Signal]:
    lines = case.lines("tdm-reservation")
    values = [_value(line, spec=case.spec) for line in lines]
    yield from _carrier("tdmrep.header", "header tdm-reservation", lines, values)
    for line in case.lines("tdm-policy"):
        yield signal("tdmrep.policy", "header tdm-policy", line, {})


def _metas(case: Case) -> Iterable[Signal]:
    texts: list[str] = []
    values: list[int | None] = []
    for item in case.metas:
        if item.name in {"tdm-reservation", "tdm:reservation"}:
            defined = item.place in {"name", ""} and item.name == "tdm-reservation"
            value = _value(item.text, spec=case.spec)
            if not defined and (case.spec or value == 0):
                continue
            texts.append(item.text)
            values.append(value)
        elif item.name == "tdm-policy":
            yield signal("tdmrep.policy", "meta tdm-policy", item.text, {})
    yield from _carrier("tdmrep.meta", "meta tdm-reservation", texts, values)


def _carrier(
    rule: str, place: str, texts: Iterable[str], values: list[int | None]
) -> Iterable[Signal]:
    """Resolve one carrier: of contradictory duplicates the reservation stands."""
    raw = ", ".join(texts)
    if 1 in values:
        yield signal(rule, place, raw, AI_TDM_DENY)
    elif 0 in values:
        yield signal(rule, place, raw, _OPEN)
    elif values:
        yield signal("tdmrep.invalid", place, raw, {})


def _value(text: str, *, spec: bool) -> int | None:
    text = text.strip()
    if text in {"0", "1"}:
        return int(text)
    if spec:
        return None
    return 1 if any(_RESERVED.fullmatch(part.strip()) for part in text.split(",")) else None


PROTOCOL: Protocol = Protocol(
    name="tdmrep",
    read=read,
    places=(FileKind.TDMREP, "headers", "document"),
    headers=("tdm-policy", "tdm-reservation"),
    files=(SiteFile("tdmrep", FileKind.TDMREP, "/.well-known/tdmrep.json"),),
    rules={
        "tdmrep.file": "tdmrep.json reserves or permits text and data mining of this address.",
        "tdmrep.header": "A tdm-reservation header speaks of this page.",
        "tdmrep.meta": "A tdm-reservation meta element speaks of this page.",
        "tdmrep.broken": "tdmrep.json is malformed, yet holds a plain reservation.",
        "tdmrep.invalid": "A tdm-reservation is there whose value says nothing.",
        "tdmrep.policy": "A policy is named under which mining may be licensed.",
    },
    ways=(
        WayOut(
            "TDM Reservation Protocol",
            '/.well-known/tdmrep.json\n[{"location": "/*", "tdm-reservation": 1}]',
            "Text and data mining is refused for the paths you name.",
        ),
        WayOut(
            "TDM Reservation Protocol, one page",
            'tdm-reservation: 1\n<meta name="tdm-reservation" content="1">',
            "As a header or in the page: its text is not kept.",
        ),
    ),
    where="`/.well-known/tdmrep.json`, header, meta",
    refuses="reservation `1`: `tdm`, `ai_train`, `ai_input`",
    grants="reservation `0`: `tdm`, `ai_train`",
    former_prefix="tdm",
)
