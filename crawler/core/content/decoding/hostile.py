"""What might cost a parser more than its size: told from the bytes, before they are parsed.

An answer that is not `heavy` is provably cheap, whatever it holds. The bounds come from what
the HTML standard makes a parser do: every tag may look through all open elements (sections
13.2.4.2, 13.2.6.4.7), every attribute is compared with those before it in its tag (13.2.5.33),
and a tag may open again all formatting elements that were left open (13.2.4.3).
`tests/core/content/test_heavy_shapes.py` holds the shapes that were found, each with its cost.
"""

from __future__ import annotations

import re
from typing import Final

import numpy as np
from numpy.typing import NDArray

from crawler.core.content.decoding.media_types import HTML, XML, text_type
from crawler.core.response import Response

_LARGE: Final = 262_144  # bytes
_LARGE_XML: Final = 8_192  # its text may be markup that is seen only after parsing
# Open elements times tags: 10,000 tags take 0.1 s at worst; of real pages 3 % have more.
_TAGS: Final = 10_000
# Elements that may be opened again, each for some 300 bytes.
_CLONES: Final = 400_000
_NOAHS_ARK: Final = 3  # equal formatting elements that can be open again (section 13.2.4.3)
# Attributes of one tag: 1,300 fit between two of these places, and take 7 ms.
_STRIDE: Final = 4_096
_ATTRIBUTES: Final = 1_000
_UNSURE: Final = 2  # places that may lie within a tag that long
# Letters that are more than one byte, or bytes that are no letters: nothing is told from them.
_UNREADABLE: Final = (b"\x00", b"\x1b")

_LESS: Final = 0x3C
_SPACES: Final = b"\t\n\x0c\r "
_FORMATTING: Final = re.compile(
    rb"<(?:b|big|code|em|font|i|s|small|strike|strong|tt|u)([\t\n\x0c\r />][^>]*)", re.IGNORECASE
)
_TAG: Final = re.compile(rb"<[a-zA-Z][^\s/>]*+")
_ATTRIBUTE: Final = re.compile(
    rb"[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+))?+"
)


def _two_letters() -> NDArray[np.bool_]:
    """Return which two bytes behind a "<" begin a formatting element, and a few others."""
    found = np.zeros(1 << 16, np.bool_)
    starts = [bytes((letter, end)) for letter in b"bisu" for end in _SPACES + b"/>"]
    for first, second in [*starts, *(b"bi", b"co", b"em", b"fo", b"sm", b"st", b"tt")]:
        for one in {first, first ^ 0x20}:
            for other in {second, second ^ 0x20} if chr(second).isalpha() else {second}:
                found[one | other << 8] = True
    return found


_FORMATTING_STARTS: Final = _two_letters()


def heavy(response: Response) -> bool:
    """Return whether an answer is so large or so odd that judging it might take long."""
    body = response.body
    if len(body) > _LARGE:
        return True
    kind = text_type(response)
    if kind == HTML:
        return heavy_markup(body)
    return kind == XML and len(body) > _LARGE_XML


def heavy_markup(body: bytes) -> bool:
    """Return whether parsing `body` as HTML might take more time or memory than its size says."""
    if len(body) > _LARGE or any(byte in body for byte in _UNREADABLE):
        return True
    octets = np.frombuffer(body, np.uint8)
    opens = np.flatnonzero(octets[:-2] == _LESS) if len(body) > 2 else octets[:0]  # noqa: PLR2004
    tags = len(opens)
    if tags > _TAGS:
        return True
    if tags * tags > 4 * _CLONES:  # else there is no room for so many
        pairs = octets[opens + 1] + octets[opens + 2].astype(np.uint16) * 256
        formatting = opens[_FORMATTING_STARTS[pairs]]
        if len(formatting) * tags > _CLONES and _reopened(body, formatting) * tags > _CLONES:
            return True
    return _has_many_attributes(body)


def _reopened(body: bytes, formatting: NDArray[np.intp]) -> int:
    """Return the most formatting elements that can be open again at once."""
    seen: dict[bytes, int] = {}
    count = 0
    for start in formatting.tolist():
        tag = _FORMATTING.match(body, start)
        if tag is None:
            continue
        if tag[1].count(b'"') % 2 or tag[1].count(b"'") % 2:
            count += 1  # it goes on behind the ">"
        else:
            equal = seen[tag[0]] = seen.get(tag[0], 0) + 1
            count += equal <= _NOAHS_ARK
    return count


def _has_many_attributes(body: bytes) -> bool:
    """Return whether some tag may be longer than the stride and hold very many attributes.

    Looks at few places. Before each, the last ">" that surely is in no quoted value has ended
    whatever tag there was; only what opens behind it can be longer.
    """
    unsure = 0
    closed = 0  # no place before this lies within a tag with many attributes
    end = -1  # the last ">" before the place
    quotes = [-1, -1]  # the last of either kind before that
    for place in range(_STRIDE, len(body), _STRIDE):
        last, end = max(end, 0), max(end, body.rfind(b">", max(end, 0), place))
        for kind, quote in enumerate((b'"', b"'")):
            quotes[kind] = max(quotes[kind], body.rfind(quote, last, max(last, end)))
        if place < closed:
            continue
        if any(_opens_value(body, quote) for quote in quotes):
            unsure += 1
            if unsure > _UNSURE:
                return True
        elif end < place - _STRIDE:
            tag = _TAG.search(body, max(end, 0), place)
            if tag is not None:
                closed = _end_of_tag(body, tag.end())
                if closed < 0:
                    return True
    return False


def _opens_value(body: bytes, quote: int) -> bool:
    """Return whether a quote may stand behind the "=" of an attribute."""
    at = quote - 1
    while at >= 0 and body[at] in _SPACES and quote - at < _STRIDE:
        at -= 1
    return at >= 0 and body[at] in b"=\t\n\x0c\r "


def _end_of_tag(body: bytes, at: int) -> int:
    """Return where the attributes that begin at `at` end, -1 if they are very many."""
    for _ in range(_ATTRIBUTES):
        attribute = _ATTRIBUTE.match(body, at)
        if attribute is None:
            return at
        at = attribute.end()
    return -1
