"""JSON in pages and site files, read leniently: the one reader of consent, metadata and licences.

Nothing is followed. What stands in comments, CDATA and HTML comments is unwrapped; raw line
breaks, comments, trailing commas and several values in a row are read as they were meant; of what
is broken beyond that only single pairs of a key and a plain value are known.
"""

from __future__ import annotations

import codecs
import json
import re
from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import Any, TypeAlias

from crawler.core.late_expressions import late
from crawler.core.lenient_text import fold

MEDIA_TYPE = "application/ld+json"
_PREFIXES = (
    "schema:",
    "http://schema.org/",
    "https://schema.org/",
    "http://www.schema.org/",
    "https://www.schema.org/",
)
# A string, a comment, or a comma that nothing follows; each tried from its start only.
_STRING = r'"(?:[^"\\]|\\.)*+(?:"|\Z)'
_LOOSE = late(
    rf"(?P<string>{_STRING}|'[^'\\\n]*+'(?=\s*[:,}}\]]))"
    r"|//[ \t]*+(?:<!\[CDATA\[|\]\]>)|//[^\r\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/)?"
    r"|(?m:^[ \t]*+#[^\r\n]*+)|<!--|-->|<!\[CDATA\[|\]\]>"
    r"|,(?=(?:\s|//[^\r\n]*+|/\*(?:[^*]|\*(?!/))*+\*/)*+[\]}])",
    re.DOTALL,
)
_PAIR = late(
    r"(?:[\"']([\w@:/.#-]{1,200})[\"']|(?<![\w@:/.#\"'-])([A-Za-z_]\w{0,100}+))\s*+:\s*+"
    r"(?:\{\s*+[\"']@value[\"']\s*+:\s*+)?"
    r"(\"(?:[^\"\\]|\\.)*+\"|'[^'\\]*+'|-?\d[\d.]*+|true\b|false\b|null\b)",
    re.IGNORECASE | re.DOTALL,
)
_BETWEEN = " \t\r\n;,"
Node: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Read:
    """What a text holds: its values, and of the rest, if that is broken, its single pairs."""

    values: tuple[object, ...] = ()
    pairs: tuple[Node, ...] = ()
    broken: bool = False


def text_of(body: bytes) -> str:
    """Return the text of a JSON file in whichever encoding it came (RFC 8259 section 8.1)."""
    for bom, encoding in (
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if body.startswith(bom) and b"\0" in body:
            return body.decode(encoding, "replace")
    if b"\0" in body:
        return body.decode(json.detect_encoding(body), "replace").lstrip("\ufeff")
    body = body.removeprefix(codecs.BOM_UTF16_LE)
    return body.decode("utf-8-sig", "replace")


@lru_cache(maxsize=64)
def read(text: str) -> Read:
    """Return what `text` holds; never raises."""
    try:
        return Read((json.loads(text, strict=False),))
    except (ValueError, RecursionError):
        pass
    text = plain_quotes(text)
    values, rest = _several(_LOOSE.sub(_kept, text.replace("\ufeff", "")))
    return Read(values, tuple(_pairs(rest)), broken=bool(rest))


def plain_quotes(text: str) -> str:
    """Return a text whose quotes are written otherwise throughout with those of JSON."""
    if "&quot;" in text:
        text = unescape(text)
    return text if '"' in text or text.isascii() else fold(text)


def _kept(match: re.Match[str]) -> str:
    return match["string"] or ""


def _several(text: str) -> tuple[tuple[object, ...], str]:
    """Return the values that stand one after the other, and what is left that is none."""
    decoder = json.JSONDecoder(strict=False)
    found: list[object] = []
    text = text.strip(_BETWEEN)
    at = 0
    while at < len(text):
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        found.append(value)
        while at < len(text) and text[at] in _BETWEEN:
            at += 1
    return tuple(found), text[at:]


def _pairs(text: str) -> Iterator[Node]:
    for match in _PAIR.finditer(text):
        key, value = match[1] or match[2], match[3]
        try:
            yield {key: json.loads(value.lower() if value[0] not in "\"'" else value)}
        except ValueError:
            yield {key: value.strip("\"'")}


def nodes(text: str, edges: Collection[str], *, most: int, pairs: bool = False) -> list[Node]:
    """Return the nodes in `text` that `edges` lead to from the outermost, breadth first.

    At most `most`. Keys of schema.org stand without their prefix. `pairs`: what can be known of
    a broken text too, each pair as a node.
    """
    held = read(text)
    waiting: deque[object] = deque((*held.values, *held.pairs) if pairs else held.values)
    found: list[Node] = []
    while waiting:
        item = waiting.popleft()
        if isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict):
            if len(found) >= most:
                break
            if any(key.startswith(_PREFIXES) for key in item):
                item = {_bare(key): value for key, value in item.items()}
            found.append(item)
            waiting.extend(item[edge] for edge in edges if edge in item)
    return found


def _bare(key: str) -> str:
    prefix = next((prefix for prefix in _PREFIXES if key.startswith(prefix)), "")
    return key.removeprefix(prefix)


def local(key: str) -> str:
    """Return a key or type without its vocabulary, in lower case."""
    return key.rpartition("/")[2].rpartition("#")[2].rpartition(":")[2].strip().lower()


def types_of(node: Node) -> tuple[str, ...]:
    """Return the node's types without their vocabulary, such as ("NewsArticle",)."""
    kind = node.get("@type")
    names = kind if isinstance(kind, list) else [kind]
    return tuple(
        name.rpartition("/")[2].rpartition(":")[2] for name in names if isinstance(name, str)
    )
