"""Text of others on a terminal: nothing that it might obey, or show as nothing."""

from __future__ import annotations

import json


def harmless(text: str) -> str:
    """Return `text` with what a terminal might obey, or show as nothing, spelled out."""
    return "".join(
        char if char.isprintable() else " " if char.isspace() else f"\\x{ord(char):02x}"
        for char in text
    )


def json_text(value: object) -> str:
    """Return `value` as JSON for people; what a terminal might obey is escaped."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    if text.isascii() and "\x7f" not in text:
        return text
    return "".join(
        char if char.isprintable() or char == "\n" else _escaped(ord(char)) for char in text
    )


def _escaped(code: int) -> str:
    if code > 0xFFFF:  # noqa: PLR2004 - beyond it JSON takes a pair (RFC 8259 section 7)
        high, low = divmod(code - 0x10000, 0x400)
        return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
    return f"\\u{code:04x}"
