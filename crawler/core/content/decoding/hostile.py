"""What might cost a parser more than its size: told from the bytes, before they are parsed.

An answer that is not `heavy` is provably cheap, whatever it holds. The bounds come from what
the HTML standard makes a parser do: every tag may look through all open elements (sections
13.2.4.2, 13.2.6.4.7), every attribute is compared with those before it in its tag (13.2.5.33),
and a tag may open again all formatting elements that were left open (13.2.4.3).
`tests/core/content/test_heavy_shapes.py` holds the shapes that were found, each with its cost.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from crawler.core.content.decoding.document_types import document_kind
from crawler.core.content.decoding.media_types import HTML, XML, text_type
from crawler.core.response import Response

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LARGE: Final = 262_144  # bytes
_LARGE_XML: Final = 8_192  # its text may be markup that is seen only after parsing
# Open elements times tags: 10,000 tags take 0.1 s at worst; of real pages 3 % have more.
_TAGS: Final = 10_000
# Elements that may be opened again, each for some 300 bytes.
_CLONES: Final = 400_000
_NOAHS_ARK: Final = 3  # equal formatting elements that can be open again (section 13.2.4.3)
_PLAIN: Final = _NOAHS_ARK * 12  # of those without attributes
# Attributes of one tag: 1,300 fit between two of these places, and take 7 ms.
_STRIDE: Final = 4_096
_ATTRIBUTES: Final = 1_000
# So short that there is no room for as many tags, clones or attributes.
_SHORT: Final = 1_024
_UNSURE: Final = 2  # places that may lie within a tag that long
# Letters that are more than one byte, or bytes that are no letters: nothing is told from them.
_UNREADABLE: Final = (b"\x00", b"\x1b")

_LESS: Final = 0x3C
_EQUALS: Final = 0x3D
_MORE: Final = 0x3E
_SPACES: Final = b"\t\n\x0c\r "
_BEFORE_VALUE: Final = _SPACES + b"="
_FORMATTING: Final = re.compile(
    rb"<(?:b|big|code|em|font|i|s|small|strike|strong|tt|u)(?:[\t\n\x0c\r /]|\Z)", re.IGNORECASE
)
_TAG: Final = re.compile(rb"<[a-zA-Z][^\s/>]*+")
_ATTRIBUTE: Final = re.compile(
    rb"[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+))?+"
)


_NAMES: Final = b"b big code em font i s small strike strong tt u".split()


@lru_cache(maxsize=1)
def _lengths() -> NDArray[np.uint8]:
    """Return how long the formatting element is that two bytes behind a "<" begin, 0 for none.

    A few others begin like them; of two, the longer is meant.
    """
    import numpy as np  # noqa: PLC0415 - see `heavy_markup`

    found = np.zeros(1 << 16, np.uint8)
    for name in sorted(_NAMES, key=len):
        for second in name[1:2] or _SPACES + b"/>":
            for one in {name[0], name[0] ^ 0x20}:
                for other in {second, second ^ 0x20} if name[1:] else {second}:
                    found[one | other << 8] = len(name)
    return found


def heavy(response: Response) -> bool:
    """Return whether an answer is so large or so odd that judging it might take long."""
    body = response.body
    if len(body) > _LARGE or document_kind(response):
        return True
    kind = text_type(response)
    if kind == HTML:
        return heavy_markup(body)
    return kind == XML and len(body) > _LARGE_XML


def heavy_markup(body: bytes) -> bool:
    """Return whether parsing `body` as HTML might take more time or memory than its size says."""
    if len(body) > _LARGE or any(byte in body for byte in _UNREADABLE):
        return True
    if len(body) <= _SHORT:
        return False
    import numpy as np  # noqa: PLC0415 - a tenth of a second, for whoever decides on one page

    octets = np.frombuffer(body, np.uint8)
    opens = np.flatnonzero(octets[:-2] == _LESS) if len(body) > 2 else octets[:0]  # noqa: PLR2004
    tags = len(opens)
    if tags > _TAGS:
        return True
    if tags * tags > 4 * _CLONES:  # else there is no room for so many
        # Every two bytes as one number, read where they stand.
        pairs: NDArray[np.uint16] = np.ndarray((len(body) - 1,), "<u2", body, 0, (1,))
        lengths = _lengths()[pairs[opens + 1]]
        formatting = opens[lengths > 0]
        ends = np.minimum(formatting + lengths[lengths > 0] + 1, len(body) - 1)
        formatting = formatting[octets[ends] != _MORE]  # those with attributes may all differ
        most = _PLAIN + len(formatting)
        if most * tags > _CLONES and _reopened(body, formatting.tolist()) * tags > _CLONES:
            return True
    return _has_many_attributes(body)


def _reopened(body: bytes, formatting: list[int]) -> int:
    """Return the most formatting elements that can be open again at once."""
    find = body.find
    count = _PLAIN
    for tag, equal in Counter([body[at : find(b">", at)] for at in formatting]).items():
        if _FORMATTING.match(tag):
            goes_on = tag.count(b'"') % 2 or tag.count(b"'") % 2  # behind the ">"
            count += equal if goes_on else min(equal, _NOAHS_ARK)
    return count


def _has_many_attributes(body: bytes) -> bool:
    """Return whether some tag may be longer than the stride and hold very many attributes.

    Looks at few places. Before each, the last ">" that surely is in no quoted value has ended
    whatever tag there was; only what opens behind it can be longer.
    """
    rfind = body.rfind
    unsure = 0
    closed = 0  # no place before this lies within a tag with many attributes
    end = double = single = -1  # the last ">" before the place, and of either quote before that
    for place in range(_STRIDE, len(body), _STRIDE):
        if unsure > _UNSURE:
            return True
        last = max(end, 0)
        if (found := rfind(b">", last, place)) >= 0:
            end = found
            if (found := rfind(b'"', last, end)) >= 0:
                double = found
            if (found := rfind(b"'", last, end)) >= 0:
                single = found
        if place < closed:
            continue
        if _opens_value(body, double) or _opens_value(body, single):
            unsure += 1
        elif end < place - _STRIDE and (tag := _TAG.search(body, max(end, 0), place)):
            closed = _end_of_tag(body, tag.end())
            if closed < 0:
                return True
    return unsure > _UNSURE


def _opens_value(body: bytes, quote: int) -> bool:
    """Return whether a quote may stand behind the "=" of an attribute."""
    at = quote - 1
    if at < 0 or body[at] not in _BEFORE_VALUE:
        return False
    before = body[max(0, at - _STRIDE) : quote].rstrip(_SPACES)
    return not before or before[-1] == _EQUALS


def _end_of_tag(body: bytes, at: int) -> int:
    """Return where the attributes that begin at `at` end, -1 if they are very many."""
    for _ in range(_ATTRIBUTES):
        attribute = _ATTRIBUTE.match(body, at)
        if attribute is None:
            return at
        at = attribute.end()
    return -1
