"""The simulation of a large crawl: its arithmetic holds, and real small crawls agree with it."""

import json
import math
import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.loopback import Sites
from benchmarks.scale import local, samples
from benchmarks.scale.model import (
    Bin,
    World,
    by_power_law,
    changed_pieces,
    hot_addresses,
    hot_shards,
)
from crawler.core.politeness import Politeness

PACE = Politeness(min_delay="1s", ip_delay="1s", fetch_factor=0, jitter=0)


@given(st.integers(1, 10**9), st.floats(1, 1_000), st.floats(0.1, 1.5))
def test_a_power_law_has_so_many_and_so_much(count, mean, exponent):
    bins = by_power_law(count, count * mean, exponent)

    assert sum(item.count for item in bins) == count
    assert math.fsum(item.count * item.size for item in bins) == pytest.approx(count * mean)
    assert all(one.size >= other.size * 0.999 for one, other in pairwise(bins))


@pytest.mark.parametrize(
    ("sizes", "crowds", "seconds"),
    [
        ((Bin(1, 100),), (Bin(1, 1),), 200),  # one host: a second to fetch, one to rest
        ((Bin(50, 100),), (Bin(50, 1),), 200),  # many hosts do not wait for each other
        ((Bin(50, 100),), (Bin(1, 50),), 10_000),  # unless they share an address
        ((Bin(1, 100), Bin(99, 1)), (Bin(100, 1),), 200),  # the largest host is the last
    ],
)
def test_a_crawl_takes_as_long_as_what_is_slowest(sizes, crowds, seconds):
    hosts = int(sum(item.count for item in sizes))
    urls = int(sum(item.count * item.size for item in sizes))
    world = World(
        hosts, urls, 2, PACE, 1.0, host_sizes=sizes, crowds=crowds, site_files=0, cores=1_000
    )

    assert world.seconds_to(urls * 0.999_999) == pytest.approx(seconds, rel=0.01)
    assert world.seconds_to(urls * 2) == math.inf


def test_processors_bind_where_pages_are_many():
    world = World(10**6, 10**8, 4, PACE, 0.1, cores=2, cpu_ms=10)

    assert world.pages(100.0) == pytest.approx(4 * 200 * 100)
    assert world.pages(50.0) < world.pages(100.0) <= world.polite(100.0)


def test_hot_spots_are_told_from_the_mean():
    world = World(10**6, 10**8, 100)
    shards, addresses = hot_shards(world, 10_000), hot_addresses(world, 86_400.0)

    assert shards["least"] <= 1.0 <= shards["p99"] <= shards["largest"]
    assert shards["mean_urls"] == pytest.approx(10**6)
    assert addresses["hosts_on_the_largest"] > 10
    assert 0 <= changed_pieces(100, 50) <= 50 <= changed_pieces(100, 10_000) <= 100


@pytest.mark.parametrize("shards", [1, 2, 5])
def test_an_address_goes_at_its_own_pace_however_many_shards_share_it(shards):
    found = samples.slots(shards, shards, (0.2, 0.3), 60.0)

    assert found["closest_seconds"] >= 0.2 - 1e-6
    assert found["of_what_one_shard_could"] > 0.9


def test_expected_messages_are_counted_once_a_shard():
    sites = Sites(6, 3, 80, links=4)
    said = local.expected(sites, local.world_of(sites, 2, 0.1, 0.1))

    assert 0 < said["messages"] <= 18
    assert said["requests"] == 24


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_real_crawls_of_several_shards_go_as_the_model_says():
    words = [sys.executable, "-m", "benchmarks.scale", "--check", "--json"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)) == 2


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_it_prints_every_figure_with_its_assumptions():
    sizes = [
        "--hosts=2e5",
        "--urls=4e6",
        "--shards=8",
        "--pages",
        "0.001",
        "0.003",
        "--sample=200",
        "--most=900",
    ]
    words = [sys.executable, "-m", "benchmarks.scale", *sizes, "--json"]
    done = subprocess.run(words, capture_output=True, text=True, check=True)

    found = json.loads(done.stdout)
    assert list(found["days_to_billions"]) == ["0.001", "0.003"]
    assert {"links", "hot_shards", "hot_addresses", "shard", "snapshots"} <= found.keys()
    assert found["shard"]["memory_GB"] > 0
    assert found["links"]["messages_a_page"] > 0
