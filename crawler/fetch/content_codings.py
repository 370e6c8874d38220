"""Content codings undone: a pure function, bounded in bytes, ratio, layers and members."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import brotli
from backports import zstd

from crawler.core.content.decoding.encoding_labels import LABELS
from crawler.fetch.errors import FetchError
from crawler.fetch.limits import FetchLimits

ACCEPTED = "gzip, deflate, br, zstd"
# A megabyte of anything is harmless; only beyond it the ratio tells.
_RATIO_MATTERS = 2**20
_ZSTD_WINDOW_LOG = 23  # 8 MB, RFC 9659
# A frame, and the sixteen skippable ones (RFC 8878 section 3.1).
_ZSTD_MAGICS = (b"\x28\xb5\x2f\xfd", *(bytes([0x50 + n]) + b"\x2a\x4d\x18" for n in range(16)))
_PIECE = 8_192
# What servers put in Content-Encoding that codes nothing: the body is as it is. Transfer codings
# are undone by then, and what a store was sent in (aws-chunked) is not what it sends.
_NO_CODINGS = frozenset(
    (  # noqa: SIM905 - names, to be read
        "7bit 8bit ascii ansi auto aws-chunked binary chunked default false html identity inline"
        " json no none null off plain raw text true undefined unknown unset xml *"
    ).split()
)
# ... such as a charset nobody registered, a media type, a parameter.
_CHARSET = re.compile(r"(?:utf|ucs|iso|windows|cp|ibm|latin|koi|us|unicode)[-_ ]?[0-9a-z]*[0-9]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a body holds once its codings are undone. `cut`: there was more."""

    data: bytes
    cut: bool = False
    complete: bool = True  # False: the coding ended early


def codings_of(lines: list[str]) -> tuple[str, ...]:
    """Return the codings of Content-Encoding field lines, in the order applied.

    Names of what is no coding are left out, as browsers do (RFC 9110 section 8.4.1 has none
    of them): only a coding that somebody may have applied is worth an error.
    """
    names = (_plain(name) for line in lines for name in line.split(","))
    return tuple(name for name in names if name in _STREAMS or not _is_no_coding(name))


def _plain(name: str) -> str:
    """Return a name without what does not belong to it: quotes, a parameter."""
    name = name.partition(";")[0].strip(" \t\"'").lower()
    last = name.rpartition("/")[2]  # application/x-gzip
    return last if last in _STREAMS else name


def _is_no_coding(name: str) -> bool:
    if not name or name in _NO_CODINGS or name in LABELS:
        return True
    return "/" in name or "=" in name or _CHARSET.match(name) is not None


def decode(data: bytes, codings: tuple[str, ...], limits: FetchLimits, most: int) -> Decoded:
    """Undo `codings` of `data`, keeping at most `most` bytes.

    Raises:
        FetchError: "coding-unknown", "bad-coding" or "coding-bomb".
    """
    if len(codings) > limits.layers:
        raise FetchError("coding-bomb", f"{len(codings)} layers")
    result = Decoded(data)
    for coding in reversed(codings):
        if coding not in _STREAMS:
            if _MARKUP.match(result.data):
                continue
            raise FetchError("coding-unknown", coding[:40])
        if not result.data:
            return result
        # One byte more than wanted tells whether there was more; the outer layers of
        # a nested coding are bounded alike.
        step = _undo_what_is_meant(coding, result.data, most + 1, limits)
        result = Decoded(
            step.data, cut=result.cut or step.cut, complete=result.complete and step.complete
        )
    if len(result.data) > most:
        return Decoded(result.data[:most], cut=True, complete=result.complete)
    return result


def _undo_what_is_meant(coding: str, data: bytes, most: int, limits: FetchLimits) -> Decoded:
    """Undo `coding`, or what the data are in if they are not in that.

    Data in no coding of brotli's may be the beginning of some: one in fifteen of gzip's is.
    """
    try:
        step = _undo(coding, data, most, limits)
    except FetchError as error:
        if error.code != "bad-coding" or not (other := _meant(data)):
            raise
        return _undo(other, data, most, limits)
    if step.complete or (other := _meant(data)) in ("", coding):
        return step
    try:
        return _undo(other, data, most, limits)
    except FetchError as error:
        if error.code != "bad-coding":
            raise
        return step


