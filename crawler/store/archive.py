"""Raw answers kept as WARC 1.1, one gzip member a record, written while crawling.

Bytes reach the file before the transaction that refers to them commits; `committed` in
the store says how far they count. What lies past it belongs to no page and is cut off
when the archive is opened again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO, FileIO
from pathlib import Path
from typing import IO, TYPE_CHECKING
from uuid import uuid4

from crawler.core.evidence import Snapshot
from crawler.core.outcome import Kept
from crawler.core.response import Response
from crawler.core.task import Task
from crawler.durable_files import sync_folder
from crawler.store.canonical import canonical
from crawler.store.database import Connection

if TYPE_CHECKING:  # most jobs keep no archive, and it loads fsspec where that is
    from warcio.warcwriter import WARCWriter

FOLDER = "archive"
MIRROR = "mirror.json"  # in the job's folder: which files lie on other storage as well
# The size the WARC 1.1 guidelines recommend for one file.
MAX_BYTES = 10**9
# They describe the transfer, which was undone; the block holds the decoded body.
_TRANSFER = frozenset({"content-encoding", "transfer-encoding", "content-length"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a raw answer lies."""

    file: str
    offset: int
    record_id: str


NO_PLACE = Place("", 0, "")


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes the archive: stands in each file's warcinfo record."""

    software: str
    user_agent: str
    operator: str
    robots: str = "RFC 9309, and every opt-out the policy honours"


