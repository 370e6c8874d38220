"""TDM Reservation Protocol: tdmrep.json, headers and metas.

W3C Community Group Final Report, 10 May 2024. A later carrier supersedes an earlier one: file,
then header, then meta; an absent or invalid one leaves what was said before.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from html import unescape

from crawler.core import lenient_json
from crawler.core.consent import json_ld_rights
from crawler.core.consent.path_patterns import Pattern, host_of, pattern_of
from crawler.core.consent.protocol import (
    AI_TDM_DENY,
    Case,
    Protocol,
    Reading,
    Says,
    SiteFile,
    WayOut,
    reading_of,
    signal,
    too_much,
)
from crawler.core.decision import Signal, Usage, Value
from crawler.core.evidence import FileKind
from crawler.core.late_expressions import late
from crawler.core.lenient_text import fold, words_of

_OPEN: Says = {Usage.TDM: Value.ALLOW, Usage.AI_TRAIN: Value.ALLOW}
_RESERVED = frozenset({"1", "01", "1.0", "1.00", "true"})
_IN_WORDS = frozenset({"t", "yes", "y", "on", "reserved"})
_MEANT = "tdmrep.meant"
_WORDY = 2  # reserved in words that the report does not know
_PROPERTIES = ("tdm_reservation", "tdm-reservation", "tdmreservation")
# Whatever else is broken: this literal is a reservation.
_PLAIN = late(
    r"tdm[-_: ]?reservation[\"'\\]*+\s*+[:=]\s*+[\"'\\]*+\s*+(?:1\b|\?1|true\b|yes\b|reserved\b)",
    re.IGNORECASE,
)
_KEY = "tdmreservation"
_NO_LETTER = late(r"[^a-z]")


@dataclass(frozen=True, slots=True)
class _Entry:
    index: int
    location: str
    pattern: Pattern | None
    value: int | None  # 1 reserved, 0 not, None invalid
    strict: bool  # the value is what the report asks for


def read(case: Case) -> Reading:
    """Resolve the three carriers in their order of precedence."""
    steps = [list(_file(case)), list(_header(case)), [*_metas(case), *_properties(case)]]
    stated = [] if case.spec else list(_scripts(case))
    if not any(steps):
        return reading_of(stated)
    signals: list[Signal] = []
    decided = False
    for position, step in reversed(list(enumerate(steps))):
        speaks = any(item.says for item in step)
        if speaks and step[0].rule == _MEANT and any(s.says for p in steps[:position] for s in p):
            # No value of the report: it leaves what was said before, and reserves where that is
            # nothing.
            step[:] = [replace(item, counts=False) for item in step]
            speaks = False
        signals[:0] = [replace(item, counts=False) for item in step] if decided else step
        decided |= speaks
    return reading_of([*signals, *stated])


def _file(case: Case) -> Iterable[Signal]:
    snapshot = case.file(FileKind.TDMREP)
    if snapshot is None:
        return
    entries, problem = _entries(snapshot.body)
    if problem:
        hidden = 0 if case.spec else _plain(snapshot.body) - sum(e.value == 1 for e in entries)
        if hidden > 0:
            raw = f"{problem}: {_text(snapshot.body)[:300]}"
            yield signal("tdmrep.broken", "tdmrep.json", raw, AI_TDM_DENY)
        if case.spec or not entries:
            return
    matching = [
        item
        for item in entries
        if item.pattern is not None
        and any(item.pattern.matches(path) for path in case.paths)
        and host_of(item.location) in {"", case.url.host.removeprefix("www.")}
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


def speaks(body: bytes) -> bool:
    """Tell whether a body is such a file, whatever it looks like, or refuses all the same."""
    text = _text(body)
    start = text.lstrip()[:1]
    if start == "<":
        return _PLAIN.search(unescape(text)) is not None
    return start in {"[", "{"} or _KEY in _NO_LETTER.sub("", text.lower())


@lru_cache(maxsize=64)
def _text(body: bytes) -> str:
    return lenient_json.text_of(body)


def _plain(body: bytes) -> int:
    """Return how many reservations stand in a file, read or not."""
    return len(_PLAIN.findall(unescape(_text(body))))


@lru_cache(maxsize=512)
def _entries(body: bytes) -> tuple[tuple[_Entry, ...], str]:
    """Return the entries of the file in order, and what is wrong with it as a whole."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        held = lenient_json.read(_text(body))
        return _read_all([*held.values, *held.pairs]), "invalid JSON"
    entries = _read_all(data)
    if not isinstance(data, list):
        return entries, "not an array"
    # Of a key that is written twice the parser keeps the last.
    return entries, "a key twice" if _plain(body) > sum(e.value == 1 for e in entries) else ""


def _read_all(data: object) -> tuple[_Entry, ...]:
    """Return the entries in `data`: its objects, and what they hold that speaks itself."""
    waiting = deque((index, item, True) for index, item in enumerate(_items(data)))
    found: list[_Entry] = []
    while waiting:
        index, item, outermost = waiting.popleft()
        if isinstance(item, dict):
            value, said = _stated(item)
            if said or outermost:
                found.append(_read_entry(index, item, value))
            item = list(item.values())
        inner = item if isinstance(item, list) else ()
        waiting.extend((index, part, False) for part in inner if isinstance(part, dict | list))
    return tuple(found)


def _items(data: object) -> list[object]:
    return data if isinstance(data, list) else [data]


