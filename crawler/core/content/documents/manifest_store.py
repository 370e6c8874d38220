"""The C2PA manifest store of an asset: the assertions in it about training and data mining.

JUMBF boxes (ISO 19566-5, C2PA 2.1 section 11.1) that hold CBOR or JSON. Signatures are not
checked: what is refused counts whoever says so, and nothing here grants.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Final

import cbor2

from crawler.core.evidence import Carrier

IN_ZIP: Final = "META-INF/content_credential.c2pa"  # C2PA 2.1 section A.6 (ZIP-based formats)
_LABELS: Final = ("cawg.training-mining", "c2pa.training-mining")
_SUPERBOX, _DESCRIPTION, _CBOR, _JSON = b"jumb", b"jumd", b"cbor", b"json"
_DEEPEST: Final = 12
_MOST_BOXES: Final = 20_000
_MOST: Final = 50  # assertions
_MOST_TEXT: Final = 4_000  # characters of one
_LABELLED: Final = 0x02  # toggle of a description box: a label follows
_UUID: Final = 16


def assertions(store: bytes) -> tuple[Carrier, ...]:
    """Return the assertions about training and mining in a manifest store, b"" has none."""
    if not store:
        return ()
    left = [_MOST_BOXES]
    found: dict[Carrier, None] = {}
    for label, content in _labelled(store, "", 0, left):
        if label.partition("__")[0].startswith(_LABELS) and len(found) < _MOST:
            found[Carrier("asset", label.lower()[:200], content[:_MOST_TEXT], "c2pa")] = None
    if not found and any(label.encode() in store for label in _LABELS):
        # It is there, and cannot be read.
        found[Carrier("asset", _LABELS[0], "unreadable", "c2pa")] = None
    return tuple(found)


def _labelled(data: bytes, label: str, depth: int, left: list[int]) -> Iterator[tuple[str, str]]:
    """Yield label and content, as JSON, of every content box."""
    for kind, content in _boxes(data, left):
        if kind == _SUPERBOX and depth < _DEEPEST:
            yield from _labelled(content, "", depth + 1, left)
        elif kind == _DESCRIPTION:
            label = _label(content)
        elif kind in (_CBOR, _JSON) and label:
            yield label, _as_json(kind, content)


def _boxes(data: bytes, left: list[int]) -> Iterator[tuple[bytes, bytes]]:
    """Yield type and content of each box (ISO 14496-12 section 4.2)."""
    at = 0
    while at + 8 <= len(data) and left[0] > 0:
        left[0] -= 1
        size, kind, head = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8], 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16]), 16
        elif size == 0:
            size = len(data) - at
        if size < head:
            return
        yield kind, data[at + head : at + size]
        at += size


def _label(description: bytes) -> str:
    if len(description) <= _UUID or not description[_UUID] & _LABELLED:
        return ""
    return description[_UUID + 1 :].partition(b"\x00")[0].decode("utf-8", "replace")


def _as_json(kind: bytes, content: bytes) -> str:
    try:
        value = cbor2.load(BytesIO(content)) if kind == _CBOR else json.loads(content)
        return json.dumps(value, ensure_ascii=False, default=str)
    except Exception:  # noqa: BLE001 - any value of any type: what cannot be read refuses
        return "unreadable"
