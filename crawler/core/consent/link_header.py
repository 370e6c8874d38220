"""The Link header (RFC 8288), as far as licences need it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crawler.core.late_expressions import late
from crawler.core.lenient_text import fold, words_of

# One piece of a field value, each tried from its start only: an address, a quoted string with its
# escapes, a mark, or a word.
_PIECE = late(r"<([^<>]*+)>?|\"((?:[^\"\\]|\\.)*+)\"?|([,;=])|([^\s,;=<>\"]++)", re.DOTALL)
_ESCAPED = late(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class HeaderLink:
    """One link of a Link header."""

    href: str
    rel: tuple[str, ...]  # lower case
    type: str  # lower case, without parameters


def links_of(value: str) -> Iterator[HeaderLink]:
    """Yield the links of one field line; what cannot be read is skipped.

    Of a parameter that stands twice the first counts (RFC 8288 section 3.3), but for `rel` and
    `type`, where either may be the one that was meant.
    """
    href: str | None = None
    parameters: dict[str, list[str]] = {}
    name, wanted = "", False  # a parameter, and whether its value comes next
    for match in _PIECE.finditer(value):
        address, quoted, mark, word = match.groups()
        if address is not None:
            if href is not None:
                yield _link(href, parameters)
            href, parameters, name, wanted = address.strip(), {}, "", False
        elif mark == "=":
            wanted = bool(name)
        elif mark is not None:
            name, wanted = "", False
        elif wanted:
            said = _ESCAPED.sub(r"\1", quoted) if quoted is not None else word
            parameters.setdefault(name, []).append(said)
            wanted = False
        elif word is not None:
            name = word.rstrip("*").lower()
    if href is not None:
        yield _link(href, parameters)


def _link(href: str, parameters: dict[str, list[str]]) -> HeaderLink:
    types = [kind.partition(";")[0] for kind in parameters.get("type", ())]
    return HeaderLink(
        href,
        tuple(word for rel in parameters.get("rel", ()) for word in words_of(rel)),
        " ".join(fold(kind).strip(" '`").lower() for kind in types),
    )
