import asyncio
import logging
import time
from contextlib import closing

from crawler.core.urls import parse
from crawler.fetch import Fetcher, FetchError, IdentitySettings
from tests.hostile.web import HERE, HOSTILE, HostileWeb


async def outcome_of(fetcher: Fetcher, text: str) -> str:
    """Return what a visit would see: a FetchError code, "answer" or "truncated"."""
    url = parse(text)
    try:
        resolved = await fetcher.resolve(url.host, url.port)
        with closing(await fetcher.ask(url, resolved.addresses)) as answer:
            body = await answer.read()
    except FetchError as error:
        return error.code
    return "truncated" if body.truncated else "answer"


async def test_every_hostile_route_ends_with_its_documented_outcome(limits, caplog):
    caplog.set_level(logging.DEBUG, "crawler.fetch.transport")
    async with (
        HostileWeb() as web,
        Fetcher(web.network(), IdentitySettings(), limits, clock=time.time) as fetcher,
        asyncio.TaskGroup() as group,
    ):
        turn = asyncio.Semaphore(12)

        async def ask(url: str) -> str:
            async with turn:
                return await outcome_of(fetcher, url)

        asked = {route.name: group.create_task(ask(route.url)) for route in HOSTILE}
        await asyncio.wait(asked.values())
    outcomes = {name: task.result() for name, task in asked.items()}
    dialled = {record.args[0] for record in caplog.records}

    assert outcomes == {route.name: route.outcome for route in HOSTILE}
    assert web.forbidden_visits == 0
    assert web.leaks == []
    assert dialled == {HERE}


def test_every_hostile_route_has_a_name_of_its_own():
    names = [route.name for route in HOSTILE]

    assert len(set(names)) == len(names)
