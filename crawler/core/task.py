"""One thing a leased host is asked for."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, final

from crawler.core.evidence import FileKind, Snapshot
from crawler.core.policy import ConsentPolicy
from crawler.core.urls import Url


class TaskKind(StrEnum):
    """What the answer is for."""

    RESOLVE = "resolve"  # no request: learn the host's addresses
    PAGE = "page"
    FILE = "file"  # a site file, see `Task.file`
    SITEMAP = "sitemap"


@final
class Task:
    """One request we may make now. Holding it is holding the lease on `url.host`.

    Made when it is queued; the frontier sets `addresses` when it hands it out, and `passed`
    where it applied, and nobody changes anything else. Written out, because one is made for
    every row ever queued.
    """

    __slots__ = (  # noqa: RUF023 - as they are passed
        "id", "url", "kind", "addresses", "site", "file", "origin", "asked", "hops", "via",
        "depth", "attempt", "etag", "last_modified", "passed",
    )  # fmt: skip

    def __init__(  # noqa: PLR0913, PLR0917 - the columns of a row
        self,
        id: int,  # noqa: A002 - as the column is called
        url: Url,
        kind: TaskKind,
        addresses: tuple[str, ...],
        site: tuple[Snapshot, ...] = (),
        file: FileKind | None = None,
        origin: str = "",
        asked: str = "",
        hops: int = 0,
        via: tuple[str, ...] = (),
        depth: int = 0,
        attempt: int = 0,
        etag: str = "",
        last_modified: str = "",
    ) -> None:
        self.id: Final = id  # row of the URL in the store; 0 for RESOLVE
        self.url: Final = url
        self.kind: Final = kind
        self.addresses = addresses  # resolved and still fresh; empty for RESOLVE and in a queue
        self.site: Final = site  # site evidence of the URL's origin, current now
        self.file: Final = file
        self.origin: Final = origin  # FILE: the origin (or, for RSL, "") the file speaks for
        self.asked: Final = asked  # FILE: the URL asked first, before any redirect
        self.hops: Final = hops  # redirects already followed to get here
        self.via: Final = via  # the redirect chain, first URL first
        self.depth: Final = depth
        self.attempt: Final = attempt  # earlier attempts that failed
        self.etag: Final = etag  # of the copy we hold, for a conditional request
        self.last_modified: Final = last_modified
        self.passed: ConsentPolicy | None = None  # PAGE: let `url` through gate 1 with this `site`

    @property
    def previous(self) -> Snapshot | None:
        """FILE: the last answer that is known from the same place."""
        asked = self.asked or self.url.text
        for item in self.site:
            if item.kind is self.file and item.url == asked:
                return item
        return None

    def __reduce__(self) -> tuple[object, ...]:
        return Task, (
            self.id, self.url, self.kind, self.addresses, self.site, self.file, self.origin,
            self.asked, self.hops, self.via, self.depth, self.attempt, self.etag,
            self.last_modified,
        )  # fmt: skip
