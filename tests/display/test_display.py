"""What is shown is harmless, whoever wrote it, and says how sure it is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.display import charts
from crawler.display.page import percent
from crawler.display.proportion import Mixture, Share, WeightedShare
from crawler.display.scales import nice, spell
from crawler.display.strangers_text import one_line


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (0, 0, 0.0, 1.0),
        # At the ends the other bound has a closed form: z^2 / (n + z^2).
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (1, 2, 0.0945, 0.9055),
        (50, 100, 0.4038, 0.5962),
    ],
)
def test_intervals_are_wilsons(part, whole, low, high):
    assert Share(part, whole).interval == pytest.approx((low, high), abs=1e-4)


@given(st.lists(st.tuples(st.integers(1, 10**6), st.booleans()), min_size=1, max_size=30))
def test_a_weighted_share_is_as_sure_as_its_effective_number_of_things(things):
    whole = sum(weight for weight, _ in things)
    part = sum(weight for weight, is_in in things if is_in)
    share = WeightedShare(part, whole, sum(weight**2 for weight, _ in things))
    low, high = share.interval

    assert 1 - 1e-9 <= share.effective <= len(things) + 1e-6
    assert low <= share.value + 1e-9
    assert high >= share.value - 1e-9


def test_things_of_one_weight_are_counted_as_they_are():
    assert WeightedShare(30, 100, 1_000).interval == pytest.approx(Share(3, 10).interval)


def test_a_mixture_joins_head_and_rest_by_the_heads_part():
    mixture = Mixture(Share(20, 100), Share(5, 100), 0.2)
    low, high = mixture.interval

    assert mixture.value == pytest.approx(0.2 * 0.2 + 0.8 * 0.05)
    assert low < mixture.value < high
    assert Mixture(Share(20, 100), Share(0, 0), 1.0).value == 0.2
    assert Mixture(Share(20, 100), Share(0, 0), 0.5).value is None


@given(st.text(max_size=200))
def test_no_control_or_direction_survives(text):
    shown = one_line(text, 60)

    assert len(shown) <= 60
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]", shown)


@given(st.text(max_size=80), st.integers(0, 50), st.integers(1, 50))
def test_pictures_hold_no_markup_of_a_stranger(text, part, more):
    share = Share(part, part + more)
    shown = [
        charts.waffle(share, "kept", text).svg,
        charts.columns([text, "b"], {text: ("kept", [part, more])}, text).svg,
        charts.lines([text, "b"], [charts.Line(text, [share, None])], text).svg,
        charts.heat([text], [text], {(0, 0): part}, text).svg,
    ]

    for svg in shown:
        outside = re.sub(r"<[a-z/][^<>]*>", "", svg)
        assert "<" not in outside
        assert svg.count("<svg") == 1
        assert not re.search(r"<(?!/?(?:svg|rect|path|text|circle)[ />])", svg)


@pytest.mark.parametrize(
    ("value", "shown"), [(0.0, "0.0"), (1.0, "100.0"), (0.0001, "0.010"), (0.9999, "99.990")]
)
def test_a_share_looks_like_none_or_all_only_if_it_is(value, shown):
    assert percent(value).startswith(shown)


def test_axes_name_round_numbers():
    assert nice(7) == [0, 2, 4, 6, 8]
    assert nice(0) == [0.0, 1.0]
    assert [spell(seconds) for seconds in (0.25, 5, 90, 7_200)] == [
        "0.25 s",
        "5 s",
        "1.5 min",
        "2 h",
    ]
