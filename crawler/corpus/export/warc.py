"""WARC 1.1 out of a job: the raw answers as archived, their text, the decision for each."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from itertools import islice
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import orjson

from crawler.core.evidence import Snapshot
from crawler.corpus.records.data_files import HashedFile
from crawler.corpus.records.export_plan import Options, Plan
from crawler.corpus.records.format import Format, Source
from crawler.corpus.records.record import Page, Record
from crawler.store.archive import archived_headers, stamp, write_record, write_warcinfo
from crawler.store.gzip_members import members
from crawler.store.mirror import open_raw

_PER_PAGE = 3  # response, request and metadata of a page stand one after the other
_READ = 1 << 16
_MOST = 1 << 30  # bytes of one record
_END = b"\r\n\r\n"


class Warc:
    """One WARC file: site files once, then for each page its raw records, text, decision."""

    def __init__(self, file: HashedFile, path: str, source: Source) -> None:
        self._file = file
        self._source = source
        self._seen: set[int] = set()
        block = BytesIO()
        write_warcinfo(block, path.rpartition("/")[2], _fields(source.plan))
        # The library draws a random id and reads the clock; both would change the bytes.
        file.write(_fixed(block.getvalue(), path, source.as_of))

    def write(self, record: Record, page: Page) -> int:
        before = self._file.tell()
        for snapshot in self._source.sites.of(page.url, page.snapshots).snapshots:
            if snapshot.id not in self._seen and snapshot.status:
                self._seen.add(snapshot.id)
                self._site_file(snapshot)
        # What was taken out of the text would still be in the raw answer.
        raw = bool(record["text"]) and self._source.plan.mask is None and self._raw(page)
        near = [("WARC-Date", stamp(page.fetched_at))]
        if raw:
            near.append(("WARC-Refers-To", page.record_id))
        if record["text"]:
            self._put(page, "conversion", near, record["text"].encode(), "text/plain")
        about = {key: value for key, value in record.items() if key != "text"}
        self._put(page, "metadata", near, orjson.dumps(about), "application/json")
        return self._file.tell() - before

    def close(self) -> None:
        self._file.flush()

    def _put(
        self, page: Page, kind: str, near: list[tuple[str, str]], payload: bytes, media: str
    ) -> None:
        headers = [
            *near,
            ("WARC-Record-ID", _record_id(f"{page.doc_id} {kind}")),
            ("Content-Type", media),
        ]
        write_record(self._file, page.url, kind, headers, payload)  # type: ignore[arg-type]

    def _site_file(self, snapshot: Snapshot) -> None:
        lines = archived_headers(snapshot.headers, len(snapshot.body))
        write_record(
            self._file,  # type: ignore[arg-type]
            snapshot.final_url or snapshot.url,
            "response",
            [
                ("WARC-Date", stamp(snapshot.fetched_at)),
                ("WARC-Record-ID", _record_id(f"{snapshot.url} {snapshot.fetched_at}")),
            ],
            snapshot.body,
            (snapshot.status, lines),
        )

    def _raw(self, page: Page) -> bool:
        if not page.archive_file:
            return False
        try:
            with open_raw(self._source.archive, page.archive_file) as file:
                file.seek(page.archive_offset)
                near = list(islice(members(file), _PER_PAGE))
        except FileNotFoundError:
            return False
        except zlib.error:
            self._source.damaged.append(page.url)
            return False
        head = zlib.decompress(near[0], zlib.MAX_WBITS + 16)[:_READ] if near else b""
        if f"WARC-Record-ID: {page.record_id}\r\n".encode() not in head:
            return False  # another record, or a tombstone, lies there now
        for member in near:
            self._file.write(member)
        return True


def _fields(plan: Plan) -> dict[str, str]:
    """Return what each file says of itself (WARC 1.1 section 6.2)."""
    return {
        "software": plan.software,
        "operator": plan.contact,
        "http-header-user-agent": plan.user_agent,
        "robots": "RFC 9309, and every opt-out the policy honours",
        "format": "WARC File Format 1.1",
    }


def _record_id(name: str) -> str:
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, name)}>"


def _fixed(member: bytes, path: str, as_of: float) -> bytes:
    text = zlib.decompress(member, zlib.MAX_WBITS + 16)
    lines = []
    head, _, body = text.partition(b"\r\n\r\n")
    for line in head.split(b"\r\n"):
        if line.startswith(b"WARC-Record-ID:"):
            lines.append(f"WARC-Record-ID: {_record_id(path)}".encode())
        elif line.startswith(b"WARC-Date:"):
            lines.append(f"WARC-Date: {stamp(as_of)}".encode())
        else:
            lines.append(line)
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS + 16)
    return packer.compress(b"\r\n".join(lines) + b"\r\n\r\n" + body) + packer.flush()


def records(path: Path) -> Iterator[Record]:
    """Yield the records of a finished file: each is our metadata record and the text before it.

    Raises:
        ValueError: A member cannot be unpacked, or the last one does not end.
    """
    read, text = 0, ""
    try:
        with path.open("rb") as file:
            for member in members(file):
                read += len(member)
                head, _, rest = _unpacked(member).partition(b"\r\n\r\n")
                if b"\r\nWARC-Type: conversion" in head:
                    text = rest.removesuffix(_END).decode()
                # What the archive wrote beside a raw answer names that answer.
                if b"\r\nWARC-Type: metadata" in head and b"\r\nWARC-Concurrent-To:" not in head:
                    yield {**orjson.loads(rest.removesuffix(_END)), "text": text}
                    text = ""
    except (zlib.error, TypeError) as error:
        raise ValueError(str(error)) from error
    if read != path.stat().st_size:
        raise ValueError("is cut off")


def answers(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the URL of each raw answer in a finished file, and the SHA-256 of its body.

    Raises:
        ValueError: A member cannot be unpacked.
    """
    try:
        with path.open("rb") as file:
            for member in members(file):
                head, _, rest = _unpacked(member).partition(b"\r\n\r\n")
                if b"\r\nWARC-Type: response" in head:
                    url = head.partition(b"\r\nWARC-Target-URI: ")[2].partition(b"\r\n")[0]
                    body = rest.partition(b"\r\n\r\n")[2].removesuffix(_END)
                    yield url.decode(errors="replace"), sha256(body).hexdigest()
    except zlib.error as error:
        raise ValueError(str(error)) from error


def _unpacked(member: bytes) -> bytes:
    unpacker = zlib.decompressobj(zlib.MAX_WBITS + 16)
    data = unpacker.decompress(member, _MOST)
    if unpacker.unconsumed_tail:
        raise ValueError("holds more than any record")
    return data


def _suffix(options: Options) -> str:  # noqa: ARG001
    return "warc.gz"


FORMAT = Format(
    name="warc",
    media_type="application/warc",
    suffix=_suffix,
    open=Warc,
    records=records,
    answers=answers,
    tabular=False,
)
