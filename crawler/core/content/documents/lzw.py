"""Data in LZW, as PDF has them (ISO 32000-1 section 7.4.4): codes of 9 to 12 bits."""

from __future__ import annotations

_CLEAR, _END, _FIRST = 256, 257, 258
_SHORTEST, _LONGEST = 9, 12  # bits


def decoded(data: bytes, most: int) -> bytes:
    """Return at most `most` bytes; what is no such data ends where it stops being some."""
    singles = [bytes([value]) for value in range(256)] + [b"", b""]
    table = list(singles)
    out = bytearray()
    before = b""
    wide, held, bits = _SHORTEST, 0, 0
    for byte in data:
        held, bits = (held << 8 | byte) & 0xFFFFFF, bits + 8
        if bits < wide:
            continue
        bits -= wide
        code = held >> bits & ((1 << wide) - 1)
        if code == _CLEAR:
            table, before, wide = list(singles), b"", _SHORTEST
            continue
        if code == _END or code > len(table) or (code == len(table) and not before):
            break
        entry = table[code] if code < len(table) else before + before[:1]
        out += entry
        if len(out) >= most:
            break
        if before and len(table) < 1 << _LONGEST:
            table.append(before + entry[:1])
        before = entry
        # The width grows one code early, which is the default of /EarlyChange.
        wide = min(max((len(table) + 1).bit_length(), _SHORTEST), _LONGEST)
    return bytes(out[:most])
