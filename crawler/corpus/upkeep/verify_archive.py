"""Proof that raw answers are what was archived: every member unpacks, every page finds its own."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import IO, NamedTuple

from crawler.corpus.records.archived_record import unpack
from crawler.storage import StorageError
from crawler.store.archive import FOLDER
from crawler.store.database import Connection
from crawler.store.ledger import Fault
from crawler.store.mirror import open_raw

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
        pages: dict[int, _Page] = {}
        for offset, *page in connection.execute(
            "SELECT archive_offset, url, record_id, body_sha256 FROM page WHERE archive_file = ?",
            (name,),
        ):
            pages[offset] = _Page(*page)
        place = f"{FOLDER}/{name}"
        try:
            with open_raw(job / FOLDER, str(name)) as file:
                yield from _file(file, place, int(committed), pages)
        except FileNotFoundError:
            yield Fault(place, f"is missing, with the raw answers of {len(pages)} pages")
        except StorageError as error:
            yield Fault(place, f"cannot be read on the mirror: {error}")


def _file(file: IO[bytes], place: str, committed: int, pages: dict[int, _Page]) -> Iterator[Fault]:
    at = 0
    met: set[int] = set()
    while at < committed:
        member = unpack(file, at)
        page = pages.get(at)
        if page is not None:
            met.add(at)
        what = member.fault or (_misfit(member.content, page) if page is not None else "")
        if what:
            yield Fault(f"{place} at {at}", what + (f": page {page.url}" if page else ""))
        if member.size:
            at += member.size
        else:  # the next page's own record is where its row says
            at = min((offset for offset in pages if offset > at), default=committed)
    for offset in sorted(pages.keys() - met):
        yield Fault(f"{place} at {offset}", f"no record begins there: page {pages[offset].url}")


def _misfit(content: bytes, page: _Page) -> str:
    """Return what is wrong if this is to be the page's answer, "" if nothing is."""
    record, _, rest = content.partition(_END)
    if f"\r\nWARC-Record-ID: {page.record_id}".encode() not in record:
        return "is another record than the one that was archived"
    body = rest.partition(_END)[2].removesuffix(_END)
    if sha256(body).hexdigest() != page.body_sha256:
        return "holds another answer than the one that was archived"
    return ""
