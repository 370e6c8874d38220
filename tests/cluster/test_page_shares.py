"""The limit of pages over shards that share no disk: never passed, and reached if there are any."""

import asyncio
import random

import pytest

from crawler.cluster.page_shares import PageBook, PromisedQuota
from crawler.cluster.rounds import is_quiet
from crawler.cluster.shard_report import Report


class Shards:
    """Shards that hold pages, and take more as far as they are promised."""

    def __init__(self, pages, most):
        self.book, self.most = PageBook(len(pages)), most
        self.left, self.held = list(pages), [0] * len(pages)
        self.quotas = [
            PromisedQuota(lambda *asked, n=n: self.ask(n, *asked)) for n in range(len(pages))
        ]
        for quota in self.quotas:
            quota.most = most

    async def ask(self, shard, *asked):
        await asyncio.sleep(0)
        return self.book.ask(shard, *asked)

    def quiet(self):
        return is_quiet(
            [
                Report(
                    shard=n, idle=quota.settled() and (quota.denied or not self.left[n]),
                    given_back=quota.given_back, denied=quota.denied,
                )
                for n, quota in enumerate(self.quotas)
            ]
        )  # fmt: skip

    async def crawl(self, seed):
        chance = random.Random(seed)
        keeping = [asyncio.create_task(quota.keep()) for quota in self.quotas]
        while not self.quiet():
            shard = chance.randrange(len(self.left))
            quota = self.quotas[shard]
            if not self.left[shard]:
                quota.rest(self.held[shard], idle=True)
            elif quota.take(self.held[shard] + 1):
                self.held[shard] += 1
                self.left[shard] -= 1
            assert sum(self.held) <= self.most
            await asyncio.sleep(0)
        for task in keeping:
            task.cancel()


@pytest.mark.parametrize("pages", [[40], [40, 0, 3], [200, 200], [5, 5, 5, 5], [0, 0, 90]])
@pytest.mark.parametrize("most", [1, 12, 60, 1_000])
async def test_exactly_the_limit_is_held_if_there_are_so_many(pages, most, monkeypatch):
    monkeypatch.setattr("crawler.cluster.page_shares._AGAIN", 0.01)
    shards = Shards(pages, most)
    await asyncio.wait_for(shards.crawl(1), 20)

    assert sum(shards.held) == min(most, sum(pages))


def test_a_book_that_was_lost_promises_nothing_until_all_have_told_it():
    book = PageBook(2)
    book.note(0, 30)
    assert book.ask(0, 30, 31, 100).pages == 30
    book.note(1, 60)
    assert book.ask(0, 30, 31, 100).pages > 30
    assert book.ask(1, 60, 70, 100).pages == 60
    book.note(1, 1)  # it had told it already
    assert book.ask(0, 33, 90, 100).pages == 33
    assert book.ask(1, 10, 10, 100) == (10, 3)
    assert book.ask(0, 33, 90, 100).pages == 90
