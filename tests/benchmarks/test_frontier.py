"""The frontier's benchmark measures what it says."""

import argparse

import pytest

from benchmarks.frontier import SyntheticWeb, measure
from benchmarks.frontier_log import BUSY, LINE, OK, check


@pytest.mark.parametrize(("hosts", "urls"), [(1, 1), (10, 10), (1_000, 12_345), (3, 1_000)])
def test_the_web_has_exactly_as_many_urls_as_asked(hosts, urls):
    sizes = SyntheticWeb(hosts, urls).sizes()

    assert len(sizes) == hosts
    assert sum(sizes) == urls
    assert min(sizes) >= 1


async def test_a_small_run_breaks_no_rule_and_loses_no_figure(tmp_path):
    options = argparse.Namespace(
        hosts=200, urls=1_000, decisions=400, workers=32, group=16, loaded=None
    )

    result = await measure(options, tmp_path)

    assert (result["violations"], result["duplicates"], result["starved"]) == (0, 0, 0)
    assert {"decisions_per_s", "rss_mb", "disk_mb"} <= set(result)


@pytest.mark.parametrize(
    ("lines", "broken"),
    [
        ([(1, 1, 0, 0.0, 1.0, OK), (1, 1, 1, 6.0, 7.0, OK)], ""),
        ([(1, 1, 0, 0.0, 1.0, OK), (1, 1, 1, 5.9, 7.0, OK)], "host"),
        ([(1, 1, 0, 0.0, 9.0, OK), (1, 1, 1, 6.0, 7.0, OK)], "host"),  # two at once
        ([(1, 1, 0, 0.0, 1.0, BUSY), (1, 1, 1, 100.0, 101.0, OK)], "retry"),
        ([(1, 1, 0, 0.0, 1.0, OK), (2, 1, 0, 1.1, 2.0, OK)], "address"),
        ([(7, 1, 0, 0.0, 1.0, OK), (1_007, 2, 0, 1.4, 2.0, OK)], "group"),
        ([(1, 1, 0, 0.0, 1.0, OK), (1, 1, 0, 6.0, 7.0, OK)], "duplicates"),
    ],
)
def test_the_judge_sees_every_kind_of_breach(tmp_path, lines, broken):
    log = tmp_path / "log"
    log.write_bytes(b"".join(LINE.pack(*line) for line in lines))

    found = check(log)

    del found["requests"]
    assert found[broken] if broken else not any(found.values())
