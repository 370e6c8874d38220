"""CPU a page of shards as Ray actors, against the same shards as processes of this machine.

    python -m benchmarks.cluster --hosts 60 --pages 200 --shards 2 --rounds 3 --json

By turns, over one loopback web: one process, local shards, shards on a Ray started for the run.
What counts is the CPU of the processes that crawl, from `--after` requests a shard on to the last,
so that neither the start of an interpreter nor that of Ray is in it; a page is an answered request.
The independent checker of `benchmarks.loopback` says how many requests came too early. Needs the
extra `cluster`.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psutil

from benchmarks.loopback import Sites, check, free_port, read_log, serving
from benchmarks.pace import PACED

WAYS = ("one", "local", "ray")


def crawl(way: str, sites: Sites, options: argparse.Namespace) -> dict[str, float]:
    """Crawl all of `sites` one way; return what the processes that crawl cost."""
    with tempfile.TemporaryDirectory(prefix="bc") as name:
        folder = Path(name)
        policy, seeds, log = folder / "policy.toml", folder / "seeds.txt", folder / "log"
        policy.write_text(sites.policy(options.delay, more=PACED))
        seeds.write_text("\n".join(sites.seeds()))
        command = [sys.executable, "-m", "crawler"]
        command += ["cluster", "crawl"] if way == "ray" else ["crawl"]
        command += ["--policy", str(policy), "--seeds-file", str(seeds), "--job", str(folder / "j")]
        if way != "one":
            command += ["--shards", str(options.shards)]
        if way == "ray":
            command += ["--local-dir", str(folder / "local")]
        with serving(sites, log):
            with (folder / "err").open("w") as errors:
                process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors)
                cpu, requests, seconds = _measured(process, way, log, options)
            if process.returncode:
                raise RuntimeError((folder / "err").read_text()[-2_000:])
            seen = read_log(log)
    return {
        "requests": len(seen),
        "cpu_ms_a_page": round(1_000 * cpu / requests, 3),
        "pages_per_s": round(requests / seconds, 1),
        "too_early": sum(check(seen, options.delay, min(options.delay, 0.2)).values()),
    }


def _measured(
    process: subprocess.Popen[bytes], way: str, log: Path, options: argparse.Namespace
) -> tuple[float, int, float]:
    """Wait for the crawl; return CPU seconds, requests and seconds of its steady part."""
    first = last = (0.0, 0, 0.0)
    after = options.after * (1 if way == "one" else options.shards)
    while process.poll() is None:
        time.sleep(0.25)
        asked = sum(1 for _ in log.open("rb")) if log.exists() else 0
        if asked < after or asked == last[1]:
            continue
        now = (_cpu(process.pid, way), asked, time.perf_counter())
        first = first if first[1] else now
        last = now
    return last[0] - first[0], max(1, last[1] - first[1]), max(0.001, last[2] - first[2])


def _cpu(command: int, way: str) -> float:
    """Return the CPU seconds of the processes that crawl."""
    total = 0.0
    with suppress(psutil.Error):
        main = psutil.Process(command)
        for one in [main, *main.children(recursive=True)]:
            with suppress(psutil.Error):
                words = " ".join(one.cmdline())
                crawls = {
                    "one": one.pid == command,
                    "local": "--shard " in words,
                    "ray": "ray::ShardActor" in words,
                }[way]
                times = one.cpu_times()
                total += (times.user + times.system) if crawls else 0.0
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hosts", type=int, default=60)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--crowd", type=int, default=1, help="hosts on one address")
    parser.add_argument("--shards", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--delay", type=float, default=0.0, help="seconds")
    parser.add_argument("--after", type=int, default=200, help="requests not counted, a shard")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    sites = Sites(options.hosts, options.pages, free_port(), options.crowd)
    rounds: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
    for _ in range(options.rounds):
        for way in WAYS:
            rounds[way].append(crawl(way, sites, options))
    found = {
        way: {key: statistics.median(one[key] for one in made) for key in made[0]}
        for way, made in rounds.items()
    }
    ratios = [
        ray["cpu_ms_a_page"] / local["cpu_ms_a_page"]
        for ray, local in zip(rounds["ray"], rounds["local"], strict=True)
    ]
    result = {
        "cores": os.cpu_count(),
        "shards": options.shards,
        **found,
        "ray_to_local_cpu_a_page": round(statistics.median(ratios), 3),
        "ratios": [round(ratio, 3) for ratio in ratios],
        "speed_up": round(found["ray"]["pages_per_s"] / found["one"]["pages_per_s"], 2),
    }
    if options.json:
        print(json.dumps(result))
        return
    for way in WAYS:
        print(f"{way:6}", *(f"{key} {value:g}" for key, value in found[way].items()))
    print(f"ray / local, CPU a page: {result['ray_to_local_cpu_a_page']} {result['ratios']}")
    print(f"speed-up over one process: {result['speed_up']} on {result['cores']} cores")


if __name__ == "__main__":
    main()
