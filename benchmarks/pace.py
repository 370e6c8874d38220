"""A real crawl of many hosts with a delay: how near to one page a host a delay does it come.

    python -m benchmarks.pace --hosts 200 --pages 20 --json F

The whole crawler fetches over loopback from `benchmarks.loopback`, each host on an address of its
own, jitter off. The rate is counted from the servers' log alone: requests of pages between
the first and the last moment at which all hosts still had pages to give.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.loopback import Seen, Sites, check, free_port, read_log, serving

# What is measured is the pace: nothing but robots.txt is asked for beside pages.
PACED = """
[consent]
probes = []
[limits]
patience = "3s"
workers = 256
"""


def crawl(sites: Sites, delay: float, folder: Path) -> dict[str, float]:
    """Crawl all of `sites` with the command that operators use; return what it cost."""
    policy, seeds = folder / "policy.toml", folder / "seeds.txt"
    policy.write_text(sites.policy(delay, more=PACED))
    seeds.write_text("\n".join(sites.seeds()))
    command = [sys.executable, "-m", "crawler", "crawl", "--policy", str(policy)]
    command += ["--seeds-file", str(seeds), "--job", str(folder / "job")]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2_000:])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"wall_s": round(time.perf_counter() - began, 1), "cpu_s": round(cpu, 1)}


def pace(seen: list[Seen], delay: float) -> dict[str, float]:
    """Return the requests a second while all hosts were being asked, and what delays allow."""
    times: dict[str, list[float]] = defaultdict(list)
    for one in seen:
        if one.target != "/robots.txt":
            times[one.host].append(one.start)
    first = max(min(stamps) for stamps in times.values())
    last = min(max(stamps) for stamps in times.values())
    gaps = sorted(
        after - before
        for stamps in times.values()
        for before, after in pairwise(stamps)
        if first <= before and after <= last
    )
    rate = len(gaps) / sum(gaps) * len(times) if gaps else 0.0
    theory = len(times) / delay
    return {
        "requests_per_s": round(rate, 1),
        "theory": round(theory, 1),
        "share": round(rate / theory, 4),
        "late_ms_median": round((gaps[len(gaps) // 2] - delay) * 1e3, 1) if gaps else 0.0,
        "late_ms_99": round((gaps[len(gaps) * 99 // 100] - delay) * 1e3, 1) if gaps else 0.0,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--delay", type=float, default=1.0)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    sites = Sites(options.hosts, options.pages, free_port())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with serving(sites, folder / "requests.log"):
            cost = crawl(sites, options.delay, folder)
        seen = read_log(folder / "requests.log")
    wanted = options.hosts * options.pages
    result: dict[str, Any] = {
        "hosts": options.hosts,
        "pages": sum(one.target != "/robots.txt" for one in seen),
        "wanted": wanted,
        **pace(seen, options.delay),
        **cost,
        "violations": check(seen, options.delay, 0.2),
    }
    print(json.dumps(result, indent=1))
    if options.json:
        options.json.write_text(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
