import pytest

from tests.fuzz.harness import run
from tests.fuzz.parsers import PARSERS


@pytest.mark.parametrize("name", sorted(PARSERS))
def test_no_mutated_input_raises(name):
    report = run(150, seed=1, names=[name])

    assert report.failures == {}


@pytest.mark.slow
def test_a_hundred_thousand_inputs_raise_nothing():
    assert run(100_000, seed=2).failures == {}
