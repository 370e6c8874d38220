"""What the JSON-LD nodes of a page say of the page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias, TypeGuard

from crawler.core import lenient_json, urls
from crawler.core.evidence import Carrier
from crawler.core.urls import Url

_MAX_NODES = 500
# Keys under which the page itself goes on; below all others stand other works.
_SAME_PAGE = ("@graph", "mainEntity", "mainEntityOfPage")
Node: TypeAlias = lenient_json.Node
types = lenient_json.types_of


def page_nodes(carriers: Iterable[Carrier]) -> list[Node]:
    """Return the nodes that stand at top level or continue it, in order."""
    found: list[Node] = []
    for carrier in carriers:
        if carrier.kind == "script" and carrier.name == lenient_json.MEDIA_TYPE:
            found += lenient_json.nodes(carrier.text, _SAME_PAGE, most=_MAX_NODES)
            if len(found) >= _MAX_NODES:
                break
    return found[:_MAX_NODES]


def joined(node: Node, every: Iterable[Node]) -> Node:
    """Return a node in which what it refers to by `@id` alone stands in place of the reference."""
    known: dict[object, Node] = {}
    for other in every:
        if isinstance(key := other.get("@id"), str) and len(other) > 1:
            known.setdefault(key, other)

    def full(value: object) -> object:
        if isinstance(value, list):
            return [full(item) for item in value if not isinstance(item, list)]
        return known.get(value["@id"], value) if _is_reference(value) else value

    return {key: full(value) for key, value in node.items()}


def _is_reference(value: object) -> TypeGuard[dict[str, str]]:
    return isinstance(value, dict) and list(value) == ["@id"] and isinstance(value["@id"], str)


def is_of(node: Node, pages: Iterable[Url]) -> bool:
    """Whether the addresses a node gives for itself are one of the page's, or it gives none."""
    stated = []
    for key in ("mainEntityOfPage", "url"):
        value = node.get(key)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str) and value.strip():
            stated.append(value.strip())
    if not stated:
        own = node.get("@id")
        if isinstance(own, str) and own.startswith("http"):
            stated.append(own)
    return not stated or any(same_page(text, page) for text in stated for page in pages)


def same_page(text: str, page: Url) -> bool:
    """Whether an address is the page's, whatever its scheme, `www.` and last slash."""
    url = urls.parse(text[:2_048], page)
    return url is not None and _bare(url) == _bare(page)


def _bare(url: Url) -> str:
    return url.host.removeprefix("www.") + url.target.rstrip("/")


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
        for key in ("name", "schema:name", "url", "@id", "@value"):
            inner = value.get(key)
            if isinstance(inner, str) and inner.strip():
                return [inner.strip()]
    return []
