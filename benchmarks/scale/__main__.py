"""How a crawl of the whole web would go: links, hot spots, memory, disk, snapshots, days, hours.

    python -m benchmarks.scale --hosts 100000000 --urls 10000000000 --shards 1000 --json F
    python -m benchmarks.scale --check

The real frontier, the real exchange of links, the real turns at addresses and real snapshots run
on samples (`samples`); arithmetic does the rest (`model`). Every assumption is printed with what it
led to. `--check` crawls a small loopback web with real shards and sets it beside the model.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.scale import local, samples
from benchmarks.scale.model import (
    DAY,
    World,
    changed_pieces,
    hot_addresses,
    hot_shards,
    shared_addresses,
)
from crawler.cluster.pieces import SIZE
from crawler.core.politeness import Politeness
from crawler.core.units import seconds

_PACES = ((0.6, 0.05), (0.2, 0.2))  # of hosts, of addresses: each binds once
ASSUMED = (
    "sizes of hosts go by rank ** -{size_exponent}, crowds at addresses by -{crowd_exponent}",
    "every URL is known from the start, and nothing fails: discovery and failures only add days",
    "a request takes {fetch} s; a host is asked each {delay:.2f} s, an address {through:.2f} s",
    "a page costs {cpu_ms} ms of a core, a shard has {cores} cores, a node {per_node} shards",
    "a page kept takes {page_kb} kB on disk; raw copies, if they are wanted, come on top",
    "pages have {links} links, {off_site:.0%} of them to other sites, popular ones more often",
    "sites move with their hash only: the largest is never split",
)


def main() -> None:
    options = _options()
    if options.check:
        sys.exit(_check(options))
    with tempfile.TemporaryDirectory() as folder:
        measured = _measure(options, Path(folder))
    world = _world(options)
    result = {
        "assumed": [text.format(**_words(options, world)) for text in ASSUMED],
        "measured": measured,
        **_said(options, world, measured),
    }
    print(json.dumps(result, indent=1) if options.json == "-" else _text(result))
    if options.json and options.json != "-":
        Path(options.json).write_text(json.dumps(result, indent=1))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--hosts", type=_number, default=10**8)
    add("--urls", type=_number, default=10**10)
    add("--shards", type=_number, default=1_000)
    add("--pages", type=float, nargs="+", default=[1.0, 3.0, 9.0], help="goals, in billions")
    add("--min-delay", default="5s", help="as in the policy")
    add("--ip-delay", default="200ms", help="as in the policy")
    add("--fetch", type=float, default=0.5, help="seconds a request takes")
    add("--addresses", type=_number, default=0, help="0: ten hosts each on average")
    add("--size-exponent", type=float, default=0.8)
    add("--crowd-exponent", type=float, default=0.8)
    add("--cpu-ms", type=float, default=9.0, help="CPU of a page (docs/benchmarks.md)")
    add("--cores", type=float, default=1.0, help="of a shard")
    add("--per-node", type=int, default=16, help="shards of a node")
    add("--page-kb", type=float, default=8.0, help="text, evidence and decision of a page kept")
    add("--links", type=int, default=40, help="of a page")
    add("--off-site", type=float, default=0.15, help="share of them that leaves the site")
    add("--snapshot-every", default="5m")
    add("--sample", type=_number, default=4_000, help="hosts in the samples")
    add("--most", type=_number, default=100_000, help="hosts in the sample of one shard")
    add("--json", nargs="?", const="-", help="print JSON, or write it to a file")
    add("--check", action="store_true", help="crawl a small web and compare")
    options = parser.parse_args()
    if min(options.hosts, options.shards, options.sample, options.per_node) < 1:
        parser.error("sizes are 1 at least")
    if options.urls < options.hosts:
        parser.error("--urls: every host has one at least")
    if min(options.fetch, options.cpu_ms, options.cores) <= 0:
        parser.error("--fetch, --cpu-ms and --cores are above 0")
    return options


def _number(text: str) -> int:
    return int(float(text))


def _world(options: argparse.Namespace) -> World:
    return World(
        hosts=options.hosts,
        urls=options.urls,
        shards=options.shards,
        politeness=Politeness.model_validate(
            {"min_delay": options.min_delay, "ip_delay": options.ip_delay}
        ),
        fetch=options.fetch,
        size_exponent=options.size_exponent,
        addresses=options.addresses,
        crowd_exponent=options.crowd_exponent,
        cores=options.cores,
        cpu_ms=options.cpu_ms,
    )


def _words(options: argparse.Namespace, world: World) -> dict[str, Any]:
    through = world.politeness.ip_delay + world.fetch
    return {**vars(options), "delay": world.delay, "through": through}


def _measure(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Run the samples."""
    small, large = (
        samples.frontier(hosts, 10 * hosts, folder)
        for hosts in (options.sample, max(4 * options.sample, _a_shard(options)))
    )
    web = samples.Linked(max(20, options.sample // 20), 12, 10, options.off_site)
    shards = min(4, max(2, options.shards))
    pace = (world := _world(options)).politeness.ip_delay, world.fetch
    return {
        "frontier": samples.slopes(small, large),
        "links": asyncio.run(samples.links(web, shards, folder)),
        "slots": [samples.slots(count, count, pace, 120.0) for count in (1, 2, 8)],
        "snapshots": asyncio.run(
            samples.snapshots(options.sample, 10 * options.sample, folder, options.sample // 4)
        ),
    }


def _a_shard(options: argparse.Namespace) -> int:
    """Return the hosts of one shard, or as many as a sample can have."""
    return min(options.hosts // options.shards, options.most)


def _said(options: argparse.Namespace, world: World, measured: dict[str, Any]) -> dict[str, Any]:
    goals = [goal * 1e9 for goal in options.pages if goal * 1e9 <= world.urls]
    days = {f"{goal / 1e9:g}": world.seconds_to(goal) / DAY for goal in goals}
    last = max(days.values(), default=0.0) * DAY
    nodes = math.ceil(options.shards / options.per_node)
    return {
        "links": _links(options, world, measured["links"]),
        "hot_shards": hot_shards(world, min(200_000, options.hosts)),
        "hot_addresses": hot_addresses(world, last or DAY),
        "slots_asked_for": {
            "share_of_requests_through_shared_addresses": shared_addresses(world),
            "of_what_one_shard_could": min(
                item["of_what_one_shard_could"] for item in measured["slots"]
            ),
        },
        "shard": _shard(options, world, measured, max(goals, default=world.urls)),
        "snapshots": _snapshots(options, world, measured["snapshots"]),
        "days_to_billions": days,
        "node_hours_to_billions": {goal: value * 24 * nodes for goal, value in days.items()},
        "nodes": nodes,
        "pages_per_s": min(world.polite(DAY) / DAY, world.shards * world.capacity),
        "still_to_ask_at_the_end": world.held_back(last) if last else {},
    }


def _links(options: argparse.Namespace, world: World, sample: dict[str, float]) -> dict[str, float]:
    """Scale what shards of a sample told each other to more shards, and more links a page."""
    there, here = 1 - 1 / sample["shards"], 1 - 1 / world.shards
    a_page = sample["messages_a_page"] * here / there * options.links / 10
    rate = world.capacity * a_page
    return {
        "messages_a_page": a_page,
        "messages_per_s_of_a_shard": rate,
        "kB_per_s_of_a_shard": rate * sample["octets_a_message"] / 1e3,
        "TB_in_all": a_page * world.urls * sample["octets_a_message"] / 1e12,
        "pairs_of_shards": world.shards * (world.shards - 1),
    }


def _shard(
    options: argparse.Namespace, world: World, measured: dict[str, Any], pages: float
) -> dict[str, float]:
    each = measured["frontier"]
    hosts, urls = world.hosts / world.shards, world.urls / world.shards
    return {
        "hosts": hosts,
        "urls": urls,
        "pages": pages / world.shards,
        "memory_GB": (each["memory"] + max(0.0, hosts - each["hosts"]) * each["memory_of_a_host"])
        / 1e9,
        "frontier_disk_GB": urls * each["disk_of_a_url"] / 1e9,
        "pages_disk_GB": pages / world.shards * options.page_kb * 1e3 / 1e9,
        "pages_per_s": world.capacity,
        "frontier_share_of_cpu": each["decision_us"] / 1e3 / options.cpu_ms,
    }


def _snapshots(
    options: argparse.Namespace, world: World, sample: dict[str, float]
) -> dict[str, float]:
    """Say what a snapshot of a whole shard sends: pieces that any request changed a place in.

    Rows lie by host, so a polite crawl changes the database all over.
    """
    every = seconds(options.snapshot_every)
    each = sample["octets"] / (10 * options.sample)
    pages = min(world.capacity * DAY, world.urls / world.shards)
    size = world.urls / world.shards * each + pages * options.page_kb * 1e3
    requests = world.capacity * every
    pieces = size / SIZE
    changed = changed_pieces(pieces, requests * sample["places_a_request"])
    sent = changed * SIZE * sample["packed"]
    return {
        "shard_GB_after_a_day": size / 1e9,
        "pieces": pieces,
        "pieces_changed": changed,
        "GB_sent": sent / 1e9,
        "MB_per_s_of_a_shard": sent / every / 1e6,
        "GB_per_s_of_all": sent / every * world.shards / 1e9,
        "pages_made_again_after_a_loss": requests,
    }


def _check(options: argparse.Namespace) -> int:
    """Set real crawls beside the model; return the exit code."""
    results, wrong = [], []
    for pace in _PACES:
        with tempfile.TemporaryDirectory() as folder:
            found = local.compare(Path(folder), pace=pace)
        results.append({"min_delay": pace[0], "ip_delay": pace[1], **found})
        wrong += [f"{what} at {pace}" for what in local.unlike(found)]
        if options.json != "-":
            print(f"min_delay {pace[0]} s, ip_delay {pace[1]} s")
            for what, item in found.items():
                print(f"  {what:10} model {item['model']:10.2f}   seen {item['seen']:10.2f}")
    if options.json == "-":
        print(json.dumps(results, indent=1))
    for what in wrong:
        print(f"the model does not hold: {what}", file=sys.stderr)
    return 1 if wrong else 0


def _text(result: dict[str, Any]) -> str:
    lines = ["Assumed:", *(f"  - {text}" for text in result["assumed"])]
    for name, values in result.items():
        if name in ("assumed", "measured"):
            continue
        if not isinstance(values, dict):
            lines.append(f"{name.replace('_', ' ')}: {_figure(values)}")
            continue
        lines.append(f"{name.replace('_', ' ')}:")
        lines += [f"  {key.replace('_', ' '):45} {_figure(value)}" for key, value in values.items()]
    return "\n".join(lines)


def _figure(value: float) -> str:
    if value == math.inf:
        return "never"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.3g}"


if __name__ == "__main__":
    main()
