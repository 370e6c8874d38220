"""Shards that share an address keep its spacing, whatever becomes of the messages between them."""

import random
from itertools import pairwise

import pytest

from crawler.cluster.address_book import AddressBook
from crawler.cluster.address_turns import AddressTurns, BucketTurns, bucket_of
from crawler.frontier.sharding import Share

LONGEST, CONTACT, STEP = 2.0, 25.0, 0.01


class World:
    """Shards that always want the same limits, one book, and messages that may be late or lost."""

    def __init__(self, shards, delays, seed):
        self.now, self.random, self.delays = 1_000.0, random.Random(seed), delays
        self.count, self.skew = shards, [0.0] * shards
        self.book = None
        self.epochs = [1] * shards
        self.known = [False] * shards  # registered at the book that is there now
        self.turns = [self.turns_of(number) for number in range(shards)]
        self.post = []  # (at, what to do)
        self.under_way = []  # (ends, shard, key)
        self.wakes = {}
        self.log = []  # (key, shard, start, end)
        self.cut_off = set()
        self.start_book()

    def turns_of(self, number):
        share = Share(number=number, count=self.count)
        return BucketTurns(
            share, self.epochs[number], (LONGEST, CONTACT), lambda: self.now + self.skew[number]
        )

    def start_book(self):
        self.book = AddressBook(f"{self.now}", self.count, LONGEST, CONTACT, self.now)
        self.known = [False] * self.count

    def later(self, what):
        self.post.append((self.now + self.random.uniform(0.001, 0.3), what))

    def talk(self, shard):  # noqa: C901 - the messages of one round trip, in their order
        """One round trip: the question takes a while, and so does the answer; both may be lost."""
        turns, book, epoch, asked_at = (
            self.turns[shard], self.book, self.epochs[shard], self.now + self.skew[shard]
        )  # fmt: skip

        def answer(mail, then):
            def arrive():
                if turns is self.turns[shard] and book is self.book:
                    then(mail)

            if self.random.random() < 0.95:
                self.later(arrive)

        def greet():
            answer(book.hello(self.now), greeted)

        def greeted(mail):
            if self.known[shard]:
                return
            turns.greeted(mail)
            held, at = turns.register(), turns.told_at
            session = turns.session

            def register():
                if book is self.book and self.random.random() < 0.95:
                    book.register(shard, session, at, held, self.now)
                    self.known[shard] = epoch == self.epochs[shard]

            self.later(register)

        def ask():
            wanted, returned = turns.told()
            at, session = turns.told_at, turns.session

            def exchange():
                if book is not self.book or not book.heard(shard, session, at):
                    self.known[shard] = False
                    return
                book.exchange(shard, session, wanted, returned, self.now)
                if self.random.random() < 0.1:
                    self.later(lambda: book.exchange(shard, session, wanted, returned, self.now))
                answer(book.mail(shard, self.now), lambda mail: turns.heard(asked_at, mail))

            if self.random.random() < 0.95:
                self.later(exchange)
            else:
                turns.tell_again(wanted, returned)

        if self.known[shard]:
            ask()
        else:
            self.later(greet)

    def step(self):
        self.now += STEP
        due = [what for at, what in self.post if at <= self.now]
        self.post = [one for one in self.post if one[0] > self.now]
        for what in due:
            what()
        for ends, shard, key in [one for one in self.under_way if one[0] <= self.now]:
            self.under_way.remove((ends, shard, key))
            self.turns[shard].leave(key, ends + self.skew[shard] + self.delays[key])
        if self.random.random() < 0.05:
            self.book.look(self.now)
        for shard in range(self.count):
            self.turns[shard].look()
            if shard not in self.cut_off and self.random.random() < 0.05:
                self.talk(shard)
            for key, delay in self.delays.items():
                # As the frontier does: one at a time, and its own pace between two.
                if any(one[1:] == (shard, key) for one in self.under_way):
                    continue
                local = self.now + self.skew[shard]
                if local < self.wakes.get((shard, key), 0.0):
                    continue
                later = self.turns[shard].enter(key, local, delay)
                if later:
                    self.wakes[shard, key] = later
                    continue
                ends = self.now + self.random.choice([0.05, 0.05, 0.3, LONGEST])
                self.under_way.append((ends, shard, key))
                self.log.append((key, shard, self.now, ends))
                self.wakes[shard, key] = ends + self.skew[shard] + delay

    def replace(self, shard):
        """Have another owner take over a shard: the one before asks nothing any more."""
        self.under_way = [one for one in self.under_way if one[1] != shard]
        self.epochs[shard] += 1
        self.turns[shard], self.known[shard] = self.turns_of(shard), False
        for number, entry in enumerate(self.log):
            if entry[1] == shard and entry[3] > self.now:
                self.log[number] = (*entry[:3], self.now)

    def check(self):
        for key, delay in self.delays.items():
            lines = sorted(line[2:] for line in self.log if line[0] == key)
            for (_, ended), (starts, _) in pairwise(lines):
                assert starts >= ended + delay - 1e-6, (key, ended, starts)


@pytest.mark.parametrize("seed", range(4))
def test_turns_are_shared_and_the_spacing_holds(seed):
    world = World(3, {"10.0.0.1": 0.2, "10.0.0.2": 1.0}, seed)
    for step in range(6_000):
        world.step()
        if step == 3_000:
            world.replace(1)

    world.check()
    for key, delay in world.delays.items():
        by_shard = [sum(line[:2] == (key, shard) for line in world.log) for shard in range(3)]
        assert min(by_shard) > 2, by_shard
        assert sum(by_shard) > 0.3 * 60 / (delay + 0.6)  # and time is not wasted


@pytest.mark.parametrize("seed", range(4))
def test_who_is_cut_off_goes_by_its_share_and_so_do_the_others(seed):
    world = World(3, {"10.0.0.1": 0.5}, seed)
    world.skew = [0.0, 0.4, -0.5]
    ends = []
    for step in range(20_000):
        world.step()
        if step == 1_000:
            world.cut_off.add(seed % 3)
        if step == 12_000:
            world.cut_off.clear()
        if step in {11_999, 19_999}:
            ends.append(len({line[1] for line in world.log if line[2] > world.now - 60.0}))

    world.check()
    assert ends == [3, 3]


@pytest.mark.parametrize("seed", range(3))
def test_a_book_that_is_lost_and_begun_anew_keeps_the_spacing(seed):
    world = World(2, {"10.0.0.1": 0.3, "group *.test": 2.0}, seed)
    for step in range(8_000):
        world.step()
        if step % 1_500 == 700:
            world.start_book()

    world.check()
    assert sum(line[2] > world.now - 10 for line in world.log) > 5


def test_nobody_reached_means_shares_alone():
    world = World(2, {"10.0.0.1": 0.3}, 1)
    world.cut_off = {0, 1}
    for _ in range(9_000):
        world.step()

    world.check()
    assert {line[1] for line in world.log} == {0, 1}
    assert min(line[2] for line in world.log) > 1_000.0 + CONTACT


def test_limits_go_to_their_buckets():
    buckets = [BucketTurns(Share(number=0, count=1), 1, (1.0, 9.0), lambda: 0.0) for _ in range(3)]
    turns = AddressTurns(buckets)
    keys = [f"10.0.0.{n}" for n in range(30)]
    for key in keys:
        assert turns.enter(key, 0.0, 0.2) > 0.0
    told = [bucket.told()[0] for bucket in buckets]

    assert sum(map(len, told)) == len(keys)
    for number, wanted in enumerate(told):
        assert wanted
        assert all(bucket_of(one.key, 3) == number for one in wanted)