def _stated(item: dict[str, object]) -> tuple[object, bool]:
    """Return what an object says of reservation, and whether it says anything."""
    if "tdm-reservation" in item:
        return item["tdm-reservation"], True
    for key, value in item.items():
        if _NO_LETTER.sub("", key.lower()).endswith(_KEY) and not isinstance(value, dict | list):
            return str(value) if value != 1 else "1", True
    return None, False


def _read_entry(index: int, item: dict[str, object], value: object) -> _Entry:
    strict = type(value) is int and value in (0, 1)
    location = item.get("location")
    if not isinstance(location, str) or not location:
        strict, location = False, "/"
    number: int | None = None
    if strict:
        number = 1 if value else 0
    elif value is True or value == 1 or (isinstance(value, str) and _is_reserved(value)):
        number = 1
    pattern = pattern_of(_meant(location) if number else location)
    return _Entry(index, location, pattern, number, strict)


def _meant(location: str) -> str:
    """Return the pattern meant by a location that is padded or written as an expression."""
    return fold(location).strip().removeprefix("^").replace(".*", "*") or "/"


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
        if item.name == "tdm-reservation" or _NO_LETTER.sub("", item.name).endswith(_KEY):
            defined = item.place in {"name", ""} and item.name == "tdm-reservation"
            value = _value(item.text, spec=case.spec)
            if not defined and (case.spec or value == 0):
                continue
            texts.append(item.text)
            values.append(value)
        elif item.name == "tdm-policy":
            yield signal("tdmrep.policy", "meta tdm-policy", item.text, {})
    yield from _carrier("tdmrep.meta", "meta tdm-reservation", texts, values)


def _properties(case: Case) -> Iterable[Signal]:
    """Read the metadata of an EPUB or a PDF (sections 6.4 and 6.5 of the report).

    A property of another name that ends like it may only reserve.
    """
    texts: list[str] = []
    values: list[int | None] = []
    for item in case.elements.get("asset", ()):
        if _NO_LETTER.sub("", item.name).endswith(_KEY):
            value = _value(item.text, spec=case.spec)
            defined = item.name == "tdm:reservation" and item.place in {"xmp", "opf"}
            if defined or (value not in {0, None} and not case.spec):
                texts.append(item.text)
                values.append(value)
        elif item.name == "tdm:policy":
            yield signal("tdmrep.policy", f"{item.place} tdm:policy", item.text, {})
    yield from _carrier("tdmrep.document", "tdm:reservation", texts, values)


def _scripts(case: Case) -> Iterable[Signal]:
    """Read `tdm_reservation` in JSON-LD, which iscc-schema 0.6 binds to this protocol.

    The report knows no such carrier: it may only reserve, and supersedes nothing.
    """
    for item in case.scripts(json_ld_rights.MEDIA_TYPE):
        if "eservation" not in item.text:
            continue
        nodes = json_ld_rights.nodes(item.text)
        for node in nodes:
            for key, value in json_ld_rights.said(node, _PROPERTIES):
                if value is True or value == 1 or (isinstance(value, str) and _is_reserved(value)):
                    raw = f'"{key}": {value!r}'
                    yield signal("tdmrep.jsonld", "script ld+json", raw, AI_TDM_DENY)
        if len(nodes) >= json_ld_rights.MOST_NODES:
            what = f"more than {json_ld_rights.MOST_NODES} nodes"
            yield too_much("tdmrep", "script ld+json", what)


def _carrier(
    rule: str, place: str, texts: Iterable[str], values: list[int | None]
) -> Iterable[Signal]:
    """Resolve one carrier: of contradictory duplicates the reservation stands."""
    raw = ", ".join(texts)
    if 1 in values:
        yield signal(rule, place, raw, AI_TDM_DENY)
    elif any(value == _WORDY for value in values):
        yield signal(_MEANT, place, raw, AI_TDM_DENY)
    elif 0 in values:
        yield signal(rule, place, raw, _OPEN)
    elif values:
        yield signal("tdmrep.invalid", place, raw, {})


def _value(text: str, *, spec: bool) -> int | None:
    """Return 1 for reserved, 0 for not, `_WORDY` for other words, None for neither."""
    text = text.strip()
    if text in {"0", "1"}:
        return int(text)
    if spec:
        return None
    words = words_of(text)
    if not _RESERVED.isdisjoint(words):
        return 1
    return None if _IN_WORDS.isdisjoint(words) else _WORDY


def _is_reserved(text: str) -> bool:
    return _value(text, spec=False) in {1, _WORDY}


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
        "tdmrep.document": "The document's own metadata reserve or permit text and data mining.",
        "tdmrep.broken": "tdmrep.json is malformed, yet holds a plain reservation.",
        "tdmrep.meant": "tdmrep.json is not what the report asks for, yet it means to reserve.",
        "tdmrep.jsonld": "JSON-LD in the page reserves text and data mining.",
        "tdmrep.too-much-to-read": "The page holds more JSON-LD than is read.",
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
    where="`/.well-known/tdmrep.json`, header, meta, `tdm:reservation` in the XMP of a PDF or the"
    " package of an EPUB; `tdm_reservation` in JSON-LD as a refusal only",
    refuses="reservation `1`, or `yes` where nothing else is said: `tdm`, `ai_train`, `ai_input`",
    grants="reservation `0`: `tdm`, `ai_train`",
    former_prefix="tdm",
)
