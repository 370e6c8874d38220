"""What a WAT record says of an answer: status and headers, as Common Crawl extracts them."""

from __future__ import annotations

from typing import Any

import orjson

from crawler.inputs.row import Answer

_MOST = 16 * 2**20


def is_wat(block: bytes) -> bool:
    """Say if a metadata record is one of WAT, which describes another record."""
    return len(block) <= _MOST and block.lstrip()[:1] == b"{" and b'"Envelope"' in block


def read_wat(block: bytes) -> tuple[Answer | None, str]:
    """Return the answer that a WAT record describes, without its body, and when it was captured.

    No answer: it describes a request, or is damaged.
    """
    try:
        whole = orjson.loads(block)
    except orjson.JSONDecodeError:
        return None, ""
    date = _within(whole, "Envelope", "WARC-Header-Metadata", "WARC-Date")
    found = _within(whole, "Envelope", "Payload-Metadata", "HTTP-Response-Metadata")
    return _answer(found) if isinstance(found, dict) else None, str(date or "")


def _within(value: Any, *names: str) -> Any:  # noqa: ANN401 - whatever stands there
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _answer(found: dict[str, Any]) -> Answer | None:
    message, headers = found.get("Response-Message"), found.get("Headers")
    status = str(message.get("Status", "")) if isinstance(message, dict) else ""
    if not status.isdecimal() or not isinstance(headers, dict):
        return None
    lines = tuple(
        (str(name).lower(), str(item))
        for name, value in headers.items()
        for item in (value if isinstance(value, list) else [value])
    )
    return Answer(int(status) % 1_000, lines, b"")
