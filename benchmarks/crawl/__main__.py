"""`python -m benchmarks.crawl`: sites, rounds, a table, a JSON file."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.crawl.measure import Cost, median, run
from benchmarks.crawl.packages import PackageError
from benchmarks.crawl.server import Server, Visits, serving
from benchmarks.crawl.sites import Site, documentation, prepare
from benchmarks.crawl.systems import SYSTEMS, Call, Invocation, UnavailableError, versions

_EXAMPLE = """example:
  python -m benchmarks.crawl --systems ours,floor --rounds 1 --json bench.json
"""
# The slowest peer takes about two minutes for the default pages.
_RUN_SECONDS = 1200.0


@dataclass(frozen=True, slots=True)
class Run:
    """One system's one round: what it cost and what the server saw of it."""

    cost: Cost
    visits: Visits
    missing: int  # reachable pages never asked for

    @property
    def pages(self) -> int:
        return len(self.visits.pages)


def _arguments(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.crawl",
        description="Crawl real pages on loopback with ours, the bare floor and three peers.",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--sites", type=Path, help="folder with one sub-folder a site")
    parser.add_argument("--cache", type=Path, default=Path("bench-data"), help="what is fetched")
    parser.add_argument("--systems", default=",".join(SYSTEMS), help="which, by comma: %(default)s")
    parser.add_argument("--rounds", type=int, default=3, help="interleaved; medians count")
    parser.add_argument("--pages", type=int, default=0, help="stop each at about so many pages")
    parser.add_argument("--json", type=Path, help="write the figures here")
    options = parser.parse_args(words)
    options.systems = [name for name in options.systems.split(",") if name]
    if unknown := set(options.systems) - set(SYSTEMS):
        parser.error(f"unknown system {min(unknown)!r}; known: {', '.join(SYSTEMS)}")
    if options.rounds < 1 or options.pages < 0:
        parser.error("--rounds must be at least 1 and --pages at least 0")
    if options.sites is not None and not options.sites.is_dir():
        parser.error(f"--sites: no such folder: {options.sites}")
    return options


def main(words: Sequence[str]) -> int:
    """Run the benchmark; 1 means a system did not fetch what it should have."""
    options = _arguments(words)
    options.cache.mkdir(parents=True, exist_ok=True)
    cache = options.cache.resolve()
    try:
        folder = options.sites or documentation(cache)
        sites = prepare(folder, cache / "generated" / folder.resolve().name)
        if not sites:
            print(f"no sub-folder of {folder} holds an HTML page", file=sys.stderr)
            return 2
        with serving(sites, cache / "nginx", cache) as server:
            _print_sites(sites)
            results = _rounds(options, sites, server, cache)
    except PackageError as error:
        print(error, file=sys.stderr)
        return 2
    _print_table(results, limited=bool(options.pages))
    if options.json:
        options.json.write_text(
            json.dumps(_report(results, sites, options, cache), indent=2) + "\n"
        )
    faults = _faults(results, limited=bool(options.pages))
    for fault in faults:
        print(f"FAULT: {fault}")
    return 1 if faults else 0


def _rounds(
    options: argparse.Namespace, sites: Sequence[Site], server: Server, cache: Path
) -> dict[str, list[Run]]:
    results: dict[str, list[Run]] = {}
    expected = {(site.host, path) for site in sites for path in site.pages}
    absent: set[str] = set()
    for number in range(options.rounds):
        for name in options.systems:
            if name in absent:
                continue
            with tempfile.TemporaryDirectory(prefix="bench-", dir=cache) as scratch:
                call = Call(server.seeds, options.pages, Path(scratch), cache)
                try:
                    invocation = SYSTEMS[name](call)
                except UnavailableError as error:
                    absent.add(name)
                    print(f"left out: {name}: {error}")
                    continue
                log = cache / f"{name}.log"
                result = _one(invocation, server, log, expected)
            results.setdefault(name, []).append(result)
            print(
                f"round {number + 1}  {name:<8} {result.pages} pages  "
                f"{result.cost.wall_s:.1f} s  {result.cost.cpu_s:.1f} s CPU",
                flush=True,
            )
    return results


def _one(invocation: Invocation, server: Server, log: Path, expected: set[tuple[str, str]]) -> Run:
    mark = server.mark()
    cost = run(invocation.command, invocation.folder, log, _RUN_SECONDS)
    visits = server.visits_since(mark)
    return Run(cost, visits, len(expected - visits.pages))


def _summary(runs: Sequence[Run]) -> dict[str, float]:
    """Return the medians of one system; `pages` is what the server sent it, each page once."""
    return {
        "pages": int(median([run.pages for run in runs])),
        "pages_per_s": median([run.pages / run.cost.wall_s for run in runs]),
        "cpu_ms_per_page": median([1000 * run.cost.cpu_s / max(run.pages, 1) for run in runs]),
        "rss_mb": median([run.cost.rss_mb for run in runs]),
        "wall_s": median([run.cost.wall_s for run in runs]),
        "missing": max(run.missing for run in runs),
        "requests": int(median([run.visits.requests for run in runs])),
        "repeated": max(run.visits.repeated for run in runs),
        "forbidden": max(run.visits.trapped for run in runs),
    }


def _faults(results: dict[str, list[Run]], *, limited: bool) -> list[str]:
    faults = []
    for name, runs in results.items():
        summary = _summary(runs)
        codes = sorted({run.cost.exit_code for run in runs} - {0, 10 if limited else 0})
        if codes:
            faults.append(f"{name} ended with exit code {codes[0]}; see {name}.log in the cache")
        if summary["missing"] and not limited:
            faults.append(f"{name} never asked for {summary['missing']} reachable pages")
        if summary["forbidden"] and name != "floor":
            faults.append(f"{name} asked for {summary['forbidden']} pages robots.txt forbids")
    return faults


def _print_sites(sites: Sequence[Site]) -> None:
    for site in sites:
        print(
            f"{site.host:<12} {site.name:<12} {len(site.pages):>6} pages {site.size / 1e6:7.1f} MB"
        )
    pages, size = sum(len(site.pages) for site in sites), sum(site.size for site in sites)
    print(f"{len(sites)} sites, {pages} pages, mean {size / pages / 1000:.1f} kB\n", flush=True)


def _print_table(results: dict[str, list[Run]], *, limited: bool) -> None:
    floor = _summary(results["floor"])["cpu_ms_per_page"] if "floor" in results else None
    print(
        f"\n{'system':<8} {'pages':>6} {'missing':>8} {'requests':>9} {'pages/s':>8} "
        f"{'CPU ms/page':>12} {'x floor':>8} {'RSS MB':>7}"
    )
    for name, runs in results.items():
        row = _summary(runs)
        missing = "-" if limited else row["missing"]
        times = f"{row['cpu_ms_per_page'] / floor:.2f}" if floor else "-"
        print(
            f"{name:<8} {row['pages']:>6} {missing:>8} {row['requests']:>9} "
            f"{row['pages_per_s']:>8.1f} {row['cpu_ms_per_page']:>12.2f} {times:>8} "
            f"{row['rss_mb']:>7.0f}"
        )


def _report(
    results: dict[str, list[Run]],
    sites: Sequence[Site],
    options: argparse.Namespace,
    cache: Path,
) -> dict[str, object]:
    return {
        "systems": {name: _summary(runs) for name, runs in results.items()},
        "sites": {site.name: {"pages": len(site.pages), "bytes": site.size} for site in sites},
        "rounds": options.rounds,
        "versions": {"python": platform.python_version(), **versions(cache)},
        "cores": os.cpu_count(),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
