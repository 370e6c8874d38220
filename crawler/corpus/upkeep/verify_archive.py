"""Proof that raw answers are what was archived: every member unpacks, every page finds its own."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import IO, NamedTuple

from crawler.store.archive import FOLDER
from crawler.store.database import Connection
from crawler.store.ledger import Fault

_READ = 1 << 16
# As our writers make them: deflate, no time, no name; a tombstone has a comment of spaces.
_MEMBER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00"
_TOMBSTONE = b"\x1f\x8b\x08\x10\x00\x00\x00\x00\x02\xff"
_SYSTEMS = (b"\x03", b"\xff")
_END = b"\r\n\r\n"


class _Page(NamedTuple):
    """A page whose raw answer begins somewhere."""

    url: str
    record_id: str
    body_sha256: str


def verify_archives(job: Path, connection: Connection) -> Iterator[Fault]:
    """Unpack every WARC file as far as transactions committed it."""
    rows = connection.execute("SELECT file, committed FROM archive ORDER BY file").fetchall()
    for name, committed in rows:
        path = job / FOLDER / str(name)
        pages: dict[int, _Page] = {}
        for offset, *page in connection.execute(
            "SELECT archive_offset, url, record_id, body_sha256 FROM page WHERE archive_file = ?",
            (name,),
        ):
            pages[offset] = _Page(*page)
        if not path.is_file():
            yield Fault(
                f"{FOLDER}/{name}", f"is missing, with the raw answers of {len(pages)} pages"
            )
            continue
        with path.open("rb") as file:
            yield from _file(file, f"{FOLDER}/{name}", int(committed), pages)


def _file(file: IO[bytes], place: str, committed: int, pages: dict[int, _Page]) -> Iterator[Fault]:
    at = 0
    met: set[int] = set()
    while at < committed:
        member = _Member(file, at)
        page = pages.get(at)
        if page is not None:
            met.add(at)
        what = member.fault or (member.of(page) if page is not None else "")
        if what:
            yield Fault(f"{place} at {at}", what + (f": page {page.url}" if page else ""))
        if member.size:
            at += member.size
        else:  # the next page's own record is where its row says
            at = min((offset for offset in pages if offset > at), default=committed)
    for offset in sorted(pages.keys() - met):
        yield Fault(f"{place} at {offset}", f"no record begins there: page {pages[offset].url}")


class _Member:
    """One gzip member, unpacked. `size` is 0 if it does not end."""

    def __init__(self, file: IO[bytes], at: int) -> None:
        file.seek(at)
        self.size = 0
        self.fault = ""
        self._content = b""
        try:
            self._read(file)
        except zlib.error as error:
            self.fault = f"does not unpack ({error}): its bytes were changed"

    def _read(self, file: IO[bytes]) -> None:
        unpack = zlib.decompressobj(zlib.MAX_WBITS + 16)
        raw, text = [], []
        while not unpack.eof:
            data = file.read(_READ)
            if not data:
                self.fault = "was cut off"
                return
            text.append(unpack.decompress(data))
            raw.append(data)
        whole = b"".join(raw)
        self.size = len(whole) - len(unpack.unused_data)
        self._content = b"".join(text)
        if not _is_ours(whole):
            self.fault = "does not begin as our records do: its bytes were changed"

    def of(self, page: _Page) -> str:
        """Return what is wrong if this is to be the page's answer, "" if nothing is."""
        record, _, rest = self._content.partition(_END)
        if f"\r\nWARC-Record-ID: {page.record_id}".encode() not in record:
            return "is another record than the one that was archived"
        body = rest.partition(_END)[2].removesuffix(_END)
        if sha256(body).hexdigest() != page.body_sha256:
            return "holds another answer than the one that was archived"
        return ""


def _is_ours(raw: bytes) -> bool:
    """Say if what of a member no checksum covers is as our writers make it."""
    if raw.startswith(_TOMBSTONE):
        padding = raw[len(_TOMBSTONE) :].partition(b"\0")[0]
        return not padding.strip(b" ")
    return raw.startswith(_MEMBER) and raw[9:10] in _SYSTEMS
