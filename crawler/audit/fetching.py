"""Asking for robots.txt files of a list of domains: by the crawl engine, in a job of its own.

Politeness, clocks, redirects, what the operator never asks, and going on after a kill are the
engine's.
Nothing but robots.txt is asked for. A domain is asked where its list says; without a scheme at
https, and where nothing answered there at its `www.` name and at http.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np

from crawler.audit.collected import Collected
from crawler.audit.domains import domain_of
from crawler.audit.shares import strata
from crawler.config import Config
from crawler.core.urls import Url, parse
from crawler.crawl import Crawl, open_crawl
from crawler.frontier import RealConsent
from crawler.frontier.shared_limits import Leases
from crawler.screen.collecting import for_collecting
from crawler.store.job import read_job
from crawler.store.pages import Context
from crawler.visit import Clock

# Places that are tried one after the other, where a list names none.
_ROUNDS = (("https://{}/",), ("https://www.{}/", "http://{}/"))
_ANSWERED = "SELECT origin FROM snapshot WHERE kind = 'robots' AND status > 0"


def chosen(
    collected: Collected, head: int | None, sample: int | None, seed: int
) -> tuple[str, ...]:
    """Return the domains whose robots.txt is wanted and not known: those of head and sample."""
    names = tuple(sorted(collected.domains))
    weights = np.array([collected.domains[name].weight for name in names], dtype=np.float64)
    parts = strata(weights, head, sample, seed)
    return tuple(
        name
        for at, name in enumerate(names)
        if (parts.head[at] or parts.sample[at]) and not collected.domains[name].seen
    )


def rounds(collected: Collected, domains: Sequence[str]) -> list[list[tuple[str, Url]]]:
    """Return the places to be asked, round by round: who answers in one is not in the next."""
    found: list[list[tuple[str, Url]]] = [[] for _ in _ROUNDS]
    for name in domains:
        given = parse(collected.domains[name].place) if collected.domains[name].place else None
        if given is not None:
            found[0].append((name, given))
            continue
        for number, patterns in enumerate(_ROUNDS):
            urls = (parse(pattern.format(name)) for pattern in patterns)
            found[number] += [(name, url) for url in urls if url is not None]
    return found


@asynccontextmanager
async def open_asking(
    folder: Path, config: Config, clock: Clock, leases: Leases | None, urls: Iterable[Url]
) -> AsyncIterator[Crawl]:
    """Open a crawl that asks for the robots.txt of the origins of `urls`, and for nothing else."""
    config = robots_alone(config)
    policy = config.consent_policy()
    async with open_crawl(folder, config, clock, leases=leases) as crawl:
        consent = RealConsent(Context("", "", crawl.rules.context.suppression))
        wanted = [url for url in urls if consent.forbids(url, policy, clock()) is None]
        await crawl.frontier.want_files(wanted)
        yield crawl


def robots_alone(config: Config) -> Config:
    """Return the policy under which robots.txt alone is asked for."""
    probes = config.consent.probes.model_copy(update={"before": (), "after": ()})
    consent = config.consent.model_copy(update={"probes": probes})
    return for_collecting(config.model_copy(update={"consent": consent}))


def answered(folder: Path) -> set[str]:
    """Return the domains of a job of which a server has answered, whatever it said."""
    with read_job(folder) as connection:
        return {domain_of(origin) for (origin,) in connection.execute(_ANSWERED)}
