from contextlib import closing
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from crawler.cluster.limits_file import LimitsFile
from crawler.core.politeness import Politeness
from crawler.frontier.calendar import Calendar
from crawler.frontier.shared_limits import (
    IN_LINE,
    PASSED,
    Limit,
    Limits,
    address_key,
    limits_for,
    matches,
)

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.integers(0, 30), st.floats(0, 50)),
        st.tuples(st.just("remove"), st.integers(0, 30), st.just(0.0)),
        st.tuples(st.just("pop"), st.just(0), st.floats(0, 60)),
    ),
    max_size=80,
)


@given(STEPS)
def test_the_calendar_gives_out_whoever_is_due_longest_and_nobody_twice(steps):
    calendar, model = Calendar(), {}
    for what, host, value in steps:
        if what == "put":
            calendar.put(host, value)
            model[host] = value
        elif what == "remove":
            calendar.remove(host)
            model.pop(host, None)
        else:
            due = [at for at in model.values() if at <= value]
            found = calendar.pop(value)
            assert (found is None) == (not due)
            if found is not None:
                assert model.pop(found) == min(due)

        assert len(calendar) == len(model)
        assert calendar.next_due() == min(model.values(), default=None)
        assert all(calendar.due(host) == at for host, at in model.items())


def test_a_bucket_of_many_hosts_comes_out_in_order():
    calendar = Calendar()
    for host in range(10_000):
        calendar.put(host, 5 + (host * 7_919 % 10_000) / 10_000)
    calendar.put(20_000, 2.0)

    assert calendar.pop(9) == 20_000
    order = [calendar.pop(9) for _ in range(10_000)]
    assert [host * 7_919 % 10_000 for host in order] == list(range(10_000))


@given(st.data())
def test_no_gate_lets_two_through_too_soon_or_too_many(data):
    rules = [
        (Limit("a", 0.5, 1),),
        (Limit("a", 0.5, 1), Limit("group", 2.0, 2)),
        (Limit("b", 0.5, 1), Limit("group", 2.0, 2)),
    ]
    limits, now = Limits(-100.0), 0.0
    inside, passed, waiting, later = [], {"a": [], "b": [], "group": []}, set(), {}
    of = {host: rules[host % 3] for host in range(60)}
    arrivals = list(of)
    for _ in range(data.draw(st.integers(20, 120))):
        host = limits.next_open(now)
        if host is None and later and min(later.values()) <= now:
            host = min(later, key=later.get)
            del later[host]
        if host is None and arrivals:
            host = arrivals.pop(0)
        if host is not None:
            waiting.discard(host)
            answer = limits.enter(host, of[host], now)
            if answer == PASSED:
                inside.append(host)
                for rule in of[host]:
                    passed[rule.key].append(now)
            elif answer == IN_LINE:
                waiting.add(host)
            else:
                assert answer > now
                later[host] = answer
        assert sum(of[host][0].key == "a" for host in inside) <= 1
        assert sum(len(of[host]) > 1 for host in inside) <= 2
        assert len(waiting) == limits.waiting <= 3 * 16
        now += data.draw(st.sampled_from([0.0, 0.1, 0.6, 3.0]))
        if inside and data.draw(st.booleans()):
            limits.leave(of[inside.pop(0)][0:], now)
    for key, delay in (("a", 0.5), ("b", 0.5), ("group", 2.0)):
        times = passed[key]
        assert all(b - a >= delay - 1e-9 for a, b in pairwise(times))


def test_everybody_in_a_crowd_gets_through_one_gate():
    rules, limits = (Limit("a", 0.2, 1),), Limits(-100.0)
    calendar = Calendar()
    for host in range(500):
        calendar.put(host, 0.0)
    now, tries, done = 0.0, 0, []
    while len(done) < 500:
        host = limits.next_open(now)
        host = calendar.pop(now) if host is None else host
        if host is None:
            times = (limits.next_due(), calendar.next_due())
            now = min(time for time in times if time is not None)
            continue
        tries += 1
        answer = limits.enter(host, rules, now)
        if answer == PASSED:
            done.append(host)
            now += 0.1
            limits.leave(rules, now)
        elif answer != IN_LINE:
            calendar.put(host, answer)

    assert len(set(done)) == 500
    assert now < 500 * 0.3 * 1.2
    assert tries < 500 * 6


def test_addresses_of_one_machine_have_one_key():
    assert address_key("10.0.0.1") == address_key("::ffff:10.0.0.1")
    assert address_key("2001:db8::1") == address_key("2001:db8:0:0:ffff::")
    assert address_key("2001:db8::1") != address_key("2001:db8:0:1::1")
    assert address_key("fe80::1%eth0") == address_key("fe80::2")


def test_a_group_is_a_host_or_everything_below_a_name():
    assert matches("*.blogs.example", "a.blogs.example")
    assert matches("*.blogs.example", "a.b.blogs.example")
    assert not matches("*.blogs.example", "blogs.example")
    assert not matches("*.blogs.example", "evilblogs.example")
    assert matches("blogs.example", "blogs.example")


def test_opened_addresses_have_no_delay_when_none_is_asked():
    rules = Politeness.model_validate({"min_delay": "0s"})

    assert [rule.delay for rule in limits_for(rules, "a.test", "127.0.0.1", free=True)] == [0.0]
    assert [rule.delay for rule in limits_for(rules, "a.test", "10.0.0.1", free=False)] == [0.2]


def test_a_gate_that_another_process_closed_leaves_the_others_open(tmp_path):
    with closing(LimitsFile(tmp_path)) as ours, closing(LimitsFile(tmp_path)) as theirs:
        here, there = Limits(0.0), Limits(0.0)
        here.shared, there.shared = ours, theirs
        group = Limit("group *.test", 5.0, 1)
        first, second = Limit("10.0.0.1", 1.0, 1), Limit("10.0.0.2", 1.0, 1)

        assert here.enter(1, (first, group), 10.0) == PASSED
        here.leave((first, group), 11.0)

        assert there.enter(2, (second, group), 12.0) == IN_LINE
        assert there.next_open(15.9) is None
        assert here.enter(3, (second,), 12.0) == PASSED
        assert there.next_open(16.0) == 2
