"""Texts extracted anew from the raw answers in the archive, without asking anybody."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from crawler.core.content import ContentSettings, document_kind, read_answer
from crawler.core.content.decoding.hostile import heavy
from crawler.core.document import Document
from crawler.core.response import Response
from crawler.core.urls import parse as parse_url
from crawler.corpus.records.archived_record import unpack
from crawler.store.archive import FOLDER
from crawler.store.damaged_reads import DAMAGE
from crawler.store.database import Connection
from crawler.store.mirror import open_raw
from crawler.store.pages import replace_document, retire_shell

BATCH = 50  # pages in one transaction

Read = Callable[[Response, ContentSettings], Document | str | None]


@dataclass(slots=True)
class Extracted:
    """How many pages have a new text, the same text, or could not be extracted, and why."""

    changed: int = 0
    same: int = 0
    no_raw_copy: int = 0
    shells: dict[str, int] = field(default_factory=dict)  # retired, by what they need
    empty: int = 0  # the extractor found no text: the old one is kept
    damaged: list[str] = field(default_factory=list)  # pages whose raw answer cannot be read


def to_extract(connection: Connection) -> list[int]:
    """Return the pages whose text is held."""
    return [
        row[0]
        for row in connection.execute(
            "SELECT url_id FROM page WHERE state IN ('active', 'held') ORDER BY url_id"
        )
    ]


def extract(
    connection: Connection,
    job: Path,
    numbers: Iterable[int],
    settings: ContentSettings,
    now: float,
    result: Extracted,
    apart: Read | None = None,
) -> None:
    """Extract those pages anew and count them in `result`; run inside a transaction.

    `apart` reads documents such as PDF, and pages that may hang a parser, where it harms nobody;
    without it they stay as they are.

    A page that is now seen to be a shell leaves the corpus, as it would never have entered it.

    Raises:
        MissingExtra: The extractor's package is not installed.
    """
    for number in numbers:
        url = f"page {number}"
        try:
            url, file, offset, text = connection.execute(
                "SELECT url, archive_file, archive_offset, text FROM page WHERE url_id = ?",
                (number,),
            ).fetchone()
            response = raw_answer(job / FOLDER / file, offset, url) if file else None
        except (*DAMAGE, ArchiveLoadFailed):
            result.damaged.append(url)
            continue
        read = (apart or _leave) if response and _may_harm(response) else read_answer
        document = read(response, settings) if response else None
        if isinstance(document, str):  # what is held of it is no text of its own
            result.shells[document] = result.shells.get(document, 0) + 1
            retire_shell(connection, number, document, now)
            continue
        if document is None:
            result.no_raw_copy += 1
            continue
        if not document.text:
            result.empty += 1
            continue
        same = document.text == text
        result.same += same
        result.changed += not same
        replace_document(connection, number, document, now)


def _may_harm(response: Response) -> bool:
    return bool(document_kind(response)) or heavy(response)


def _leave(response: Response, settings: ContentSettings) -> None:
    """Read nothing."""
    del response, settings


def raw_answer(path: Path, offset: int, url: str) -> Response | None:
    """Return the archived answer at `offset`, or None if it is no longer there.

    Raises:
        ValueError, ArchiveLoadFailed: What lies there is damaged.
        StorageError: It lies on a mirror that cannot be reached.
    """
    target = parse_url(url)
    if target is None:
        return None
    try:
        with open_raw(path.parent, path.name) as file:
            member = unpack(file, offset)
    except FileNotFoundError:
        return None
    if member.fault:
        raise ValueError(member.fault)
    record = next(iter(ArchiveIterator(BytesIO(member.content))), None)
    if record is None or record.rec_type != "response" or record.http_headers is None:
        return None
    headers = tuple((name.lower(), value) for name, value in record.http_headers.headers)
    status = int(record.http_headers.get_statuscode())
    return Response(target, status, headers, record.content_stream().read())
