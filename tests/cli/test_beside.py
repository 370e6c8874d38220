"""Two commands of one user ask one host: it sees one crawler, and one delay."""

import asyncio
import os
import sys
from itertools import pairwise

import pytest

from tests.web.handmade import Reply, handmade, page

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

HOST = "http://news.test"
DELAY = 1.0


def command(*words):
    return asyncio.create_subprocess_exec(
        sys.executable, "-m", "crawler", *map(str, words), env=dict(os.environ),
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip


def shortest(log):
    lines = sorted(log, key=lambda line: line.start)
    return min(after.start - before.end for before, after in pairwise(lines))


@pytest.mark.parametrize("kind", ["check", "crawl"])
async def test_a_command_beside_a_crawl_keeps_the_host_s_delay(tmp_path, kind):
    pages = {f"{HOST}/{n}": Reply(page(), wait=0.2) for n in range(30)}
    pages[f"{HOST}/"] = page(*pages)
    more = "jitter = 0.0\n[consent]\nprobes = []\n"
    async with handmade(pages) as web:
        policy = web.policy(tmp_path / "p.toml", patience="20s", delay=f"{DELAY:g}s")
        text = (
            (tmp_path / "p.toml")
            .read_text()
            .replace("fetch_factor = 0\n", f"fetch_factor = 0\n{more}")
        )
        (tmp_path / "p.toml").write_text(text)
        first = await command("crawl", f"{HOST}/", "--policy", policy, "--job", tmp_path / "a",
                              "--max-time", "14s")  # fmt: skip
        while not web.log:
            await asyncio.sleep(0.05)
        if kind == "check":
            second = await command("check", f"{HOST}/5", "--policy", policy)
        else:
            second = await command("crawl", f"{HOST}/7", "--policy", policy, "--job",
                                   tmp_path / "b", "--max-time", "8s")  # fmt: skip
        await second.wait()
        both = list(web.log)
        await first.wait()

    agents = [line.url for line in both if line.url.endswith("robots.txt")]
    assert len(agents) == 2
    assert len(both) >= 4
    assert shortest(web.log) >= DELAY - 0.02


async def test_checks_one_after_another_keep_the_delay(tmp_path):
    async with handmade({f"{HOST}/{n}": page() for n in range(3)}) as web:
        more = "[consent]\nprobes = []\n"
        policy = web.policy(tmp_path / "p.toml", more, delay="3s", patience="9s")
        for n in range(2):
            await (await command("check", f"{HOST}/{n}", "--policy", policy)).wait()

    assert web.asked(f"{HOST}/1") == 1
    assert shortest(web.log) >= 3.0
