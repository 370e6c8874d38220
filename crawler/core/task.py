"""One thing a leased host is asked for."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from crawler.core.evidence import FileKind, Snapshot
from crawler.core.urls import Url


class TaskKind(StrEnum):
    """What the answer is for."""

    RESOLVE = "resolve"  # no request: learn the host's addresses
    PAGE = "page"
    FILE = "file"  # a site file, see `Task.file`
    SITEMAP = "sitemap"


class Task(NamedTuple):
    """One request we may make now. Holding it is holding the lease on `url.host`.

    A tuple, because one is made for every request ever queued.
    """

    id: int  # row of the URL in the store; 0 for RESOLVE
    url: Url
    kind: TaskKind
    addresses: tuple[str, ...]  # resolved and still fresh; empty for RESOLVE and in a queue
    site: tuple[Snapshot, ...] = ()  # site evidence of the URL's origin, current now
    file: FileKind | None = None
    origin: str = ""  # FILE: the origin (or, for RSL, "") the file speaks for
    asked: str = ""  # FILE: the URL asked first, before any redirect
    hops: int = 0  # redirects already followed to get here
    via: tuple[str, ...] = ()  # the redirect chain, first URL first
    depth: int = 0
    attempt: int = 0  # earlier attempts that failed
    etag: str = ""  # of the copy we hold, for a conditional request
    last_modified: str = ""
