"""HTTP answers as archives hold them: head and body apart, codings undone, never raising."""

from __future__ import annotations

import re

from crawler.fetch.content_codings import codings_of, decode
from crawler.fetch.errors import FetchError
from crawler.fetch.limits import FetchLimits
from crawler.inputs.row import Answer, Headers

_HEAD = 2**20  # octets of a head that are read
_MOST = 32 * 2**20  # octets of a body that are read, codings undone
_STATUS = re.compile(rb"(?:HTTP|ICY|http)(?:/[\d.]+)? +(\d{3})")
_LIMITS = FetchLimits()
_CHUNK = re.compile(rb"[ \t]*([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
_FIELD = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*:[ \t]*(.*?)[ \t]*\Z", re.DOTALL)


def read_answer(data: bytes, *, cut: bool = False) -> Answer | None:
    """Return the answer that was recorded, None if that is none; `cut`: its record says so.

    A body whose coding cannot be undone, or ends early without being cut, is empty and counts as
    truncated: a crawl keeps nothing of it either. One that is no longer coded is taken as it is.
    """
    match = _STATUS.match(data)
    if match is None:
        return None
    end, size = data.find(b"\r\n\r\n", 0, _HEAD), 4
    if end < 0:
        end, size = data.find(b"\n\n", 0, _HEAD), 2
    if end < 0:
        end, size = min(len(data), _HEAD), 0
    headers = read_fields(data[:end])
    body, whole = _body(data[end + size :], headers, cut=cut)
    return Answer(int(match[1]), headers, body, not whole)


def read_fields(head: bytes) -> Headers:
    """Return the field lines of a head behind its first line, names in lower case, in order.

    A folded line goes on with the one before it (RFC 9112 section 5.2).
    """
    lines = head.decode("utf-8", "replace").splitlines() if head.isascii() else _decoded(head)
    fields: list[tuple[str, str]] = []
    for line in lines[1:]:
        if line.startswith((" ", "\t")) and fields:
            name, value = fields[-1]
            fields[-1] = (name, f"{value} {line.strip()}")
        elif match := _FIELD.match(line):
            fields.append((match[1].lower(), match[2]))
    return tuple(fields)


def _decoded(head: bytes) -> list[str]:
    try:
        text = head.decode()
    except UnicodeDecodeError:
        text = head.decode("latin-1")
    return re.split(r"\r\n|\n|\r", text)


def _body(data: bytes, headers: Headers, *, cut: bool) -> tuple[bytes, bool]:
    transfer = [value.lower() for name, value in headers if name == "transfer-encoding"]
    whole = True
    if any("chunked" in value for value in transfer) and _CHUNK.match(data):
        data, whole = _joined(data)
    codings = codings_of([value for name, value in headers if name == "content-encoding"])
    if not codings or data.lstrip()[:1] == b"<":  # some tools undo it and leave the field
        return data[:_MOST], whole and len(data) <= _MOST
    try:
        decoded = decode(data, codings, _LIMITS, _MOST)
    except FetchError:
        return b"", False
    if not (decoded.complete or decoded.cut or cut):
        return b"", False
    return decoded.data, whole and decoded.complete and not decoded.cut


def _joined(data: bytes) -> tuple[bytes, bool]:
    """Undo the chunked coding (RFC 9112 section 7.1), which many archives undo already."""
    parts: list[bytes] = []
    at = 0
    while match := _CHUNK.match(data, at):
        size = int(match[1], 16)
        at = match.end()
        if not size:
            return b"".join(parts), True
        parts.append(data[at : at + size])
        at += size
        if data[at : at + 2] == b"\r\n":
            at += 2
        elif data[at : at + 1] == b"\n":
            at += 1
        elif not parts[1:]:
            return data, True  # its first line only looked like the size of a chunk
    return b"".join(parts), False
