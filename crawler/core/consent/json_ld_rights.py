"""What JSON-LD says of the page itself that bears on consent."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from crawler.core import lenient_json
from crawler.core.lenient_json import MEDIA_TYPE, Node, local

__all__ = ["MEDIA_TYPE", "nodes", "said", "types_of"]

MOST_NODES = 20_000  # of one script; with more of them than that the page is refused
# Ways from a node to others that still speak of this page, not of something it mentions.
_EDGES = ("@graph", "@included", "mainEntity", "mainEntityOfPage", "hasPart", "tdm")


@lru_cache(maxsize=64)
def nodes(text: str) -> tuple[Node, ...]:
    """Return the nodes about the page; of a broken script single pairs. At most `MOST_NODES`."""
    return tuple(lenient_json.nodes(text, _EDGES, most=MOST_NODES, pairs=True))


def types_of(node: Node) -> frozenset[str]:
    """Return the node's types without their vocabulary, lower case."""
    return frozenset(map(str.lower, lenient_json.types_of(node)))


def said(node: Node, keys: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Yield each plain value of the properties in `keys` (lower case), whatever their prefix."""
    for key, value in node.items():
        if key.lower().endswith(keys) and local(key) in keys:
            for item in value if isinstance(value, list) else [value]:
                yield key, _plain(item) if isinstance(item, dict) else item


def _plain(value: Node) -> object:
    """Return the literal, or the address of one (schema.org names its booleans), in an object."""
    return value.get("@value", value.get("@id", value))
