"""One owner at a time, whatever becomes of the messages, the clocks and the book of leases."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.cluster.leases import Granted, Lease, LeaseBook, Wait

LASTS = 9.0
ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["acquire", "renew", "release", "restart", "wait", "freeze"]),
        st.integers(0, 2),
        st.floats(0, 12),
    ),
    max_size=40,
)


@given(ACTIONS)
def test_nobody_may_ask_while_another_may(actions):
    """Owners' clocks stand anywhere; answers take a while; the book is lost and read again."""
    now, book, number = 0.0, LeaseBook(1, LASTS), 0
    kept = json.dumps(book.stored())
    clocks = [0.0, 500.0, -70.0]
    leases = [Lease(lambda n=n: now + clocks[n], margin=0.0) for n in range(3)]
    epochs, names = [0, 0, 0], ["a", "b", "c"]
    for what, who, seconds in actions:
        asked_at = now + clocks[who]
        if what == "acquire":
            answer = book.acquire(0, names[who], now)
            kept = json.dumps(book.stored())
            if isinstance(answer, Granted):
                assert not any(lease.may_ask() for n, lease in enumerate(leases) if n != who)
                assert answer.epoch > max(epochs)
                epochs[who] = answer.epoch
                now += seconds / 10
                leases[who].prolong(asked_at, book.duration)
            else:
                assert isinstance(answer, Wait)
                assert 0 < answer.seconds <= LASTS
        elif what == "renew":
            granted = book.renew(0, epochs[who], now)
            assert granted == (
                epochs[who] == max(epochs) > 0 and bool(book.stored()["shards"][0][1])
            )
            now += seconds / 10
            if granted:
                leases[who].prolong(asked_at, book.duration)
        elif what == "release":
            leases[who].end()  # who gives a shard back asks nobody first
            book.release(0, epochs[who])
            kept = json.dumps(book.stored())
        elif what == "restart":
            book = LeaseBook(1, LASTS)
            book.recall(json.loads(kept), now)
        else:
            now += seconds
        number = sum(lease.may_ask() for lease in leases)
        assert number <= 1


def test_a_request_starts_only_while_it_can_end_within_the_lease():
    now = 100.0
    lease = Lease(lambda: now, margin=4.0)
    assert not lease.may_ask()
    lease.prolong(100.0, 10.0)
    assert lease.may_ask()
    now = 105.9
    assert lease.may_ask()
    now = 106.0
    assert not lease.may_ask()
    lease.prolong(103.0, 10.0)
    assert lease.may_ask()
    lease.end()
    assert not lease.may_ask()


@pytest.mark.parametrize("stored", [{}, {"shards": 1}, {"shards": [[1]]}, {"shards": [[1, "a"]]},
                                    {"shards": [["x", "a"], [1, "b"]]}])  # fmt: skip
def test_a_damaged_or_foreign_record_is_told(stored):
    with pytest.raises(ValueError, match=r"cannot be read|shards"):
        LeaseBook(2, LASTS).recall(stored, 0.0)
