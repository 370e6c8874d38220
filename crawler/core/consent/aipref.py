"""IETF AIPREF: Content-Usage as a header and as a robots.txt rule.

draft-ietf-aipref-vocab-08 and draft-ietf-aipref-attach-05. A value is read twice: as the RFC 9651
dictionary it must be, and by a tolerant scan of its members that can only refuse.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import cast

from crawler.core.consent import robotstxt, usage_preferences
from crawler.core.consent.path_patterns import pattern_of
from crawler.core.consent.protocol import (
    AI_DENY,
    AI_TDM_DENY,
    TRAIN_DENY,
    Case,
    Protocol,
    Reading,
    Says,
    WayOut,
    join,
    only_refusals,
    reading_of,
    signal,
)
from crawler.core.consent.refusing_words import is_negative
from crawler.core.decision import Signal, Usage, Value
from crawler.core.evidence import FileKind
from crawler.core.late_expressions import late
from crawler.core.lenient_text import fold

_LABELS = {"train-ai": Usage.AI_TRAIN, "ai-use": Usage.AI_INPUT, "search": Usage.INDEX}
_OF_AI = frozenset({"train-ai", "ai-use"})
_INPUT_DENY: Says = {Usage.AI_INPUT: Value.DENY}
# Labels of earlier drafts and of neighbouring protocols: their refusals are still meant.
_REFUSED_BY: dict[str, Says] = {
    "train-ai": TRAIN_DENY,
    "ai-use": _INPUT_DENY,
    "search": {Usage.INDEX: Value.DENY},
    "tdm": AI_TDM_DENY,
    "all": AI_TDM_DENY,
    "bots": AI_TDM_DENY,
    "ai": AI_DENY,
    "genai": AI_DENY,
    "train-genai": TRAIN_DENY,
    "inference": _INPUT_DENY,
    "ai-output": _INPUT_DENY,
    "ai-train": TRAIN_DENY,
    "ai-training": TRAIN_DENY,
    "ai-input": _INPUT_DENY,
}
_LIMIT = 8_192  # characters of a value that are read in full; of longer ones only refusals
_MEMBER = late(r'(?:[^,"]|"(?:\\.|[^"\\])*"?)+')
# A key is tried from its start only, or a long run of letters would cost its square.
_PAIR = late(
    r"(?<![A-Za-z0-9_.*-])([A-Za-z][A-Za-z0-9_.*-]*+)\s*+[=:]\s*+(\??[\"']?[A-Za-z0-9-]++)"
)


def read(case: Case) -> Reading:
    """Resolve the header, the robots.txt rules and, as refusals only, metas."""
    signals = list(usage_preferences.read(case, SYNTAX))
    lines = case.lines("content-usage")
    if lines:
        value = ", ".join(lines)
        signals.append(
            signal("aipref.header", "header content-usage", value, _says(value, case.spec))
        )
    if not case.spec:
        for item in case.metas:
            if item.name == "content-usage":
                says = only_refusals(_says(item.text, False))  # noqa: FBT003
                signals.append(signal("aipref.meta", "meta content-usage", item.text, says))
        signals += _canel(case)
        signals += _lines(case)
    return reading_of(signals)


@lru_cache(maxsize=4096)
def _says(value: str, spec: bool) -> Says:  # noqa: FBT001 - the face of `usage_preferences.Parse`
    if len(value) > _LIMIT:  # nobody's preference: not worth a parse, but it may still refuse
        return {} if spec else _plain_refusals(value)
    strict = _dictionary(value)
    return strict if spec else join(strict, _refusals(value))


def _dictionary(value: str) -> dict[Usage, Value]:
    """Read `value` strictly: of a value that fails to parse nothing is known."""
    import http_sf  # noqa: PLC0415 - few speak so

    says = {}
    for key, (item, _parameters) in (_members(value) or {}).items():
        usage = _LABELS.get(key)
        if usage is not None and isinstance(item, http_sf.Token):
            if str(item) == "y":
                says[usage] = Value.ALLOW
            elif str(item) == "n":
                says[usage] = Value.DENY
    return says


def _members(value: str) -> dict[str, tuple[object, object]] | None:
    """Return the members of an RFC 9651 dictionary, or None if `value` is none."""
    import http_sf  # noqa: PLC0415 - few speak so

    try:
        return cast(
            "dict[str, tuple[object, object]]",
            http_sf.parse(value.encode(), tltype="dictionary"),
        )
    except (ValueError, TypeError, IndexError, OverflowError, RecursionError):
        return None


def _refusals(value: str) -> Says:
    """Scan the members of `value` for plain refusals.

    Of the parameters of a sound one only those that are labels of AI themselves: who parts
    members by semicolons writes `search=y;train-ai=n`.
    """
    says: Says = {}
    for member in _MEMBER.findall(value):
        text = member.strip()
        if len(_members(text) or ()) == 1:
            text, *parameters = text.split(";")
            for item in parameters:
                if item.partition("=")[0].strip().lower() in _OF_AI:
                    says = join(says, _plain_refusals(item))
        says = join(says, _plain_refusals(text))
    return says


def _plain_refusals(text: str) -> Says:
    says: Says = {}
    for key, word in _PAIR.findall(fold(text)):
        refused = _REFUSED_BY.get(key.lower().replace("_", "-"))
        if refused and is_negative(word):
            says = join(says, refused)
    return says


def _lines(case: Case) -> Iterator[Signal]:
    """Read `AI-Training: disallow` in robots.txt, which no specification knows."""
    for record in _records(case, "ai-training"):
        if is_negative(record.value):
            raw = f"AI-Training: {record.value}"
            yield signal("aipref.training-line", record.place, raw, TRAIN_DENY)


def _records(case: Case, label: str) -> list[robotstxt.Record]:
    """Return the lines so labelled that are for us, for everybody, or in no group."""
    if case.robots is None:
        return []
    written = robotstxt.parse(case.robots)
    if len(written.views) == 1 and not written.mentions(label):
        return []
    found: dict[robotstxt.Record, None] = {}
    for view in written.views:
        robots = robotstxt.parse(case.robots, view)
        if robots.mentions(label):
            own = robotstxt.select(case.robots, case.token, view)
            everyone = robotstxt.select(case.robots, "*", view)
            found |= dict.fromkeys((*robots.loose, *own.records, *everyone.records))
    return [record for record in found if record.label == label]


def _canel(case: Case) -> Iterator[Signal]:
    """Read `DisallowAITraining:` lines (draft-canel-robots-ai-control-01, expired)."""
    for record in _records(case, "disallowaitraining"):
        if record.value:
            pattern = pattern_of(record.value)
            if pattern and any(pattern.matches(path) for path in case.paths):
                raw = f"DisallowAITraining: {record.value}"
                yield signal("aipref.disallow-training", record.place, raw, TRAIN_DENY)


SYNTAX = usage_preferences.Syntax(
    "content-usage", "Content-Usage", "aipref.robots", _says, closes=True
)
PROTOCOL: Protocol = Protocol(
    name="aipref",
    read=read,
    places=(FileKind.ROBOTS, "headers", "document"),
    headers=("content-usage",),
    rules={
        "aipref.robots": "A Content-Usage line in robots.txt speaks of this address.",
        "aipref.header": "The answer carries a Content-Usage header.",
        "aipref.meta": "The page carries a content-usage meta element.",
        "aipref.disallow-training": "A DisallowAITraining line refuses training.",
        "aipref.training-line": "An AI-Training line in robots.txt refuses training.",
    },
    ways=(
        WayOut(
            "robots.txt, IETF AI preferences",
            "User-agent: *\nContent-Usage: train-ai=n",
            "Read per path; the most specific group that names us counts.",
        ),
        WayOut(
            "Response header, IETF AI preferences",
            "Content-Usage: train-ai=n",
            "We stop at the header; the page is not read.",
        ),
    ),
    where="`Content-Usage` in robots.txt groups and as a header; metas as refusals only;"
    " `DisallowAITraining` and `AI-Training` lines",
    refuses="`train-ai=n`, `ai-use=n`, `search=n`, and the labels of earlier drafts",
    grants="the same with `y`, written exactly",
    former_prefix="aip",
)
