"""The policy that decisions are made on: the core's own type, whatever the file's is."""

import pickle

import pytest

from crawler.config import PRESETS, load
from crawler.core.policy import ConsentPolicy


@pytest.mark.parametrize("name", PRESETS)
def test_it_says_what_the_table_says_and_can_be_sent_to_another_process(name):
    config = load(name)
    policy = config.consent_policy()
    sent = pickle.loads(pickle.dumps(policy))  # noqa: S301 - our own

    assert type(policy) is ConsentPolicy
    assert policy.readings.model_dump() == config.consent.readings.model_dump()
    assert policy.probes.model_dump() == config.consent.probes.model_dump()
    assert sent == policy
    assert sent.sha256 == policy.sha256
