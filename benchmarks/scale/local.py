"""The small end of the scale: a real crawl of several shards over loopback, beside the model."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

from benchmarks.loopback import Sites, check, free_port, read_log, serving
from benchmarks.pace import PACED
from benchmarks.scale.model import Bin, World
from crawler.core.politeness import Politeness
from crawler.frontier.sharding import shard_of

# By how much the model may be off, as a share of what was seen.
WITHIN = {"seconds": 0.25, "pages": 0.0, "messages": 0.15, "requests": 0.0, "violations": 0.0}


def world_of(sites: Sites, shards: int, delay: float, ip_delay: float) -> World:
    """Return a loopback web in the model's words. What a request takes there is next to nothing."""
    return World(
        hosts=sites.hosts,
        urls=sites.hosts * sites.pages,
        shards=shards,
        politeness=Politeness.model_validate(
            {"min_delay": f"{delay}s", "ip_delay": f"{ip_delay}s", "fetch_factor": 0, "jitter": 0}
        ),
        fetch=0.01,
        host_sizes=(Bin(sites.hosts, sites.pages),),
        crowds=(Bin(sites.hosts / sites.crowd, sites.crowd),),
        cores=0.25,  # of two cores, beside the servers
    )


def expected(sites: Sites, world: World) -> dict[str, float]:
    """Return what the model says of a crawl of that web."""
    owner = [shard_of(sites.name(host), world.shards) for host in range(sites.hosts)]
    # A URL is told to another shard once: later links to it are known to have been told.
    told = {
        (owner[host], url)
        for host in range(sites.hosts)
        for page in range(sites.pages)
        for url in sites.targets(host, page)
        if owner[int(url.partition("//h")[2].partition(".")[0])] != owner[host]
    }
    return {
        "seconds": world.seconds_to(world.urls),
        "pages": world.urls,
        "messages": len(told),
        "requests": world.urls + world.hosts * world.site_files,
        "violations": 0,
    }


def crawled(
    sites: Sites, shards: int, delay: float, ip_delay: float, folder: Path
) -> dict[str, float]:
    """Crawl that web with the command that operators use, and count what its servers saw."""
    policy, seeds, log = folder / "policy.toml", folder / "seeds.txt", folder / "requests.log"
    policy.write_text(sites.policy(delay, ip_delay=ip_delay, more=PACED))
    seeds.write_text("\n".join(sites.seeds()))
    command = [sys.executable, "-m", "crawler", "crawl", "--policy", str(policy)]
    command += ["--seeds-file", str(seeds), "--job", str(folder / "job"), "--shards", str(shards)]
    with serving(sites, log):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2_000:])
    seen = read_log(log)
    found: Counter[str] = Counter()
    for path in sorted((folder / "job").glob("shard-*/crawl.db")):
        with closing(sqlite3.connect(path)) as connection:
            found["pages"] += connection.execute("SELECT count(*) FROM page").fetchone()[0]
            # Rows of the outbox are deleted once they are carried; their numbers are not.
            row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'")
            found["messages"] += (row.fetchone() or (0,))[0]
    return {
        "seconds": seen[-1].end - seen[0].start,
        "pages": found["pages"],
        "messages": found["messages"],
        "requests": len(seen),
        "violations": sum(check(seen, delay, ip_delay).values()),
    }


def compare(
    folder: Path, *, hosts: int = 24, pages: int = 6, shards: int = 2, pace: tuple[float, float]
) -> dict[str, dict[str, float]]:
    """Return what the model says beside what was seen; `pace`: of hosts and of addresses."""
    sites = Sites(hosts, pages, free_port(), crowd=4, links=3)
    said = expected(sites, world_of(sites, shards, *pace))
    seen = crawled(sites, shards, *pace, folder)
    return {
        what: {"model": said[what], "seen": seen[what], "off": _off(said[what], seen[what])}
        for what in said
    }


def _off(said: float, seen: float) -> float:
    return abs(said - seen) / seen if seen else float(said != seen)


def unlike(found: dict[str, dict[str, float]]) -> list[str]:
    """Return what of the model does not hold."""
    return [what for what, item in found.items() if item["off"] > WITHIN[what]]
