"""Which pages a purge is about: by URL, by domain or by author."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from crawler.core.urls import host_name, meant_domain, parse
from crawler.corpus.errors import CorpusError
from crawler.store.canonical import unpack
from crawler.store.database import Connection

_OF_DOMAIN = "(host.name = :name OR host.site = :name OR host.name LIKE '%.' || :name)"
_TARGET = (
    "SELECT url.id, coalesce(nullif(page.url, ''), url.url), coalesce(text, ''),"
    " coalesce(text_sha256, ''), coalesce(record_id, ''), coalesce(page.state, '')"
    " FROM url LEFT JOIN page ON page.url_id = url.id WHERE url.id = ?"
)


def _no_subject(given: str, kind: str, example: str) -> CorpusError:
    return CorpusError("nothing was purged", f"{given!r} is no {kind}", f'write it as "{example}"')


@dataclass(frozen=True, slots=True)
class Selector:
    """Which pages: one of these."""

    urls: tuple[str, ...] = ()
    domain: str = ""
    author: str = ""

    def __post_init__(self) -> None:
        """Raise CorpusError for a URL or a domain that is none: it would match nothing."""
        for url in self.urls:
            if parse(url) is None:
                raise _no_subject(url, "URL", "https://example.org/page")
        if self.domain:
            name = host_name(self.domain)
            if name is None:
                raise _no_subject(self.domain, "domain", meant_domain(self.domain) or "example.org")
            object.__setattr__(self, "domain", name)
        if not (self.urls or self.domain or self.author.strip()):
            raise _no_subject(self.author, "author", "Ada Lovelace")

    @property
    def scope(self) -> str:
        return "domain" if self.domain else "author" if self.author else "url"

    @property
    def subject(self) -> list[object]:
        """What it is about, the same for every spelling of it."""
        keys = sorted(url.key for url in map(parse, self.urls) if url is not None)
        return [keys, self.domain, folded(self.author)]


@dataclass(frozen=True, slots=True)
class Target:
    """One URL to be taken out. `state` is its page's, "" where none was kept."""

    url_id: int
    url: str
    text: str
    text_sha256: str
    record_id: str
    state: str


def choose(connection: Connection, selector: Selector, *, erase: bool) -> list[Target]:
    """Return the URLs that `selector` means.

    An erasure is about refused and purged ones as well: their address, or what their evidence
    says of an author, is personal data. What is asked by URL is named even if nothing was kept.
    """
    if selector.domain:
        numbers = _of_domain(connection, selector.domain)
    elif selector.author:
        numbers = _of_author(connection, folded(selector.author), erase=erase)
    else:
        numbers = _of_urls(connection, selector)
        return [target(connection, number) for number in numbers]
    found = (target(connection, number) for number in numbers)
    return [item for item in found if item.state != "purged" and (item.state or erase)]


def target(connection: Connection, number: int) -> Target:
    return Target(*connection.execute(_TARGET, (number,)).fetchone())


def folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _of_urls(connection: Connection, selector: Selector) -> list[int]:
    keys = [url.key for url in map(parse, selector.urls) if url is not None]
    marks = ", ".join("?" * len(keys))
    rows = connection.execute(f"SELECT id FROM url WHERE kind = 0 AND key IN ({marks})", keys)  # noqa: S608 - marks only
    return [number for (number,) in rows.fetchall()]


def _of_domain(connection: Connection, name: str) -> list[int]:
    rows = connection.execute(
        "SELECT url_id FROM page WHERE state != 'purged' AND (host = :name OR site = :name"
        " OR host LIKE '%.' || :name) ORDER BY url_id",
        {"name": name},
    )
    return [number for (number,) in rows.fetchall()]


def _of_author(connection: Connection, wanted: str, *, erase: bool) -> list[int]:
    rows = connection.execute("SELECT url_id, metadata FROM page WHERE state != 'purged'")
    found = {number for number, metadata in rows if wanted in authors(metadata)}
    if erase:
        found |= set(_refused_with(connection, wanted))
    return sorted(found)


def authors(metadata: str) -> set[str]:
    """Return the folded names of a page's authors, given its metadata as it is stored."""
    names = json.loads(metadata).get("authors", ())
    return {folded(name) for name in names}


def _refused_with(connection: Connection, wanted: str) -> Iterator[int]:
    """Yield the refusals whose evidence names an author: of these no metadata is kept."""
    rows = connection.execute(
        "SELECT decision.url_id, decision.page FROM decision LEFT JOIN page USING (url_id)"
        " WHERE decision.page IS NOT NULL AND page.url_id IS NULL"
    )
    for number, packed in rows:
        try:
            said = json.dumps(unpack(packed), ensure_ascii=False)
        except (zlib.error, ValueError):
            continue  # nothing can be read in it, by nobody
        if wanted in folded(said):
            yield number


def is_known(connection: Connection, selector: Selector) -> bool:
    """Say if the job has an address of the domain at all."""
    if not selector.domain:
        return False
    query = f"SELECT 1 FROM url JOIN host ON host.id = host_id WHERE {_OF_DOMAIN} LIMIT 1"  # noqa: S608
    return connection.execute(query, {"name": selector.domain}).fetchone() is not None
