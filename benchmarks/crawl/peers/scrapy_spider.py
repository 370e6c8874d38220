"""Scrapy as its documentation teaches it: a CrawlSpider, a LinkExtractor, text by XPath."""

from __future__ import annotations

import argparse
import json
from urllib.parse import urlsplit

from scrapy.crawler import CrawlerProcess
from scrapy.http import Response
from scrapy.linkextractors import LinkExtractor
from scrapy.spiders import CrawlSpider, Rule

# No log, no statistics page, no cookies, no retries: everything that costs and that ours lacks too.
SETTINGS = {
    "ROBOTSTXT_OBEY": True,
    "DOWNLOAD_DELAY": 0,
    "CONCURRENT_REQUESTS": 32,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    "AUTOTHROTTLE_ENABLED": False,
    "COOKIES_ENABLED": False,
    "RETRY_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "LOG_LEVEL": "ERROR",
    "LOGSTATS_INTERVAL": 0,
    "USER_AGENT": "BenchBot/1.0",
}

totals = {"pages": 0, "characters": 0, "links": 0}


class Pages(CrawlSpider):
    """Follows every link on the seeds' hosts and takes the text of each page."""

    name = "pages"

    def parse_start_url(self, response: Response, **_: object) -> tuple[()]:
        return self.parse_page(response)

    def parse_page(self, response: Response) -> tuple[()]:
        text = "".join(response.xpath("//body//text()").getall())
        totals["pages"] += 1
        totals["characters"] += len(text)
        return ()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seeds", nargs="+")
    parser.add_argument("--pages", type=int, default=0)
    options = parser.parse_args()
    hosts = sorted({urlsplit(seed).hostname for seed in options.seeds})
    netlocs = sorted({urlsplit(seed).netloc for seed in options.seeds})
    Pages.rules = (Rule(LinkExtractor(allow_domains=netlocs), callback="parse_page", follow=True),)
    process = CrawlerProcess({**SETTINGS, "CLOSESPIDER_PAGECOUNT": options.pages})
    process.crawl(Pages, start_urls=options.seeds, allowed_domains=hosts)
    process.start()
    print(json.dumps(totals))


if __name__ == "__main__":
    main()