def _meant(data: bytes) -> str:
    """Return the coding that data are in whatever it was called, "" if that cannot be told."""
    if _MARKUP.match(data):
        return _AS_IT_IS
    return "gzip" if data.startswith(_MEMBER["gzip"]) else ""


class _Coding(Protocol):
    """One stream of a coding: `undo` returns less than `room` only if it used all it was given."""

    eof: bool
    unused: bytes

    def undo(self, data: bytes, room: int) -> bytes: ...


class _Zlib:
    def __init__(self, wbits: int) -> None:
        self._stream = zlib.decompressobj(wbits)
        self.eof = False
        self.unused = b""

    def undo(self, data: bytes, room: int) -> bytes:
        output = self._stream.decompress(data, room)
        self.eof, self.unused = self._stream.eof, self._stream.unused_data
        return output


class _Brotli:
    def __init__(self) -> None:
        self._stream = brotli.Decompressor()
        self.eof = False
        self.unused = b""

    def undo(self, data: bytes, room: int) -> bytes:
        output: bytes = self._stream.process(data, output_buffer_limit=room)
        while len(output) < room and not self._stream.can_accept_more_data():
            more = self._stream.process(b"", output_buffer_limit=room - len(output))
            output += more
            if not more:
                break
        self.eof = self._stream.is_finished()
        return output


class _Zstd:
    def __init__(self) -> None:
        options: dict[int, int] = {zstd.DecompressionParameter.window_log_max: _ZSTD_WINDOW_LOG}
        self._stream = zstd.ZstdDecompressor(options=options)
        self.eof = False
        self.unused = b""

    def undo(self, data: bytes, room: int) -> bytes:
        output = self._stream.decompress(data, room)
        self.eof = self._stream.eof
        self.unused = self._stream.unused_data if self.eof else b""
        return output


def _deflate(data: bytes) -> _Coding:
    """Return a stream for deflate: zlib-wrapped (RFC 9110) or raw, as many send it."""
    wrapped = len(data) > 1 and data[0] & 0x0F == 8 and (data[0] << 8 | data[1]) % 31 == 0  # noqa: PLR2004 (RFC 1950 section 2.2)
    return _Zlib(15 if wrapped else -15)


_STREAMS: dict[str, Callable[[bytes], _Coding]] = {
    "gzip": lambda _: _Zlib(31),
    "x-gzip": lambda _: _Zlib(31),
    "deflate": _deflate,
    "br": lambda _: _Brotli(),
    "zstd": lambda _: _Zstd(),
}
# Plain markup, whatever coding is said to be on it.
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*+<(?:!doctype\s|html[\s>]|\?xml\s|!--)", re.IGNORECASE)
_AS_IT_IS = "identity"
# What another member or frame begins with; anything else after the first is padding.
_MEMBER = {"gzip": (b"\x1f\x8b",), "x-gzip": (b"\x1f\x8b",), "zstd": _ZSTD_MAGICS}


def _undo(coding: str, data: bytes, most: int, limits: FetchLimits) -> Decoded:
    """Undo one coding, feeding it so little at a time that the ratio shows early."""
    if coding == _AS_IT_IS:
        return Decoded(data)
    output = bytearray()
    at = 0
    for _ in range(limits.members):
        stream = _STREAMS[coding](data)
        while not stream.eof:
            piece = data[at : at + _PIECE]
            if not piece:
                return Decoded(bytes(output), complete=False)
            at += len(piece)
            try:
                output += stream.undo(piece, most - len(output))
            except (zlib.error, brotli.error, zstd.ZstdError) as error:
                raise FetchError("bad-coding", f"{coding}: {error}") from error
            if len(output) > max(_RATIO_MATTERS, limits.ratio * at):
                raise FetchError("coding-bomb", f"more than {limits.ratio} to 1")
            if len(output) >= most:
                return Decoded(bytes(output), cut=True)
        at -= len(stream.unused)
        if not data.startswith(_MEMBER.get(coding, ()), at):
            return Decoded(bytes(output))
    raise FetchError("coding-bomb", f"more than {limits.members} members of {coding}")
