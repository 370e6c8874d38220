"""What the parts of a job on a cluster and the command line tell each other at its URL."""

import json

import pytest

from crawler import storage
from crawler.cluster.layout import WrongShardsError
from crawler.cluster.url_state import (
    Reread,
    answer,
    ask_to_reread,
    asked_to_reread,
    beat,
    carry_beside,
    count_shards_at,
    fetch_beside,
    fetch_orders,
    is_at_work,
    lay_out_url,
    read_answer,
    read_epochs,
    send_orders,
    stop_beating,
    write_epochs,
)
from crawler.store.connection import StoreError
from crawler.store.orders import Orders, order, read_orders


@pytest.fixture
def url(tmp_path):
    return str(tmp_path / "url")


def test_a_job_keeps_its_number_of_shards(url):
    assert count_shards_at(url) is None
    lay_out_url(url, 3)
    lay_out_url(url, 3)
    assert count_shards_at(url) == 3
    with pytest.raises(WrongShardsError, match="--shards 3"):
        lay_out_url(url, 4)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"shards": 0}', '{"shards": "2"}', "[" * 99_999])
def test_a_damaged_number_of_shards_is_said(url, text):
    with storage.writing(storage.join(url, "cluster.json")) as file:
        file.write(text.encode())
    with pytest.raises(StoreError, match="damaged"):
        count_shards_at(url)


@pytest.mark.parametrize(
    ("shards", "beats", "expected"),
    [
        (None, [], False),
        ([[1, ""], [4, ""]], [7, 8], False),  # all were given back
        ([[1, "a"]], [], True),  # nobody can say how long it has been silent
        ([[1, "a"]], [7, 7, 8], True),
        ([[1, "a"]], [7], False),  # silent for longer than its lease
    ],
)
def test_whoever_is_at_work_is_known_by_the_next_beat(url, shards, beats, expected):
    now, left = 0.0, list(beats)

    def sleep(seconds):
        nonlocal now
        now += seconds
        if left:
            beat(url, left.pop(0), 1.0, 4.0)

    if shards is not None:
        write_epochs(url, {"shards": shards})
        assert read_epochs(url) == {"shards": shards}
    if left:
        sleep(0.0)

    assert is_at_work(url, lambda: now, sleep) is expected
    assert now < 9.0


def test_who_ends_while_it_is_looked_for_is_not_at_work(url):
    write_epochs(url, {"shards": [[1, "a"]]})
    beat(url, 1, 1.0, 1.0)
    assert not is_at_work(url, lambda: 0.0, lambda _: stop_beating(url))


def test_orders_reach_whoever_crawls(url, tmp_path):
    desk, node = tmp_path / "desk", tmp_path / "node"
    desk.mkdir()
    node.mkdir()
    assert not fetch_orders(url, node)
    order(desk, lambda _: Orders(7.0, {"max_pages": 5}))
    send_orders(url, desk)

    assert fetch_orders(url, node)
    assert not fetch_orders(url, node)
    assert read_orders(node) == Orders(7.0, {"max_pages": 5})


def test_the_feed_and_what_is_sought_lie_beside_the_shards(url, tmp_path):
    desk, other = tmp_path / "desk", tmp_path / "other"
    desk.mkdir()
    other.mkdir()
    fetch_beside(url, desk)
    assert not list(desk.iterdir())
    (desk / "removals.jsonl").write_bytes(b"one\n")
    (desk / "sought.json").write_bytes(b"{}")
    carry_beside(desk, url)
    fetch_beside(url, other)
    assert (other / "removals.jsonl").read_bytes() == b"one\n"
    (other / "removals.jsonl").write_bytes(b"one\ntwo\n")
    (other / "sought.json").unlink()
    carry_beside(other, url)

    fetch_beside(url, desk)
    assert (desk / "removals.jsonl").read_bytes() == b"one\ntwo\n"
    assert not storage.exists(storage.join(url, "sought.json"))
    (desk / "removals.jsonl").write_bytes(b"one\nthree\n")
    with pytest.raises(StoreError, match="two feeds"):
        fetch_beside(url, desk)


def test_a_question_is_answered_once(url):
    assert asked_to_reread(url) == ""
    token = ask_to_reread(url)
    assert asked_to_reread(url) == token
    answer(url, Reread(token, done=True, said="nothing changed"))
    assert asked_to_reread(url) == ""
    assert read_answer(url).said == "nothing changed"
    assert ask_to_reread(url) == asked_to_reread(url) != token
    assert json.loads((storage.open_stream(storage.join(url, "reload.answer"))).read())["done"]
