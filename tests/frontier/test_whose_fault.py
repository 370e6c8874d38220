"""A connection that fails is held against the port that failed, unless the host itself is down."""

from collections import Counter

import pytest

from crawler.core.decision import Found
from crawler.core.evidence import FileKind, Snapshot
from crawler.core.outcome import Learned
from tests.frontier.web import START, Web, WithRobots, kept, running
from tests.web.handmade import crawl, handmade, page

A = "http://a.test/"


def no_answer(error="connect"):
    times = []

    def answer(task, now):
        times.append(now)
        return Learned(
            Snapshot(FileKind.ROBOTS, task.asked, Found.UNREACHABLE, now, error=error,
                     expires_at=now + 60, headers=((":failures", str(len(times))),))
        )  # fmt: skip

    return answer


def pages(count):
    return [f"{A}p{n}" for n in range(count)]


@pytest.mark.parametrize(
    "strange",
    [
        [f"http://a.test:{port}/x" for port in range(1_000, 1_060)],
        ["https://a.test/x", "https://a.test:8443/x", "http://a.test:8080/x"],
    ],
)
@pytest.mark.parametrize("error", ["connect", "timeout-connect", "tls", "timeout-headers", "reset"])
async def test_ports_that_never_answered_do_not_stop_those_that_do(tmp_path, strange, error):
    web = Web({**{text: kept() for text in pages(30)}, A: kept(*strange, *pages(30))})
    for text in strange:
        web.answers[text.rpartition("/")[0] + "/robots.txt"] = no_answer(error)
    async with running(tmp_path / "c.db", web, seeds=[A], consent=WithRobots(),
                       scope={"scope": "any"}) as run:  # fmt: skip
        await run.crawl(until=START + 6 * (30 + 3 * len(strange)))
        status = await run.frontier.status(run.now)

    asked = {request.url for request in web.log}
    assert asked >= set(pages(30))
    assert max(Counter(request.url for request in web.log).values()) <= 3
    assert "parked" not in status.hosts
    assert "backing off" not in status.hosts


async def test_a_refused_connection_says_nothing_of_how_fast_the_host_answers(tmp_path):
    strange = [f"http://a.test:{port}/x" for port in range(1_000, 1_010)]
    web = Web({**{text: kept() for text in pages(10)}, A: kept(*strange, *pages(10))}, took=0.3)
    for text in strange:
        web.answers[text.rpartition("/")[0] + "/robots.txt"] = no_answer()
    async with running(tmp_path / "c.db", web, seeds=[A], consent=WithRobots(),
                       politeness={"jitter": 0.0, "fetch_factor": 0.0}) as run:  # fmt: skip
        await run.crawl(until=START + 300)

    gaps = [b.start - a.end for a, b in zip(web.log, web.log[1:], strict=False)]
    assert all(gap >= 5.0 for gap in gaps)
    assert max(gap for gap in gaps[: len(strange) + 10]) < 6.0


@pytest.mark.parametrize("where", ["http://a.test/", "https://a.test/"])
async def test_a_host_whose_usual_port_fails_rests_as_a_whole(tmp_path, where):
    web = Web({where + "robots.txt": no_answer()})
    async with running(tmp_path / "c.db", web, seeds=[where], consent=WithRobots()) as run:
        await run.crawl(until=START + 3_000)
        status = await run.frontier.status(run.now)

    assert status.parked[0].reason == "parked: connect"


async def test_a_host_that_answered_and_went_down_rests_as_a_whole(tmp_path):
    at = "http://a.test:8080"
    web = Web({f"{at}/": kept(f"{at}/x")})
    async with running(tmp_path / "c.db", web, seeds=[f"{at}/"], consent=WithRobots()) as run:
        await run.crawl(until=START + 30)
        web.answers[f"{at}/robots.txt"] = no_answer()
        await run.frontier.add([], run.now)
        run.now += 86_400
        await run.frontier.revisit(run.now, everything=True)
        await run.crawl(until=run.now + 30)
        status = await run.frontier.status(run.now)

    assert status.reasons == {"backing off: connect": 1}


async def test_a_link_to_a_forbidden_port_costs_the_host_nothing(tmp_path):
    """Towards public addresses only some ports are open; here one of loopback is."""
    fine = {f"http://a.test/{n}": page() for n in range(4)}
    async with handmade({A: page(*fine, "http://a.test:22/x"), **fine}) as web:
        policy = web.policy(tmp_path / "p.toml", '[scope]\nscope = "any"\n')
        await crawl(tmp_path / "job", policy, A, "http://a.test:22/first")

    assert {line.url for line in web.log} >= set(fine)
