"""The text of a site file, whatever its server and its author's editor made of it."""

from __future__ import annotations

import codecs
import zlib

from backports import zstd

from crawler.core.late_expressions import late

_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Google's parser drops cut ones too; of another letter the first octet is no mark.
_BOM = late(rb"\A(?:\xef\xbb\xbf|\xef\xbb?(?![\x80-\xbf]))")
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_ZLIB = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
_OTHER_FILES = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF-", b"PK\x03\x04", b"7z\xbc\xaf", b"Rar!",
    b"BZh", b"\xfd7zXZ", b"RIFF", b"\x00\x00\x01\x00", b"\x7fELF", b"wOF",
    b"{\\rtf", b"\xd0\xcf\x11\xe0",
)  # fmt: skip
_HIGH = late(rb"[\x80-\xff]")
_CONTROL = late(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_LAYERS = 2
_SEEN = 16_384  # octets that tell whether a body is text
_FEW = 3  # odd octets that say nothing yet
_SHARE = 0.04  # of them from which a body is no text; compressed data have 0.11
_HALF = 0.5  # of octets above 127 in what has no rule at all
_MIXED = 0.05  # the same where it is no UTF-8 either, octets above 127 counted too


def text_of(body: bytes) -> str:
    """Return the text of `body`; octets that are no UTF-8 become halves of surrogate pairs."""
    if body.startswith(_UTF32) and len(body) % 4 == 0:
        return body.decode("utf-32", "replace")
    if body.startswith(_UTF16):
        # Before 8-bit text the mark means nothing: every UTF-16 text of lines has a NUL.
        if b"\0" in body:
            return body.decode("utf-16", "replace")
        body = body[2:]
    body = _BOM.sub(b"", body, count=1)
    # NUL is in no grammar; left in place it would hide a label or an agent.
    return body.replace(b"\0", b"").decode("utf-8", "surrogateescape")


def unpacked(body: bytes, most: int) -> bytes | None:
    """Return `body` as text in octets, uncompressed if need be; None if it is no text.

    Some servers send a compressed file without saying so. At most `most` octets come out.
    """
    for _ in range(_LAYERS):
        if not body.startswith((_GZIP, _ZSTD, *_ZLIB)):
            break
        inflated = _inflated(body, most)
        if inflated is None:
            break
        body = inflated
    return body if _is_text(body) else None


def _inflated(body: bytes, most: int) -> bytes | None:
    found = b""
    try:
        if body.startswith(_ZSTD):
            return zstd.ZstdDecompressor().decompress(body, most)
        while body and len(found) < most:
            # 32 more than the window: a gzip or a zlib header, whichever is there.
            reader = zlib.decompressobj(zlib.MAX_WBITS | 32)
            found += reader.decompress(body, most - len(found))
            if not reader.eof:
                break
            body = reader.unused_data
            if not body.startswith(_GZIP):
                break
    except (zlib.error, zstd.ZstdError, ValueError):
        return None
    return found


def _is_text(body: bytes) -> bool:
    if body.startswith(_OTHER_FILES):
        return False
    start = body[:_SEEN]
    if start and not start.strip(b"\0"):  # a file of which a crash left the size
        return False
    odd = len(_CONTROL.findall(start))
    if not odd and b":" not in start and len(_HIGH.findall(start)) > _HALF * len(start):
        return _is_utf8(start)
    if not odd or (b"\0" in start and start.startswith((*_UTF32, *_UTF16))):
        return True
    if not _is_utf8(start):  # no text in one octet a letter has control characters as well
        return odd + len(_HIGH.findall(start)) < _MIXED * len(start)
    return odd <= _FEW or odd < _SHARE * len(start)


def _is_utf8(start: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)  # the cut may part a letter
    except UnicodeDecodeError:
        return False
    return True
