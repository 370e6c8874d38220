import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.pace import (
    Pace,
    Timing,
    back_off,
    delay_after,
    next_hour,
    watch,
)
from crawler.core.politeness import Politeness

NOW = 1_700_000_000.0
RULES = Politeness()


@pytest.mark.parametrize(
    ("failures", "asked", "rest"),
    [
        (1, None, 60.0),
        (2, None, 120.0),
        (5, None, 960.0),
        (12, None, 86_400.0),
        (10_000, None, 86_400.0),
        (1, 10.0, 60.0),  # never shorter than our own rest
        (1, 3_600.0, 3_600.0),
        (1, 1e18, 7 * 86_400.0),  # absurd: capped
        (1, -5.0, 60.0),
        (1, float("nan"), 60.0),
        (1, float("inf"), 7 * 86_400.0),
    ],
)
def test_a_failing_host_rests_longer_each_time(failures, asked, rest):
    assert back_off(RULES, failures, asked) == rest


@pytest.mark.parametrize(
    ("rules", "pace", "took", "free", "delay"),
    [
        ({}, Pace(), 0.1, False, 5.0),
        ({}, Pace(), 2.0, False, 20.0),  # ten times the fetch time
        ({}, Pace(), 500.0, False, 60.0),  # capped
        ({}, Pace(crawl_delay=30.0), 0.1, False, 30.0),
        ({}, Pace(crawl_delay=4_000.0), 0.1, False, 4_000.0),  # never undercut
        ({}, Pace(crawl_delay=1.0), 0.1, False, 5.0),
        ({"min_delay": "0s"}, Pace(), 0.01, False, 1.0),  # the floor towards the public
        ({"min_delay": "0s"}, Pace(), 3.0, True, 0.0),
        ({"min_delay": "0s"}, Pace(crawl_delay=2.0), 3.0, True, 2.0),
        ({"min_delay": "200ms"}, Pace(), 0.0, True, 0.2),
        ({}, Pace(usual=0.1, recent=0.4), 0.1, False, 20.0),  # four times slower than usual
        ({}, Pace(usual=0.1, recent=9.0), 0.1, False, 40.0),  # at most eight times
        ({}, Pace(usual=0.1, recent=0.15), 0.1, False, 5.0),
        ({}, Pace(usual=0.002, recent=0.19), 0.1, False, 5.0),  # as likely our own lateness
        ({}, Pace(usual=0.002, recent=0.4), 0.1, False, 20.0),
    ],
)
def test_the_delay_is_the_largest_of_what_is_asked(rules, pace, took, free, delay):
    timing = Timing(NOW, NOW + took, NOW + took)

    found = delay_after(Politeness.model_validate(rules), pace, timing, free=free)

    assert found == pytest.approx(delay)


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.floats(0, 1), st.integers(0, 100), st.booleans())
def test_jitter_and_slowness_only_ever_lengthen_a_delay(asked, took, jitter, failures, free):
    pace = Pace(crawl_delay=asked, failures=failures)
    timing = Timing(NOW, NOW + took, NOW + took)

    delay = delay_after(RULES, pace, timing, free=free, jitter=jitter)

    assert delay >= max(RULES.min_delay, asked)


def test_response_times_are_averaged_and_failures_forgotten():
    pace = watch(Pace(crawl_delay=3.0, failures=2), Timing(NOW, NOW + 0.2, NOW + 1))
    assert pace == Pace(3.0, 0, pytest.approx(0.2), pytest.approx(0.2))

    for _ in range(5):
        pace = watch(pace, Timing(NOW, NOW + 2.0, NOW + 2.0))

    assert pace.recent > 2 * pace.usual


MIDNIGHT = NOW - NOW % 86_400


@pytest.mark.parametrize(
    ("hours", "at", "opens"),
    [
        (((60, 120),), 0, 60),
        (((60, 120),), 90, 90),
        (((60, 120),), 120, 1_440 + 60),
        (((1_320, 120),), 60, 60),  # 22:00 to 02:00
        (((1_320, 120),), 600, 1_320),
        (((60, 120), (300, 360)), 200, 300),
        ((), 200, 200),
        (((0, 1_440),), 700, 700),
    ],
)
def test_visiting_hours_open_when_they_say(hours, at, opens):
    assert next_hour(hours, MIDNIGHT + at * 60) == MIDNIGHT + opens * 60
