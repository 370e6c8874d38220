"""Times of hosts: after a restart, after the clock was set, after a Retry-After."""

from dataclasses import replace

import pytest

from crawler.core.outcome import Failed, Missing, Moved, Refused, Skipped
from crawler.core.pace import Timing
from tests.frontier.web import START, Web, kept, running, url

A = "https://a.test/"
DAY = 86_400.0


def web_of(pages):
    texts = [f"{A}p{n}" for n in range(pages)]
    return Web({A: kept(*texts), **{text: kept() for text in texts}})


@pytest.mark.parametrize("unclean", [False, True])
@pytest.mark.parametrize("step", [0.0, 60.0, 86_400.0, 400 * DAY, -60.0, -3_600.0, -400 * DAY])
async def test_a_new_run_waits_the_delay_and_no_longer(tmp_path, step, unclean):
    """The clock may have been set while nothing ran; how long a host rested is not known."""
    web = web_of(20)
    async with running(tmp_path / "c.db", web, seeds=[A], now=START + 500 * DAY) as run:
        await run.crawl(stop_after=6, until=2e9)
        await run.crawl(until=run.now)
        last = max(request.end for request in web.log)
    web.log.clear()
    now = last + step

    async with running(tmp_path / "c.db", web, unclean=unclean, now=now) as run:
        await run.crawl(until=now + 10.0)

    assert 5.0 <= web.log[0].start - now <= 5.5 + 1.0


async def test_hosts_that_were_never_asked_need_not_wait_after_a_clean_stop(tmp_path):
    web = web_of(1)
    async with running(tmp_path / "c.db", web, seeds=[A]):
        pass

    async with running(tmp_path / "c.db", web, now=START + 1) as run:
        await run.crawl(until=START + 2)

    assert web.log[0].start < START + 2


async def test_a_rest_set_by_a_clock_that_was_ahead_is_bounded(tmp_path):
    fault = Failed("status-429", host_fault=True, retry_after=7_200.0)
    web = Web({A: fault})
    async with running(tmp_path / "c.db", web, seeds=[A], now=START + 4_000 * DAY) as run:
        await run.crawl(until=run.now + 1)
    assert web.log
    web.log.clear()

    async with running(tmp_path / "c.db", web, now=START) as run:
        await run.crawl(until=START + 7 * DAY + 1)

    assert web.log
    assert web.log[0].start >= START + 7 * DAY  # it may have been told to wait so long


async def test_a_url_that_waits_for_another_try_waits_no_longer_than_a_day(tmp_path):
    web = Web({A: Failed("status-500")})
    async with running(tmp_path / "c.db", web, seeds=[A], now=START + 4_000 * DAY) as run:
        await run.crawl(until=run.now + 1)
    web.log.clear()

    async with running(tmp_path / "c.db", web, now=START) as run:
        await run.crawl(until=START + DAY + 1)

    assert len(web.log) == 1


def refused():
    found = kept()
    return Refused(
        replace(found.decision, included=False, reason="robots_meta.noai"), found.evidence
    )


@pytest.mark.parametrize(
    ("outcome", "asked", "wait"),
    [
        (kept(), 40.0, 40.0),
        (Missing(404), 40.0, 40.0),
        (refused(), 40.0, 40.0),
        (Moved(url(f"{A}b"), 301), 40.0, 40.0),
        (Skipped("type"), 40.0, 40.0),
        (Failed("status-418", retry=False), 40.0, 40.0),
        (Failed("status-500"), 40.0, 40.0),
        (kept(), 1.0, 5.0),
        (kept(), 1e300, 7 * DAY),
        (kept(), 0.0, 5.0),
    ],
)
async def test_retry_after_is_obeyed_beside_every_outcome(tmp_path, outcome, asked, wait):
    web = Web({A: kept(f"{A}x"), f"{A}x": kept()})
    async with running(tmp_path / "c.db", web, seeds=[A, f"{A}x"],
                       politeness={"jitter": 0.0, "fetch_factor": 0.0}) as run:  # fmt: skip
        task = await run.frontier.claim(run.now)
        await run.commit([finished(run, task, run.web.outcome(task, run.now))])
        run.now += 1
        task = await run.frontier.claim(run.now)
        await run.commit([finished(run, task, outcome, asked)])
        status = await run.frontier.status(run.now)

        assert run.frontier.next_due() - run.now == pytest.approx(wait)

    reasons = {"waits as its Retry-After asks": 1} if asked == wait or asked > wait else {}
    assert status.reasons == reasons
    assert "parked" not in status.hosts


def finished(run, task, outcome, asked=0.0):
    timing = Timing(run.now, run.now, run.now, asked)
    return task, outcome, run.frontier.finish(task, outcome, timing, run.now)
