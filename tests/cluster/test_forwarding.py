"""Messages by calls: whoever loses what, each is held in the end, and the outbox gets empty."""

import asyncio
import random

import pytest

from crawler.cluster.forwarding import Arrivals, CallCourier, Receipt, messages_of
from crawler.store.database import open_database


class Receiver:
    """A shard that stores what it is sent, and falls back to its last snapshot now and then."""

    def __init__(self):
        self.held, self.snapshot = set(), set()
        self.arrivals = Arrivals(epoch=1)

    def take(self, rows, owner):
        if not self.arrivals.follow(owner):
            return Receipt(self.arrivals.epoch, 0)
        self.held |= {text for _, text in rows}
        self.arrivals.took(0, 7, rows)
        return Receipt(self.arrivals.epoch, self.arrivals.safe(0, 7))

    def save(self):
        held = self.arrivals.stored()
        self.snapshot = set(self.held)
        self.arrivals.are_safe(held)

    def lose(self):
        self.held = set(self.snapshot)
        self.arrivals = Arrivals(self.arrivals.epoch + 1)


@pytest.mark.parametrize("seed", range(6))
async def test_nothing_is_lost_with_a_machine(tmp_path, seed, monkeypatch):  # noqa: C901 - one story
    monkeypatch.setattr("crawler.cluster.forwarding._POLL", 0.0)
    monkeypatch.setattr("crawler.cluster.forwarding._WAIT", 0.001)
    monkeypatch.setattr("crawler.cluster.forwarding._BATCH", 7)
    chance, receivers, sent = (
        random.Random(seed),
        {1: Receiver(), 2: Receiver()},
        {1: set(), 2: set()},
    )

    async def deliver(shard, rows, owner):
        await asyncio.sleep(0)
        if chance.random() < 0.2:
            return None  # it did not get there
        receipt = receivers[shard].take(rows, owner)
        return None if chance.random() < 0.1 else receipt  # the answer did not

    async with open_database(tmp_path / "s.db") as database:
        courier = CallCourier(database, deliver)
        for step in range(300):
            if step < 150:
                rows = [(chance.choice([1, 2]), f"{step}-{n}") for n in range(chance.randrange(6))]
                for shard, text in rows:
                    sent[shard].add(text)
                await database.transaction(
                    lambda c, r=rows: c.executemany(
                        "INSERT INTO outbox (shard, candidate) VALUES (?, ?)", r
                    )
                )
            await courier.send()
            for receiver in receivers.values():
                if chance.random() < 0.1:
                    receiver.save()
                if step < 200 and chance.random() < 0.05:
                    receiver.lose()
        left = [None]
        for _ in range(2_000):
            waiting = await courier.send()
            if not waiting and not left:
                break
            for receiver in receivers.values():
                receiver.save()
            left = await database.read(lambda c: c.execute("SELECT * FROM outbox").fetchall())
        courier.close()

    assert waiting == 0
    assert {shard: receiver.held for shard, receiver in receivers.items()} == sent
    assert left == []
    assert all(receiver.arrivals.epoch > 1 for receiver in receivers.values())


async def test_who_has_ended_is_sent_nothing_and_loses_nothing(tmp_path):
    async def deliver(shard, rows, owner):
        raise AssertionError(shard, rows, owner)

    async with open_database(tmp_path / "s.db") as database:
        await database.transaction(
            lambda c: c.execute("INSERT INTO outbox (shard, candidate) VALUES (1, 'x')")
        )
        courier = CallCourier(database, deliver)
        courier.note_ended([1])
        assert await courier.send() == 0
        assert courier.reached == {}
        left = await database.read(lambda c: c.execute("SELECT shard FROM outbox").fetchall())
    assert left == [(1,)]


def test_a_damaged_message_is_left_out():
    assert messages_of([(1, "nonsense"), (2, "{}")]) == []
