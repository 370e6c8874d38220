"""Files unpacked as they are read: gzip and zstd member by member, told by their first octets.

Members matter: WARC files have one a record, and what is damaged ends with its member. Behind
damage the next member is sought, so that one cut download costs the record that it cut.
"""

from __future__ import annotations

import zlib
from collections import deque
from types import TracebackType
from typing import IO, Protocol, Self

import zstandard

from crawler.inputs.opening import open_input
from crawler.inputs.row import Damage, UnknownInputError
from crawler.storage import StorageError

GZIP = b"\x1f\x8b\x08"
ZSTD = b"\x28\xb5\x2f\xfd"
_BLOCK = 1 << 16
# A run of one octet takes four octets of zstd for 128 KiB: what one step may unpack is bounded.
_ZSTD_STEP = 2_048
_MOST = 1 << 20  # octets unpacked in one step
_TRIED = 512  # octets of a member that must unpack for it to be one
_SKIPPABLE = b"\x2a\x4d\x18"  # second to fourth octet of a frame that holds no data (RFC 8878)
_DICTIONARY = 0x5D  # first octet of one that holds the file's dictionary (IIPC, WARC with zstd)
_MOST_DICTIONARY = 64 * 2**20
_FOREIGN = {b"BZh": "bzip2", b"\xfd7zXZ": "xz", b"PK\x03\x04": "a ZIP archive"}


class _Unpacker(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, /) -> bytes: ...


