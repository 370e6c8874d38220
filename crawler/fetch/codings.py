"""Content codings undone: a pure function, bounded in bytes, ratio, layers and members."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass

import brotli
from backports import zstd

from crawler.fetch.errors import FetchError
from crawler.fetch.limits import FetchLimits

ACCEPTED = "gzip, deflate, br, zstd"
# A megabyte of anything is harmless; only beyond it the ratio tells.
_RATIO_MATTERS = 2**20
_ZSTD_WINDOW_LOG = 23  # 8 MB, RFC 9659
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a body holds once its codings are undone. `cut`: there was more."""

    data: bytes
    cut: bool = False
    complete: bool = True  # False: the coding ended early


def codings_of(lines: list[str]) -> tuple[str, ...]:
    """Return the codings of Content-Encoding field lines, in the order applied."""
    names = (name.strip().lower() for line in lines for name in line.split(","))
    return tuple(name for name in names if name not in {"", "identity", "none"})


def decode(data: bytes, codings: tuple[str, ...], limits: FetchLimits, most: int) -> Decoded:
    """Undo `codings` of `data`, keeping at most `most` bytes.

    Raises:
        FetchError: "coding-unknown", "bad-coding" or "coding-bomb".
    """
    if len(codings) > limits.layers:
        raise FetchError("coding-bomb", f"{len(codings)} layers")
    result = Decoded(data)
    for coding in reversed(codings):
        undo = _UNDO.get(coding)
        if undo is None:
            raise FetchError("coding-unknown", coding[:40])
        if not result.data:
            return result
        # One byte more than wanted tells whether there was more; the outer layers of
        # a nested coding are bounded alike.
        step = undo(result.data, most + 1, limits.members)
        wide = len(step.data) > max(_RATIO_MATTERS, limits.ratio * len(data))
        if wide:
            raise FetchError("coding-bomb", f"more than {limits.ratio} to 1")
        result = Decoded(
            step.data, cut=result.cut or step.cut, complete=result.complete and step.complete
        )
    if len(result.data) > most:
        return Decoded(result.data[:most], cut=True, complete=result.complete)
    return result


def _inflate_members(data: bytes, most: int, members: int) -> Decoded:
    """Undo gzip: RFC 1952 lets members follow one another; other trailing bytes are padding."""
    output = bytearray()
    for _ in range(members):
        member = zlib.decompressobj(wbits=31)
        try:
            output += member.decompress(data, most - len(output))
        except zlib.error as error:
            if output:  # a broken later member or a wrong checksum: the text was there
                return Decoded(bytes(output), complete=False)
            raise FetchError("bad-coding", f"gzip: {error}") from error
        if len(output) >= most:
            return Decoded(bytes(output), cut=True)
        if not member.eof:
            return Decoded(bytes(output), complete=False)
        data = member.unused_data
        if not data.startswith(_GZIP):
            return Decoded(bytes(output))
    raise FetchError("coding-bomb", f"more than {members} gzip members")


def _inflate(data: bytes, most: int, _members: int) -> Decoded:
    """Undo deflate: zlib-wrapped as RFC 9110 says, or raw as many servers send it."""
    wrapped = len(data) > 1 and data[0] & 0x0F == 8 and (data[0] << 8 | data[1]) % 31 == 0  # noqa: PLR2004 (RFC 1950 section 2.2)
    failure: zlib.error | None = None
    for wbits in (15, -15) if wrapped else (-15,):
        stream = zlib.decompressobj(wbits=wbits)
        try:
            output = stream.decompress(data, most)
        except zlib.error as error:
            failure = error
            continue
        return Decoded(output, cut=len(output) >= most, complete=stream.eof or len(output) >= most)
    raise FetchError("bad-coding", f"deflate: {failure}")


def _unbrotli(data: bytes, most: int, _members: int) -> Decoded:
    stream = brotli.Decompressor()
    output = bytearray()
    try:
        output += stream.process(data, output_buffer_limit=most)
        while len(output) < most and not stream.is_finished() and not stream.can_accept_more_data():
            output += stream.process(b"", output_buffer_limit=most - len(output))
    except brotli.error as error:
        raise FetchError("bad-coding", f"br: {error}") from error
    cut = len(output) >= most
    return Decoded(bytes(output[:most]), cut=cut, complete=cut or stream.is_finished())


def _unzstd(data: bytes, most: int, members: int) -> Decoded:
    output = bytearray()
    options: dict[int, int] = {zstd.DecompressionParameter.window_log_max: _ZSTD_WINDOW_LOG}
    for _ in range(members):
        frame = zstd.ZstdDecompressor(options=options)
        try:
            output += frame.decompress(data, most - len(output))
        except zstd.ZstdError as error:
            if output:
                return Decoded(bytes(output), complete=False)
            raise FetchError("bad-coding", f"zstd: {error}") from error
        if len(output) >= most:
            return Decoded(bytes(output), cut=True)
        if not frame.eof:
            return Decoded(bytes(output), complete=False)
        data = frame.unused_data
        if not data:
            return Decoded(bytes(output))
    raise FetchError("coding-bomb", f"more than {members} zstd frames")


_UNDO: dict[str, Callable[[bytes, int, int], Decoded]] = {
    "gzip": _inflate_members,
    "x-gzip": _inflate_members,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
