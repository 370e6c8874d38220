"""Bodies, headers and addresses in the forms in which people hold them, brought to one.

What is None, or a missing value of a table (NaN), is unknown. What has no meaning at all is an
error of the caller: a TypeError that names the argument.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from operator import index
from typing import Any, SupportsIndex

from crawler.core.given import ABSENT, Absent, FileAnswer, header_lines
from crawler.core.response import Headers

_BOM = b"\xef\xbb\xbf"  # says that it is UTF-8, whatever a header or an element says
_FIRST, _LAST = 100, 599  # HTTP statuses (RFC 9110 section 15)


def is_unknown(value: object) -> bool:
    """Say whether a value stands for "not known": None, NaN, a missing value of a table."""
    if value is None:
        return True
    if isinstance(value, float):
        return value != value  # noqa: PLR0124 - NaN alone is not itself
    return type(value).__name__ in {"NAType", "NaTType"}


def body_of(value: object, name: str) -> bytes | Absent | None:
    """Return a body as bytes; a text as UTF-8 that says so."""
    if is_unknown(value):
        return None
    if isinstance(value, Absent):
        return ABSENT
    if isinstance(value, str):
        return _BOM + value.encode("utf-8", "replace") if not value.isascii() else value.encode()
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value)
    raise TypeError(f"{name}: give bytes, a text or ABSENT, not {type(value).__name__}")


def file_of(value: object, name: str) -> FileAnswer | None:
    """Return what a site file answered: its body, ABSENT, or the status in its place."""
    if isinstance(value, SupportsIndex) and not isinstance(value, bool):
        value = index(value)  # a whole number of any library
        if not _FIRST <= value <= _LAST:
            raise ValueError(f"{name}: {value} is no HTTP status")
        # A success without its body is none: what it said is not known.
        return value if value >= 300 or value < 200 else None  # noqa: PLR2004 - RFC 9110
    if isinstance(value, str):
        return value.encode("utf-8", "replace")
    return body_of(value, f"{name} (or a status)")


def status_of(value: object) -> int | None:
    """Return an HTTP status; a whole number in any type, such as "200" or 200.0."""
    if is_unknown(value) or isinstance(value, Absent):
        return None
    try:
        status = int(str(value).removesuffix(".0"))
    except ValueError:
        raise TypeError(f"status: {value!r} is no HTTP status") from None
    if not _FIRST <= status <= _LAST:
        raise ValueError(f"status: {value!r} is no HTTP status")
    return status


def headers_of(value: object) -> Headers | None:
    """Return field lines, in order and unmerged where they were.

    A mapping (of texts, or of lists of them), pairs, pairs of bytes, an object of an HTTP
    library, `Name: value` lines, or any of these as JSON.
    """
    if is_unknown(value):
        return None
    if isinstance(value, Absent):
        return ()
    if isinstance(value, bytes | bytearray):
        value = bytes(value).decode("utf-8", "replace")
    if isinstance(value, str):
        value = _of_text(value)
    pairs: object = value
    for call in ("multi_items", "items"):  # httpx, which else merges; everybody else
        if hasattr(value, call):
            pairs = getattr(value, call)()
            break
    if not isinstance(pairs, Iterable):
        raise TypeError(f"headers: give a mapping or pairs, not {type(value).__name__}")
    return header_lines(_lines(pairs))


def _lines(pairs: Iterable[Any]) -> list[tuple[str, str]]:
    lines: list[tuple[str, str]] = []
    for pair in pairs:
        try:
            if isinstance(pair, Mapping):  # {"name": ..., "value": ...}, as HAR has them
                name, value = pair["name"], pair["value"]
            else:
                name, value = pair
        except (TypeError, ValueError, KeyError):
            raise TypeError(f"headers: {pair!r:.80} is no pair of a name and a value") from None
        many = value if isinstance(value, list | tuple) else (value,)
        lines += [(_text(name), _text(item)) for item in many if not is_unknown(item)]
    return lines


def _text(value: object) -> str:
    if isinstance(value, bytes | bytearray):
        raw = bytes(value)
        try:
            return raw.decode()
        except UnicodeDecodeError:
            return raw.decode("latin-1")  # RFC 9110 section 5.5
    return str(value)


def _of_text(text: str) -> object:
    """Return the pairs in JSON, or in the lines of a head."""
    if text.lstrip().startswith(("{", "[")):
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as error:
            raise TypeError(f"headers: they look like JSON and are none ({error})") from None
    pairs: list[tuple[str, str]] = []
    for line in text.replace("\r", "\n").split("\n"):
        name, colon, value = line.partition(":")
        if line[:1] in {" ", "\t"} and pairs:  # folded: RFC 9112 section 5.2
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]} {line.strip()}")
        elif colon:
            pairs.append((name, value))
    return pairs