class Unpacked:
    """The unpacked octets of one file, in chunks; where its members begin, and where it breaks.

    `marks` holds (unpacked position, stored position) of each member that has begun and of the
    end of the last one; whoever reads may take them off. `breaks` holds unpacked positions
    before which something is missing.
    """

    def __init__(self, file: IO[bytes], damage: Damage) -> None:
        self.damage = damage
        self.marks: deque[tuple[int, int]] = deque()
        self.breaks: deque[int] = deque()
        self.position = 0  # unpacked octets handed out
        self._file = file
        self._stored = 0  # stored octets read from the file
        self._pending = b""
        self._ended = False
        self._member_at = 0
        self._unpacker: _Unpacker | None = None
        self._dictionary: zstandard.ZstdCompressionDict | None = None
        self._kept = b""  # unpacked by `read` and not handed out
        head = self._peek(8)
        self.packing = "gzip" if head[:3] == GZIP else "zstd" if _is_zstd(head) else ""
        for magic, name in _FOREIGN.items():
            if head.startswith(magic):
                raise UnknownInputError(f"{damage.path} is {name}: unpack it first")
        if self.packing:
            self._begin_member()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def chunk(self) -> bytes:
        """Return the next unpacked octets, b"" at the end of the file."""
        if self._kept:
            kept, self._kept = self._kept, b""
            return kept
        data = self._unpack() if self.packing else self._plain()
        self.position += len(data)
        return data

    def read(self, size: int) -> bytes:
        """Return the next `size` unpacked octets, fewer at the end of the file."""
        parts, length = [], 0
        while length < size and (part := self.chunk()):
            parts.append(part)
            length += len(part)
        data = b"".join(parts)
        self._kept = data[size:]
        return data[:size]

    def _plain(self) -> bytes:
        data = self._pending or self._more()
        self._pending = b""
        return data

    def _unpack(self) -> bytes:
        while not self._ended:
            if not self._pending:
                self._pending = self._more()
                if not self._pending:
                    if self._unpacker is not None:
                        self._note("cut member")
                        self.breaks.append(self.position)
                    self._end()
                    break
            try:
                data = self._step()
            except (zlib.error, zstandard.ZstdError) as error:
                self._note(_kind_of(error))
                self.breaks.append(self.position)
                if not self._seek_member():
                    self._end()
                    break
                continue
            if data:
                return data
        return b""

    def _step(self) -> bytes:
        unpacker = self._unpacker
        if unpacker is None:
            unpacker = self._next_member()
            if unpacker is None:
                return b""
        if self.packing == "gzip":
            data = unpacker.decompress(self._pending, _MOST)  # type: ignore[call-arg]
            rest = unpacker.unconsumed_tail  # type: ignore[attr-defined]
        else:
            piece = self._pending[:_ZSTD_STEP]
            data, rest = unpacker.decompress(piece), self._pending[_ZSTD_STEP:]
        if unpacker.eof:
            self._pending = unpacker.unused_data + (rest if self.packing == "zstd" else b"")
            self._unpacker = None
            self._mark(self.position + len(data))
        else:
            self._pending = rest
        return data

    def _next_member(self) -> _Unpacker | None:
        """Begin the member that stands next; None if none does, or only padding."""
        head = self._peek(8)
        if not head.strip(b"\0"):
            while self._pending and not self._pending.strip(b"\0"):
                self._pending = self._more()
            if not self._pending:
                self._end()
                return None
            head = self._peek(8)
        if self.packing == "zstd" and head[1:4] == _SKIPPABLE and head[0] >> 4 == 5:  # noqa: PLR2004
            self._skip_frame(head)
            return None
        self._begin_member()
        return self._unpacker

    def _begin_member(self) -> None:
        head = self._peek(8)
        self._mark(self.position)
        if self.packing == "zstd" and head[1:4] == _SKIPPABLE:
            self._unpacker = None
            return
        self._member_at = self._at()
        self._unpacker = self._fresh()

    def _fresh(self) -> _Unpacker:
        if self.packing == "gzip":
            return zlib.decompressobj(zlib.MAX_WBITS + 16)
        return zstandard.ZstdDecompressor(dict_data=self._dictionary).decompressobj()

    def _skip_frame(self, head: bytes) -> None:
        size = int.from_bytes(head[4:8], "little")
        is_dictionary = head[0] == _DICTIONARY and size <= _MOST_DICTIONARY
        self._peek(8 + size if is_dictionary else 8)
        if is_dictionary:
            data = self._pending[8 : 8 + size]
            if data.startswith(ZSTD):
                data = zstandard.ZstdDecompressor().decompress(data, _MOST_DICTIONARY)
            self._dictionary = zstandard.ZstdCompressionDict(data)
        left = 8 + size
        while left > 0:
            self._pending = self._pending or self._more()
            if not self._pending:
                break
            taken = min(left, len(self._pending))
            self._pending = self._pending[taken:]
            left -= taken
        self._mark(self.position)

    def _seek_member(self) -> bool:
        """Go to the next member that can be unpacked, behind the start of the broken one."""
        magic = GZIP if self.packing == "gzip" else ZSTD
        self._file.seek(self._member_at + 1)
        self._stored, self._pending = self._member_at + 1, b""
        while True:
            found = self._pending.find(magic)
            if found < 0:
                tail = self._pending[-3:]
                more = self._more()
                if not more:
                    self._pending = b""
                    return False
                self._pending = tail + more
                continue
            self._pending = self._pending[found:]
            self._peek(_TRIED)
            try:
                self._fresh().decompress(self._pending[:_TRIED])
            except (zlib.error, zstandard.ZstdError):
                self._pending = self._pending[1:]
                continue
            self._begin_member()
            return True

    def _end(self) -> None:
        self._ended, self._unpacker, self._pending = True, None, b""
        self._mark(self.position)

    def _mark(self, position: int) -> None:
        mark = (position, self._at())
        if self.marks and self.marks[-1][0] == position:
            self.marks.pop()
        self.marks.append(mark)

    def _at(self) -> int:
        return self._stored - len(self._pending)

    def _note(self, kind: str) -> None:
        self.damage.note(f"{kind} ({self.packing})", f"octet {self._member_at}")

    def _peek(self, size: int) -> bytes:
        while len(self._pending) < size and (more := self._more()):
            self._pending += more
        return self._pending[:size]

    def _more(self) -> bytes:
        try:
            data = self._file.read(_BLOCK)
        except (OSError, StorageError) as error:
            self.damage.note("unreadable", f"octet {self._stored}: {str(error)[:200]}")
            return b""
        self._stored += len(data)
        return data


def open_unpacked(path: str, damage: Damage | None = None) -> Unpacked:
    """Open a file to be read unpacked.

    Raises:
        UnknownInputError: It cannot be opened, or is packed in a way that is not read.
    """
    file = open_input(path)
    try:
        return Unpacked(file, Damage(path) if damage is None else damage)
    except BaseException:
        file.close()
        raise


def _is_zstd(head: bytes) -> bool:
    skippable = len(head) >= 4 and head[0] >> 4 == 5 and head[1:4] == _SKIPPABLE  # noqa: PLR2004
    return head[:4] == ZSTD or skippable


def _kind_of(error: Exception) -> str:
    told = str(error).lower()
    checked = "data check" in told or "length check" in told or "checksum" in told
    return "wrong checksum" if checked else "broken member"
