"""Files that are packed once more than HTTP knows of: unpacked within limits."""

from __future__ import annotations

import zlib

MAGIC = b"\x1f\x8b"
_LAYERS = 2
_MEMBERS = 100  # RFC 1952 section 2.2 allows any number; each costs a copy of what follows
# Of real sitemaps the densest pack 60 times; a small one may be all alike.
_RATIO = 200
_FREE = 1_048_576  # bytes


def gunzip(body: bytes, most: int) -> tuple[bytes, str]:
    """Return what `body` unpacks to, as far as it may, and what is wrong with it.

    A body that is not packed is returned as it is. Members follow each other without a mark;
    what follows the last and is none is left out.
    """
    problem = ""
    for _ in range(_LAYERS):
        if not body.startswith(MAGIC):
            break
        body, wrong = _unpacked(body, min(most, max(_FREE, _RATIO * len(body))))
        problem = problem or wrong
    if len(body) > most:
        return body[:most], problem or "too-large"
    return body, problem


def _unpacked(body: bytes, most: int) -> tuple[bytes, str]:
    parts: list[bytes] = []
    for _ in range(_MEMBERS):
        member = zlib.decompressobj(wbits=31)
        try:
            # One byte more than may be kept tells that there is more.
            part = member.decompress(body, most + 1)
        except zlib.error:
            return b"".join(parts), "gzip-broken"
        parts.append(part[:most])
        if len(part) > most:
            return b"".join(parts), "too-large"
        most -= len(part)
        if not member.eof:
            return b"".join(parts), "gzip-cut"
        body = member.unused_data
        if not body.startswith(MAGIC):
            return b"".join(parts), "gzip-broken" if body.strip(b"\0") else ""
    return b"".join(parts), "gzip-members"
