"""JSON-LD blocks, read leniently and without following anything."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from crawler.core.evidence import Carrier

JSON_LD = "application/ld+json"
_MAX_NODES = 500
_MAX_DEPTH = 6
# Keys under which the page itself goes on; below all others stand other works.
_SAME_PAGE = ("@graph", "mainEntity", "mainEntityOfPage")

Node = dict[str, Any]


def page_nodes(carriers: Iterable[Carrier]) -> list[Node]:
    """Return the nodes that stand at top level or continue it, in order."""
    found: list[Node] = []
    for carrier in carriers:
        if carrier.kind == "script" and carrier.name == JSON_LD:
            found.extend(_nodes(_loaded(carrier.text)))
            if len(found) >= _MAX_NODES:
                break
    return found[:_MAX_NODES]


def types(node: Node) -> tuple[str, ...]:
    """Return the node's types without prefixes, such as ("NewsArticle",)."""
    kind = node.get("@type")
    names = kind if isinstance(kind, list) else [kind]
    return tuple(
        name.rpartition("/")[2].rpartition(":")[2] for name in names if isinstance(name, str)
    )


def texts(value: object) -> list[str]:
    """Return the strings a property holds: itself, its items, or their name or address."""
    if isinstance(value, str):
        return [value.strip()] if value.strip() else []
    if isinstance(value, list):
        return [text for item in value[:50] for text in _own_text(item)]
    return _own_text(value)


def _own_text(value: object) -> list[str]:
    if isinstance(value, str):
        return [value.strip()] if value.strip() else []
    if isinstance(value, dict):
        for key in ("name", "url", "@id", "@value"):
            inner = value.get(key)
            if isinstance(inner, str) and inner.strip():
                return [inner.strip()]
    return []


def _loaded(text: str) -> object:
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip()
    text = text.removeprefix("//<![CDATA[").removesuffix("//]]>").rstrip("; \n\t")
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: object) -> Iterator[Node]:
    waiting: list[tuple[object, int]] = [(value, 0)]
    count = 0
    while waiting and count < _MAX_NODES:
        item, depth = waiting.pop(0)
        if isinstance(item, list):
            waiting.extend((inner, depth + 1) for inner in item[:_MAX_NODES])
        elif isinstance(item, dict):
            count += 1
            yield item
            if depth < _MAX_DEPTH:
                waiting.extend((item[key], depth + 1) for key in _SAME_PAGE if key in item)
