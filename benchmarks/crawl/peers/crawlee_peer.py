"""Crawlee for Python at its fastest of the documented ways: Parsel, storages in memory."""

from __future__ import annotations

import argparse
import asyncio
import json
import logging

from crawlee import ConcurrencySettings
from crawlee.crawlers import ParselCrawler, ParselCrawlingContext
from crawlee.storage_clients import MemoryStorageClient

totals = {"pages": 0, "characters": 0, "links": 0}


async def _main(seeds: list[str], limit: int | None) -> None:
    crawler = ParselCrawler(
        respect_robots_txt_file=True,
        storage_client=MemoryStorageClient(),
        concurrency_settings=ConcurrencySettings(
            min_concurrency=8, desired_concurrency=32, max_concurrency=64
        ),
        max_requests_per_crawl=limit,
        max_request_retries=0,
        configure_logging=False,
    )
    logging.getLogger("crawlee").setLevel(logging.CRITICAL)

    @crawler.router.default_handler
    async def visit(context: ParselCrawlingContext) -> None:
        text = "".join(context.selector.xpath("//body//text()").getall())
        totals["pages"] += 1
        totals["characters"] += len(text)
        await context.enqueue_links()

    await crawler.run(seeds)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seeds", nargs="+")
    parser.add_argument("--pages", type=int, default=0)
    options = parser.parse_args()
    asyncio.run(_main(options.seeds, options.pages or None))
    print(json.dumps(totals))
