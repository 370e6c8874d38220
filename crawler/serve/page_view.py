"""A page as it is held: its text, and beside it its licence and what proves that it may be."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crawler.core.content.figures.hashes import text_hash
from crawler.core.evidence import Snapshot
from crawler.core.urls import Url
from crawler.report.explain import Explanation, explain
from crawler.serve.watched import Watched, reading

PIECE = 20_000  # characters of a text at a time
_LINES = 3  # of a site file around the line that decided
_CLAIMS = 12


@dataclass(frozen=True, slots=True)
class Page:
    """The document of one address. `piece` is a part of its text, from `start` on."""

    url: str
    state: str
    state_reason: str
    title: str
    piece: str
    start: int
    characters: int
    language: str
    words: int
    content_type: str
    status: int
    fetched_at: float
    text_sha256: str
    is_unchanged: bool  # the text has the hash that was noted
    extractor: str
    licence: Mapping[str, Any]
    metadata: Mapping[str, Any]
    flags: Sequence[str]

    @property
    def end(self) -> int:
        return self.start + len(self.piece)

    @property
    def claims(self) -> list[Mapping[str, Any]]:
        return list(self.licence.get("claims", ()))[:_CLAIMS]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some lines of a site file as it was read, `number` the first one's."""

    snapshot: Snapshot
    number: int
    lines: tuple[tuple[int, str, bool], ...]  # number, text, whether it decided


@dataclass(frozen=True, slots=True)
class PageView:
    """A page with its proof. `page` is None if no text is held of the address."""

    explanation: Explanation
    page: Page | None
    excerpts: tuple[Excerpt, ...]


def view(job: Watched, url: Url, start: int, now: float) -> PageView:
    """Return what is held of `url`, its text from character `start` on.

    Raises:
        StoreError: The job cannot be read.
    """
    part = job.part_of(url.site)
    found = explain(part, url, now)
    with reading(part) as connection:
        row = connection.execute(
            "SELECT page.url, page.state, state_reason, title, text, language, words, content_type,"
            " status, page.fetched_at, text_sha256, extractor || ' ' || extractor_version,"
            " licence, metadata, flags FROM page JOIN url ON url.id = page.url_id"
            " JOIN host ON host.id = url.host_id WHERE host.name = ? AND url.key = ?",
            (url.host, url.key),
        ).fetchone()
    page = _page(row, start) if row is not None else None
    return PageView(found, page, _excerpts(found))


def _page(row: tuple[Any, ...], start: int) -> Page:
    (url, state, reason, title, text, language, words, kind, status, at, digest, extractor,
     licence, metadata, flags) = row  # fmt: skip
    start = max(0, min(start, len(text) - 1))
    return Page(
        url, state, reason, title, text[start : start + PIECE], start, len(text), language, words,
        kind, status, at, digest,
        bool(text) and text_hash(text) == digest,
        extractor, _object(licence), _object(metadata), json.loads(flags or "[]"),
    )  # fmt: skip


def _object(text: str) -> Mapping[str, Any]:
    found = json.loads(text or "{}")
    return found if isinstance(found, dict) else {}


def _excerpts(found: Explanation) -> tuple[Excerpt, ...]:
    """Return the lines of site files that spoke, with those around them."""
    if found.decided is None:
        return ()
    excerpts = []
    for snapshot in found.decided.evidence.site:
        name = snapshot.url.rpartition("/")[2]
        spoke = {
            int(number)
            for signal in found.decided.decision.signals
            for file, _, number in [signal.place.rpartition(":")]
            if number.isdigit() and file in (name, snapshot.url)
        }
        if spoke and snapshot.body:
            excerpts.append(_excerpt(snapshot, spoke))
    return tuple(excerpts)


def _excerpt(snapshot: Snapshot, spoke: set[int]) -> Excerpt:
    lines = snapshot.body.decode("utf-8", "replace").splitlines()
    wanted = sorted(
        {near for number in sorted(spoke)[:8] for near in range(number - _LINES, number + _LINES)}
    )
    shown = tuple((n, lines[n - 1][:500], n in spoke) for n in wanted if 1 <= n <= len(lines))
    return Excerpt(snapshot, shown[0][0] if shown else 0, shown)
