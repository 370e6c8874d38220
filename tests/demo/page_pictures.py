"""Pictures of the pages for the README, drawn from real runs in Debian's chromium: `make pictures`.

A crawl of the demo web while it runs, its report, and an audit of dated files of robots.txt. Those
are made up, for no history of the web comes along; what is drawn of them is the audit's own.
"""

import asyncio
import json
import random
import sys
import tempfile
import time
from pathlib import Path

from crawler.demo.stories import all_stories
from crawler.demo.web import policy_text, serve
from tests.serve.browser import chromium, end, served, start

WIDTH = 1180
PACE = "1s"
MOMENT = 14  # seconds that the page of the crawl is open before it is drawn
DOMAINS, MONTHS = 600, [(year, month) for year in range(2022, 2026) for month in range(1, 13)]
AGENTS = ("GPTBot", "Google-Extended", "CCBot", "anthropic-ai", "Bytespider")


def slow(policy: str) -> str:
    """Return the demo's policy at a pace that can be watched."""
    paced = policy.replace('min_delay = "0s"', f'min_delay = "{PACE}"')
    return paced.replace('patience = "2s"', 'patience = "20s"')


async def draw(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        job = scratch / "my-job"
        async with chromium() as browser:
            await _live(browser, job, scratch, folder / "serve.png")
            report = await _run("report", job, "-o", scratch / "report.html")
            await _page(browser, report, folder / "report.png", 520)
            (scratch / "snapshots.jsonl").write_text("\n".join(_snapshots()))
            words = ("audit", scratch / "snapshots.jsonl", "-o", scratch / "audit.html")
            audit = await _run(*words)
            await _page(browser, audit, folder / "audit.png", 470, "#time")


async def _live(browser, job: Path, scratch: Path, picture: Path) -> None:
    async with serve(all_stories()) as web:
        policy, seeds = scratch / "policy.toml", scratch / "seeds.txt"
        policy.write_text(slow(policy_text(web)))
        seeds.write_text("\n".join(web.seeds))
        crawl = await start("crawl", "--seeds-file", seeds, "--policy", policy, "--job", job)
        while not (job / "run.json").exists():
            await asyncio.sleep(0.1)
        async with served(job) as link:
            page = await browser.new_page(viewport={"width": WIDTH, "height": 1080})
            await page.goto(link)
            await page.wait_for_url(lambda url: "token" not in url)
            await asyncio.sleep(MOMENT)
            await page.screenshot(path=picture)
            await page.close()
        await crawl.communicate()
        await end(crawl)


async def _run(*words: object) -> Path:
    process = await start(*words)
    _, errors = await process.communicate()
    if process.returncode:
        raise RuntimeError(errors.decode())
    return Path(str(words[-1]))


async def _page(browser, file: Path, picture: Path, high: int, place: str = "") -> None:
    page = await browser.new_page(viewport={"width": WIDTH, "height": high})
    await page.goto(f"{file.as_uri()}{place}")
    await page.screenshot(path=picture)
    await page.close()


def _snapshots():
    """Yield a made-up history: agents are shut out from the month they are known in on."""
    chance = random.Random(7)
    known = {agent: 18 + 3 * number for number, agent in enumerate(AGENTS)}
    for domain in range(DOMAINS):
        eager = chance.random()
        text = "User-agent: *\nDisallow: /admin/\n"
        for number, (year, month) in enumerate(MONTHS):
            shut = [
                agent
                for agent in AGENTS
                if number >= known[agent] and chance.random() < 0.02 * eager and agent not in text
            ]
            text += "".join(f"\nUser-agent: {agent}\nDisallow: /\n" for agent in shut)
            if number == 0 or shut:
                date = f"{year}-{month:02d}-{chance.randint(1, 28):02d}"
                weight = round(10_000 / (1 + domain) ** 0.8)
                row = {"domain": f"site-{domain}.test", "date": date, "robots_txt": text}
                yield json.dumps({**row, "weight": weight})


if __name__ == "__main__":
    began = time.monotonic()
    asyncio.run(draw(Path(sys.argv[1]).resolve()))
    print(f"drawn in {time.monotonic() - began:.0f} s")
