"""Ad-hoc metas and headers: ai-license, ai-training and their kin.

No specification stands behind them, so only their refusals are taken at their word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.core.consent.protocol import (
    NOTHING,
    TRAIN_DENY,
    Case,
    Protocol,
    Reading,
    Says,
    WayOut,
    reading_of,
    signal,
)
from crawler.core.consent.refusing_words import is_negative
from crawler.core.decision import Signal, Usage, Value
from crawler.core.late_expressions import late
from crawler.core.lenient_text import fold

_TRAINING = frozenset(
    {"ai-training", "ai-train", "train-ai", "aitraining", "ai-training-data", "llm-training"}
)
_LICENCE = frozenset({"ai-license", "ai-licence"})
_NO_TRAINING = late(r"\bno[-_ ]?(?:ai|train|training|ml|llm|storage)\b", re.IGNORECASE)
_PRICE = late(r"\bprice\s*+[:=]([^;,]*+)", re.IGNORECASE)
_NAMED = frozenset({"noai", "no-ai", "noml", "no-ml", "disallowaitraining", "no-ai-training"})
_PAID_FOR = late(r"[1-9]")
_PARTS = late(r"[,;|\n]")
_PAID: Says = {Usage.AI_TRAIN: Value.CONDITIONAL}


def read(case: Case) -> Reading:
    """Resolve what stands in such metas and headers; by the letter it means nothing."""
    if case.spec:
        return NOTHING
    signals = [*_metas(case), *_headers(case)]
    signals += [
        signal("adhoc.ai-policy", "link ai-policy", item.text, {})
        for item in case.elements.get("link", ())
        if "ai-policy" in item.name.split()
    ]
    return reading_of(signals)


def _metas(case: Case) -> Iterator[Signal]:
    for item in (*case.metas, *case.elements.get("asset", ())):
        name = item.name.rpartition(":")[2].replace("_", "-")
        if name in _TRAINING and _refuses(item.text):
            yield signal("adhoc.ai-training", f"{item.kind} {item.name}", item.text, TRAIN_DENY)
        elif name in _LICENCE:
            yield from _licence(f"{item.kind} {item.name}", item.text)
        elif name in _NAMED and not is_negative(item.text):
            yield signal("adhoc.ai-training", f"{item.kind} {item.name}", item.text, TRAIN_DENY)


def _headers(case: Case) -> Iterator[Signal]:
    for line in case.lines("ai-license"):
        yield from _licence("header ai-license", line)
    for line in case.lines("disallowaitraining"):
        if not is_negative(line):
            yield signal("adhoc.ai-training", "header disallowaitraining", line, TRAIN_DENY)
    for name in ("ai-training", "x-ai-training"):
        for line in case.lines(name):
            if _refuses(line):
                yield signal("adhoc.ai-training", f"header {name}", line, TRAIN_DENY)


def _refuses(text: str) -> bool:
    text = fold(text)
    parts = _PARTS.split(text)
    return any(is_negative(part) for part in parts) or bool(_NO_TRAINING.search(text))


def _licence(place: str, text: str) -> Iterator[Signal]:
    """Read "deny; ..." and "allow; price:..." (Copyright.sh), "no-training; no-storage"."""
    if _refuses(text):
        yield signal("adhoc.ai-license", place, text, TRAIN_DENY)
    elif any(_PAID_FOR.search(price) for price in _PRICE.findall(fold(text))):
        yield signal("adhoc.ai-license-price", place, text, _PAID)


PROTOCOL: Protocol = Protocol(
    name="adhoc",
    read=read,
    places=("headers", "document"),
    headers=("ai-license", "ai-training", "disallowaitraining", "x-ai-training"),
    rules={
        "adhoc.ai-license": "An ai-license mark refuses.",
        "adhoc.ai-license-price": "An ai-license mark asks a price.",
        "adhoc.ai-training": "An ai-training mark refuses training.",
        "adhoc.ai-policy": "The page names a policy on the use of AI.",
    },
    ways=(
        WayOut(
            "Marks of single tools",
            '<meta name="ai-training" content="disallow">',
            "Any plain no counts.",
        ),
    ),
    where="metas, headers and documents' properties `ai-license`, `ai-training`, `train-ai`,"
    " `X-AI-Training`,"
    " `DisallowAITraining`",
    refuses="a negative word; a price is conditional",
    former_prefix="xrt",
)
