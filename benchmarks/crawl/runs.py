"""What one round of a system cost, and its figures over all rounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.crawl.measure import Cost, median
from benchmarks.crawl.server import Visits


@dataclass(frozen=True, slots=True)
class Run:
    """One system's one round: what it cost and what the server saw of it."""

    cost: Cost
    start: Cost  # of a crawl of one page: what any crawl of it costs besides its pages
    visits: Visits
    missing: int  # reachable pages never asked for

    @property
    def pages(self) -> int:
        return len(self.visits.pages)

    @property
    def page_ms(self) -> float:
        """CPU a page, start-up included."""
        return 1000 * self.cost.cpu_s / max(self.pages, 1)

    @property
    def further_page_ms(self) -> float:
        """CPU a page, start-up left out: what a page costs a crawl that runs for days."""
        return 1000 * (self.cost.cpu_s - self.start.cpu_s) / max(self.pages - 1, 1)


def summary(runs: Sequence[Run]) -> dict[str, float]:
    """Return the medians of one system; `pages` is what the server sent it, each page once."""
    return {
        "pages": int(median([run.pages for run in runs])),
        "pages_per_s": median([run.pages / run.cost.wall_s for run in runs]),
        "cpu_ms_per_page": median([run.page_ms for run in runs]),
        "cpu_ms_per_further_page": median([run.further_page_ms for run in runs]),
        "pages_per_cpu_s": median([1000 / run.page_ms for run in runs]),
        "start_cpu_s": median([run.start.cpu_s for run in runs]),
        "rss_mb": median([run.cost.rss_mb for run in runs]),
        "pss_mb": median([run.cost.pss_mb for run in runs]),
        "wall_s": median([run.cost.wall_s for run in runs]),
        "missing": max(run.missing for run in runs),
        "requests": int(median([run.visits.requests for run in runs])),
        "connections": int(median([len(run.visits.connections) for run in runs])),
        "repeated": max(run.visits.repeated for run in runs),
        "forbidden": max(run.visits.trapped for run in runs),
    }


def faults(results: Mapping[str, Sequence[Run]], *, limited: bool) -> list[str]:
    """Return what systems did that makes their figures worth nothing."""
    found = []
    for name, runs in results.items():
        figures = summary(runs)
        codes = sorted({run.cost.exit_code for run in runs} - {0, 10 if limited else 0})
        if codes:
            found.append(f"{name} ended with exit code {codes[0]}; see {name}.log in the cache")
        if any(run.start.exit_code for run in runs):
            found.append(f"{name} failed on one page; see {name}.start.log in the cache")
        if not all(run.pages for run in runs):
            found.append(f"{name} was sent no page in a round; see {name}.log in the cache")
        if figures["missing"] and not limited:
            found.append(f"{name} never asked for {figures['missing']} reachable pages")
        if figures["forbidden"] and name != "floor":
            found.append(f"{name} asked for {figures['forbidden']} pages robots.txt forbids")
    return found