class Archive:
    """The job's WARC files. Used in the database thread only, within its transactions."""

    def __init__(self, folder: Path, writer: Writer, max_bytes: int = MAX_BYTES) -> None:
        self._folder = folder / FOLDER
        self._writer = writer
        self._max_bytes = max_bytes
        self._file: FileIO | None = None
        self._name = ""
        self._end = 0

    def open(self, connection: Connection) -> None:
        """Cut off what no transaction committed; go on in the last file if it has room."""
        self._folder.mkdir(parents=True, exist_ok=True)
        committed = dict(connection.execute("SELECT file, committed FROM archive ORDER BY file"))
        for path in sorted(self._folder.glob("*.warc.gz")):
            length = committed.get(path.name, 0)
            if length == 0:
                path.unlink()
            elif path.stat().st_size > length:
                os.truncate(path, length)
        if committed:
            self._name = last = max(committed)
            grows = committed[last] < self._max_bytes and not self._is_mirrored(last)
            if grows and (self._folder / last).exists():
                self._start(last)

    def _is_mirrored(self, name: str) -> bool:
        """Say if a file was copied elsewhere as it is: it grows no more."""
        try:
            copied = json.loads((self._folder.parent / MIRROR).read_bytes())["files"]
        except FileNotFoundError:
            return False
        except (ValueError, KeyError, TypeError):
            return True  # nobody knows: a new file harms nothing
        return name in copied

    def append_page(self, task: Task, response: Response, kept: Kept, policy_sha256: str) -> Place:
        """Write request, response and decision of a page that is kept."""
        record_id = f"<urn:uuid:{uuid4()}>"
        date = stamp(response.started_at)
        lines = archived_headers(response.headers, len(response.body))
        rest = [("WARC-Record-ID", record_id), ("WARC-Date", date)]
        if response.address:
            rest.append(("WARC-IP-Address", response.address))
        if response.truncated:
            rest.append(("WARC-Truncated", "length"))
        file, offset = self._write(
            task.url.text, "response", rest, response.body, (response.status, lines)
        )
        near = [("WARC-Concurrent-To", record_id), ("WARC-Date", date)]
        request = [("Host", task.url.origin.partition("://")[2])]
        request.append(("User-Agent", self._writer.user_agent))
        self._write(task.url.text, "request", near, b"", (task.url.target, request))
        evidence = canonical(
            {
                "included": kept.decision.included,
                "reason": kept.decision.reason,
                "verdict": kept.decision.verdict.labels(),
                "awaiting": kept.decision.awaiting,
                "decided_at": kept.decision.decided_at,
                "policy_sha256": policy_sha256,
                "site_files": [
                    {"kind": item.kind.value, "url": item.url, "sha256": item.sha256}
                    for item in task.site
                ],
            }
        )
        self._write(task.url.text, "metadata", near, evidence.encode())
        return Place(file, offset, record_id)

    def append_file(self, snapshot: Snapshot) -> None:
        """Write the answer for a site file, if the server gave one."""
        if not snapshot.status:
            return
        lines = archived_headers(snapshot.headers, len(snapshot.body))
        self._write(
            snapshot.final_url or snapshot.url,
            "response",
            [("WARC-Date", stamp(snapshot.fetched_at))],
            snapshot.body,
            (snapshot.status, lines),
        )

    def sync(self, connection: Connection) -> None:
        """Make what was written durable and count it in: the last step of a transaction."""
        if self._file is None:
            return
        length = self._file.tell()
        if length == self._end:
            return
        os.fsync(self._file.fileno())
        connection.execute(
            "INSERT OR REPLACE INTO archive (file, committed) VALUES (?, ?)", (self._name, length)
        )
        self._end = length

    def rollback(self) -> None:
        """Drop what was written since the last `sync`: its transaction did not commit."""
        if self._file is not None:
            self._file.truncate(self._end)
            self._file.seek(self._end)

    def close(self) -> None:
        """Close the file; what was not synced is dropped."""
        if self._file is not None:
            self.rollback()
            self._file.close()
            self._file = None

    def _start(self, name: str) -> FileIO:
        self._name = name
        # Unbuffered: what a full disk refused must not be written later.
        self._file = (self._folder / name).open("ab", buffering=0)
        self._end = self._file.tell()
        if not self._end:
            sync_folder(self._folder)
        return self._file

    def _write(
        self,
        url: str,
        kind: str,
        warc_headers: Sequence[tuple[str, str]],
        payload: bytes,
        http: tuple[int | str, Sequence[tuple[str, str]]] | None = None,
    ) -> tuple[str, int]:
        file = self._room()
        offset = file.tell()
        record = BytesIO()
        write_record(record, url, kind, warc_headers, payload, http)
        _put(file, record)
        return self._name, offset

    def _room(self) -> FileIO:
        # A new file begins only between transactions, so that one length a time is open.
        file = self._file
        if file is not None and (self._end < self._max_bytes or file.tell() > self._end):
            return file if file.tell() else self._begin(file)
        if file is not None:
            file.close()
        number = int(self._name[6:11]) + 1 if self._name else 0
        return self._begin(self._start(f"crawl-{number:05d}.warc.gz"))

    def _begin(self, file: FileIO) -> FileIO:
        fields = {
            "software": self._writer.software,
            "operator": self._writer.operator,
            "http-header-user-agent": self._writer.user_agent,
            "robots": self._writer.robots,
            "format": "WARC File Format 1.1",
            "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        }
        record = BytesIO()
        write_warcinfo(record, self._name, fields)
        _put(file, record)
        return file


def _put(file: FileIO, record: BytesIO) -> None:
    """Write all of `record`; the system may take it in parts."""
    rest = record.getbuffer()
    while rest:
        rest = rest[file.write(rest) :]


def write_warcinfo(file: IO[bytes], name: str, fields: dict[str, str]) -> None:
    """Write the record that opens a WARC file."""
    writer = _writer(file)
    writer.write_record(writer.create_warcinfo_record(name, fields))


def write_record(
    file: IO[bytes],
    url: str,
    kind: str,
    warc_headers: Sequence[tuple[str, str]],
    payload: bytes,
    http: tuple[int | str, Sequence[tuple[str, str]]] | None = None,
) -> None:
    """Write one record as one gzip member. `http`: status (or request target) and lines."""
    from warcio.statusandheaders import StatusAndHeaders  # noqa: PLC0415

    writer = _writer(file)
    head = None
    if http is not None:
        first, lines = http
        plain = [(_latin(name), _latin(value)) for name, value in lines]
        if isinstance(first, int):
            phrase = f"{first} {_phrase(first)}"
            head = StatusAndHeaders(phrase, plain, protocol="HTTP/1.1", is_http_request=False)
        else:
            head = StatusAndHeaders(
                f"{first} HTTP/1.1", plain, protocol="GET", is_http_request=True
            )
    record = writer.create_warc_record(
        url,
        kind,
        payload=BytesIO(payload),
        length=len(payload),
        http_headers=head,
        warc_headers_dict=dict(warc_headers),
        warc_content_type=dict(warc_headers).get("Content-Type", "application/json")
        if head is None
        else "",
    )
    writer.write_record(record)


def _writer(file: IO[bytes]) -> WARCWriter:
    from warcio.warcwriter import WARCWriter  # noqa: PLC0415

    return WARCWriter(file, gzip=True, warc_version="WARC/1.1")


def stamp(seconds: float) -> str:
    """Return the time as WARC 1.1 writes it, with microseconds."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def archived_headers(
    headers: Sequence[tuple[str, str]], length: int
) -> tuple[tuple[str, str], ...]:
    """Return header lines that fit a decoded body; those of the transfer are renamed."""
    lines = tuple(
        (f"x-crawler-{name}" if name.lower() in _TRANSFER else name, value)
        for name, value in headers
    )
    return (*lines, ("content-length", str(length)))


def _latin(text: str) -> str:
    # Header bytes are Latin-1; a line break in a value would end the header.
    clean = text.replace("\r", " ").replace("\n", " ")
    return clean.encode("latin-1", "replace").decode("latin-1")


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
