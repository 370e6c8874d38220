"""What a job holds, read page by page: never all of it at once, also while a crawl goes on."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import orjson

from crawler.cluster.layout import folder_of_site, shard_folders
from crawler.core.consent.protocols import current, sentence
from crawler.core.urls import parse
from crawler.corpus.records.record import PAGE_COLUMNS, licence_url
from crawler.corpus.records.record import Page as Row
from crawler.corpus.records.selection import PAGES_FROM, read_pages
from crawler.library.job_evidence import JobEvidence
from crawler.library.screened_rows import screened_rows
from crawler.library.verdict import Decision, Signal, told
from crawler.report.explain import explain
from crawler.store.database import Connection
from crawler.store.job import read_job

_USAGES = ("crawl", "index", "ai_input", "ai_train", "tdm")


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page that a job holds, with the decision under which it was kept."""

    url: str
    text: str
    title: str
    authors: tuple[str, ...]
    metadata: Mapping[str, str]  # publisher, published, modified, canonical, site, host
    licence: str  # SPDX id that is believed of the text, "" for none
    licence_url: str
    licence_class: str  # PD ATTR SA NC ND ARR UNKNOWN
    language: str
    words: int
    fetched_at: float  # seconds since the epoch
    text_sha256: str
    state: str  # "active", or "held": something that may refuse is not known yet
    decision: Decision
    flags: tuple[str, ...] = field(default=())  # such as "truncated"


class Job:
    """A job's folder, of one process or of many shards. Make one with `open`. It can be pickled."""

    __slots__ = ("_folder",)

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @classmethod
    def open(cls, folder: str | os.PathLike[str]) -> Self:
        """Return the job in a folder. It is only read, and need not be writable.

        Raises:
            JobError: There is none, or it cannot be read.
        """
        path = Path(folder).expanduser()
        for shard in shard_folders(path):
            with read_job(shard):
                pass
        return cls(path)

    @property
    def folder(self) -> Path:
        return self._folder

    def pages(self, *, held: bool = False) -> Iterator[KeptPage]:
        """Yield the pages that the job holds, in the order of its store, one in memory at a time.

        Pages that are held until something is known only where `held`. What may be given to
        others is less: `crawler export` asks again how fresh consent is, and for suppressed pages.

        Raises:
            JobError: The job cannot be read.
        """
        for shard in shard_folders(self._folder):
            with read_job(shard) as connection:
                for row in read_pages(connection, damaged=lambda _: None):
                    if held or row.state == "active":
                        yield _kept(row)

    def page(self, url: str) -> KeptPage | None:
        """Return the page of a URL if the job holds it, kept or held; None if it does not.

        Raises:
            JobError: The job cannot be read.
        """
        target = parse(url)
        if target is None:
            return None
        with read_job(folder_of_site(self._folder, target.site)) as connection:
            number = _number(connection, target.host, target.key)
            row = connection.execute(
                f"SELECT {PAGE_COLUMNS}{PAGES_FROM} WHERE page.url_id = ?"
                " AND page.state IN ('active', 'held')",
                (number,),
            ).fetchone()
        return _kept(Row(*row)) if row is not None else None

    def decisions(self) -> Iterator[Decision]:
        """Yield the last decision on each URL that was decided on, refusals included.

        Of its signals it has the one that decided; `decision` has them all. Of a job in which
        others' rows were screened, that on each row, in their order; a row names no signal.

        Raises:
            JobError: The job cannot be read.
        """
        for shard in shard_folders(self._folder):
            with read_job(shard) as connection:
                rows = connection.execute(
                    "SELECT url.url, included, reason, verdict, deciding, awaiting, decided_at,"
                    " policy_sha256, coalesce(page.licence_spdx, '') FROM decision"
                    " JOIN url ON url.id = decision.url_id LEFT JOIN page USING (url_id)"
                    " ORDER BY decision.url_id"
                )
                for row in rows:
                    yield _stored(row)
            yield from screened_rows(shard)

    def decision(self, url: str) -> Decision | None:
        """Return the last decision on a URL, made again from its stored evidence; None if none.

        Raises:
            JobError: The job cannot be read.
        """
        target = parse(url)
        if target is None:
            return None
        now = time.time()  # noqa: TID251 - for a caller the library is where the clock is
        found = explain(folder_of_site(self._folder, target.site), target, now).decided
        if found is None:
            rows = (item for shard in shard_folders(self._folder) for item in screened_rows(shard))
            return next((item for item in rows if item.url == url), None)
        decision = found.decision
        return told(url, decision, decision.awaiting, "", found.policy_sha256)

    def evidence(self, oldest: float = 0.0) -> JobEvidence:
        """Return what the job learned of sites, as `screen_rows` takes it. Private otherwise."""
        return JobEvidence(self._folder, oldest)

    def __repr__(self) -> str:
        return f"Job({str(self._folder)!r})"


def _number(connection: Connection, host: str, key: int) -> int:
    row = connection.execute(
        "SELECT url.id FROM url JOIN host ON host.id = url.host_id"
        " WHERE host.name = ? AND url.key = ? AND kind = 0",
        (host, key),
    ).fetchone()
    return int(row[0]) if row is not None else -1


def _kept(row: Row) -> KeptPage:
    about, licence = orjson.loads(row.metadata), orjson.loads(row.licence)
    fields = {
        "publisher": about.get("publisher", ""),
        "published": about.get("published", ""),
        "modified": about.get("modified", ""),
        "canonical": row.canonical_url,
        "host": row.host,
        "site": row.site,
    }
    values = (row.url, row.included, row.reason, row.verdict, row.deciding, "[]")
    return KeptPage(
        url=row.url,
        text=row.text,
        title=row.title,
        authors=tuple(about.get("authors", ())),
        metadata={name: text for name, text in fields.items() if text},
        licence=row.licence_spdx,
        licence_url=licence_url(row.licence_spdx, licence),
        licence_class=row.licence_class,
        language=row.language,
        words=row.words,
        fetched_at=row.fetched_at,
        text_sha256=row.text_sha256,
        state=row.state,
        decision=_stored((*values, row.decided_at, row.policy_sha256, row.licence_spdx)),
        flags=tuple(orjson.loads(row.flags)),
    )


def _stored(row: tuple[Any, ...]) -> Decision:
    url, included, reason, verdict, deciding, awaiting, decided_at, policy, licence = row
    said = orjson.loads(verdict)
    signal = _signal(orjson.loads(deciding))
    return Decision(
        url=url,
        included=bool(included),
        reason=current(reason),
        rule=signal.rule if signal is not None else "",
        verdict={usage: said.get(usage, "unset") for usage in _USAGES},
        signals=(signal,) if signal is not None else (),
        missing=tuple(orjson.loads(awaiting)),
        licence=licence,
        decided_at=decided_at,
        policy_sha256=policy,
    )


def _signal(stored: Mapping[str, Any] | None) -> Signal | None:
    if not stored:
        return None
    rule = current(str(stored.get("rule", "")))
    place, raw, says = (stored.get(name, "") for name in ("place", "raw", "says"))
    return Signal(rule, str(place), str(raw), dict(says or {}), counts=True, meaning=sentence(rule))
