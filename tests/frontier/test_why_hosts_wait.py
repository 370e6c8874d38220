"""Since when a host waits, and what it answered last, are known from the store alone."""

from crawler.core.outcome import Failed
from crawler.core.task import TaskKind
from tests.frontier.test_frontier import A, running, site
from tests.frontier.web import START, Web


async def fact(run):
    def work(connection):
        return connection.execute("SELECT since, reason, asked_at, answer FROM host").fetchone()

    return await run.database.read(work)


async def test_since_stays_through_fault_after_fault_and_goes_with_a_good_answer(tmp_path):
    down = Failed("status-503", host_fault=True)
    web = Web(site("a.test", 2) | {A: down})
    async with running(tmp_path / "c.db", web, seeds=[A], retries={"tries": 9}) as run:
        await run.crawl(until=START + 5)
        first, first_reason, *_ = await fact(run)
        await run.crawl(until=START + 400)
        second, second_reason, asked_at, answer = await fact(run)
        web.answers[A] = site("a.test", 2)[A]
        await run.crawl(until=START + 4_000)
        last = await fact(run)

    assert START <= first < START + 5
    assert (first_reason, second_reason) == ("backing off: status-503", "parked: status-503")
    assert second == first
    assert first < asked_at < START + 400
    assert answer == "failed status-503"
    assert last[:2] == (0.0, "")
    assert last[3] == "kept ok"


async def test_a_host_that_was_never_asked_has_answered_nothing(tmp_path):
    web = Web(site("a.test", 1))
    async with running(tmp_path / "c.db", web, seeds=[A]) as run:
        assert await fact(run) == (0.0, "", 0.0, "")
        task = await run.frontier.claim(START)

    assert task.kind is TaskKind.RESOLVE
