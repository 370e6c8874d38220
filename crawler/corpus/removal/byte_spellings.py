"""A text as bytes, in the spellings that texts come in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from html import escape
from html.entities import codepoint2name
from urllib.parse import quote, quote_plus

from crawler.corpus.removal.needles import LONGEST, SHORTEST

_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "latin-1", "cp1252")
# Of the rest of the web; asked only of texts that they can spell, and spell otherwise.
_LEGACY = (  # noqa: SIM905 - names, to be read
    "utf-32-le iso8859-2 cp1250 cp1251 koi8-r iso8859-5 cp1253 iso8859-7 cp1254 cp1255 cp1256"
    " cp1257 shift_jis euc-jp iso2022_jp gb18030 big5 euc-kr tis-620"
).split()
_ASCII = 127


def needles(texts: Iterable[str]) -> tuple[bytes, ...]:
    """Return the byte strings to search for."""
    found: dict[bytes, None] = {}
    for text in texts:
        for data in _spellings(text):
            if len(data) >= SHORTEST:
                found[data[:LONGEST]] = None
    return tuple(found)


def _spellings(text: str) -> Iterator[bytes]:
    """Yield a text by encoding, escaped for HTML, for JSON and for URLs."""
    for encoding in _ENCODINGS:
        yield text.encode(encoding, "ignore")
    escaped = escape(text, quote=False)
    yield from (escaped.encode("utf-8", "ignore"), escape(text).encode("utf-8", "ignore"))
    yield from _percent(text, "utf-8")
    yield from _in_json(text)
    if text.isascii():
        return
    for encoding in _LEGACY:
        with suppress(UnicodeEncodeError):
            yield text.encode(encoding)
    yield from _in_html(escaped)
    yield text.encode("ascii", "backslashreplace")
    for encoding in ("latin-1", "cp1252", "cp1251", "shift_jis", "euc-jp"):
        with suppress(UnicodeEncodeError):
            yield from _percent(text, encoding)


def _percent(text: str, encoding: str) -> Iterator[bytes]:
    data = text.encode(encoding, "ignore" if encoding == "utf-8" else "strict")
    for spelled in (quote(data), quote_plus(data)):
        yield spelled.encode()
        first, *rest = spelled.split("%")
        yield (first + "".join(f"%{part[:2].lower()}{part[2:]}" for part in rest)).encode()


def _in_json(text: str) -> Iterator[bytes]:
    """Yield a text as it stands in JSON, and in JSON that stands in JSON."""
    for ascii_only in (True, False):
        once = json.dumps(text, ensure_ascii=ascii_only)[1:-1]
        for spelled in (once, once.replace("/", "\\/")):
            yield spelled.encode("utf-8", "ignore")
            yield json.dumps(spelled, ensure_ascii=False)[1:-1].encode("utf-8", "ignore")
    yield _upper(json.dumps(text)[1:-1]).encode()


def _upper(text: str) -> str:
    r"""Return the escapes `\u00fc` as `\u00FC`."""
    first, *rest = text.split("\\u")
    return first + "".join(f"\\u{part[:4].upper()}{part[4:]}" for part in rest)


def _in_html(escaped: str) -> Iterator[bytes]:
    yield escaped.encode("ascii", "xmlcharrefreplace")
    for form in ("&#x{:x};", "&#x{:X};"):
        yield "".join(
            mark if mark.isascii() else form.format(ord(mark)) for mark in escaped
        ).encode()
    yield "".join(
        f"&{codepoint2name[ord(mark)]};"
        if ord(mark) > _ASCII and ord(mark) in codepoint2name
        else mark
        for mark in escaped
    ).encode("utf-8", "ignore")
