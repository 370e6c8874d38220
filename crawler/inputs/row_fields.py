"""A row out of named columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crawler.inputs.columns import Chosen, parsed, text_of, value_at
from crawler.inputs.dates import read_date
from crawler.inputs.row import Answer, Headers, Place, Row


def row_of_fields(fields: Mapping[str, Any], chosen: Chosen, place: Place) -> Row:
    """Return the row that an object's columns tell of."""
    found = {meaning: value_at(fields, path) for meaning, path in chosen.paths.items()}
    html = found.get("html")
    if isinstance(html, bytearray | memoryview):
        html = bytes(html)
    if not isinstance(html, str | bytes):
        html = None
    return Row(
        text_of(found.get("url")) or "",
        text_of(found.get("text")),
        read_date(found.get("date")),
        html,
        place,
        _answer(found, html),
        "",
        fields,
    )


def _answer(found: Mapping[str, Any], html: str | bytes | None) -> Answer | None:
    """Return the answer that a row holds; None if it holds none of status, headers and HTML."""
    status = _status(found.get("status"))
    headers = _headers(found.get("headers"))
    mime = text_of(found.get("mime"))
    if html is None and status is None and not headers:
        return None
    if isinstance(html, str):
        # What was decoded already is in one encoding now, whatever its headers and metas say.
        headers = tuple(line for line in headers if line[0] != "content-type")
        headers += (("content-type", "text/html; charset=utf-8"),)
        html = html.encode("utf-8", "replace")
    elif mime and not any(name == "content-type" for name, _ in headers):
        headers += (("content-type", mime),)
    return Answer(200 if status is None else status, headers, html or b"")


def _status(value: object) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value if 100 <= value <= 999 else None  # noqa: PLR2004 - RFC 9110 section 15
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) == 3:  # noqa: PLR2004
        return int(value)
    return None


def _headers(value: object) -> Headers:
    """Return field lines however they are written: an object, pairs, or a text of either."""
    if isinstance(value, str | bytes):
        inner = parsed(value)
        if inner is None:
            text = value if isinstance(value, str) else value.decode("utf-8", "replace")
            parted = (line.partition(":") for line in text.splitlines())
            return tuple(
                (name.strip().lower(), said.strip()) for name, mark, said in parted if mark
            )
        value = inner
    pairs: list[tuple[Any, Any]] = []
    if isinstance(value, Mapping):
        pairs = list(value.items())
    elif isinstance(value, list | tuple):
        for item in value:
            if isinstance(item, Mapping) and {"name", "value"} <= item.keys():
                pairs.append((item["name"], item["value"]))
            elif isinstance(item, list | tuple) and len(item) == 2:  # noqa: PLR2004 - a pair
                pairs.append((item[0], item[1]))
    return tuple(
        (str(name).lower(), str(line))
        for name, said in pairs
        for line in (said if isinstance(said, list | tuple) else [said])
        if line is not None
    )
