"""A zip file read within bounds: members, sizes, ratio, names. Nothing is written anywhere."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from io import BytesIO
from urllib.parse import unquote

from crawler.core.content.documents.contents import BOMB, DAMAGED, ENCRYPTED, UnreadableError
from crawler.core.content.settings import DocumentSettings

_RATIO_MATTERS = 2**24  # bytes
_HARMLESS = 100  # times smaller: XML of a large table
_ENCRYPTED_BIT = 0x1
_UTF8_BIT = 0x800  # of the name (APPNOTE section 4.4.4)
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_PIECE = 2**16


class ZipFile:
    """The members of a zip file by their names. Sizes are counted as they are unpacked."""

    def __init__(self, body: bytes, settings: DocumentSettings) -> None:
        """Read the directory.

        Raises:
            UnreadableError: There is none, or it is that of a bomb.
        """
        self._left = settings.unpacked_bytes
        try:
            self._zip = zipfile.ZipFile(BytesIO(body))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, IndexError) as error:
            raise UnreadableError(DAMAGED, str(error)) from error
        except (OverflowError, UnicodeDecodeError, EOFError) as error:
            raise UnreadableError(DAMAGED, type(error).__name__) from error
        if len(members) > settings.members:
            raise UnreadableError(BOMB, f"{len(members)} members")
        self._refuse_overlaps(members, len(body))
        self._members: dict[str, zipfile.ZipInfo] = {}
        for member in members:
            name = within(_as_meant(member))
            if name:  # of two of one name the last counts, as for whoever unpacks them in turn
                self._members[name] = member
        self.names = tuple(self._members)
        # Parts of a package are the same in capitals (ECMA-376 part 2, section 6.2.2.3).
        self._folded = {name.lower(): name for name in self._members}

    @staticmethod
    def _refuse_overlaps(members: list[zipfile.ZipInfo], size: int) -> None:
        """Refuse a file whose members lie upon one another: it unpacks to any size."""
        end = 0
        for member in sorted(members, key=lambda one: one.header_offset):
            if member.header_offset < end or member.header_offset + member.compress_size > size:
                raise UnreadableError(BOMB, "members overlap")
            end = member.header_offset + member.compress_size

    def has(self, name: str) -> bool:
        return name.lower() in self._folded

    def read(self, name: str) -> bytes:
        """Return a member, b"" if there is none of that name.

        Raises:
            UnreadableError: It is damaged, encrypted, or more than may be unpacked.
        """
        member = self._members.get(name) or self._members.get(self._folded.get(name.lower(), ""))
        if member is None:
            return b""
        if member.flag_bits & _ENCRYPTED_BIT:
            raise UnreadableError(ENCRYPTED, name)
        if member.compress_type not in _METHODS:
            raise UnreadableError(DAMAGED, f"method {member.compress_type}")
        data = bytearray()
        try:
            with self._zip.open(member) as file:
                while piece := file.read(_PIECE):
                    data += piece
                    self._left -= len(piece)
                    if self._left < 0 or _is_bomb(len(data), member.compress_size):
                        raise UnreadableError(BOMB, name)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise UnreadableError(DAMAGED, f"{name}: {error}") from error
        except (RuntimeError, NotImplementedError, OverflowError) as error:
            raise UnreadableError(DAMAGED, f"{name}: {error}") from error
        return bytes(data)


def _as_meant(member: zipfile.ZipInfo) -> str:
    """Return the name of a member: most who write UTF-8 do so, whether or not they say it."""
    name = member.filename
    if name.isascii() or member.flag_bits & _UTF8_BIT:
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def within(name: str) -> str:
    """Return the name of a member in normal form, "" for a folder or one outside of the file."""
    name = name.replace("\\", "/")
    if not name or name.endswith("/") or "\x00" in name:
        return ""
    normal = posixpath.normpath(name).lstrip("/")  # its root is the file's
    if normal.startswith("../") or normal == ".." or ":" in normal.partition("/")[0]:
        return ""
    return normal


def joined(base: str, href: str) -> str:
    """Return the name of the member that `href` in the member `base` leads to, "" for none."""
    path = unquote(href.partition("#")[0].partition("?")[0])
    if not path or ":" in path.partition("/")[0]:
        return ""
    return within(posixpath.join(posixpath.dirname(base), path))


def _is_bomb(unpacked: int, packed: int) -> bool:
    return unpacked > _RATIO_MATTERS and unpacked > _HARMLESS * max(packed, 1)
