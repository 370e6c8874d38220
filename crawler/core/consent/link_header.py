"""The Link header (RFC 8288), as far as licences need it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINK = re.compile(
    r"<([^<>]{0,4000})>((?:\s*;\s*[^\s=;,<>\"]{1,50}\s*(?:=\s*(?:\"[^\"]{0,500}\"|[^\s;,\"<>]{0,500}))?)*)"
)
_PARAMETER = re.compile(r";\s*([^\s=;,<>\"]+)\s*(?:=\s*(?:\"([^\"]*)\"|([^\s;,\"<>]*)))?")
_LIMIT = 16_384  # characters of one field line that are read


@dataclass(frozen=True, slots=True)
class HeaderLink:
    """One link of a Link header."""

    href: str
    rel: tuple[str, ...]  # lower case
    type: str  # lower case, without parameters


def links_of(value: str) -> Iterator[HeaderLink]:
    """Yield the links of one field line; what cannot be read is skipped."""
    for match in _LINK.finditer(value[:_LIMIT]):
        parameters: dict[str, str] = {}
        for name, quoted, plain in _PARAMETER.findall(match[2]):
            parameters.setdefault(name.lower(), quoted or plain)
        yield HeaderLink(
            match[1].strip(),
            tuple(parameters.get("rel", "").lower().split()),
            parameters.get("type", "").partition(";")[0].strip().lower(),
        )
