"""One URL checked as a crawl would meet it: a crawl of that URL alone, then its evidence."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from crawler.config import Config
from crawler.core.consent import FileRequest, decide, read_file
from crawler.core.decision import Decision
from crawler.core.evidence import Evidence, FileKind, PageEvidence
from crawler.core.policy import ConsentPolicy
from crawler.core.urls import Url, parse
from crawler.crawl import open_crawl
from crawler.frontier.settings import Budgets
from crawler.frontier.shared_limits import Leases
from crawler.limits import Limits
from crawler.report.explain import Explanation, explain
from crawler.store.job import read_job
from crawler.store.site_evidence import judge, speaks_for
from crawler.visit import Clock

# The longest wait (seconds) between two requests: a Crawl-delay is obeyed, and nobody sits
# out the rest that a host is given after a failure.
_PATIENCE = 45.0


@dataclass(frozen=True, slots=True)
class Check:
    """What was found for a URL and, where it redirects, for each hop; the last one decides."""

    hops: tuple[Explanation, ...]
    decision: Decision  # of the last hop


async def check(
    url: Url, config: Config, policy: ConsentPolicy, clock: Clock, *, leases: Leases | None = None
) -> Check:
    """Fetch what is needed to judge `url`, politely, and decide on it under `policy`.

    What is asked for is what the config's own identity may ask for, whoever `policy` decides
    as: it is our User-Agent that is sent. A crawl that asks the same host shares its clock by
    `leases`.

    Raises:
        ConfigError: The policy names no identity.
    """
    alone = config.model_copy(
        update={
            "scope": config.scope.model_copy(update={"scope": "any", "max_depth": 0}),
            "limits": Limits(patience=min(config.limits.patience, _PATIENCE)),
            "budgets": Budgets(),
            "retries": config.retries.model_copy(update={"tries": 1}),
            "discovery": config.discovery.model_copy(update={"sitemaps": False}),
            "archive": config.archive.model_copy(update={"enabled": False}),
        }
    )
    with tempfile.TemporaryDirectory(prefix="crawler-check-") as name:
        folder = Path(name)
        async with open_crawl(folder, alone, clock, leases=leases) as crawl:
            await crawl.add_seeds([url])
            await crawl.close(await crawl.engine.run())
        now = clock()
        own = config.consent_policy().sha256 == policy.sha256
        hops = tuple(
            found if own else _decided_by(folder, policy, found)
            for found in (explain(folder, hop, now) for hop in _hops(folder, url))
        )
        last = hops[-1]
        if last.decided is not None:
            return Check(hops, last.decided.decision)
        return Check(hops, _without_answer(folder, parse(last.url) or url, last, policy, now))


def _decided_by(folder: Path, policy: ConsentPolicy, found: Explanation) -> Explanation:
    """Return what was found as `policy` decides on it."""
    if found.decided is None:
        return found
    before = found.decided
    with read_job(folder) as connection:
        judged = judge(connection, before.evidence, policy, before.decision.decided_at)
    decided = replace(
        before, decision=judged.decision, policy_sha256=policy.sha256, as_recorded=True
    )
    return replace(found, decided=decided)


def _hops(folder: Path, url: Url) -> list[Url]:
    """Return the URL and where its redirects led, in order."""
    with read_job(folder) as connection:
        rows = connection.execute(
            "SELECT url FROM url WHERE kind = 0 ORDER BY length(via), id"
        ).fetchall()
    return [found for (text,) in rows if (found := parse(text)) is not None] or [url]


def _without_answer(
    folder: Path, url: Url, found: Explanation, policy: ConsentPolicy, now: float
) -> Decision:
    """Decide on the site's files and the status, where no page was judged."""
    with read_job(folder) as connection:
        site = speaks_for(connection, url.origin)
    robots = parse(f"{url.origin}/robots.txt")
    if robots is not None and all(item.kind is not FileKind.ROBOTS for item in site):
        # Nothing could be asked of the host, so nothing is known of its robots.txt.
        request = FileRequest(FileKind.ROBOTS, robots, url.origin)
        site = (*site, read_file(request, None, found.code or "no-answer", 0, now))
    status = found.code.removeprefix("status-")
    page = PageEvidence(int(status)) if status.isdigit() else None
    return decide(Evidence(url, site, page), policy, now)
