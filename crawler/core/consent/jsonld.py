"""JSON-LD of a page, as far as consent needs it: nodes about the page itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

MEDIA_TYPE = "application/ld+json"
_LIMIT = 2**20  # characters of one script
_NODES = 5_000
_DEPTH = 12
# Ways from a node to others that still speak of this page, not of something it mentions.
_EDGES = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart")


@lru_cache(maxsize=64)
def nodes(text: str) -> tuple[dict[str, Any], ...] | None:
    """Return the nodes about the page, or None if the script is no JSON."""
    if len(text) > _LIMIT:
        return None
    try:
        data = json.loads(text.strip())
    except (ValueError, RecursionError):
        return None
    found: list[dict[str, Any]] = []
    for node in _walk(data, 0):
        found.append(node)
        if len(found) >= _NODES:
            break
    return tuple(found)


def _walk(data: object, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEPTH:
        return
    if isinstance(data, list):
        for item in data:
            yield from _walk(item, depth + 1)
    elif isinstance(data, dict):
        yield data
        for edge in _EDGES:
            yield from _walk(data.get(edge), depth + 1)


def types_of(node: dict[str, Any]) -> frozenset[str]:
    """Return the node's types without their vocabulary, lower case."""
    value = node.get("@type")
    items = value if isinstance(value, list) else [value]
    return frozenset(
        item.rpartition("/")[2].rpartition(":")[2].lower()
        for item in items
        if isinstance(item, str)
    )
