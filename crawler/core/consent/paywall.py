"""Paywall marks in JSON-LD: schema.org isAccessibleForFree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from crawler.core.consent import jsonld
from crawler.core.consent.protocol import (
    NOTHING,
    TRAIN_DENY,
    Case,
    Protocol,
    Reading,
    WayOut,
    reading_of,
    signal,
)
from crawler.core.consent.refusing_words import is_negative
from crawler.core.decision import Signal

_KEY = "isAccessibleForFree"
_BROKEN = re.compile(
    rf'"(?:https?://schema\.org/)?{_KEY}"\s*:\s*"?\s*(?:false|no|0)\b', re.IGNORECASE
)
# Things whose price of entry says nothing about this text.
_NOT_TEXT = frozenset(
    [
        "event",
        "place",
        "museum",
        "touristattraction",
        "park",
        "organization",
        "product",
        "offer",
        "imageobject",
        "videoobject",
        "audioobject",
        "mediaobject",
        "dataset",
        "softwareapplication",
        "course",
    ]
)


def read(case: Case) -> Reading:
    """Resolve the page's own nodes: text behind a paywall is not for training."""
    if case.spec:
        return NOTHING
    signals = [
        found
        for item in case.scripts(jsonld.MEDIA_TYPE)
        if _KEY in item.text
        for found in _script(item.text)
    ]
    return reading_of(signals)


def _script(text: str) -> Iterator[Signal]:
    nodes = jsonld.nodes(text)
    if nodes is None:
        match = _BROKEN.search(text)
        if match:
            yield signal("paywall.marked", "script ld+json", match[0], TRAIN_DENY)
        return
    for node in nodes:
        if _KEY in node and _is_false(node[_KEY]) and not jsonld.types_of(node) & _NOT_TEXT:
            raw = f'"{_KEY}": {node[_KEY]!r}'
            selector = node.get("cssSelector")
            if isinstance(selector, str):
                raw += f', "cssSelector": {selector!r}'
            yield signal("paywall.marked", "script ld+json", raw, TRAIN_DENY)
            return


def _is_false(value: Any) -> bool:  # noqa: ANN401 - whatever stands in a page
    if isinstance(value, list):
        return any(item is False or (isinstance(item, str) and is_negative(item)) for item in value)
    if isinstance(value, str):
        return is_negative(value.rpartition("/")[2])
    return value is False or value == 0


PROTOCOL: Protocol = Protocol(
    name="paywall",
    read=read,
    places=("document",),
    rules={"paywall.marked": "The page is marked as not freely accessible."},
    ways=(
        WayOut(
            "Paywall mark", '{"isAccessibleForFree": false}', "The page is not used in training."
        ),
    ),
    where="JSON-LD `isAccessibleForFree` of the page or a part of it",
    refuses="`false`: `ai_train`",
    former={"lic.paywall": "paywall.marked"},
)
