"""`python -m benchmarks.crawl`: sites, rounds, tables, a JSON file."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.crawl import large_crawls
from benchmarks.crawl.large_pages import joined
from benchmarks.crawl.measure import run
from benchmarks.crawl.packages import PackageError
from benchmarks.crawl.runs import Run, faults, summary
from benchmarks.crawl.server import Server, serving
from benchmarks.crawl.shares import sample
from benchmarks.crawl.sites import Site, documentation, prepare
from benchmarks.crawl.systems import SYSTEMS, Call, Invocation, UnavailableError, versions
from benchmarks.crawl.tables import (
    mean_kb,
    print_billion,
    print_shares,
    print_sites,
    print_systems,
)

_EXAMPLE = """examples:
  python -m benchmarks.crawl --systems ours,floor --rounds 1 --json bench.json
  python -m benchmarks.crawl --pages large --tls --systems ours,floor,trafilatura --limit 2000
  python -m benchmarks.crawl --systems ours --rounds 1 --profile
"""
# The slowest peer takes half an hour for large pages, all of them.
_RUN_SECONDS = 7200.0


def _arguments(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.crawl",
        description="Crawl real pages on loopback with ours, the bare floor and the peers.",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        *("--sites", "-s"),
        default="ten",
        help="ten (more than 10,000 requests), six (3,700 pages), or a folder with one sub-folder"
        " a site; default: %(default)s",
    )
    parser.add_argument(
        "--pages",
        choices=["real", "large"],
        default="real",
        help="large: about 240 kB each, real pages joined; default: %(default)s",
    )
    parser.add_argument("--tls", action="store_true", help="over TLS, one local authority")
    parser.add_argument("--cache", type=Path, default=Path("bench-data"), help="what is fetched")
    parser.add_argument("--systems", default=",".join(SYSTEMS), help="which, by comma: %(default)s")
    parser.add_argument("--rounds", type=int, default=3, help="interleaved; medians count")
    parser.add_argument("--limit", type=int, default=0, help="stop each at about so many pages")
    parser.add_argument("--profile", action="store_true", help="which share each part of ours has")
    parser.add_argument("--json", type=Path, help="write the figures here")
    options = parser.parse_args(words)
    options.systems = [name for name in options.systems.split(",") if name]
    if unknown := set(options.systems) - set(SYSTEMS):
        parser.error(f"unknown system {min(unknown)!r}; known: {', '.join(SYSTEMS)}")
    if options.rounds < 1 or options.limit < 0:
        parser.error("--rounds must be at least 1 and --limit at least 0")
    if options.sites not in {"ten", "six"} and not Path(options.sites).is_dir():
        parser.error(f"--sites: no such folder: {options.sites}")
    return options


def main(words: Sequence[str]) -> int:
    """Run the benchmark; 1 means a system did not fetch what it should have."""
    options = _arguments(words)
    options.cache.mkdir(parents=True, exist_ok=True)
    cache = options.cache.resolve()
    absent: dict[str, str] = {}
    shares: dict[str, float] = {}
    try:
        folder = _folder(options, cache)
        name = "-".join(folder.relative_to(cache).parts) if cache in folder.parents else folder.name
        sites = prepare(folder, cache / "generated" / name)
        if not sites:
            print(f"no sub-folder of {folder} holds an HTML page", file=sys.stderr)
            return 2
        with serving(sites, cache / "nginx", cache, tls=options.tls) as server:
            print_sites(sites)
            results = _rounds(options, sites, server, cache, absent)
            if options.profile:
                shares = _shares(options, server, cache, absent)
    except PackageError as error:
        print(error, file=sys.stderr)
        return 2
    limited = bool(options.limit)
    print_systems(results, limited=limited)
    print_billion(results, mean_kb(sites), tls=options.tls)
    if shares:
        page_ms = summary(results["ours"])["cpu_ms_per_page"] if "ours" in results else None
        print_shares(shares, page_ms)
    if options.json:
        report = _report(results, sites, options, cache)
        report |= {"left_out": absent, "shares": shares}
        options.json.write_text(json.dumps(report, indent=2) + "\n")
    for name, why in absent.items():
        print(f"left out: {name}: {why}")
    found = faults(results, limited=limited)
    for fault in found:
        print(f"FAULT: {fault}")
    return 1 if found else 0


def _folder(options: argparse.Namespace, cache: Path) -> Path:
    if options.sites in {"ten", "six"}:
        folder = documentation(cache, more=options.sites == "ten")
    else:
        folder = Path(options.sites).resolve()
    if options.pages == "real":
        return folder
    return joined(folder, cache / "large" / folder.name)


def _rounds(
    options: argparse.Namespace,
    sites: Sequence[Site],
    server: Server,
    cache: Path,
    absent: dict[str, str],
) -> dict[str, list[Run]]:
    """Return the runs of each system; `absent` is told why others have none."""
    results: dict[str, list[Run]] = {}
    expected = {(site.host, path) for site in sites for path in site.pages}
    for number in range(options.rounds):
        for name in options.systems:
            if name in absent:
                continue
            with tempfile.TemporaryDirectory(prefix="bench-", dir=cache) as scratch:
                try:
                    result = _one(name, options.limit, server, (Path(scratch), cache), expected)
                except UnavailableError as error:
                    absent[name] = str(error)
                    print(f"left out: {name}: {error}")
                    continue
            results.setdefault(name, []).append(result)
            print(
                f"round {number + 1}  {name:<11} {result.pages} pages  "
                f"{result.cost.wall_s:.1f} s  {result.cost.cpu_s:.1f} s CPU",
                flush=True,
            )
    return results


def _one(
    name: str,
    limit: int,
    server: Server,
    folders: tuple[Path, Path],
    expected: set[tuple[str, str]],
) -> Run:
    """Run a system for one page, then for all; the first counts as its start."""
    scratch, cache = folders
    starting = _invocation(name, server, (server.start_seed,), 0, (scratch / "start", cache))
    start = run(starting, cache / f"{name}.start.log", _RUN_SECONDS)
    whole = _invocation(name, server, server.seeds, limit, (scratch / "whole", cache))
    mark = server.mark()
    cost = run(whole, cache / f"{name}.log", _RUN_SECONDS)
    visits = server.visits_since(mark)
    return Run(cost, start, visits, len(expected - visits.pages))


def _invocation(
    name: str, server: Server, seeds: Sequence[str], limit: int, folders: tuple[Path, Path]
) -> Invocation:
    scratch, cache = folders
    scratch.mkdir()
    return SYSTEMS[name](Call(seeds, limit, scratch, cache, server.ca_file))


def _shares(
    options: argparse.Namespace, server: Server, cache: Path, absent: dict[str, str]
) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="bench-", dir=cache) as scratch:
        folders = (Path(scratch) / "sampled", cache)
        invocation = _invocation("ours", server, server.seeds, options.limit, folders)
        try:
            return sample(invocation, cache, cache / "sampled.log")
        except UnavailableError as error:
            absent["--profile"] = str(error)
            return {}


def _report(
    results: dict[str, list[Run]],
    sites: Sequence[Site],
    options: argparse.Namespace,
    cache: Path,
) -> dict[str, object]:
    figures = {name: summary(runs) for name, runs in results.items()}
    hours = {
        name: round(large_crawls.node_hours(row["cpu_ms_per_further_page"]), 1)
        for name, row in figures.items()
    }
    published = {crawl.name: round(crawl.node_hours, 1) for crawl in large_crawls.PUBLISHED}
    return {
        "systems": figures,
        "sites": {site.name: {"pages": len(site.pages), "bytes": site.size} for site in sites},
        "pages": options.pages,
        "tls": options.tls,
        "limit": options.limit,
        "node_hours_per_billion": hours,
        "published_node_hours_per_billion": published,
        "rounds": options.rounds,
        "versions": {"python": platform.python_version(), **versions(cache)},
        "cores": os.cpu_count(),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
