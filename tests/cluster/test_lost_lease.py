"""Whoever loses its lease starts no request: asked directly before bytes go out."""

import asyncio
import signal
import sys
import time
from pathlib import Path

import pytest

from crawler.core.urls import parse
from crawler.fetch import Fetcher, FetchError, FetchLimits, IdentitySettings, NetworkSettings
from tests.web.handmade import handmade, page

ROOT = Path(__file__).parents[2]
IDENTITY = IdentitySettings(token="ProofBot", contact="https://proof.test/bot")  # noqa: S106 - a name
NETWORK = NetworkSettings(allow=("127.0.0.0/8",), public=False)


@pytest.mark.parametrize("answers", [[False], [True, False]], ids=["at once", "while it dials"])
async def test_no_request_is_sent_that_is_not_ours(answers):
    """One that was dialled for is not sent; the connection is not kept for the next."""
    said = []

    async def server(reader, writer):
        said.append(await reader.read(1000))
        writer.close()

    listening = await asyncio.start_server(server, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    asked = iter(answers)
    async with (
        listening,
        Fetcher(NETWORK, IDENTITY, FetchLimits(), clock=time.time,
                may_ask=lambda: next(asked)) as fetcher,
    ):  # fmt: skip
        with pytest.raises(FetchError, match="not-ours"):
            await fetcher.ask(parse(f"http://127.0.0.1:{port}/"), ("127.0.0.1",))
        await asyncio.sleep(0.05)

    assert set(said) <= {b""}
    assert len(said) == len(answers) - 1


OWNER = """
import asyncio, sys, time
from pathlib import Path
from crawler.cli.clock import SteadyClock
from crawler.cluster.leases import Lease
from crawler.config import load
from crawler.core.urls import parse
from crawler.crawl import open_crawl
from crawler.frontier.part import Part
from crawler.frontier.sharding import Share

class Open:
    def enter(self, key, now, delay):
        return 0.0
    def leave(self, key, opens):
        pass

async def main(policy, job, seed):
    clock = SteadyClock()
    lease = Lease(clock, margin=0.2)
    part = Part(Share(number=0, count=1), Open(), lease.may_ask)
    async with open_crawl(Path(job), load(policy), clock, part=part) as crawl:
        await crawl.add_seeds([parse(seed)])
        crawl.engine.may_end = lambda: False
        running = asyncio.create_task(crawl.engine.run())
        lease.prolong(clock(), 2.5)
        await asyncio.sleep(6)
        crawl.engine.stop("interrupted")
        await crawl.close(await running)
asyncio.run(main(*sys.argv[1:]))
"""


@pytest.mark.slow
async def test_a_process_that_was_frozen_beyond_its_lease_asks_nobody(tmp_path):
    site = "http://site.test"
    pages = {f"{site}/{n}": page(f"/{n + 1}", f"/{n + 2}") for n in range(2_000)}
    async with handmade(pages) as web:
        policy = web.policy(tmp_path / "p.toml", delay="10ms")
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", OWNER, policy, str(tmp_path / "job"), f"{site}/0", cwd=ROOT
        )
        while len(web.log) < 5:
            await asyncio.sleep(0.02)
        process.send_signal(signal.SIGSTOP)
        await asyncio.sleep(0.1)
        before = len(web.log)
        await asyncio.sleep(3)
        process.send_signal(signal.SIGCONT)
        await asyncio.wait_for(process.wait(), 60)

    assert process.returncode == 0
    assert before >= 5
    assert len(web.log) <= before + 1  # one on the wire for each worker: one host has one
