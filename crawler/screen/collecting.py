"""Evidence of now: the site files of every origin, asked for by the crawl engine itself.

The origins are URLs of the job that no page is asked of: the frontier asks for their files under
every rule it has, and is done with them when it knows what it would need for a page.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import islice
from pathlib import Path

from crawler.config import Config
from crawler.core.consent import FileRequest, read_file
from crawler.core.evidence import FileKind
from crawler.core.urls import Url, parse
from crawler.crawl import Crawl, open_crawl
from crawler.frontier import RealConsent
from crawler.frontier.hosts import Kind
from crawler.frontier.settings import Budgets
from crawler.frontier.shared_limits import Leases
from crawler.store.database import Connection
from crawler.store.job import read_job
from crawler.store.pages import Context, save_snapshot
from crawler.visit import Clock

_CHUNK = 20_000  # origins added in one transaction
_ORIGINS = "SELECT urls FROM screened_origin ORDER BY origin, input"
# Origins that were asked for in vain, of which not even that is noted.
_IN_VAIN = (
    "SELECT url, max(code) FROM url WHERE kind = ? AND outcome IN ('failed', '') GROUP BY url"
)
_HAS_ROBOTS = (
    "SELECT 1 FROM snapshot WHERE origin = ? AND kind = 'robots'"
    " AND id NOT IN (SELECT id FROM given_snapshot) LIMIT 1"
)


def for_collecting(config: Config) -> Config:
    """Return the policy under which evidence alone is asked for."""
    return config.model_copy(
        update={
            "scope": config.scope.model_copy(update={"scope": "any", "max_depth": 0}),
            "budgets": Budgets(),
            "limits": config.limits.model_copy(update={"max_pages": None}),
            "discovery": config.discovery.model_copy(update={"sitemaps": False}),
            "archive": config.archive.model_copy(update={"enabled": False}),
        }
    )


@asynccontextmanager
async def open_collecting(
    folder: Path, config: Config, clock: Clock, leases: Leases | None
) -> AsyncIterator[Crawl]:
    """Open a crawl that asks for the site files of every origin of the inputs, and no page."""
    policy = config.consent_policy()
    async with open_crawl(folder, for_collecting(config), clock, leases=leases) as crawl:
        context = Context("", "", crawl.rules.context.suppression)
        consent = RealConsent(context)
        wanted = (url for url in _wanted(folder) if consent.forbids(url, policy, clock()) is None)
        while chunk := list(islice(wanted, _CHUNK)):
            await crawl.frontier.want_files(chunk)
        yield crawl


def _wanted(folder: Path) -> Iterator[Url]:
    with read_job(folder) as connection:
        for (text,) in connection.execute(_ORIGINS):
            yield from (url for item in json.loads(text) if (url := parse(item)) is not None)


def note_what_failed(connection: Connection, now: float) -> None:
    """Note as out of reach the origins that have no address, or never answered."""
    for text, code in connection.execute(_IN_VAIN, (Kind.ORIGIN,)).fetchall():
        url = parse(text)
        robots = parse(f"{url.origin}/robots.txt") if url is not None else None
        if url is None or robots is None:
            continue
        if connection.execute(_HAS_ROBOTS, (url.origin,)).fetchone():
            continue
        request = FileRequest(FileKind.ROBOTS, robots, url.origin)
        snapshot = read_file(request, None, code or "no-answer", 0, now)
        save_snapshot(connection, url.origin, snapshot)
