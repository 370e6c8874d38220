"""Page-level robots directives: X-Robots-Tag and meta robots.

Google's and Bing's documentation, noai (DeviantArt, 2022), noml (noml.info). Field lines are never
merged before they are parsed; all that is found adds up, whatever its order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from html import unescape
from urllib.parse import unquote

from crawler.core.consent.agent_list import agents_of
from crawler.core.consent.protocol import (
    AI_DENY,
    AI_TDM_DENY,
    NOTHING,
    TRAIN_DENY,
    Case,
    Protocol,
    Reading,
    Says,
    WayOut,
    signal,
)
from crawler.core.consent.refusing_words import is_negative
from crawler.core.decision import Signal, Usage, Value
from crawler.core.late_expressions import late
from crawler.core.lenient_text import fold, words_of

# The field, and what is met in its stead.
_FIELDS = ("x-robots-tag", "x-robots", "x-robot-tag", "robots-tag", "robots")
_VALUED = frozenset({"max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"})
_NO_EFFECT = frozenset(
    [
        "index",
        "follow",
        "all",
        "archive",
        "snippet",
        "noimageai",
        "noimageindex",
        "notranslate",
        "indexifembedded",
        "nositelinkssearchbox",
        "noodp",
        "noydir",
        "nofollow",
    ]
)
_INDEX_DENY: Says = {Usage.INDEX: Value.DENY}
_INPUT_DENY: Says = {Usage.AI_INPUT: Value.DENY}
_GONE: Says = {**_INDEX_DENY, **AI_DENY}
_NOCACHE: Says = {Usage.AI_INPUT: Value.CONDITIONAL, Usage.AI_TRAIN: Value.DENY}
_HONOURED: dict[str, Says] = {
    "noindex": _GONE,
    "none": _GONE,
    "nosnippet": _INPUT_DENY,
    "max-snippet:0": _INPUT_DENY,
    "noarchive": AI_DENY,
    "nocache": _NOCACHE,
    "noai": AI_DENY,
    "noml": AI_TDM_DENY,
    "disallowaitraining": TRAIN_DENY,  # draft-canel-robots-ai-control, expired; plugins write it
}
# What each directive's own author says it means, and nothing further.
_LITERAL: dict[str, Says] = _HONOURED | {
    "noindex": _INDEX_DENY,
    "none": _INDEX_DENY,
    "noml": TRAIN_DENY,
    "disallowaitraining": {},
}
_NOT_FOR_TRAINING = frozenset({"noindex", "none", "noai", "noml", "noarchive"})
_BY_ANY_NAME = frozenset({"noai", "noml", "disallowaitraining"})
# What vendors document as limiting training by their own crawlers: Amazon (developer.amazon.com,
# amazonbot) and Bing (blogs.bing.com, September 2023).
_DOCUMENTED = {
    "amazonbot": frozenset({"noarchive"}),
    "bingbot": frozenset({"nocache", "noarchive"}),
}

_DATE = (
    r"(?:\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?\s?(?:Z|[+-]\d{2}:?\d{2})?)?"
    r"|(?:[a-z]{3,9},?\s+)?\d{1,2}[ -][a-z]{3,9}[ -]\d{2,4}"
    r"(?:,?\s+\d{1,2}:\d{2}(?::\d{2})?)?(?:\s+(?:[a-z]{1,5}\b|[+-]\d{4}))?"
    r"|[a-z]{3,9}\s+[a-z]{3,9}\s+\d{1,2}\s+\d{1,2}:\d{2}:\d{2}\s+\d{4})"
)
_UNAVAILABLE = late(rf"unavailable[_-]after\s*:\s*({_DATE}|[^,]*)", re.IGNORECASE)
_ISO = late(r"(\d{4}-\d{2}-\d{2})(?:[T ]([\d:.]+))?\s?(Z|[+-]\d{2}:?\d{2})?", re.IGNORECASE)
_TAKEN = "\x00"  # stands where a date was taken out, followed by its number
# One word, a bot's name with its colon, or a directive with its value.
_ITEM = late(
    r"(max-(?:snippet|image-preview|video-preview)\s*[:=]\s*[\w-]+|[^\s,;:]+)\s*(:?)", re.IGNORECASE
)
_GAP = late(r"(?<!\s)\s*+[:=]\s*+")
# A directive that does not look as its specification has it, somewhere in the text.
_ODD = late(r"[^A-Za-z0-9,:\s_-]|\b(?:no|disallow)[-_\s]+[a-z]|;", re.IGNORECASE)
_MAY_REFUSE = late(r"no[-_\s]?(?:ai|ml|train)|disallow[-_\s]?ai")
_SPLIT_NO = late(r"\bno[-_\s]+(?=(?:ai|ml|index|archive|snippet|cache|train)[a-z]*\b)")
_PARTS = late(r"[\s,;|/+&\"'`!()\[\]{}<>\\]+|\.(?!\d)")
_SPELT = {
    "noaitraining": "disallowaitraining",
    "notraining": "disallowaitraining",
    "notrain": "disallowaitraining",
    "noaitrain": "disallowaitraining",
    "maxsnippet:0": "max-snippet:0",
}
_WORDS = late(r"([\w-])[ \t]+(?=[\w-])")  # one directive to the letter, and an unknown one


@dataclass(frozen=True, slots=True)
class _Directive:
    scope: str  # bot name, lower case; "" for everybody
    name: str  # lower case, valued ones as "max-snippet:0"
    date: str = ""


def read(case: Case) -> Reading:
    """Resolve every directive that is addressed to us, to everybody, or to training agents."""
    signals: list[Signal] = []
    nofollow = False
    for place, text, named in _carriers(case):
        for item in _parse(text, case.spec):
            scope = item.scope or named
            ours = _is_ours(scope, case)
            nofollow |= ours and item.name in {"nofollow", "none"}
            says, rule = _effect(item, scope, case, ours=ours)
            if rule:
                signals.append(signal(rule, place, text, says))
    if case.spec and any(item.rule == "robots_meta.nocache" for item in signals):
        # Bing reads the pair as nocache alone, the looser of the two.
        signals = [
            replace(i, counts=i.counts and i.rule != "robots_meta.noarchive") for i in signals
        ]
    return Reading(tuple(signals), nofollow=nofollow) if signals or nofollow else NOTHING


def _carriers(case: Case) -> Iterator[tuple[str, str, str]]:
    """Yield the place, the text and the bot that is named outside the text."""
    for name in _FIELDS[: 1 if case.spec else None]:
        for line in case.lines(name):
            yield f"header {name}", line, ""
    for item in case.metas:
        name = item.name
        if item.place in {"", "name"}:
            if name == "robots" or _is_bot(name, item.text, case):  # the common case first
                yield f"meta {name}", item.text, name
        elif not case.spec and name in {"robots", "x-robots-tag", *case.names}:
            # No specification knows these; what refuses is honoured, nothing here grants.
            yield f"meta {name}", item.text, "" if name == "x-robots-tag" else name


def _is_bot(name: str, text: str, case: Case) -> bool:
    if name in case.names:
        return True
    if case.spec:
        return False
    if name in agents_of(case.policy).entries or name in _DOCUMENTED:
        return True
    if "robots" in name and "robots" in words_of(name):
        return True
    # Any name may be a bot's; a description that merely mentions the word is no directive.
    lowered = (text if text.isascii() else fold(text)).lower()
    if not ("no" in lowered or "disallow" in lowered) or _MAY_REFUSE.search(lowered) is None:
        return False
    return not _BY_ANY_NAME.isdisjoint(item.name for item in _parse(text, False)) and all(  # noqa: FBT003
        word in _KNOWN for word in _words(text)
    )


def _is_ours(scope: str, case: Case) -> bool:
    return scope in {"", "*", "robots"} or scope in case.names


def _effect(item: _Directive, scope: str, case: Case, *, ours: bool) -> tuple[Says, str]:
    if item.name == "unavailable_after":
        if not ours:
            return {}, ""
        return _expiry(item.date, case)
    table = _LITERAL if case.spec else _HONOURED
    if ours:
        says = table.get(item.name)
        if says is None:
            return {}, "robots_meta.nofollow" if item.name == "nofollow" else ""
        return says, f"robots_meta.{item.name.replace(':', '-')}"
    if case.spec:
        return {}, ""
    if item.name in _BY_ANY_NAME:
        return TRAIN_DENY, f"robots_meta.{item.name}"
    if item.name in _DOCUMENTED.get(scope, ()):
        return TRAIN_DENY, "robots_meta.agent"
    entry = agents_of(case.policy).entries.get(scope)
    if entry and entry.kind in {"training", "control"} and item.name in _NOT_FOR_TRAINING:
        return TRAIN_DENY, "robots_meta.agent"
    return {}, ""


def _expiry(text: str, case: Case) -> tuple[Says, str]:
    moment = _timestamp(text)
    if moment is None:
        return {}, "robots_meta.unavailable-unread"
    if moment > case.now:
        return {}, "robots_meta.unavailable-later"
    return (_INDEX_DENY if case.spec else _GONE), "robots_meta.unavailable"


def _timestamp(text: str) -> float | None:
    """Return the moment `text` names, in seconds since the epoch; UTC where no zone stands."""
    text = text.strip().strip("\"'")
    try:
        match = _ISO.fullmatch(text)
        if match:
            moment = datetime.fromisoformat(
                f"{match[1]}T{match[2] or '00:00'}{(match[3] or '').upper()}"
            )
        else:
            moment = parsedate_to_datetime(text if ":" in text else f"{text} 00:00:00")
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


@lru_cache(maxsize=4096)
def _parse(text: str, spec: bool) -> tuple[_Directive, ...]:  # noqa: FBT001 - a cache key
    """Return the directives of one field line or meta.

    A bot's name holds until the next one. `unavailable_after` is taken out first: its dates
    contain commas and colons. To the letter only commas part directives; tolerant, spaces too.
    """
    dates: list[str] = []

    def take(match: re.Match[str]) -> str:
        dates.append(match[1])
        return f" {_TAKEN}{len(dates) - 1} "

    text = _UNAVAILABLE.sub(take, text.replace(_TAKEN, " "))
    if spec:
        text = _WORDS.sub(r"\1_", text)
    found = tuple(_directives(text, dates))
    if not spec and _ODD.search(text):
        found = tuple(dict.fromkeys((*found, *_intended(text))))
    return found


def _directives(text: str, dates: list[str]) -> Iterable[_Directive]:
    scope = ""
    for match in _ITEM.finditer(text):
        word, colon = _GAP.sub(":", match[1].lower()), match[2]
        if word.startswith(_TAKEN):
            yield _Directive(scope, "unavailable_after", dates[int(word[len(_TAKEN) :])])
        elif word in _VALUED and colon:
            continue  # a value that is no number and no keyword
        elif not colon or word in _HONOURED:
            yield _Directive(scope, word)
        else:
            scope = "" if word in {"*", "robots"} else word


def _words(text: str) -> list[str]:
    """Return the words of a list of directives, however parted and spelt, in one spelling."""
    text = unquote(text) if "%" in text else text
    text = fold(unescape(text) if "&" in text else text).lower()
    return [_spelt(word) for word in _PARTS.split(_SPLIT_NO.sub("no", text)) if word.strip(":=.-")]


def _spelt(word: str) -> str:
    bare = word.strip(".-=*").replace("=", ":")
    joined = bare.replace("-", "").replace("_", "")
    return _SPELT.get(joined, joined if joined.rstrip(":") in _HONOURED else bare)


def _intended(text: str) -> Iterable[_Directive]:
    """Yield what a text refuses that is no list of directives to the letter, but was meant as one.

    Dates are left out: they are full of marks.
    """
    scope = ""
    for word in _words(text):
        name, colon, value = word.partition(":")
        name = _SPELT.get(name, name)
        if word in _HONOURED:
            yield _Directive(scope, word)
        elif name in _HONOURED:
            if not is_negative(value):
                yield _Directive(scope, name)
        elif colon and name not in _VALUED:
            scope = "" if name in {"*", "robots"} else name
            if (value := _spelt(value)) in _HONOURED:
                yield _Directive(scope, value)


_KNOWN = frozenset(
    [
        *_HONOURED,
        *_NO_EFFECT,
        *_VALUED,
        "true",
        "yes",
        "1",
        "max-snippet:-1",
        "max-video-preview:-1",
    ]
    + [f"max-image-preview:{size}" for size in ("none", "standard", "large")]
)


PROTOCOL: Protocol = Protocol(
    name="robots_meta",
    read=read,
    places=("headers", "document"),
    headers=_FIELDS,
    rules={
        "robots_meta.noindex": "The page says noindex: no index, and nothing built on one.",
        "robots_meta.none": "The page says none: neither index nor follow.",
        "robots_meta.nosnippet": "The page says nosnippet, which refuses its text in answers.",
        "robots_meta.max-snippet-0": "The page allows snippets of no length.",
        "robots_meta.noarchive": "The page says noarchive, which refuses stored copies for AI.",
        "robots_meta.nocache": "The page says nocache, which refuses training and limits answers.",
        "robots_meta.noai": "The page says noai.",
        "robots_meta.noml": "The page says noml: no machine learning.",
        "robots_meta.disallowaitraining": "The page says DisallowAITraining.",
        "robots_meta.agent": "The page refuses a crawler that gathers training data.",
        "robots_meta.unavailable": "The page was to be removed by a date that has passed.",
        "robots_meta.unavailable-later": "The page is to be removed at a date that lies ahead.",
        "robots_meta.unavailable-unread": "The page names a date of removal that cannot be read.",
        "robots_meta.nofollow": "The page asks that its links be left alone.",
    },
    ways=(
        WayOut(
            "Response header",
            "X-Robots-Tag: noai",
            "We stop at the header; the page is not read.",
        ),
        WayOut(
            "Meta element",
            '<meta name="robots" content="noai">',
            "The text is dropped; the refusal is kept as evidence.",
        ),
    ),
    where="`X-Robots-Tag` (also written `X-Robots`, `X-Robot-Tag`, `Robots-Tag`, `Robots`), meta"
    " `robots`, our names; training agents' names; `noai`, `noml` and"
    " `DisallowAITraining` under any name; `noarchive` for `amazonbot`, `nocache` and"
    " `noarchive` for `bingbot`",
    refuses="`noindex` `none` `noarchive` `nocache` `nosnippet` `max-snippet:0` `noai` `noml`"
    " `DisallowAITraining`, a past `unavailable_after`",
    former_prefix="xrt",
)
