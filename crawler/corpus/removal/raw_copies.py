"""Taking raw answers out of the job's WARC files, and leaving every other byte in place.

A removed record becomes a tombstone record padded to the length of what it replaces, so the
offsets that other pages remember stay true.
"""

from __future__ import annotations

import os
import shutil
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from uuid import uuid4

from crawler.carrying import drop_draft
from crawler.corpus.export.export_job import DRAFTS
from crawler.storage import StorageError, is_url, shown
from crawler.store.archive import FOLDER, stamp, write_record
from crawler.store.canonical import canonical
from crawler.store.database import Connection
from crawler.store.gzip_members import members

_HEAD = 16_384  # more than any head of ours takes
_GZIP = b"\x1f\x8b\x08\x10\x00\x00\x00\x00\x02\xff"  # deflate, a comment follows


@dataclass(frozen=True, slots=True)
class Member:
    """One record of a WARC file: its raw gzip member and what its head says."""

    raw: bytes
    kind: str  # WARC-Type
    url: str
    record_id: str
    near: str  # WARC-Concurrent-To, WARC-Refers-To or ""
    date: str

    def content(self) -> bytes:
        return zlib.decompress(self.raw, zlib.MAX_WBITS + 16)


Drop = Callable[[Member], bool]


def records(path: Path) -> Iterator[Member]:
    """Yield the records of a WARC file."""
    with path.open("rb") as file:
        for raw in members(file):
            head = zlib.decompressobj(zlib.MAX_WBITS + 16).decompress(raw, _HEAD)
            lines = head.partition(b"\r\n\r\n")[0].decode("utf-8", "replace").split("\r\n")
            fields = {
                name.lower(): value.strip()
                for name, _, value in (line.partition(":") for line in lines)
            }
            yield Member(
                raw,
                fields.get("warc-type", ""),
                fields.get("warc-target-uri", ""),
                fields.get("warc-record-id", ""),
                fields.get("warc-concurrent-to") or fields.get("warc-refers-to", ""),
                fields.get("warc-date", ""),
            )


def drop_drafts(job: Path) -> tuple[str, ...]:
    """Drop exports that were begun and not ended, wherever they lie.

    Returns those on storage that is out of reach: they are still known of the next time.
    """
    drafts = job / DRAFTS
    left: dict[str, None] = {}
    for line in drafts.read_text().splitlines() if drafts.is_file() else ():
        if is_url(line):
            try:
                drop_draft(line)
            except StorageError:
                left[line] = None
            continue
        draft = Path(line)
        if draft.name.endswith(".partial") and (draft / "state.json").is_file():
            shutil.rmtree(draft, ignore_errors=True)
    if left:
        drafts.write_text("".join(f"{place}\n" for place in left))
    else:
        drafts.unlink(missing_ok=True)
    for export in job.glob("**/*.partial"):
        shutil.rmtree(export, ignore_errors=True)
    return tuple(f"export {shown(place)}" for place in left)


def cut_orphans(job: Path, connection: Connection) -> None:
    """Cut off what no transaction committed, and drop what was begun and not ended."""
    drop_drafts(job)
    committed = dict(connection.execute("SELECT file, committed FROM archive"))
    folder = job / FOLDER
    for draft in (*folder.glob("*.new"), *folder.glob(".*.partial")):
        draft.unlink()
    for path in folder.glob("*.warc.gz"):
        length = committed.get(path.name, 0)
        if not length:
            path.unlink()
        elif path.stat().st_size > length:
            os.truncate(path, length)


def take_out(job: Path, drop: Drop, reason: str, now: float, *, name_urls: bool) -> int:
    """Replace the records that `drop` picks, and those that belong to them; return how many.

    Each file is written anew and put in the old one's place when it is on disk.
    """
    return sum(
        rewrite(path, drop, (reason, now, name_urls))
        for path in sorted((job / FOLDER).glob("*.warc.gz"))
    )


def rewrite(path: Path, drop: Drop, why: tuple[str, float, bool]) -> int:
    """Write a WARC file anew without what `drop` picks; return how many records went."""
    dropped = {member.record_id for member in records(path) if drop(member)}
    if not dropped:
        return 0
    draft = path.with_name(path.name + ".new")
    count = 0
    with draft.open("wb") as out:
        gone: list[Member] = []
        for member in records(path):
            if member.record_id in dropped or member.near in dropped:
                gone.append(member)
                count += 1
                continue
            out.write(_tombstone(gone, why))
            gone = []
            out.write(member.raw)
        out.write(_tombstone(gone, why))
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path)
    return count


def _tombstone(gone: list[Member], why: tuple[str, float, bool]) -> bytes:
    if not gone:
        return b""
    reason, now, name_urls = why
    room = sum(len(member.raw) for member in gone)
    removed = [member.record_id for member in gone if member.kind == "response"]
    payload = {"tombstone": removed[:1], "records": len(gone), "reason": reason}
    block = BytesIO()
    write_record(
        block,
        gone[0].url if name_urls else "urn:removed",
        "metadata",
        [("WARC-Date", stamp(now)), ("WARC-Record-ID", f"<urn:uuid:{uuid4()}>")],
        canonical(payload).encode(),
    )
    return _padded(zlib.decompress(block.getvalue(), zlib.MAX_WBITS + 16), room)


def _padded(text: bytes, room: int) -> bytes:
    """Return `text` as one gzip member of exactly `room` bytes; its comment is the padding."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = packer.compress(text) + packer.flush()
    tail = struct.pack("<II", zlib.crc32(text), len(text) & 0xFFFFFFFF)
    padding = room - len(_GZIP) - 1 - len(body) - len(tail)
    if padding < 0:  # three records never take less, but a lone one might
        return _padded(b"", room) if text else b""
    return _GZIP + b" " * padding + b"\0" + body + tail
