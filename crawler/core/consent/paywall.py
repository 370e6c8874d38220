"""Paywall marks in JSON-LD: schema.org isAccessibleForFree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crawler.core.consent import json_ld_rights
from crawler.core.consent.protocol import (
    NOTHING,
    TRAIN_DENY,
    Case,
    Protocol,
    Reading,
    WayOut,
    reading_of,
    signal,
    too_much,
)
from crawler.core.consent.refusing_words import is_negative
from crawler.core.decision import Signal

_KEY = "isaccessibleforfree"
_SPELT = ("ccessibleForFree", "ccessibleforfree")  # what such a script holds, cheaply sought
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
        for item in case.scripts(json_ld_rights.MEDIA_TYPE)
        if any(word in item.text for word in _SPELT)
        for found in _script(item.text)
    ]
    return reading_of(signals)


def _script(text: str) -> Iterator[Signal]:
    nodes = json_ld_rights.nodes(text)
    for node in nodes:
        for key, value in json_ld_rights.said(node, (_KEY,)):
            if _is_false(value) and not json_ld_rights.types_of(node) & _NOT_TEXT:
                raw = f'"{key}": {value!r}'
                selector = node.get("cssSelector")
                if isinstance(selector, str):
                    raw += f', "cssSelector": {selector!r}'
                yield signal("paywall.marked", "script ld+json", raw, TRAIN_DENY)
                return
    if len(nodes) >= json_ld_rights.MOST_NODES:
        yield too_much("paywall", "script ld+json", f"more than {json_ld_rights.MOST_NODES} nodes")


def _is_false(value: Any) -> bool:  # noqa: ANN401 - whatever stands in a page
    if isinstance(value, str):
        return is_negative(value.rpartition("/")[2])
    return value is False or value == 0


PROTOCOL: Protocol = Protocol(
    name="paywall",
    read=read,
    places=("document",),
    rules={
        "paywall.marked": "The page is marked as not freely accessible.",
        "paywall.too-much-to-read": "The page holds more JSON-LD than is read.",
    },
    ways=(
        WayOut(
            "Paywall mark", '{"isAccessibleForFree": false}', "The page is not used in training."
        ),
    ),
    where="JSON-LD, microdata or RDFa `isAccessibleForFree` of the page or a part of it",
    refuses="`false`: `ai_train`",
    former={"lic.paywall": "paywall.marked"},
)
