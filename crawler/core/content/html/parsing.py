"""From a page to its rows: the parser's tree written out in one form, and cut in one pass.

The parser writes its tree out again in one canonical form (HTML section 13.3): every element
closed, every value in double quotes, every ">" within a start tag the end of it. `cut` is a
loop over bytes because the module is compiled where that is possible.
"""

from __future__ import annotations

import re
from typing import Final

from librt.vecs import append, vec
from mypy_extensions import i64
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from crawler.core.content.html.byte_scan import code_of, name_at, next_of, tag_end
from crawler.core.content.html.markup import Markup
from crawler.core.content.html.tags import NAMES, NUMBER, RAW, VOID, number_of

MAX_ELEMENTS: Final = 400_000
_SCRIPT_SIGNS: Final = re.compile(rb"<!--(?:-*>)?|-->|<(/?)script[\s/>]", re.IGNORECASE)
_SCRIPT: Final = NUMBER["script"]
_TEMPLATE: Final = NUMBER["template"]
_LESS: Final = 0x3C
_MORE: Final = 0x3E
_SLASH: Final = 0x2F
_BANG: Final = 0x21
_QUERY: Final = 0x3F


def serialised(html: bytes | str) -> bytes:
    """Return a page as the parser writes its tree out: what `cut` reads.

    Raises:
        MemoryError: The parser had no more.
    """
    try:
        return (LexborHTMLParser(html).html or "").encode("utf-8", "replace")
    except SelectolaxError as error:  # all that can fail is to find room
        raise MemoryError from error


def cut(source: bytes) -> Markup:  # noqa: C901, PLR0912, PLR0915 - one loop, for speed
    """Return the rows of a page as the parser wrote it; never raises."""
    page = Markup(source)
    codes = vec[i64]([0] * 64)  # names of the open elements
    depth: i64 = 0  # how many these are
    open_at: i64 = -1  # innermost of them
    size: i64 = len(source)
    at: i64 = 0
    while at < size:
        start = at
        at = next_of(source, _LESS, at)
        if at > start:
            page.add_text(start, at)
        start = at + 1
        if start >= size:
            break
        sign: i64 = source[start]
        if sign in (_BANG, _QUERY):
            at = page.skip_comment(start)
            continue
        if sign == _SLASH:
            at = next_of(source, _MORE, start) + 1
            # Always the innermost, but for foreign elements that are called like void ones.
            if open_at >= 0 and codes[depth - 1] == code_of(source, start + 1, at - 1):
                depth -= 1
                open_at = page.close(open_at)
            continue
        named, code = name_at(source, start)
        kind = number_of(code)
        at, signs = tag_end(source, named)
        page.signs |= signs
        if page.elements > MAX_ELEMENTS:
            page.full = True
            break
        if kind == _TEMPLATE and page.is_shadow(start, at, open_at):
            kind = 0  # like any element that means nothing by itself
        element = page.open(kind, start, at, open_at)
        at += 1
        if VOID[kind]:
            continue
        open_at = element
        if depth == len(codes):
            codes = append(codes, code)
        codes[depth] = code
        depth += 1
        if RAW[kind]:
            start = at
            at = _raw_end(source, kind, at)
            if at > start:
                page.add_text(-1 - start, at)
    while open_at >= 0:
        open_at = page.close(open_at)
    page.finish()
    return page


def _raw_end(source: bytes, kind: i64, at: i64) -> i64:
    """Return where the end tag of an element begins whose text starts at `at`."""
    end = source.find(f"</{NAMES[kind]}>".encode(), at)
    if end < 0:
        return len(source)
    if kind == _SCRIPT and source.find(b"<!--", at, end) >= 0:
        return _script_end(source, at)
    return end


def _script_end(source: bytes, at: i64) -> i64:
    """Return the end of a script that opens a comment, in which it may hold a script.

    (HTML sections 13.2.5.18 to 13.2.5.31: escaped and double escaped data.)
    """
    depth = 0  # 1 in a comment, 2 in a script within it
    for match in _SCRIPT_SIGNS.finditer(source, int(at)):
        sign = match[0]
        if sign == b"-->":
            depth = 0
        elif sign.startswith(b"<!"):
            depth = 0 if sign.endswith(b">") else max(depth, 1)
        elif match[1]:
            if depth < 2:  # noqa: PLR2004
                return match.start()
            depth = 1
        elif depth:
            depth = 2
    return len(source)
