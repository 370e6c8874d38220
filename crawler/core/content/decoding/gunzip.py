"""Files that are packed once more than HTTP knows of: unpacked within limits."""

from __future__ import annotations

import zlib

MAGIC = b"\x1f\x8b"
_ZLIB = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")  # RFC 1950 section 2.2
_BEFORE = b"\r\n\t \xef\xbb\xbf"  # what a script that packs may have said before
_FIXED = 10  # bytes of a member's header, at least
_PIECE = 1_024  # bytes
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
        packed = body.lstrip(_BEFORE)
        if packed.startswith(MAGIC):
            body = packed
        elif not body.startswith(_ZLIB):
            break
        body, wrong = _unpacked(body, min(most, max(_FREE, _RATIO * len(body))))
        problem = problem or wrong
    if len(body) > most:
        return body[:most], problem or "too-large"
    return body, problem


def _unpacked(body: bytes, most: int) -> tuple[bytes, str]:
    parts: list[bytes] = []
    for _ in range(_MEMBERS):
        member = zlib.decompressobj(wbits=47)  # of gzip or zlib
        try:
            # One byte more than may be kept tells that there is more.
            part = member.decompress(body, most + 1)
        except zlib.error:
            parts.append(_salvaged(body, most))
            return b"".join(parts), "gzip-broken"
        parts.append(part[:most])
        if len(part) > most:
            return b"".join(parts), "too-large"
        most -= len(part)
        if not member.eof:
            return b"".join(parts), "gzip-cut"
        body = member.unused_data.lstrip(b"\0")
        if not body.startswith(MAGIC):
            return b"".join(parts), "gzip-broken" if body.strip() else ""
    return b"".join(parts), "gzip-members"


def _salvaged(body: bytes, most: int) -> bytes:
    """Return what a broken member holds up to the flaw, which may be its checksum alone."""
    stream = zlib.decompressobj(wbits=-15)
    parts: list[bytes] = []
    for at in range(_header(body), len(body), _PIECE):
        try:
            part = stream.decompress(body[at : at + _PIECE], most + 1)
        except zlib.error:
            break
        parts.append(part[:most])
        most -= len(parts[-1])
        if stream.eof or not most:
            break
    return b"".join(parts)


def _header(body: bytes) -> int:
    """Return the length of a member's header (RFC 1952 section 2.3)."""
    if not body.startswith(MAGIC) or len(body) <= _FIXED:
        return 2
    flags, at = body[3], _FIXED
    if flags & 4:  # an extra field, with its length
        at += 2 + int.from_bytes(body[at : at + 2], "little")
    for flag in (8, 16):  # a name, a comment
        if flags & flag:
            at = (body.find(b"\0", at) + 1) or len(body)
    return at + (flags & 2)
