"""What the benchmark prints: the sites, the systems, the shares, what a billion pages cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.crawl import large_crawls
from benchmarks.crawl.runs import Run, summary
from benchmarks.crawl.sites import Site


def print_sites(sites: Sequence[Site]) -> None:
    for site in sites:
        print(
            f"{site.host:<12} {site.name:<12} {len(site.pages):>6} pages {site.size / 1e6:7.1f} MB"
        )
    pages = sum(len(site.pages) for site in sites)
    print(f"{len(sites)} sites, {pages} pages, mean {mean_kb(sites):.1f} kB\n", flush=True)


def mean_kb(sites: Sequence[Site]) -> float:
    return sum(site.size for site in sites) / sum(len(site.pages) for site in sites) / 1000


def print_systems(results: Mapping[str, Sequence[Run]], *, limited: bool) -> None:
    floor = summary(results["floor"])["cpu_ms_per_page"] if "floor" in results else None
    print(
        f"\n{'system':<11} {'pages':>6} {'missing':>7} {'requests':>8} {'conns':>6} {'pages/s':>8} "
        f"{'CPU ms/page':>11} {'x floor':>7} {'pages/CPU s':>11} {'start CPU s':>11} "
        f"{'ms/further page':>15} {'MB':>5} {'PSS':>5}"
    )
    for name, runs in results.items():
        row = summary(runs)
        missing = "-" if limited else row["missing"]
        times = f"{row['cpu_ms_per_page'] / floor:.2f}" if floor else "-"
        print(
            f"{name:<11} {row['pages']:>6} {missing:>7} {row['requests']:>8} "
            f"{row['connections']:>6} {row['pages_per_s']:>8.1f} {row['cpu_ms_per_page']:>11.2f} "
            f"{times:>7} {row['pages_per_cpu_s']:>11.1f} {row['start_cpu_s']:>11.2f} "
            f"{row['cpu_ms_per_further_page']:>15.2f} {row['rss_mb']:>5.0f} "
            f"{row['pss_mb']:>5.0f}"
        )


def print_shares(shares: Mapping[str, float], page_ms: float | None) -> None:
    """Print the share of each part, in milliseconds too if a page's are known."""
    groups: dict[str, float] = {}
    for part, share in shares.items():
        group = part.partition(":")[0]
        groups[group] = groups.get(group, 0) + share
    print(f"\n{'part of ours':<34} {'share':>6}" + (f" {'ms/page':>8}" if page_ms else ""))
    for group, share in sorted(groups.items(), key=lambda item: -item[1]):
        _print_share(group, share, page_ms)
        for part, of_it in shares.items():
            if part.startswith(f"{group}: "):
                _print_share(f"    {part.partition(': ')[2]}", of_it, page_ms)


def _print_share(name: str, share: float, page_ms: float | None) -> None:
    print(f"{name:<34} {share:>6.1%}" + (f" {share * page_ms:>8.2f}" if page_ms else ""))


def print_billion(results: Mapping[str, Sequence[Run]], kb: float, *, tls: bool) -> None:
    print(
        f"\n{'a billion pages':<16} {'kB/page':>7} {'node hours':>10} {'pages/s a vCPU':>14}"
        f"   a node is {large_crawls.VCPUS} vCPUs, all of it busy"
    )
    for name, runs in results.items():
        hours = large_crawls.node_hours(summary(runs)["cpu_ms_per_further_page"])
        _print_cost(name, kb, hours, f"measured here, loopback, {'TLS' if tls else 'no TLS'}")
    for crawl in large_crawls.PUBLISHED:
        _print_cost(crawl.name, crawl.page_kb, crawl.node_hours, f"published: {crawl.how}")


def _print_cost(name: str, kb: float, hours: float, how: str) -> None:
    rate = large_crawls.pages_per_vcpu_second(hours)
    print(f"{name:<16} {kb:>7.0f} {hours:>10.0f} {rate:>14.1f}   {how}")
