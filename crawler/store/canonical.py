"""One spelling for values that are stored as text, and digests over what is stored."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Sequence
from hashlib import sha256
from typing import TypeAlias

import orjson

Stored: TypeAlias = str | bytes | int | float | None


def canonical(value: object) -> str:
    """Return the JSON text that is hashed: sorted keys, no spaces, ASCII only."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def compact(value: object) -> str:
    """Return `value` as JSON. Half surrogates, which hostile pages hold, survive."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:  # orjson speaks UTF-8 only
        return json.dumps(value, separators=(",", ":"))


def pack(value: object) -> bytes:
    """Return `value` as compressed JSON."""
    return zlib.compress(compact(value).encode(), 1)


def unpack(data: bytes) -> object:
    """Return what `pack` was given (tuples as lists)."""
    value: object = json.loads(zlib.decompress(data))
    return value


def digest_of(values: Sequence[Stored]) -> str:
    """Return the hex SHA-256 over the values of a row, in order."""
    return fix(values)[0]


def fix(values: Sequence[Stored]) -> tuple[str, bytes]:
    """Return the digest of a row, and four bytes for each value to name an altered one."""
    spelled = [_spell(value) for value in values]
    marks = struct.pack(f">{len(spelled)}I", *map(zlib.crc32, spelled))
    return sha256(b";".join(spelled)).hexdigest(), marks


def _spell(value: Stored) -> bytes:
    # Tagged and with its length, so that no two different rows spell alike.
    if isinstance(value, str):
        data = value.encode("utf-8", "surrogatepass")
        return b"s%d:%b" % (len(data), data)
    if isinstance(value, bytes):
        return b"b%d:%b" % (len(value), value)
    return b"n" if value is None else repr(value).encode()
