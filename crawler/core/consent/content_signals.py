"""Cloudflare Content Signals: Content-Signal lines in robots.txt.

contentsignals.org, policy of 2025-09-24. Elsewhere than in robots.txt the form is undocumented
and often set by a CDN rather than by the publisher, so there only refusals count.
"""

from __future__ import annotations

from functools import lru_cache

from crawler.core.consent import usage_preferences
from crawler.core.consent.protocol import (
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
from crawler.core.decision import Usage, Value
from crawler.core.evidence import FileKind
from crawler.core.late_expressions import late
from crawler.core.lenient_text import fold

_NAMES = {"search": Usage.INDEX, "ai-input": Usage.AI_INPUT, "ai-train": Usage.AI_TRAIN}
_VALUES = {"yes": Value.ALLOW, "no": Value.DENY}
# Other people's words in this line: understood where they refuse.
_ALIASES = _NAMES | {
    "train-ai": Usage.AI_TRAIN,
    "ai-training": Usage.AI_TRAIN,
    "training": Usage.AI_TRAIN,
    "train": Usage.AI_TRAIN,
    "ai-use": Usage.AI_INPUT,
    "aitrain": Usage.AI_TRAIN,
    "aiinput": Usage.AI_INPUT,
}
# `use` is marked as testing. Immediate forbids storing, reference forbids reproducing.
_USE: dict[str, Says] = {
    "immediate": {Usage.INDEX: Value.DENY, Usage.AI_TRAIN: Value.DENY},
    "reference": TRAIN_DENY,
}
_LIMIT = 4_096  # characters of a value that may grant
_SEPARATOR = late(r"[,;]")
# A name is tried from its start only, or a long run of letters would cost its square.
_PAIR = late(r"(?<![A-Za-z_-])([A-Za-z][A-Za-z_-]*+)\s*+[=:]\s*+[\"']?(\??[A-Za-z0-9-]++)")


def read(case: Case) -> Reading:
    """Resolve the robots.txt lines; header and metas as refusals only."""
    signals = list(usage_preferences.read(case, SYNTAX))
    if not case.spec:
        for line in case.lines("content-signal"):
            says = only_refusals(_says(line, False))  # noqa: FBT003
            signals.append(signal("content_signals.header", "header content-signal", line, says))
        for item in case.metas:
            if item.name == "content-signal":
                says = only_refusals(_says(item.text, False))  # noqa: FBT003
                signals.append(
                    signal("content_signals.meta", "meta content-signal", item.text, says)
                )
    return reading_of(signals)


@lru_cache(maxsize=4096)
def _says(value: str, spec: bool) -> Says:  # noqa: FBT001 - the face of `usage_preferences.Parse`
    says: Says = {}
    text = value if len(value) <= _LIMIT else ""
    for member in text.split(",") if spec else _SEPARATOR.split(text):
        name, _, word = member.partition("=")
        usage, what = _NAMES.get(name.strip()), _VALUES.get(word.strip())
        if usage is not None and what is not None:
            says = join(says, {usage: what})
    return says if spec else join(says, _refusals(value))


def _refusals(text: str) -> Says:
    says: Says = {}
    for name, word in _PAIR.findall(fold(text)):
        key = name.lower().replace("_", "-")
        usage = _ALIASES.get(key)
        if usage is not None and is_negative(word):
            says = join(says, {usage: Value.DENY})
        elif key == "use":
            says = join(says, _USE.get(word.lower(), {}))
    return says


SYNTAX = usage_preferences.Syntax(
    "content-signal", "Content-Signal", "content_signals.robots", _says, closes=False
)
PROTOCOL: Protocol = Protocol(
    name="content_signals",
    read=read,
    places=(FileKind.ROBOTS, "headers", "document"),
    headers=("content-signal",),
    rules={
        "content_signals.robots": "A Content-Signal line in robots.txt speaks of this address.",
        "content_signals.header": "The answer carries a Content-Signal header.",
        "content_signals.meta": "The page carries a content-signal meta element.",
    },
    ways=(
        WayOut(
            "robots.txt, Content Signals",
            "User-agent: *\nContent-Signal: search=yes, ai-train=no",
            "Training is refused.",
        ),
    ),
    where="`Content-Signal` in robots.txt; header and metas as refusals only",
    refuses="`ai-train=no`, `ai-input=no`, `search=no`, `use=immediate`, `use=reference`",
    grants="`=yes` in robots.txt",
    former_prefix="csg",
)
