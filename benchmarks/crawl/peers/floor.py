"""The bare floor: aiohttp, one lexbor parse, text and links; nothing judged, nothing kept.

One task and one connection a host, as ours. No robots.txt, no licence, no store: what is left
is what a Python crawler pays for the page alone.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import ssl
from collections import deque
from dataclasses import dataclass
from urllib.parse import urljoin

import aiohttp
from selectolax.lexbor import LexborHTMLParser
from yarl import URL


@dataclass(slots=True)
class Totals:
    """What one run extracted; printed so that nobody can skip the work."""

    pages: int = 0
    characters: int = 0
    links: int = 0


def _targets(tree: LexborHTMLParser, page: str, origin: str) -> set[str]:
    hrefs = {(node.attributes.get("href") or "").partition("#")[0] for node in tree.css("a[href]")}
    # A stray bracket is enough for urljoin to raise; the floor just drops such a link.
    joined = {urljoin(page, href) for href in hrefs if "[" not in href}
    return {url for url in joined if url.startswith(origin)}


async def _crawl_host(session: aiohttp.ClientSession, seed: str, limit: int, sum_: Totals) -> None:
    origin = seed[: seed.index("/", len("https://")) + 1]
    seen, waiting = {seed}, deque([seed])
    while waiting and sum_.pages < limit:
        url = waiting.popleft()
        async with session.get(URL(url, encoded=True), allow_redirects=False) as response:
            if response.status != 200 or response.content_type != "text/html":
                continue
            body = await response.read()
        tree = LexborHTMLParser(body)
        found = _targets(tree, url, origin) - seen
        seen |= found
        waiting.extend(sorted(found))
        tree.strip_tags(["script", "style"])
        text = tree.body.text(separator=" ", strip=True) if tree.body else ""
        sum_.pages += 1
        sum_.characters += len(text)
        sum_.links += len(found)


async def _main(seeds: list[str], limit: int, ca_file: str | None) -> Totals:
    sum_ = Totals()
    trusted = ssl.create_default_context(cafile=ca_file) if ca_file else True
    async with (
        aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(ssl=trusted), cookie_jar=aiohttp.DummyCookieJar()
        ) as session,
        asyncio.TaskGroup() as tasks,
    ):
        for seed in seeds:
            tasks.create_task(_crawl_host(session, seed, limit, sum_))
    return sum_


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seeds", nargs="+")
    parser.add_argument("--pages", type=int, default=1_000_000)
    parser.add_argument("--ca-file")
    options = parser.parse_args()
    done = asyncio.run(_main(options.seeds, options.pages, options.ca_file))
    print(json.dumps({"pages": done.pages, "characters": done.characters, "links": done.links}))
