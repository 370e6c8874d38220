"""One record of a WARC file, unpacked, with what is wrong with its bytes."""

from __future__ import annotations

import zlib
from typing import IO, NamedTuple

_READ = 1 << 16
# As our writers make them: deflate, no time, no name; a tombstone has a comment of spaces.
_MEMBER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00"
_TOMBSTONE = b"\x1f\x8b\x08\x10\x00\x00\x00\x00\x02\xff"
_SYSTEMS = (b"\x03", b"\xff")


class Unpacked(NamedTuple):
    """A gzip member. `size` is what it takes in the file, 0 if it does not end."""

    content: bytes = b""
    size: int = 0
    fault: str = ""


def unpack(file: IO[bytes], at: int) -> Unpacked:
    """Return the member that begins at `at`; damage is told, not raised."""
    file.seek(at)
    unpacker = zlib.decompressobj(zlib.MAX_WBITS + 16)
    raw, text = [], []
    try:
        while not unpacker.eof:
            data = file.read(_READ)
            if not data:
                return Unpacked(fault="was cut off")
            text.append(unpacker.decompress(data))
            raw.append(data)
    except zlib.error as error:
        return Unpacked(fault=f"does not unpack ({error}): its bytes were changed")
    whole = b"".join(raw)
    size = len(whole) - len(unpacker.unused_data)
    fault = "" if _is_ours(whole) else "does not begin as our records do: its bytes were changed"
    return Unpacked(b"".join(text), size, fault)


def _is_ours(raw: bytes) -> bool:
    """Say if what of a member no checksum covers is as our writers make it."""
    if raw.startswith(_TOMBSTONE):
        padding = raw[len(_TOMBSTONE) :].partition(b"\0")[0]
        return not padding.strip(b" ")
    return raw.startswith(_MEMBER) and raw[9:10] in _SYSTEMS
