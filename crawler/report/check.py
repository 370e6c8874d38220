"""One URL checked as a crawl would meet it: a crawl of that URL alone, then its evidence."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from crawler.config import Config
from crawler.core.consent import decide
from crawler.core.decision import Decision
from crawler.core.evidence import Evidence
from crawler.core.policy import ConsentPolicy
from crawler.core.urls import Url, parse
from crawler.crawl import open_crawl
from crawler.report.explain import Explanation, explain
from crawler.store.job import read_job
from crawler.store.pages import load_site
from crawler.visit import Clock


@dataclass(frozen=True, slots=True)
class Check:
    """What was found for a URL and, where it redirects, for each hop; the last one decides."""

    hops: tuple[Explanation, ...]
    decision: Decision  # of the last hop


async def check(url: Url, config: Config, policy: ConsentPolicy, clock: Clock) -> Check:
    """Fetch what is needed to judge `url`, politely, and return what was found.

    Raises:
        ConfigError: The policy names no identity.
    """
    alone = config.model_copy(
        update={
            "scope": config.scope.model_copy(update={"scope": "any", "max_depth": 0}),
            "discovery": config.discovery.model_copy(update={"sitemaps": False}),
            "archive": config.archive.model_copy(update={"enabled": False}),
        }
    )
    with tempfile.TemporaryDirectory(prefix="crawler-check-") as name:
        folder = Path(name)
        async with open_crawl(folder, alone, clock, policy=policy) as crawl:
            await crawl.add_seeds([url])
            await crawl.close(await crawl.engine.run())
        now = clock()
        hops = tuple(explain(folder, hop, now) for hop in _hops(folder, url))
        last = hops[-1]
        if last.decided is not None:
            return Check(hops, last.decided.decision)
        return Check(hops, _by_site_alone(folder, parse(last.url) or url, policy, now))


def _hops(folder: Path, url: Url) -> list[Url]:
    """Return the URL and where its redirects led, in order."""
    with read_job(folder) as connection:
        rows = connection.execute(
            "SELECT url FROM url WHERE kind = 0 ORDER BY length(via), id"
        ).fetchall()
    return [found for (text,) in rows if (found := parse(text)) is not None] or [url]


def _by_site_alone(folder: Path, url: Url, policy: ConsentPolicy, now: float) -> Decision:
    """Decide on the site files alone, where no page answer was judged."""
    with read_job(folder) as connection:
        licences = connection.execute(
            "SELECT url FROM licence_file WHERE origin = ?", (url.origin,)
        ).fetchall()
        site = load_site(connection, url.origin, [text for (text,) in licences])
    return decide(Evidence(url, site), policy, now)
